//! Interviews: questions, answers, verdicts.
//!
//! One question is open at a time. An answer is final once submitted; its verdict arrives later,
//! and only then is the next question, or a follow-up, asked.

pub mod absence;
pub mod adapting;
pub mod answer_features;
pub mod command;
mod contest;
pub mod counting;
pub mod delivery;
mod dialogue;
pub mod error;
pub mod evaluation;
pub mod event;
pub mod exchange;
pub mod invention;
pub mod question;
pub mod question_check;
pub mod readings;
pub mod requirements;
pub mod rubric;
pub mod sentences;
pub mod star;
pub mod to_judge;
mod verdict;
pub mod words;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};

use self::absence::Absence;
use self::command::{ConfigureInterview, InterviewCommand, PlanQuestions, SuspendInterview};
use self::error::InterviewError;
use self::event::{
    Alternate, InterviewAbandoned, InterviewCompleted, InterviewConfigured, InterviewDiscarded,
    InterviewEvent, InterviewPaused, InterviewResumed, InterviewSettings, PlannedQuestion, QuestionAsked,
    QuestionsPlanned, ReplacedReport, ReplacedVerdict, RetryAsked,
};
use self::question::Question;
use crate::ids::{AnswerId, QuestionId, UtteranceId};
use crate::score::Score;
use crate::score::interval::ScoreInterval;

/// The most questions of an interview, follow-ups not counted.
pub const MAX_QUESTIONS: u8 = 20;
/// The longest answer, in characters.
pub const MAX_ANSWER: usize = 20_000;
/// How often the time of one question can be extended.
pub const MAX_EXTENSIONS: u8 = 3;
/// How often one question can be answered.
pub const MAX_ATTEMPTS: u32 = 3;
/// How often the score of one answer can be contested.
pub const MAX_CONTESTS: u8 = 2;
/// The longest reason of a contest, in characters.
pub const MAX_REASON: usize = 1_000;

/// Where an interview stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum InterviewStatus {
    /// Nobody set it up.
    #[default]
    Unknown,
    /// Set up; its questions are being chosen.
    Configured,
    /// Its questions are chosen.
    Ready,
    /// Going on.
    InProgress,
    /// To be continued.
    Paused,
    /// Left before its end; can be taken up again.
    Abandoned,
    /// Every question was answered, or the candidate ended it.
    Completed,
    /// Thrown away before it began.
    Discarded,
}

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
enum AnswerStatus {
    AwaitingEvaluation,
    Evaluated { overall: Score },
    Failed,
}

/// When a spoken answer was given, and by which utterances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpokenTimes<'a> {
    /// When its question was asked.
    pub opened_at: DateTime<Utc>,
    /// When it was handed in.
    pub submitted_at: DateTime<Utc>,
    /// What was said, in order.
    pub utterances: &'a [UtteranceId],
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Answer {
    question_id: QuestionId,
    text: Option<String>,
    status: AnswerStatus,
    improved: bool,
    utterances: Vec<UtteranceId>,
    submitted_at: DateTime<Utc>,
    measured: bool,
    /// The verdict that counts, as a newer one names it.
    verdict: Option<ReplacedVerdict>,
    /// Between which scores it lies.
    #[serde(default)]
    interval: Option<ScoreInterval>,
    /// The answer that the verdict is on as well.
    #[serde(default)]
    together_with: Option<AnswerId>,
    contests: u8,
    contested: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Asked {
    question_id: QuestionId,
    question: Question,
    opened_at: DateTime<Utc>,
    absence: Absence,
    follow_up_to: Option<QuestionId>,
    retry_of: Option<QuestionId>,
    attempt: u32,
    draft_revision: u32,
    extensions: u8,
    answered: bool,
}

/// One mock interview.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Interview {
    status: InterviewStatus,
    settings: Option<InterviewSettings>,
    plan: Vec<PlannedQuestion>,
    #[serde(default)]
    alternates: Vec<Alternate>,
    planned_asked: usize,
    asked: Vec<Asked>,
    answers: BTreeMap<AnswerId, Answer>,
    last_answered: Option<QuestionId>,
    report_issued: bool,
    /// What the last report said, where an answer was judged again since.
    outdated_report: Option<ReplacedReport>,
    last_report: Option<ReplacedReport>,
}

