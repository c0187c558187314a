//! One page on its socket.

use std::time::{Duration, Instant};

use axum::extract::ws::{Message, WebSocket};
use bytes::Bytes;
use chrono::{TimeDelta, Utc};
use interaura_domain::ids::{CandidateId, InterviewId, StreamId};
use interaura_domain::interview::InterviewStatus;
use interaura_domain::live::{
    CHUNK_MS, Call, LiveChunk, LiveFrame, MediaKind, MediaPacket, News, PageSays, Spoken, Told,
};
use interaura_domain::ports::live_media::{Channel, LiveListener};
use tokio::time::{MissedTickBehavior, interval};

use super::going_on::GoingOn;
use super::limits::{Limits, Verdict};
use super::times::{self, Time};
use super::{Refusal, close};
use crate::caller::Caller;
use crate::services::Services;

/// How often workers are told that the page is here.
const CALL_EVERY: Duration = Duration::from_secs(2);
/// How long a page may take to say hello.
const HELLO_WITHIN: Duration = Duration::from_secs(10);
/// How long a page may be silent: it sends something every few seconds even while it is paused.
const SILENT: Duration = Duration::from_secs(45);
/// No interview lasts longer.
const LONGEST: Duration = Duration::from_hours(4);
/// How long a page may have been there before the first question, in chunks.
const BEFORE_THE_FIRST: u64 = 10 * 60 * 1_000 / CHUNK_MS;
/// The most words in a text message, in bytes.
const MAX_WORDS: usize = 4 * 1024;
/// How often the session is looked at, in calls.
const LOOK_EVERY: u32 = 3;

const MISBEHAVED: Refusal = (close::MISBEHAVED, "This page sent what it should not. Reload it to go on.");
const LOST: Refusal = (close::TRY_AGAIN, "The server lost its connection. It tries again by itself.");

/// A page that is here, for as long as this lives.
struct Present(metrics::Gauge);

impl Present {
    fn new() -> Self {
        let pages = metrics::gauge!("interaura_live_pages");
        pages.increment(1);
        Self(pages)
    }
}

impl Drop for Present {
    fn drop(&mut self) {
        self.0.decrement(1);
    }
}

/// One page on its socket.
pub(super) struct Page {
    services: Services,
    interview_id: InterviewId,
    candidate_id: CandidateId,
    caller: Caller,
    limits: Limits,
    stream_id: Option<StreamId>,
    offset: TimeDelta,
    going_on: GoingOn,
}

impl Page {
    pub(super) fn new(
        services: Services,
        interview_id: InterviewId,
        candidate_id: CandidateId,
        caller: Caller,
    ) -> Self {
        let limits = Limits::new(Instant::now());
        Self {
            services,
            interview_id,
            candidate_id,
            caller,
            limits,
            stream_id: None,
            offset: TimeDelta::zero(),
            going_on: GoingOn::new(),
        }
    }

    /// Passes on until one side ends; the close code with its words, where we end it.
    pub(super) async fn run(mut self, socket: &mut WebSocket) -> Option<Refusal> {
        let Ok(mut news) = self.services.media.follow(Channel::Page, self.interview_id).await else {
            return Some(LOST);
        };
        let _present = Present::new();
        self.pass_on(socket, &mut *news).await.err().flatten()
    }

