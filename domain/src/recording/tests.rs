use chrono::{TimeDelta, TimeZone as _};
use cqrs_es::test::{AggregateTestExecutor, TestFramework};
use uuid::Uuid;

use super::command::EndRecording;
use super::event::RecordingFailure;
use super::*;
use crate::ids::BlobId;

fn at(seconds: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap() + TimeDelta::seconds(seconds)
}

fn blob(number: u32) -> BlobRef {
    BlobRef { blob_id: BlobId(Uuid::from_u128(number.into())), sealed_sha256: "00".into(), sealed_bytes: 128 }
}

fn start(seconds: i64) -> StartRecording {
    StartRecording { consent: true, media_type: "video/webm;codecs=vp8,opus".into(), started_at: at(seconds) }
}

fn started(take: u32, seconds: i64) -> RecordingEvent {
    RecordingStarted {
        consent: true,
        first_part: take * PARTS_PER_TAKE + 1,
        media_type: "video/webm;codecs=vp8,opus".into(),
        started_at: at(seconds),
    }
    .into()
}

fn print(number: u32) -> KeyedHash {
    KeyedHash(format!("{number:02x}"))
}

fn part(number: u32, size_bytes: u64) -> StoreRecordingPart {
    StoreRecordingPart {
        part: number,
        blob: blob(number),
        fingerprint: print(number),
        size_bytes,
        stored_at: at(9),
    }
}

fn part_stored(number: u32, size_bytes: u64) -> RecordingEvent {
    let (blob, fingerprint) = (blob(number), print(number));
    RecordingPartStored { part: number, blob, fingerprint, size_bytes, stored_at: at(9) }.into()
}

fn ended(parts: u32) -> RecordingEvent {
    RecordingEnded { parts, ended_at: at(60) }.into()
}

fn stored(parts: u32, missing_parts: u32) -> RecordingStored {
    RecordingStored {
        pieces: vec![blob(99)],
        piece_bytes: 1 << 22,
        size_bytes: 2_048,
        media_type: "video/webm".into(),
        started_at: at(0),
        duration_ms: 40_000,
        parts,
        missing_parts,
        assembler: "ffmpeg/5".into(),
        stored_at: at(70),
    }
}

fn store(parts: u32) -> RecordingCommand {
    let RecordingStored {
        pieces,
        piece_bytes,
        size_bytes,
        media_type,
        started_at,
        duration_ms,
        assembler,
        ..
    } = stored(parts, 0);
    let stored_at = at(70);
    let command = StoreRecording {
        pieces,
        piece_bytes,
        size_bytes,
        media_type,
        started_at,
        duration_ms,
        parts,
        assembler,
        stored_at,
    };
    RecordingCommand::Store(Box::new(command))
}

fn given(events: Vec<RecordingEvent>) -> AggregateTestExecutor<Recording> {
    TestFramework::with(()).given(events)
}

#[test]
fn nothing_is_recorded_without_consent() {
    given(vec![])
        .when(RecordingCommand::Start(StartRecording { consent: false, ..start(0) }))
        .then_expect_error(RecordingError::NoConsent);
    given(vec![])
        .when(RecordingCommand::StorePart(part(1, 10)))
        .then_expect_error(RecordingError::NotStarted);
    given(vec![]).when(RecordingCommand::Start(start(0))).then_expect_events(vec![started(0, 0)]);
}

#[test]
fn only_webm_can_be_joined() {
    for media_type in ["video/mp4", "text/html", "", "video/webmx"] {
        given(vec![])
            .when(RecordingCommand::Start(StartRecording { media_type: media_type.into(), ..start(0) }))
            .then_expect_error(RecordingError::UnknownMedia);
    }
}