impl Interview {
    /// Where it stands.
    pub fn status(&self) -> InterviewStatus {
        self.status
    }

    /// How it was set up.
    pub fn settings(&self) -> Option<&InterviewSettings> {
        self.settings.as_ref()
    }

    /// The question that an answer is for, and the answer's words unless they were erased.
    pub fn answered(&self, answer_id: AnswerId) -> Option<(&Question, Option<&str>)> {
        let answer = self.answers.get(&answer_id)?;
        let asked = self.asked.iter().find(|asked| asked.question_id == answer.question_id)?;
        Some((&asked.question, answer.text.as_deref()))
    }

    /// The texts of the questions that were asked so far.
    pub fn asked_texts(&self) -> Vec<&str> {
        self.asked.iter().filter_map(|asked| asked.question.text.present()).map(String::as_str).collect()
    }

    /// Whether an answer has no verdict yet.
    pub fn awaits_evaluation(&self, answer_id: AnswerId) -> bool {
        self.answers.get(&answer_id).is_some_and(|answer| answer.status == AnswerStatus::AwaitingEvaluation)
    }

    /// Whether an answer has its verdict and no better answer yet.
    pub fn awaits_better_answer(&self, answer_id: AnswerId) -> bool {
        let lacks_one =
            |answer: &Answer| matches!(answer.status, AnswerStatus::Evaluated { .. }) && !answer.improved;
        self.answers.get(&answer_id).is_some_and(lacks_one)
    }

    /// Whether the score of an answer is contested and nobody judged it again yet.
    pub fn is_contested(&self, answer_id: AnswerId) -> bool {
        self.answers.get(&answer_id).is_some_and(|answer| answer.contested)
    }

    /// When the first question was asked; times of a replay are told from here.
    pub fn first_asked_at(&self) -> Option<DateTime<Utc>> {
        self.asked.first().map(|asked| asked.opened_at)
    }

