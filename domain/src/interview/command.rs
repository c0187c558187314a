//! What can be asked of an interview.

use chrono::{DateTime, Utc};

use super::delivery::Delivery;
use super::evaluation::{Authorship, BetterAnswer, Evaluation, StoodIn};
use super::event::{Alternate, AnswerSource, InterviewSettings, PlannedQuestion};
use super::exchange::Exchange;
use super::question::Requirement;
use crate::ids::{AnswerId, EvaluationId, QuestionId, UtteranceId};
use crate::ports::question_writer::FollowUp;

/// A request to an interview.
#[derive(Debug, Clone, PartialEq)]
pub enum InterviewCommand {
    /// Set it up.
    Configure(Box<ConfigureInterview>),
    /// Its questions are chosen.
    PlanQuestions(PlanQuestions),
    /// Its questions could not be chosen.
    FailPlanning(FailPlanning),
    /// Begin; asks the first question.
    Start(SuspendInterview),
    /// Keep what was typed so far.
    DraftAnswer(DraftAnswer),
    /// Give the open question more time.
    ExtendTime(ExtendTime),
    /// The answer is final.
    SubmitAnswer(SubmitAnswer),
    /// Ask an answered question again.
    Retry(RetryQuestion),
    /// Ask a follow-up or the next question, or end.
    AskNext(AskNext),
    /// The verdict is there.
    EvaluateAnswer(Box<EvaluateAnswer>),
    /// No verdict could be had.
    FailEvaluation(FailEvaluation),
    /// A better answer is there.
    WriteBetterAnswer(Box<WriteBetterAnswer>),
    /// How a spoken answer was said is known.
    MeasureDelivery(Box<MeasureDelivery>),
    /// Dispute a score.
    ContestScore(ContestScore),
    /// A disputed answer could not be judged again.
    FailContest(FailEvaluation),
    /// Leave for a while.
    Pause(SuspendInterview),
    /// Take it up again.
    Resume(SuspendInterview),
    /// Leave it.
    Abandon(SuspendInterview),
    /// Throw it away before it begins.
    Discard(SuspendInterview),
    /// End it early.
    Complete(SuspendInterview),
    /// All verdicts are there.
    IssueReport(SuspendInterview),
}

/// Sets an interview up.
#[derive(Debug, Clone, PartialEq)]
pub struct ConfigureInterview {
    /// What it is about.
    pub settings: InterviewSettings,
    /// Now.
    pub configured_at: DateTime<Utc>,
}

/// The questions are chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanQuestions {
    /// In the order to ask them.
    pub questions: Vec<PlannedQuestion>,
    /// What may be asked instead, by what the answers before show.
    pub alternates: Vec<Alternate>,
    /// What the job asks for.
    pub requirements: Vec<Requirement>,
    /// Who was asked to word the questions and did not word all of them, and why.
    pub stood_in_for: Option<StoodIn>,
    /// What was asked of a model.
    pub exchange: Option<Exchange>,
    /// Now.
    pub planned_at: DateTime<Utc>,
}

/// The questions could not be chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct FailPlanning {
    /// Why, without personal data.
    pub reason: String,
    /// Now.
    pub failed_at: DateTime<Utc>,
}

/// A change of the interview's course that says nothing but when.
#[derive(Debug, Clone, PartialEq)]
pub struct SuspendInterview {
    /// Now.
    pub at: DateTime<Utc>,
}

/// Keeps what was typed so far.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftAnswer {
    /// The open question.
    pub question_id: QuestionId,
    /// Rises with every draft of a question, from 1.
    pub revision: u32,
    /// At most 20,000 characters.
    pub text: String,
    /// Now.
    pub drafted_at: DateTime<Utc>,
}

/// Gives the open question more time.
#[derive(Debug, Clone, PartialEq)]
pub struct ExtendTime {
    /// The open question.
    pub question_id: QuestionId,
    /// 30 to 300.
    pub by_seconds: u32,
    /// Now.
    pub extended_at: DateTime<Utc>,
}

/// The answer is final.
#[derive(Debug, Clone, PartialEq)]
pub struct SubmitAnswer {
    /// Its id.
    pub answer_id: AnswerId,
    /// The open question.
    pub question_id: QuestionId,
    /// 1 to 20,000 characters.
    pub text: String,
    /// How it was given.
    pub source: AnswerSource,
    /// What was said, where it was spoken; empty otherwise.
    pub utterances: Vec<UtteranceId>,
    /// Now.
    pub submitted_at: DateTime<Utc>,
}

/// Asks an answered question again.
#[derive(Debug, Clone, PartialEq)]
pub struct RetryQuestion {
    /// The question to try again, under any id that it was asked under.
    pub question_id: QuestionId,
    /// The id of the new attempt.
    pub new_question_id: QuestionId,
    /// Now.
    pub asked_at: DateTime<Utc>,
}

/// Asks a follow-up or the next question, or ends the interview where none is left.
#[derive(Debug, Clone, PartialEq)]
pub struct AskNext {
    /// The answer that the candidate gave last.
    pub after: AnswerId,
    /// The id of a follow-up.
    pub question_id: QuestionId,
    /// What to ask first, where the answer left a gap.
    pub follow_up: Option<FollowUp>,
    /// Who wrote the follow-up.
    pub writer: String,
    /// Now.
    pub asked_at: DateTime<Utc>,
}

/// The verdict is there.
#[derive(Debug, Clone, PartialEq)]
pub struct EvaluateAnswer {
    /// Which answer.
    pub answer_id: AnswerId,
    /// The verdict's id.
    pub evaluation_id: EvaluationId,
    /// The verdict.
    pub evaluation: Evaluation,
    /// Now.
    pub evaluated_at: DateTime<Utc>,
}

/// No verdict could be had.
#[derive(Debug, Clone, PartialEq)]
pub struct FailEvaluation {
    /// Which answer.
    pub answer_id: AnswerId,
    /// Why, without personal data.
    pub reason: String,
    /// Now.
    pub failed_at: DateTime<Utc>,
}

/// Disputes a score.
#[derive(Debug, Clone, PartialEq)]
pub struct ContestScore {
    /// Which answer.
    pub answer_id: AnswerId,
    /// What the candidate holds against it: 1 to 1,000 characters.
    pub reason: String,
    /// Now.
    pub contested_at: DateTime<Utc>,
}

/// A better answer is there.
#[derive(Debug, Clone, PartialEq)]
pub struct WriteBetterAnswer {
    /// Which answer it improves.
    pub answer_id: AnswerId,
    /// The better answer.
    pub better_answer: BetterAnswer,
    /// Who wrote it.
    pub by: Authorship,
    /// Now.
    pub written_at: DateTime<Utc>,
}

/// How a spoken answer was said is known.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasureDelivery {
    /// Which answer.
    pub answer_id: AnswerId,
    /// The measures and their ratings.
    pub delivery: Delivery,
    /// Now.
    pub measured_at: DateTime<Utc>,
}
