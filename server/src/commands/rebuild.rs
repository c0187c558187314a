//! `interaura rebuild`: fills read models anew from position 0, beside those that are read.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Args;
use interaura_domain::ports::signals::View;
use interaura_projections::rebuild::rebuild;

use super::connected::Connected;
use crate::config::Config;
use crate::views::for_view;

/// What `interaura rebuild` is told.
#[derive(Debug, Args)]
pub(super) struct Rebuild {
    /// The read models, `dashboard`; all of them without one.
    views: Vec<View>,
}

impl Rebuild {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        let connected = Connected::open(config).await?;
        let outcome = self.rebuild(&connected).await;
        connected.close().await;
        outcome.map(|()| ExitCode::SUCCESS)
    }

    async fn rebuild(&self, connected: &Connected) -> anyhow::Result<()> {
        let Connected { pool, keys, store, .. } = connected;
        let views = if self.views.is_empty() { View::ALL.to_vec() } else { self.views.clone() };
        for view in views {
            let events = for_view!(view, rebuild(pool, &**keys, store));
            let events = events.map_err(|cause| anyhow::anyhow!(cause))?;
            writeln!(std::io::stdout(), "{}: rebuilt from {events} events", view.name())?;
        }
        Ok(())
    }
}
