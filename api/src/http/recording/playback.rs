//! A recording played back to its owner, from any moment.

use std::ops::Range;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::stream::{self, Stream, StreamExt as _};
use interaura_domain::ids::CandidateId;
use interaura_domain::ports::blob_store::{BlobStore, BlobStoreError};
use interaura_domain::recording::event::RecordingStored;

use super::refusal::Refusal;
use super::{Own, Recordings};

/// Plays a recording, or the range of it that is asked for.
pub(super) async fn play(
    State(recordings): State<Recordings>,
    Path(interview): Path<String>,
    headers: HeaderMap,
) -> Response {
    let found = async {
        let own = Own::of(&recordings.services, &headers, &interview, false).await?;
        let stored = own.recording().await?.stored().cloned().ok_or_else(Refusal::no_recording)?;
        Ok::<_, Refusal>((own.owner, stored))
    };
    match found.await {
        Ok((owner, stored)) => response(&recordings.services.blobs, owner, stored, &headers),
        Err(refusal) => refusal.into_response(),
    }
}

fn response(
    blobs: &Arc<dyn BlobStore>,
    owner: CandidateId,
    stored: RecordingStored,
    headers: &HeaderMap,
) -> Response {
    let size = stored.size_bytes;
    // A file is made once from its parts; its first piece names it.
    let tag = stored.pieces.first().map_or_else(String::new, |piece| format!("\"{}\"", piece.blob_id));
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let asked = text(header::RANGE).filter(|_| text(header::IF_RANGE).is_none_or(|known| known == tag));
    let (status, range) = match asked.map_or(Asked::All, |range| Asked::of(range, size)) {
        Asked::All => (StatusCode::OK, 0..size),
        Asked::Part(range) => (StatusCode::PARTIAL_CONTENT, range),
        Asked::Nothing => {
            let size = format!("bytes */{size}");
            return (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, size)]).into_response();
        }
    };
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    let mut set = |name, value: String| {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    };
    set(header::CONTENT_TYPE, stored.media_type.clone());
    set(header::CONTENT_LENGTH, (range.end - range.start).to_string());
    set(header::ACCEPT_RANGES, "bytes".to_owned());
    set(header::ETAG, tag);
    set(header::CACHE_CONTROL, "private, no-cache".to_owned());
    set(header::CONTENT_DISPOSITION, "inline; filename=\"interview.webm\"".to_owned());
    if status == StatusCode::PARTIAL_CONTENT {
        set(header::CONTENT_RANGE, format!("bytes {}-{}/{size}", range.start, range.end - 1));
    }
    *response.body_mut() = Body::from_stream(bytes(Arc::clone(blobs), owner, stored, range));
    response
}

/// The bytes of a range, one piece after the other as they are taken.
fn bytes(
    blobs: Arc<dyn BlobStore>,
    owner: CandidateId,
    stored: RecordingStored,
    range: Range<u64>,
) -> impl Stream<Item = Result<Bytes, BlobStoreError>> + use<> {
    let length = u64::from(stored.piece_bytes).max(1);
    let pieces = stored.pieces.into_iter().zip(0_u64..).filter_map(move |(piece, number)| {
        let from = range.start.max(number * length);
        let to = range.end.min((number + 1) * length);
        (from < to).then(|| (piece.blob_id, from - number * length..to - number * length))
    });
    stream::iter(pieces).then(move |(blob_id, within)| {
        let blobs = Arc::clone(&blobs);
        async move {
            let piece = blobs.get(owner, blob_id).await.inspect_err(|error| {
                tracing::error!(error = error as &dyn std::error::Error, "a recording cannot be played on");
            })?;
            let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(piece.len());
            Ok(piece.slice(place(within.start)..place(within.end)))
        }
    })
}

/// What a `Range` header asks for.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    /// Everything: no range, several, or one that is not understood.
    All,
    /// These bytes.
    Part(Range<u64>),
    /// What lies beyond the end.
    Nothing,
}

impl Asked {
    fn of(header: &str, size: u64) -> Self {
        let Some((first, last)) = header.strip_prefix("bytes=").and_then(|range| range.split_once('-'))
        else {
            return Self::All;
        };
        let (first, last) = (first.trim(), last.trim());
        let number = |text: &str| text.parse::<u64>().ok();
        let range = match (number(first), number(last)) {
            (None, Some(count)) if first.is_empty() => size.saturating_sub(count)..size,
            (Some(first), None) if last.is_empty() => first..size,
            (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(size),
            _ => return Self::All,
        };
        if range.start >= range.end { Self::Nothing } else { Self::Part(range) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_understood_as_browsers_mean_them() {
        let asked = |header| Asked::of(header, 1_000);
        assert_eq!(asked("bytes=0-"), Asked::Part(0..1_000));
        assert_eq!(asked("bytes=10-19"), Asked::Part(10..20));
        assert_eq!(asked("bytes=990-5000"), Asked::Part(990..1_000));
        assert_eq!(asked("bytes=-100"), Asked::Part(900..1_000));
        assert_eq!(asked("bytes=-5000"), Asked::Part(0..1_000));
        for beyond in ["bytes=1000-", "bytes=2000-3000", "bytes=-0", "bytes=18446744073709551615-"] {
            assert_eq!(asked(beyond), Asked::Nothing, "{beyond}");
        }
        for unknown in ["bytes=0-1,5-6", "lines=1-2", "bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", ""] {
            assert_eq!(asked(unknown), Asked::All, "{unknown}");
        }
    }
}
