//! Events that a read model could not apply. Their candidates' later events wait behind them.

use interaura_domain::envelope::{Position, RecordedEvent};
use interaura_domain::ports::Cause;
use interaura_domain::ports::event_log::EventLog;
use interaura_domain::ports::key_ring::KeyRing;
use interaura_domain::ports::signals::View;
use sqlx::{FromRow, PgPool};
use uuid::Uuid;

use crate::document::{DocumentView, ProjectionError, advance, apply_all};

/// A parked event.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct DeadLetter {
    /// The read model.
    pub view: String,
    /// Its generation.
    pub generation: i32,
    /// The event.
    pub position: i64,
    /// Whose event it is.
    pub candidate_id: Uuid,
    /// `answer_evaluated`
    pub event_type: String,
    /// What went wrong; `None` for an event that waits behind another.
    pub error: Option<String>,
}

/// Parks an event of the live generation, and moves the checkpoint past it.
pub(crate) async fn park(
    pool: &PgPool,
    view: View,
    event: &RecordedEvent,
    error: &ProjectionError,
) -> Result<(), ProjectionError> {
    let mut transaction = pool.begin().await?;
    let live: i32 = sqlx::query_scalar("SELECT live FROM projection_generations WHERE view = $1 FOR SHARE")
        .bind(view.name())
        .fetch_one(&mut *transaction)
        .await?;
    sqlx::query(
        "INSERT INTO dead_letters (view, generation, position, candidate_id, event_type, error) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
    )
    .bind(view.name())
    .bind(live)
    .bind(event.position.0.cast_signed())
    .bind(event.metadata.candidate_id.0)
    .bind(&event.event_type)
    .bind(error.words())
    .execute(&mut *transaction)
    .await?;
    advance(&mut transaction, view, live, &[event]).await?;
    transaction.commit().await?;
    tracing::error!(
        view = view.name(),
        event.position = event.position.0,
        event.r#type = event.event_type,
        error = error as &dyn std::error::Error,
        "an event was parked; `interaura dead-letters list` shows it"
    );
    Ok(())
}

/// Every parked event, oldest first.
///
/// # Errors
/// The database cannot be read.
pub async fn list(pool: &PgPool) -> sqlx::Result<Vec<DeadLetter>> {
    sqlx::query_as(
        "SELECT view, generation, position, candidate_id, event_type, error FROM dead_letters \
         ORDER BY view, generation, position",
    )
    .fetch_all(pool)
    .await
}

/// How many events of a read model are parked, without those that wait behind them.
///
/// # Errors
/// The database cannot be read.
pub async fn count(pool: &PgPool, view: View) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM dead_letters WHERE view = $1 AND error IS NOT NULL")
        .bind(view.name())
        .fetch_one(pool)
        .await
}

/// Leaves a parked event out for good, in later rebuilds too; those that waited behind it can be retried.
///
/// # Errors
/// The database refuses.
pub async fn discard(pool: &PgPool, view: View, position: Position) -> sqlx::Result<bool> {
    let mut transaction = pool.begin().await?;
    let done = sqlx::query("DELETE FROM dead_letters WHERE view = $1 AND position = $2")
        .bind(view.name())
        .bind(position.0.cast_signed())
        .execute(&mut *transaction)
        .await?;
    let found = done.rows_affected() > 0;
    if found {
        sqlx::query("INSERT INTO discarded_events (view, position) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(view.name())
            .bind(position.0.cast_signed())
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(found)
}

/// The positions that were discarded for a view.
pub(crate) async fn discarded(pool: &PgPool, view: View) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar("SELECT position FROM discarded_events WHERE view = $1")
        .bind(view.name())
        .fetch_all(pool)
        .await
}

/// Applies parked events of a view again, each candidate's in order; gives how many succeeded. With a
/// position, those of the candidate whose event is parked there: one cannot be applied before another.
///
/// # Errors
/// The database or the log is away. Events that fail again stay parked.
pub async fn retry<V: DocumentView>(
    pool: &PgPool,
    keys: &dyn KeyRing,
    log: &dyn EventLog,
    position: Option<Position>,
) -> Result<u64, Cause> {
    let candidates: Vec<(i32, Uuid)> = sqlx::query_as(
        "SELECT DISTINCT generation, candidate_id FROM dead_letters \
         WHERE view = $1 AND ($2::bigint IS NULL OR position = $2)",
    )
    .bind(V::VIEW.name())
    .bind(position.map(|position| position.0.cast_signed()))
    .fetch_all(pool)
    .await?;
    let mut applied = 0;
    for (generation, candidate_id) in candidates {
        applied += retry_candidate::<V>(pool, keys, log, generation, candidate_id).await?;
    }
    Ok(applied)
}

async fn retry_candidate<V: DocumentView>(
    pool: &PgPool,
    keys: &dyn KeyRing,
    log: &dyn EventLog,
    generation: i32,
    candidate_id: Uuid,
) -> Result<u64, Cause> {
    let mut transaction = pool.begin().await?;
    // The projector takes the same rows, so that nothing queues up meanwhile.
    sqlx::query("SELECT FROM checkpoints WHERE view = $1 AND generation = $2 ORDER BY partition FOR UPDATE")
        .bind(V::VIEW.name())
        .bind(generation)
        .execute(&mut *transaction)
        .await?;
    let positions: Vec<i64> = sqlx::query_scalar(
        "SELECT position FROM dead_letters WHERE view = $1 AND generation = $2 AND candidate_id = $3 ORDER BY position",
    )
    .bind(V::VIEW.name())
    .bind(generation)
    .bind(candidate_id)
    .fetch_all(&mut *transaction)
    .await?;
    let mut events = Vec::with_capacity(positions.len());
    for position in &positions {
        events.extend(log.read_after(Position(position.cast_unsigned() - 1), 1).await?);
    }
    match apply_all::<V>(&mut transaction, keys, generation, &events.iter().collect::<Vec<_>>()).await {
        Ok(_) => {
            sqlx::query("DELETE FROM dead_letters WHERE view = $1 AND generation = $2 AND candidate_id = $3")
                .bind(V::VIEW.name())
                .bind(generation)
                .bind(candidate_id)
                .execute(&mut *transaction)
                .await?;
            transaction.commit().await?;
            Ok(positions.len() as u64)
        }
        Err(error) if error.is_about_the_events() => Ok(0),
        Err(error) => Err(error.into()),
    }
}
