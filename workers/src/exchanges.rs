//! Keeps what went between us and a model, for audits.

use interaura_domain::envelope::RecordedEvent;
use interaura_domain::ids::BlobId;
use interaura_domain::interview::exchange::Exchange;
use interaura_domain::ports::blob_store::BlobStore;

use crate::reaction::{ReactionError, derived_id};

/// Seals the bodies of an exchange as a blob, before the event that points to it.
pub(crate) async fn keep(
    blobs: &dyn BlobStore,
    recorded: &RecordedEvent,
    (reaction, step): (&str, &str),
    exchange: &mut Option<Exchange>,
) -> Result<(), ReactionError> {
    let Some(exchange) = exchange else { return Ok(()) };
    let Some(bodies) = exchange.bodies.take() else { return Ok(()) };
    let blob_id = BlobId(derived_id(recorded, reaction, step));
    let stored = blobs.put(recorded.metadata.candidate_id, blob_id, bodies.to_json().into()).await;
    exchange.blob = Some(stored.map_err(|error| ReactionError::Retry(error.into()))?);
    Ok(())
}
