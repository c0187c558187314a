//! Carries live media between those who hold the sockets and those who analyse. Nothing is kept: what
//! is lost is asked for again, or was a frame.

use async_trait::async_trait;
use bytes::Bytes;

use super::Cause;
use crate::ids::InterviewId;

/// What is carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// From whoever holds a page's socket to all workers: this interview wants to be heard. Repeated while
    /// the page is there, so that another worker hears it when the first is gone.
    Calls,
    /// From a page to whoever transcribes its interview: audio, and what belongs to it.
    Audio,
    /// From a page to any worker: camera frames.
    Frames,
    /// From a page before its interview to any worker: a frame to tell of and not to record. The id is the
    /// check's own.
    Checks,
    /// From workers to the page: captions, marks, hints.
    Page,
}

/// Carries live media.
#[async_trait]
pub trait LiveMedia: Send + Sync {
    /// Sends a message about an interview.
    ///
    /// # Errors
    /// The carrier cannot be reached.
    async fn send(&self, channel: Channel, interview_id: InterviewId, body: Bytes) -> Result<(), Cause>;

    /// Hears every message about one interview from now on.
    ///
    /// # Errors
    /// The carrier cannot be reached.
    async fn follow(
        &self,
        channel: Channel,
        interview_id: InterviewId,
    ) -> Result<Box<dyn LiveListener>, Cause>;

    /// Hears the messages about all interviews; each goes to one of those who share the channel.
    ///
    /// # Errors
    /// The carrier cannot be reached.
    async fn share(&self, channel: Channel) -> Result<Box<dyn LiveListener>, Cause>;
}

/// Hears live media.
#[async_trait]
pub trait LiveListener: Send {
    /// The next message; `None` once the carrier is gone. Dropping the future loses nothing.
    async fn next(&mut self) -> Option<(InterviewId, Bytes)>;
}
