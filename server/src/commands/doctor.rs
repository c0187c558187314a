//! `interaura doctor`: checks each part, and says what to do about a problem.

mod checks;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use crate::config::Config;

/// What `interaura doctor` is told.
#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// Print the findings as JSON.
    #[arg(long)]
    json: bool,
}

/// What one check found.
#[derive(Debug, Serialize)]
struct Finding {
    /// What was checked.
    part: &'static str,
    /// Whether it can be used as it is.
    ok: bool,
    /// What was seen.
    seen: String,
    /// What to do about a problem.
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<String>,
}

impl Finding {
    fn ok(part: &'static str, seen: impl Into<String>) -> Self {
        Self { part, ok: true, seen: seen.into(), remedy: None }
    }

    fn problem(part: &'static str, seen: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { part, ok: false, seen: seen.into(), remedy: Some(remedy.into()) }
    }
}

impl Doctor {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        let findings = checks::all(config).await;
        let mut out = std::io::stdout().lock();
        if self.json {
            serde_json::to_writer_pretty(&mut out, &findings)?;
            writeln!(out)?;
        } else {
            for finding in &findings {
                let verdict = if finding.ok { "ok     " } else { "problem" };
                writeln!(out, "{verdict}  {}: {}", finding.part, finding.seen)?;
                if let Some(remedy) = &finding.remedy {
                    writeln!(out, "         -> {remedy}")?;
                }
            }
        }
        let healthy = findings.iter().all(|finding| finding.ok);
        Ok(if healthy { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
