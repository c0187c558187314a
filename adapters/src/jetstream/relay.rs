//! Copies the log onto the stream: each event once, in order, its sequence equal to its position.
//!
//! Every publish names the sequence that must come before it, so that two relays, or one that
//! lost an acknowledgement, can neither duplicate nor reorder. An advisory lock keeps all but one
//! idle: it saves work, and nothing rests on it.

use std::time::Duration;

use async_nats::HeaderMap;
use async_nats::jetstream::context::PublishErrorKind;
use async_nats::jetstream::stream::State;
use futures::StreamExt as _;
use interaura_domain::envelope::EventMetadata;
use interaura_domain::ports::Cause;
use sqlx::{Connection as _, PgConnection};
use tokio_util::sync::CancellationToken;

use super::{EventJetStream, STREAM, SUBJECTS, StreamError, WAKE, no_log, unavailable};
use crate::event_store::StoredEvent;
use crate::event_store::log_access::{head, read_after};

/// Events published before their acknowledgements are awaited.
const PIPELINE: u32 = 1_000;
/// How often the log is looked at without being woken.
const POLL: Duration = Duration::from_secs(1);
/// The lock that the active relay holds.
const TRY_TURN: &str = "SELECT pg_try_advisory_lock(hashtext('relay'), 0)";
const TAKE_TURN: &str = "SELECT pg_advisory_lock(hashtext('relay'), 0)";

/// The right to be the active relay, for as long as the connection lives.
struct Turn {
    connection: PgConnection,
    _active: Active,
}

/// Shows this process as the active relay until it is dropped.
struct Active;

impl Active {
    fn now() -> Self {
        metrics::gauge!("interaura_relay_active").set(1);
        Self
    }
}

impl Drop for Active {
    fn drop(&mut self) {
        metrics::gauge!("interaura_relay_active").set(0);
    }
}

/// What came of one round.
enum Round {
    /// The stream is up to this position.
    UpTo(u64),
    /// Another relay was faster, or an acknowledgement is missing: ask the stream where it is.
    LookAgain,
}

impl EventJetStream {
    /// Relays until it is told to stop, once no other process does: the others stand by. Outages are
    /// waited for.
    ///
    /// # Errors
    /// The stream and the log disagree; somebody has to decide.
    pub async fn relay(&self, stop: CancellationToken) -> Result<(), StreamError> {
        stop.run_until_cancelled(self.relay_forever(true)).await.unwrap_or(Ok(()))
    }

    /// Relays whether or not another process does. The stream stays right all the same, for each
    /// message is fenced; the work is done twice.
    ///
    /// # Errors
    /// As [`relay`](Self::relay).
    pub async fn relay_out_of_turn(&self, stop: CancellationToken) -> Result<(), StreamError> {
        stop.run_until_cancelled(self.relay_forever(false)).await.unwrap_or(Ok(()))
    }

    async fn relay_forever(&self, in_turn: bool) -> Result<(), StreamError> {
        let mut pause = Duration::from_millis(50);
        loop {
            let relayed = async {
                let mut turn = if in_turn { Some(self.take_turn().await?) } else { None };
                self.relay_while_well(&mut pause, turn.as_mut()).await
            };
            match relayed.await {
                Err(disagreement @ StreamError::Disagree { .. }) => return Err(disagreement),
                Err(outage) => {
                    tracing::warn!(
                        error = &outage as &dyn std::error::Error,
                        "the relay waits for its servers"
                    );
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(Duration::from_secs(2));
                }
                Ok(()) => {}
            }
        }
    }

    /// Waits until this process may relay, which it may for as long as the connection lives.
    async fn take_turn(&self) -> Result<Turn, StreamError> {
        let mut turn = self.store.pool().acquire().await.map_err(no_log)?.detach();
        let free: bool = sqlx::query_scalar(TRY_TURN).fetch_one(&mut turn).await.map_err(no_log)?;
        if !free {
            tracing::info!("this relay stands by; another one is active");
            sqlx::query(TAKE_TURN).execute(&mut turn).await.map_err(no_log)?;
        }
        tracing::info!("this relay is active");
        Ok(Turn { connection: turn, _active: Active::now() })
    }

    async fn relay_while_well(
        &self,
        pause: &mut Duration,
        mut turn: Option<&mut Turn>,
    ) -> Result<(), StreamError> {
        let mut wake = self.client.subscribe(WAKE).await.map_err(unavailable)?;
        let mut cursor = self.agreed_cursor().await?;
        loop {
            let backlog = read_after(self.store.pool(), cursor, PIPELINE).await.map_err(no_log)?;
            *pause = Duration::from_millis(50);
            if backlog.is_empty() {
                // A wake-up may be lost, and the stream may have been deleted meanwhile.
                if tokio::time::timeout(POLL, wake.next()).await.is_err() {
                    if let Some(turn) = turn.as_mut() {
                        turn.connection.ping().await.map_err(no_log)?;
                    }
                    cursor = self.agreed_cursor().await?;
                }
                continue;
            }
            cursor = match self.publish(&backlog).await? {
                Round::UpTo(position) => position,
                Round::LookAgain => self.agreed_cursor().await?,
            };
        }
    }

