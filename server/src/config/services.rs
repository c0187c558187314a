//! Postgres and NATS, when they are somebody else's.

use std::str::FromStr as _;

use secrecy::SecretString;
use sqlx::postgres::PgConnectOptions;

use super::Environment;
use super::variable::{Kind, Unset, Variable};

/// Postgres and NATS, when they are somebody else's. What is unset here is started and supervised
/// by [`Embedded`](crate::embedded::Embedded).
#[derive(Debug, Clone, Default)]
pub struct ServicesConfig {
    /// From `DATABASE_URL`; a `postgres://` address with its credentials.
    pub database_url: Option<SecretString>,
    /// From `NATS_URL`; a `nats://` or `tls://` address, credentials as its user part.
    pub nats_url: Option<SecretString>,
}

pub(super) const VARIABLES: &[Variable] = &[
    Variable {
        name: "DATABASE_URL",
        meaning: "The Postgres server to use, 15 or newer, with its credentials.",
        kind: Kind::Url(&["postgres", "postgresql"]),
        default: Unset::Otherwise("one that Interaura starts for itself"),
    },
    Variable {
        name: "NATS_URL",
        meaning: "The NATS server to use, 2.12 or newer with JetStream; credentials are its user part.",
        kind: Kind::Url(&["nats", "tls", "ws", "wss"]),
        default: Unset::Otherwise("one that Interaura starts for itself"),
    },
];

impl ServicesConfig {
    pub(super) fn read(environment: &Environment<'_>) -> anyhow::Result<Self> {
        let database_url = environment.text("DATABASE_URL")?;
        if let Some(url) = &database_url {
            let scheme = url.split("://").next();
            anyhow::ensure!(
                matches!(scheme, Some("postgres" | "postgresql")) && PgConnectOptions::from_str(url).is_ok(),
                "DATABASE_URL is not a postgres:// address that can be parsed"
            );
        }
        let nats_url = environment.text("NATS_URL")?;
        if let Some(url) = &nats_url {
            anyhow::ensure!(
                async_nats::ServerAddr::from_str(url).is_ok(),
                "NATS_URL is not a nats:// or tls:// address that can be parsed"
            );
        }
        Ok(Self {
            database_url: database_url.map(SecretString::from),
            nats_url: nats_url.map(SecretString::from),
        })
    }
}
