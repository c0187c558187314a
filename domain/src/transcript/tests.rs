use chrono::{DateTime, TimeZone, Utc};
use cqrs_es::test::TestFramework;
use uuid::Uuid;

use super::command::*;
use super::event::*;
use super::*;
use crate::ids::UtteranceId;
use crate::speech::SpokenWord;

const STREAM: StreamId = StreamId(Uuid::from_u128(1));
const OTHER: StreamId = StreamId(Uuid::from_u128(2));
const UTTERANCE: UtteranceId = UtteranceId(Uuid::from_u128(3));

fn at() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 9, 0, 0).unwrap()
}

fn words(text: &str) -> Vec<SpokenWord> {
    let word = |text: &str| SpokenWord {
        text: text.to_owned(),
        start_ms: 0,
        end_ms: 200,
        confidence: 0.9,
        filler: false,
    };
    text.split_whitespace().map(word).collect()
}

fn range(stream_id: StreamId, first: u64, last: u64) -> AudioRange {
    AudioRange { stream_id, first, last }
}

fn started(stream_id: StreamId) -> TranscriptEvent {
    TranscriptionStarted { stream_id, engine: "embedded/1".into(), started_at: at() }.into()
}

fn say(audio: AudioRange, text: &str) -> TranscriptCommand {
    TranscriptCommand::RecordUtterance(Box::new(RecordUtterance {
        utterance_id: UTTERANCE,
        question_id: None,
        audio,
        started_at: at(),
        duration_ms: 400,
        words: words(text),
    }))
}

fn said(audio: AudioRange, text: &str) -> TranscriptEvent {
    UtteranceTranscribed {
        utterance_id: UTTERANCE,
        question_id: None,
        audio,
        engine: "embedded/1".into(),
        started_at: at(),
        duration_ms: 400,
        words: words(text).into(),
    }
    .into()
}

fn given(events: Vec<TranscriptEvent>) -> cqrs_es::test::AggregateTestExecutor<Transcript> {
    TestFramework::with(()).given(events)
}

#[test]
fn what_is_said_names_its_chunks_and_its_engine() {
    let audio = range(STREAM, 1, 12);
    given(vec![started(STREAM)]).when(say(audio, "so um")).then_expect_events(vec![said(audio, "so um")]);
}

#[test]
fn a_chunk_is_never_transcribed_twice() {
    given(vec![started(STREAM), said(range(STREAM, 1, 12), "so um")])
        .when(say(range(STREAM, 12, 20), "again"))
        .then_expect_error(TranscriptError::AlreadyTranscribed { up_to: 12 });
}

#[test]
fn a_page_that_was_replaced_is_heard_no_more() {
    given(vec![started(STREAM), started(OTHER)])
        .when(say(range(STREAM, 1, 12), "me too"))
        .then_expect_error(TranscriptError::StreamReplaced);
}

#[test]
fn silence_moves_the_mark_as_words_do() {
    let gap = AudioGapRecorded {
        audio: range(STREAM, 1, 100),
        cause: GapCause::Silence,
        started_at: at(),
        duration_ms: 10_000,
    };
    given(vec![started(STREAM), gap.into()])
        .when(say(range(STREAM, 100, 120), "late"))
        .then_expect_error(TranscriptError::AlreadyTranscribed { up_to: 100 });
}

#[test]
fn a_page_that_comes_back_goes_on_where_it_was() {
    let mut transcript = Transcript::default();
    transcript.apply(started(STREAM));
    transcript.apply(said(range(STREAM, 1, 12), "so um"));
    transcript.apply(TranscriptionEnded { ended_at: at() }.into());
    assert_eq!(transcript.stream(), None);
    transcript.apply(started(STREAM));
    assert_eq!((transcript.stream(), transcript.committed(STREAM)), (Some(STREAM), 12));
}

#[test]
fn an_utterance_without_words_is_a_gap() {
    given(vec![started(STREAM)])
        .when(say(range(STREAM, 1, 2), ""))
        .then_expect_error(TranscriptError::NoWords);
}

#[test]
fn another_engine_is_named_with_its_reason() {
    let switch = SwitchEngine { to: "embedded/1".into(), reason: "out of credit".into(), switched_at: at() };
    given(vec![])
        .when(TranscriptCommand::SwitchEngine(switch))
        .then_expect_error(TranscriptError::NotStarted);
}
