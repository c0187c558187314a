//! Forgets what is kept of commands beside their events.

use async_trait::async_trait;
use interaura_domain::ids::CandidateId;
use interaura_domain::ports::Cause;
use interaura_domain::ports::commands::CommandRecords;

use super::EventStore;

#[async_trait]
impl CommandRecords for EventStore {
    async fn forget(&self, candidate_id: CandidateId) -> Result<(), Cause> {
        self.cache.clear();
        sqlx::query(
            "DELETE FROM commands WHERE (aggregate_type, aggregate_id) IN \
             (SELECT DISTINCT aggregate_type, aggregate_id FROM events WHERE candidate_id = $1)",
        )
        .bind(candidate_id.0)
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}
