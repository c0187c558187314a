//! What happened in an interview.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::adapting::Adaptation;
use super::delivery::Delivery;
use super::evaluation::{BetterAnswer, Evaluation, StoodIn};
use super::exchange::Exchange;
use super::question::{InterviewMode, Question, Requirement};
use crate::event::stored_events;
use crate::ids::{AnswerId, EvaluationId, QuestionId, ResumeId, UtteranceId};
use crate::personal::Personal;
use crate::role::{ExperienceLevel, RoleSlug};
use crate::score::interval::ScoreInterval;
use crate::score::{Criterion, Level, Score};

/// An event of an interview.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    clippy::large_enum_variant,
    reason = "events live for one append or one read; a box would show in every match"
)]
pub enum InterviewEvent {
    /// Set up.
    InterviewConfigured(InterviewConfigured),
    /// Questions chosen.
    QuestionsPlanned(QuestionsPlanned),
    /// Questions could not be chosen.
    PlanningFailed(PlanningFailed),
    /// Begun.
    InterviewStarted(InterviewStarted),
    /// A question was opened.
    QuestionAsked(QuestionAsked),
    /// A question about a gap was opened.
    FollowUpAsked(FollowUpAsked),
    /// A question was asked again, at the candidate's wish.
    RetryAsked(RetryAsked),
    /// What was typed so far.
    AnswerDrafted(AnswerDrafted),
    /// More time.
    TimeExtended(TimeExtended),
    /// A final answer.
    AnswerSubmitted(AnswerSubmitted),
    /// A verdict.
    AnswerEvaluated(AnswerEvaluated),
    /// No verdict.
    EvaluationFailed(EvaluationFailed),
    /// A better answer.
    BetterAnswerWritten(BetterAnswerWritten),
    /// How a spoken answer was said.
    DeliveryMeasured(DeliveryMeasured),
    /// A score was disputed.
    ScoreContested(ScoreContested),
    /// A disputed answer could not be judged again.
    ContestFailed(ContestFailed),
    /// Left for a while.
    InterviewPaused(InterviewPaused),
    /// Taken up again.
    InterviewResumed(InterviewResumed),
    /// Left.
    InterviewAbandoned(InterviewAbandoned),
    /// Thrown away before it began.
    InterviewDiscarded(InterviewDiscarded),
    /// Over.
    InterviewCompleted(InterviewCompleted),
    /// The report is out.
    ReportIssued(ReportIssued),
}

stored_events!(InterviewEvent {
    InterviewConfigured => "interview_configured", "1";
    QuestionsPlanned => "questions_planned", "1";
    PlanningFailed => "planning_failed", "1";
    InterviewStarted => "interview_started", "1";
    QuestionAsked => "question_asked", "1";
    FollowUpAsked => "follow_up_asked", "1";
    RetryAsked => "retry_asked", "1";
    AnswerDrafted => "answer_drafted", "1";
    TimeExtended => "time_extended", "1";
    AnswerSubmitted => "answer_submitted", "1";
    AnswerEvaluated => "answer_evaluated", "1";
    EvaluationFailed => "evaluation_failed", "1";
    BetterAnswerWritten => "better_answer_written", "1";
    DeliveryMeasured => "delivery_measured", "1";
    ScoreContested => "score_contested", "1";
    ContestFailed => "contest_failed", "1";
    InterviewPaused => "interview_paused", "1";
    InterviewResumed => "interview_resumed", "1";
    InterviewAbandoned => "interview_abandoned", "1";
    InterviewDiscarded => "interview_discarded", "1";
    InterviewCompleted => "interview_completed", "1";
    ReportIssued => "report_issued", "1";
});

/// What an interview is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InterviewSettings {
    /// Kinds of questions.
    pub mode: InterviewMode,
    /// The target role.
    pub role: RoleSlug,
    /// How far along the candidate is.
    pub level: ExperienceLevel,
    /// 1 to 5.
    pub difficulty: u8,
    /// 1 to 20, follow-ups not counted.
    pub questions: u8,
    /// The resume that questions are made from.
    pub resume_id: Option<ResumeId>,
    /// The match of that resume whose wanted terms the questions are to cover; `None` for those of the role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub match_id: Option<Uuid>,
    /// After how long the timer nudges, per question.
    pub seconds_per_question: u32,
}

/// A question with the id under which it will be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlannedQuestion {
    /// Its id.
    pub question_id: QuestionId,
    /// The question.
    pub question: Question,
}

