//! The decisions of the dialogue: asking, drafting, answering.

use super::command::{
    AskNext, DraftAnswer, ExtendTime, FailPlanning, RetryQuestion, SubmitAnswer, SuspendInterview,
};
use super::error::InterviewError;
use super::event::{
    AnswerDrafted, AnswerSource, AnswerSubmitted, FollowUpAsked, InterviewEvent, InterviewStarted,
    PlanningFailed, RetryAsked, TimeExtended,
};
use super::question::Question;
use super::{Asked, Interview, InterviewStatus, MAX_ANSWER, MAX_ATTEMPTS, MAX_EXTENSIONS};
use crate::ids::QuestionId;

impl Interview {
    pub(super) fn fail_planning(&self, command: FailPlanning) -> Result<PlanningFailed, InterviewError> {
        match self.status {
            InterviewStatus::Configured => {
                Ok(PlanningFailed { reason: command.reason, failed_at: command.failed_at })
            }
            InterviewStatus::Unknown => Err(InterviewError::NotConfigured),
            InterviewStatus::Ready
            | InterviewStatus::InProgress
            | InterviewStatus::Paused
            | InterviewStatus::Abandoned
            | InterviewStatus::Completed => Err(InterviewError::AlreadyPlanned),
            InterviewStatus::Discarded => Err(InterviewError::Discarded),
        }
    }

    pub(super) fn start(&self, command: &SuspendInterview) -> Result<InterviewStarted, InterviewError> {
        match self.status {
            InterviewStatus::Unknown => Err(InterviewError::NotConfigured),
            InterviewStatus::Configured => Err(InterviewError::NotReady),
            InterviewStatus::Ready => Ok(InterviewStarted { started_at: command.at }),
            InterviewStatus::InProgress | InterviewStatus::Paused | InterviewStatus::Abandoned => {
                Err(InterviewError::AlreadyStarted)
            }
            InterviewStatus::Completed => Err(InterviewError::AlreadyCompleted),
            InterviewStatus::Discarded => Err(InterviewError::Discarded),
        }
    }

    fn is_going_on(&self) -> Result<(), InterviewError> {
        match self.status {
            InterviewStatus::Unknown => Err(InterviewError::NotConfigured),
            InterviewStatus::Completed => Err(InterviewError::AlreadyCompleted),
            InterviewStatus::Discarded => Err(InterviewError::Discarded),
            InterviewStatus::Configured | InterviewStatus::Ready => Err(InterviewError::NotStarted),
            InterviewStatus::Paused | InterviewStatus::Abandoned => Err(InterviewError::NotInProgress),
            InterviewStatus::InProgress => Ok(()),
        }
    }

    /// The open question, if it is the one spoken of and the interview goes on.
    fn open(&self, question_id: QuestionId) -> Result<&Asked, InterviewError> {
        self.is_going_on()?;
        let asked = self
            .asked
            .iter()
            .find(|asked| asked.question_id == question_id)
            .ok_or(InterviewError::UnknownQuestion { question_id })?;
        if asked.answered {
            return Err(InterviewError::AlreadyAnswered { question_id });
        }
        // Behind a retry the open question waits.
        if self.current().is_some_and(|current| current.question_id != question_id) {
            return Err(InterviewError::RetryGoesOn);
        }
        Ok(asked)
    }

    pub(super) fn draft(&self, command: DraftAnswer) -> Result<AnswerDrafted, InterviewError> {
        let asked = self.open(command.question_id)?;
        if command.revision <= asked.draft_revision {
            return Err(InterviewError::StaleDraft { newest: asked.draft_revision });
        }
        within_limit(&command.text)?;
        Ok(AnswerDrafted {
            question_id: command.question_id,
            revision: command.revision,
            text: command.text.into(),
            drafted_at: command.drafted_at,
        })
    }

