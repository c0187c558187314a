//! A database of a test's own.

use std::sync::Arc;

use interaura_adapters::clock::SystemClock;
use interaura_adapters::event_store::{EventStore, MIGRATIONS, Wake};
use interaura_adapters::key_ring::{MasterKey, PostgresKeyRing};
use interaura_domain::ports::clock::Clock as _;
use interaura_domain::ports::key_ring::KeyRing;
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::environment;

/// The master key of every test.
pub const MASTER_KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

/// A migrated, empty database on the server of `DATABASE_URL`. It goes with that server.
pub struct Database {
    /// Connections to it.
    pub pool: PgPool,
    /// Its address.
    pub url: String,
}

impl Database {
    /// Makes one.
    pub async fn create() -> Self {
        let database = Self::create_empty().await;
        MIGRATIONS.run(&database.pool).await.unwrap();
        database
    }

    /// Makes one without tables.
    pub async fn create_empty() -> Self {
        let server = environment("DATABASE_URL");
        let name = format!("test_{}", SystemClock.new_id().simple());
        let admin = PgPoolOptions::new().max_connections(1).connect(&server).await.unwrap();
        sqlx::query(&format!("CREATE DATABASE {name}")).execute(&admin).await.unwrap();
        admin.close().await;
        let options: PgConnectOptions = server.parse().unwrap();
        let pool = PgPoolOptions::new()
            .max_connections(24)
            .connect_with(options.clone().database(&name))
            .await
            .unwrap();
        let url = sqlx::ConnectOptions::to_url_lossy(&options.database(&name)).to_string();
        Self { pool, url }
    }

    /// A key ring of its own, as another process would have it.
    pub fn keys(&self) -> Arc<dyn KeyRing> {
        let master = MasterKey::from_hex(MASTER_KEY).unwrap();
        Arc::new(PostgresKeyRing::new(self.pool.clone(), master))
    }

    /// A store of its own, as another process would have it.
    pub fn store(&self) -> EventStore {
        self.store_that_wakes(Arc::new(|| {}))
    }

    /// A store that tells of its commits.
    pub fn store_that_wakes(&self, wake: Wake) -> EventStore {
        EventStore::new(self.pool.clone(), self.keys(), Arc::new(SystemClock), "interaura/test", wake)
    }
}