/// What is asked in a place instead, where the answers before call for something easier or harder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Alternate {
    /// The place among the planned questions, from 1.
    pub number: u8,
    /// Its id.
    pub question_id: QuestionId,
    /// The question.
    pub question: Question,
}

/// How an answer was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnswerSource {
    /// By keyboard.
    Typed,
    /// By voice.
    Spoken,
}

/// An interview was set up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InterviewConfigured {
    /// What it is about.
    #[serde(flatten)]
    pub settings: InterviewSettings,
    /// When.
    pub configured_at: DateTime<Utc>,
}

/// The questions were chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionsPlanned {
    /// In the order to ask them.
    pub questions: Vec<PlannedQuestion>,
    /// What may be asked instead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternates: Vec<Alternate>,
    /// What the job asks for, the most important first; personal, for a pasted post may have named it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirements: Option<Personal<Vec<Requirement>>>,
    /// Who was asked to word the questions and did not word all of them, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stood_in_for: Option<StoodIn>,
    /// What was asked of a model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange: Option<Exchange>,
    /// When.
    pub planned_at: DateTime<Utc>,
}

/// The questions could not be chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlanningFailed {
    /// Why, without personal data.
    pub reason: String,
    /// When.
    pub failed_at: DateTime<Utc>,
}

/// The interview began.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InterviewStarted {
    /// When.
    pub started_at: DateTime<Utc>,
}

/// A planned question was asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionAsked {
    /// Its id.
    pub question_id: QuestionId,
    /// Its place among the planned questions, from 1.
    pub number: u8,
    /// The question.
    pub question: Question,
    /// Why another than the planned one is asked; `None` where it is the planned one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adapted: Option<Adaptation>,
    /// When.
    pub asked_at: DateTime<Utc>,
}

/// A question about a gap in the last answer was asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FollowUpAsked {
    /// Its id.
    pub question_id: QuestionId,
    /// The question whose answer left the gap.
    pub follow_up_to: QuestionId,
    /// What was left out.
    pub gap: Personal<String>,
    /// The question.
    pub question: Question,
    /// Who was asked to word it, and why it did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stood_in_for: Option<StoodIn>,
    /// What was asked of a model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange: Option<Exchange>,
    /// When.
    pub asked_at: DateTime<Utc>,
}

/// A question was asked again, because the candidate wants to give a better answer. The earlier one is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RetryAsked {
    /// The id under which it is asked this time.
    pub question_id: QuestionId,
    /// The id under which it was asked first.
    pub retry_of: QuestionId,
    /// The attempt that begins: 2 for the first retry.
    pub attempt: u32,
    /// When.
    pub asked_at: DateTime<Utc>,
}

/// What was typed so far was kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerDrafted {
    /// The open question.
    pub question_id: QuestionId,
    /// Rises with every draft of a question, from 1.
    pub revision: u32,
    /// The words so far.
    pub text: Personal<String>,
    /// When.
    pub drafted_at: DateTime<Utc>,
}

/// The open question got more time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TimeExtended {
    /// The open question.
    pub question_id: QuestionId,
    /// How much more.
    pub by_seconds: u32,
    /// When.
    pub extended_at: DateTime<Utc>,
}

/// A final answer was given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerSubmitted {
    /// Its id.
    pub answer_id: AnswerId,
    /// The question it answers.
    pub question_id: QuestionId,
    /// From 1; rises where a question is tried again.
    pub attempt: u32,
    /// The words.
    pub text: Personal<String>,
    /// How it was given.
    pub source: AnswerSource,
    /// What was said, in order, where it was spoken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub utterances: Vec<UtteranceId>,
    /// From the question to the answer, in milliseconds; time in which the interview was paused or left does not count.
    pub duration_ms: u64,
    /// When.
    pub submitted_at: DateTime<Utc>,
}

/// An answer received its score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerEvaluated {
    /// Which answer.
    pub answer_id: AnswerId,
    /// The verdict's id.
    pub evaluation_id: EvaluationId,
    /// The weighted mean of the ratings, 0 to 100.
    pub overall: Score,
    /// Between which scores it lies at least nine times out of ten, where every level says so of itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overall_interval: Option<ScoreInterval>,
    /// What the overall score was computed from, and by whom.
    pub evaluation: Evaluation,
    /// The answer that the verdict is on as well, where this one was to a follow-up: its places are those in the
    /// earlier words, a blank line, and the later ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub together_with: Option<AnswerId>,
    /// The verdict that counted until now, where the answer was judged again, or together with its follow-up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<ReplacedVerdict>,
    /// When.
    pub evaluated_at: DateTime<Utc>,
}

