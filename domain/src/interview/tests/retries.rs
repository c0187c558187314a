//! Trying a question again.

use super::*;

const RETRY: QuestionId = QuestionId(Uuid::from_u128(4));
const SECOND_ANSWER: AnswerId = AnswerId(Uuid::from_u128(12));

fn after(seconds: i64) -> DateTime<Utc> {
    at() + Duration::seconds(seconds)
}

fn answered(answer_id: AnswerId, question_id: QuestionId, attempt: u32, seconds: i64) -> InterviewEvent {
    AnswerSubmitted {
        answer_id,
        question_id,
        attempt,
        text: "An answer".to_owned().into(),
        source: AnswerSource::Typed,
        utterances: vec![],
        duration_ms: 0,
        submitted_at: after(seconds),
    }
    .into()
}

fn retried(seconds: i64) -> InterviewEvent {
    RetryAsked { question_id: RETRY, retry_of: FIRST, attempt: 2, asked_at: after(seconds) }.into()
}

fn retry(question_id: QuestionId) -> InterviewCommand {
    InterviewCommand::Retry(RetryQuestion { question_id, new_question_id: RETRY, asked_at: after(100) })
}

fn first_answered() -> Vec<InterviewEvent> {
    [started(), vec![answered(ANSWER, FIRST, 1, 60), asked(2)]].concat()
}

#[test]
fn an_answered_question_is_asked_again_as_the_second_attempt() {
    TestFramework::<Interview>::with(())
        .given(first_answered())
        .when(retry(FIRST))
        .then_expect_events(vec![retried(100)]);
    TestFramework::<Interview>::with(())
        .given(first_answered())
        .when(retry(SECOND))
        .then_expect_error(InterviewError::NotAnswered { question_id: SECOND });
}

#[test]
fn behind_a_retry_the_open_question_waits_and_its_clock_stands_still() {
    let retrying = [first_answered(), vec![retried(100)]].concat();
    TestFramework::<Interview>::with(())
        .given(retrying.clone())
        .when(submit(SECOND, "Too early"))
        .then_expect_error(InterviewError::RetryGoesOn);
    let after_retry = [retrying, vec![answered(SECOND_ANSWER, RETRY, 2, 300)]].concat();
    let answer = InterviewCommand::SubmitAnswer(SubmitAnswer {
        answer_id: AnswerId(Uuid::from_u128(13)),
        question_id: SECOND,
        text: "An answer".into(),
        source: AnswerSource::Typed,
        utterances: vec![],
        submitted_at: after(320),
    });
    let expected = AnswerSubmitted {
        answer_id: AnswerId(Uuid::from_u128(13)),
        question_id: SECOND,
        attempt: 1,
        text: "An answer".to_owned().into(),
        source: AnswerSource::Typed,
        utterances: vec![],
        duration_ms: 120_000,
        submitted_at: after(320),
    };
    TestFramework::<Interview>::with(())
        .given(after_retry)
        .when(answer)
        .then_expect_events(vec![expected.into()]);
}

#[test]
fn a_retry_asks_no_question_twice_and_leaves_none_out() {
    let next = |after: AnswerId| {
        InterviewCommand::AskNext(AskNext {
            after,
            question_id: FOLLOW_UP,
            follow_up: None,
            writer: "library/1".into(),
            asked_at: at(),
        })
    };
    // Both attempts wait for their verdicts before the second question is asked.
    let early = [started(), vec![answered(ANSWER, FIRST, 1, 60), retried(100)]].concat();
    TestFramework::<Interview>::with(())
        .given(early.clone())
        .when(next(ANSWER))
        .then_expect_error(InterviewError::AlreadyAsked);
    TestFramework::<Interview>::with(())
        .given([early, vec![answered(SECOND_ANSWER, RETRY, 2, 160)]].concat())
        .when(next(SECOND_ANSWER))
        .then_expect_events(vec![asked(2)]);
    // The second question was asked before the retry: its own answer goes on.
    let late = [first_answered(), vec![retried(100), answered(SECOND_ANSWER, RETRY, 2, 160)]].concat();
    TestFramework::<Interview>::with(())
        .given(late.clone())
        .when(next(SECOND_ANSWER))
        .then_expect_error(InterviewError::AlreadyAsked);
    let last = AnswerId(Uuid::from_u128(13));
    TestFramework::<Interview>::with(())
        .given([late, vec![answered(last, SECOND, 1, 200)]].concat())
        .when(next(last))
        .then_expect_events(vec![InterviewCompleted { completed_at: at() }.into()]);
}

#[test]
fn the_newest_attempt_counts_and_three_are_enough() {
    let third = QuestionId(Uuid::from_u128(5));
    let again = RetryAsked { question_id: third, retry_of: FIRST, attempt: 3, asked_at: after(400) };
    let tried = [
        first_answered(),
        vec![
            retried(100),
            answered(SECOND_ANSWER, RETRY, 2, 160),
            again.into(),
            answered(AnswerId(Uuid::from_u128(13)), third, 3, 500),
        ],
    ]
    .concat();
    TestFramework::<Interview>::with(())
        .given(tried)
        .when(retry(RETRY))
        .then_expect_error(InterviewError::NoMoreRetries { most: 3 });
}
