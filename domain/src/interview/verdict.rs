//! The decisions about verdicts and the report.

use super::command::{EvaluateAnswer, FailEvaluation, MeasureDelivery, SuspendInterview, WriteBetterAnswer};
use super::error::InterviewError;
use super::event::{
    AnswerEvaluated, BetterAnswerWritten, DeliveryMeasured, EvaluationFailed, ReplacedVerdict, Replacement,
    ReportIssued,
};
use super::{AnswerStatus, Interview, InterviewStatus};
use crate::ids::AnswerId;
use crate::score::{self, interval};

impl Interview {
    fn awaiting(&self, answer_id: AnswerId) -> Result<(), InterviewError> {
        match self.answers.get(&answer_id).map(|answer| answer.status) {
            None => Err(InterviewError::UnknownAnswer { answer_id }),
            Some(AnswerStatus::Evaluated { .. } | AnswerStatus::Failed) => {
                Err(InterviewError::AlreadyEvaluated { answer_id })
            }
            Some(AnswerStatus::AwaitingEvaluation) => Ok(()),
        }
    }

    pub(super) fn evaluate(&self, command: EvaluateAnswer) -> Result<AnswerEvaluated, InterviewError> {
        let contested = self.answers.get(&command.answer_id).filter(|answer| answer.contested);
        let contested = contested.and_then(|answer| answer.verdict.clone());
        let together_with = self.together_with(command.answer_id);
        let replaces = if contested.is_some() {
            contested
        } else {
            self.awaiting(command.answer_id)?;
            together_with.and_then(|before| self.taken_up(before))
        };
        let overall = score::overall(&command.evaluation.ratings).ok_or(InterviewError::NoRatings)?;
        Ok(AnswerEvaluated {
            answer_id: command.answer_id,
            evaluation_id: command.evaluation_id,
            overall,
            overall_interval: interval::overall_interval(&command.evaluation.ratings),
            evaluation: command.evaluation,
            together_with,
            replaces,
            evaluated_at: command.evaluated_at,
        })
    }

    /// The verdict on an answer that the first one on it and its follow-up replaces.
    fn taken_up(&self, before: AnswerId) -> Option<ReplacedVerdict> {
        if self.answers.values().any(|answer| answer.together_with == Some(before)) {
            return None;
        }
        let verdict = self.answers.get(&before)?.verdict.clone()?;
        Some(ReplacedVerdict { because: Replacement::FollowedUp, ..verdict })
    }

    pub(super) fn fail_evaluation(
        &self,
        command: FailEvaluation,
    ) -> Result<EvaluationFailed, InterviewError> {
        self.awaiting(command.answer_id)?;
        Ok(EvaluationFailed {
            answer_id: command.answer_id,
            reason: command.reason,
            failed_at: command.failed_at,
        })
    }

    pub(super) fn write_better_answer(
        &self,
        command: WriteBetterAnswer,
    ) -> Result<BetterAnswerWritten, InterviewError> {
        let answer_id = command.answer_id;
        let answer = self.answers.get(&answer_id).ok_or(InterviewError::UnknownAnswer { answer_id })?;
        if answer.improved {
            return Err(InterviewError::AlreadyImproved { answer_id });
        }
        Ok(BetterAnswerWritten {
            answer_id,
            better_answer: command.better_answer.into(),
            writer: command.by.writer,
            stood_in_for: command.by.stood_in_for,
            exchange: command.by.exchange,
            written_at: command.written_at,
        })
    }

    pub(super) fn measure_delivery(
        &self,
        command: MeasureDelivery,
    ) -> Result<DeliveryMeasured, InterviewError> {
        let answer_id = command.answer_id;
        let answer = self.answers.get(&answer_id).ok_or(InterviewError::UnknownAnswer { answer_id })?;
        if answer.utterances.is_empty() {
            return Err(InterviewError::NotSpoken { answer_id });
        }
        if answer.measured {
            return Err(InterviewError::AlreadyMeasured { answer_id });
        }
        Ok(DeliveryMeasured { answer_id, delivery: command.delivery, measured_at: command.measured_at })
    }

    pub(super) fn issue_report(&self, command: &SuspendInterview) -> Result<ReportIssued, InterviewError> {
        if self.status != InterviewStatus::Completed {
            return Err(InterviewError::NotCompleted);
        }
        if self.report_issued {
            return Err(InterviewError::ReportAlreadyIssued);
        }
        if !self.is_settled() {
            return Err(InterviewError::AwaitingEvaluations);
        }
        let judged: Vec<_> = self
            .counting()
            .filter_map(|answer| match answer.status {
                AnswerStatus::Evaluated { overall } => Some((overall, answer.interval)),
                AnswerStatus::AwaitingEvaluation | AnswerStatus::Failed => None,
            })
            .collect();
        let scores: Vec<_> = judged.iter().map(|(score, _)| *score).collect();
        Ok(ReportIssued {
            overall: score::mean(&scores),
            overall_interval: interval::mean_interval(judged.into_iter().map(|(_, interval)| interval)),
            answers: u32::try_from(self.answers.len()).unwrap_or(u32::MAX),
            replaces: self.outdated_report.clone(),
            issued_at: command.at,
        })
    }
}
