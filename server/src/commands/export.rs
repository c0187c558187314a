//! `interaura export`: the log as Parquet, partitioned by day and event type, for engines of analysis.

mod parts;

use std::io::Write as _;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, ensure};
use chrono::{DateTime, Utc};
use clap::Args;
use interaura_adapters::event_store::{LogFilter, StoredEvent};

use self::parts::{Parts, Row};
use super::connected::Connected;
use super::known;
use super::replay::show_personal;
use crate::config::Config;

/// Events read at once.
const PAGE: u32 = 500;

/// What `interaura export` is told.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// The folder to write into; it must be empty, or not there yet.
    into: PathBuf,
    /// Recorded at this time or later, RFC 3339.
    #[arg(long)]
    since: Option<DateTime<Utc>>,
    /// Recorded before this time, RFC 3339.
    #[arg(long)]
    until: Option<DateTime<Utc>>,
    /// Of this type, `answer_evaluated`; may be given again.
    #[arg(long = "type", value_name = "TYPE", value_parser = known::event_types())]
    event_types: Vec<String>,
    /// After this position.
    #[arg(long, default_value_t = 0)]
    after: u64,
    /// Open personal fields, and bring events to their newest version; without it the bodies are
    /// written as they are stored, sealed.
    #[arg(long)]
    open: bool,
}

impl Export {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        prepare(&self.into)?;
        let connected = Connected::open(config).await?;
        let outcome = self.export(&connected).await;
        connected.close().await;
        outcome.map(|()| ExitCode::SUCCESS)
    }

    async fn export(&self, connected: &Connected) -> anyhow::Result<()> {
        let mut filter = LogFilter {
            after: self.after,
            since: self.since,
            until: self.until,
            event_types: self.event_types.clone(),
            ..LogFilter::default()
        };
        let mut parts = Parts::new(&self.into);
        let mut events = 0;
        loop {
            let page = connected.store.stored(&filter, PAGE).await?;
            let Some(last) = page.last() else { break };
            filter.after = last.position;
            events += page.len();
            for stored in page {
                parts.add(self.row(connected, stored).await?)?;
            }
        }
        let files = parts.close()?;
        let mut out = std::io::stdout();
        writeln!(out, "{events} events in {files} files, up to position {}", filter.after)?;
        if self.open {
            tracing::warn!("{} holds personal data in the clear", self.into.display());
        }
        Ok(())
    }

    async fn row(&self, connected: &Connected, stored: StoredEvent) -> anyhow::Result<Row> {
        if !self.open {
            return Row::sealed(stored);
        }
        let mut event = connected.store.open(stored).await.map_err(|cause| anyhow::anyhow!(cause))?;
        let mut payload = serde_json::from_str(&event.payload)?;
        show_personal(&mut payload, true);
        event.payload = payload.to_string();
        Ok(Row::opened(event))
    }
}

/// Makes the folder, readable to its owner alone.
fn prepare(folder: &Path) -> anyhow::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .with_context(|| format!("could not make {}", folder.display()))?;
    let mut found = std::fs::read_dir(folder)?;
    ensure!(
        found.next().is_none(),
        "{} is not empty; export into a new folder, for what is there would count twice",
        folder.display()
    );
    Ok(())
}
