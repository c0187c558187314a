//! Scores, evidence and better answers of an interview.

use chrono::{DateTime, Utc};
use interaura_domain::envelope::RecordedEvent;
use interaura_domain::event::AnyEvent;
use interaura_domain::ids::{AnswerId, EvaluationId, QuestionId};
use interaura_domain::interview::InterviewStatus;
use interaura_domain::interview::evaluation::{BetterAnswer, Evaluation};
use interaura_domain::interview::event::{InterviewEvent, InterviewSettings};
use interaura_domain::interview::question::Question;
use interaura_domain::ports::signals::View;
use interaura_domain::recording::event::RecordingEvent;
use interaura_domain::score::Score;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::document::{Contradiction, DocumentView};

/// One interview's report.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct InterviewReportRow {
    /// Where the interview stands.
    pub status: InterviewStatus,
    /// How it was set up.
    pub settings: Option<InterviewSettings>,
    /// When it began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it was over.
    pub completed_at: Option<DateTime<Utc>>,
    /// Whether every answer has its verdict.
    pub issued: bool,
    /// The mean of the answers' scores.
    pub overall: Option<Score>,
    /// In the order they were asked.
    pub questions: Vec<QuestionReport>,
    /// What the camera recorded, once it can be played.
    #[serde(default)]
    pub recording: Option<RecordingReport>,
}

/// A recording that can be played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordingReport {
    /// The moment that it begins with.
    pub started_at: DateTime<Utc>,
    /// How long it plays.
    pub duration_ms: u64,
}

/// A question with what became of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct QuestionReport {
    /// Its id.
    pub question_id: QuestionId,
    /// Its place among the planned questions; a follow-up has its question's.
    pub number: u8,
    /// The question.
    pub question: Question,
    /// Whether it is a follow-up.
    pub follow_up: bool,
    /// What the answer before left out.
    pub gap: Option<String>,
    /// The answer.
    pub answer: Option<AnswerReport>,
}

/// An answer with its verdict.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnswerReport {
    /// Its id.
    pub answer_id: AnswerId,
    /// The words.
    pub text: String,
    /// From the question to the answer.
    pub duration_ms: u64,
    /// The verdict.
    pub verdict: Option<Verdict>,
    /// Why there is none.
    pub failure: Option<String>,
    /// A better answer.
    pub better_answer: Option<BetterAnswer>,
}

/// A verdict.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Verdict {
    /// Its id.
    pub evaluation_id: EvaluationId,
    /// The weighted mean of the ratings.
    pub overall: Score,
    /// What it was computed from.
    pub evaluation: Evaluation,
}

impl InterviewReportRow {
    fn answer(&mut self, answer_id: AnswerId) -> Result<&mut AnswerReport, Contradiction> {
        let mut answers = self.questions.iter_mut().filter_map(|question| question.answer.as_mut());
        answers
            .find(|answer| answer.answer_id == answer_id)
            .ok_or(Contradiction("an answer that was not given"))
    }

    fn number_of(&self, question_id: QuestionId) -> Option<u8> {
        self.questions
            .iter()
            .find(|question| question.question_id == question_id)
            .map(|question| question.number)
    }
}

/// The read model.
pub struct InterviewReport;

impl DocumentView for InterviewReport {
    const VIEW: View = View::InterviewReport;
    type Row = InterviewReportRow;

    fn key(event: &AnyEvent, recorded: &RecordedEvent) -> Option<Uuid> {
        match event {
            AnyEvent::Interview(InterviewEvent::AnswerDrafted(_) | InterviewEvent::TimeExtended(_))
            | AnyEvent::Account(_)
            | AnyEvent::Resume(_)
            | AnyEvent::Mail(_)
            | AnyEvent::Transcript(_)
            | AnyEvent::Attention(_)
            | AnyEvent::Recording(
                RecordingEvent::RecordingStarted(_)
                | RecordingEvent::RecordingPartStored(_)
                | RecordingEvent::RecordingEnded(_)
                | RecordingEvent::RecordingFailed(_),
            ) => None,
            // The recording of an interview has its id.
            AnyEvent::Interview(_) | AnyEvent::Recording(RecordingEvent::RecordingStored(_)) => {
                Some(recorded.aggregate_id)
            }
        }
    }

    fn apply(row: &mut InterviewReportRow, event: &AnyEvent, _: &RecordedEvent) -> Result<(), Contradiction> {
        let event = match event {
            AnyEvent::Interview(event) => event,
            AnyEvent::Recording(RecordingEvent::RecordingStored(event)) => {
                let (started_at, duration_ms) = (event.started_at, event.duration_ms);
                row.recording = Some(RecordingReport { started_at, duration_ms });
                return Ok(());
            }
            _ => return Ok(()),
        };
        match event {
            InterviewEvent::InterviewConfigured(event) => {
                row.status = InterviewStatus::Configured;
                row.settings = Some(event.settings.clone());
            }
            InterviewEvent::QuestionsPlanned(_) => row.status = InterviewStatus::Ready,
            InterviewEvent::InterviewStarted(event) => {
                row.status = InterviewStatus::InProgress;
                row.started_at = Some(event.started_at);
            }
            InterviewEvent::InterviewResumed(_) => row.status = InterviewStatus::InProgress,
            InterviewEvent::InterviewPaused(_) => row.status = InterviewStatus::Paused,
            InterviewEvent::InterviewAbandoned(_) => row.status = InterviewStatus::Abandoned,
            InterviewEvent::InterviewDiscarded(_) => row.status = InterviewStatus::Discarded,
            InterviewEvent::InterviewCompleted(event) => {
                row.status = InterviewStatus::Completed;
                row.completed_at = Some(event.completed_at);
            }
            InterviewEvent::QuestionAsked(event) => row.questions.push(QuestionReport {
                question_id: event.question_id,
                number: event.number,
                question: event.question.clone(),
                follow_up: false,
                gap: None,
                answer: None,
            }),
            InterviewEvent::FollowUpAsked(event) => row.questions.push(QuestionReport {
                question_id: event.question_id,
                number: row.number_of(event.follow_up_to).ok_or(Contradiction("a follow-up to nothing"))?,
                question: event.question.clone(),
                follow_up: true,
                gap: event.gap.present().cloned(),
                answer: None,
            }),
            InterviewEvent::AnswerSubmitted(event) => {
                let question = row.questions.iter_mut().find(|known| known.question_id == event.question_id);
                question.ok_or(Contradiction("an answer to nothing"))?.answer = Some(AnswerReport {
                    answer_id: event.answer_id,
                    text: event.text.present().cloned().unwrap_or_default(),
                    duration_ms: event.duration_ms,
                    verdict: None,
                    failure: None,
                    better_answer: None,
                });
            }
            InterviewEvent::AnswerEvaluated(event) => {
                row.answer(event.answer_id)?.verdict = Some(Verdict {
                    evaluation_id: event.evaluation_id,
                    overall: event.overall,
                    evaluation: event.evaluation.clone(),
                });
            }
            InterviewEvent::EvaluationFailed(event) => {
                row.answer(event.answer_id)?.failure = Some(event.reason.clone());
            }
            InterviewEvent::BetterAnswerWritten(event) => {
                row.answer(event.answer_id)?.better_answer = event.better_answer.present().cloned();
            }
            InterviewEvent::ReportIssued(event) => {
                row.issued = true;
                row.overall = event.overall;
            }
            InterviewEvent::PlanningFailed(_)
            | InterviewEvent::AnswerDrafted(_)
            | InterviewEvent::TimeExtended(_) => {}
        }
        Ok(())
    }
}
