//! Leases in a `JetStream` key-value bucket, changed only by compare and set; the bucket forgets what is
//! not renewed.

use std::time::Duration;

use async_nats::Client;
use async_nats::jetstream::kv::{Config, CreateErrorKind, Store, UpdateErrorKind};
use async_nats::jetstream::stream::StorageType;
use async_trait::async_trait;
use interaura_domain::ports::Cause;
use interaura_domain::ports::leases::{Lease, Leases};
use tokio::sync::OnceCell;

/// Leases in a `JetStream` key-value bucket.
pub struct JetStreamLeases {
    client: Client,
    bucket: String,
    lifetime: Duration,
    store: OnceCell<Store>,
}

impl JetStreamLeases {
    /// Leases that last `lifetime`, in a bucket that is made when it is first needed.
    pub fn new(client: Client, bucket: &str, lifetime: Duration) -> Self {
        Self { client, bucket: bucket.to_owned(), lifetime, store: OnceCell::new() }
    }

    async fn store(&self) -> Result<&Store, Cause> {
        self.store
            .get_or_try_init(|| async {
                let jetstream = async_nats::jetstream::new(self.client.clone());
                if let Ok(store) = jetstream.get_key_value(&self.bucket).await {
                    return Ok(store);
                }
                let config = Config {
                    bucket: self.bucket.clone(),
                    history: 1,
                    max_age: self.lifetime,
                    storage: StorageType::Memory,
                    ..Config::default()
                };
                Ok::<_, Cause>(jetstream.create_key_value(config).await?)
            })
            .await
    }
}

#[async_trait]
impl Leases for JetStreamLeases {
    async fn claim(&self, name: &str, holder: &str) -> Result<Option<Lease>, Cause> {
        match self.store().await?.create(name, holder.to_owned().into()).await {
            Ok(revision) => Ok(Some(Lease { name: name.to_owned(), revision })),
            Err(error) if error.kind() == CreateErrorKind::AlreadyExists => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn renew(&self, lease: &Lease, holder: &str) -> Result<Option<Lease>, Cause> {
        match self.store().await?.update(&lease.name, holder.to_owned().into(), lease.revision).await {
            Ok(revision) => Ok(Some(Lease { name: lease.name.clone(), revision })),
            Err(error) if error.kind() == UpdateErrorKind::WrongLastRevision => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn release(&self, lease: Lease) -> Result<(), Cause> {
        // Somebody else's lease stays: only this very revision is deleted.
        match self.store().await?.delete_expect_revision(&lease.name, Some(lease.revision)).await {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == UpdateErrorKind::WrongLastRevision => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    fn lifetime(&self) -> Duration {
        self.lifetime
    }
}
