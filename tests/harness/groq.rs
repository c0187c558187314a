//! A stand-in for Groq's chat completions, as its documents describe them: what it asks of a client, how it
//! answers, whole and as a stream, and the ways in which it fails.
//!
//! It says what a careful model would say, from the data in the prompt alone, and holds its own words against the
//! schema that it was given.

mod replies;
mod shape;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};

use self::shape::{fenced, keeps_to, misshapen, prompt_of};

/// The key that is let in.
pub const KEY: &str = "gsk_stand_in";
/// The model that is known.
pub const MODEL: &str = "openai/gpt-oss-120b";

/// A way to fail.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// Answers this status, and to a 429 how long to wait in seconds.
    Status(u16, Option<&'static str>),
    /// Refuses with `json_validate_failed`.
    NoForm,
    /// Says this instead of an answer.
    Says(&'static str),
    /// A body that is no chat completion.
    Garbage,
    /// Says as much as it may, and is not done.
    CutShort,
    /// Breaks off in the middle.
    BreaksOff,
    /// So long until the first byte.
    Slow(Duration),
    /// An answer with fields nobody asked for, at every depth.
    MoreFields,
    /// An answer with its reasoning beside it.
    Reasons,
    /// Knows no `response_format`.
    NoFormats,
    /// Takes no `response_format` beside `stream`.
    NoFormatInStreams,
    /// Claims what nobody said.
    Invents,
    /// Quotes what nobody said.
    Misquotes,
}

/// What was asked.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// Bodies of requests for an answer, by prompt.
    pub asked: Vec<(String, Value)>,
    /// What no careful client does.
    pub violations: Vec<String>,
}

#[derive(Debug, Default)]
struct Plan {
    faults: BTreeMap<String, (Fault, u32)>,
    bucket: Option<(u32, f64, Instant)>,
}

#[derive(Debug, Clone, Default)]
struct Door {
    plan: Arc<Mutex<Plan>>,
    seen: Arc<Mutex<Seen>>,
}

/// The stand-in.
pub struct GroqStandIn {
    /// Where it is: what `LLM_BASE_URL` would be.
    pub url: String,
    door: Door,
    _server: tokio::task::JoinHandle<()>,
}

impl GroqStandIn {
    /// Starts it on a free port.
    pub async fn start() -> Self {
        crate::app::install_tls();
        let door = Door::default();
        let router = Router::new()
            .route("/openai/v1/chat/completions", post(complete))
            .route("/openai/v1/models", get(models))
            .with_state(door.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/openai/v1", listener.local_addr().unwrap());
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, door, _server: server }
    }

    /// Fails whenever a prompt is used, like `evaluate_answer.v1`; `*` is any that has no fault of its own.
    pub fn fail(&self, prompt: &str, fault: Fault) {
        self.fail_times(prompt, fault, u32::MAX);
    }

    /// Fails so often.
    pub fn fail_times(&self, prompt: &str, fault: Fault, times: u32) {
        self.door.plan.lock().unwrap().faults.insert(prompt.to_owned(), (fault, times));
    }

    /// Is well again.
    pub fn heal(&self) {
        self.door.plan.lock().unwrap().faults.clear();
    }

    /// Lets so many tokens a minute through, and no more.
    pub fn limit(&self, tokens: u32) {
        self.door.plan.lock().unwrap().bucket = Some((tokens, f64::from(tokens), Instant::now()));
    }

    /// What was asked so far.
    pub fn seen(&self) -> Seen {
        self.door.seen.lock().unwrap().clone()
    }

    /// How often a prompt was used.
    pub fn asked(&self, prompt: &str) -> usize {
        self.seen().asked.iter().filter(|(of, _)| of == prompt).count()
    }
}

impl Door {
    fn violation(&self, what: impl Into<String>) {
        self.seen.lock().unwrap().violations.push(what.into());
    }

    fn fault(&self, prompt: &str) -> Option<Fault> {
        let mut plan = self.plan.lock().unwrap();
        let key = if plan.faults.contains_key(prompt) { prompt } else { "*" };
        let (fault, left) = plan.faults.get_mut(key)?;
        if *left == 0 {
            return None;
        }
        *left = left.saturating_sub(u32::from(*left != u32::MAX));
        Some(fault.clone())
    }

