//! `interaura rebuild`: fills read models anew from position 0, beside those that are read.

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use clap::Args;
use interaura_domain::ports::event_log::EventLog;
use interaura_domain::ports::signals::View;
use interaura_projections::rebuild::rebuild;

use super::connected::Connected;
use crate::config::Config;

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
        let views = if self.views.is_empty() { View::ALL.to_vec() } else { self.views.clone() };
        let log: Arc<dyn EventLog> = Arc::new(connected.store.clone());
        let rebuilt = rebuild(&connected.pool, &connected.keys, &log, &views).await;
        let rebuilt = rebuilt.map_err(|cause| anyhow::anyhow!(cause))?;
        for view in views {
            writeln!(std::io::stdout(), "{}: rebuilt from {} events", view.name(), rebuilt.events)?;
        }
        rebuilt.sweep(&connected.pool).await.context("could not delete the rows of before")
    }
}
