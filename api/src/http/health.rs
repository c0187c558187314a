//! Is the process there, and can it work?

use axum::extract::State;
use axum::http::StatusCode;

use crate::services::Services;

/// The process answers.
pub async fn alive() -> &'static str {
    "ok"
}

/// The log can be read.
pub async fn ready(State(services): State<Services>) -> (StatusCode, &'static str) {
    match services.log.head().await {
        Ok(_) => (StatusCode::OK, "ok"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the event log is not available"),
    }
}
