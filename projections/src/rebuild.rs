//! Rebuilds a read model beside the one that is read, and swaps them.

use interaura_domain::envelope::Position;
use interaura_domain::ports::Cause;
use interaura_domain::ports::event_log::EventLog;
use interaura_domain::ports::key_ring::KeyRing;
use sqlx::PgPool;

use crate::document::{DocumentView, open_generation, project_in};

/// Events per transaction: nobody waits for single rows here.
const BATCH: u32 = 5_000;
/// When this few events are missing, the swap catches up with them while the projector waits.
const CLOSE: u64 = 500;

/// Fills a new generation from position 0, catches up, swaps, and drops the old one; gives the events read.
///
/// # Errors
/// The log or the database is away, or an event cannot be applied; the read generation is untouched then.
pub async fn rebuild<V: DocumentView>(
    pool: &PgPool,
    keys: &dyn KeyRing,
    log: &dyn EventLog,
) -> Result<u64, Cause> {
    let view = V::VIEW.name();
    let generation = begin::<V>(pool).await?;
    let mut reached = Position(0);
    let mut read = 0;
    loop {
        let events = log.read_after(reached, BATCH).await?;
        let Some(last) = events.last() else { break };
        reached = last.position;
        read += events.len() as u64;
        let mut transaction = pool.begin().await?;
        project_in::<V>(&mut transaction, keys, generation, &events).await?;
        transaction.commit().await?;
        if log.head().await?.0 - reached.0 < CLOSE {
            break;
        }
    }
    let mut transaction = pool.begin().await?;
    let old: i32 = sqlx::query_scalar("SELECT live FROM projection_generations WHERE view = $1 FOR UPDATE")
        .bind(view)
        .fetch_one(&mut *transaction)
        .await?;
    loop {
        let events = log.read_after(reached, BATCH).await?;
        let Some(last) = events.last() else { break };
        reached = last.position;
        read += events.len() as u64;
        project_in::<V>(&mut transaction, keys, generation, &events).await?;
    }
    sqlx::query("UPDATE projection_generations SET live = $2, building = NULL WHERE view = $1")
        .bind(view)
        .bind(generation)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    drop_generation::<V>(pool, old).await?;
    Ok(read)
}

/// Reserves a new generation; what an earlier rebuild left half done is dropped.
async fn begin<V: DocumentView>(pool: &PgPool) -> Result<i32, Cause> {
    let view = V::VIEW.name();
    sqlx::query("INSERT INTO projection_generations (view, live) VALUES ($1, 1) ON CONFLICT DO NOTHING")
        .bind(view)
        .execute(pool)
        .await?;
    let half_done: Option<i32> =
        sqlx::query_scalar("SELECT building FROM projection_generations WHERE view = $1")
            .bind(view)
            .fetch_one(pool)
            .await?;
    if let Some(half_done) = half_done {
        drop_generation::<V>(pool, half_done).await?;
    }
    let mut transaction = pool.begin().await?;
    let generation: i32 = sqlx::query_scalar(
        "UPDATE projection_generations SET building = greatest(live, coalesce(building, 0)) + 1 WHERE view = $1 \
         RETURNING building",
    )
    .bind(view)
    .fetch_one(&mut *transaction)
    .await?;
    open_generation(&mut transaction, V::VIEW, generation).await?;
    transaction.commit().await?;
    Ok(generation)
}

async fn drop_generation<V: DocumentView>(pool: &PgPool, generation: i32) -> Result<(), Cause> {
    let view = V::VIEW.name();
    for statement in [
        format!("DELETE FROM {view} WHERE generation = $2 AND $1 = '{view}'"),
        "DELETE FROM checkpoints WHERE view = $1 AND generation = $2".to_owned(),
        "DELETE FROM dead_letters WHERE view = $1 AND generation = $2".to_owned(),
    ] {
        sqlx::query(&statement).bind(view).bind(generation).execute(pool).await?;
    }
    Ok(())
}
