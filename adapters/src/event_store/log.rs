//! Reads the log, as stored or opened.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use interaura_domain::envelope::{EventMetadata, Position, RecordedEvent, Seal};
use interaura_domain::ids::CandidateId;
use interaura_domain::ports::Cause;
use interaura_domain::ports::event_log::EventLog;
use interaura_domain::ports::key_ring::KeyRingError;
use sqlx::postgres::PgRow;
use sqlx::{FromRow, PgPool, Row as _};
use uuid::Uuid;

use super::{EventStore, upcasters};
use crate::key_ring::sealing;

const COLUMNS: &str = "position, event_id, aggregate_type, aggregate_id, sequence, event_type, event_version, \
                       payload::text, metadata::text, partition, recorded_at";

/// An event as it is stored: sealed, its bytes as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Its place in the log.
    pub position: u64,
    /// UUID v7.
    pub event_id: Uuid,
    /// `interview`
    pub aggregate_type: String,
    /// The stream.
    pub aggregate_id: String,
    /// Its place in the stream, from 1.
    pub sequence: u64,
    /// `answer_evaluated`
    pub event_type: String,
    /// `1`
    pub event_version: String,
    /// The body, with serde's wrapper.
    pub payload: String,
    /// The metadata.
    pub metadata: String,
    /// 0 to 63.
    pub partition: u16,
    /// When it was appended.
    pub recorded_at: DateTime<Utc>,
}

impl FromRow<'_, PgRow> for StoredEvent {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        Ok(Self {
            position: row.try_get::<i64, _>(0)?.cast_unsigned(),
            event_id: row.try_get(1)?,
            aggregate_type: row.try_get(2)?,
            aggregate_id: row.try_get(3)?,
            sequence: row.try_get::<i64, _>(4)?.cast_unsigned(),
            event_type: row.try_get(5)?,
            event_version: row.try_get(6)?,
            payload: row.try_get(7)?,
            metadata: row.try_get(8)?,
            partition: row.try_get::<i16, _>(9)?.cast_unsigned(),
            recorded_at: row.try_get(10)?,
        })
    }
}

impl StoredEvent {
    /// The body without serde's wrapper, byte for byte as stored.
    pub fn body(&self) -> &str {
        let prefix = self.event_type.len() + r#"{"":"#.len();
        self.payload.get(prefix..self.payload.len().saturating_sub(1)).unwrap_or(&self.payload)
    }
}

/// Which events to read.
#[derive(Debug, Clone, Default)]
pub struct LogFilter {
    /// After this position.
    pub after: u64,
    /// Recorded at this time or later.
    pub since: Option<DateTime<Utc>>,
    /// Recorded before this time.
    pub until: Option<DateTime<Utc>>,
    /// Of these types; empty for all.
    pub event_types: Vec<String>,
    /// Of this aggregate type.
    pub aggregate_type: Option<String>,
    /// Of this stream.
    pub aggregate_id: Option<Uuid>,
    /// Of this candidate.
    pub candidate_id: Option<CandidateId>,
}

/// Up to `limit` stored events in order of their position.
///
/// # Errors
/// The database cannot be read.
pub(crate) async fn read_stored(
    pool: &PgPool,
    filter: &LogFilter,
    limit: u32,
) -> sqlx::Result<Vec<StoredEvent>> {
    sqlx::query_as(&format!(
        "SELECT {COLUMNS} FROM events WHERE position > $1 \
         AND ($2::timestamptz IS NULL OR recorded_at >= $2) AND ($3::timestamptz IS NULL OR recorded_at < $3) \
         AND (cardinality($4::text[]) = 0 OR event_type = ANY ($4)) \
         AND ($5::text IS NULL OR aggregate_type = $5) AND ($6::text IS NULL OR aggregate_id = $6) \
         AND ($7::uuid IS NULL OR candidate_id = $7) ORDER BY position LIMIT $8"
    ))
    .bind(filter.after.cast_signed())
    .bind(filter.since)
    .bind(filter.until)
    .bind(&filter.event_types)
    .bind(&filter.aggregate_type)
    .bind(filter.aggregate_id.map(|id| id.to_string()))
    .bind(filter.candidate_id.map(|id| id.0))
    .bind(i64::from(limit))
    .fetch_all(pool)
    .await
}

/// Up to `limit` stored events after a position.
pub(crate) async fn read_after(pool: &PgPool, after: u64, limit: u32) -> sqlx::Result<Vec<StoredEvent>> {
    sqlx::query_as(&format!("SELECT {COLUMNS} FROM events WHERE position > $1 ORDER BY position LIMIT $2"))
        .bind(after.cast_signed())
        .bind(i64::from(limit))
        .fetch_all(pool)
        .await
}

/// The newest position; 0 while the log is empty.
pub(crate) async fn head(pool: &PgPool) -> sqlx::Result<u64> {
    let head: i64 = sqlx::query_scalar("SELECT position FROM event_head").fetch_one(pool).await?;
    Ok(head.cast_unsigned())
}

