//! Follows the stream for one read model: batches, bisects, parks, signals.

use std::sync::Arc;
use std::time::Duration;

use interaura_domain::envelope::{Position, RecordedEvent};
use interaura_domain::ports::Cause;
use interaura_domain::ports::event_stream::{EventStream, Interest};
use interaura_domain::ports::key_ring::KeyRing;
use interaura_domain::ports::signals::{RowKey, Signals};
use sqlx::{Connection as _, PgPool};

use crate::dead_letters;
use crate::document::{DocumentView, Generation, ProjectionError, open_generation, project};

/// The most events of one transaction.
const BATCH: usize = 500;
/// How long to wait for an event before looking at the stream anew.
const WAIT: Duration = Duration::from_secs(5);

/// What a runner needs of the world.
#[derive(Clone)]
pub struct Runner {
    /// Where rows and checkpoints are.
    pub pool: PgPool,
    /// Opens and seals rows.
    pub keys: Arc<dyn KeyRing>,
    /// Where events come from.
    pub stream: Arc<dyn EventStream>,
    /// Who is told of changed rows.
    pub signals: Arc<dyn Signals>,
}

impl Runner {
    /// Projects one read model for ever. Outages are waited for; an event that cannot be applied is parked.
    pub async fn run<V: DocumentView>(self) {
        let mut pause = Duration::from_millis(50);
        loop {
            match self.run_while_well::<V>(&mut pause).await {
                Ok(()) => {}
                Err(outage) => {
                    tracing::warn!(
                        view = V::VIEW.name(),
                        error = &*outage as &dyn std::error::Error,
                        "a projection waits for its servers"
                    );
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(Duration::from_secs(2));
                }
            }
        }
    }

    async fn run_while_well<V: DocumentView>(&self, pause: &mut Duration) -> Result<(), Cause> {
        // One process projects a view at a time; others stand by until its connection goes.
        let mut turn = self.pool.acquire().await?.detach();
        sqlx::query("SELECT pg_advisory_lock(hashtext('projection'), hashtext($1))")
            .bind(V::VIEW.name())
            .execute(&mut turn)
            .await?;
        let after = self.prepare::<V>().await?;
        let name = format!("projection-{}", V::VIEW.name());
        let mut consumer = self.stream.consume(&name, &Interest::default(), after).await?;
        loop {
            let batch = consumer.next_batch(BATCH, WAIT).await?;
            *pause = Duration::from_millis(50);
            let Some(last) = batch.last() else {
                turn.ping().await?;
                // The stream may have been deleted: the consumer went with it.
                consumer.extend().await?;
                continue;
            };
            self.project::<V>(&batch).await?;
            consumer.acknowledge(last.position).await?;
        }
    }

    /// Makes the view's first generation, and tells after which position it has to be fed.
    async fn prepare<V: DocumentView>(&self) -> sqlx::Result<Position> {
        let mut transaction = self.pool.begin().await?;
        sqlx::query("INSERT INTO projection_generations (view, live) VALUES ($1, 1) ON CONFLICT DO NOTHING")
            .bind(V::VIEW.name())
            .execute(&mut *transaction)
            .await?;
        let live: i32 = sqlx::query_scalar("SELECT live FROM projection_generations WHERE view = $1")
            .bind(V::VIEW.name())
            .fetch_one(&mut *transaction)
            .await?;
        open_generation(&mut transaction, V::VIEW, live).await?;
        // Partitions without events stay at 0: the newest checkpoint of all says how far the consumer was.
        let reached: i64 =
            sqlx::query_scalar("SELECT max(position) FROM checkpoints WHERE view = $1 AND generation = $2")
                .bind(V::VIEW.name())
                .bind(live)
                .fetch_one(&mut *transaction)
                .await?;
        transaction.commit().await?;
        Ok(Position(reached.cast_unsigned()))
    }

    /// Projects a batch; where an event is at fault, halves it until that event stands alone, and parks it.
    async fn project<V: DocumentView>(&self, batch: &[RecordedEvent]) -> Result<(), ProjectionError> {
        let mut parts = vec![batch];
        while let Some(part) = parts.pop() {
            match project::<V>(&self.pool, &*self.keys, Generation::Live, part).await {
                Ok(projected) => {
                    metrics::counter!("interaura_projected_events_total", "view" => V::VIEW.name())
                        .increment(part.len() as u64);
                    let rows: Vec<RowKey> =
                        projected.rows.into_iter().map(|key| RowKey { view: V::VIEW, key }).collect();
                    self.signals.changed(&rows).await;
                }
                Err(error) if error.is_about_the_events() => {
                    if let [event] = part {
                        dead_letters::park(&self.pool, V::VIEW, event, &error).await?;
                    } else {
                        let (first, second) = part.split_at(part.len() / 2);
                        parts.extend([second, first]);
                    }
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
