//! `interaura rescore`: what old answers would score under another rubric or evaluator, without touching history.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};

use super::connected::Connected;
use crate::assets::{Asset, Assets};
use crate::config::Config;
use crate::model::chat_model;
use crate::wiring::{self, Judge};

/// Who judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Evaluator {
    /// The evaluator of this program.
    Embedded,
    /// The same in several readings, as contested answers are judged.
    Readings,
    /// The language model that `GROQ_API_KEY` or `LLM_BASE_URL` names.
    Model,
}

/// What `interaura rescore` is told.
#[derive(Debug, Args)]
pub(super) struct Rescore {
    /// The rubric to judge by, with an id of its own; without it the one that is shipped. Its weights count with every
    /// evaluator, what it says of each level with `--evaluator model` only.
    #[arg(long, value_name = "FILE")]
    rubric: Option<PathBuf>,
    /// Who judges.
    #[arg(long, value_enum, default_value = "embedded")]
    evaluator: Evaluator,
    /// How often a model judges each answer; the level in the middle counts, and `LLM_SAMPLES` without it.
    #[arg(long, value_parser = clap::value_parser!(u8).range(1..=9))]
    samples: Option<u8>,
    /// Verdicts recorded at this time or later, RFC 3339.
    #[arg(long)]
    since: Option<DateTime<Utc>>,
    /// Verdicts recorded before this time, RFC 3339.
    #[arg(long)]
    until: Option<DateTime<Utc>>,
    /// Also write one row for each answer to this file, as Parquet.
    #[arg(long, value_name = "FILE")]
    parquet: Option<PathBuf>,
}

impl Rescore {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        let rubric = match &self.rubric {
            Some(path) => Some(
                std::fs::read_to_string(path)
                    .with_context(|| format!("could not read {}", path.display()))?,
            ),
            None => None,
        };
        let connected = Connected::open(config).await?;
        let outcome = self.rescore(config, &connected, rubric.as_deref()).await;
        connected.close().await;
        outcome.map(|()| ExitCode::SUCCESS)
    }

    async fn rescore(
        &self,
        config: &Config,
        connected: &Connected,
        rubric: Option<&str>,
    ) -> anyhow::Result<()> {
        let assets = Assets::new(&config.data.assets_dir);
        assets.ensure(Asset::EmbeddingModel).await?;
        if let Some(path) = self.parquet.as_ref().filter(|path| path.exists()) {
            bail!("{} is there already; name another file", path.display());
        }
        let judge = match self.evaluator {
            Evaluator::Embedded | Evaluator::Readings if self.samples.is_some() => {
                bail!("--samples is for --evaluator model: the others always come to the same verdict")
            }
            Evaluator::Embedded => Judge::Embedded,
            Evaluator::Readings => Judge::SeveralReadings,
            Evaluator::Model => {
                let chat = chat_model(&config.model).await?;
                let chat = chat.context("no language model is named: set GROQ_API_KEY or LLM_BASE_URL")?;
                Judge::Model { chat, samples: self.samples.unwrap_or(config.model.samples) }
            }
        };
        let rescoring = wiring::rescoring(config, &connected.keys, &connected.store, &assets, judge, rubric)?;
        let rescores = rescoring.run(self.since, self.until).await?;
        let mut out = std::io::stdout();
        write!(out, "{}", rescores.report())?;
        if rubric.is_some() && self.evaluator != Evaluator::Model {
            writeln!(
                out,
                "of the rubric only the weights count here: levels are read by its words with --evaluator model"
            )?;
        }
        match &self.parquet {
            Some(path) => rescores.write_parquet(path),
            None => Ok(()),
        }
    }
}
