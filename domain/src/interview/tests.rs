use chrono::{DateTime, Duration, TimeZone, Utc};
use cqrs_es::test::TestFramework;
use uuid::Uuid;

use super::command::*;
use super::evaluation::Evaluation;
use super::event::*;
use super::question::{InterviewMode, Question, QuestionKind};
use super::*;
use crate::ids::EvaluationId;
use crate::personal::Personal;
use crate::ports::question_writer::FollowUp;
use crate::role::{ExperienceLevel, RoleSlug};
use crate::score::{Criterion, Level, Rating};

const FIRST: QuestionId = QuestionId(Uuid::from_u128(1));
const SECOND: QuestionId = QuestionId(Uuid::from_u128(2));
const FOLLOW_UP: QuestionId = QuestionId(Uuid::from_u128(3));
const ANSWER: AnswerId = AnswerId(Uuid::from_u128(11));
const VERDICT: EvaluationId = EvaluationId(Uuid::from_u128(21));

fn at() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 9, 0, 0).unwrap()
}

fn settings(questions: u8, difficulty: u8) -> InterviewSettings {
    InterviewSettings {
        mode: InterviewMode::Mixed,
        role: RoleSlug("teacher".into()),
        level: ExperienceLevel::Mid,
        difficulty,
        questions,
        resume_id: None,
        match_id: None,
        seconds_per_question: 180,
    }
}

fn question(text: &str) -> Question {
    Question {
        text: text.to_owned().into(),
        kind: QuestionKind::Behavioural,
        difficulty: 2,
        topic: "class".into(),
        library_item: Some("teacher-b01".into()),
        resume_fact: None,
        points: vec![],
        covers: vec![],
        takes_up: false,
        writer: "library/1".into(),
    }
}

fn planned() -> Vec<PlannedQuestion> {
    [(FIRST, "first"), (SECOND, "second")]
        .map(|(question_id, text)| PlannedQuestion { question_id, question: question(text) })
        .to_vec()
}

fn now() -> SuspendInterview {
    SuspendInterview { at: at() }
}

fn ready() -> Vec<InterviewEvent> {
    vec![
        InterviewConfigured { settings: settings(2, 2), configured_at: at() }.into(),
        QuestionsPlanned {
            questions: planned(),
            alternates: vec![],
            requirements: None,
            stood_in_for: None,
            exchange: None,
            planned_at: at(),
        }
        .into(),
    ]
}

fn asked(number: u8) -> InterviewEvent {
    let planned = planned()[usize::from(number) - 1].clone();
    let PlannedQuestion { question_id, question } = planned;
    QuestionAsked { question_id, number, question, adapted: None, asked_at: at() }.into()
}

fn started() -> Vec<InterviewEvent> {
    [ready(), vec![InterviewStarted { started_at: at() }.into(), asked(1)]].concat()
}

fn submit(question_id: QuestionId, text: &str) -> InterviewCommand {
    InterviewCommand::SubmitAnswer(SubmitAnswer {
        answer_id: ANSWER,
        question_id,
        text: text.into(),
        source: AnswerSource::Typed,
        utterances: vec![],
        submitted_at: at() + Duration::seconds(90),
    })
}

fn submitted() -> InterviewEvent {
    AnswerSubmitted {
        answer_id: ANSWER,
        question_id: FIRST,
        attempt: 1,
        text: "I did it".to_owned().into(),
        source: AnswerSource::Typed,
        utterances: vec![],
        duration_ms: 90_000,
        submitted_at: at() + Duration::seconds(90),
    }
    .into()
}

fn answered() -> Vec<InterviewEvent> {
    [started(), vec![submitted()]].concat()
}

fn evaluation(level: Option<f64>) -> Evaluation {
    Evaluation {
        evaluator: "test/1".into(),
        model: None,
        rubric: "interview_answer.v1".into(),
        ratings: vec![Rating {
            criterion: Criterion::Clarity,
            level: level.map(Level::clamped),
            weight: 1.0,
            interval: None,
            features: vec![],
            evidence: vec![],
            rationale: Personal::Erased,
        }],
        star: vec![],
        coverage: vec![],
        stood_in_for: None,
        exchange: None,
        better_answer: None,
        better_answer_by: None,
    }
}

