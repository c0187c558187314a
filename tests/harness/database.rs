//! A database of a test's own.

use std::sync::Arc;

use futures::TryStreamExt as _;
use interaura_adapters::clock::SystemClock;
use interaura_adapters::event_store::{EventStore, MIGRATIONS, Wake};
use interaura_adapters::key_ring::{MasterKey, PostgresKeyRing};
use interaura_domain::ports::clock::Clock as _;
use interaura_domain::ports::key_ring::KeyRing;
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolCopyExt as _, PgPoolOptions};

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

    /// What its tables hold, in another database: as a backup that is restored elsewhere.
    pub async fn copied(&self) -> Self {
        let copy = Self::create().await;
        let tables: Vec<String> = sqlx::query_scalar(
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_sqlx_migrations'",
        )
        .fetch_all(&self.pool)
        .await
        .unwrap();
        for table in tables {
            sqlx::query(&format!("TRUNCATE {table} CASCADE")).execute(&copy.pool).await.unwrap();
            let mut rows = self.pool.copy_out_raw(&format!("COPY {table} TO STDOUT")).await.unwrap();
            let mut writer = copy.pool.copy_in_raw(&format!("COPY {table} FROM STDIN")).await.unwrap();
            while let Some(bytes) = rows.try_next().await.unwrap() {
                writer.send(bytes).await.unwrap();
            }
            writer.finish().await.unwrap();
        }
        copy
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
