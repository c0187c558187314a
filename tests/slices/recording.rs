//! Recordings: uploaded in parts, joined by ffmpeg, played back to their owner; whatever comes in between.

use std::process::Command;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use futures::future::join_all;
use interaura_adapters::blob_store::SealedBlobs;
use interaura_adapters::recording_assembler::{FfmpegAssembler, Limits};
use interaura_domain::ids::{BlobId, CandidateId};
use interaura_domain::ports::blob_store::{BlobStore, BlobStoreError};
use interaura_domain::ports::commands::Commands;
use interaura_domain::ports::event_log::EventLog as _;
use interaura_domain::ports::recording_assembler::{AssemblerError, RecordingAssembler as _};
use interaura_domain::recording::event::RecordingFailure;
use interaura_domain::recording::{MAX_PART_BYTES, Recording};
use interaura_domain::resume::event::BlobRef;
use interaura_tests::app::{App, install_tls};
use interaura_tests::browser::Browser;
use interaura_tests::database::Database;
use interaura_tests::s3::S3;
use interaura_tests::story::fresh;
use interaura_tests::{environment, eventually};
use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::interview::{answer_all, signed_in, started};

const REPORT: &str =
    "query($id: ID!) { interviewReport(id: $id) { recording { url startedAt durationMs } } }";

