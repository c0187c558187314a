//! `/live/{interview}`: a page's camera and microphone on one socket, and what is heard and seen back.
//!
//! The socket checks, limits and passes on; it understands nothing. Audio is never dropped here: what is
//! over the limits ends the socket with words, and the page sends again from where it was committed.

mod going_on;
mod limits;
mod page;
mod times;

use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use interaura_domain::ids::{CandidateId, InterviewId};
use interaura_domain::interview::InterviewStatus;
use interaura_domain::live::{HEADER_BYTES, MAX_FRAME_BYTES};
use interaura_domain::ports::Cause;

use self::page::Page;
use crate::caller::{Caller, has_our_origin};
use crate::services::Services;

/// Close codes of ours; a page shows what to do by them.
pub(crate) mod close {
    /// The interview is not the caller's, or does not exist.
    pub(crate) const NO_INTERVIEW: u16 = 4404;
    /// The interview is over, or has not begun.
    pub(crate) const NOT_GOING_ON: u16 = 4409;
    /// The session ended.
    pub(crate) const SIGNED_OUT: u16 = 4401;
    /// Another page took over.
    pub(crate) const REPLACED: u16 = 4408;
    /// Too much, too fast, or not what was agreed.
    pub(crate) const MISBEHAVED: u16 = 4400;
    /// The server cannot do its part now; try again.
    pub(crate) const TRY_AGAIN: u16 = 4503;
}

/// Opens the socket of one interview.
pub async fn upgrade(
    State(services): State<Services>,
    Path(interview_id): Path<String>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !has_our_origin(&headers) {
        return (StatusCode::FORBIDDEN, "only our own pages may open this socket").into_response();
    }
    let caller = match Caller::of(&headers, &*services.credentials).await {
        Ok(caller) => caller,
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "sessions cannot be read");
            return (StatusCode::SERVICE_UNAVAILABLE, "the server is busy; try again in a moment")
                .into_response();
        }
    };
    let Some(candidate_id) = caller.candidate_id else {
        return (StatusCode::UNAUTHORIZED, "sign in first").into_response();
    };
    // A browser cannot read the status of a refused upgrade, so other refusals are close codes.
    upgrade.max_message_size(HEADER_BYTES + MAX_FRAME_BYTES).on_upgrade(move |socket| async move {
        serve(services, socket, &interview_id, candidate_id, caller).await;
    })
}

async fn serve(
    services: Services,
    mut socket: WebSocket,
    interview_id: &str,
    candidate_id: CandidateId,
    caller: Caller,
) {
    let admitted = admit(&services, interview_id, candidate_id).await;
    let closing = match admitted {
        Ok(Ok(interview_id)) => {
            Page::new(services, interview_id, candidate_id, caller).run(&mut socket).await
        }
        Ok(Err(refusal)) => Some(refusal),
        Err(error) => {
            tracing::error!(error = &*error as &dyn std::error::Error, "a live socket could not be opened");
            Some((close::TRY_AGAIN, "The server cannot take part now. It tries again by itself."))
        }
    };
    if let Some((code, reason)) = closing {
        // Whoever is gone needs no reason.
        let _ = socket.send(Message::Close(Some(CloseFrame { code, reason: reason.into() }))).await;
    }
}

/// A close code with words for the candidate.
type Refusal = (u16, &'static str);

/// Lets in whose interview it is, while it goes on.
async fn admit(
    services: &Services,
    interview_id: &str,
    candidate_id: CandidateId,
) -> Result<Result<InterviewId, Refusal>, Cause> {
    const UNKNOWN: Refusal = (close::NO_INTERVIEW, "There is no such interview among yours.");
    let Ok(interview_id) = interview_id.parse::<InterviewId>() else { return Ok(Err(UNKNOWN)) };
    if services.log.owner("interview", interview_id.0).await? != Some(candidate_id) {
        return Ok(Err(UNKNOWN));
    }
    let interview = services.interviews.load(interview_id.0).await?;
    Ok(match interview.status() {
        InterviewStatus::InProgress | InterviewStatus::Paused | InterviewStatus::Ready => Ok(interview_id),
        InterviewStatus::Unknown | InterviewStatus::Configured => {
            Err((close::NOT_GOING_ON, "This interview has not begun."))
        }
        InterviewStatus::Abandoned | InterviewStatus::Completed | InterviewStatus::Discarded => {
            Err((close::NOT_GOING_ON, "This interview is over."))
        }
    })
}
