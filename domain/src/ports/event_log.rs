//! Reads the log by position, opened and brought to the newest versions.

use async_trait::async_trait;
use uuid::Uuid;

use super::Cause;
use crate::envelope::{Position, RecordedEvent};
use crate::ids::CandidateId;

/// Reads the log.
#[async_trait]
pub trait EventLog: Send + Sync {
    /// Up to `limit` events after a position, in order.
    ///
    /// # Errors
    /// The log cannot be read.
    async fn read_after(&self, after: Position, limit: u32) -> Result<Vec<RecordedEvent>, Cause>;

    /// All events of one stream, in order.
    ///
    /// # Errors
    /// The log cannot be read.
    async fn read_stream(
        &self,
        aggregate_type: &str,
        aggregate_id: Uuid,
    ) -> Result<Vec<RecordedEvent>, Cause>;

    /// Whose stream it is; `None` where there is none.
    ///
    /// # Errors
    /// The log cannot be read.
    async fn owner(&self, aggregate_type: &str, aggregate_id: Uuid) -> Result<Option<CandidateId>, Cause>;

    /// The newest position; 0 while the log is empty.
    ///
    /// # Errors
    /// The log cannot be read.
    async fn head(&self) -> Result<Position, Cause>;
}
