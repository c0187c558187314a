//! A stand-in for Deepgram's live transcription, as its documents describe it: what it asks of a client, in
//! which shape and order it answers, and the ways in which it fails.
//!
//! It hears a number in each 100 ms of audio, the first sample: 0 is silence, 13 is "um", others are `w<number>`.

mod hearing;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::{WebSocketStream, accept_hdr_async};

use self::hearing::{Hearing, Wanted};

/// The key that it knows.
pub const KEY: &str = "0123456789abcdef0123456789abcdef01234567";

/// What it always says who it is.
const REQUEST_ID: &str = "4f1f7a52-0c1f-4a83-9b3a-0a4a6c1e7d10";
/// More than this over the allowed pace is too fast, in ms of audio.
const PACE_SLACK_MS: u64 = 1_300;

/// How it fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It does not.
    None,
    /// It turns every upgrade away with a status.
    Refuse(u16),
    /// It closes each connection that was given this much audio, in ms, with a code and its reason.
    Close(u64, u16, &'static str),
    /// The same, and who comes back meets the status.
    CloseThenRefuse(u64, u16),
    /// It is gone in mid-frame after this much audio, in ms.
    Vanish(u64),
    /// It answers this late.
    Slow(Duration),
    /// It says what nobody understands before each answer.
    Babble,
    /// It says only what nobody understands.
    Garbage,
    /// It takes audio and says nothing.
    Silent,
    /// It has no answer to `Finalize`.
    NoFinalize,
    /// It is not there: every connection ends at once.
    Down,
    /// It takes connections and does not answer them.
    Stall,
}

/// What it saw.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// The parameters of each upgrade.
    pub upgrades: Vec<BTreeMap<String, String>>,
    /// What no client may do.
    pub violations: Vec<String>,
    /// When each connection was kept alive, in ms since it was last given anything.
    pub kept_alive_ms: Vec<u128>,
    /// How often final words were wanted.
    pub finalized: usize,
    /// How often a stream was closed as it should be.
    pub closed: usize,
    /// All audio, in ms.
    pub audio_ms: u64,
}

/// A stand-in for Deepgram.
pub struct DeepgramStandIn {
    /// Where it is.
    pub url: String,
    seen: Arc<Mutex<Seen>>,
    fault: watch::Sender<Fault>,
    server: JoinHandle<()>,
}

impl Drop for DeepgramStandIn {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl DeepgramStandIn {
    /// Starts one on a port of its own.
    pub async fn start() -> Self {
        Self::with_idle(Duration::from_secs(10)).await
    }

    /// The same with another patience for clients that say nothing.
    pub async fn with_idle(idle: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("ws://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Seen::default()));
        let (fault, faults) = watch::channel(Fault::None);
        let door = Door { seen: Arc::clone(&seen), faults, idle };
        let server = tokio::spawn(async move {
            let mut guests = JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                guests.spawn(door.clone().welcome(stream));
                while guests.try_join_next().is_some() {}
            }
        });
        Self { url, seen, fault, server }
    }

    /// From here on it fails like this.
    pub fn fail(&self, fault: Fault) {
        self.fault.send(fault).unwrap();
    }

    /// What it saw so far.
    pub fn seen(&self) -> Seen {
        self.seen.lock().unwrap().clone()
    }
}

#[derive(Clone)]
struct Door {
    seen: Arc<Mutex<Seen>>,
    faults: watch::Receiver<Fault>,
    idle: Duration,
}

impl Door {
    fn violation(&self, what: impl Into<String>) {
        self.seen.lock().unwrap().violations.push(what.into());
    }

    #[expect(clippy::result_large_err, reason = "tungstenite's own type of refusals")]
    async fn welcome(self, stream: TcpStream) {
        let fault = self.faults.borrow().clone();
        match fault {
            Fault::Down => return,
            Fault::Stall => return std::future::pending().await,
            _ => {}
        }
        let mut wanted = None;
        let upgraded = accept_hdr_async(stream, |request: &Request, mut response: Response| {
            match self.admit(request, &fault) {
                Ok(query) => {
                    response.headers_mut().insert("dg-request-id", HeaderValue::from_static(REQUEST_ID));
                    if request.headers().contains_key("sec-websocket-protocol") {
                        response
                            .headers_mut()
                            .insert("sec-websocket-protocol", HeaderValue::from_static("token"));
                    }
                    wanted = Some(Wanted::of(&query));
                    Ok(response)
                }
                Err((status, code, message)) => Err(turned_away(status, code, message)),
            }
        });
        let (Ok(socket), Some(wanted)) = (upgraded.await, wanted) else { return };
        Guest::new(self, socket, wanted).attend().await;
    }

