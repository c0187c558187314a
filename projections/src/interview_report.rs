//! Scores, evidence and better answers of an interview.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use interaura_domain::envelope::RecordedEvent;
use interaura_domain::event::AnyEvent;
use interaura_domain::ids::{AnswerId, EvaluationId, QuestionId, UtteranceId};
use interaura_domain::interview::InterviewStatus;
use interaura_domain::interview::counting::{self, Attempt, Counting};
use interaura_domain::interview::delivery::Delivery;
use interaura_domain::interview::evaluation::{BetterAnswer, Evaluation};
use interaura_domain::interview::event::{
    AnswerEvaluated, AnswerSubmitted, FollowUpAsked, InterviewEvent, InterviewSettings, QuestionAsked,
    Replacement, RetryAsked,
};
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
    /// The id under which it was asked first, where it was tried again.
    #[serde(default)]
    pub retry_of: Option<QuestionId>,
    /// The attempt, from 1; 0 in rows that are older than this field.
    #[serde(default)]
    pub attempt: u32,
    /// When it was asked; `None` in rows that are older than this field.
    #[serde(default)]
    pub asked_at: Option<DateTime<Utc>>,
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
    /// The verdict that counts.
    pub verdict: Option<Verdict>,
    /// Verdicts that counted before, oldest first.
    #[serde(default)]
    pub earlier: Vec<Verdict>,
    /// What the candidate held against the score, newest last.
    #[serde(default)]
    pub contests: Vec<Contest>,
    /// Why there is none.
    pub failure: Option<String>,
    /// A better answer.
    pub better_answer: Option<BetterAnswer>,
    /// When it was handed in; `None` in rows that are older than this field.
    #[serde(default)]
    pub submitted_at: Option<DateTime<Utc>>,
    /// What was said, where it was spoken.
    #[serde(default)]
    pub utterances: Vec<UtteranceId>,
    /// How it was said, where it was spoken and measured.
    #[serde(default)]
    pub delivery: Option<Delivery>,
}

/// A dispute about a score.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Contest {
    /// What the candidate held against it.
    pub reason: String,
    /// When.
    pub contested_at: DateTime<Utc>,
    /// What came of it.
    pub outcome: ContestOutcome,
}

/// What came of a dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ContestOutcome {
    /// The answer is being judged again.
    Open,
    /// A newer verdict counts.
    JudgedAgain,
    /// Nobody could judge it again.
    Failed,
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
    /// The answer that it is on as well, where this one was to a follow-up.
    #[serde(default)]
    pub together_with: Option<AnswerId>,
    /// Why it counts instead of the one before it, of this answer or of the one that a follow-up takes up; `None` for
    /// the first.
    #[serde(default)]
    pub because: Option<Replacement>,
    /// When; `None` in rows that are older than this field.
    #[serde(default)]
    pub evaluated_at: Option<DateTime<Utc>>,
}

impl AnswerReport {
    fn judged(&mut self, event: &AnswerEvaluated) {
        let verdict = Verdict {
            evaluation_id: event.evaluation_id,
            overall: event.overall,
            evaluation: event.evaluation.clone(),
            together_with: event.together_with,
            because: event.replaces.as_ref().map(|replaced| replaced.because),
            evaluated_at: Some(event.evaluated_at),
        };
        self.earlier.extend(self.verdict.replace(verdict));
        self.settle_contest(ContestOutcome::JudgedAgain);
    }

    fn settle_contest(&mut self, outcome: ContestOutcome) {
        if let Some(contest) = self.contests.last_mut().filter(|one| one.outcome == ContestOutcome::Open) {
            contest.outcome = outcome;
        }
    }
}

impl InterviewReportRow {
    fn answer(&mut self, answer_id: AnswerId) -> Result<&mut AnswerReport, Contradiction> {
        let mut answers = self.questions.iter_mut().filter_map(|question| question.answer.as_mut());
        answers
            .find(|answer| answer.answer_id == answer_id)
            .ok_or(Contradiction("an answer that was not given"))
    }

    fn ask(&mut self, event: &QuestionAsked) {
        self.questions.push(QuestionReport {
            question_id: event.question_id,
            number: event.number,
            question: event.question.clone(),
            follow_up: false,
            gap: None,
            retry_of: None,
            attempt: 1,
            asked_at: Some(event.asked_at),
            answer: None,
        });
    }

    fn follow_up(&mut self, event: &FollowUpAsked) -> Result<(), Contradiction> {
        self.questions.push(QuestionReport {
            question_id: event.question_id,
            number: self.number_of(event.follow_up_to).ok_or(Contradiction("a follow-up to nothing"))?,
            question: event.question.clone(),
            follow_up: true,
            gap: event.gap.present().cloned(),
            retry_of: None,
            attempt: 1,
            asked_at: Some(event.asked_at),
            answer: None,
        });
        Ok(())
    }