impl AnswerEvaluated {
    /// Whether the answer had a verdict before, so that the interview goes on no further by this one.
    pub fn is_judged_again(&self) -> bool {
        self.replaces.as_ref().is_some_and(|replaced| match replaced.because {
            Replacement::Contested => true,
            Replacement::FollowedUp => false,
        })
    }
}

/// A verdict that does not count any more. Its event stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReplacedVerdict {
    /// Its id.
    pub evaluation_id: EvaluationId,
    /// Its score.
    pub overall: Score,
    /// Its levels, of the criteria that applied.
    pub levels: Vec<CriterionLevel>,
    /// Why the newer one counts.
    pub because: Replacement,
}

/// The level of one criterion.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CriterionLevel {
    /// What was judged.
    pub criterion: Criterion,
    /// The level reached.
    pub level: Level,
}

/// Why a newer verdict counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Replacement {
    /// The candidate disputed the score.
    Contested,
    /// The newer one is on a follow-up as well.
    FollowedUp,
}

/// The candidate disputes a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScoreContested {
    /// Which answer.
    pub answer_id: AnswerId,
    /// The verdict that is disputed.
    pub evaluation_id: EvaluationId,
    /// What the candidate holds against it. It is kept and shown; nobody judges by it.
    pub reason: Personal<String>,
    /// When.
    pub contested_at: DateTime<Utc>,
}

/// A disputed answer could not be judged again: the verdict that was disputed still counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ContestFailed {
    /// Which answer.
    pub answer_id: AnswerId,
    /// Why, without personal data.
    pub reason: String,
    /// When.
    pub failed_at: DateTime<Utc>,
}

/// No verdict could be had after the last try.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EvaluationFailed {
    /// Which answer.
    pub answer_id: AnswerId,
    /// Why, without personal data.
    pub reason: String,
    /// When.
    pub failed_at: DateTime<Utc>,
}

/// A better answer was built from the candidate's own words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BetterAnswerWritten {
    /// Which answer it improves.
    pub answer_id: AnswerId,
    /// The better answer.
    pub better_answer: Personal<BetterAnswer>,
    /// Who wrote it, with version.
    pub writer: String,
    /// Who was asked before the writer, and why it did not write.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stood_in_for: Option<StoodIn>,
    /// What was asked of a model, where one wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange: Option<Exchange>,
    /// When.
    pub written_at: DateTime<Utc>,
}

/// How a spoken answer was said was measured, beside the score of what was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeliveryMeasured {
    /// Which answer.
    pub answer_id: AnswerId,
    /// The measures and their ratings.
    pub delivery: Delivery,
    /// When.
    pub measured_at: DateTime<Utc>,
}

/// The candidate left for a while.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InterviewPaused {
    /// When.
    pub paused_at: DateTime<Utc>,
}

/// The candidate took it up again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InterviewResumed {
    /// When.
    pub resumed_at: DateTime<Utc>,
}

/// The candidate left before the end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InterviewAbandoned {
    /// When.
    pub abandoned_at: DateTime<Utc>,
}

/// The candidate threw the prepared interview away before it began.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InterviewDiscarded {
    /// When.
    pub discarded_at: DateTime<Utc>,
}

/// Every question was answered, or the candidate ended it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InterviewCompleted {
    /// When.
    pub completed_at: DateTime<Utc>,
}

/// All verdicts are there, and the report with them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReportIssued {
    /// The mean of the answers' scores, 0 to 100; `None` where none was evaluated.
    pub overall: Option<Score>,
    /// Between which scores it lies, where every answer that counts says so of its own; as wide as if all erred the same
    /// way at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overall_interval: Option<ScoreInterval>,
    /// How many answers were given.
    pub answers: u32,
    /// The report that counted until now, where an answer was judged again since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<ReplacedReport>,
    /// When.
    pub issued_at: DateTime<Utc>,
}

/// A report that does not count any more. Its event stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReplacedReport {
    /// Its score; `None` where no answer was evaluated.
    pub overall: Option<Score>,
    /// Between which scores that lay, where it said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overall_interval: Option<ScoreInterval>,
}
