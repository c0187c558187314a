//! `interaura audit`: recomputes the scores of an interview, or verifies the ledger.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::Args;
use interaura_domain::event::AnyEvent;
use interaura_domain::ids::InterviewId;
use interaura_domain::ports::event_log::EventLog as _;

use super::connected::Connected;
use crate::config::Config;
use crate::score_tree::ScoreTree;

/// What `interaura audit` is told.
#[derive(Debug, Args)]
pub(super) struct Audit {
    /// The interview whose scores are recomputed.
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
            Some(interview_id) => scores(&connected, interview_id).await,
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

async fn scores(connected: &Connected, interview_id: InterviewId) -> anyhow::Result<ExitCode> {
    let recorded = connected.store.read_stream("interview", interview_id.0).await;
    let recorded =
        recorded.map_err(|cause| anyhow::anyhow!(cause)).context("could not read the interview")?;
    if recorded.is_empty() {
        bail!("there is no interview {interview_id}");
    }
    let mut tree = ScoreTree::default();
    for recorded in &recorded {
        match AnyEvent::decode(recorded)? {
            AnyEvent::Interview(event) => tree.add(&event, recorded),
            AnyEvent::Account(_) | AnyEvent::Resume(_) | AnyEvent::Mail(_) => {}
        }
    }
    let mut out = std::io::stdout();
    let differences = tree.print(&mut out)?;
    if differences > 0 {
        writeln!(out, "{differences} recomputed numbers differ from the recorded ones")?;
        return Ok(ExitCode::FAILURE);
    }
    writeln!(out, "every number was recomputed and agrees")?;
    Ok(ExitCode::SUCCESS)
}
