//! `interaura dead-letters`: events that a read model could not apply.

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use interaura_domain::envelope::Position;
use interaura_domain::ports::signals::View;
use interaura_projections::dead_letters::{discard, list, retry};

use super::connected::Connected;
use crate::config::Config;
use crate::views::for_view;

/// What `interaura dead-letters` is told.
#[derive(Debug, Args)]
pub(super) struct DeadLetters {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Every parked event, and those that wait behind it.
    List,
    /// Apply the parked events of a read model again, each candidate's in order.
    Retry {
        /// The read model.
        view: View,
    },
    /// Forget one parked event for good; then retry those that waited behind it.
    Discard {
        /// The read model.
        view: View,
        /// The event.
        position: u64,
    },
}

impl DeadLetters {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        let connected = Connected::open(config).await?;
        let outcome = self.act(&connected).await;
        connected.close().await;
        outcome
    }

    async fn act(&self, connected: &Connected) -> anyhow::Result<ExitCode> {
        let Connected { pool, keys, store, .. } = connected;
        let mut out = std::io::stdout();
        match &self.action {
            Action::List => {
                for letter in list(pool).await? {
                    let error = letter.error.as_deref().unwrap_or("waits behind an earlier event");
                    writeln!(out, "{} {} {}: {error}", letter.view, letter.position, letter.event_type)?;
                }
            }
            Action::Retry { view } => {
                let applied = for_view!(*view, retry(pool, &**keys, store));
                let applied = applied.map_err(|cause| anyhow::anyhow!(cause))?;
                writeln!(out, "{applied} events applied")?;
            }
            Action::Discard { view, position } => {
                if !discard(pool, *view, Position(*position)).await? {
                    writeln!(out, "{} has no parked event at {position}", view.name())?;
                    return Ok(ExitCode::FAILURE);
                }
                writeln!(out, "forgotten")?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
