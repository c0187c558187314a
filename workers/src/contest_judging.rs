//! Judges answers again whose scores are disputed.

use std::sync::Arc;

use async_trait::async_trait;
use interaura_domain::envelope::RecordedEvent;
use interaura_domain::event::AnyEvent;
use interaura_domain::ids::EvaluationId;
use interaura_domain::interview::Interview;
use interaura_domain::interview::command::{EvaluateAnswer, FailEvaluation, InterviewCommand};
use interaura_domain::interview::error::InterviewError;
use interaura_domain::interview::event::InterviewEvent;
use interaura_domain::ports::answer_evaluator::{AnswerEvaluator, EvaluatorError};
use interaura_domain::ports::blob_store::BlobStore;
use interaura_domain::ports::clock::Clock;
use interaura_domain::ports::commands::Commands;
use interaura_domain::ports::event_log::EventLog;

use crate::answer_evaluation::answer_to_evaluate;
use crate::exchanges::keep;
use crate::reaction::{Reaction, ReactionError, context, derived_id, send};

/// Judges disputed answers again.
pub struct ContestJudging {
    /// Where verdicts go.
    pub commands: Arc<dyn Commands<Interview>>,
    /// Where the resume's text is.
    pub log: Arc<dyn EventLog>,
    /// Where a long text is.
    pub blobs: Arc<dyn BlobStore>,
    /// What gives the second opinion. The reason of the candidate is not shown to it.
    pub evaluator: Arc<dyn AnswerEvaluator>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

impl ContestJudging {
    async fn settle(
        &self,
        recorded: &RecordedEvent,
        command: InterviewCommand,
        step: &str,
    ) -> Result<(), ReactionError> {
        let context = context(recorded, self.name(), step);
        send(&*self.commands, recorded.aggregate_id, command, context, |refusal| {
            matches!(refusal, InterviewError::AlreadyEvaluated { .. } | InterviewError::NotContested { .. })
        })
        .await
    }
}

#[async_trait]
impl Reaction for ContestJudging {
    fn name(&self) -> &'static str {
        "contest_judging"
    }

    fn event_types(&self) -> &'static [&'static str] {
        &["score_contested"]
    }

    async fn react(&self, event: &AnyEvent, recorded: &RecordedEvent) -> Result<(), ReactionError> {
        let AnyEvent::Interview(InterviewEvent::ScoreContested(contested)) = event else { return Ok(()) };
        let answer_id = contested.answer_id;
        let interview = self.commands.load(recorded.aggregate_id).await.map_err(ReactionError::Retry)?;
        if !interview.is_contested(answer_id) {
            return Ok(());
        }
        let owner = recorded.metadata.candidate_id;
        let answer = answer_to_evaluate(&*self.log, &*self.blobs, owner, &interview, answer_id).await;
        // Without a key there is nothing left to judge.
        let Some(answer) = answer.map_err(ReactionError::Retry)? else { return Ok(()) };
        let mut evaluation = self.evaluator.evaluate(&answer).await.map_err(|error| match error {
            error @ EvaluatorError::Unavailable(_) => ReactionError::Retry(error.into()),
            error @ EvaluatorError::Refused(_) => ReactionError::GiveUp(error.into()),
        })?;
        // The better answer is there since the first verdict.
        evaluation.better_answer = None;
        let evaluation_id = EvaluationId(derived_id(recorded, self.name(), "evaluation"));
        let evaluated_at = self.clock.now();
        keep(&*self.blobs, recorded, (self.name(), "exchange"), &mut evaluation.exchange).await?;
        let command = EvaluateAnswer { answer_id, evaluation_id, evaluation, evaluated_at };
        self.settle(recorded, InterviewCommand::EvaluateAnswer(Box::new(command)), "evaluate").await
    }

    async fn give_up(&self, event: &AnyEvent, recorded: &RecordedEvent) -> Result<(), ReactionError> {
        let AnyEvent::Interview(InterviewEvent::ScoreContested(contested)) = event else { return Ok(()) };
        let command = FailEvaluation {
            answer_id: contested.answer_id,
            reason: "the second evaluator did not come to a verdict".to_owned(),
            failed_at: self.clock.now(),
        };
        self.settle(recorded, InterviewCommand::FailContest(command), "fail").await
    }
}
