//! The live state of an interview.

use chrono::{DateTime, Utc};
use interaura_domain::envelope::RecordedEvent;
use interaura_domain::event::AnyEvent;
use interaura_domain::ids::{AnswerId, QuestionId};
use interaura_domain::interview::InterviewStatus;
use interaura_domain::interview::absence::Absence;
use interaura_domain::interview::adapting::Adaptation;
use interaura_domain::interview::event::{
    FollowUpAsked, InterviewEvent, InterviewSettings, QuestionsPlanned, RetryAsked,
};
use interaura_domain::interview::question::{Question, Requirement, ResumeFact};
use interaura_domain::personal::Personal;
use interaura_domain::ports::signals::View;
use interaura_domain::score::Score;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::document::{Contradiction, DocumentView};

/// One interview.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct InterviewRoomRow {
    /// Where it stands.
    pub status: InterviewStatus,
    /// How it was set up.
    pub settings: Option<InterviewSettings>,
    /// When it was set up.
    pub created_at: Option<DateTime<Utc>>,
    /// When something last happened.
    pub updated_at: Option<DateTime<Utc>>,
    /// Why no questions could be chosen.
    pub planning_failure: Option<String>,
    /// What the job asks for, the most important first.
    #[serde(default)]
    pub requirements: Vec<Requirement>,
    /// By planned question: which requirements it asks for, by their places.
    #[serde(default)]
    pub planned_covers: Vec<Vec<u8>>,
    /// The planned questions and those that may be asked in their place; empty in rows that are older than this field.
    #[serde(default)]
    pub planned: Vec<Question>,
    /// In the order they were asked.
    pub asked: Vec<AskedRow>,
    /// The report's score.
    pub score: Option<Score>,
    /// Whether the report is out.
    pub report_ready: bool,
}

/// A question that was asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AskedRow {
    /// Its id.
    pub question_id: QuestionId,
    /// Its place among the planned questions; a follow-up has its question's.
    pub number: u8,
    /// The question.
    pub question: Question,
    /// Whether it is a follow-up.
    pub follow_up: bool,
    /// What the last answer left out.
    pub gap: Option<String>,
    /// Why another than the planned question is asked.
    #[serde(default)]
    pub adapted: Option<Adaptation>,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// How long the candidate was away since.
    #[serde(default)]
    pub absence: Absence,
    /// By how much its time was extended.
    pub extended_seconds: u32,
    /// The id under which it was asked first, where it is tried again.
    #[serde(default)]
    pub retry_of: Option<QuestionId>,
    /// The attempt, from 1; 0 in rows that are older than this field.
    #[serde(default)]
    pub attempt: u32,
    /// What was typed so far.
    pub draft: Option<DraftRow>,
    /// The final answer.
    pub answer: Option<GivenAnswerRow>,
}

impl AskedRow {
    /// The words of the question.
    pub fn text(&self) -> &str {
        self.question.text.present().map_or("", String::as_str)
    }

    /// The fact of the resume that it was made from.
    pub fn fact(&self) -> Option<&ResumeFact> {
        self.question.resume_fact.as_ref()?.present()
    }
}

/// What was typed so far.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DraftRow {
    /// Rises with every draft.
    pub revision: u32,
    /// The words.
    pub text: String,
    /// When.
    pub saved_at: DateTime<Utc>,
}

/// What became of an answer's verdict.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum EvaluationState {
    /// Not there yet.
    Pending,
    /// There.
    Evaluated(Score),
    /// Not to be had.
    Failed,
}

/// A final answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GivenAnswerRow {
    /// Its id.
    pub answer_id: AnswerId,
    /// The words.
    pub text: String,
    /// From the question to the answer, pauses left out.
    pub duration_ms: u64,
    /// When.
    pub submitted_at: DateTime<Utc>,
    /// What became of its verdict.
    pub evaluation: EvaluationState,
}

impl InterviewRoomRow {
    fn asked(&mut self, question_id: QuestionId) -> Result<&mut AskedRow, Contradiction> {
        let asked = self.asked.iter_mut().find(|asked| asked.question_id == question_id);
        asked.ok_or(Contradiction("a question that was not asked"))
    }

