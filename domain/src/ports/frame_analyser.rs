//! Says what a camera frame shows.

use async_trait::async_trait;

use super::Cause;
use crate::attention::event::FrameReading;

/// Why a frame was not analysed.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The bytes are no JPEG, or one that is larger than a camera's.
    #[error("the frame cannot be read: {0}")]
    Unreadable(String),
    /// Worth trying with the next frame.
    #[error("the frame analyser failed")]
    Failed(#[source] Cause),
}

/// Says what a camera frame shows.
#[async_trait]
pub trait FrameAnalyser: Send + Sync {
    /// Its name and version: `opencv/1`.
    fn name(&self) -> &str;

    /// Looks at one JPEG of at most 4 megapixels.
    ///
    /// # Errors
    /// The bytes are no such picture, or the analyser failed.
    async fn analyse(&self, jpeg: bytes::Bytes) -> Result<FrameReading, FrameError>;
}
