//! Opens or migrates the database, and finds the master key.

use std::str::FromStr as _;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use interaura_adapters::event_store::MIGRATIONS;
use interaura_adapters::key_ring::MasterKey;
use secrecy::{ExposeSecret as _, SecretString};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection as _, PgConnection, PgPool};

use crate::config::Config;

/// Connections of one process: six projections and six reactions hold one each for their turn.
const CONNECTIONS: u32 = 32;
/// Where the master key is kept, in the data folder.
const KEY_FILE: &str = "master.key";

/// Connects to a migrated database.
///
/// # Errors
/// The database cannot be reached, or lacks a migration of this version.
pub async fn connect(url: &SecretString) -> anyhow::Result<PgPool> {
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(Duration::from_secs(10))
        .connect_with(options(url)?)
        .await
        .context("could not connect to Postgres")?;
    let mut connection = pool.acquire().await.context("could not connect to Postgres")?;
    let missing = missing_migrations(&mut connection).await?;
    drop(connection);
    ensure!(missing == 0, "the database lacks {missing} migrations of this version; run `interaura migrate`");
    Ok(pool)
}

/// Brings a database to this version. Others that do the same meanwhile are waited for.
///
/// # Errors
/// The database cannot be reached, or a migration was edited or failed.
pub async fn migrate(url: &SecretString) -> anyhow::Result<()> {
    let connection = PgConnection::connect_with(&options(url)?).await;
    let mut connection = connection.context("could not connect to Postgres")?;
    MIGRATIONS.run(&mut connection).await.context("could not run migrations")?;
    connection.close().await?;
    Ok(())
}

/// How many migrations of this version a database lacks; it may have newer ones.
///
/// # Errors
/// The database cannot be read, or holds a migration that failed half-way.
pub async fn missing_migrations(connection: &mut PgConnection) -> anyhow::Result<usize> {
    let known: bool = sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL")
        .fetch_one(&mut *connection)
        .await
        .context("could not read the database")?;
    let applied: Vec<i64> = if known {
        sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success")
            .fetch_all(connection)
            .await
            .context("could not read which migrations there are")?
    } else {
        Vec::new()
    };
    Ok(MIGRATIONS.iter().filter(|migration| !applied.contains(&migration.version)).count())
}

/// A session whose machine is gone is ended by the server after half a minute, and its locks with it.
fn options(url: &SecretString) -> anyhow::Result<PgConnectOptions> {
    let options = PgConnectOptions::from_str(url.expose_secret())
        .map_err(|_| anyhow::anyhow!("the database address cannot be parsed"))?;
    Ok(options.application_name("interaura").options([
        ("client_min_messages", "warning"),
        ("tcp_keepalives_idle", "15"),
        ("tcp_keepalives_interval", "5"),
        ("tcp_keepalives_count", "3"),
    ]))
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
    Ok(MasterKey::from_file(&config.data.dir.join(KEY_FILE))?)
}

/// Whether the master key is there already, so that processes that share a database share it too.
pub fn has_master_key(config: &Config) -> bool {
    config.data.master_key.is_some() || config.data.dir.join(KEY_FILE).exists()
}