    /// Looks at who comes in; the parameters, or status, code and message of a refusal.
    fn admit(
        &self,
        request: &Request,
        fault: &Fault,
    ) -> Result<BTreeMap<String, String>, (u16, &'static str, &'static str)> {
        let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
        let protocols = header("sec-websocket-protocol").unwrap_or_default();
        let authorized = header("authorization").and_then(|token| token.strip_prefix("Token ")) == Some(KEY)
            || protocols == format!("token, {KEY}");
        if !authorized {
            return Err((401, "INVALID_AUTH", "Invalid credentials."));
        }
        if request.uri().path() != "/v1/listen" {
            return Err((404, "PROJECT_NOT_FOUND", "Project not found."));
        }
        let query: BTreeMap<_, _> = request
            .uri()
            .query()
            .unwrap_or_default()
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let earlier = {
            let mut seen = self.seen.lock().unwrap();
            seen.upgrades.push(query.clone());
            seen.upgrades.len()
        };
        let is = |name: &str, value: &str| query.get(name).is_some_and(|found| found == value);
        if query.contains_key("encoding") && !query.contains_key("sample_rate") {
            return Err((400, "INVALID_QUERY_PARAMETER", "sample_rate is required with encoding."));
        }
        if query.contains_key("utterance_end_ms") && !is("interim_results", "true") {
            return Err((400, "INVALID_QUERY_PARAMETER", "utterance_end_ms requires interim_results."));
        }
        if !query.get("model").is_some_and(|model| model.starts_with("nova")) {
            return Err((400, "INVALID_QUERY_PARAMETER", "No such model."));
        }
        match fault {
            Fault::Refuse(status) => Err(refusal(*status)),
            Fault::CloseThenRefuse(_, status) if earlier > 1 => Err(refusal(*status)),
            _ => Ok(query),
        }
    }
}

fn refusal(status: u16) -> (u16, &'static str, &'static str) {
    match status {
        401 => (401, "INVALID_AUTH", "Invalid credentials."),
        402 => (402, "ASR_PAYMENT_REQUIRED", "Project does not have enough credits."),
        403 => (403, "INSUFFICIENT_PERMISSIONS", "Insufficient permissions."),
        429 => (429, "TOO_MANY_REQUESTS", "Too many requests."),
        other => (other, "INTERNAL", "Try again."),
    }
}

fn turned_away(status: u16, code: &str, message: &'static str) -> ErrorResponse {
    let body = json!({ "err_code": code, "err_msg": message, "request_id": REQUEST_ID }).to_string();
    let mut response = ErrorResponse::new(Some(body));
    *response.status_mut() = status.try_into().unwrap();
    response.headers_mut().insert("dg-request-id", HeaderValue::from_static(REQUEST_ID));
    response.headers_mut().insert("dg-error", HeaderValue::from_static(message));
    response
}

/// One connection.
struct Guest {
    door: Door,
    socket: WebSocketStream<TcpStream>,
    hearing: Hearing,
    audio: Vec<u8>,
    audio_ms: u64,
    opened: Instant,
    last: Instant,
    /// Answers and when they are due.
    due: Vec<(Instant, Value)>,
}

impl Guest {
    fn new(door: Door, socket: WebSocketStream<TcpStream>, wanted: Wanted) -> Self {
        let now = Instant::now();
        let hearing = Hearing::new(wanted);
        Self {
            door,
            socket,
            hearing,
            audio: Vec::new(),
            audio_ms: 0,
            opened: now,
            last: now,
            due: Vec::new(),
        }
    }

    fn fault(&self) -> Fault {
        self.door.faults.borrow().clone()
    }

    async fn attend(mut self) {
        let mut faults = self.door.faults.clone();
        loop {
            // A client that never sent audio is not kept by words.
            let idle = self.last + self.door.idle;
            let due = self.due.first().map_or(idle, |(due, _)| *due).min(idle);
            let flow = tokio::select! {
                changed = faults.changed() => match changed {
                    Ok(()) if self.fault() != Fault::Down => ControlFlow::Continue(()),
                    _ => return,
                },
                message = self.socket.next() => match message {
                    Some(Ok(message)) => self.listen(message).await,
                    _ => return,
                },
                () = tokio::time::sleep_until(due) => self.tell_due().await,
            };
            if flow.is_break() {
                return;
            }
        }
    }

    async fn tell_due(&mut self) -> ControlFlow<()> {
        let now = Instant::now();
        while self.due.first().is_some_and(|(due, _)| *due <= now) {
            let (_, answer) = self.due.remove(0);
            self.send(&answer).await?;
        }
        if now >= self.last + self.door.idle {
            return self.close(1011, "NET-0001").await;
        }
        ControlFlow::Continue(())
    }

