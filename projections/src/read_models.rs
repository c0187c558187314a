//! Reads rows for their owner, and waits for what they wrote themselves.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use interaura_domain::envelope::{Partition, Position};
use interaura_domain::ids::CandidateId;
use interaura_domain::ports::key_ring::KeyRing;
use interaura_domain::ports::signals::View;
use sqlx::PgPool;
use uuid::Uuid;

use crate::document::{DocumentView, ProjectionError, open};

/// How long a query waits for a position before it answers with what is there.
const PATIENCE: Duration = Duration::from_secs(3);
/// How often it looks meanwhile.
const LOOK: Duration = Duration::from_millis(5);

/// Reads rows. Cloning shares it.
#[derive(Clone)]
pub struct ReadModels {
    pool: PgPool,
    keys: Arc<dyn KeyRing>,
}

/// A row with its place in a list.
#[derive(Debug, Clone)]
pub struct Listed<R> {
    /// The row's key.
    pub key: Uuid,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// What it holds.
    pub row: R,
}

impl ReadModels {
    /// Read models in a migrated database.
    pub fn new(pool: PgPool, keys: Arc<dyn KeyRing>) -> Self {
        Self { pool, keys }
    }

    /// A row, if it is the caller's.
    ///
    /// # Errors
    /// The database cannot be read, or the row not opened.
    pub async fn row<V: DocumentView>(
        &self,
        owner: CandidateId,
        key: Uuid,
    ) -> Result<Option<V::Row>, ProjectionError> {
        let sealed: Option<Vec<u8>> = sqlx::query_scalar(&format!(
            "SELECT doc FROM {view} WHERE key = $1 AND candidate_id = $2 \
             AND generation = (SELECT live FROM projection_generations WHERE view = '{view}')",
            view = V::VIEW.name()
        ))
        .bind(key)
        .bind(owner.0)
        .fetch_optional(&self.pool)
        .await?;
        let Some(sealed) = sealed else { return Ok(None) };
        let Some(candidate_key) = self.keys.key(owner).await? else { return Ok(None) };
        Ok(Some(open(&*candidate_key, V::VIEW, key, &sealed)?))
    }

    /// The caller's rows, newest first, after a place in that order.
    ///
    /// # Errors
    /// The database cannot be read, or a row not opened.
    pub async fn page<V: DocumentView>(
        &self,
        owner: CandidateId,
        after: Option<(DateTime<Utc>, Uuid)>,
        limit: u32,
    ) -> Result<Vec<Listed<V::Row>>, ProjectionError> {
        let found: Vec<(Uuid, DateTime<Utc>, Vec<u8>)> = sqlx::query_as(&format!(
            "SELECT key, created_at, doc FROM {view} WHERE candidate_id = $1 \
             AND generation = (SELECT live FROM projection_generations WHERE view = '{view}') \
             AND ($2::timestamptz IS NULL OR (created_at, key) < ($2, $3)) \
             ORDER BY created_at DESC, key DESC LIMIT $4",
            view = V::VIEW.name()
        ))
        .bind(owner.0)
        .bind(after.map(|(at, _)| at))
        .bind(after.map(|(_, key)| key))
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        let Some(candidate_key) = self.keys.key(owner).await? else { return Ok(Vec::new()) };
        found
            .into_iter()
            .map(|(key, created_at, sealed)| {
                Ok(Listed { key, created_at, row: open(&*candidate_key, V::VIEW, key, &sealed)? })
            })
            .collect()
    }

    /// Waits until a view holds what its owner wrote up to a position; `false` where it takes too long.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn wait_for(&self, view: View, owner: CandidateId, position: Position) -> sqlx::Result<bool> {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let reached: Option<i64> = sqlx::query_scalar(
                "SELECT position FROM checkpoints WHERE view = $1 AND partition = $2 \
                 AND generation = (SELECT live FROM projection_generations WHERE view = $1)",
            )
            .bind(view.name())
            .bind(Partition::of(owner).0.cast_signed())
            .fetch_optional(&self.pool)
            .await?;
            if reached.is_some_and(|reached| reached.cast_unsigned() >= position.0) {
                return Ok(true);
            }
            if tokio::time::Instant::now() >= deadline {
                return Ok(false);
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}
