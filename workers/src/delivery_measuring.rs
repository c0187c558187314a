//! Measures how spoken answers were said, once all that was heard and seen of them is recorded.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use interaura_domain::attention::Attention;
use interaura_domain::envelope::RecordedEvent;
use interaura_domain::event::AnyEvent;
use interaura_domain::interview::Interview;
use interaura_domain::interview::command::{InterviewCommand, MeasureDelivery};
use interaura_domain::interview::delivery::{self, DeliveryRubric, SpokenAnswer};
use interaura_domain::interview::error::InterviewError;
use interaura_domain::interview::event::{AnswerSubmitted, InterviewEvent};
use interaura_domain::ports::clock::Clock;
use interaura_domain::ports::commands::Commands;
use interaura_domain::transcript::Transcript;

use crate::reaction::{Reaction, ReactionError, context, send};

/// How long after an answer its last frames may still be on their way: they are recorded in batches.
const FRAMES_ARRIVE_WITHIN: Duration = Duration::from_secs(4);

/// Measures how spoken answers were said.
pub struct DeliveryMeasuring {
    /// Where measures go.
    pub commands: Arc<dyn Commands<Interview>>,
    /// What was heard.
    pub transcripts: Arc<dyn Commands<Transcript>>,
    /// What was seen.
    pub attentions: Arc<dyn Commands<Attention>>,
    /// Which value is which level.
    pub rubric: Arc<DeliveryRubric>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

impl DeliveryMeasuring {
    async fn wait_for_frames(&self, submitted_at: DateTime<Utc>) {
        let passed = (self.clock.now() - submitted_at).to_std().unwrap_or_default();
        tokio::time::sleep(FRAMES_ARRIVE_WITHIN.saturating_sub(passed)).await;
    }

    async fn measure(
        &self,
        submitted: &AnswerSubmitted,
        recorded: &RecordedEvent,
    ) -> Result<(), ReactionError> {
        let id = recorded.aggregate_id;
        let interview = self.commands.load(id).await.map_err(ReactionError::Retry)?;
        let (Some(zero), Some(times)) =
            (interview.first_asked_at(), interview.awaits_measuring(submitted.answer_id))
        else {
            return Ok(());
        };
        self.wait_for_frames(times.submitted_at).await;
        let transcript = self.transcripts.load(id).await.map_err(ReactionError::Retry)?;
        let attention = self.attentions.load(id).await.map_err(ReactionError::Retry)?;
        let said = transcript.utterances().iter();
        let utterances: Vec<_> = said.filter(|one| times.utterances.contains(&one.utterance_id)).collect();
        let answer = SpokenAnswer {
            zero,
            opened_at: times.opened_at,
            submitted_at: times.submitted_at,
            utterances: &utterances,
            frames: attention.frames(),
            neutral: attention.neutral(),
        };
        let delivery = delivery::judge(&answer, &self.rubric);
        let command =
            MeasureDelivery { answer_id: submitted.answer_id, delivery, measured_at: self.clock.now() };
        let command = InterviewCommand::MeasureDelivery(Box::new(command));
        let context = context(recorded, self.name(), "measure");
        send(&*self.commands, id, command, context, |refusal| {
            matches!(refusal, InterviewError::AlreadyMeasured { .. } | InterviewError::NotSpoken { .. })
        })
        .await
    }
}

#[async_trait]
impl Reaction for DeliveryMeasuring {
    fn name(&self) -> &'static str {
        "delivery_measuring"
    }

    fn event_types(&self) -> &'static [&'static str] {
        &["answer_submitted"]
    }

    async fn react(&self, event: &AnyEvent, recorded: &RecordedEvent) -> Result<(), ReactionError> {
        let AnyEvent::Interview(InterviewEvent::AnswerSubmitted(submitted)) = event else { return Ok(()) };
        if submitted.utterances.is_empty() {
            return Ok(());
        }
        self.measure(submitted, recorded).await
    }

    async fn give_up(&self, _: &AnyEvent, _: &RecordedEvent) -> Result<(), ReactionError> {
        // The report shows what was said without how; the parked event tells the operator.
        Ok(())
    }
}
