//! `/api/frames/check`: what the analyser makes of one camera frame, before an interview begins. Nothing of
//! it is kept.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Extension, FromRequest as _, Request, State};
use axum::http::StatusCode;
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

/// Checks that are looked after at once, of all candidates together.
const AT_ONCE: usize = 32;
/// Frames of one candidate that may come one after the other,
const IN_A_ROW: f64 = 6.0;
/// and frames a second after that; a page sends two.
const PER_SECOND: f64 = 3.0;

/// Who is checking their camera, so that nobody starves the others.
#[derive(Default)]
pub struct CheckLimits {
    /// Who checked a moment ago, too.
    checking: Mutex<HashMap<CandidateId, Checking>>,
}

struct Checking {
    /// How many more may come now, and when that was so.
    level: f64,
    at: Instant,
    is_running: bool,
}

impl Checking {
    fn level(&self, now: Instant) -> f64 {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        (self.level + passed * PER_SECOND).min(IN_A_ROW)
    }
}

/// A check that may be looked after, for as long as this lives.
struct Place<'a> {
    limits: &'a CheckLimits,
    candidate: CandidateId,
}

impl CheckLimits {
    /// One check at a time for each candidate, and so many in all.
    fn admit(&self, candidate: CandidateId, now: Instant) -> Result<Place<'_>, (StatusCode, &'static str)> {
        let mut checking = self.checking.lock().unwrap_or_else(PoisonError::into_inner);
        checking.retain(|_, one| one.is_running || one.level(now) < IN_A_ROW);
        let level = checking.get(&candidate).map_or(IN_A_ROW, |one| one.level(now));
        if level < 1.0 || checking.get(&candidate).is_some_and(|one| one.is_running) {
            return Err((StatusCode::TOO_MANY_REQUESTS, "One frame at a time. Wait a moment."));
        }
        if checking.values().filter(|one| one.is_running).count() >= AT_ONCE {
            return Err((StatusCode::SERVICE_UNAVAILABLE, "Many try their cameras now. Try again."));
        }
        checking.insert(candidate, Checking { level: level - 1.0, at: now, is_running: true });
        Ok(Place { limits: self, candidate })
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut checking = self.limits.checking.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(one) = checking.get_mut(&self.candidate) {
            one.is_running = false;
        }
    }
}

/// Takes one JPEG of at most [`interaura_domain::live::MAX_FRAME_BYTES`], and answers with a
/// [`FrameReading`] as JSON; 503 where no worker looked at it in time.
pub async fn check(
    State(services): State<Services>,
    Extension(limits): Extension<Arc<CheckLimits>>,
    request: Request,
) -> Response {
    let headers = request.headers();
    if !is_our_own(headers) {
        return refused(StatusCode::FORBIDDEN, "Only our own pages may send frames.");
    }
    let caller = match Caller::of(headers, &*services.credentials).await {
        Ok(caller) => caller,
        Err(error) => return busy(&error),
    };
    let Some(owner) = caller.candidate_id else {
        return refused(StatusCode::UNAUTHORIZED, "Sign in first, then try your camera again.");
    };
    // Nothing is read of a frame that is one too many.
    let _place = match limits.admit(owner, Instant::now()) {
        Ok(place) => place,
        Err((status, message)) => return refused(status, message),
    };
    let Ok(jpeg) = Bytes::from_request(request, &()).await else {
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

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn candidate(number: usize) -> CandidateId {
        CandidateId(Uuid::from_u128(number as u128))
    }

    fn refusal(limits: &CheckLimits, number: usize, now: Instant) -> Option<StatusCode> {
        limits.admit(candidate(number), now).err().map(|(status, _)| status)
    }

    #[test]
    fn one_candidate_checks_one_frame_at_a_time_and_not_without_a_pause() {
        let (limits, now) = (CheckLimits::default(), Instant::now());
        let place = limits.admit(candidate(1), now);
        assert_eq!(refusal(&limits, 1, now), Some(StatusCode::TOO_MANY_REQUESTS));
        assert_eq!(refusal(&limits, 2, now), None, "another candidate is not held up");
        drop(place);
        let admitted = (0..100).filter(|_| refusal(&limits, 1, now).is_none()).count();
        assert_eq!(admitted, 5, "with the first one as many as may come in a row");
        assert_eq!(refusal(&limits, 1, now + Duration::from_secs(1)), None);
    }

    #[test]
    fn all_together_have_a_bound() {
        let (limits, now) = (CheckLimits::default(), Instant::now());
        let places: Vec<_> = (0..AT_ONCE).map(|number| limits.admit(candidate(number), now)).collect();
        assert!(places.iter().all(Result::is_ok));
        assert_eq!(refusal(&limits, AT_ONCE, now), Some(StatusCode::SERVICE_UNAVAILABLE));
        drop(places);
        assert_eq!(refusal(&limits, AT_ONCE, now), None);
    }
}