fn evaluate(level: Option<f64>) -> InterviewCommand {
    InterviewCommand::EvaluateAnswer(Box::new(EvaluateAnswer {
        answer_id: ANSWER,
        evaluation_id: VERDICT,
        evaluation: evaluation(level),
        evaluated_at: at(),
    }))
}

fn evaluated() -> InterviewEvent {
    AnswerEvaluated {
        answer_id: ANSWER,
        evaluation_id: VERDICT,
        overall: Score::clamped(50.0),
        overall_interval: None,
        evaluation: evaluation(Some(3.0)),
        together_with: None,
        replaces: None,
        evaluated_at: at(),
    }
    .into()
}

fn next(follow_up: Option<&str>) -> InterviewCommand {
    InterviewCommand::AskNext(AskNext {
        after: ANSWER,
        question_id: FOLLOW_UP,
        follow_up: follow_up.map(|text| FollowUp {
            text: text.into(),
            gap: "the result".into(),
            writer: "library/1".into(),
            ..FollowUp::default()
        }),
        writer: "library/1".into(),
        asked_at: at(),
    })
}

fn given(events: Vec<InterviewEvent>) -> cqrs_es::test::AggregateTestExecutor<Interview> {
    TestFramework::<Interview>::with(()).given(events)
}

#[test]
fn an_interview_has_a_question() {
    let configure = ConfigureInterview { settings: settings(0, 2), configured_at: at() };
    given(vec![])
        .when(InterviewCommand::Configure(Box::new(configure)))
        .then_expect_error(InterviewError::QuestionCount { most: MAX_QUESTIONS });
}

#[test]
fn the_difficulty_goes_to_five() {
    let configure = ConfigureInterview { settings: settings(2, 6), configured_at: at() };
    given(vec![])
        .when(InterviewCommand::Configure(Box::new(configure)))
        .then_expect_error(InterviewError::Difficulty);
}

#[test]
fn starting_asks_the_first_question() {
    given(ready())
        .when(InterviewCommand::Start(now()))
        .then_expect_events(vec![InterviewStarted { started_at: at() }.into(), asked(1)]);
}

#[test]
fn an_interview_without_questions_is_not_ready() {
    given(ready()[..1].to_vec())
        .when(InterviewCommand::Start(now()))
        .then_expect_error(InterviewError::NotReady);
}

#[test]
fn an_interview_starts_once() {
    given(started()).when(InterviewCommand::Start(now())).then_expect_error(InterviewError::AlreadyStarted);
}

#[test]
fn an_answer_keeps_how_long_it_took() {
    given(started()).when(submit(FIRST, "I did it")).then_expect_events(vec![submitted()]);
}

#[test]
fn an_answer_before_its_question_is_refused() {
    given(started())
        .when(submit(SECOND, "I did it"))
        .then_expect_error(InterviewError::UnknownQuestion { question_id: SECOND });
}

#[test]
fn a_question_is_answered_once() {
    given(answered())
        .when(submit(FIRST, "again"))
        .then_expect_error(InterviewError::AlreadyAnswered { question_id: FIRST });
}

#[test]
fn an_answer_of_blanks_is_refused() {
    given(started()).when(submit(FIRST, " \n")).then_expect_error(InterviewError::EmptyAnswer);
}

#[test]
fn an_over_long_answer_is_refused() {
    given(started())
        .when(submit(FIRST, &"é".repeat(MAX_ANSWER + 1)))
        .then_expect_error(InterviewError::AnswerTooLong { length: MAX_ANSWER + 1, longest: MAX_ANSWER });
}

#[test]
fn an_answer_after_the_end_is_refused() {
    given([answered(), vec![InterviewCompleted { completed_at: at() }.into()]].concat())
        .when(submit(FIRST, "late"))
        .then_expect_error(InterviewError::AlreadyCompleted);
}

#[test]
fn an_older_draft_does_not_replace_a_newer_one() {
    let newer =
        AnswerDrafted { question_id: FIRST, revision: 4, text: "new".to_owned().into(), drafted_at: at() };
    let older = DraftAnswer { question_id: FIRST, revision: 4, text: "old".into(), drafted_at: at() };
    given([started(), vec![newer.into()]].concat())
        .when(InterviewCommand::DraftAnswer(older))
        .then_expect_error(InterviewError::StaleDraft { newest: 4 });
}