    /// What is known of a spoken answer whose delivery is not measured yet.
    pub fn awaits_measuring(&self, answer_id: AnswerId) -> Option<SpokenTimes<'_>> {
        let answer = self.answers.get(&answer_id)?;
        let asked = self.asked.iter().find(|asked| asked.question_id == answer.question_id)?;
        (!answer.measured && !answer.utterances.is_empty()).then_some(SpokenTimes {
            opened_at: asked.opened_at,
            submitted_at: answer.submitted_at,
            utterances: &answer.utterances,
        })
    }

    /// Whether every answer has a verdict, or failed to get one.
    pub fn is_settled(&self) -> bool {
        self.answers.values().all(|answer| answer.status != AnswerStatus::AwaitingEvaluation)
    }

    /// Whether the question of an answer is itself a follow-up, or was tried again: neither has a follow-up.
    pub fn is_follow_up(&self, answer_id: AnswerId) -> bool {
        self.answers.get(&answer_id).is_some_and(|answer| {
            self.asked.iter().any(|asked| {
                asked.question_id == answer.question_id
                    && (asked.follow_up_to.is_some() || asked.retry_of.is_some())
            })
        })
    }

    fn configure(&self, command: ConfigureInterview) -> Result<InterviewConfigured, InterviewError> {
        if self.status != InterviewStatus::Unknown {
            return Err(InterviewError::AlreadyConfigured);
        }
        let settings = command.settings;
        if !(1..=MAX_QUESTIONS).contains(&settings.questions) {
            return Err(InterviewError::QuestionCount { most: MAX_QUESTIONS });
        }
        if !(1..=5).contains(&settings.difficulty) {
            return Err(InterviewError::Difficulty);
        }
        Ok(InterviewConfigured { settings, configured_at: command.configured_at })
    }

    fn plan(&self, command: PlanQuestions) -> Result<QuestionsPlanned, InterviewError> {
        match self.status {
            InterviewStatus::Unknown => Err(InterviewError::NotConfigured),
            InterviewStatus::Configured if command.questions.is_empty() => Err(InterviewError::NoQuestions),
            InterviewStatus::Configured => Ok(QuestionsPlanned {
                questions: command.questions,
                alternates: command.alternates,
                requirements: (!command.requirements.is_empty()).then(|| command.requirements.into()),
                stood_in_for: command.stood_in_for,
                exchange: command.exchange,
                planned_at: command.planned_at,
            }),
            InterviewStatus::Ready
            | InterviewStatus::InProgress
            | InterviewStatus::Paused
            | InterviewStatus::Abandoned
            | InterviewStatus::Completed => Err(InterviewError::AlreadyPlanned),
            InterviewStatus::Discarded => Err(InterviewError::Discarded),
        }
    }

    fn discard(&self, command: &SuspendInterview) -> Result<InterviewDiscarded, InterviewError> {
        match self.status {
            InterviewStatus::Unknown => Err(InterviewError::NotConfigured),
            InterviewStatus::Configured | InterviewStatus::Ready => {
                Ok(InterviewDiscarded { discarded_at: command.at })
            }
            InterviewStatus::InProgress | InterviewStatus::Paused | InterviewStatus::Abandoned => {
                Err(InterviewError::AlreadyStarted)
            }
            InterviewStatus::Completed => Err(InterviewError::AlreadyCompleted),
            InterviewStatus::Discarded => Err(InterviewError::Discarded),
        }
    }

    fn suspend(&self) -> Result<(), InterviewError> {
        match self.status {
            InterviewStatus::Unknown => Err(InterviewError::NotConfigured),
            InterviewStatus::Completed => Err(InterviewError::AlreadyCompleted),
            InterviewStatus::Paused | InterviewStatus::Abandoned => Err(InterviewError::NotInProgress),
            InterviewStatus::Configured | InterviewStatus::Ready => Err(InterviewError::NotStarted),
            InterviewStatus::InProgress => Ok(()),
            InterviewStatus::Discarded => Err(InterviewError::Discarded),
        }
    }

    fn abandon(&self, command: &SuspendInterview) -> Result<InterviewAbandoned, InterviewError> {
        if self.status != InterviewStatus::Paused {
            self.suspend()?;
        }
        Ok(InterviewAbandoned { abandoned_at: command.at })
    }

    fn pause(&self, command: &SuspendInterview) -> Result<InterviewPaused, InterviewError> {
        self.suspend()?;
        Ok(InterviewPaused { paused_at: command.at })
    }

    fn resume(&self, command: &SuspendInterview) -> Result<InterviewResumed, InterviewError> {
        match self.status {
            InterviewStatus::Unknown => Err(InterviewError::NotConfigured),
            InterviewStatus::Completed => Err(InterviewError::AlreadyCompleted),
            InterviewStatus::Configured | InterviewStatus::Ready | InterviewStatus::InProgress => {
                Err(InterviewError::NotPaused)
            }
            InterviewStatus::Paused | InterviewStatus::Abandoned => {
                Ok(InterviewResumed { resumed_at: command.at })
            }
            InterviewStatus::Discarded => Err(InterviewError::Discarded),
        }
    }

    fn complete(&self, command: &SuspendInterview) -> Result<InterviewCompleted, InterviewError> {
        match self.status {
            InterviewStatus::Unknown => Err(InterviewError::NotConfigured),
            InterviewStatus::Completed => Err(InterviewError::AlreadyCompleted),
            InterviewStatus::Configured | InterviewStatus::Ready => Err(InterviewError::NotStarted),
            InterviewStatus::InProgress | InterviewStatus::Paused | InterviewStatus::Abandoned => {
                if self.answers.is_empty() {
                    return Err(InterviewError::NothingAnswered);
                }
                Ok(InterviewCompleted { completed_at: command.at })
            }
            InterviewStatus::Discarded => Err(InterviewError::Discarded),
        }
    }

    /// Opens the next planned question, or ends the interview where none is left.
    fn advance(&self, at: DateTime<Utc>) -> InterviewEvent {
        let number = u8::try_from(self.planned_asked + 1).unwrap_or(u8::MAX);
        match self.suited(number) {
            Some((question_id, question, adapted)) => {
                let question = question.clone();
                QuestionAsked { question_id, number, question, adapted, asked_at: at }.into()
            }
            None => InterviewCompleted { completed_at: at }.into(),
        }
    }

    fn ask(
        &mut self,
        question_id: QuestionId,
        question: Question,
        parent: Option<QuestionId>,
        at: DateTime<Utc>,
    ) {
        self.asked.push(Asked {
            question_id,
            question,
            opened_at: at,
            absence: Absence::default(),
            follow_up_to: parent,
            retry_of: None,
            attempt: 1,
            draft_revision: 0,
            extensions: 0,
            answered: false,
        });
        if matches!(self.status, InterviewStatus::Paused | InterviewStatus::Abandoned) {
            self.go_away(at);
        }
    }

    /// The question that is open: the newest without an answer. One that waits behind a retry is not.
    fn current(&self) -> Option<&Asked> {
        self.asked.iter().rev().find(|asked| !asked.answered)
    }

    fn current_mut(&mut self) -> Option<&mut Asked> {
        self.asked.iter_mut().rev().find(|asked| !asked.answered)
    }

    fn asked_as(&mut self, question_id: QuestionId) -> Option<&mut Asked> {
        self.asked.iter_mut().find(|asked| asked.question_id == question_id)
    }

    fn go_away(&mut self, at: DateTime<Utc>) {
        if let Some(asked) = self.current_mut() {
            asked.absence.begin(at);
        }
    }

    fn come_back(&mut self, at: DateTime<Utc>) {
        if let Some(asked) = self.current_mut() {
            asked.absence.end(at);
        }
    }

    fn ask_again(&mut self, event: &RetryAsked) {
        let first = self.asked.iter().find(|asked| asked.question_id == event.retry_of);
        let Some((question, parent)) = first.map(|asked| (asked.question.clone(), asked.follow_up_to)) else {
            return;
        };
        // The question that is open waits; its clock does not run meanwhile.
        self.go_away(event.asked_at);
        self.ask(event.question_id, question, parent, event.asked_at);
        if let Some(asked) = self.asked_as(event.question_id) {
            asked.retry_of = Some(event.retry_of);
            asked.attempt = event.attempt;
        }
    }

    fn apply_dialogue(&mut self, event: InterviewEvent) {
        match event {
            InterviewEvent::QuestionAsked(event) => {
                self.planned_asked += 1;
                self.ask(event.question_id, event.question, None, event.asked_at);
            }
            InterviewEvent::FollowUpAsked(event) => {
                self.ask(event.question_id, event.question, Some(event.follow_up_to), event.asked_at);
            }
            InterviewEvent::RetryAsked(event) => self.ask_again(&event),
            InterviewEvent::AnswerDrafted(event) => {
                if let Some(asked) = self.asked_as(event.question_id) {
                    asked.draft_revision = event.revision;
                }
            }
            InterviewEvent::TimeExtended(event) => {
                if let Some(asked) = self.asked_as(event.question_id) {
                    asked.extensions += 1;
                }
            }
            InterviewEvent::AnswerSubmitted(event) => {
                if let Some(asked) = self.asked_as(event.question_id) {
                    asked.answered = true;
                }
                self.last_answered = Some(event.question_id);
                self.come_back(event.submitted_at);
                let answer = Answer {
                    question_id: event.question_id,
                    text: event.text.into_present(),
                    status: AnswerStatus::AwaitingEvaluation,
                    improved: false,
                    utterances: event.utterances,
                    submitted_at: event.submitted_at,
                    measured: false,
                    verdict: None,
                    interval: None,
                    together_with: None,
                    contests: 0,
                    contested: false,
                };
                self.answers.insert(event.answer_id, answer);
            }
            InterviewEvent::AnswerEvaluated(event) => self.judged(&event),
            InterviewEvent::ScoreContested(event) => {
                if let Some(answer) = self.answers.get_mut(&event.answer_id) {
                    answer.contested = true;
                    answer.contests += 1;
                }
            }
            InterviewEvent::ContestFailed(event) => {
                if let Some(answer) = self.answers.get_mut(&event.answer_id) {
                    answer.contested = false;
                }
            }
            InterviewEvent::EvaluationFailed(event) => self.settle(event.answer_id, AnswerStatus::Failed),
            InterviewEvent::BetterAnswerWritten(event) => {
                if let Some(answer) = self.answers.get_mut(&event.answer_id) {
                    answer.improved = true;
                }
            }
            InterviewEvent::DeliveryMeasured(event) => {
                if let Some(answer) = self.answers.get_mut(&event.answer_id) {
                    answer.measured = true;
                }
            }
            InterviewEvent::InterviewConfigured(_)
            | InterviewEvent::QuestionsPlanned(_)
            | InterviewEvent::PlanningFailed(_)
            | InterviewEvent::InterviewStarted(_)
            | InterviewEvent::InterviewPaused(_)
            | InterviewEvent::InterviewResumed(_)
            | InterviewEvent::InterviewCompleted(_)
            | InterviewEvent::InterviewAbandoned(_)
            | InterviewEvent::InterviewDiscarded(_)
            | InterviewEvent::ReportIssued(_) => {}
        }
    }

    fn settle(&mut self, answer_id: AnswerId, status: AnswerStatus) {
        if let Some(answer) = self.answers.get_mut(&answer_id) {
            answer.status = status;
        }
    }
}

