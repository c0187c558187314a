//! Follows the stream under a durable name. The follower's own cursor, in Postgres, says where it starts.

use std::time::Duration;

use async_nats::jetstream::consumer::pull::Config;
use async_nats::jetstream::consumer::{AckPolicy, Consumer, DeliverPolicy};
use async_nats::jetstream::{AckKind, Message};
use async_trait::async_trait;
use futures::StreamExt as _;
use interaura_domain::envelope::{EventMetadata, Position, RecordedEvent};
use interaura_domain::ids::EventId;
use interaura_domain::ports::Cause;
use interaura_domain::ports::event_stream::{EventConsumer, EventStream, Interest};

use super::{EventJetStream, STREAM, SUBJECTS};
use crate::event_store::log_access::Unopened;

/// How long work on a batch may take before it is delivered again, unless it is extended.
const ACK_WAIT: Duration = Duration::from_mins(1);
/// How long a server that is there takes at most to say what else it has.
const ANSWER_WAIT: Duration = Duration::from_secs(5);

struct JetStreamConsumer {
    stream: EventJetStream,
    consumer: Consumer<Config>,
    unacknowledged: Option<Message>,
}

#[async_trait]
impl EventStream for EventJetStream {
    async fn consume(
        &self,
        name: &str,
        interest: &Interest,
        after: Position,
    ) -> Result<Box<dyn EventConsumer>, Cause> {
        let stream = self.context.get_stream(STREAM).await?;
        // Made anew each time: where it stands is for the cursor in Postgres to say.
        let _ = stream.delete_consumer(name).await;
        let filter_subjects =
            interest.event_types.iter().map(|kind| format!("{SUBJECTS}.*.{kind}.>")).collect();
        let config = Config {
            durable_name: Some(name.to_owned()),
            deliver_policy: DeliverPolicy::ByStartSequence { start_sequence: after.0 + 1 },
            ack_policy: AckPolicy::All,
            ack_wait: ACK_WAIT,
            max_ack_pending: -1,
            filter_subjects,
            ..Config::default()
        };
        let consumer = stream.create_consumer(config).await?;
        Ok(Box::new(JetStreamConsumer { stream: self.clone(), consumer, unacknowledged: None }))
    }
}

#[async_trait]
impl EventConsumer for JetStreamConsumer {
    async fn next_batch(&mut self, limit: usize, wait: Duration) -> Result<Vec<RecordedEvent>, Cause> {
        let mut events = Vec::new();
        let mut first = self.consumer.batch().max_messages(1).expires(wait).messages().await?;
        let first = tokio::time::timeout(wait + ANSWER_WAIT, first.next()).await?;
        let Some(first) = first.transpose()? else { return Ok(events) };
        events.push(self.read(first).await?);
        if limit > 1 {
            let mut more = self.consumer.fetch().max_messages(limit - 1).messages().await?;
            // A server that dies meanwhile never says that there is no more.
            while let Some(message) = tokio::time::timeout(ANSWER_WAIT, more.next()).await?.transpose()? {
                events.push(self.read(message).await?);
            }
        }
        Ok(events)
    }

    async fn acknowledge(&mut self, _: Position) -> Result<(), Cause> {
        match self.unacknowledged.take() {
            Some(message) => message.ack().await,
            None => Ok(()),
        }
    }

    async fn extend(&mut self) -> Result<(), Cause> {
        match &self.unacknowledged {
            Some(message) => message.ack_with(AckKind::Progress).await,
            None => Ok(()),
        }
    }
}

impl JetStreamConsumer {
    /// Opens a message; one that comes a second time may come out of order, so the consumer is to be made anew.
    async fn read(&mut self, message: Message) -> Result<RecordedEvent, Cause> {
        let info = message.info()?;
        if info.delivered > 1 {
            return Err(format!("position {} was delivered again", info.stream_sequence).into());
        }
        let event = unopened(&message, info.stream_sequence)?;
        self.unacknowledged = Some(message);
        self.stream.store.open_or_leave(event).await
    }
}

fn unopened(message: &Message, sequence: u64) -> Result<Unopened, Cause> {
    let headers = message.headers.as_ref().ok_or("an event without headers")?;
    let header = |name: &'static str| -> Result<&str, Cause> {
        Ok(headers.get(name).ok_or_else(|| format!("an event without the header {name}"))?.as_str())
    };
    let parts: Vec<&str> = message.subject.as_str().split('.').collect();
    let [_, _, aggregate_type, event_type, _, aggregate_id] = parts.as_slice() else {
        return Err(format!("an event with the subject {}", message.subject).into());
    };
    let metadata = EventMetadata {
        event_id: EventId(header("Nats-Msg-Id")?.parse()?),
        correlation_id: header("Interaura-Correlation-Id")?.parse()?,
        causation_id: headers.get("Interaura-Causation-Id").map(|id| id.as_str().parse()).transpose()?,
        actor: serde_json::from_str(header("Interaura-Actor")?)?,
        candidate_id: header("Interaura-Candidate-Id")?.parse()?,
        command_id: header("Interaura-Command-Id")?.parse()?,
        recorded_by: header("Interaura-Recorded-By")?.to_owned(),
    };
    Ok(Unopened {
        position: sequence,
        aggregate_type: (*aggregate_type).to_owned(),
        aggregate_id: aggregate_id.parse()?,
        sequence: header("Interaura-Sequence")?.parse()?,
        event_type: (*event_type).to_owned(),
        event_version: header("Interaura-Version")?.to_owned(),
        recorded_at: header("Interaura-Recorded-At")?.parse()?,
        body: std::str::from_utf8(&message.payload)?.to_owned(),
        metadata,
    })
}
