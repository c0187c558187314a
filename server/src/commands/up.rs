//! `interaura up`: everything in one process.

use std::process::ExitCode;

use tokio_util::sync::CancellationToken;

use crate::assets::{Asset, Assets};
use crate::config::Config;
use crate::embedded::Embedded;
use crate::roles::{self, Role};
use crate::{database, shutdown};

pub(super) async fn run(config: Config) -> anyhow::Result<ExitCode> {
    let shutdown = shutdown::listen()?;
    let assets = Assets::new(&config.data.assets_dir);
    let Some(services) = start(&config, &assets, Asset::ALL.to_vec(), &shutdown).await? else {
        return Ok(ExitCode::SUCCESS);
    };
    let outcome = serve(&config, &services, &assets, &shutdown).await;
    services.stop().await;
    outcome.map(|()| ExitCode::SUCCESS)
}

async fn serve(
    config: &Config,
    services: &Embedded,
    assets: &Assets,
    shutdown: &CancellationToken,
) -> anyhow::Result<()> {
    database::migrate(&services.urls().database).await?;
    roles::run(&Role::ALL, config, services.urls(), assets, shutdown).await
}

/// Fetches what is missing and starts the services; nothing when `shutdown` came first.
///
/// A download is given up at once. A start is seen through and then stopped, so that nothing is
/// left running.
pub(super) async fn start(
    config: &Config,
    assets: &Assets,
    needed: Vec<Asset>,
    shutdown: &CancellationToken,
) -> anyhow::Result<Option<Embedded>> {
    for asset in needed {
        tokio::select! {
            ensured = assets.ensure_or_do_without(asset) => ensured?,
            () = shutdown.cancelled() => return Ok(None),
        }
    }
    let services = Embedded::start(config, assets).await?;
    if shutdown.is_cancelled() {
        services.stop().await;
        return Ok(None);
    }
    Ok(Some(services))
}
