//! What surrounds every command and every stored event.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::ids::{CandidateId, CommandId, CorrelationId, EventId};

/// How many partitions the stream has; all that concerns one candidate stays in one of them.
pub const PARTITIONS: u16 = 64;

/// The largest body of an event, in bytes, sealed and serialised.
///
/// Longer text belongs into a sealed blob: one message over the server's limit would halt the relay.
pub const MAX_EVENT_BYTES: usize = 256 * 1024;

/// The place of an event in the log: dense, gapless, in commit order, from 1.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct Position(pub u64);

/// The partition of a candidate, 0 to 63.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Partition(pub u16);

impl Partition {
    /// The partition of all that concerns a candidate. It never changes between releases.
    pub fn of(candidate_id: CandidateId) -> Self {
        let digest = Sha256::digest(candidate_id.0.as_bytes());
        Self(u16::from_be_bytes([digest[0], digest[1]]) % PARTITIONS)
    }

    /// Every partition.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..PARTITIONS).map(Self)
    }
}

/// A keyed hash, hexadecimal: equal inputs can be told, the input cannot.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct KeyedHash(pub String);

/// Who asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The person whose data it is.
    Candidate,
    /// A reaction, by its name.
    Reaction(String),
}

/// What comes with a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandContext {
    /// Sending the same id twice has one effect and the same answer.
    pub command_id: CommandId,
    /// All that follows from one request.
    pub correlation_id: CorrelationId,
    /// The event that caused the command.
    pub causation_id: Option<EventId>,
    /// Who asked.
    pub actor: Actor,
    /// Whose data it is; their key seals the personal fields.
    pub candidate_id: CandidateId,
}

/// What is kept beside every event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventMetadata {
    /// UUID v7; also the message id on the stream.
    pub event_id: EventId,
    /// All that follows from one request.
    pub correlation_id: CorrelationId,
    /// The event that caused the command.
    #[serde(default)]
    pub causation_id: Option<EventId>,
    /// Who asked.
    pub actor: Actor,
    /// Whose data it is.
    pub candidate_id: CandidateId,
    /// The command that made it.
    pub command_id: CommandId,
    /// The version of the binary that wrote it.
    pub recorded_by: String,
}

/// Whether the personal fields of a stored event could be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seal {
    /// They are open, or erased, or there are none.
    Whole,
    /// They do not open with their candidate's key: somebody changed them, or moved them here.
    Broken,
}

/// A stored event, opened and brought to its newest version.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedEvent {
    /// Its place in the log.
    pub position: Position,
    /// `account`, `resume`, ...
    pub aggregate_type: String,
    /// The stream it belongs to.
    pub aggregate_id: Uuid,
    /// Its place in that stream, from 1.
    pub sequence: u64,
    /// `answer_evaluated`
    pub event_type: String,
    /// `1`
    pub event_version: String,
    /// The event as JSON text, without the wrapper that serde puts around an enum.
    pub payload: String,
    /// Whether its personal fields could be opened; where not, the payload is as it is stored.
    pub seal: Seal,
    /// What is kept beside it.
    pub metadata: EventMetadata,
    /// When it was appended.
    pub recorded_at: DateTime<Utc>,
}

impl RecordedEvent {
    /// The partition of the candidate it concerns.
    pub fn partition(&self) -> Partition {
        Partition::of(self.metadata.candidate_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_candidate_stays_in_one_partition_forever() {
        let candidate = CandidateId(Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0001));
        assert_eq!(Partition::of(candidate), Partition(48));
    }
}