impl Aggregate for Interview {
    const TYPE: &'static str = "interview";
    type Command = InterviewCommand;
    type Event = InterviewEvent;
    type Error = InterviewError;
    type Services = ();

    async fn handle(
        &mut self,
        command: InterviewCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), InterviewError> {
        let event: InterviewEvent = match command {
            InterviewCommand::Configure(command) => self.configure(*command)?.into(),
            InterviewCommand::PlanQuestions(command) => self.plan(command)?.into(),
            InterviewCommand::FailPlanning(command) => self.fail_planning(command)?.into(),
            InterviewCommand::Start(command) => {
                let event = self.start(&command)?;
                sink.write(event.into(), self).await;
                self.advance(command.at)
            }
            InterviewCommand::DraftAnswer(command) => self.draft(command)?.into(),
            InterviewCommand::ExtendTime(command) => self.extend_time(&command)?.into(),
            InterviewCommand::SubmitAnswer(command) => self.submit(command)?.into(),
            InterviewCommand::Retry(command) => self.retry(&command)?.into(),
            InterviewCommand::AskNext(command) => self.ask_next(command)?,
            InterviewCommand::EvaluateAnswer(command) => self.evaluate(*command)?.into(),
            InterviewCommand::FailEvaluation(command) => self.fail_evaluation(command)?.into(),
            InterviewCommand::WriteBetterAnswer(command) => self.write_better_answer(*command)?.into(),
            InterviewCommand::MeasureDelivery(command) => self.measure_delivery(*command)?.into(),
            InterviewCommand::ContestScore(command) => self.contest(&command)?.into(),
            InterviewCommand::FailContest(command) => self.fail_contest(command)?.into(),
            InterviewCommand::Pause(command) => self.pause(&command)?.into(),
            InterviewCommand::Resume(command) => self.resume(&command)?.into(),
            InterviewCommand::Abandon(command) => self.abandon(&command)?.into(),
            InterviewCommand::Discard(command) => self.discard(&command)?.into(),
            InterviewCommand::Complete(command) => self.complete(&command)?.into(),
            InterviewCommand::IssueReport(command) => self.issue_report(&command)?.into(),
        };
        sink.write(event, self).await;
        Ok(())
    }

