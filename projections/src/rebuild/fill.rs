//! One read model that is being filled: its rows stay in memory until they are written.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use async_trait::async_trait;
use interaura_domain::envelope::{PARTITIONS, Position, RecordedEvent};
use interaura_domain::event::AnyEvent;
use interaura_domain::ports::Cause;
use interaura_domain::ports::event_log::EventLog;
use interaura_domain::ports::key_ring::KeyRing;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::{Decoded, PAGE, drop_generation, read_page};
use crate::dead_letters;
use crate::document::{
    DocumentView, ProjectionError, Row, closes_account, copy_in, drop_rows, erased, load, open_generation,
    store,
};

/// A read model of any kind that is being filled.
#[async_trait]
pub(super) trait Filling: Send {
    /// Reserves a new generation; what an earlier rebuild left half done is dropped.
    async fn begin(&mut self, pool: &PgPool) -> Result<(), Cause>;
    /// Applies events to the rows in memory.
    async fn take_page(&mut self, pool: &PgPool, page: &[Decoded]) -> Result<(), Cause>;
    /// Writes all rows with their checkpoints, and forgets them.
    async fn write(&mut self, pool: &PgPool) -> Result<(), Cause>;
    /// Catches up while the projector waits, and swaps; gives the old generation, and how far the new one is.
    async fn swap(
        self: Box<Self>,
        pool: &PgPool,
        log: &dyn EventLog,
        reached: Position,
    ) -> Result<(i32, Position), Cause>;
}

/// An event that could not be applied, or waits behind one.
struct Parked {
    position: i64,
    candidate_id: Uuid,
    event_type: String,
    error: Option<String>,
}

/// A read model that is being filled.
pub(super) struct Fill<V: DocumentView> {
    keys: Arc<dyn KeyRing>,
    generation: i32,
    rows: HashMap<Uuid, Row<V::Row>>,
    /// Those of them that are in the table already.
    recalled: HashSet<Uuid>,
    /// Whether rows were written before, so that one that is not in memory may be in the table.
    has_written: bool,
    reached: Position,
    /// Positions that somebody discarded for good.
    discarded: HashSet<i64>,
    /// Whose events wait.
    waiting: HashSet<Uuid>,
    /// Of whom nothing is kept.
    erased: HashSet<Uuid>,
    parked: Vec<Parked>,
}

impl<V: DocumentView> Fill<V> {
    pub(super) fn new(keys: Arc<dyn KeyRing>) -> Self {
        Self {
            keys,
            generation: 0,
            rows: HashMap::new(),
            recalled: HashSet::new(),
            has_written: false,
            reached: Position(0),
            discarded: HashSet::new(),
            waiting: HashSet::new(),
            erased: HashSet::new(),
            parked: Vec::new(),
        }
    }

    /// Applies an event to its row, or parks it.
    fn take(&mut self, key: Uuid, event: &AnyEvent, recorded: &RecordedEvent) {
        if self.waits(recorded) {
            return;
        }
        let row = self.rows.entry(key).or_insert_with(|| Row::of(recorded));
        if let Err(error) = V::apply(&mut row.content, event, recorded) {
            self.park(recorded, Some(ProjectionError::from(error).words()));
        }
    }

    /// Whether an event is not to be applied, now or ever.
    fn waits(&mut self, recorded: &RecordedEvent) -> bool {
        if self.waiting.contains(&recorded.metadata.candidate_id.0) {
            self.park(recorded, None);
            return true;
        }
        false
    }

    fn park(&mut self, recorded: &RecordedEvent, error: Option<String>) {
        if let Some(error) = &error {
            let (view, position) = (V::VIEW.name(), recorded.position.0);
            tracing::error!(view, event.position = position, error, "an event was parked by a rebuild");
        }
        self.waiting.insert(recorded.metadata.candidate_id.0);
        self.parked.push(Parked {
            position: recorded.position.0.cast_signed(),
            candidate_id: recorded.metadata.candidate_id.0,
            event_type: recorded.event_type.clone(),
            error,
        });
    }

    /// The rows of a page that may have been written and forgotten.
    fn forgotten(&self, page: &[Decoded]) -> BTreeSet<Uuid> {
        if !self.has_written {
            return BTreeSet::new();
        }
        let keys = page.iter().filter_map(|one| V::key(one.event.as_ref().ok()?, &one.recorded));
        keys.filter(|key| !self.rows.contains_key(key)).collect()
    }

    async fn recall(
        &mut self,
        connection: &mut PgConnection,
        forgotten: &BTreeSet<Uuid>,
    ) -> Result<(), Cause> {
        let found = load::<V>(connection, &*self.keys, self.generation, forgotten).await?;
        self.recalled.extend(found.keys());
        self.rows.extend(found);
        Ok(())
    }