/// A clip as a browser records it: without a duration, to be read from its beginning alone.
pub(super) fn clip(seconds: u32) -> Vec<u8> {
    let size = format!("testsrc=size=160x120:rate=10:duration={seconds}");
    let tone = format!("sine=frequency=440:duration={seconds}");
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-f", "lavfi", "-i", &size, "-f", "lavfi", "-i", &tone])
        .args(["-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus", "-f", "webm", "-live", "1"])
        .args(["-cluster_time_limit", "1000", "pipe:1"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn parts(clip: &[u8], count: usize) -> Vec<Vec<u8>> {
    clip.chunks(clip.len().div_ceil(count)).map(<[u8]>::to_vec).collect()
}

async fn ask(browser: &Browser, method: Method, path: &str, body: Vec<u8>, kind: &str) -> (u16, Value) {
    let request = browser.own(method, path).header("content-type", kind).body(body);
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap_or_default())
}

async fn start(browser: &Browser, interview: &str, consent: bool) -> (u16, Value) {
    let wish = json!({
        "commandId": fresh(), "consent": consent, "mediaType": "video/webm;codecs=vp8,opus",
        "startedAt": "2026-11-23T09:00:00Z", "now": "2026-11-23T09:00:00.400Z"
    });
    let path = format!("/api/recordings/{interview}/start");
    ask(browser, Method::POST, &path, wish.to_string().into_bytes(), "application/json").await
}

async fn put(browser: &Browser, interview: &str, part: u32, body: Vec<u8>) -> (u16, Value) {
    let path = format!("/api/recordings/{interview}/parts/{part}");
    ask(browser, Method::PUT, &path, body, "application/octet-stream").await
}

async fn end(browser: &Browser, interview: &str) -> (u16, Value) {
    let path = format!("/api/recordings/{interview}/end");
    ask(browser, Method::POST, &path, Vec::new(), "application/json").await
}

pub(super) async fn take(browser: &Browser, interview: &str, clip: &[u8]) -> u32 {
    let (status, begun) = start(browser, interview, true).await;
    assert_eq!(status, 200, "{begun}");
    let first = u32::try_from(begun["firstPart"].as_u64().unwrap()).unwrap();
    for (number, part) in (first..).zip(parts(clip, 3)) {
        assert_eq!(put(browser, interview, number, part).await.0, 200);
    }
    first
}

async fn reported(browser: &Browser, interview: &str) -> Value {
    eventually("the report shows the recording", async || {
        let recording =
            browser.ask(REPORT, json!({ "id": interview })).await["interviewReport"]["recording"].take();
        (!recording.is_null()).then_some(recording)
    })
    .await
}

async fn events(app: &App, interview: &str) -> Vec<String> {
    let stream = app.wiring.store.read_stream("recording", interview.parse().unwrap()).await.unwrap();
    stream.into_iter().map(|event| event.event_type).collect()
}

async fn recording(app: &App, interview: &str) -> Recording {
    Commands::<Recording>::load(&app.wiring.store, interview.parse().unwrap()).await.unwrap()
}

/// How long a file plays, as ffprobe says, from any moment.
fn plays_ms(file: &[u8]) -> u64 {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("played.webm");
    std::fs::write(&path, file).unwrap();
    let shown = ["-v", "error", "-show_entries", "format=duration", "-of", "default=nk=1:nw=1"];
    let output = Command::new("ffprobe").args(shown).arg(&path).output().unwrap();
    let seconds: f64 = String::from_utf8(output.stdout).unwrap().trim().parse().unwrap();
    u64::try_from(std::time::Duration::from_secs_f64(seconds).as_millis()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_is_uploaded_in_parts_joined_and_played_from_any_moment() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let (interview, _) = started(&browser, 1).await;
    let report = browser.ask(REPORT, json!({ "id": interview })).await;
    assert!(report["interviewReport"]["recording"].is_null());
    take(&browser, &interview, &clip(3)).await;
    let (_, listed) =
        ask(&browser, Method::GET, &format!("/api/recordings/{interview}/parts"), Vec::new(), "").await;
    assert_eq!((&listed["parts"], &listed["ended"]), (&json!([1, 2, 3]), &json!(false)));
    answer_all(&browser, &interview).await;
    assert_eq!(end(&browser, &interview).await.0, 200);
    assert_eq!(end(&browser, &interview).await.0, 200, "twice is as good as once");
    let shown = reported(&browser, &interview).await;
    assert_eq!(shown["url"], format!("/api/recordings/{interview}"));
    let duration = shown["durationMs"].as_u64().unwrap();
    assert!((2_800..=3_300).contains(&duration), "{duration}");
    let url = shown["url"].as_str().unwrap();
    let whole = browser.own(Method::GET, url).send().await.unwrap();
    assert_eq!(whole.headers()["content-type"], "video/webm");
    assert!(whole.headers().get("content-encoding").is_none());
    let tag = whole.headers()["etag"].to_str().unwrap().to_owned();
    let whole = whole.bytes().await.unwrap();
    assert!(plays_ms(&whole).abs_diff(duration) <= 1);
    let range = browser.own(Method::GET, url).header("range", "bytes=100-199").send().await.unwrap();
    assert_eq!(range.status(), 206);
    assert_eq!(range.headers()["content-range"], format!("bytes 100-199/{}", whole.len()));
    assert_eq!(range.bytes().await.unwrap(), whole[100..200]);
    let old = browser.own(Method::GET, url).header("range", "bytes=1-2").header("if-range", "\"old\"");
    assert_eq!(old.send().await.unwrap().status(), 200);
    let known = browser.own(Method::GET, url).header("range", "bytes=-5").header("if-range", tag);
    assert_eq!(known.send().await.unwrap().bytes().await.unwrap(), whole[whole.len() - 5..]);
    let beyond = browser.own(Method::GET, url).header("range", "bytes=99999999-").send().await.unwrap();
    assert_eq!(beyond.status(), 416);
    // Parts are no longer needed, and nobody else sees any of it.
    let stored = recording(&app, &interview).await;
    let services = app.wiring.services().unwrap();
    let owner = services.log.owner("interview", interview.parse().unwrap()).await.unwrap().unwrap();
    eventually("the parts are deleted", async || {
        let blob_id = stored.parts()[&1].blob.blob_id;
        matches!(services.blobs.get(owner, blob_id).await, Err(BlobStoreError::Missing(_))).then_some(())
    })
    .await;
    let other = signed_in(&app, "grace@example.org").await;
    assert_eq!(other.own(Method::GET, url).send().await.unwrap().status(), 404);
    assert_eq!(app.browser().own(Method::GET, url).send().await.unwrap().status(), 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_gone_leaves_a_recording_and_a_reload_a_second_take() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let (interview, _) = started(&browser, 1).await;
    let clip = clip(2);
    assert_eq!(take(&browser, &interview, &clip).await, 1);
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    assert_eq!(take(&browser, &interview, &clip).await, 10_001);
    browser.accepted("abandonInterview", json!({ "interviewId": interview })).await;
    let shown = reported(&browser, &interview).await;
    // Both takes and the time between their beginnings.
    let duration = shown["durationMs"].as_u64().unwrap();
    assert!((5_000..=9_000).contains(&duration), "{duration}");
    // Taken up again, recorded again: the parts were kept, and the file is made anew.
    browser.accepted("resumeInterview", json!({ "interviewId": interview })).await;
    assert_eq!(take(&browser, &interview, &clip).await, 20_001);
    assert_eq!(end(&browser, &interview).await.0, 200);
    eventually("the file is made anew", async || {
        let events = events(&app, &interview).await;
        assert!(!events.contains(&"recording_failed".to_owned()), "{events:?}");
        let stored = recording(&app, &interview).await;
        (stored.stored()?.parts == 9).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_page_of_ours_sends_is_refused_and_changes_nothing() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let (interview, _) = started(&browser, 1).await;
    assert_eq!(put(&browser, &interview, 1, vec![1]).await.1["code"], "NOT_STARTED");
    let (status, refused) = start(&browser, &interview, false).await;
    assert_eq!((status, &refused["code"]), (422, &json!("NO_CONSENT")));
    assert!(events(&app, &interview).await.is_empty());
    assert_eq!(start(&browser, &interview, true).await.0, 200);
    assert_eq!(put(&browser, &interview, 1, vec![1, 2, 3]).await.0, 200);
    assert_eq!(put(&browser, &interview, 1, vec![1, 2, 3]).await.0, 200, "the same again");
    assert_eq!(put(&browser, &interview, 1, vec![3, 2, 1]).await.1["code"], "PART_DIFFERS");
    assert_eq!(put(&browser, &interview, 10_001, vec![1]).await.1["code"], "UNKNOWN_TAKE");
    assert_eq!(put(&browser, &interview, 0, vec![1]).await.1["code"], "UNKNOWN_TAKE");
    assert_eq!(put(&browser, &interview, 2, Vec::new()).await.1["code"], "EMPTY_PART");
    let large = vec![0; usize::try_from(MAX_PART_BYTES).unwrap() + 1];
    assert_eq!(put(&browser, &interview, 2, large).await.0, 413);
    let path = format!("/api/recordings/{interview}/parts/2");
    let foreign = browser.own(Method::PUT, &path).header("origin", "http://evil.example").body("x");
    assert_eq!(foreign.send().await.unwrap().status(), 403);
    let other = signed_in(&app, "grace@example.org").await;
    assert_eq!(put(&other, &interview, 2, vec![1]).await.0, 404);
    assert_eq!(put(&app.browser(), &interview, 2, vec![1]).await.0, 401);
    assert_eq!(events(&app, &interview).await, ["recording_started", "recording_part_stored"]);
    let flood = join_all((0..400).map(|_| put(&browser, &interview, 1, vec![1, 2, 3]))).await;
    assert!(flood.iter().any(|(status, _)| *status == 429));
    // Bytes that are no recording end in an event that says so.
    assert_eq!(end(&browser, &interview).await.0, 200);
    eventually("the failure is recorded", async || {
        events(&app, &interview).await.contains(&"recording_failed".to_owned()).then_some(())
    })
    .await;
    let (status, _) = put(&browser, &interview, 2, vec![1]).await;
    assert!([409, 429].contains(&status), "{status}");
}

fn assembler(dir: &TempDir, limits: Limits) -> FfmpegAssembler {
    let program = environment("INTERAURA_BINARY").into();
    FfmpegAssembler::new(program, vec!["run-contained".to_owned()], dir.path().to_owned(), limits)
}

async fn joined(assembler: &FfmpegAssembler, takes: &[(u64, Vec<u8>)]) -> Result<(u64, u64), AssemblerError> {
    let mut assembly = assembler.begin().await?;
    for (offset_ms, bytes) in takes {
        assembly.take(*offset_ms).await?;
        assembly.part(bytes.clone().into()).await?;
    }
    let file = assembly.finish().await?;
    Ok((file.offset_ms(), file.duration_ms()))
}

fn refusal(outcome: Result<(u64, u64), AssemblerError>) -> RecordingFailure {
    match outcome {
        Err(AssemblerError::Refused(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn hostile_bytes_and_too_costly_ones_end_the_child_alone() {
    let dir = TempDir::new().unwrap();
    let usual = assembler(&dir, Limits::default());
    let good = clip(2);
    let playlist = b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n".to_vec();
    let mut torn = good[..good.len() / 2].to_vec();
    torn.extend([0xff; 500]);
    let noise: Vec<u8> = (0..50_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[3]).collect();
    let mut headed = good[..200].to_vec();
    headed.extend(&noise);
    for hostile in [playlist, noise, headed] {
        let reason = refusal(joined(&usual, &[(0, hostile)]).await);
        assert_eq!(reason, RecordingFailure::Unreadable);
    }
    assert!(joined(&usual, &[(0, torn)]).await.unwrap().1 > 500, "what is whole of it is kept");
    // A take that cannot be used does not take the others with it.
    let (offset_ms, _) = joined(&usual, &[(0, b"garbage".to_vec()), (5_000, good.clone())]).await.unwrap();
    assert_eq!(offset_ms, 5_000);
    let (_, duration_ms) = joined(&usual, &[(0, good.clone()), (10_000, good.clone())]).await.unwrap();
    assert!((11_800..=12_400).contains(&duration_ms), "{duration_ms}");
    let small = assembler(&dir, Limits { file_bytes: 4_096, ..Limits::default() });
    assert_eq!(refusal(joined(&small, &[(0, good.clone())]).await), RecordingFailure::TooCostly);
    let slow = assembler(&dir, Limits { wall: std::time::Duration::from_millis(1), ..Limits::default() });
    assert_eq!(refusal(joined(&slow, &[(0, good)]).await), RecordingFailure::TooCostly);
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "nothing is left behind");
}

#[tokio::test(flavor = "multi_thread")]
async fn blobs_live_in_a_bucket_as_they_do_in_a_directory() {
    install_tls();
    let (database, s3) = (Database::create().await, S3::start().await);
    let keys = database.keys();
    let blobs = SealedBlobs::in_s3(&s3.bucket, Arc::clone(&keys)).unwrap();
    blobs.check(BlobId(fresh())).await.unwrap();
    let (owner, blob_id) = (CandidateId(fresh()), BlobId(fresh()));
    let first = blobs.put(owner, blob_id, "my resume".into()).await.unwrap();
    let again = blobs.put(owner, blob_id, "my resume".into()).await.unwrap();
    assert_eq!(first, again, "the same bytes stay as they are");
    assert_eq!(blobs.get(owner, blob_id).await.unwrap(), "my resume");
    // The server looks at who asks, not at the signature.
    let scope = "Credential=testing/20261123/us-east-1/s3/aws4_request";
    let key = format!("AWS4-HMAC-SHA256 {scope}, SignedHeaders=host, Signature=x");
    let url = format!("{}/interviews/blobs/{owner}/{blob_id}", s3.bucket.endpoint.as_ref().unwrap());
    let raw = reqwest::Client::new().get(url).header("authorization", key).send().await.unwrap();
    let raw = raw.bytes().await.unwrap();
    assert!(!raw.is_empty() && !raw.windows(9).any(|window| window == b"my resume"), "it is sealed");
    blobs.delete(owner, blob_id).await.unwrap();
    blobs.delete(owner, blob_id).await.unwrap();
    assert!(matches!(blobs.get(owner, blob_id).await, Err(BlobStoreError::Missing(_))));
    let (others, kept) = (CandidateId(fresh()), BlobId(fresh()));
    blobs.put(others, kept, "somebody else's".into()).await.unwrap();
    let many: Vec<BlobId> = (0..3).map(|_| BlobId(fresh())).collect();
    for one in &many {
        blobs.put(owner, *one, "my recording".into()).await.unwrap();
    }
    // Twice: what is gone is gone.
    blobs.delete_all(owner).await.unwrap();
    blobs.delete_all(owner).await.unwrap();
    for one in many {
        assert!(matches!(blobs.get(owner, one).await, Err(BlobStoreError::Missing(_))));
    }
    assert_eq!(blobs.get(others, kept).await.unwrap(), "somebody else's");
    let mut elsewhere = s3.bucket.clone();
    elsewhere.bucket = "unknown".to_owned();
    assert!(SealedBlobs::in_s3(&elsewhere, keys).unwrap().check(BlobId(fresh())).await.is_err());
}

/// A disk that is full.
struct FullDisk;

#[async_trait]
impl BlobStore for FullDisk {
    async fn put(&self, _: CandidateId, _: BlobId, _: Bytes) -> Result<BlobRef, BlobStoreError> {
        Err(BlobStoreError::Full)
    }

    async fn get(&self, _: CandidateId, blob_id: BlobId) -> Result<Bytes, BlobStoreError> {
        Err(BlobStoreError::Missing(blob_id))
    }

    async fn delete(&self, _: CandidateId, _: BlobId) -> Result<(), BlobStoreError> {
        Ok(())
    }

    async fn delete_all(&self, _: CandidateId) -> Result<(), BlobStoreError> {
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_the_recording_stops_and_the_interview_goes_on() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let (interview, _) = started(&browser, 1).await;
    // The same app behind another port, with a disk that is full.
    let mut services = app.wiring.services().unwrap();
    services.blobs = Arc::new(FullDisk);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let full = browser.at(listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, interaura_api::router(services)).await.unwrap() });
    assert_eq!(start(&full, &interview, true).await.0, 200);
    let (status, refusal) = put(&full, &interview, 1, vec![7; 1_000]).await;
    assert_eq!((status, refusal["code"].as_str()), (507, Some("NO_ROOM")), "{refusal}");
    assert!(refusal["message"].as_str().unwrap().contains("the interview goes on without it"), "{refusal}");
    assert_eq!(events(&app, &interview).await, ["recording_started"], "nothing was acknowledged");
    answer_all(&full, &interview).await;
    let status = "query($id: ID!) { interviewRoom(id: $id) { status } }";
    eventually("the interview goes on to its end", async || {
        let room = browser.ask(status, json!({ "id": interview })).await["interviewRoom"].take();
        (room["status"] == "COMPLETED").then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_parts_at_once_each_is_stored_once_and_none_is_turned_away() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let (interview, _) = started(&browser, 2).await;
    let (_, begun) = start(&browser, &interview, true).await;
    let first = u32::try_from(begun["firstPart"].as_u64().unwrap()).unwrap();
    let together =
        join_all((first..first + 40).map(|part| put(&browser, &interview, part, vec![7; 400]))).await;
    assert!(together.iter().all(|(status, _)| *status == 200), "{together:?}");
    let rivals = join_all((0..12).map(|body| put(&browser, &interview, first + 40, vec![body; 400]))).await;
    assert_eq!(rivals.iter().filter(|(status, _)| *status == 200).count(), 1);
    assert!(rivals.iter().all(|(status, _)| matches!(status, 200 | 409)), "{rivals:?}");
}
