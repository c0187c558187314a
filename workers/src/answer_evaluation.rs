//! Judges submitted answers, and writes better ones.

use std::sync::Arc;

use async_trait::async_trait;
use interaura_domain::envelope::RecordedEvent;
use interaura_domain::event::AnyEvent;
use interaura_domain::ids::{AnswerId, CandidateId, EvaluationId};
use interaura_domain::interview::Interview;
use interaura_domain::interview::command::{
    EvaluateAnswer, FailEvaluation, InterviewCommand, WriteBetterAnswer,
};
use interaura_domain::interview::error::InterviewError;
use interaura_domain::interview::evaluation::Evaluation;
use interaura_domain::interview::event::InterviewEvent;
use interaura_domain::interview::to_judge::ToJudge;
use interaura_domain::ports::Cause;
use interaura_domain::ports::answer_evaluator::{AnswerEvaluator, AnswerToEvaluate, EvaluatorError, Written};
use interaura_domain::ports::blob_store::BlobStore;
use interaura_domain::ports::clock::Clock;
use interaura_domain::ports::commands::Commands;
use interaura_domain::ports::event_log::EventLog;

use crate::exchanges::keep;
use crate::reaction::{Reaction, ReactionError, context, derived_id, send};
use crate::resume_text::read_resume;

/// Lines of a resume that a better answer may use.
const RESUME_LINES: usize = 200;

/// Judges answers.
pub struct AnswerEvaluation {
    /// Where verdicts go.
    pub commands: Arc<dyn Commands<Interview>>,
    /// Where the resume's text is.
    pub log: Arc<dyn EventLog>,
    /// Where a long text is.
    pub blobs: Arc<dyn BlobStore>,
    /// What judges.
    pub evaluator: Arc<dyn AnswerEvaluator>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// An answer with all that a judge may look at; `None` where there is no such answer, or its words were erased.
///
/// # Errors
/// The resume cannot be read.
pub async fn answer_to_evaluate(
    log: &dyn EventLog,
    blobs: &dyn BlobStore,
    owner: CandidateId,
    interview: &Interview,
    answer_id: AnswerId,
) -> Result<Option<AnswerToEvaluate>, Cause> {
    let Some(alone) = answer_alone(interview, answer_id) else { return Ok(None) };
    Ok(Some(AnswerToEvaluate { resume_lines: resume_lines(log, blobs, owner, interview).await?, ..alone }))
}

/// An answer without the resume, which only better answers are made from, an answer to a follow-up together with the one that
/// it takes up; `None` where there is no such answer, or its words were erased.
pub fn answer_alone(interview: &Interview, answer_id: AnswerId) -> Option<AnswerToEvaluate> {
    let ToJudge { question, follow_up, answer, .. } = interview.to_judge(answer_id)?;
    Some(AnswerToEvaluate {
        question: question.text.present().cloned().unwrap_or_default(),
        follow_up: follow_up.and_then(|follow_up| follow_up.text.present().cloned()),
        kind: question.kind,
        difficulty: question.difficulty,
        points: question.points.clone(),
        answer: answer?,
        resume_lines: Vec::new(),
    })
}

async fn resume_lines(
    log: &dyn EventLog,
    blobs: &dyn BlobStore,
    owner: CandidateId,
    interview: &Interview,
) -> Result<Vec<String>, Cause> {
    let Some(resume_id) = interview.settings().and_then(|settings| settings.resume_id) else {
        return Ok(Vec::new());
    };
    let read = read_resume(log, blobs, owner, resume_id).await?;
    let text = read.map(|(text, _)| text).unwrap_or_default();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(lines.take(RESUME_LINES).map(ToOwned::to_owned).collect())
}

impl AnswerEvaluation {
    async fn record_verdict(
        &self,
        recorded: &RecordedEvent,
        answer_id: AnswerId,
        mut evaluation: Evaluation,
    ) -> Result<(), ReactionError> {
        keep(&*self.blobs, recorded, (self.name(), "exchange"), &mut evaluation.exchange).await?;
        let evaluation_id = EvaluationId(derived_id(recorded, self.name(), "evaluation"));
        let evaluated_at = self.clock.now();
        let command = EvaluateAnswer { answer_id, evaluation_id, evaluation, evaluated_at };
        self.settle(recorded, InterviewCommand::EvaluateAnswer(Box::new(command)), "evaluate").await
    }