    /// Takes tokens out of the bucket: the headers to send, and how long to wait where there are too few.
    fn take(&self, tokens: f64) -> (Vec<(&'static str, String)>, Option<f64>) {
        let mut plan = self.plan.lock().unwrap();
        let Some((limit, left, at)) = plan.bucket.as_mut() else { return (Vec::new(), None) };
        let per_second = f64::from(*limit) / 60.0;
        *left = (*left + at.elapsed().as_secs_f64() * per_second).min(f64::from(*limit));
        *at = Instant::now();
        let missing = tokens - *left;
        if missing <= 0.0 {
            *left -= tokens;
        }
        let reset = (f64::from(*limit) - *left) / per_second;
        let headers = vec![
            ("x-ratelimit-limit-tokens", limit.to_string()),
            ("x-ratelimit-remaining-tokens", format!("{:.0}", left.floor())),
            ("x-ratelimit-reset-tokens", format!("{reset:.3}s")),
            ("x-ratelimit-limit-requests", "1000".to_owned()),
            ("x-ratelimit-remaining-requests", "900".to_owned()),
            ("x-ratelimit-reset-requests", "2m52.8s".to_owned()),
        ];
        (headers, (missing > 0.0).then_some(missing / per_second))
    }
}

fn refused(status: u16, kind: &str, code: &str, message: &str) -> Response {
    let body = json!({ "error": { "message": message, "type": kind, "code": code } });
    (StatusCode::from_u16(status).unwrap(), axum::Json(body)).into_response()
}

fn is_known(headers: &HeaderMap) -> bool {
    headers.get("authorization").is_some_and(|value| value == &format!("Bearer {KEY}"))
}

fn wrong_key() -> Response {
    refused(401, "invalid_request_error", "invalid_api_key", "Invalid API Key")
}

async fn models(State(door): State<Door>, headers: HeaderMap) -> Response {
    if !is_known(&headers) {
        return wrong_key();
    }
    if let Some(Fault::Status(status, _)) = door.fault("models") {
        return refused(status, "server_error", "", "Try again.");
    }
    let model =
        json!({ "id": MODEL, "object": "model", "created": 1, "owned_by": "stand-in", "active": true });
    axum::Json(json!({ "object": "list", "data": [model] })).into_response()
}

async fn complete(State(door): State<Door>, headers: HeaderMap, body: Bytes) -> Response {
    if !is_known(&headers) {
        return wrong_key();
    }
    let Ok(asked) = serde_json::from_slice::<Value>(&body) else {
        door.violation("a body that is no JSON");
        return refused(400, "invalid_request_error", "", "no JSON");
    };
    if let Some(what) = misshapen(&asked) {
        door.violation(&what);
        return refused(400, "invalid_request_error", "", &what);
    }
    let Some(prompt) = prompt_of(&asked) else {
        door.violation("a system message that is none of the prompts");
        return refused(400, "invalid_request_error", "", "unknown prompt");
    };
    door.seen.lock().unwrap().asked.push((prompt.to_owned(), asked.clone()));
    let data = match fenced(asked["messages"][1]["content"].as_str().unwrap_or_default(), prompt) {
        Ok(data) => data,
        Err(what) => {
            door.violation(&what);
            return refused(400, "invalid_request_error", "", &what);
        }
    };
    if asked["model"] != MODEL {
        return refused(404, "invalid_request_error", "model_not_found", "The model does not exist");
    }
    let most = asked["max_completion_tokens"].as_f64().unwrap_or_default();
    let text = asked["messages"].to_string().chars().count();
    let tokens = f64::from(u32::try_from(text).unwrap()) / 4.0 + most;
    let (limits, wait) = door.take(tokens);
    let mut response = match wait {
        Some(wait) => {
            let mut turned_away = refused(429, "tokens", "rate_limit_exceeded", "Rate limit reached");
            turned_away.headers_mut().insert("retry-after", format!("{wait:.2}").parse().unwrap());
            turned_away
        }
        None => answered(&door, prompt, &asked, &data).await,
    };
    for (name, value) in limits {
        response.headers_mut().insert(name, value.parse().unwrap());
    }
    response.headers_mut().insert("x-request-id", "req_01stand1n".parse().unwrap());
    response
}

async fn answered(door: &Door, prompt: &'static str, asked: &Value, data: &Value) -> Response {
    let fault = door.fault(prompt);
    let streamed = asked["stream"] == true;
    let format = &asked["response_format"];
    match &fault {
        Some(Fault::Status(status, wait)) => {
            let mut response = refused(*status, "tokens", "capacity_exceeded", "Busy. Please try again.");
            if let Some(wait) = wait {
                response.headers_mut().insert("retry-after", wait.parse().unwrap());
            }
            return response;
        }
        Some(Fault::NoForm) => {
            let words = "Failed to generate JSON. See 'failed_generation' for more details.";
            return refused(400, "invalid_request_error", "json_validate_failed", words);
        }
        Some(Fault::NoFormats) if !format.is_null() => {
            let words = "This model does not support response format `json_schema`.";
            return refused(400, "invalid_request_error", "", words);
        }
        Some(Fault::NoFormatInStreams) if streamed && !format.is_null() => {
            let words = "response_format is not supported with stream";
            return refused(400, "invalid_request_error", "", words);
        }
        Some(Fault::Garbage) => return axum::Json(json!({ "hello": [1] })).into_response(),
        Some(Fault::Slow(wait)) => tokio::time::sleep(*wait).await,
        _ => {}
    }
    let said = replies::reply(prompt, data, fault.as_ref());
    let schema = &format["json_schema"]["schema"];
    let careful = !matches!(fault, Some(Fault::Says(_) | Fault::MoreFields));
    if careful && format["type"] == "json_schema" {
        let said: Value = serde_json::from_str(&said).unwrap();
        if let Some(what) = keeps_to(&said, schema) {
            door.violation(format!("the stand-in breaks the schema of {prompt}: {what}"));
        }
    }
    if streamed { stream(&said, fault.as_ref()) } else { whole(&said, fault.as_ref()) }
}

fn usage() -> Value {
    json!({ "queue_time": 0.04, "prompt_tokens": 45, "completion_tokens": 20, "total_tokens": 65, "total_time": 0.08 })
}

fn whole(said: &str, fault: Option<&Fault>) -> Response {
    let mut message = json!({ "role": "assistant", "content": said });
    if fault == Some(&Fault::Reasons) {
        message["reasoning"] = json!("Let me think about { and }.");
    }
    let finish = if fault == Some(&Fault::CutShort) { "length" } else { "stop" };
    let mut body = json!({
        "id": "chatcmpl-1", "object": "chat.completion", "created": 1_795_350_000, "model": MODEL,
        "choices": [{ "index": 0, "message": message, "logprobs": null, "finish_reason": finish }],
        "usage": usage(), "system_fingerprint": "fp_0", "x_groq": { "id": "req_01", "seed": 1 },
    });
    if fault == Some(&Fault::MoreFields) {
        body["news"] = json!({ "deeply": ["new"] });
        body["choices"][0]["novel"] = json!(1);
    }
    let body = body.to_string();
    if fault == Some(&Fault::BreaksOff) {
        let half = Bytes::from(body[..body.len() / 2].to_owned());
        return broken(vec![half]);
    }
    (StatusCode::OK, [("content-type", "application/json")], body).into_response()
}

/// A body that is cut off by the connection's end.
fn broken(parts: Vec<Bytes>) -> Response {
    let parts = parts.into_iter().map(Ok).chain([Err(std::io::Error::other("gone"))]);
    let body = Body::from_stream(futures::stream::iter(parts));
    (StatusCode::OK, [("content-type", "application/json")], body).into_response()
}

fn stream(said: &str, fault: Option<&Fault>) -> Response {
    let chunk = |delta: Value, finish: Option<&str>| {
        let choice = json!({ "index": 0, "delta": delta, "logprobs": null, "finish_reason": finish });
        json!({ "id": "chatcmpl-1", "object": "chat.completion.chunk", "model": MODEL, "choices": [choice] })
    };
    let mut chunks = vec![chunk(json!({ "role": "assistant", "content": "" }), None)];
    if fault == Some(&Fault::Reasons) {
        chunks.push(chunk(json!({ "reasoning": "Let me think." }), None));
    }
    let letters: Vec<char> = said.chars().collect();
    chunks.extend(
        letters.chunks(7).map(|part| chunk(json!({ "content": part.iter().collect::<String>() }), None)),
    );
    let finish = if fault == Some(&Fault::CutShort) { "length" } else { "stop" };
    let mut last = chunk(json!({}), Some(finish));
    last["usage"] = usage();
    last["x_groq"] = json!({ "id": "req_01", "usage": usage() });
    chunks.push(last);
    let broken = fault == Some(&Fault::BreaksOff);
    chunks.truncate(if broken { chunks.len() / 2 } else { chunks.len() });
    let events: Vec<String> = chunks.iter().map(|chunk| format!("data: {chunk}\n\n")).collect();
    let mut text = events.concat();
    if !broken {
        text.push_str("data: [DONE]\n\n");
    }
    // Pieces end in the middle of lines, words and letters.
    let pieces: Vec<Bytes> = text.into_bytes().chunks(97).map(Bytes::copy_from_slice).collect();
    let pieces = futures::stream::unfold(pieces.into_iter(), async |mut pieces| {
        let piece = pieces.next()?;
        tokio::time::sleep(Duration::from_millis(1)).await;
        Some((Ok::<_, Infallible>(piece), pieces))
    });
    (StatusCode::OK, [("content-type", "text/event-stream")], Body::from_stream(pieces)).into_response()
}