    fn ask_again(&mut self, event: &RetryAsked) -> Result<(), Contradiction> {
        let first = self.questions.iter().find(|known| known.question_id == event.retry_of);
        let first = first.ok_or(Contradiction("a retry of nothing"))?.clone();
        self.questions.push(QuestionReport {
            question_id: event.question_id,
            retry_of: Some(event.retry_of),
            attempt: event.attempt,
            asked_at: Some(event.asked_at),
            answer: None,
            ..first
        });
        Ok(())
    }

    fn submit(&mut self, event: &AnswerSubmitted) -> Result<(), Contradiction> {
        let question = self.questions.iter_mut().find(|known| known.question_id == event.question_id);
        question.ok_or(Contradiction("an answer to nothing"))?.answer = Some(AnswerReport {
            answer_id: event.answer_id,
            text: event.text.present().cloned().unwrap_or_default(),
            duration_ms: event.duration_ms,
            verdict: None,
            earlier: Vec::new(),
            contests: Vec::new(),
            failure: None,
            better_answer: None,
            submitted_at: Some(event.submitted_at),
            utterances: event.utterances.clone(),
            delivery: None,
        });
        Ok(())
    }

    fn attempts(&self) -> Vec<Attempt> {
        let attempt = |question: &QuestionReport| {
            let answer = question.answer.as_ref()?;
            Some(Attempt {
                answer_id: answer.answer_id,
                question_id: question.retry_of.unwrap_or(question.question_id),
                attempt: question.attempt,
                together_with: answer.verdict.as_ref().and_then(|verdict| verdict.together_with),
            })
        };
        self.questions.iter().filter_map(attempt).collect()
    }

    /// Whether the score of an answer is part of the total; `None` where it was not given.
    pub fn counts(&self, answer_id: AnswerId) -> Option<Counting> {
        let attempts = self.attempts();
        let own = attempts.iter().find(|one| one.answer_id == answer_id)?;
        Some(Counting::of(own, &attempts))
    }

    fn answered(&self, is_wanted: impl Fn(Counting) -> bool) -> impl Iterator<Item = &QuestionReport> {
        let attempts = self.attempts();
        let wanted = attempts.iter().filter(|one| is_wanted(Counting::of(one, &attempts)));
        let wanted: BTreeSet<AnswerId> = wanted.map(|one| one.answer_id).collect();
        let is_wanted = move |answer: &AnswerReport| wanted.contains(&answer.answer_id);
        self.questions.iter().filter(move |question| question.answer.as_ref().is_some_and(&is_wanted))
    }

    /// Questions whose answers count.
    pub fn counting(&self) -> impl Iterator<Item = &QuestionReport> {
        self.answered(Counting::counts)
    }

    /// The same with those that count together with their follow-up: each was said in its own way.
    pub fn counting_delivery(&self) -> impl Iterator<Item = &QuestionReport> {
        self.answered(|counting| counting != Counting::TriedAgain)
    }

    /// What the verdict on an answer was given on before its own words; empty where it is on this answer alone.
    pub fn told_before(&self, answer: &AnswerReport) -> String {
        let before = answer.verdict.as_ref().and_then(|verdict| verdict.together_with);
        let mut answers = self.questions.iter().filter_map(|question| question.answer.as_ref());
        let before = before.and_then(|id| answers.find(|other| other.answer_id == id));
        before.map(|before| counting::opening(&before.text)).unwrap_or_default()
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
            InterviewEvent::QuestionAsked(event) => row.ask(event),
            InterviewEvent::FollowUpAsked(event) => row.follow_up(event)?,
            InterviewEvent::RetryAsked(event) => row.ask_again(event)?,
            InterviewEvent::AnswerSubmitted(event) => row.submit(event)?,
            InterviewEvent::AnswerEvaluated(event) => {
                row.answer(event.answer_id)?.judged(event);
            }
            InterviewEvent::ScoreContested(event) => {
                row.answer(event.answer_id)?.contests.push(Contest {
                    reason: event.reason.present().cloned().unwrap_or_default(),
                    contested_at: event.contested_at,
                    outcome: ContestOutcome::Open,
                });
            }
            InterviewEvent::ContestFailed(event) => {
                row.answer(event.answer_id)?.settle_contest(ContestOutcome::Failed);
            }
            InterviewEvent::EvaluationFailed(event) => {
                row.answer(event.answer_id)?.failure = Some(event.reason.clone());
            }
            InterviewEvent::BetterAnswerWritten(event) => {
                row.answer(event.answer_id)?.better_answer = event.better_answer.present().cloned();
            }
            InterviewEvent::DeliveryMeasured(event) => {
                row.answer(event.answer_id)?.delivery = Some(event.delivery.clone());
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
