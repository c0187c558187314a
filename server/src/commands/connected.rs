//! The log for commands that look at it: of a running `interaura up`, of the addresses given, or of
//! services started for the time of the command.

use std::sync::Arc;

use interaura_adapters::clock::SystemClock;
use interaura_adapters::event_store::EventStore;
use interaura_adapters::key_ring::PostgresKeyRing;
use interaura_domain::ports::clock::Clock;
use interaura_domain::ports::key_ring::KeyRing;
use sqlx::PgPool;

use crate::assets::Assets;
use crate::config::Config;
use crate::database;
use crate::embedded::{Embedded, ServiceUrls, running};

/// A log that can be looked at.
pub(super) struct Connected {
    pub(super) pool: PgPool,
    pub(super) keys: Arc<dyn KeyRing>,
    pub(super) store: EventStore,
    pub(super) urls: ServiceUrls,
    started: Option<Embedded>,
}

impl Connected {
    pub(super) async fn open(config: &Config) -> anyhow::Result<Self> {
        let (urls, started) = if let Some(urls) = running(&config.data.dir).and_then(|running| running.urls) {
            (urls, None)
        } else {
            let embedded = Embedded::start(config, &Assets::new(&config.data.assets_dir)).await?;
            // Somebody else's database is not changed by looking at it.
            if config.services.database_url.is_none() {
                database::migrate(&embedded.urls().database).await?;
            }
            (embedded.urls().clone(), Some(embedded))
        };
        let pool = database::connect(&urls.database).await?;
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let keys: Arc<dyn KeyRing> =
            Arc::new(PostgresKeyRing::new(pool.clone(), database::master_key(config)?));
        let recorded_by = concat!("interaura/", env!("CARGO_PKG_VERSION"));
        let store = EventStore::new(pool.clone(), Arc::clone(&keys), clock, recorded_by, Arc::new(|| {}));
        Ok(Self { pool, keys, store, urls, started })
    }

    pub(super) async fn close(self) {
        self.pool.close().await;
        if let Some(started) = self.started {
            started.stop().await;
        }
    }
}