    async fn record_better_answer(
        &self,
        recorded: &RecordedEvent,
        answer_id: AnswerId,
        written: Written,
    ) -> Result<(), ReactionError> {
        let Written { better_answer, mut by } = written;
        keep(&*self.blobs, recorded, (self.name(), "better_answer_exchange"), &mut by.exchange).await?;
        let command = WriteBetterAnswer { answer_id, better_answer, by, written_at: self.clock.now() };
        self.settle(recorded, InterviewCommand::WriteBetterAnswer(Box::new(command)), "better_answer").await
    }

    async fn settle(
        &self,
        recorded: &RecordedEvent,
        command: InterviewCommand,
        step: &str,
    ) -> Result<(), ReactionError> {
        let context = context(recorded, self.name(), step);
        send(&*self.commands, recorded.aggregate_id, command, context, |refusal| {
            matches!(
                refusal,
                InterviewError::AlreadyEvaluated { .. } | InterviewError::AlreadyImproved { .. }
            )
        })
        .await
    }
}

#[async_trait]
impl Reaction for AnswerEvaluation {
    fn name(&self) -> &'static str {
        "answer_evaluation"
    }

    fn event_types(&self) -> &'static [&'static str] {
        &["answer_submitted"]
    }

    async fn react(&self, event: &AnyEvent, recorded: &RecordedEvent) -> Result<(), ReactionError> {
        let AnyEvent::Interview(InterviewEvent::AnswerSubmitted(submitted)) = event else { return Ok(()) };
        let interview = self.commands.load(recorded.aggregate_id).await.map_err(ReactionError::Retry)?;
        let awaits_verdict = interview.awaits_evaluation(submitted.answer_id);
        if !awaits_verdict && !interview.awaits_better_answer(submitted.answer_id) {
            return Ok(());
        }
        let owner = recorded.metadata.candidate_id;
        let (log, blobs) = (&*self.log, &*self.blobs);
        let to_evaluate = answer_to_evaluate(log, blobs, owner, &interview, submitted.answer_id).await;
        // Without a key there is nothing left to judge.
        let Some(to_evaluate) = to_evaluate.map_err(ReactionError::Retry)? else { return Ok(()) };
        let mut evaluation = self.evaluator.evaluate(&to_evaluate).await.map_err(|error| match error {
            error @ EvaluatorError::Unavailable(_) => ReactionError::Retry(error.into()),
            error @ EvaluatorError::Refused(_) => ReactionError::GiveUp(error.into()),
        })?;
        let own_words = Written::taken_from(&mut evaluation);
        // The next question waits for the verdict, and for nothing else.
        if awaits_verdict {
            self.record_verdict(recorded, submitted.answer_id, evaluation).await?;
        }
        match self.evaluator.improve(&to_evaluate, own_words).await {
            Some(written) => self.record_better_answer(recorded, submitted.answer_id, written).await,
            None => Ok(()),
        }
    }

    async fn give_up(&self, event: &AnyEvent, recorded: &RecordedEvent) -> Result<(), ReactionError> {
        let AnyEvent::Interview(InterviewEvent::AnswerSubmitted(submitted)) = event else { return Ok(()) };
        let command = FailEvaluation {
            answer_id: submitted.answer_id,
            reason: "the evaluator did not come to a verdict".to_owned(),
            failed_at: self.clock.now(),
        };
        self.settle(recorded, InterviewCommand::FailEvaluation(command), "fail").await
    }
}
