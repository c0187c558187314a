//! Sealed files in an object store: a directory by default, or a bucket that speaks S3.

mod s3;

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use futures::{StreamExt as _, TryStreamExt as _};
use interaura_domain::ids::{BlobId, CandidateId};
use interaura_domain::ports::Cause;
use interaura_domain::ports::blob_store::{BlobStore, BlobStoreError};
use interaura_domain::ports::key_ring::{CandidateKey, KeyRing, KeyRingError};
use interaura_domain::resume::event::BlobRef;
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;
use object_store::{ObjectStore, ObjectStoreExt as _, PutMode, PutPayload};
use sha2::{Digest as _, Sha256};

pub use self::s3::S3Bucket;

/// Sealed files in an object store.
pub struct SealedBlobs {
    store: Arc<dyn ObjectStore>,
    keys: Arc<dyn KeyRing>,
}

impl SealedBlobs {
    /// Keeps files in a directory, which is made where there is none.
    ///
    /// # Errors
    /// The directory cannot be made.
    pub fn in_directory(directory: &Path, keys: Arc<dyn KeyRing>) -> Result<Self, Cause> {
        std::fs::create_dir_all(directory)?;
        Ok(Self { store: Arc::new(LocalFileSystem::new_with_prefix(directory)?), keys })
    }

    /// Keeps files in a bucket.
    ///
    /// # Errors
    /// The bucket's description does not fit together.
    pub fn in_s3(bucket: &S3Bucket, keys: Arc<dyn KeyRing>) -> Result<Self, Cause> {
        Ok(Self { store: bucket.open()?, keys })
    }

    /// Whether files can be written, read and deleted here. Processes that share the
    /// store may ask at the same time, each with a probe of its own.
    ///
    /// # Errors
    /// They cannot.
    pub async fn check(&self, probe: BlobId) -> Result<(), Cause> {
        let place = ObjectPath::from(format!("interaura.probe.{probe}"));
        self.store.put(&place, PutPayload::from_static(b"interaura")).await?;
        self.store.get(&place).await?.bytes().await?;
        self.store.delete(&place).await?;
        Ok(())
    }

    async fn key(
        &self,
        owner: CandidateId,
        blob_id: BlobId,
    ) -> Result<Arc<dyn CandidateKey>, BlobStoreError> {
        match self.keys.key(owner).await {
            Ok(Some(key)) => Ok(key),
            Ok(None) => Err(BlobStoreError::Sealed(blob_id)),
            Err(error) => Err(BlobStoreError::Unavailable(error.into())),
        }
    }

    async fn sealed(&self, owner: CandidateId, blob_id: BlobId) -> Result<Bytes, BlobStoreError> {
        let unavailable = |source: object_store::Error| match source {
            object_store::Error::NotFound { .. } => BlobStoreError::Missing(blob_id),
            other => failed(other),
        };
        let object = self.store.get(&place(owner, blob_id)).await.map_err(unavailable)?;
        object.bytes().await.map_err(unavailable)
    }
}

/// Ciphers and hashes over megabytes take a while; what waits for the network must not wait for them.
async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, BlobStoreError> + Send + 'static,
) -> Result<T, BlobStoreError> {
    tokio::task::spawn_blocking(work).await.map_err(|panic| BlobStoreError::Unavailable(panic.into()))?
}

fn reference(blob_id: BlobId, sealed: &[u8]) -> BlobRef {
    BlobRef {
        blob_id,
        sealed_sha256: hex::encode(Sha256::digest(sealed)),
        sealed_bytes: u64::try_from(sealed.len()).unwrap_or(u64::MAX),
    }
}

fn open(key: &dyn CandidateKey, blob_id: BlobId, sealed: &[u8]) -> Result<Bytes, BlobStoreError> {
    match key.open(&blob_id.to_string(), sealed) {
        Ok(plain) => Ok(plain.into()),
        Err(KeyRingError::Broken | KeyRingError::Destroyed) => Err(BlobStoreError::Sealed(blob_id)),
        Err(KeyRingError::Unavailable(source)) => Err(BlobStoreError::Unavailable(source)),
    }
}

/// What a failure of the store means; a disk without room is found among its causes.
fn failed(error: object_store::Error) -> BlobStoreError {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(current) = cause {
        let kind = current.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        if matches!(kind, Some(ErrorKind::StorageFull | ErrorKind::QuotaExceeded)) {
            return BlobStoreError::Full;
        }
        cause = current.source();
    }
    BlobStoreError::Unavailable(error.into())
}

fn place(owner: CandidateId, blob_id: BlobId) -> ObjectPath {
    ObjectPath::from(format!("{owner}/{blob_id}"))
}

#[async_trait]
impl BlobStore for SealedBlobs {
    async fn put(
        &self,
        owner: CandidateId,
        blob_id: BlobId,
        plain: Bytes,
    ) -> Result<BlobRef, BlobStoreError> {
        let key = self.key(owner, blob_id).await?;
        let (seal_key, to_seal) = (Arc::clone(&key), plain.clone());
        let (blob, sealed) = apart(move || {
            let sealed = seal_key
                .seal(&blob_id.to_string(), &to_seal)
                .map_err(|error| BlobStoreError::Unavailable(error.into()))?;
            Ok((reference(blob_id, &sealed), sealed))
        })
        .await?;
        let (place, payload) = (place(owner, blob_id), PutPayload::from(sealed));
        match self.store.put_opts(&place, payload.clone(), PutMode::Create.into()).await {
            Ok(_) => return Ok(blob),
            Err(object_store::Error::AlreadyExists { .. }) => {}
            Err(source) => return Err(failed(source)),
        }
        let known = self.sealed(owner, blob_id).await?;
        let kept = apart(move || {
            let same = open(&*key, blob_id, &known).is_ok_and(|known| known == plain);
            Ok(same.then(|| reference(blob_id, &known)))
        });
        if let Some(kept) = kept.await? {
            return Ok(kept);
        }
        self.store.put(&place, payload).await.map_err(failed)?;
        Ok(blob)
    }

    async fn get(&self, owner: CandidateId, blob_id: BlobId) -> Result<Bytes, BlobStoreError> {
        let key = self.key(owner, blob_id).await?;
        let sealed = self.sealed(owner, blob_id).await?;
        apart(move || open(&*key, blob_id, &sealed)).await
    }

    async fn delete(&self, owner: CandidateId, blob_id: BlobId) -> Result<(), BlobStoreError> {
        match self.store.delete(&place(owner, blob_id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(source) => Err(failed(source)),
        }
    }

    async fn delete_all(&self, owner: CandidateId) -> Result<(), BlobStoreError> {
        let folder = ObjectPath::from(owner.to_string());
        let places = self.store.list(Some(&folder)).map_ok(|object| object.location).boxed();
        let gone = self.store.delete_stream(places);
        gone.try_for_each(|_| std::future::ready(Ok(()))).await.or_else(|error| match error {
            object_store::Error::NotFound { .. } => Ok(()),
            source => Err(failed(source)),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs::OpenOptions;
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_full_disk_is_told_from_other_failures() {
        // The kernel's own full device.
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap().write(b"x").unwrap_err();
        let wrapped = object_store::Error::Generic { store: "LocalFileSystem", source: Box::new(full) };
        assert!(matches!(failed(wrapped), BlobStoreError::Full));
        let other = std::io::Error::from(ErrorKind::PermissionDenied);
        let wrapped = object_store::Error::Generic { store: "LocalFileSystem", source: Box::new(other) };
        assert!(matches!(failed(wrapped), BlobStoreError::Unavailable(_)));
    }
}