#[test]
fn each_take_has_numbers_of_its_own() {
    given(vec![started(0, 0), part_stored(1, 10), ended(1)])
        .when(RecordingCommand::Start(start(90)))
        .then_expect_events(vec![started(1, 90)]);
    given(vec![started(0, 0)])
        .when(RecordingCommand::StorePart(part(PARTS_PER_TAKE + 1, 10)))
        .then_expect_error(RecordingError::UnknownTake { part: PARTS_PER_TAKE + 1 });
    given(vec![started(0, 60)])
        .when(RecordingCommand::Start(start(30)))
        .then_expect_error(RecordingError::BeforeTheLast);
    given(vec![started(0, 0), started(1, 9)])
        .when(RecordingCommand::StorePart(part(2, 10)))
        .then_expect_events(vec![part_stored(2, 10)]);
}

#[test]
fn a_part_is_stored_once() {
    let known = || vec![started(0, 0), part_stored(1, 10)];
    given(known())
        .when(RecordingCommand::StorePart(part(1, 10)))
        .then_expect_error(RecordingError::AlreadyStored { part: 1 });
    let other = StoreRecordingPart { fingerprint: print(7), ..part(1, 10) };
    given(known())
        .when(RecordingCommand::StorePart(other))
        .then_expect_error(RecordingError::Differs { part: 1 });
}

#[test]
fn parts_and_all_of_them_have_limits() {
    given(vec![started(0, 0)])
        .when(RecordingCommand::StorePart(part(1, MAX_PART_BYTES + 1)))
        .then_expect_error(RecordingError::PartTooLarge { most: MAX_PART_BYTES });
    given(vec![started(0, 0)])
        .when(RecordingCommand::StorePart(part(1, 0)))
        .then_expect_error(RecordingError::EmptyPart);
    given(vec![started(0, 0), part_stored(1, MAX_RECORDING_BYTES - 5)])
        .when(RecordingCommand::StorePart(part(2, 6)))
        .then_expect_error(RecordingError::TooLarge { most: MAX_RECORDING_BYTES });
    given((0..MAX_TAKES).map(|take| started(take, take.into())).collect())
        .when(RecordingCommand::Start(start(900)))
        .then_expect_error(RecordingError::TooManyTakes { most: MAX_TAKES });
}

#[test]
fn after_the_end_no_part_comes_and_it_ends_once() {
    let over = || vec![started(0, 0), part_stored(1, 10), ended(1)];
    given(over()).when(RecordingCommand::StorePart(part(2, 10))).then_expect_error(RecordingError::Ended);
    given(over())
        .when(RecordingCommand::End(EndRecording { ended_at: at(61) }))
        .then_expect_error(RecordingError::Ended);
    given(over())
        .when(RecordingCommand::StorePart(part(1, 10)))
        .then_expect_error(RecordingError::AlreadyStored { part: 1 });
}

#[test]
fn the_file_names_what_is_missing_in_it() {
    given(vec![started(0, 0), part_stored(1, 10), part_stored(4, 10), started(1, 30), ended(2)])
        .when(store(2))
        .then_expect_events(vec![stored(2, 2).into()]);
}

#[test]
fn a_file_of_less_than_was_recorded_is_not_kept() {
    given(vec![started(0, 0), part_stored(1, 10)]).when(store(1)).then_expect_error(RecordingError::GoesOn);
    given(vec![started(0, 0), part_stored(1, 10), ended(1), started(1, 9), part_stored(10_001, 9), ended(2)])
        .when(store(1))
        .then_expect_error(RecordingError::GoesOn);
    given(vec![started(0, 0), part_stored(1, 10), ended(1), stored(1, 0).into()])
        .when(store(1))
        .then_expect_error(RecordingError::AlreadyAssembled);
}

#[test]
fn a_failure_says_why() {
    let fail = FailRecording { reason: RecordingFailure::Unreadable, parts: 1, failed_at: at(70) };
    let failed = RecordingFailed { reason: RecordingFailure::Unreadable, parts: 1, failed_at: at(70) };
    given(vec![started(0, 0), part_stored(1, 10), ended(1)])
        .when(RecordingCommand::Fail(fail))
        .then_expect_events(vec![failed.into()]);
}
