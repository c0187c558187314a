//! Seals what is personal with a key per candidate. Destroying the key erases the data everywhere.

use std::time::Duration;

use async_trait::async_trait;

use super::Cause;
use crate::envelope::KeyedHash;
use crate::ids::CandidateId;

/// How long after a key was destroyed another process may still hold it.
pub const FORGOTTEN_WITHIN: Duration = Duration::from_mins(1);

/// Why sealing or opening failed.
#[derive(Debug, thiserror::Error)]
pub enum KeyRingError {
    /// The bytes were changed, moved to another place, or sealed with another key.
    #[error("the sealed value does not open")]
    Broken,
    /// The candidate's key was destroyed: nothing new is sealed for them.
    #[error("the candidate's key was destroyed")]
    Destroyed,
    /// Worth trying again.
    #[error("the key ring is not available")]
    Unavailable(#[source] Cause),
}

/// A candidate's key, ready for use.
pub trait CandidateKey: Send + Sync {
    /// Seals bytes; `context` names the place they belong to and must be given again to open them.
    ///
    /// # Errors
    /// The cipher refuses, which it does for absurd lengths only.
    fn seal(&self, context: &str, plain: &[u8]) -> Result<Vec<u8>, KeyRingError>;

    /// Opens sealed bytes.
    ///
    /// # Errors
    /// The bytes or the context are not those that were sealed.
    fn open(&self, context: &str, sealed: &[u8]) -> Result<Vec<u8>, KeyRingError>;
}

/// Keeps one key per candidate.
#[async_trait]
pub trait KeyRing: Send + Sync {
    /// The key of a candidate, made on first use; `None` once it was destroyed.
    ///
    /// # Errors
    /// The keys cannot be reached.
    async fn key(
        &self,
        candidate_id: CandidateId,
    ) -> Result<Option<std::sync::Arc<dyn CandidateKey>>, KeyRingError>;

    /// Destroys the key of a candidate, and sees to it that none is made again. Destroying it twice is destroying it
    /// once. Other processes may go on with the key that they hold for [`FORGOTTEN_WITHIN`].
    ///
    /// # Errors
    /// The keys cannot be reached.
    async fn destroy(&self, candidate_id: CandidateId) -> Result<(), KeyRingError>;

    /// Fetches the keys of several candidates at once, for whoever is about to ask for each of them.
    ///
    /// # Errors
    /// The keys cannot be reached.
    async fn fetch_ahead(&self, candidates: &[CandidateId]) -> Result<(), KeyRingError>;

    /// A keyed hash: equal texts of one purpose have equal hashes, and nobody without the key can test a guess.
    fn keyed_hash(&self, purpose: &str, text: &[u8]) -> KeyedHash;
}
