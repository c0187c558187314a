//! The decisions about a score that the candidate disputes.

use super::command::{ContestScore, FailEvaluation};
use super::counting::Counting;
use super::error::InterviewError;
use super::event::{
    AnswerEvaluated, ContestFailed, CriterionLevel, ReplacedVerdict, Replacement, ScoreContested,
};
use super::{AnswerStatus, Interview, MAX_CONTESTS, MAX_REASON};
use crate::score::Rating;

impl Interview {
    pub(super) fn contest(&self, command: &ContestScore) -> Result<ScoreContested, InterviewError> {
        let answer_id = command.answer_id;
        let answer = self.answers.get(&answer_id).ok_or(InterviewError::UnknownAnswer { answer_id })?;
        let Some(verdict) = &answer.verdict else { return Err(InterviewError::NotEvaluated { answer_id }) };
        let attempts = self.attempts();
        let own = attempts.iter().find(|one| one.answer_id == answer_id);
        if own.is_some_and(|own| Counting::of(own, &attempts) == Counting::WithFollowUp) {
            return Err(InterviewError::CountsWithFollowUp { answer_id });
        }
        if answer.contested {
            return Err(InterviewError::ContestGoesOn { answer_id });
        }
        if answer.contests >= MAX_CONTESTS {
            return Err(InterviewError::NoMoreContests { most: MAX_CONTESTS });
        }
        let reason = command.reason.trim();
        if reason.is_empty() {
            return Err(InterviewError::NoReason);
        }
        let length = reason.chars().count();
        if length > MAX_REASON {
            return Err(InterviewError::ReasonTooLong { length, longest: MAX_REASON });
        }
        Ok(ScoreContested {
            answer_id,
            evaluation_id: verdict.evaluation_id,
            reason: reason.to_owned().into(),
            contested_at: command.contested_at,
        })
    }

    pub(super) fn fail_contest(&self, command: FailEvaluation) -> Result<ContestFailed, InterviewError> {
        let answer_id = command.answer_id;
        if !self.is_contested(answer_id) {
            return Err(InterviewError::NotContested { answer_id });
        }
        Ok(ContestFailed { answer_id, reason: command.reason, failed_at: command.failed_at })
    }

    pub(super) fn judged(&mut self, event: &AnswerEvaluated) {
        let Some(answer) = self.answers.get_mut(&event.answer_id) else { return };
        answer.status = AnswerStatus::Evaluated { overall: event.overall };
        answer.contested = false;
        answer.together_with = event.together_with;
        answer.interval = event.overall_interval;
        answer.verdict = Some(ReplacedVerdict {
            evaluation_id: event.evaluation_id,
            overall: event.overall,
            levels: levels(&event.evaluation.ratings),
            because: Replacement::Contested,
        });
        if event.is_judged_again() && self.report_issued {
            self.report_issued = false;
            self.outdated_report.clone_from(&self.last_report);
        }
    }
}

/// The levels of the criteria that applied.
fn levels(ratings: &[Rating]) -> Vec<CriterionLevel> {
    let applicable = ratings.iter().filter_map(|rating| Some((rating.criterion, rating.level?)));
    applicable.map(|(criterion, level)| CriterionLevel { criterion, level }).collect()
}
