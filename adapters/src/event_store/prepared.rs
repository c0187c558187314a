//! Commands and events as the appender takes them: sealed, serialised, hashed.

use interaura_domain::envelope::{CommandContext, EventMetadata, MAX_EVENT_BYTES, Partition};
use interaura_domain::ids::EventId;
use interaura_domain::ports::clock::Clock;
use interaura_domain::ports::commands::Companion;
use interaura_domain::ports::key_ring::{CandidateKey, KeyRing, KeyRingError};
use secrecy::SecretString;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::key_ring::sealing;

/// An event, ready to be stored.
#[derive(Debug, Clone)]
pub(super) struct PreparedEvent {
    pub(super) event_id: Uuid,
    pub(super) event_type: String,
    pub(super) event_version: String,
    pub(super) payload: String,
    pub(super) metadata: String,
    pub(super) hash: [u8; 32],
}

/// A command with its events, ready to be stored.
#[derive(Debug, Clone)]
pub(super) struct PreparedCommand {
    pub(super) command_id: Uuid,
    pub(super) aggregate_type: &'static str,
    pub(super) aggregate_id: Uuid,
    pub(super) fingerprint: [u8; 32],
    pub(super) expected: u64,
    pub(super) candidate_id: Uuid,
    pub(super) partition: u16,
    pub(super) address: Option<String>,
    pub(super) password: Option<SecretString>,
    pub(super) events: Vec<PreparedEvent>,
}

impl PreparedCommand {
    pub(super) fn bytes(&self) -> usize {
        self.events.iter().map(|event| event.payload.len() + event.metadata.len()).sum()
    }
}

/// Why events cannot be stored.
#[derive(Debug, thiserror::Error)]
pub(super) enum PrepareError {
    #[error("an event of {0} bytes is too large")]
    TooLarge(usize),
    #[error("the events cannot be sealed")]
    Key(#[from] KeyRingError),
    #[error("the events cannot be serialised")]
    Serialise(#[from] serde_json::Error),
}

/// An event before it is sealed: type, version, and JSON with serde's wrapper.
pub(super) struct PlainEvent {
    pub(super) event_type: String,
    pub(super) event_version: String,
    pub(super) payload: String,
}

/// What a command is, for telling a repeated one from another that reuses its id.
pub(super) fn fingerprint(aggregate_type: &str, aggregate_id: Uuid, command: &str) -> [u8; 32] {
    Sha256::digest(format!("{aggregate_type}\0{aggregate_id}\0{command}")).into()
}

/// The hash of a stored event, over its bytes as stored.
pub(super) fn event_hash(
    event_id: Uuid,
    aggregate: (&str, &str),
    sequence: u64,
    kind: (&str, &str),
    payload: &str,
    metadata: &str,
) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(event_id.as_bytes());
    for text in [aggregate.0, aggregate.1, kind.0, kind.1, payload, metadata] {
        hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(text);
    }
    hash.update(sequence.to_be_bytes());
    hash.finalize().into()
}

/// What a command's events are prepared with.
pub(super) struct Preparation<'a> {
    pub(super) keys: &'a dyn KeyRing,
    pub(super) clock: &'a dyn Clock,
    pub(super) recorded_by: &'a str,
}

impl Preparation<'_> {
    /// Seals, serialises and hashes the events of a command.
    pub(super) async fn prepare(
        &self,
        stream: (&'static str, Uuid),
        expected: u64,
        context: &CommandContext,
        fingerprint: [u8; 32],
        events: Vec<PlainEvent>,
        companions: &[Companion],
    ) -> Result<PreparedCommand, PrepareError> {
        let personal = events.iter().any(|event| sealing::is_personal(&event.payload));
        let key = if personal {
            Some(self.keys.key(context.candidate_id).await?.ok_or(KeyRingError::Destroyed)?)
        } else {
            None
        };
        let events = events
            .into_iter()
            .zip(expected + 1..)
            .map(|(event, sequence)| self.event(event, stream, sequence, context, key.as_deref()))
            .collect::<Result<_, _>>()?;
        let mut command = PreparedCommand {
            command_id: context.command_id.0,
            aggregate_type: stream.0,
            aggregate_id: stream.1,
            fingerprint,
            expected,
            candidate_id: context.candidate_id.0,
            partition: Partition::of(context.candidate_id).0,
            address: None,
            password: None,
            events,
        };
        for companion in companions {
            match companion {
                Companion::ReserveAddress { address, .. } => command.address = Some(address.0.clone()),
                Companion::StorePassword { hash, .. } => command.password = Some(hash.clone()),
            }
        }
        Ok(command)
    }

    fn event(
        &self,
        event: PlainEvent,
        stream: (&str, Uuid),
        sequence: u64,
        context: &CommandContext,
        key: Option<&dyn CandidateKey>,
    ) -> Result<PreparedEvent, PrepareError> {
        let event_id = self.clock.new_id();
        let payload = match key {
            Some(key) => sealing::seal(&event.payload, &event_id.to_string(), key)?,
            None => event.payload,
        };
        if payload.len() > MAX_EVENT_BYTES {
            return Err(PrepareError::TooLarge(payload.len()));
        }
        let metadata = serde_json::to_string(&EventMetadata {
            event_id: EventId(event_id),
            correlation_id: context.correlation_id,
            causation_id: context.causation_id,
            actor: context.actor.clone(),
            candidate_id: context.candidate_id,
            command_id: context.command_id,
            recorded_by: self.recorded_by.to_owned(),
        })?;
        let hash = event_hash(
            event_id,
            (stream.0, &stream.1.to_string()),
            sequence,
            (&event.event_type, &event.event_version),
            &payload,
            &metadata,
        );
        let PlainEvent { event_type, event_version, .. } = event;
        Ok(PreparedEvent { event_id, event_type, event_version, payload, metadata, hash })
    }
}