#[test]
fn time_is_extended_three_times_at_most() {
    let extended = TimeExtended { question_id: FIRST, by_seconds: 60, extended_at: at() };
    let extend = ExtendTime { question_id: FIRST, by_seconds: 60, extended_at: at() };
    given([started(), vec![extended.into(); 3]].concat())
        .when(InterviewCommand::ExtendTime(extend))
        .then_expect_error(InterviewError::NoMoreExtensions { most: MAX_EXTENSIONS });
}

#[test]
fn a_paused_interview_takes_no_answer() {
    given([started(), vec![InterviewPaused { paused_at: at() }.into()]].concat())
        .when(submit(FIRST, "I did it"))
        .then_expect_error(InterviewError::NotInProgress);
}

#[test]
fn time_away_is_no_part_of_an_answer() {
    let minutes = |minutes| at() + Duration::minutes(minutes);
    let away = vec![
        InterviewPaused { paused_at: minutes(1) }.into(),
        InterviewAbandoned { abandoned_at: minutes(5) }.into(),
        InterviewResumed { resumed_at: minutes(61) }.into(),
        InterviewPaused { paused_at: minutes(62) }.into(),
        InterviewResumed { resumed_at: minutes(63) }.into(),
    ];
    assert_eq!(duration_of([started(), away].concat(), minutes(64)), 3 * 60_000);
}

#[test]
fn a_question_asked_during_a_pause_waits_for_the_candidate() {
    let minutes = |minutes| at() + Duration::minutes(minutes);
    let question = planned()[1].question.clone();
    let second =
        QuestionAsked { question_id: SECOND, number: 2, question, adapted: None, asked_at: minutes(3) };
    let away = vec![
        InterviewPaused { paused_at: minutes(2) }.into(),
        second.into(),
        InterviewResumed { resumed_at: minutes(30) }.into(),
    ];
    assert_eq!(duration_of([answered(), away].concat(), minutes(31)), 60_000);
}

/// How long the open question took, in ms, where its answer comes at `submitted_at`.
fn duration_of(history: Vec<InterviewEvent>, submitted_at: DateTime<Utc>) -> u64 {
    let open = history.iter().rev().find_map(|event| match event {
        InterviewEvent::QuestionAsked(asked) => Some(asked.question_id),
        _ => None,
    });
    let submit = SubmitAnswer {
        answer_id: AnswerId(Uuid::from_u128(13)),
        question_id: open.unwrap(),
        text: "I did it".into(),
        source: AnswerSource::Typed,
        utterances: vec![],
        submitted_at,
    };
    let events = given(history).when(InterviewCommand::SubmitAnswer(submit)).inspect_result().unwrap();
    let [InterviewEvent::AnswerSubmitted(submitted)] = events.as_slice() else { panic!("{events:?}") };
    submitted.duration_ms
}

#[test]
fn an_interview_that_has_not_begun_cannot_be_left() {
    given(ready()).when(InterviewCommand::Abandon(now())).then_expect_error(InterviewError::NotStarted);
}

#[test]
fn an_abandoned_interview_can_be_taken_up_again() {
    given([started(), vec![InterviewAbandoned { abandoned_at: at() }.into()]].concat())
        .when(InterviewCommand::Resume(now()))
        .then_expect_events(vec![InterviewResumed { resumed_at: at() }.into()]);
}

