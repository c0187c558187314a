//! `interaura up`: everything in one process.

use std::process::ExitCode;

use tokio_util::sync::CancellationToken;

use crate::assets::{Asset, Assets};
use crate::config::Config;
use crate::embedded::Embedded;
use crate::{shutdown, up};

pub(super) async fn run(config: Config) -> anyhow::Result<ExitCode> {
    let shutdown = shutdown::listen()?;
    let assets = Assets::new(&config.data.assets_dir);
    let Some(services) = start(&config, &assets, Asset::ALL.to_vec(), &shutdown).await? else {
        return Ok(ExitCode::SUCCESS);
    };
    let urls = services.urls().clone();
    let served = up::serve(config, urls, assets, shutdown).await;
    services.stop().await;
    served.map(|()| ExitCode::SUCCESS)
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
            path = assets.ensure(asset) => drop(path?),
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
