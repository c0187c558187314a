//! Counts and times requests, by route and status.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

/// What requests for files and screens of the web app are counted as.
const FILES: &str = "files";

/// Measures one request until its response begins; a subscription until it is upgraded.
pub async fn measure(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let begun = Instant::now();
    let response = next.run(request).await;
    let route = route.map_or_else(|| FILES.to_owned(), |route| route.as_str().to_owned());
    let labels = [("route", route), ("status", response.status().as_str().to_owned())];
    metrics::counter!("interaura_http_requests_total", &labels).increment(1);
    metrics::histogram!("interaura_http_request_duration_seconds", &labels).record(begun.elapsed());
    response
}