    pub(super) fn extend_time(&self, command: &ExtendTime) -> Result<TimeExtended, InterviewError> {
        let asked = self.open(command.question_id)?;
        if asked.extensions >= MAX_EXTENSIONS {
            return Err(InterviewError::NoMoreExtensions { most: MAX_EXTENSIONS });
        }
        Ok(TimeExtended {
            question_id: command.question_id,
            by_seconds: command.by_seconds.clamp(30, 300),
            extended_at: command.extended_at,
        })
    }

    pub(super) fn submit(&self, command: SubmitAnswer) -> Result<AnswerSubmitted, InterviewError> {
        let asked = self.open(command.question_id)?;
        within_limit(&command.text)?;
        if command.text.trim().is_empty() {
            return Err(match command.source {
                AnswerSource::Typed => InterviewError::EmptyAnswer,
                AnswerSource::Spoken => InterviewError::NothingSaid,
            });
        }
        Ok(AnswerSubmitted {
            answer_id: command.answer_id,
            question_id: command.question_id,
            attempt: asked.attempt,
            text: command.text.into(),
            source: command.source,
            utterances: command.utterances,
            duration_ms: asked.absence.present_ms(asked.opened_at, command.submitted_at),
            submitted_at: command.submitted_at,
        })
    }

    /// Asks an answered question again; what is open waits until that is answered.
    pub(super) fn retry(&self, command: &RetryQuestion) -> Result<RetryAsked, InterviewError> {
        let question_id = command.question_id;
        let known = self.asked.iter().find(|asked| asked.question_id == question_id);
        let known = known.ok_or(InterviewError::UnknownQuestion { question_id })?;
        self.is_going_on()?;
        if self.current().is_some_and(|current| current.retry_of.is_some()) {
            return Err(InterviewError::RetryGoesOn);
        }
        if !known.answered {
            return Err(InterviewError::NotAnswered { question_id });
        }
        let retry_of = known.retry_of.unwrap_or(question_id);
        let attempts = self
            .asked
            .iter()
            .filter(|asked| asked.question_id == retry_of || asked.retry_of == Some(retry_of))
            .count();
        let attempt = u32::try_from(attempts).unwrap_or(u32::MAX).saturating_add(1);
        if attempt > MAX_ATTEMPTS {
            return Err(InterviewError::NoMoreRetries { most: MAX_ATTEMPTS });
        }
        let asked_at = command.asked_at;
        Ok(RetryAsked { question_id: command.new_question_id, retry_of, attempt, asked_at })
    }

    pub(super) fn ask_next(&self, command: AskNext) -> Result<InterviewEvent, InterviewError> {
        let answer = self
            .answers
            .get(&command.after)
            .ok_or(InterviewError::UnknownAnswer { answer_id: command.after })?;
        if self.status == InterviewStatus::Completed {
            return Err(InterviewError::AlreadyCompleted);
        }
        // Where a question is open, the next one was asked already, or an attempt goes on whose answer asks.
        if self.current().is_some() || self.last_answered != Some(answer.question_id) {
            return Err(InterviewError::AlreadyAsked);
        }
        let Some(follow_up) = command.follow_up else { return Ok(self.advance(command.asked_at)) };
        let parent = self.asked.iter().find(|asked| asked.question_id == answer.question_id);
        let parent = parent.ok_or(InterviewError::NotStarted)?;
        if parent.follow_up_to.is_some() {
            return Err(InterviewError::FollowUpToFollowUp);
        }
        let question = Question {
            text: follow_up.text.into(),
            resume_fact: None,
            writer: command.writer,
            ..parent.question.clone()
        };
        Ok(FollowUpAsked {
            question_id: command.question_id,
            follow_up_to: parent.question_id,
            gap: follow_up.gap.into(),
            question,
            stood_in_for: follow_up.stood_in_for,
            exchange: follow_up.exchange,
            asked_at: command.asked_at,
        }
        .into())
    }
}

fn within_limit(text: &str) -> Result<(), InterviewError> {
    let length = text.chars().count();
    if length > MAX_ANSWER {
        return Err(InterviewError::AnswerTooLong { length, longest: MAX_ANSWER });
    }
    Ok(())
}
