//! Cursors of reactions in Postgres; an advisory lock gives the turn.

use async_trait::async_trait;
use interaura_domain::envelope::{Partition, Position, RecordedEvent};
use interaura_domain::ports::Cause;
use interaura_domain::ports::cursors::{CursorStore, Cursors, Turn};
use sqlx::{Connection as _, FromRow, PgConnection, PgPool};

/// The row that holds the floor, beside those of the partitions.
const FLOOR: i16 = -1;

/// An event that a reaction gave up.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ParkedReaction {
    /// The reaction.
    pub reaction: String,
    /// The event.
    pub position: i64,
    /// `answer_evaluated`
    pub event_type: String,
    /// What went wrong.
    pub error: String,
}

/// Cursors in a migrated database.
pub struct PostgresCursors {
    pool: PgPool,
}

impl PostgresCursors {
    /// Cursors in a migrated database.
    pub fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    /// How many events are parked of each reaction that ever worked; 0 once all were dealt with.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn count_parked(&self) -> sqlx::Result<Vec<(String, i64)>> {
        sqlx::query_as(
            "SELECT reaction, count(parked.position) FROM \
             (SELECT reaction FROM reaction_cursors UNION SELECT reaction FROM parked_reactions) known \
             LEFT JOIN parked_reactions parked USING (reaction) GROUP BY reaction ORDER BY reaction",
        )
        .fetch_all(&self.pool)
        .await
    }

    /// Every event that a reaction gave up, oldest first.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn parked(&self) -> sqlx::Result<Vec<ParkedReaction>> {
        sqlx::query_as(
            "SELECT reaction, position, event_type, error FROM parked_reactions ORDER BY reaction, position",
        )
        .fetch_all(&self.pool)
        .await
    }

    /// Forgets that a reaction gave an event up; whether it had.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn forget_parked(&self, reaction: &str, position: Position) -> sqlx::Result<bool> {
        let done = sqlx::query("DELETE FROM parked_reactions WHERE reaction = $1 AND position = $2")
            .bind(reaction)
            .bind(position.0.cast_signed())
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() > 0)
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
