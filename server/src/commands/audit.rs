//! `interaura audit`: judges the answers of an interview again and recomputes its scores, or verifies the ledger.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Args;
use interaura_domain::ids::InterviewId;

use super::connected::Connected;
use crate::assets::{Asset, Assets};
use crate::config::Config;
use crate::wiring;

/// What `interaura audit` is told.
#[derive(Debug, Args)]
pub(super) struct Audit {
    /// The interview whose answers are judged again and whose scores are recomputed.
    #[arg(required_unless_present = "chain")]
    interview: Option<InterviewId>,
    /// Verify the hash chain over every stored event instead.
    #[arg(long, conflicts_with = "interview")]
    chain: bool,
}

impl Audit {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        let connected = Connected::open(config).await?;
        let outcome = match self.interview {
            Some(interview_id) => scores(config, &connected, interview_id).await,
            None => chain(&connected).await,
        };
        connected.close().await;
        outcome
    }
}

async fn chain(connected: &Connected) -> anyhow::Result<ExitCode> {
    let report = connected.store.verify_ledger().await?;
    let mut out = std::io::stdout();
    writeln!(out, "the ledger holds: {} events in {} appends", report.events, report.appends)?;
    writeln!(out, "head {}", report.head)?;
    Ok(ExitCode::SUCCESS)
}

async fn scores(
    config: &Config,
    connected: &Connected,
    interview_id: InterviewId,
) -> anyhow::Result<ExitCode> {
    let assets = Assets::new(&config.data.assets_dir);
    assets.ensure(Asset::EmbeddingModel).await?;
    let audit = wiring::score_audit(config, &connected.keys, &connected.store, &assets)?;
    let differences = audit.print(interview_id, &mut std::io::stdout()).await?;
    Ok(if differences == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
