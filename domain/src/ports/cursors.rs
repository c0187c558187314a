//! Where each reaction is, so that a recreated stream sends no mail twice.

use std::collections::BTreeMap;

use async_trait::async_trait;

use super::Cause;
use crate::envelope::{Partition, Position, RecordedEvent};

/// How far a reaction is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cursors {
    /// Everything up to here is done.
    pub floor: Position,
    /// What is done beyond, per partition.
    pub partitions: BTreeMap<Partition, Position>,
}

impl Cursors {
    /// Whether an event is done.
    pub fn has_done(&self, event: &RecordedEvent) -> bool {
        event.position <= self.floor
            || self.partitions.get(&event.partition()).is_some_and(|done| event.position <= *done)
    }
}

/// Keeps the cursors of reactions.
#[async_trait]
pub trait CursorStore: Send + Sync {
    /// Waits until this process may run a reaction, and gives how far it is. While the turn lives,
    /// no other process runs it.
    ///
    /// # Errors
    /// The store cannot be reached.
    async fn take_turn(&self, reaction: &str) -> Result<(Box<dyn Turn>, Cursors), Cause>;

    /// An event is done.
    ///
    /// # Errors
    /// The store cannot be reached.
    async fn done(&self, reaction: &str, event: &RecordedEvent) -> Result<(), Cause>;

    /// Everything up to a position is done.
    ///
    /// # Errors
    /// The store cannot be reached.
    async fn all_done(&self, reaction: &str, up_to: Position) -> Result<(), Cause>;

    /// An event was given up; somebody has to look at it.
    ///
    /// # Errors
    /// The store cannot be reached.
    async fn park(&self, reaction: &str, event: &RecordedEvent, error: &str) -> Result<(), Cause>;
}

/// The right to run a reaction.
#[async_trait]
pub trait Turn: Send {
    /// Whether the right still stands.
    ///
    /// # Errors
    /// It was lost, with the connection that held it.
    async fn check(&mut self) -> Result<(), Cause>;
}