    /// How far the stream is, checked against the log; a lost or emptied stream is made anew.
    async fn agreed_cursor(&self) -> Result<u64, StreamError> {
        self.ensure().await?;
        let state = self.state().await?;
        let head = head(self.store.pool()).await.map_err(no_log)?;
        if state.last_sequence > head {
            return Err(StreamError::Disagree {
                sequence: state.last_sequence,
                reason: "the stream is ahead of the log",
            });
        }
        if state.last_sequence > 0 && state.messages != state.last_sequence {
            tracing::warn!(stream.messages = state.messages, "the stream was emptied; it is filled again");
            self.delete().await?;
            self.ensure().await?;
            return Ok(0);
        }
        if let Some(before) = state.last_sequence.checked_sub(1) {
            self.check_same_event(before, state.last_sequence).await?;
        }
        Ok(state.last_sequence)
    }

    /// The newest sequence of the stream; 0 while it is empty.
    ///
    /// # Errors
    /// `JetStream` does not answer, or there is no stream yet.
    pub async fn last_sequence(&self) -> Result<u64, StreamError> {
        Ok(self.state().await?.last_sequence)
    }

    async fn state(&self) -> Result<State, StreamError> {
        let stream = self.context.get_stream(STREAM).await.map_err(unavailable)?;
        Ok(stream.cached_info().state.clone())
    }

    /// The last message of the stream must be the event at that position.
    async fn check_same_event(&self, before: u64, sequence: u64) -> Result<(), StreamError> {
        let stream = self.context.get_stream(STREAM).await.map_err(unavailable)?;
        let message = stream.get_raw_message(sequence).await.map_err(unavailable)?;
        let streamed = message.headers.get(async_nats::header::NATS_MESSAGE_ID).map(ToString::to_string);
        let stored = read_after(self.store.pool(), before, 1).await.map_err(no_log)?;
        let logged = stored.first().map(|event| event.event_id.to_string());
        if streamed != logged {
            return Err(StreamError::Disagree { sequence, reason: "they hold different events there" });
        }
        Ok(())
    }

    async fn publish(&self, backlog: &[StoredEvent]) -> Result<Round, StreamError> {
        let mut acknowledgements = Vec::with_capacity(backlog.len());
        for event in backlog {
            let headers = headers(event).map_err(no_log)?;
            let payload = event.body().to_owned().into();
            let sent = self.context.publish_with_headers(subject(event), headers, payload).await;
            acknowledgements.push((event.position, sent.map_err(unavailable)?));
        }
        let mut reached = 0;
        for (position, acknowledgement) in acknowledgements {
            match acknowledgement.await {
                Ok(ack) if ack.sequence == position => {
                    reached = position;
                    metrics::counter!("interaura_relayed_events_total").increment(1);
                }
                Ok(_) => return Ok(Round::LookAgain),
                Err(error) => match error.kind() {
                    PublishErrorKind::WrongLastSequence | PublishErrorKind::TimedOut => {
                        return Ok(Round::LookAgain);
                    }
                    _ => return Err(unavailable(error)),
                },
            }
        }
        Ok(Round::UpTo(reached))
    }
}

fn subject(event: &StoredEvent) -> String {
    let StoredEvent { aggregate_type, event_type, partition, aggregate_id, .. } = event;
    format!("{SUBJECTS}.{aggregate_type}.{event_type}.{partition}.{aggregate_id}")
}

/// What travels beside the body.
fn headers(event: &StoredEvent) -> Result<HeaderMap, Cause> {
    let metadata: EventMetadata = serde_json::from_str(&event.metadata)?;
    let mut headers = HeaderMap::new();
    headers.insert(async_nats::header::NATS_MESSAGE_ID, event.event_id.to_string());
    headers.insert(async_nats::header::NATS_EXPECTED_LAST_SEQUENCE, (event.position - 1).to_string());
    headers.insert("Interaura-Version", event.event_version.as_str());
    headers.insert("Interaura-Position", event.position.to_string());
    headers.insert("Interaura-Sequence", event.sequence.to_string());
    headers.insert("Interaura-Recorded-At", event.recorded_at.to_rfc3339());
    headers.insert("Interaura-Correlation-Id", metadata.correlation_id.to_string());
    if let Some(causation_id) = metadata.causation_id {
        headers.insert("Interaura-Causation-Id", causation_id.to_string());
    }
    headers.insert("Interaura-Candidate-Id", metadata.candidate_id.to_string());
    headers.insert("Interaura-Command-Id", metadata.command_id.to_string());
    headers.insert("Interaura-Actor", serde_json::to_string(&metadata.actor)?);
    headers.insert("Interaura-Recorded-By", metadata.recorded_by);
    Ok(headers)
}
