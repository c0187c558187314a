//! Postgres and NATS of our own, for machines where the operator names none.
//!
//! Both run privately under the data directory: Postgres on a Unix socket only, NATS on one port of
//! the loopback interface, each with a random password. Whichever dies is started again at the same
//! address; whatever a killed predecessor left running is stopped first. One process at a time owns
//! a data directory, by a lock on a file in it.

mod identity;
mod instance;
mod leftovers;
mod nats;
mod place;
mod postgres;
mod spawner;
mod supervisor;

use secrecy::{ExposeSecret as _, SecretString};

use self::instance::InstanceLock;
pub use self::instance::{Running, running};
use self::place::Place;
pub(crate) use self::spawner::Spawner;
use self::supervisor::Supervised;
use crate::assets::{Asset, Assets};
use crate::config::Config;

/// Where Postgres and NATS are reached, whoever runs them.
#[derive(Debug, Clone)]
pub struct ServiceUrls {
    /// A `postgres://` address.
    pub database: SecretString,
    /// A `nats://` address; connect with [`nats::connect`](crate::nats::connect).
    pub nats: SecretString,
}

/// The services that this process started and looks after.
///
/// Dropping it without [`stop`](Self::stop) ends the services too, but without waiting for them.
#[derive(Debug)]
pub struct Embedded {
    urls: ServiceUrls,
    postgres: Option<Supervised>,
    nats: Option<Supervised>,
    owned: Option<(Place, InstanceLock)>,
}

impl Embedded {
    /// Downloads that [`start`](Self::start) needs with this configuration.
    pub fn assets(config: &Config) -> Vec<Asset> {
        let postgres = config.services.database_url.is_none();
        let nats = config.services.nats_url.is_none();
        let mut assets = Vec::new();
        assets.extend(postgres.then_some(Asset::Postgres));
        assets.extend(nats.then_some(Asset::NatsServer));
        assets
    }

    /// Starts what the configuration names no address for, and waits until it answers.
    ///
    /// # Errors
    ///
    /// When another process owns the data directory, a download cannot be had, or a service does
    /// not come up; the message holds the end of its log. What was started is stopped again.
    pub async fn start(config: &Config, assets: &Assets) -> anyhow::Result<Self> {
        let given = &config.services;
        if let (Some(database), Some(nats)) = (&given.database_url, &given.nats_url) {
            let (database, nats) = (database.clone(), nats.clone());
            return Ok(Self {
                urls: ServiceUrls { database, nats },
                postgres: None,
                nats: None,
                owned: None,
            });
        }
        let lock = InstanceLock::take(&config.data.dir)?;
        let place = Place::prepare(&config.data)?;
        let spawner = Spawner::start()?;
        let postgres = Self::start_postgres(config, assets, &place, &spawner);
        let nats = Self::start_nats(config, assets, &place, &spawner);
        let (postgres, nats) = tokio::join!(postgres, nats);
        let ((database, postgres), (nats_url, nats)) = match (postgres, nats) {
            (Ok(postgres), Ok(nats)) => (postgres, nats),
            (Err(error), other) | (other, Err(error)) => {
                if let Ok((_, Some(service))) = other {
                    service.stop().await;
                }
                return Err(error);
            }
        };
        let urls = ServiceUrls { database, nats: nats_url };
        lock.publish(&urls)?;
        Ok(Self { urls, postgres, nats, owned: Some((place, lock)) })
    }

    /// Where Postgres and NATS are reached.
    pub fn urls(&self) -> &ServiceUrls {
        &self.urls
    }

    /// Where Postgres is reached, with its password.
    pub fn database_url(&self) -> &str {
        self.urls.database.expose_secret()
    }

    /// Where NATS is reached, with its password.
    pub fn nats_url(&self) -> &str {
        self.urls.nats.expose_secret()
    }

    /// The process id of our Postgres, while it runs.
    pub fn postgres_pid(&self) -> Option<u32> {
        self.postgres.as_ref().and_then(Supervised::pid)
    }

    /// The process id of our NATS, while it runs.
    pub fn nats_pid(&self) -> Option<u32> {
        self.nats.as_ref().and_then(Supervised::pid)
    }

    /// Stops what was started, NATS and Postgres at once, and returns when both have ended.
    pub async fn stop(self) {
        let Self { postgres, nats, owned, .. } = self;
        Self::stop_services(postgres, nats).await;
        drop(owned);
    }

    /// Stops as [`stop`](Self::stop) does, and removes what was written outside of the data
    /// directory.
    pub(crate) async fn stop_and_forget(self) -> anyhow::Result<()> {
        let Self { postgres, nats, owned, .. } = self;
        Self::stop_services(postgres, nats).await;
        owned.map_or(Ok(()), |(place, _lock)| place.remove_outside())
    }

    async fn stop_services(postgres: Option<Supervised>, nats: Option<Supervised>) {
        let stop = async |service: Option<Supervised>| {
            if let Some(service) = service {
                service.stop().await;
            }
        };
        tokio::join!(stop(nats), stop(postgres));
    }

    async fn start_postgres(
        config: &Config,
        assets: &Assets,
        place: &Place,
        spawner: &Spawner,
    ) -> anyhow::Result<(SecretString, Option<Supervised>)> {
        if let Some(url) = &config.services.database_url {
            return Ok((url.clone(), None));
        }
        let programs = assets.ensure(Asset::Postgres).await?;
        let programs = place.reachable_copy(&programs)?;
        let postgres = postgres::Postgres::prepare(place, &programs, spawner).await?;
        let url = postgres.url();
        let service = Supervised::start(postgres, spawner.clone()).await?;
        Ok((url, Some(service)))
    }

    async fn start_nats(
        config: &Config,
        assets: &Assets,
        place: &Place,
        spawner: &Spawner,
    ) -> anyhow::Result<(SecretString, Option<Supervised>)> {
        if let Some(url) = &config.services.nats_url {
            return Ok((url.clone(), None));
        }
        let program = assets.ensure(Asset::NatsServer).await?;
        let program = place.reachable_copy(&program)?;
        let nats = nats::Nats::prepare(place, &program).await?;
        let url = nats.url();
        let service = Supervised::start(nats, spawner.clone()).await?;
        Ok((url, Some(service)))
    }
}
