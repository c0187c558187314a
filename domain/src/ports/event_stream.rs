//! Follows the stream of events. Delivery is in order, and at least once.

use std::time::Duration;

use async_trait::async_trait;

use super::Cause;
use crate::envelope::{Position, RecordedEvent};

/// Which events a consumer wants.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Interest {
    /// Stored event types; empty for all.
    pub event_types: Vec<String>,
}

/// One consumer's place in the stream.
#[async_trait]
pub trait EventConsumer: Send {
    /// Waits up to `wait` for the first event, and gives up to `limit` of them, opened.
    ///
    /// # Errors
    /// The stream cannot be reached; the consumer is to be made anew.
    async fn next_batch(&mut self, limit: usize, wait: Duration) -> Result<Vec<RecordedEvent>, Cause>;

    /// Tells that everything up to a position is done.
    ///
    /// # Errors
    /// The stream cannot be reached.
    async fn acknowledge(&mut self, up_to: Position) -> Result<(), Cause>;

    /// Tells that work on the last batch goes on.
    ///
    /// # Errors
    /// The stream cannot be reached.
    async fn extend(&mut self) -> Result<(), Cause>;
}

/// Follows the stream.
#[async_trait]
pub trait EventStream: Send + Sync {
    /// A consumer with a name that outlives the process. Where the name is new, or the stream was
    /// made anew, it starts after `after`.
    ///
    /// # Errors
    /// The stream cannot be reached.
    async fn consume(
        &self,
        name: &str,
        interest: &Interest,
        after: Position,
    ) -> Result<Box<dyn EventConsumer>, Cause>;
}