#[test]
fn a_gap_is_followed_up() {
    let result =
        given([answered(), vec![evaluated()]].concat()).when(next(Some("What came of it?"))).inspect_result();
    let events = result.unwrap();
    let [InterviewEvent::FollowUpAsked(event)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((event.question_id, event.follow_up_to), (FOLLOW_UP, FIRST));
    assert_eq!(event.gap.present().map(String::as_str), Some("the result"));
}

#[test]
fn without_a_gap_the_next_question_is_asked() {
    given([answered(), vec![evaluated()]].concat()).when(next(None)).then_expect_events(vec![asked(2)]);
}

#[test]
fn the_next_question_is_asked_once() {
    given([answered(), vec![evaluated(), asked(2)]].concat())
        .when(next(None))
        .then_expect_error(InterviewError::AlreadyAsked);
}

#[test]
fn after_the_last_question_the_interview_is_over() {
    let second = AnswerSubmitted {
        answer_id: AnswerId(Uuid::from_u128(12)),
        question_id: SECOND,
        attempt: 1,
        text: "me too".to_owned().into(),
        source: AnswerSource::Typed,
        utterances: vec![],
        duration_ms: 1,
        submitted_at: at(),
    };
    let mut command = next(None);
    if let InterviewCommand::AskNext(command) = &mut command {
        command.after = second.answer_id;
    }
    given([answered(), vec![evaluated(), asked(2), second.into()]].concat())
        .when(command)
        .then_expect_events(vec![InterviewCompleted { completed_at: at() }.into()]);
}

#[test]
fn an_answer_nobody_gave_cannot_be_evaluated() {
    given(started())
        .when(evaluate(Some(3.0)))
        .then_expect_error(InterviewError::UnknownAnswer { answer_id: ANSWER });
}

#[test]
fn the_overall_score_is_computed_from_the_ratings() {
    given(answered()).when(evaluate(Some(3.0))).then_expect_events(vec![evaluated()]);
}

#[test]
fn an_answer_is_evaluated_once() {
    given([answered(), vec![evaluated()]].concat())
        .when(evaluate(Some(5.0)))
        .then_expect_error(InterviewError::AlreadyEvaluated { answer_id: ANSWER });
}

#[test]
fn a_verdict_without_a_rating_is_refused() {
    given(answered()).when(evaluate(None)).then_expect_error(InterviewError::NoRatings);
}

#[test]
fn a_report_waits_for_every_verdict() {
    given([answered(), vec![InterviewCompleted { completed_at: at() }.into()]].concat())
        .when(InterviewCommand::IssueReport(now()))
        .then_expect_error(InterviewError::AwaitingEvaluations);
}

#[test]
fn a_report_has_the_mean_of_the_scores() {
    given([answered(), vec![evaluated(), InterviewCompleted { completed_at: at() }.into()]].concat())
        .when(InterviewCommand::IssueReport(now()))
        .then_expect_events(vec![
            ReportIssued {
                overall: Some(Score::clamped(50.0)),
                overall_interval: None,
                answers: 1,
                replaces: None,
                issued_at: at(),
            }
            .into(),
        ]);
}

#[test]
fn an_interview_without_an_answer_does_not_end_early() {
    given(started())
        .when(InterviewCommand::Complete(now()))
        .then_expect_error(InterviewError::NothingAnswered);
}

#[test]
fn a_prepared_interview_can_be_discarded_and_is_gone_then() {
    let discarded: InterviewEvent = InterviewDiscarded { discarded_at: at() }.into();
    for prepared in [vec![ready()[0].clone()], ready()] {
        given(prepared).when(InterviewCommand::Discard(now())).then_expect_events(vec![discarded.clone()]);
    }
    for command in [
        InterviewCommand::Start(now()),
        InterviewCommand::Resume(now()),
        InterviewCommand::Abandon(now()),
        InterviewCommand::Complete(now()),
        InterviewCommand::Discard(now()),
        InterviewCommand::PlanQuestions(PlanQuestions {
            questions: planned(),
            alternates: vec![],
            requirements: vec![],
            stood_in_for: None,
            exchange: None,
            planned_at: at(),
        }),
        submit(FIRST, "I did it"),
    ] {
        given([ready(), vec![discarded.clone()]].concat())
            .when(command)
            .then_expect_error(InterviewError::Discarded);
    }
}

#[test]
fn an_interview_that_began_is_not_discarded() {
    given(started()).when(InterviewCommand::Discard(now())).then_expect_error(InterviewError::AlreadyStarted);
    let left = [started(), vec![InterviewAbandoned { abandoned_at: at() }.into()]].concat();
    given(left).when(InterviewCommand::Discard(now())).then_expect_error(InterviewError::AlreadyStarted);
}

#[test]
fn no_refusal_shows_an_id() {
    for refusal in [
        InterviewError::UnknownQuestion { question_id: FIRST },
        InterviewError::AlreadyAnswered { question_id: FIRST },
        InterviewError::UnknownAnswer { answer_id: ANSWER },
        InterviewError::AlreadyEvaluated { answer_id: ANSWER },
        InterviewError::AlreadyImproved { answer_id: ANSWER },
    ] {
        assert!(!refusal.to_string().contains("0000"), "{refusal}");
    }
}

mod adapting;
mod contests;
mod follow_ups;
mod retries;
