//! `/api/frames/check`: what the analyser makes of one camera frame, before an interview begins. Nothing of
//! it is kept.

use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use interaura_domain::attention::event::FrameReading;
use interaura_domain::ids::{CandidateId, InterviewId, StreamId};
use interaura_domain::live::{LiveFrame, MediaKind, MediaPacket, News, Told};
use interaura_domain::ports::Cause;
use interaura_domain::ports::live_media::Channel;
use tokio::time::timeout;

use crate::caller::{Caller, is_our_own};
use crate::services::Services;

/// How long a reading may take: the first one loads the models.
const WITHIN: Duration = Duration::from_secs(5);

/// Takes one JPEG of at most [`interaura_domain::live::MAX_FRAME_BYTES`], and answers with a
/// [`FrameReading`] as JSON; 503 where no worker looked at it in time.
pub async fn check(
    State(services): State<Services>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    if !is_our_own(&headers) {
        return refused(StatusCode::FORBIDDEN, "Only our own pages may send frames.");
    }
    let caller = match Caller::of(&headers, &*services.credentials).await {
        Ok(caller) => caller,
        Err(error) => return busy(&error),
    };
    let Some(owner) = caller.candidate_id else {
        return refused(StatusCode::UNAUTHORIZED, "Sign in first, then try your camera again.");
    };
    let Ok(jpeg) = body else {
        return refused(StatusCode::PAYLOAD_TOO_LARGE, "A frame has at most 512 KiB.");
    };
    if jpeg.is_empty() {
        return refused(StatusCode::BAD_REQUEST, "Send one JPEG.");
    }
    match timeout(WITHIN, read(&services, owner, jpeg)).await {
        Ok(Ok(Some(reading))) => Json(reading).into_response(),
        Ok(Ok(None)) | Err(_) => {
            refused(StatusCode::SERVICE_UNAVAILABLE, "Nobody looked at the picture in time. Try again.")
        }
        Ok(Err(error)) => busy(&*error),
    }
}

async fn read(services: &Services, owner: CandidateId, jpeg: Bytes) -> Result<Option<FrameReading>, Cause> {
    let check_id = InterviewId(services.clock.new_id());
    let stream_id = StreamId(services.clock.new_id());
    let mut news = services.media.follow(Channel::Page, check_id).await?;
    let captured_at = services.clock.now();
    let packet = MediaPacket { kind: MediaKind::Frame, sequence: 1, captured_at, body: jpeg };
    let frame = LiveFrame { stream_id, candidate_id: owner, packet };
    services.media.send(Channel::Checks, check_id, frame.encode()).await?;
    while let Some((_, body)) = news.next().await {
        if let Ok(Told { news: News::Seen { reading, .. }, .. }) = serde_json::from_slice(&body) {
            return Ok(Some(reading));
        }
    }
    Ok(None)
}

fn refused(status: StatusCode, message: &'static str) -> Response {
    (status, Json(serde_json::json!({ "message": message }))).into_response()
}

fn busy(error: &(dyn std::error::Error + 'static)) -> Response {
    tracing::error!(error, "a frame could not be checked");
    refused(StatusCode::SERVICE_UNAVAILABLE, "The server is busy. Try again in a moment.")
}
