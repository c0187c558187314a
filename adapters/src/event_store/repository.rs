//! The event repository of cqrs-es over the log, for tools of its ecosystem that read aggregates.
//!
//! Reading is whole. Writing goes through [`interaura_domain::ports::commands::Commands`], which
//! knows the command's id, its causation and its candidate; this trait carries none of them.

use cqrs_es::Aggregate;
use cqrs_es::persist::{
    PersistedEventRepository, PersistenceError, ReplayStream, SerializedEvent, SerializedSnapshot,
};
use serde_json::{Value, json};

use super::{EventStore, LogFilter};

/// Events per page of a replay.
const PAGE: u32 = 500;

/// cqrs-es's view of the log.
#[derive(Clone)]
pub struct LogRepository(pub EventStore);

fn failed(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> PersistenceError {
    PersistenceError::UnknownError(error.into())
}

impl LogRepository {
    async fn events<A: Aggregate>(
        &self,
        id: &str,
        after: usize,
    ) -> Result<Vec<SerializedEvent>, PersistenceError> {
        let aggregate_id = id.parse().map_err(failed)?;
        let mut events = Vec::new();
        for stored in self.0.stored_stream(A::TYPE, aggregate_id).await.map_err(failed)? {
            if stored.sequence > after as u64 {
                events.push(self.serialized(stored).await?);
            }
        }
        Ok(events)
    }

    async fn serialized(&self, stored: super::StoredEvent) -> Result<SerializedEvent, PersistenceError> {
        let recorded = self.0.open(stored).await.map_err(failed)?;
        let payload: Value = serde_json::from_str(&recorded.payload).map_err(failed)?;
        Ok(SerializedEvent {
            aggregate_id: recorded.aggregate_id.to_string(),
            sequence: usize::try_from(recorded.sequence).map_err(failed)?,
            aggregate_type: recorded.aggregate_type,
            payload: json!({ (recorded.event_type.as_str()): payload }),
            event_type: recorded.event_type,
            event_version: recorded.event_version,
            metadata: json!({ "event_id": recorded.metadata.event_id.to_string() }),
        })
    }

    fn replay(self, filter: LogFilter) -> ReplayStream {
        let (mut feed, stream) = ReplayStream::new(PAGE as usize);
        tokio::spawn(async move {
            let mut filter = filter;
            loop {
                let page = match self.0.stored(&filter, PAGE).await {
                    Ok(page) => page,
                    Err(error) => return drop(feed.push(Err(failed(error))).await),
                };
                let Some(last) = page.last() else { return };
                filter.after = last.position;
                for stored in page {
                    if feed.push(self.serialized(stored).await).await.is_err() {
                        return;
                    }
                }
            }
        });
        stream
    }
}

impl PersistedEventRepository for LogRepository {
    async fn get_events<A: Aggregate>(&self, id: &str) -> Result<Vec<SerializedEvent>, PersistenceError> {
        self.events::<A>(id, 0).await
    }

    async fn get_last_events<A: Aggregate>(
        &self,
        id: &str,
        last_sequence: usize,
    ) -> Result<Vec<SerializedEvent>, PersistenceError> {
        self.events::<A>(id, last_sequence).await
    }

    async fn get_snapshot<A: Aggregate>(
        &self,
        _: &str,
    ) -> Result<Option<SerializedSnapshot>, PersistenceError> {
        Ok(None)
    }

    async fn persist<A: Aggregate>(
        &self,
        _: &[SerializedEvent],
        _: Option<(String, Value, usize)>,
    ) -> Result<(), PersistenceError> {
        Err(failed("events are written by Commands::execute, which knows the command they come from"))
    }

    async fn stream_events<A: Aggregate>(&self, id: &str) -> Result<ReplayStream, PersistenceError> {
        let aggregate_id = Some(id.parse().map_err(failed)?);
        let aggregate_type = Some(A::TYPE.to_owned());
        Ok(self.clone().replay(LogFilter { aggregate_type, aggregate_id, ..LogFilter::default() }))
    }

    async fn stream_all_events<A: Aggregate>(&self) -> Result<ReplayStream, PersistenceError> {
        let aggregate_type = Some(A::TYPE.to_owned());
        Ok(self.clone().replay(LogFilter { aggregate_type, ..LogFilter::default() }))
    }
}
