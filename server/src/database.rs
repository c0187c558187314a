//! Opens and migrates the database, and finds the master key.

use std::str::FromStr as _;
use std::time::Duration;

use anyhow::Context as _;
use interaura_adapters::event_store::MIGRATIONS;
use interaura_adapters::key_ring::MasterKey;
use secrecy::{ExposeSecret as _, SecretString};
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::config::Config;

/// Connections of one process: six projections and six reactions hold one each for their turn.
const CONNECTIONS: u32 = 32;

/// Connects and migrates.
///
/// # Errors
/// The database cannot be reached, or a migration was edited or failed.
pub async fn connect(url: &SecretString) -> anyhow::Result<PgPool> {
    let options = PgConnectOptions::from_str(url.expose_secret())
        .map_err(|_| anyhow::anyhow!("the database address cannot be parsed"))?
        .application_name("interaura")
        .options([("client_min_messages", "warning")]);
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(Duration::from_secs(10))
        .connect_with(options)
        .await
        .context("could not connect to Postgres")?;
    MIGRATIONS.run(&pool).await.context("could not run migrations")?;
    Ok(pool)
}

/// The key that wraps all others: from the environment, or from a file made on the first start.
///
/// # Errors
/// The key cannot be read, or is not one.
pub fn master_key(config: &Config) -> anyhow::Result<MasterKey> {
    if let Some(key) = &config.data.master_key {
        return MasterKey::from_hex(key.expose_secret()).context("INTERAURA_MASTER_KEY cannot be used");
    }
    std::fs::create_dir_all(&config.data.dir)
        .with_context(|| format!("could not make {}", config.data.dir.display()))?;
    Ok(MasterKey::from_file(&config.data.dir.join("master.key"))?)
}
