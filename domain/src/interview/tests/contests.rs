//! Disputing a score.

use super::*;
use crate::interview::event::{CriterionLevel, ReplacedReport, ReplacedVerdict, Replacement};

const AGAIN: EvaluationId = EvaluationId(Uuid::from_u128(22));

fn contest(reason: &str) -> InterviewCommand {
    InterviewCommand::ContestScore(ContestScore {
        answer_id: ANSWER,
        reason: reason.into(),
        contested_at: at(),
    })
}

fn contested() -> InterviewEvent {
    ScoreContested {
        answer_id: ANSWER,
        evaluation_id: VERDICT,
        reason: "I did name the result".to_owned().into(),
        contested_at: at(),
    }
    .into()
}

fn judged() -> Vec<InterviewEvent> {
    [answered(), vec![evaluated()]].concat()
}

fn judged_again() -> InterviewEvent {
    AnswerEvaluated {
        answer_id: ANSWER,
        evaluation_id: AGAIN,
        overall: Score::clamped(75.0),
        overall_interval: None,
        evaluation: evaluation(Some(4.0)),
        together_with: None,
        replaces: Some(ReplacedVerdict {
            evaluation_id: VERDICT,
            overall: Score::clamped(50.0),
            levels: vec![CriterionLevel { criterion: Criterion::Clarity, level: Level::clamped(3.0) }],
            because: Replacement::Contested,
        }),
        evaluated_at: at(),
    }
    .into()
}

fn evaluate_again() -> InterviewCommand {
    InterviewCommand::EvaluateAnswer(Box::new(EvaluateAnswer {
        answer_id: ANSWER,
        evaluation_id: AGAIN,
        evaluation: evaluation(Some(4.0)),
        evaluated_at: at(),
    }))
}

fn over() -> InterviewEvent {
    InterviewCompleted { completed_at: at() }.into()
}

#[test]
fn a_score_is_contested_with_a_reason() {
    given(judged()).when(contest("  I did name the result ")).then_expect_events(vec![contested()]);
    given(judged()).when(contest(" ")).then_expect_error(InterviewError::NoReason);
    let long = "x".repeat(MAX_REASON + 1);
    let refusal = InterviewError::ReasonTooLong { length: MAX_REASON + 1, longest: MAX_REASON };
    given(judged()).when(contest(&long)).then_expect_error(refusal);
}

#[test]
fn what_has_no_score_cannot_be_contested() {
    let refusal = InterviewError::NotEvaluated { answer_id: ANSWER };
    given(answered()).when(contest("Why?")).then_expect_error(refusal);
    let refusal = InterviewError::UnknownAnswer { answer_id: ANSWER };
    given(started()).when(contest("Why?")).then_expect_error(refusal);
}

#[test]
fn the_newer_verdict_names_the_one_that_it_replaces() {
    let events = [judged(), vec![contested()]].concat();
    given(events.clone()).when(evaluate_again()).then_expect_events(vec![judged_again()]);
    let refusal = InterviewError::ContestGoesOn { answer_id: ANSWER };
    given(events).when(contest("Once more")).then_expect_error(refusal);
}

#[test]
fn without_a_contest_a_verdict_is_final() {
    let refusal = InterviewError::AlreadyEvaluated { answer_id: ANSWER };
    given(judged()).when(evaluate_again()).then_expect_error(refusal);
}

#[test]
fn a_contest_that_fails_leaves_the_verdict_and_may_be_tried_once_more() {
    let fail = FailEvaluation { answer_id: ANSWER, reason: "no evaluator".into(), failed_at: at() };
    let failed: InterviewEvent =
        ContestFailed { answer_id: ANSWER, reason: "no evaluator".into(), failed_at: at() }.into();
    let events = [judged(), vec![contested()]].concat();
    given(events.clone())
        .when(InterviewCommand::FailContest(fail.clone()))
        .then_expect_events(vec![failed.clone()]);
    let refusal = InterviewError::NotContested { answer_id: ANSWER };
    given(judged()).when(InterviewCommand::FailContest(fail)).then_expect_error(refusal);
    let twice = [events, vec![failed.clone(), contested(), failed]].concat();
    given(twice)
        .when(contest("A third time"))
        .then_expect_error(InterviewError::NoMoreContests { most: MAX_CONTESTS });
}

#[test]
fn the_report_is_issued_anew_and_names_the_former_total() {
    let report = |overall: f64, replaces| -> InterviewEvent {
        ReportIssued {
            overall: Some(Score::clamped(overall)),
            overall_interval: None,
            answers: 1,
            replaces,
            issued_at: at(),
        }
        .into()
    };
    let issued = [judged(), vec![over(), report(50.0, None)]].concat();
    let again = [issued.clone(), vec![contested(), judged_again()]].concat();
    given(issued)
        .when(InterviewCommand::IssueReport(now()))
        .then_expect_error(InterviewError::ReportAlreadyIssued);
    let former = ReplacedReport { overall: Some(Score::clamped(50.0)), overall_interval: None };
    given(again)
        .when(InterviewCommand::IssueReport(now()))
        .then_expect_events(vec![report(75.0, Some(former))]);
}
