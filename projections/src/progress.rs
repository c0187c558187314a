//! How far the read models are.

use interaura_domain::envelope::Position;
use interaura_domain::ports::signals::View;
use sqlx::PgPool;

/// Up to which position the live generation of a read model has seen the log; 0 where there is none.
///
/// # Errors
/// The database cannot be read.
pub async fn reached(pool: &PgPool, view: View) -> sqlx::Result<Position> {
    // Partitions without events stay behind: the newest checkpoint of all counts.
    let position: Option<i64> = sqlx::query_scalar(
        "SELECT max(c.position) FROM checkpoints c JOIN projection_generations g \
         ON g.view = c.view AND g.live = c.generation WHERE c.view = $1",
    )
    .bind(view.name())
    .fetch_one(pool)
    .await?;
    Ok(Position(position.unwrap_or(0).cast_unsigned()))
}
