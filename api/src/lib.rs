//! What the browser talks to: GraphQL over HTTP and WebSocket, and uploads.

#![expect(clippy::unused_async, reason = "resolvers are async by async-graphql's contract")]

pub mod caller;
pub mod graphql;
pub mod http;
pub mod services;
mod words;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, header};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

use interaura_domain::live::MAX_FRAME_BYTES;

use self::http::host::OwnHost;
use self::services::Services;

/// The largest GraphQL request, in bytes: an answer of 20,000 characters fits, several do not.
const GRAPHQL_BYTES: usize = 256 * 1024;
/// The longest that a GraphQL request takes. A whole interview is recomputed in a fraction of it.
const GRAPHQL_TIME: Duration = Duration::from_mins(2);
/// The largest upload that is read to its end, in bytes. What is over the limit of a resume is dropped as it
/// comes; a browser that is cut off in mid-upload would not hear why.
const UPLOAD_BYTES: usize = 64 * 1024 * 1024;

/// The content security policy: nothing from elsewhere, no inline scripts.
const POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; \
                      media-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; \
                      form-action 'self'; object-src 'none'";

/// Everything the product answers to, but for the static files of the web app.
pub fn router(services: Services) -> Router {
    let schema = graphql::schema(services.clone());
    let graphql = Router::new()
        .route("/graphql", post(http::endpoint::execute).get(http::endpoint::upgrade))
        .layer(DefaultBodyLimit::max(GRAPHQL_BYTES))
        // A socket that is opened here lives on: the limit is for the answer that opens it.
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::GATEWAY_TIMEOUT, GRAPHQL_TIME))
        .with_state(http::endpoint::Endpoint { schema, services: services.clone() });
    let uploads = Router::new()
        .route("/api/uploads/resume", post(http::upload::resume))
        .layer(DefaultBodyLimit::max(UPLOAD_BYTES))
        .layer(TimeoutLayer::with_status_code(
            axum::http::StatusCode::REQUEST_TIMEOUT,
            Duration::from_mins(5),
        ))
        .with_state(services.clone());
    let recordings = http::recording::router(services.clone());
    let live = Router::new()
        .route("/live/{interview_id}", get(http::live_media::upgrade))
        .route("/api/frames/check", post(http::frame_check::check))
        .layer(DefaultBodyLimit::max(MAX_FRAME_BYTES))
        .layer(axum::Extension(Arc::<http::frame_check::CheckLimits>::default()))
        .with_state(services.clone());
    let health = Router::new()
        .route("/healthz", get(http::health::alive))
        .route("/readyz", get(http::health::ready))
        .with_state(services);
    graphql.merge(uploads).merge(recordings).merge(live).merge(health)
}

/// Answers under our own names alone. What every response carries, the static files too; a panic becomes an
/// answer, and each is measured.
pub fn guarded(router: Router, own: OwnHost) -> Router {
    let set = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    router
        .layer(axum::middleware::from_fn_with_state(own, http::host::check))
        .layer(set(header::CONTENT_SECURITY_POLICY, POLICY))
        .layer(set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(set(header::REFERRER_POLICY, "same-origin"))
        .layer(set(header::X_FRAME_OPTIONS, "DENY"))
        .layer(CatchPanicLayer::new())
        .layer(axum::middleware::from_fn(http::measure::measure))
}