    fn settle(&mut self, answer_id: AnswerId, evaluation: EvaluationState) -> Result<(), Contradiction> {
        let answers = self.asked.iter_mut().filter_map(|asked| asked.answer.as_mut());
        let answer = answers.into_iter().find(|answer| answer.answer_id == answer_id);
        answer.ok_or(Contradiction("a verdict on an answer that was not given"))?.evaluation = evaluation;
        Ok(())
    }

    fn ask(&mut self, question_id: QuestionId, number: u8, question: Question, asked_at: DateTime<Utc>) {
        self.asked.push(AskedRow {
            question_id,
            number,
            question,
            follow_up: false,
            gap: None,
            adapted: None,
            asked_at,
            absence: Absence::default(),
            extended_seconds: 0,
            retry_of: None,
            attempt: 1,
            draft: None,
            answer: None,
        });
        if matches!(self.status, InterviewStatus::Paused | InterviewStatus::Abandoned) {
            self.go_away(asked_at);
        }
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

    /// The newest question without an answer: the one that is open.
    pub fn current(&self) -> Option<&AskedRow> {
        self.asked.iter().rev().find(|asked| asked.answer.is_none())
    }

    fn current_mut(&mut self) -> Option<&mut AskedRow> {
        self.asked.iter_mut().rev().find(|asked| asked.answer.is_none())
    }

    fn ask_again(&mut self, event: &RetryAsked) -> Result<(), Contradiction> {
        let first = self.asked(event.retry_of)?.clone();
        self.go_away(event.asked_at);
        self.ask(event.question_id, first.number, first.question, event.asked_at);
        let asked = self.asked(event.question_id)?;
        (asked.follow_up, asked.gap) = (first.follow_up, first.gap);
        (asked.retry_of, asked.attempt) = (Some(event.retry_of), event.attempt);
        Ok(())
    }

    fn follow_up(&mut self, event: &FollowUpAsked) -> Result<(), Contradiction> {
        let number = self.asked(event.follow_up_to)?.number;
        self.ask(event.question_id, number, event.question.clone(), event.asked_at);
        let asked = self.asked(event.question_id)?;
        asked.follow_up = true;
        asked.gap = event.gap.present().cloned();
        Ok(())
    }

    fn plan(&mut self, event: &QuestionsPlanned) {
        self.status = InterviewStatus::Ready;
        self.requirements =
            event.requirements.as_ref().and_then(Personal::present).cloned().unwrap_or_default();
        self.planned_covers = event.questions.iter().map(|planned| planned.question.covers.clone()).collect();
        let questions = event.questions.iter().map(|planned| &planned.question);
        let alternates = event.alternates.iter().map(|alternate| &alternate.question);
        self.planned = questions.chain(alternates).cloned().collect();
    }

    /// The questions that were asked, and where the interview is not over those that it may still ask.
    pub fn asked_or_planned(&self) -> impl Iterator<Item = &Question> {
        let is_open = match self.status {
            InterviewStatus::Ready | InterviewStatus::InProgress | InterviewStatus::Paused => true,
            InterviewStatus::Unknown
            | InterviewStatus::Configured
            | InterviewStatus::Abandoned
            | InterviewStatus::Completed
            | InterviewStatus::Discarded => false,
        };
        let planned = self.planned.iter().filter(move |_| is_open);
        self.asked.iter().map(|asked| &asked.question).chain(planned)
    }

    /// The numbers of the questions that ask for a requirement, by its place: those asked, and of the others the planned.
    pub fn asking_for(&self, requirement: u8) -> Vec<u8> {
        let planned = (1..).zip(&self.planned_covers).filter(|(number, covers)| {
            let asked = self.asked.iter().find(|asked| asked.number == *number && !asked.follow_up);
            asked.map_or(*covers, |asked| &asked.question.covers).contains(&requirement)
        });
        planned.map(|(number, _)| number).collect()
    }

    /// Planned questions with a final answer; follow-ups and retries are not counted, as in the settings.
    pub fn answered(&self) -> usize {
        self.asked
            .iter()
            .filter(|asked| asked.answer.is_some() && !asked.follow_up && asked.retry_of.is_none())
            .count()
    }
}

/// The read model.
pub struct InterviewRoom;

impl DocumentView for InterviewRoom {
    const VIEW: View = View::InterviewRoom;
    type Row = InterviewRoomRow;

