//! Makes one file of the parts of a recording.

use async_trait::async_trait;
use bytes::Bytes;

use super::Cause;
use crate::recording::event::RecordingFailure;

/// Why parts did not become a file.
#[derive(Debug, thiserror::Error)]
pub enum AssemblerError {
    /// Trying again does not help.
    #[error("the parts cannot become a file: {0:?}")]
    Refused(RecordingFailure),
    /// Worth trying again.
    #[error("the parts cannot be joined now")]
    Unavailable(#[source] Cause),
}

/// Makes one file of the parts of a recording.
#[async_trait]
pub trait RecordingAssembler: Send + Sync {
    /// Its name and version.
    fn name(&self) -> &str;

    /// Begins with nothing.
    ///
    /// # Errors
    /// There is no room, or what joins parts is missing.
    async fn begin(&self) -> Result<Box<dyn Assembly>, AssemblerError>;
}

/// Parts on their way to a file. Dropping it leaves nothing behind.
#[async_trait]
pub trait Assembly: Send {
    /// What comes now was recorded apart from what came before, and began so long after the first take.
    ///
    /// # Errors
    /// There is no room.
    async fn take(&mut self, offset_ms: u64) -> Result<(), AssemblerError>;

    /// The next part of the take.
    ///
    /// # Errors
    /// There is no room.
    async fn part(&mut self, bytes: Bytes) -> Result<(), AssemblerError>;

    /// Joins all that came.
    ///
    /// # Errors
    /// It cannot be joined.
    async fn finish(self: Box<Self>) -> Result<Box<dyn AssembledFile>, AssemblerError>;
}

/// A file that can be played from any moment. Dropping it deletes it.
#[async_trait]
pub trait AssembledFile: Send {
    /// How long after the first take it begins: what cannot be joined at the beginning is left out.
    fn offset_ms(&self) -> u64;

    /// How long it plays.
    fn duration_ms(&self) -> u64;

    /// What it is: `video/webm`.
    fn media_type(&self) -> &str;

    /// The next piece of this size, or of what is left; empty at the end.
    ///
    /// # Errors
    /// It cannot be read.
    async fn next(&mut self, bytes: usize) -> Result<Bytes, AssemblerError>;
}
