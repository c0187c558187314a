//! Why something about a recording is not done, in words for the candidate.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use interaura_domain::recording::error::RecordingError;

use crate::words::sentence;

/// Why something about a recording is not done.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: String,
    rule: Option<RecordingError>,
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, message: &str) -> Self {
        Self { status, code, message: sentence(message), rule: None }
    }

    pub(super) fn foreign() -> Self {
        let message = "send the header x-interaura-client, from our own pages";
        Self::new(StatusCode::FORBIDDEN, "FORBIDDEN", message)
    }

    pub(super) fn not_signed_in() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "NOT_SIGNED_IN", "sign in first")
    }

    pub(super) fn no_interview() -> Self {
        Self::new(StatusCode::NOT_FOUND, "NOT_FOUND", "there is no such interview")
    }

    pub(super) fn no_recording() -> Self {
        Self::new(StatusCode::NOT_FOUND, "NOT_FOUND", "there is no recording of this interview yet")
    }

    pub(super) fn not_going_on() -> Self {
        let message = "only an interview that goes on can be recorded";
        Self::new(StatusCode::CONFLICT, "NOT_GOING_ON", message)
    }

    pub(super) fn malformed() -> Self {
        let message = "the request is not what our pages send; reload the page and try again";
        Self::new(StatusCode::BAD_REQUEST, "INVALID_INPUT", message)
    }

    pub(super) fn broken_off() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BROKEN_OFF", "the part broke off; send it again")
    }

    pub(super) fn too_fast() -> Self {
        let message = "too many parts at once; wait a moment before the next";
        Self::new(StatusCode::TOO_MANY_REQUESTS, "TOO_FAST", message)
    }

    pub(super) fn no_room() -> Self {
        let message = "the server has no room for the recording; the interview goes on without it";
        Self::new(StatusCode::INSUFFICIENT_STORAGE, "NO_ROOM", message)
    }

    pub(super) fn fault(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error, "a recording could not be looked after");
        Self::busy()
    }

    pub(super) fn busy() -> Self {
        let message = "the server cannot do this now; it is tried again by itself";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "BUSY", message)
    }

    pub(super) fn of(error: &RecordingError) -> Self {
        let (status, code) = match error {
            RecordingError::NoConsent => (StatusCode::UNPROCESSABLE_ENTITY, "NO_CONSENT"),
            RecordingError::UnknownMedia => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNKNOWN_MEDIA"),
            RecordingError::EmptyPart => (StatusCode::BAD_REQUEST, "EMPTY_PART"),
            RecordingError::PartTooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "PART_TOO_LARGE"),
            RecordingError::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "RECORDING_TOO_LARGE"),
            RecordingError::UnknownTake { .. } => (StatusCode::NOT_FOUND, "UNKNOWN_TAKE"),
            RecordingError::NotStarted => (StatusCode::CONFLICT, "NOT_STARTED"),
            RecordingError::Ended => (StatusCode::CONFLICT, "ENDED"),
            RecordingError::Differs { .. } => (StatusCode::CONFLICT, "PART_DIFFERS"),
            RecordingError::AlreadyStored { .. } => (StatusCode::CONFLICT, "ALREADY_STORED"),
            RecordingError::TooManyTakes { .. } => (StatusCode::CONFLICT, "TOO_MANY_TAKES"),
            RecordingError::BeforeTheLast => (StatusCode::CONFLICT, "BEFORE_THE_LAST"),
            RecordingError::GoesOn => (StatusCode::CONFLICT, "GOES_ON"),
            RecordingError::AlreadyAssembled => (StatusCode::CONFLICT, "ALREADY_ASSEMBLED"),
        };
        Self { rule: Some(error.clone()), ..Self::new(status, code, &error.to_string()) }
    }

    /// Whether any rule was broken, so that trying again is of no use.
    pub(super) fn is_of_a_rule(&self) -> bool {
        self.rule.is_some()
    }

    /// Whether it is this rule that was broken.
    pub(super) fn is(&self, rule: &RecordingError) -> bool {
        self.rule.as_ref() == Some(rule)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = serde_json::json!({ "code": self.code, "message": self.message });
        let mut response = (self.status, Json(body)).into_response();
        if self.status == StatusCode::TOO_MANY_REQUESTS {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response
    }
}