    fn key(event: &AnyEvent, recorded: &RecordedEvent) -> Option<Uuid> {
        match event {
            AnyEvent::Interview(_) => Some(recorded.aggregate_id),
            AnyEvent::Account(_)
            | AnyEvent::Resume(_)
            | AnyEvent::Mail(_)
            | AnyEvent::Transcript(_)
            | AnyEvent::Attention(_)
            | AnyEvent::Recording(_) => None,
        }
    }

    fn apply(
        row: &mut InterviewRoomRow,
        event: &AnyEvent,
        recorded: &RecordedEvent,
    ) -> Result<(), Contradiction> {
        let AnyEvent::Interview(event) = event else { return Ok(()) };
        match event {
            InterviewEvent::InterviewConfigured(event) => {
                row.status = InterviewStatus::Configured;
                row.settings = Some(event.settings.clone());
                row.created_at = Some(event.configured_at);
            }
            InterviewEvent::QuestionsPlanned(event) => row.plan(event),
            InterviewEvent::PlanningFailed(event) => row.planning_failure = Some(event.reason.clone()),
            InterviewEvent::InterviewStarted(_) => row.status = InterviewStatus::InProgress,
            InterviewEvent::InterviewResumed(event) => {
                row.status = InterviewStatus::InProgress;
                row.come_back(event.resumed_at);
            }
            InterviewEvent::InterviewPaused(event) => {
                row.status = InterviewStatus::Paused;
                row.go_away(event.paused_at);
            }
            InterviewEvent::InterviewAbandoned(event) => {
                row.status = InterviewStatus::Abandoned;
                row.go_away(event.abandoned_at);
            }
            InterviewEvent::InterviewDiscarded(_) => row.status = InterviewStatus::Discarded,
            InterviewEvent::InterviewCompleted(_) => row.status = InterviewStatus::Completed,
            InterviewEvent::QuestionAsked(event) => {
                row.ask(event.question_id, event.number, event.question.clone(), event.asked_at);
                row.asked(event.question_id)?.adapted = event.adapted;
            }
            InterviewEvent::FollowUpAsked(event) => {
                row.follow_up(event)?;
            }
            InterviewEvent::RetryAsked(event) => row.ask_again(event)?,
            InterviewEvent::AnswerDrafted(event) => {
                row.asked(event.question_id)?.draft = Some(DraftRow {
                    revision: event.revision,
                    text: event.text.present().cloned().unwrap_or_default(),
                    saved_at: event.drafted_at,
                });
            }
            InterviewEvent::TimeExtended(event) => {
                row.asked(event.question_id)?.extended_seconds += event.by_seconds;
            }
            InterviewEvent::AnswerSubmitted(event) => {
                let asked = row.asked(event.question_id)?;
                asked.draft = None;
                asked.answer = Some(GivenAnswerRow {
                    answer_id: event.answer_id,
                    text: event.text.present().cloned().unwrap_or_default(),
                    duration_ms: event.duration_ms,
                    submitted_at: event.submitted_at,
                    evaluation: EvaluationState::Pending,
                });
                row.come_back(event.submitted_at);
            }
            InterviewEvent::AnswerEvaluated(event) => {
                row.settle(event.answer_id, EvaluationState::Evaluated(event.overall))?;
            }
            InterviewEvent::EvaluationFailed(event) => {
                row.settle(event.answer_id, EvaluationState::Failed)?;
            }
            InterviewEvent::BetterAnswerWritten(_)
            | InterviewEvent::DeliveryMeasured(_)
            | InterviewEvent::ScoreContested(_)
            | InterviewEvent::ContestFailed(_) => {}
            InterviewEvent::ReportIssued(event) => {
                row.score = event.overall;
                row.report_ready = true;
            }
        }
        row.updated_at = Some(recorded.recorded_at);
        Ok(())
    }
}