    async fn pass_on(
        &mut self,
        socket: &mut WebSocket,
        news: &mut dyn LiveListener,
    ) -> Result<(), Option<Refusal>> {
        let mut calls = interval(CALL_EVERY);
        calls.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut heard_of, mut called) = (Instant::now(), 0_u32);
        loop {
            tokio::select! {
                message = socket.recv() => {
                    heard_of = Instant::now();
                    match message {
                        Some(Ok(Message::Binary(body))) => self.media(body).await?,
                        Some(Ok(Message::Text(text))) => self.words(text.as_str()).await?,
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                        Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(None),
                    }
                }
                told = news.next() => {
                    let Some((_, body)) = told else { return Err(Some(LOST)) };
                    self.tell(socket, &body).await?;
                }
                _ = calls.tick() => {
                    called = called.wrapping_add(1);
                    self.look_after(heard_of).await?;
                    if called.is_multiple_of(LOOK_EVERY) {
                        self.look_at_session().await?;
                    }
                }
            }
        }
    }

    /// Calls the workers, unless the page has gone quiet or stayed for ever.
    async fn look_after(&self, heard_of: Instant) -> Result<(), Option<Refusal>> {
        let age = self.limits.age(Instant::now());
        if age > LONGEST {
            return Err(Some((close::NOT_GOING_ON, "This interview has lasted too long. Reload to go on.")));
        }
        match self.stream_id {
            Some(stream_id) => self.call(stream_id).await?,
            None if age > HELLO_WITHIN => return Err(Some(MISBEHAVED)),
            None => {}
        }
        if heard_of.elapsed() > SILENT { Err(None) } else { Ok(()) }
    }

    async fn look_at_session(&self) -> Result<(), Option<Refusal>> {
        let Some(token) = &self.caller.token else { return Ok(()) };
        match self.services.credentials.session(token).await {
            Ok(None) => Err(Some((close::SIGNED_OUT, "You are signed out. Sign in to go on."))),
            // A database that is away for a moment ends nothing.
            Ok(Some(_)) | Err(_) => Ok(()),
        }
    }

    async fn call(&self, stream_id: StreamId) -> Result<(), Option<Refusal>> {
        let call = Call { stream_id, candidate_id: self.candidate_id };
        let body = serde_json::to_vec(&call).map_err(|_| Some(LOST))?;
        self.send(Channel::Calls, body.into()).await
    }

    async fn send(&self, channel: Channel, body: Bytes) -> Result<(), Option<Refusal>> {
        self.services.media.send(channel, self.interview_id, body).await.map_err(|_| Some(LOST))
    }

    async fn media(&mut self, body: Bytes) -> Result<(), Option<Refusal>> {
        let Some(stream_id) = self.stream_id else { return Err(Some(MISBEHAVED)) };
        let Ok(mut packet) = MediaPacket::parse(&body) else { return Err(Some(MISBEHAVED)) };
        match self.limits.media(packet.kind, Instant::now()) {
            Verdict::Fine => {}
            Verdict::Drop => return Ok(()),
            Verdict::Flood => return Err(Some(MISBEHAVED)),
        }
        let now = self.services.clock.now();
        packet.captured_at = match times::captured(packet.kind, packet.captured_at, self.offset, now) {
            Time::At(at) => at,
            Time::Drop => return Ok(()),
            Time::Nonsense => return Err(Some(MISBEHAVED)),
        };
        self.look_at_interview().await;
        if !self.going_on.admit(packet.kind, packet.sequence) {
            return Ok(());
        }
        if let Some((first, last)) = self.going_on.take_dropped() {
            self.pass_words(stream_id, PageSays::Lost { first, last }).await?;
        }
        match packet.kind {
            MediaKind::Audio => self.send(Channel::Audio, LiveChunk { stream_id, packet }.encode()).await,
            MediaKind::Frame => {
                let candidate_id = self.candidate_id;
                self.send(Channel::Frames, LiveFrame { stream_id, candidate_id, packet }.encode()).await
            }
        }
    }

    async fn words(&mut self, text: &str) -> Result<(), Option<Refusal>> {
        if text.len() > MAX_WORDS || self.limits.words(Instant::now()) == Verdict::Flood {
            return Err(Some(MISBEHAVED));
        }
        let Ok(says) = serde_json::from_str::<PageSays>(text) else { return Err(Some(MISBEHAVED)) };
        match &says {
            PageSays::Hello { stream_id, now } => {
                let offset = times::offset(now.with_timezone(&Utc), self.services.clock.now());
                self.offset = offset.ok_or(Some(MISBEHAVED))?;
                self.stream_id = Some(*stream_id);
                self.call(*stream_id).await?;
            }
            PageSays::Lost { last, .. } => {
                if *last > self.most_chunks().await? {
                    return Err(Some(MISBEHAVED));
                }
            }
            PageSays::Question { .. } | PageSays::Finalize { .. } | PageSays::Bye => {}
        }
        let Some(stream_id) = self.stream_id else { return Err(Some(MISBEHAVED)) };
        self.pass_words(stream_id, says).await
    }

    async fn pass_words(&self, stream_id: StreamId, says: PageSays) -> Result<(), Option<Refusal>> {
        let spoken = serde_json::to_vec(&Spoken { stream_id, says }).map_err(|_| Some(MISBEHAVED))?;
        self.send(Channel::Audio, spoken.into()).await
    }

    /// How many chunks a page can have by now.
    async fn most_chunks(&self) -> Result<u64, Option<Refusal>> {
        let interview = self.services.interviews.load(self.interview_id.0).await.map_err(|_| Some(LOST))?;
        let passed = interview.first_asked_at().map(|asked| self.services.clock.now() - asked);
        let passed_ms = passed.and_then(|passed| u64::try_from(passed.num_milliseconds()).ok()).unwrap_or(0);
        Ok(passed_ms / CHUNK_MS + BEFORE_THE_FIRST)
    }

    async fn look_at_interview(&mut self) {
        let now = Instant::now();
        if !self.going_on.is_stale(now) {
            return;
        }
        // A database that is away for a moment ends no interview.
        if let Ok(interview) = self.services.interviews.load(self.interview_id.0).await {
            self.going_on.looked(interview.status() == InterviewStatus::InProgress, now);
        }
    }

    /// Passes news on that concern this page's stream.
    async fn tell(&self, socket: &mut WebSocket, body: &Bytes) -> Result<(), Option<Refusal>> {
        let Ok(told) = serde_json::from_slice::<Told>(body) else { return Ok(()) };
        if Some(told.stream_id) != self.stream_id {
            return Ok(());
        }
        if told.news == News::Replaced {
            let words = "This interview goes on in another tab. Close that one, or go on there.";
            return Err(Some((close::REPLACED, words)));
        }
        let Ok(text) = serde_json::to_string(&told.news) else { return Ok(()) };
        socket.send(Message::Text(text.into())).await.map_err(|_| None)
    }
}
