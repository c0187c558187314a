//! Parts of a recording as they come.

use std::time::Instant;

use axum::extract::{FromRequest as _, Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use bytes::Bytes;
use interaura_domain::ids::{BlobId, CommandId};
use interaura_domain::ports::blob_store::BlobStoreError;
use interaura_domain::recording::command::{RecordingCommand, StoreRecordingPart};
use interaura_domain::recording::error::RecordingError;
use interaura_domain::recording::{MAX_PART_BYTES, Recording};
use serde::Serialize;

use super::refusal::Refusal;
use super::{Own, Recordings, answer};
use crate::graphql::command::derived_id;

/// Which parts are here.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "named as the page reads them")]
pub(super) struct Parts {
    parts: Vec<u32>,
    takes: Vec<u32>,
    bytes: u64,
    ended: bool,
}

impl Parts {
    pub(super) fn of(recording: &Recording) -> Self {
        Self {
            parts: recording.parts().keys().copied().collect(),
            takes: recording.takes().iter().map(|take| take.first_part).collect(),
            bytes: recording.bytes(),
            ended: recording.is_ended(),
        }
    }
}

/// A part that is here.
#[derive(Serialize)]
struct Taken {
    part: u32,
}

/// Tells which parts are here, so that a page sends the others.
pub(super) async fn list(
    State(recordings): State<Recordings>,
    Path(interview): Path<String>,
    headers: axum::http::HeaderMap,
) -> Response {
    let listed = async {
        let own = Own::of(&recordings.services, &headers, &interview, false).await?;
        Ok(Parts::of(&own.recording().await?))
    };
    answer(listed.await)
}

/// Takes one part; the same part again is as good as once.
pub(super) async fn store(
    State(recordings): State<Recordings>,
    Path((interview, part)): Path<(String, String)>,
    request: Request,
) -> Response {
    answer(take(&recordings, &interview, &part, request).await)
}

async fn take(
    recordings: &Recordings,
    interview: &str,
    part: &str,
    request: Request,
) -> Result<Taken, Refusal> {
    let services = &recordings.services;
    let own = Own::of(services, request.headers(), interview, true).await?;
    let part: u32 = part.parse().map_err(|_| Refusal::malformed())?;
    if !recordings.limits.admit(own.owner, Instant::now()) {
        return Err(Refusal::too_fast());
    }
    let body = Bytes::from_request(request, &()).await.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::of(&RecordingError::PartTooLarge { most: MAX_PART_BYTES }),
        _ => Refusal::broken_off(),
    })?;
    let size_bytes = body.len() as u64;
    let fingerprint = services.keys.keyed_hash(&format!("recording/{}", own.owner), &body);
    let _turn = recordings.turns.take(own.interview_id).await;
    match own.recording().await?.admit(part, size_bytes, &fingerprint) {
        Ok(()) => {}
        Err(RecordingError::AlreadyStored { .. }) => return Ok(Taken { part }),
        Err(error) => return Err(Refusal::of(&error)),
    }
    // Another part under the same number must not take the place of the one that is recorded.
    let what = format!("part {part} {}", fingerprint.0);
    let blob_id =
        BlobId(derived_id(Some(own.owner), CommandId(own.interview_id), &format!("blob of {what}")));
    let blob = services.blobs.put(own.owner, blob_id, body).await.map_err(|error| match error {
        BlobStoreError::Full => Refusal::no_room(),
        error => Refusal::fault(&error),
    })?;
    let stored_at = services.clock.now();
    let command = StoreRecordingPart { part, blob, fingerprint, size_bytes, stored_at };
    match own.send(RecordingCommand::StorePart(command), own.command_id(&what)).await {
        Err(refusal) if !refusal.is(&RecordingError::AlreadyStored { part }) => {
            if refusal.is_of_a_rule() {
                // Nothing will ever name this file.
                services.blobs.delete(own.owner, blob_id).await.map_err(|error| Refusal::fault(&error))?;
            }
            Err(refusal)
        }
        Ok(()) | Err(_) => Ok(Taken { part }),
    }
}
