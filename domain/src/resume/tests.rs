use chrono::{DateTime, TimeZone, Utc};
use cqrs_es::test::TestFramework;

use super::analysis::ResumeMatch;
use super::event::{BlobRef, LongText, RejectionReason};
use super::outline::ResumeOutline;
use super::*;
use crate::envelope::KeyedHash;
use crate::ports::resume_reader::{PageLayout, Unreadable};
use crate::role::RoleSlug;
use crate::score::Score;

const MATCH: Uuid = Uuid::from_u128(7);

fn at() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 9, 0, 0).unwrap()
}

fn upload(size_bytes: u64, target: Option<&str>) -> UploadResume {
    UploadResume {
        blob: BlobRef { blob_id: BlobId(Uuid::from_u128(1)), sealed_sha256: "00".into(), sealed_bytes: 9 },
        fingerprint: KeyedHash("ab".into()),
        media_type: MediaType::Pdf,
        file_name: "cv.pdf".into(),
        size_bytes,
        target: target.map(|slug| RoleSlug(slug.into())),
        uploaded_at: at(),
    }
}

fn uploaded(target: Option<&str>) -> ResumeEvent {
    Resume::default().upload(upload(9, target)).unwrap().into()
}

fn text() -> ResumeCommand {
    ResumeCommand::RecordText(Box::new(RecordText {
        text: LongText::Inline("Ada".to_owned().into()),
        outline: ResumeOutline::default(),
        layout: PageLayout::default(),
        pages: Some(1),
        confidence: 0.9,
        agreement: None,
        reader: "test/1".into(),
        remarks: vec![],
        match_id: MATCH,
        extracted_at: at(),
    }))
}

fn read() -> ResumeEvent {
    ResumeTextExtracted {
        text: LongText::Inline("Ada".to_owned().into()),
        outline: ResumeOutline::default().into(),
        layout: PageLayout::default(),
        pages: Some(1),
        confidence: 0.9,
        agreement: None,
        reader: "test/1".into(),
        remarks: vec![],
        extracted_at: at(),
    }
    .into()
}

fn requested() -> ResumeEvent {
    let target = MatchTarget::Role(RoleSlug("teacher".into()));
    ResumeMatchRequested { match_id: MATCH, target: target.into(), requested_at: at() }.into()
}

fn analysis() -> RecordAnalysis {
    let outcome = ResumeMatch {
        score: Score::clamped(50.0),
        terms: vec![],
        checks: vec![],
        suggestions: vec![],
        analyser: "test/1".into(),
        exchange: None,
    };
    RecordAnalysis { match_id: MATCH, outcome, analysed_at: at() }
}

#[test]
fn a_resume_with_a_target_is_matched_once_it_is_read() {
    TestFramework::<Resume>::with(())
        .given(vec![uploaded(Some("teacher"))])
        .when(text())
        .then_expect_events(vec![read(), requested()]);
}

#[test]
fn a_resume_without_a_target_waits_for_one() {
    TestFramework::<Resume>::with(())
        .given(vec![uploaded(None)])
        .when(text())
        .then_expect_events(vec![read()]);
}

#[test]
fn an_empty_file_is_not_a_resume() {
    TestFramework::<Resume>::with(())
        .given_no_previous_events()
        .when(ResumeCommand::Upload(upload(0, None)))
        .then_expect_error(ResumeError::SizeOutOfRange { size_bytes: 0 });
}

#[test]
fn a_resume_is_read_once() {
    TestFramework::<Resume>::with(())
        .given(vec![uploaded(None), read()])
        .when(text())
        .then_expect_error(ResumeError::AlreadyRead);
}

#[test]
fn a_rejected_resume_cannot_be_matched() {
    let rejected = ResumeRejected {
        reason: RejectionReason::Unreadable(Unreadable::ImageOnly),
        file_name: None,
        rejected_at: at(),
    };
    let target = MatchTarget::Role(RoleSlug("teacher".into()));
    TestFramework::<Resume>::with(())
        .given(vec![uploaded(None), rejected.into()])
        .when(ResumeCommand::RequestMatch(RequestMatch { match_id: MATCH, target, requested_at: at() }))
        .then_expect_error(ResumeError::Unusable);
}

#[test]
fn an_empty_job_post_is_refused() {
    let target = MatchTarget::JobPost { title: String::new(), text: "  ".into() };
    TestFramework::<Resume>::with(())
        .given(vec![uploaded(None), read()])
        .when(ResumeCommand::RequestMatch(RequestMatch { match_id: MATCH, target, requested_at: at() }))
        .then_expect_error(ResumeError::JobPostLength { length: 2, longest: MAX_JOB_POST });
}

#[test]
fn a_match_nobody_asked_for_is_not_recorded() {
    TestFramework::<Resume>::with(())
        .given(vec![uploaded(None), read()])
        .when(ResumeCommand::RecordAnalysis(Box::new(analysis())))
        .then_expect_error(ResumeError::UnknownMatch);
}

#[test]
fn a_match_has_one_outcome() {
    let done =
        Resume { matches: [(MATCH, false)].into(), ..Resume::default() }.record_analysis(analysis()).unwrap();
    TestFramework::<Resume>::with(())
        .given(vec![uploaded(None), read(), requested(), done.into()])
        .when(ResumeCommand::RecordAnalysis(Box::new(analysis())))
        .then_expect_error(ResumeError::AlreadyAnalysed);
}