impl EventStore {
    /// Stored events that a filter lets through, in order of their position.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn stored(&self, filter: &LogFilter, limit: u32) -> sqlx::Result<Vec<StoredEvent>> {
        read_stored(&self.pool, filter, limit).await
    }

    pub(super) async fn stored_stream(
        &self,
        aggregate_type: &str,
        id: Uuid,
    ) -> sqlx::Result<Vec<StoredEvent>> {
        sqlx::query_as(&format!(
            "SELECT {COLUMNS} FROM events WHERE aggregate_type = $1 AND aggregate_id = $2 ORDER BY sequence"
        ))
        .bind(aggregate_type)
        .bind(id.to_string())
        .fetch_all(&self.pool)
        .await
    }

    /// Opens the personal fields of a stored event and brings it to its newest version.
    ///
    /// # Errors
    /// The bytes are not what was stored, or the key cannot be reached.
    pub async fn open(&self, stored: StoredEvent) -> Result<RecordedEvent, Cause> {
        let recorded = self.open_or_leave(stored.try_into()?).await?;
        match recorded.seal {
            Seal::Whole => Ok(recorded),
            Seal::Broken => Err(KeyRingError::Broken.into()),
        }
    }

    /// The same for those who follow the whole log: an event whose seal is broken must not stop them.
    ///
    /// # Errors
    /// The key cannot be reached, or is not one of this key ring's; then all seals would look broken.
    pub(crate) async fn open_or_leave(&self, event: Unopened) -> Result<RecordedEvent, Cause> {
        if !sealing::is_sealed(&event.body) {
            return event.recorded();
        }
        let key = self.keys.key(event.metadata.candidate_id).await?;
        match sealing::open(&event.body, &event.metadata.event_id.to_string(), key.as_deref()) {
            Ok(body) => Unopened { body, ..event }.recorded(),
            Err(KeyRingError::Broken) => Ok(event.with_seal(Seal::Broken)),
            Err(error @ (KeyRingError::Destroyed | KeyRingError::Unavailable(_))) => Err(error.into()),
        }
    }
}

/// An event as read from the log or the stream, sealed.
pub(crate) struct Unopened {
    pub(crate) position: u64,
    pub(crate) aggregate_type: String,
    pub(crate) aggregate_id: Uuid,
    pub(crate) sequence: u64,
    pub(crate) event_type: String,
    pub(crate) event_version: String,
    pub(crate) recorded_at: DateTime<Utc>,
    pub(crate) body: String,
    pub(crate) metadata: EventMetadata,
}

impl Unopened {
    /// Brings an opened body to its newest version.
    fn recorded(mut self) -> Result<RecordedEvent, Cause> {
        (self.event_version, self.body) =
            upcasters::upcast(&self.aggregate_type, &self.event_type, self.event_version, self.body)?;
        Ok(self.with_seal(Seal::Whole))
    }

    fn with_seal(self, seal: Seal) -> RecordedEvent {
        RecordedEvent {
            position: Position(self.position),
            aggregate_type: self.aggregate_type,
            aggregate_id: self.aggregate_id,
            sequence: self.sequence,
            event_type: self.event_type,
            event_version: self.event_version,
            payload: self.body,
            seal,
            metadata: self.metadata,
            recorded_at: self.recorded_at,
        }
    }
}

impl TryFrom<StoredEvent> for Unopened {
    type Error = Cause;

    fn try_from(stored: StoredEvent) -> Result<Self, Cause> {
        let metadata: EventMetadata = serde_json::from_str(&stored.metadata)?;
        Ok(Self {
            position: stored.position,
            aggregate_id: stored.aggregate_id.parse()?,
            sequence: stored.sequence,
            recorded_at: stored.recorded_at,
            body: stored.body().to_owned(),
            metadata,
            aggregate_type: stored.aggregate_type,
            event_type: stored.event_type,
            event_version: stored.event_version,
        })
    }
}

#[async_trait]
impl EventLog for EventStore {
    async fn read_after(&self, after: Position, limit: u32) -> Result<Vec<RecordedEvent>, Cause> {
        let stored = read_after(&self.pool, after.0, limit).await?;
        let mut unopened = Vec::with_capacity(stored.len());
        for event in stored {
            unopened.push(Unopened::try_from(event)?);
        }
        if unopened.len() > 1 {
            let owners: Vec<_> = unopened.iter().map(|event| event.metadata.candidate_id).collect();
            self.keys.fetch_ahead(&owners).await?;
        }
        let mut opened = Vec::with_capacity(unopened.len());
        for event in unopened {
            opened.push(self.open_or_leave(event).await?);
        }
        Ok(opened)
    }

    async fn read_stream(
        &self,
        aggregate_type: &str,
        aggregate_id: Uuid,
    ) -> Result<Vec<RecordedEvent>, Cause> {
        let mut opened = Vec::new();
        for event in self.stored_stream(aggregate_type, aggregate_id).await? {
            opened.push(self.open(event).await?);
        }
        Ok(opened)
    }

    async fn owner(&self, aggregate_type: &str, aggregate_id: Uuid) -> Result<Option<CandidateId>, Cause> {
        let owner = sqlx::query_scalar(
            "SELECT candidate_id FROM events WHERE aggregate_type = $1 AND aggregate_id = $2 AND sequence = 1",
        )
        .bind(aggregate_type)
        .bind(aggregate_id.to_string())
        .fetch_optional(&self.pool)
        .await?;
        Ok(owner.map(CandidateId))
    }

    async fn head(&self) -> Result<Position, Cause> {
        Ok(Position(head(&self.pool).await?))
    }
}
