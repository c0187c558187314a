//! Harder questions after strong answers, easier ones after weak ones.

use super::*;
use crate::interview::adapting::Adaptation;

const THIRD: QuestionId = QuestionId(Uuid::from_u128(5));
const EASIER: QuestionId = QuestionId(Uuid::from_u128(6));
const HARDER: QuestionId = QuestionId(Uuid::from_u128(7));
const SECOND_ANSWER: AnswerId = AnswerId(Uuid::from_u128(12));

fn of(difficulty: u8) -> Question {
    Question { difficulty, ..question("a question") }
}

fn plan() -> InterviewEvent {
    let questions =
        [FIRST, SECOND, THIRD].map(|question_id| PlannedQuestion { question_id, question: of(3) }).to_vec();
    let alternates = [(EASIER, 2), (HARDER, 4)]
        .map(|(question_id, difficulty)| Alternate { number: 3, question_id, question: of(difficulty) })
        .to_vec();
    QuestionsPlanned {
        questions,
        alternates,
        requirements: None,
        stood_in_for: None,
        exchange: None,
        planned_at: at(),
    }
    .into()
}

fn asked(question_id: QuestionId, number: u8, difficulty: u8, adapted: Option<Adaptation>) -> InterviewEvent {
    QuestionAsked { question_id, number, question: of(difficulty), adapted, asked_at: at() }.into()
}

/// A question, its answer, and the score of that; none where the evaluation failed.
fn judged(
    question_id: QuestionId,
    number: u8,
    answer_id: AnswerId,
    score: Option<f64>,
) -> Vec<InterviewEvent> {
    let submitted = AnswerSubmitted {
        answer_id,
        question_id,
        attempt: 1,
        text: "An answer".to_owned().into(),
        source: AnswerSource::Typed,
        utterances: vec![],
        duration_ms: 0,
        submitted_at: at(),
    };
    let verdict = match score {
        Some(score) => AnswerEvaluated {
            answer_id,
            evaluation_id: VERDICT,
            overall: Score::clamped(score),
            overall_interval: None,
            evaluation: evaluation(Some(3.0)),
            together_with: None,
            replaces: None,
            evaluated_at: at(),
        }
        .into(),
        None => EvaluationFailed { answer_id, reason: "no evaluator".into(), failed_at: at() }.into(),
    };
    vec![asked(question_id, number, 3, None), submitted.into(), verdict]
}

fn after(first: Option<f64>, second: Option<f64>) -> cqrs_es::test::AggregateTestExecutor<Interview> {
    let set_up = InterviewConfigured { settings: settings(3, 3), configured_at: at() };
    given(
        [
            vec![set_up.into(), plan(), InterviewStarted { started_at: at() }.into()],
            judged(FIRST, 1, ANSWER, first),
            judged(SECOND, 2, SECOND_ANSWER, second),
        ]
        .concat(),
    )
}

fn go_on() -> InterviewCommand {
    InterviewCommand::AskNext(AskNext {
        after: SECOND_ANSWER,
        question_id: FOLLOW_UP,
        follow_up: None,
        writer: "library/1".into(),
        asked_at: at(),
    })
}

fn adapted(steps: i8, mean: f64) -> Adaptation {
    Adaptation { planned_difficulty: 3, steps, mean: Score::clamped(mean) }
}

#[test]
fn two_strong_answers_call_for_a_harder_question() {
    after(Some(80.0), Some(76.0)).when(go_on()).then_expect_events(vec![asked(
        HARDER,
        3,
        4,
        Some(adapted(1, 78.0)),
    )]);
}

#[test]
fn two_weak_answers_call_for_an_easier_question() {
    after(Some(20.0), Some(30.0)).when(go_on()).then_expect_events(vec![asked(
        EASIER,
        3,
        2,
        Some(adapted(-2, 25.0)),
    )]);
}

#[test]
fn a_strong_and_a_weak_answer_change_nothing() {
    after(Some(90.0), Some(30.0)).when(go_on()).then_expect_events(vec![asked(THIRD, 3, 3, None)]);
}

#[test]
fn one_judged_answer_is_too_little_to_change_anything() {
    after(None, Some(95.0)).when(go_on()).then_expect_events(vec![asked(THIRD, 3, 3, None)]);
}
