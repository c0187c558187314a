//! Keeps files, sealed with the key of the candidate they belong to.

use async_trait::async_trait;
use bytes::Bytes;

use super::Cause;
use crate::ids::{BlobId, CandidateId};
use crate::resume::event::BlobRef;

/// Why a blob was not stored or read.
#[derive(Debug, thiserror::Error)]
pub enum BlobStoreError {
    /// Nothing is stored under the id.
    #[error("the blob {0} is not in the store")]
    Missing(BlobId),
    /// The candidate's key was destroyed, or the bytes were changed.
    #[error("the blob {0} cannot be opened")]
    Sealed(BlobId),
    /// There is no room.
    #[error("the blob store has no room left")]
    Full,
    /// Worth trying again.
    #[error("the blob store is not available")]
    Unavailable(#[source] Cause),
}

/// Keeps sealed files.
#[async_trait]
pub trait BlobStore: Send + Sync {
    /// Seals and stores bytes. Where the same bytes are stored under the id already, they stay as they are, so that
    /// a repeated command finds what its first try sealed.
    ///
    /// # Errors
    /// The store or the key is not available.
    async fn put(&self, owner: CandidateId, blob_id: BlobId, plain: Bytes)
    -> Result<BlobRef, BlobStoreError>;

    /// Reads and opens bytes.
    ///
    /// # Errors
    /// Nothing is there, or it cannot be opened.
    async fn get(&self, owner: CandidateId, blob_id: BlobId) -> Result<Bytes, BlobStoreError>;

    /// Deletes bytes; what is not there is deleted already.
    ///
    /// # Errors
    /// The store is not available.
    async fn delete(&self, owner: CandidateId, blob_id: BlobId) -> Result<(), BlobStoreError>;

    /// Deletes all that is kept for a candidate, whatever became of their key.
    ///
    /// # Errors
    /// The store is not available; some may be deleted then.
    async fn delete_all(&self, owner: CandidateId) -> Result<(), BlobStoreError>;
}
