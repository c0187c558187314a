//! `interaura schemas`: the contracts, generated from the code.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use interaura_domain::account::event::AccountEvent;
use interaura_domain::interview::event::InterviewEvent;
use interaura_domain::mail::event::MailEvent;
use interaura_domain::resume::event::ResumeEvent;

/// What `interaura schemas` is told.
#[derive(Debug, Args)]
pub(super) struct Schemas {
    /// The folder to write into.
    #[arg(long, default_value = "schemas")]
    into: PathBuf,
}

impl Schemas {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        for (path, text) in files()? {
            write(&self.into.join(path), &text)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Every generated file: its place under `schemas/`, and its text.
///
/// # Errors
/// A schema cannot be written as JSON.
pub fn files() -> anyhow::Result<Vec<(String, String)>> {
    let aggregates = [
        ("account", AccountEvent::schemas()),
        ("resume", ResumeEvent::schemas()),
        ("interview", InterviewEvent::schemas()),
        ("mail", MailEvent::schemas()),
    ];
    let mut files = vec![("graphql/schema.graphql".to_owned(), interaura_api::graphql::sdl())];
    for (aggregate, events) in aggregates {
        for (event, version, schema) in events {
            let path = format!("events/{aggregate}/{event}.v{version}.json");
            files.push((path, serde_json::to_string_pretty(&schema)? + "\n"));
        }
    }
    Ok(files)
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("could not make {}", folder.display()))?;
    }
    std::fs::write(path, text).with_context(|| format!("could not write {}", path.display()))
}
