//! The recording of an interview: begun with the candidate's word, uploaded in parts while the interview goes
//! on, played back to its owner.
//!
//! Whatever goes wrong here, the interview goes on without it.

mod limits;
mod parts;
mod playback;
mod refusal;

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use interaura_domain::ids::{CandidateId, CommandId};
use interaura_domain::interview::InterviewStatus;
use interaura_domain::ports::commands::{CommandError, CommandRequest};
use interaura_domain::recording::command::{EndRecording, RecordingCommand, StartRecording};
use interaura_domain::recording::error::RecordingError;
use interaura_domain::recording::{MAX_PART_BYTES, Recording};
use serde::{Deserialize, Serialize};
use tower_http::timeout::TimeoutLayer;
use uuid::Uuid;

use self::limits::{PartLimits, Turns};
use self::refusal::Refusal;
use crate::caller::{Caller, is_our_own};
use crate::graphql::command::{context, derived_id};
use crate::services::Services;

/// The largest request that says something in words, in bytes.
const WORDS_BYTES: usize = 4 * 1024;
/// How long one upload may take.
const UPLOAD: Duration = Duration::from_mins(2);

/// What the doors of recordings need.
#[derive(Clone)]
struct Recordings {
    services: Services,
    limits: Arc<PartLimits>,
    turns: Arc<Turns>,
}

/// The doors of recordings.
pub(crate) fn router(services: Services) -> Router {
    let part_bytes = usize::try_from(MAX_PART_BYTES).unwrap_or(usize::MAX);
    let words = Router::new()
        .route("/api/recordings/{interview}/start", post(start))
        .route("/api/recordings/{interview}/end", post(end))
        .route("/api/recordings/{interview}/parts", get(parts::list))
        .route("/api/recordings/{interview}", get(playback::play))
        .layer(DefaultBodyLimit::max(WORDS_BYTES));
    let parts = Router::new()
        .route("/api/recordings/{interview}/parts/{part}", put(parts::store))
        .layer(DefaultBodyLimit::max(part_bytes))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, UPLOAD));
    words.merge(parts).with_state(Recordings { services, limits: Arc::default(), turns: Arc::default() })
}

/// A recording that the caller may touch.
struct Own<'a> {
    services: &'a Services,
    owner: CandidateId,
    interview_id: Uuid,
}

impl<'a> Own<'a> {
    /// Checks who asks, and whose interview it is. What changes something comes from our own pages.
    async fn of(
        services: &'a Services,
        headers: &HeaderMap,
        interview: &str,
        changes: bool,
    ) -> Result<Self, Refusal> {
        if changes && !is_our_own(headers) {
            return Err(Refusal::foreign());
        }
        let caller =
            Caller::of(headers, &*services.credentials).await.map_err(|error| Refusal::fault(&error))?;
        let owner = caller.candidate_id.ok_or_else(Refusal::not_signed_in)?;
        let interview_id: Uuid = interview.parse().map_err(|_| Refusal::no_interview())?;
        let found = services.log.owner("interview", interview_id).await;
        if found.map_err(|error| Refusal::fault(&*error))? != Some(owner) {
            return Err(Refusal::no_interview());
        }
        Ok(Self { services, owner, interview_id })
    }

    async fn recording(&self) -> Result<Recording, Refusal> {
        let loaded = self.services.recordings.load(self.interview_id).await;
        loaded.map_err(|error| Refusal::fault(&*error))
    }

    async fn send(&self, command: RecordingCommand, command_id: CommandId) -> Result<(), Refusal> {
        let context = context(self.owner, command_id);
        let request =
            CommandRequest { aggregate_id: self.interview_id, command, context, companions: Vec::new() };
        match self.services.recordings.execute(request).await {
            Ok(_) => Ok(()),
            Err(CommandError::Refused(error)) => Err(Refusal::of(&error)),
            // Nothing is broken: others write to the same stream.
            Err(CommandError::Busy) => Err(Refusal::busy()),
            Err(error) => Err(Refusal::fault(&error)),
        }
    }

    /// The id of a command that follows from what it does.
    fn command_id(&self, what: &str) -> CommandId {
        CommandId(derived_id(Some(self.owner), CommandId(self.interview_id), what))
    }
}

/// The wish to record.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wish {
    command_id: CommandId,
    consent: bool,
    media_type: String,
    /// By the page's clock.
    started_at: DateTime<Utc>,
    /// The page's clock.
    now: DateTime<Utc>,
}

/// A take that began.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Begun {
    first_part: u32,
}

/// Begins to record, or begins again after a pause or a reload.
async fn start(
    State(recordings): State<Recordings>,
    Path(interview): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    answer(begin(&recordings.services, &headers, &interview, &body).await)
}

async fn begin(
    services: &Services,
    headers: &HeaderMap,
    interview: &str,
    body: &[u8],
) -> Result<Begun, Refusal> {
    let own = Own::of(services, headers, interview, true).await?;
    let wish: Wish = serde_json::from_slice(body).map_err(|_| Refusal::malformed())?;
    let status = services.interviews.load(own.interview_id).await;
    let status = status.map_err(|error| Refusal::fault(&*error))?.status();
    if !matches!(status, InterviewStatus::InProgress | InterviewStatus::Paused) {
        return Err(Refusal::not_going_on());
    }
    // Only how long ago it was counts: a page's clock may be wrong by hours.
    let age = (wish.now - wish.started_at).clamp(TimeDelta::zero(), TimeDelta::minutes(10));
    let start = StartRecording {
        consent: wish.consent,
        media_type: wish.media_type,
        started_at: services.clock.now() - age,
    };
    own.send(RecordingCommand::Start(start), wish.command_id).await?;
    let recording = own.recording().await?;
    let take = recording.takes().last().ok_or_else(Refusal::malformed)?;
    Ok(Begun { first_part: take.first_part })
}

/// Ends the recording: all parts are here.
async fn end(
    State(recordings): State<Recordings>,
    Path(interview): Path<String>,
    headers: HeaderMap,
) -> Response {
    answer(finish(&recordings.services, &headers, &interview).await)
}

async fn finish(services: &Services, headers: &HeaderMap, interview: &str) -> Result<parts::Parts, Refusal> {
    let own = Own::of(services, headers, interview, true).await?;
    let takes = own.recording().await?.takes().len();
    let command = RecordingCommand::End(EndRecording { ended_at: services.clock.now() });
    match own.send(command, own.command_id(&format!("end of take {takes}"))).await {
        Err(refusal) if !refusal.is(&RecordingError::Ended) => Err(refusal),
        Ok(()) | Err(_) => Ok(parts::Parts::of(&own.recording().await?)),
    }
}

fn answer<T: Serialize>(outcome: Result<T, Refusal>) -> Response {
    match outcome {
        Ok(said) => Json(said).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}
