//! The browser app, carried in the binary.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../web/dist"]
#[allow_missing = true]
struct Files;

/// Answers with a file of the app; every other path is a screen of it.
pub fn fallback(router: Router) -> Router {
    router.fallback(serve)
}

async fn serve(request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    let is_screen = !path.contains('.');
    match Files::get(path).or_else(|| if is_screen { Files::get("index.html") } else { None }) {
        Some(file) => {
            let guessed = mime_guess::from_path(path).first_or_octet_stream();
            let kind = if is_screen { "text/html; charset=utf-8" } else { guessed.essence_str() };
            // Assets have their hash in the name; the page that names them has not.
            let keep =
                if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
            let kind =
                HeaderValue::from_str(kind).unwrap_or(HeaderValue::from_static("application/octet-stream"));
            let headers =
                [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, HeaderValue::from_static(keep))];
            (headers, file.data).into_response()
        }
        None if is_screen => {
            (StatusCode::NOT_FOUND, "the web app was not built into this binary; use `make run`")
                .into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
