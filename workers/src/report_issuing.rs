//! Issues the report once the interview is over and every answer has its verdict.

use std::sync::Arc;

use async_trait::async_trait;
use interaura_domain::envelope::RecordedEvent;
use interaura_domain::event::AnyEvent;
use interaura_domain::interview::Interview;
use interaura_domain::interview::command::{InterviewCommand, SuspendInterview};
use interaura_domain::interview::error::InterviewError;
use interaura_domain::ports::clock::Clock;
use interaura_domain::ports::commands::Commands;

use crate::reaction::{Reaction, ReactionError, context, send};

/// Issues reports.
pub struct ReportIssuing {
    /// Where reports go.
    pub commands: Arc<dyn Commands<Interview>>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

#[async_trait]
impl Reaction for ReportIssuing {
    fn name(&self) -> &'static str {
        "report_issuing"
    }

    fn event_types(&self) -> &'static [&'static str] {
        &["interview_completed", "answer_evaluated", "evaluation_failed"]
    }

    async fn react(&self, _: &AnyEvent, recorded: &RecordedEvent) -> Result<(), ReactionError> {
        let command = InterviewCommand::IssueReport(SuspendInterview { at: self.clock.now() });
        let context = context(recorded, self.name(), "issue");
        // Not yet is as good as done: another event will bring it here again.
        send(&*self.commands, recorded.aggregate_id, command, context, |refusal| {
            matches!(
                refusal,
                InterviewError::NotCompleted
                    | InterviewError::AwaitingEvaluations
                    | InterviewError::ReportAlreadyIssued
            )
        })
        .await
    }

    async fn give_up(&self, _: &AnyEvent, _: &RecordedEvent) -> Result<(), ReactionError> {
        Ok(())
    }
}
