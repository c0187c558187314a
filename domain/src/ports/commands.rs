//! Sends commands to aggregates and tells what became of them.

use async_trait::async_trait;
use cqrs_es::Aggregate;
use secrecy::SecretString;
use uuid::Uuid;

use super::Cause;
use crate::envelope::{CommandContext, KeyedHash, Position};
use crate::ids::CandidateId;

/// What is written in the same transaction as the events of a command.
#[derive(Debug, Clone)]
pub enum Companion {
    /// Takes an address; a clash is [`CommandError::AddressTaken`].
    ReserveAddress {
        /// The keyed hash of the address.
        address: KeyedHash,
        /// Who takes it.
        candidate_id: CandidateId,
    },
    /// Keeps a password's hash.
    StorePassword {
        /// Whose it is.
        candidate_id: CandidateId,
        /// A PHC string.
        hash: SecretString,
    },
}

/// A command with all that goes with it.
#[derive(Debug, Clone)]
pub struct CommandRequest<C> {
    /// The stream.
    pub aggregate_id: Uuid,
    /// What is asked.
    pub command: C,
    /// Who asks, and why.
    pub context: CommandContext,
    /// What is written along.
    pub companions: Vec<Companion>,
}

/// A command that was carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Committed {
    /// The position of its last event.
    pub position: Position,
    /// The sequence of its last event.
    pub sequence: u64,
    /// Whether it was carried out before, and this is the first answer again.
    pub repeated: bool,
}

/// A command that was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum CommandError<E: std::error::Error> {
    /// The aggregate refused.
    #[error(transparent)]
    Refused(E),
    /// Somebody has this address.
    #[error("this address is taken")]
    AddressTaken,
    /// The id belongs to a command for another aggregate or of another kind.
    #[error("this command id was used for another command")]
    CommandIdReused,
    /// An event is larger than the log takes.
    #[error("an event of {bytes} bytes is over the limit of {limit}")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// Others kept writing to the same stream.
    #[error("busy, try again")]
    Busy,
    /// Worth trying again later.
    #[error("the event log is not available")]
    Unavailable(#[source] Cause),
}

/// Sends commands to aggregates of one kind.
#[async_trait]
pub trait Commands<A: Aggregate>: Send + Sync
where
    A::Command: Send + Clone,
{
    /// Decides and appends. A conflict with another writer is retried a few times.
    ///
    /// # Errors
    /// The aggregate refuses, or the log cannot take the events now.
    async fn execute(&self, request: CommandRequest<A::Command>)
    -> Result<Committed, CommandError<A::Error>>;

    /// The aggregate as it is.
    ///
    /// # Errors
    /// The log cannot be read, or an event in it cannot be understood.
    async fn load(&self, aggregate_id: Uuid) -> Result<A, Cause>;
}

/// What is kept of commands beside their events.
#[async_trait]
pub trait CommandRecords: Send + Sync {
    /// Forgets the commands that were sent to a candidate's streams, and the streams as they are remembered: the print by
    /// which a repeated command is known would confirm a guess at what it said.
    ///
    /// # Errors
    /// The records cannot be reached.
    async fn forget(&self, candidate_id: CandidateId) -> Result<(), Cause>;
}