    fn take_in(&mut self, page: &[Decoded]) {
        for Decoded { recorded, event } in page {
            let candidate = recorded.metadata.candidate_id.0;
            if closes_account(recorded) {
                self.erased.insert(candidate);
                self.rows.retain(|_, row| row.owner() != candidate);
                self.parked.retain(|parked| parked.candidate_id != candidate);
            }
            if self.erased.contains(&candidate) || self.discarded.contains(&recorded.position.0.cast_signed())
            {
                continue;
            }
            match event {
                Ok(event) => {
                    if let Some(key) = V::key(event, recorded) {
                        self.take(key, event, recorded);
                    } else {
                        self.waits(recorded);
                    }
                }
                Err(error) if !self.waits(recorded) => self.park(recorded, Some(error.to_string())),
                Err(_) => {}
            }
        }
        if let Some(last) = page.last() {
            self.reached = last.recorded.position;
        }
    }

    async fn write_in(&mut self, connection: &mut PgConnection) -> Result<(), Cause> {
        // What was written before their account was closed.
        drop_rows(connection, V::VIEW, self.generation, &self.erased).await?;
        let new = self.rows.iter().filter(|(key, _)| !self.recalled.contains(key));
        copy_in::<V>(connection, &*self.keys, self.generation, new).await?;
        let old = self.rows.iter().filter(|(key, _)| self.recalled.contains(key));
        store::<V>(connection, &*self.keys, self.generation, old).await?;
        self.rows.clear();
        self.recalled.clear();
        self.has_written = true;
        for parked in self.parked.drain(..) {
            sqlx::query(
                "INSERT INTO dead_letters (view, generation, position, candidate_id, event_type, error) \
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            )
            .bind(V::VIEW.name())
            .bind(self.generation)
            .bind(parked.position)
            .bind(parked.candidate_id)
            .bind(parked.event_type)
            .bind(parked.error)
            .execute(&mut *connection)
            .await?;
        }
        // Nobody else feeds this generation: every partition is as far as the pass over the log.
        sqlx::query(
            "UPDATE checkpoints SET position = $3 WHERE view = $1 AND generation = $2 AND partition < $4",
        )
        .bind(V::VIEW.name())
        .bind(self.generation)
        .bind(self.reached.0.cast_signed())
        .bind(PARTITIONS.cast_signed())
        .execute(connection)
        .await?;
        Ok(())
    }
}

#[async_trait]
impl<V: DocumentView> Filling for Fill<V> {
    async fn begin(&mut self, pool: &PgPool) -> Result<(), Cause> {
        let view = V::VIEW.name();
        sqlx::query("INSERT INTO projection_generations (view, live) VALUES ($1, 1) ON CONFLICT DO NOTHING")
            .bind(view)
            .execute(pool)
            .await?;
        // What a rebuild left that was cut off, while it was filling or before it had swept.
        let stale: Vec<i32> = sqlx::query_scalar(
            "SELECT DISTINCT generation FROM checkpoints c WHERE view = $1 \
             AND generation <> (SELECT live FROM projection_generations WHERE view = $1)",
        )
        .bind(view)
        .fetch_all(pool)
        .await?;
        for generation in stale {
            drop_generation(pool, V::VIEW, generation).await?;
        }
        let mut transaction = pool.begin().await?;
        self.generation = sqlx::query_scalar(
            "UPDATE projection_generations SET building = greatest(live, coalesce(building, 0)) + 1 \
             WHERE view = $1 RETURNING building",
        )
        .bind(view)
        .fetch_one(&mut *transaction)
        .await?;
        open_generation(&mut transaction, V::VIEW, self.generation).await?;
        transaction.commit().await?;
        self.discarded = dead_letters::discarded(pool, V::VIEW).await?.into_iter().collect();
        Ok(())
    }

    async fn take_page(&mut self, pool: &PgPool, page: &[Decoded]) -> Result<(), Cause> {
        self.erased.extend(erased(&*self.keys, page.iter().map(|one| &one.recorded)).await?);
        let forgotten = self.forgotten(page);
        if !forgotten.is_empty() {
            self.recall(&mut *pool.acquire().await?, &forgotten).await?;
        }
        self.take_in(page);
        Ok(())
    }

    async fn write(&mut self, pool: &PgPool) -> Result<(), Cause> {
        let mut transaction = pool.begin().await?;
        // The swap's own commit reaches the disk, and with it all that came before.
        sqlx::query("SET LOCAL synchronous_commit = off").execute(&mut *transaction).await?;
        self.write_in(&mut transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn swap(
        mut self: Box<Self>,
        pool: &PgPool,
        log: &dyn EventLog,
        mut reached: Position,
    ) -> Result<(i32, Position), Cause> {
        let mut transaction = pool.begin().await?;
        let old: i32 =
            sqlx::query_scalar("SELECT live FROM projection_generations WHERE view = $1 FOR UPDATE")
                .bind(V::VIEW.name())
                .fetch_one(&mut *transaction)
                .await?;
        loop {
            let page = read_page(log, reached).await?;
            let Some(last) = page.last() else { break };
            reached = last.recorded.position;
            self.erased.extend(erased(&*self.keys, page.iter().map(|one| &one.recorded)).await?);
            self.recall(&mut transaction, &self.forgotten(&page)).await?;
            self.take_in(&page);
            if page.len() < PAGE as usize {
                break;
            }
        }
        self.write_in(&mut transaction).await?;
        sqlx::query("UPDATE projection_generations SET live = $2, building = NULL WHERE view = $1")
            .bind(V::VIEW.name())
            .bind(self.generation)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok((old, reached))
    }
}