    fn apply(&mut self, event: InterviewEvent) {
        match event {
            InterviewEvent::InterviewConfigured(event) => {
                self.status = InterviewStatus::Configured;
                self.settings = Some(event.settings);
            }
            InterviewEvent::QuestionsPlanned(event) => {
                self.status = InterviewStatus::Ready;
                self.plan = event.questions;
                self.alternates = event.alternates;
            }
            InterviewEvent::InterviewStarted(_) => self.status = InterviewStatus::InProgress,
            InterviewEvent::InterviewResumed(event) => {
                self.status = InterviewStatus::InProgress;
                self.come_back(event.resumed_at);
            }
            InterviewEvent::InterviewPaused(event) => {
                self.status = InterviewStatus::Paused;
                self.go_away(event.paused_at);
            }
            InterviewEvent::InterviewAbandoned(event) => {
                self.status = InterviewStatus::Abandoned;
                self.go_away(event.abandoned_at);
            }
            InterviewEvent::InterviewDiscarded(_) => self.status = InterviewStatus::Discarded,
            InterviewEvent::InterviewCompleted(_) => self.status = InterviewStatus::Completed,
            InterviewEvent::ReportIssued(event) => {
                self.report_issued = true;
                self.outdated_report = None;
                self.last_report =
                    Some(ReplacedReport { overall: event.overall, overall_interval: event.overall_interval });
            }
            dialogue => self.apply_dialogue(dialogue),
        }
    }
}

#[cfg(test)]
mod tests;