    async fn listen(&mut self, message: Message) -> ControlFlow<()> {
        match message {
            Message::Binary(audio) if audio.is_empty() => {
                self.door.violation("an empty frame");
                self.close(1000, "").await
            }
            Message::Binary(audio) => self.hear(&audio).await,
            Message::Text(text) => self.obey(&text).await,
            Message::Close(_) => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    }

    async fn hear(&mut self, audio: &[u8]) -> ControlFlow<()> {
        self.last = Instant::now();
        let frame_ms = u64::try_from(audio.len()).unwrap() / 32;
        self.audio_ms += frame_ms;
        self.door.seen.lock().unwrap().audio_ms += frame_ms;
        if frame_ms > 250 {
            self.door.violation(format!("a frame of {frame_ms} ms"));
        }
        let elapsed = u64::try_from(self.opened.elapsed().as_millis()).unwrap();
        if self.audio_ms > elapsed * 5 / 4 + PACE_SLACK_MS {
            self.door.violation(format!("{} ms of audio in {elapsed} ms", self.audio_ms));
        }
        match self.fault() {
            Fault::Close(after, code, reason) if self.audio_ms >= after => {
                return self.close(code, reason).await;
            }
            Fault::CloseThenRefuse(after, _) if self.audio_ms >= after => {
                return self.close(1011, "NET-0000").await;
            }
            Fault::Vanish(after) if self.audio_ms >= after => return ControlFlow::Break(()),
            _ => {}
        }
        self.audio.extend(audio);
        while self.audio.len() >= 3_200 {
            let chunk: Vec<u8> = self.audio.drain(..3_200).collect();
            let answers = self.hearing.chunk(i16::from_le_bytes([chunk[0], chunk[1]]));
            self.answer(answers).await?;
        }
        ControlFlow::Continue(())
    }

    async fn obey(&mut self, text: &str) -> ControlFlow<()> {
        let order: Value = serde_json::from_str(text).unwrap_or_default();
        match order["type"].as_str() {
            Some("KeepAlive") => {
                let quiet = self.last.elapsed().as_millis();
                self.door.seen.lock().unwrap().kept_alive_ms.push(quiet);
                if self.audio_ms > 0 {
                    self.last = Instant::now();
                }
                ControlFlow::Continue(())
            }
            Some("Finalize") => {
                self.last = Instant::now();
                self.door.seen.lock().unwrap().finalized += 1;
                if self.fault() == Fault::NoFinalize {
                    return ControlFlow::Continue(());
                }
                let answer = self.hearing.finalize();
                self.answer(vec![answer]).await
            }
            Some("CloseStream") => {
                self.door.seen.lock().unwrap().closed += 1;
                let answers = self.hearing.end();
                self.answer(answers).await?;
                self.close(1000, "").await
            }
            _ => {
                self.door.violation(format!("an unknown order {text}"));
                self.close(1008, "DATA-0000").await
            }
        }
    }

    async fn answer(&mut self, answers: Vec<Value>) -> ControlFlow<()> {
        for answer in answers {
            match self.fault() {
                Fault::Silent => {}
                Fault::Slow(late) => self.due.push((Instant::now() + late, answer)),
                Fault::Garbage => self.babble().await?,
                Fault::Babble => {
                    self.babble().await?;
                    self.send(&answer).await?;
                }
                _ => self.send(&answer).await?,
            }
        }
        ControlFlow::Continue(())
    }

    async fn babble(&mut self) -> ControlFlow<()> {
        for text in ["", "{", "null", r#"{"type":"Results","start":-4,"duration":1e99,"channel":{}}"#] {
            self.deliver(Message::text(text)).await?;
        }
        self.deliver(Message::Binary(vec![0xff, 0x00].into())).await
    }

    async fn send(&mut self, answer: &Value) -> ControlFlow<()> {
        self.deliver(Message::text(answer.to_string())).await
    }

    async fn deliver(&mut self, message: Message) -> ControlFlow<()> {
        match self.socket.send(message).await {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }

    async fn close(&mut self, code: u16, reason: &'static str) -> ControlFlow<()> {
        let frame = CloseFrame { code: CloseCode::from(code), reason: reason.into() };
        let _ = self.socket.close(Some(frame)).await;
        // The other side answers before the connection ends.
        let answer = async { while let Some(Ok(_)) = self.socket.next().await {} };
        let _ = tokio::time::timeout(Duration::from_secs(2), answer).await;
        ControlFlow::Break(())
    }
}
