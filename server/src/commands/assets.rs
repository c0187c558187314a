//! `interaura assets`: fetches all downloads, so that a later start needs no network.

use std::io::Write as _;
use std::process::ExitCode;

use crate::assets::{Asset, Assets};
use crate::config::Config;
use crate::shutdown;

pub(super) async fn run(config: &Config) -> anyhow::Result<ExitCode> {
    let assets = Assets::new(&config.data.assets_dir);
    let stop = shutdown::listen()?;
    for asset in Asset::ALL {
        let path = tokio::select! {
            path = assets.ensure(asset) => path?,
            () = stop.cancelled() => return Ok(ExitCode::from(130)),
        };
        writeln!(
            std::io::stdout(),
            "{} {} ({}): {}",
            asset.name(),
            asset.version(),
            asset.licence(),
            path.display()
        )?;
    }
    Ok(ExitCode::SUCCESS)
}
