//! `interaura replay`: events as lines of JSON, from Postgres or from the stream, sealed or opened.

use std::io::Write as _;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use interaura_adapters::event_store::LogFilter;
use interaura_adapters::jetstream::EventJetStream;
use interaura_domain::envelope::{Position, RecordedEvent};
use interaura_domain::ids::CandidateId;
use interaura_domain::ports::event_stream::{EventStream as _, Interest};
use serde_json::json;
use uuid::Uuid;

use super::connected::Connected;
use super::known;
use crate::config::Config;

/// Events read at once.
const PAGE: u32 = 500;

/// Where events are read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Source {
    /// The log.
    Postgres,
    /// The stream.
    Stream,
}

/// What `interaura replay` is told.
#[derive(Debug, Args)]
pub(super) struct Replay {
    /// Where events are read from.
    #[arg(long, value_enum, default_value = "postgres")]
    from: Source,
    /// Recorded at this time or later, RFC 3339.
    #[arg(long)]
    since: Option<DateTime<Utc>>,
    /// Recorded before this time, RFC 3339.
    #[arg(long)]
    until: Option<DateTime<Utc>>,
    /// Of this type, `answer_evaluated`; may be given again.
    #[arg(long = "type", value_name = "TYPE", value_parser = known::event_types())]
    event_types: Vec<String>,
    /// Of this kind of aggregate, `interview`.
    #[arg(long, value_name = "KIND", value_parser = known::aggregate_types())]
    aggregate_type: Option<String>,
    /// Of this aggregate.
    #[arg(long)]
    aggregate: Option<Uuid>,
    /// Of this candidate.
    #[arg(long)]
    candidate: Option<CandidateId>,
    /// After this position.
    #[arg(long, default_value_t = 0)]
    after: u64,
    /// Open personal fields; without it they are printed as `null`.
    #[arg(long)]
    open: bool,
}

impl Replay {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        let connected = Connected::open(config).await?;
        let outcome = self.replay(&connected).await;
        connected.close().await;
        outcome.map(|()| ExitCode::SUCCESS)
    }

    async fn replay(&self, connected: &Connected) -> anyhow::Result<()> {
        if let Some(id) = self.aggregate {
            let filter = LogFilter {
                aggregate_type: self.aggregate_type.clone(),
                aggregate_id: Some(id),
                ..LogFilter::default()
            };
            let kind = self.aggregate_type.as_deref().unwrap_or("aggregate");
            known::ensure_there_is(&connected.store, &format!("{kind} {id}"), filter).await?;
        }
        if let Some(id) = self.candidate {
            let filter = LogFilter { candidate_id: Some(id), ..LogFilter::default() };
            known::ensure_there_is(&connected.store, &format!("candidate {id}"), filter).await?;
        }
        match self.from {
            Source::Postgres => self.replay_log(connected).await,
            Source::Stream => self.replay_stream(connected).await,
        }
    }

    async fn replay_log(&self, connected: &Connected) -> anyhow::Result<()> {
        let mut filter = LogFilter {
            after: self.after,
            since: self.since,
            until: self.until,
            event_types: self.event_types.clone(),
            aggregate_type: self.aggregate_type.clone(),
            aggregate_id: self.aggregate,
            candidate_id: self.candidate,
        };
        loop {
            let page = connected.store.stored(&filter, PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            filter.after = last.position;
            for stored in page {
                let position = stored.position;
                let recorded = connected.store.open(stored).await.map_err(|cause| anyhow::anyhow!(cause));
                self.print(&recorded.with_context(|| format!("could not open the event {position}"))?)?;
            }
        }
    }

    async fn replay_stream(&self, connected: &Connected) -> anyhow::Result<()> {
        let client = crate::nats::connect(&connected.urls.nats).await?;
        let stream = EventJetStream::new(client, connected.store.clone());
        let interest = Interest { event_types: self.event_types.clone() };
        let name = format!("replay-{}", std::process::id());
        let consumer = stream.consume(&name, &interest, Position(self.after)).await;
        let mut consumer =
            consumer.map_err(|cause| anyhow::anyhow!(cause)).context("could not read the stream")?;
        loop {
            let batch = consumer.next_batch(PAGE as usize, Duration::from_secs(1)).await;
            let batch = batch.map_err(|cause| anyhow::anyhow!(cause))?;
            let Some(last) = batch.last().map(|event| event.position) else { break };
            for recorded in batch {
                if self.wants(&recorded) {
                    self.print(&recorded)?;
                }
            }
            consumer.acknowledge(last).await.map_err(|cause| anyhow::anyhow!(cause))?;
        }
        stream.forget(&name).await?;
        Ok(())
    }

    /// What the stream's subjects do not filter by.
    fn wants(&self, event: &RecordedEvent) -> bool {
        self.since.is_none_or(|since| event.recorded_at >= since)
            && self.until.is_none_or(|until| event.recorded_at < until)
            && self.aggregate_type.as_ref().is_none_or(|wanted| *wanted == event.aggregate_type)
            && self.aggregate.is_none_or(|wanted| wanted == event.aggregate_id)
            && self.candidate.is_none_or(|wanted| wanted == event.metadata.candidate_id)
    }

    fn print(&self, event: &RecordedEvent) -> anyhow::Result<()> {
        let mut payload = serde_json::from_str(&event.payload)?;
        show_personal(&mut payload, self.open);
        let line = json!({
            "position": event.position,
            "aggregate_type": event.aggregate_type,
            "aggregate_id": event.aggregate_id,
            "sequence": event.sequence,
            "type": event.event_type,
            "version": event.event_version,
            "recorded_at": event.recorded_at,
            "metadata": event.metadata,
            "payload": payload,
        });
        let mut out = std::io::stdout().lock();
        writeln!(out, "{line}")?;
        Ok(())
    }
}

/// Unwraps personal fields, or hides them.
pub(super) fn show_personal(value: &mut serde_json::Value, open: bool) {
    match value {
        serde_json::Value::Object(fields) => {
            if let Some(plain) = fields.remove(interaura_domain::personal::PERSONAL) {
                *value = if open { plain } else { serde_json::Value::Null };
                return;
            }
            fields.values_mut().for_each(|field| show_personal(field, open));
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(|item| show_personal(item, open)),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => {}
    }
}
