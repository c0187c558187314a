//! `interaura schemas`: the contracts, generated from the code.

mod asyncapi;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use interaura_domain::account::event::AccountEvent;
use interaura_domain::attention::event::AttentionEvent;
use interaura_domain::interview::event::InterviewEvent;
use interaura_domain::mail::event::MailEvent;
use interaura_domain::recording::event::RecordingEvent;
use interaura_domain::resume::event::ResumeEvent;
use interaura_domain::transcript::event::TranscriptEvent;
use serde::Serialize;
use serde_json::{Map, Value, json};

use self::asyncapi::Message;
use crate::config::variables;

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
        ("transcript", TranscriptEvent::schemas()),
        ("attention", AttentionEvent::schemas()),
        ("recording", RecordingEvent::schemas()),
    ];
    let mut files = vec![
        ("graphql/schema.graphql".to_owned(), interaura_api::graphql::sdl()),
        ("config.schema.json".to_owned(), pretty(&configuration())?),
    ];
    let mut messages = Vec::new();
    for (aggregate, events) in &aggregates {
        for (event_type, version, schema) in events {
            let path = format!("events/{aggregate}/{event_type}.v{version}.json");
            files.push((path.clone(), pretty(schema)?));
            let meaning = schema.get("description").and_then(Value::as_str).unwrap_or_default();
            messages.push(Message { aggregate, event_type, version, path, meaning });
        }
    }
    files.push(("asyncapi.json".to_owned(), pretty(&asyncapi::document(&messages))?));
    Ok(files)
}

/// What the environment may hold.
fn configuration() -> Value {
    let properties: Map<String, Value> =
        variables().map(|variable| (variable.name.to_owned(), variable.schema())).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The environment of interaura",
        "description": "Every variable that the binary reads; an empty one counts as unset.",
        "type": "object",
        "properties": properties,
    })
}

fn pretty(value: &impl Serialize) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("could not make {}", folder.display()))?;
    }
    std::fs::write(path, text).with_context(|| format!("could not write {}", path.display()))
}
