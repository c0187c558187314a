//! `interaura serve`, `work`, `project` and `relay`: one role in this process, for many machines.

use std::process::ExitCode;

use anyhow::{bail, ensure};

use crate::assets::Assets;
use crate::config::Config;
use crate::embedded::{ServiceUrls, running};
use crate::roles::{self, Role};
use crate::{database, shutdown};

pub(super) async fn run(role: Role, config: &Config) -> anyhow::Result<ExitCode> {
    let shutdown = shutdown::listen()?;
    let urls = urls(config)?;
    ensure!(
        database::has_master_key(config),
        "there is no master key; set INTERAURA_MASTER_KEY to the same 64 hexadecimal digits for every \
         role (`openssl rand -hex 32` makes some), or INTERAURA_DATA to the folder that holds master.key"
    );
    let assets = Assets::new(&config.data.assets_dir);
    for asset in role.assets() {
        tokio::select! {
            ensured = assets.ensure_or_do_without(*asset) => ensured?,
            () = shutdown.cancelled() => return Ok(ExitCode::SUCCESS),
        }
    }
    roles::run(&[role], config, &urls, &assets, &shutdown).await?;
    Ok(ExitCode::SUCCESS)
}

/// Where Postgres and NATS are: as configured, else those of the process that owns the data folder.
///
/// # Errors
/// There are none yet, or one of the two is not named.
pub(super) fn urls(config: &Config) -> anyhow::Result<ServiceUrls> {
    match (&config.services.database_url, &config.services.nats_url) {
        (Some(database), Some(nats)) => Ok(ServiceUrls { database: database.clone(), nats: nats.clone() }),
        (Some(_), None) => bail!("DATABASE_URL is set and NATS_URL is not; a role apart needs both"),
        (None, Some(_)) => bail!("NATS_URL is set and DATABASE_URL is not; a role apart needs both"),
        (None, None) => match running(&config.data.dir).and_then(|running| running.urls) {
            Some(urls) => Ok(urls),
            None => bail!(
                "a role apart starts no servers; set DATABASE_URL and NATS_URL, or start `interaura up` or \
                 `interaura services --dir` on {} first",
                config.data.dir.display()
            ),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(variables: &[(&str, &str)]) -> String {
        let config = Config::of(variables).unwrap();
        format!("{:#}", urls(&config).unwrap_err())
    }

    #[test]
    fn a_role_apart_says_what_to_set() {
        let database = ("DATABASE_URL", "postgres://localhost/x");
        let data = ("INTERAURA_DATA", "/nonexistent/interaura");
        assert!(told(&[database, data]).contains("NATS_URL is not"));
        assert!(told(&[("NATS_URL", "nats://localhost"), data]).contains("DATABASE_URL is not"));
        let neither = told(&[data]);
        assert!(["DATABASE_URL", "NATS_URL", "interaura up"].iter().all(|word| neither.contains(word)));
    }
}
