//! A follow-up and the answer that it takes up: one verdict on both, which counts once.

use super::*;
use crate::interview::event::{CriterionLevel, ReplacedVerdict, Replacement};

const LATER: AnswerId = AnswerId(Uuid::from_u128(12));
const NEWER: AnswerId = AnswerId(Uuid::from_u128(13));
const RETRY: QuestionId = QuestionId(Uuid::from_u128(4));
const LATER_VERDICT: EvaluationId = EvaluationId(Uuid::from_u128(22));

fn after(seconds: i64) -> DateTime<Utc> {
    at() + Duration::seconds(seconds)
}

fn follow_up() -> InterviewEvent {
    FollowUpAsked {
        question_id: FOLLOW_UP,
        follow_up_to: FIRST,
        gap: "the result".to_owned().into(),
        question: question("What came of it?"),
        stood_in_for: None,
        exchange: None,
        asked_at: after(100),
    }
    .into()
}

fn said(
    answer_id: AnswerId,
    question_id: QuestionId,
    attempt: u32,
    text: &str,
    seconds: i64,
) -> InterviewEvent {
    AnswerSubmitted {
        answer_id,
        question_id,
        attempt,
        text: text.to_owned().into(),
        source: AnswerSource::Typed,
        utterances: vec![],
        duration_ms: 0,
        submitted_at: after(seconds),
    }
    .into()
}

fn followed_up() -> Vec<InterviewEvent> {
    let answer = said(LATER, FOLLOW_UP, 1, "The noise stopped.", 200);
    [answered(), vec![evaluated(), follow_up(), answer]].concat()
}

fn judge(answer_id: AnswerId) -> InterviewCommand {
    InterviewCommand::EvaluateAnswer(Box::new(EvaluateAnswer {
        answer_id,
        evaluation_id: LATER_VERDICT,
        evaluation: evaluation(Some(5.0)),
        evaluated_at: at(),
    }))
}

fn judged(
    answer_id: AnswerId,
    together_with: Option<AnswerId>,
    replaces: Option<ReplacedVerdict>,
) -> InterviewEvent {
    AnswerEvaluated {
        answer_id,
        evaluation_id: LATER_VERDICT,
        overall: Score::clamped(100.0),
        overall_interval: None,
        evaluation: evaluation(Some(5.0)),
        together_with,
        replaces,
        evaluated_at: at(),
    }
    .into()
}

fn of_the_first() -> ReplacedVerdict {
    ReplacedVerdict {
        evaluation_id: VERDICT,
        overall: Score::clamped(50.0),
        levels: vec![CriterionLevel { criterion: Criterion::Clarity, level: Level::clamped(3.0) }],
        because: Replacement::FollowedUp,
    }
}

fn interview(events: Vec<InterviewEvent>) -> Interview {
    let mut interview = Interview::default();
    for event in events {
        interview.apply(event);
    }
    interview
}

#[test]
fn a_follow_up_is_judged_together_with_the_answer_that_it_takes_up() {
    let interview = interview(followed_up());
    let both = interview.to_judge(LATER).unwrap();
    assert_eq!(both.answer.as_deref(), Some("I did it\n\nThe noise stopped."));
    assert_eq!(both.question.text.present().map(String::as_str), Some("first"));
    assert_eq!(
        both.follow_up.and_then(|asked| asked.text.present()).map(String::as_str),
        Some("What came of it?")
    );
    let alone = interview.to_judge(ANSWER).unwrap();
    assert_eq!((alone.answer.as_deref(), alone.together_with), (Some("I did it"), None));
}

#[test]
fn its_verdict_replaces_the_one_on_the_first_and_counts_once() {
    let verdict = judged(LATER, Some(ANSWER), Some(of_the_first()));
    given(followed_up()).when(judge(LATER)).then_expect_events(vec![verdict.clone()]);
    let over: InterviewEvent = InterviewCompleted { completed_at: at() }.into();
    let report = ReportIssued {
        overall: Some(Score::clamped(100.0)),
        overall_interval: None,
        answers: 2,
        replaces: None,
        issued_at: at(),
    };
    given([followed_up(), vec![verdict, over]].concat())
        .when(InterviewCommand::IssueReport(now()))
        .then_expect_events(vec![report.into()]);
}

#[test]
fn verdicts_on_a_follow_up_alone_count_as_they_did() {
    let over: InterviewEvent = InterviewCompleted { completed_at: at() }.into();
    let report = ReportIssued {
        overall: Some(Score::clamped(75.0)),
        overall_interval: None,
        answers: 2,
        replaces: None,
        issued_at: at(),
    };
    given([followed_up(), vec![judged(LATER, None, None), over]].concat())
        .when(InterviewCommand::IssueReport(now()))
        .then_expect_events(vec![report.into()]);
}

#[test]
fn what_counts_together_with_its_follow_up_is_not_contested_alone() {
    let contest = |answer_id| {
        let reason = "I named the result".to_owned();
        InterviewCommand::ContestScore(ContestScore { answer_id, reason, contested_at: at() })
    };
    let events = [followed_up(), vec![judged(LATER, Some(ANSWER), Some(of_the_first()))]].concat();
    given(events.clone())
        .when(contest(ANSWER))
        .then_expect_error(InterviewError::CountsWithFollowUp { answer_id: ANSWER });
    let contested: InterviewEvent = ScoreContested {
        answer_id: LATER,
        evaluation_id: LATER_VERDICT,
        reason: "I named the result".to_owned().into(),
        contested_at: at(),
    }
    .into();
    given(events.clone()).when(contest(LATER)).then_expect_events(vec![contested.clone()]);
    let again = ReplacedVerdict {
        overall: Score::clamped(100.0),
        evaluation_id: LATER_VERDICT,
        levels: vec![CriterionLevel { criterion: Criterion::Clarity, level: Level::clamped(5.0) }],
        because: Replacement::Contested,
    };
    given([events, vec![contested]].concat()).when(judge(LATER)).then_expect_events(vec![judged(
        LATER,
        Some(ANSWER),
        Some(again),
    )]);
}

#[test]
fn after_a_newer_attempt_at_the_question_the_follow_up_is_judged_with_that_one() {
    let retried = RetryAsked { question_id: RETRY, retry_of: FIRST, attempt: 2, asked_at: after(110) };
    let events = [
        answered(),
        vec![
            evaluated(),
            follow_up(),
            retried.into(),
            said(NEWER, RETRY, 2, "I did it myself", 150),
            said(LATER, FOLLOW_UP, 1, "The noise stopped.", 200),
        ],
    ]
    .concat();
    assert_eq!(interview(events.clone()).to_judge(LATER).unwrap().together_with, Some(NEWER));
    given(events).when(judge(LATER)).then_expect_events(vec![judged(LATER, Some(NEWER), None)]);
}

#[test]
fn a_newer_attempt_at_the_follow_up_is_judged_with_the_same_answer_and_replaces_nothing_twice() {
    let retried = RetryAsked { question_id: RETRY, retry_of: FOLLOW_UP, attempt: 2, asked_at: after(210) };
    let again = vec![
        judged(LATER, Some(ANSWER), Some(of_the_first())),
        retried.into(),
        said(NEWER, RETRY, 2, "The noise stopped in a week.", 250),
    ];
    let events = [followed_up(), again].concat();
    let interview = interview(events.clone());
    assert_eq!(
        interview.to_judge(NEWER).unwrap().answer.as_deref(),
        Some("I did it\n\nThe noise stopped in a week.")
    );
    given(events).when(judge(NEWER)).then_expect_events(vec![judged(NEWER, Some(ANSWER), None)]);
}
