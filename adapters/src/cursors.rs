//! Cursors of reactions in Postgres; an advisory lock gives the turn.

use async_trait::async_trait;
use interaura_domain::envelope::{Partition, Position, RecordedEvent};
use interaura_domain::ports::Cause;
use interaura_domain::ports::cursors::{CursorStore, Cursors, Turn};
use sqlx::{Connection as _, PgConnection, PgPool};

/// The row that holds the floor, beside those of the partitions.
const FLOOR: i16 = -1;

/// Cursors in a migrated database.
pub struct PostgresCursors {
    pool: PgPool,
}

impl PostgresCursors {
    /// Cursors in a migrated database.
    pub fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    /// How many events each reaction gave up, for those that gave up any.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn parked(&self) -> sqlx::Result<Vec<(String, i64)>> {
        sqlx::query_as("SELECT reaction, count(*) FROM parked_reactions GROUP BY reaction ORDER BY reaction")
            .fetch_all(&self.pool)
            .await
    }

    async fn advance(&self, reaction: &str, partition: i16, position: Position) -> Result<(), Cause> {
        sqlx::query(
            "INSERT INTO reaction_cursors AS c (reaction, partition, position) VALUES ($1, $2, $3) \
             ON CONFLICT (reaction, partition) DO UPDATE SET position = excluded.position \
             WHERE c.position < excluded.position",
        )
        .bind(reaction)
        .bind(partition)
        .bind(position.0.cast_signed())
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}

struct AdvisoryTurn(PgConnection);

#[async_trait]
impl Turn for AdvisoryTurn {
    async fn check(&mut self) -> Result<(), Cause> {
        Ok(self.0.ping().await?)
    }
}

#[async_trait]
impl CursorStore for PostgresCursors {
    async fn take_turn(&self, reaction: &str) -> Result<(Box<dyn Turn>, Cursors), Cause> {
        let mut connection = self.pool.acquire().await?.detach();
        sqlx::query("SELECT pg_advisory_lock(hashtext('reaction'), hashtext($1))")
            .bind(reaction)
            .execute(&mut connection)
            .await?;
        let rows: Vec<(i16, i64)> =
            sqlx::query_as("SELECT partition, position FROM reaction_cursors WHERE reaction = $1")
                .bind(reaction)
                .fetch_all(&mut connection)
                .await?;
        let mut cursors = Cursors::default();
        for (partition, position) in rows {
            let position = Position(position.cast_unsigned());
            if partition == FLOOR {
                cursors.floor = position;
            } else {
                cursors.partitions.insert(Partition(partition.cast_unsigned()), position);
            }
        }
        Ok((Box::new(AdvisoryTurn(connection)), cursors))
    }

    async fn done(&self, reaction: &str, event: &RecordedEvent) -> Result<(), Cause> {
        self.advance(reaction, event.partition().0.cast_signed(), event.position).await
    }

    async fn all_done(&self, reaction: &str, up_to: Position) -> Result<(), Cause> {
        self.advance(reaction, FLOOR, up_to).await
    }

    async fn park(&self, reaction: &str, event: &RecordedEvent, error: &str) -> Result<(), Cause> {
        sqlx::query(
            "INSERT INTO parked_reactions (reaction, position, candidate_id, event_type, error) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        )
        .bind(reaction)
        .bind(event.position.0.cast_signed())
        .bind(event.metadata.candidate_id.0)
        .bind(&event.event_type)
        .bind(error)
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}
