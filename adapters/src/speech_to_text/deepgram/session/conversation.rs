//! What is said over one connection: audio at the pace of speech, words back, and what keeps it alive.

use std::time::Duration;

use futures::{SinkExt as _, StreamExt as _};
use interaura_domain::ports::Cause;
use interaura_domain::ports::speech_to_text::Heard;
use tokio::time::{Instant, sleep_until};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error as SocketError, Message as Frame};

use super::super::connection::Socket;
use super::super::message::{Message, Span};
use super::super::pace::Pace;
use super::{CLOSE_STREAM, MOST_KEPT_MS, Task};

/// What is sent when there is no audio.
const KEEP_ALIVE: &str = r#"{"type":"KeepAlive"}"#;
/// The wish for final words.
const FINALIZE: &str = r#"{"type":"Finalize"}"#;
/// How much audio goes into one frame, in ms.
const FRAME_MS: u64 = 100;
/// No word is shorter, in ms.
const LEAST_WORD_MS: u64 = 100;

/// Why a conversation is over.
pub(super) enum Parting {
    /// The session was dropped.
    Done,
    /// There is nothing to hear for now.
    Idle,
    /// The connection is gone or of no use.
    Lost(Cause),
    /// Words are so far behind that another engine does better.
    Overdue,
}

/// Final words that were asked for.
struct Asked {
    /// Up to where, in ms of the session.
    until_ms: u64,
    at: Instant,
}

/// What is said over one connection.
pub(super) struct Conversation<'a> {
    task: &'a mut Task,
    socket: Socket,
    pace: Pace,
    /// The connection's time 0, in ms of the session.
    offset_ms: u64,
    opened: Instant,
    /// When something was last sent; `None` before the first audio.
    spoke: Option<Instant>,
    /// Since when audio has had no answer.
    unanswered: Option<Instant>,
    /// Up to where something was said about the audio, in ms of the session.
    covered_ms: u64,
    asked: Option<Asked>,
    /// Whether the server was told to hear to the end and hang up.
    closing: bool,
}

impl<'a> Conversation<'a> {
    pub(super) fn new(task: &'a mut Task, socket: Socket) -> Self {
        let now = Instant::now();
        let offset_ms = task.backlog.rewind();
        Self {
            task,
            socket,
            pace: Pace::new(now),
            offset_ms,
            opened: now,
            spoke: None,
            unanswered: None,
            covered_ms: offset_ms,
            asked: None,
            closing: false,
        }
    }

    /// Talks until there is a reason to part.
    pub(super) async fn run(mut self) -> (Socket, Parting) {
        let parting = loop {
            if let Err(parting) = self.step().await {
                break parting;
            }
        };
        // What was asked for over this connection is asked again over the next.
        if let Some(asked) = self.asked.take() {
            self.task.wanted = self.task.wanted.max(Some(asked.until_ms));
        }
        (self.socket, parting)
    }

    async fn step(&mut self) -> Result<(), Parting> {
        self.speak().await?;
        let wake = self.wake();
        tokio::select! {
            order = self.task.orders.recv() => match order {
                None => return Err(Parting::Done),
                Some(order) => {
                    self.task.take(order);
                    if self.task.backlog.kept_ms() > MOST_KEPT_MS {
                        return Err(Parting::Overdue);
                    }
                }
            },
            frame = self.socket.next() => self.listen(frame)?,
            () = sleep_until(wake) => {}
        }
        self.look_at_the_clock().await
    }

    /// Sends the audio that the pace allows, then the wish for final words where all of it was sent.
    async fn speak(&mut self) -> Result<(), Parting> {
        while !self.closing {
            let unsent = self.task.backlog.unsent_ms().min(FRAME_MS);
            if unsent == 0 || !self.pace.take(unsent, Instant::now()) {
                break;
            }
            let audio = self.task.backlog.next(unsent);
            self.send(Frame::Binary(audio.into())).await?;
            self.unanswered.get_or_insert_with(Instant::now);
        }
        let wanted = self.task.wanted.filter(|until| self.task.backlog.sent_ms() >= *until);
        if let Some(until_ms) = wanted.filter(|_| self.asked.is_none() && !self.closing) {
            self.task.wanted = None;
            self.asked = Some(Asked { until_ms, at: Instant::now() });
            self.send(FINALIZE.into()).await?;
        }
        Ok(())
    }

    async fn send(&mut self, frame: Frame) -> Result<(), Parting> {
        let sending = tokio::time::timeout(self.task.settings.timings.answer, self.socket.send(frame));
        match sending.await {
            Ok(Ok(())) => {
                self.spoke = Some(Instant::now());
                Ok(())
            }
            Ok(Err(error)) => Err(Parting::Lost(error.into())),
            Err(_) => Err(Parting::Lost("it takes no audio any more".into())),
        }
    }

    /// When there is something to do, even if nobody says anything.
    fn wake(&self) -> Instant {
        let timings = &self.task.settings.timings;
        let unsent = self.task.backlog.unsent_ms().min(FRAME_MS);
        let quiet = match self.spoke {
            Some(spoke) => spoke + timings.keep_alive,
            None => self.opened + timings.unused,
        };
        let paced = (unsent > 0 && !self.closing).then(|| self.pace.ready(unsent));
        let silent = self.unanswered.map(|since| since + timings.answer);
        let asked = self.asked.as_ref().map(|asked| asked.at + self.patience());
        [paced, silent, asked].into_iter().flatten().fold(quiet, Instant::min)
    }

    /// How long final words are waited for.
    fn patience(&self) -> Duration {
        let timings = &self.task.settings.timings;
        if self.closing { timings.answer } else { timings.finalize }
    }

    async fn look_at_the_clock(&mut self) -> Result<(), Parting> {
        let timings = self.task.settings.timings;
        let now = Instant::now();
        let patience = self.patience();
        if let Some(asked) = self.asked.as_ref().filter(|asked| now >= asked.at + patience) {
            self.insist(asked.until_ms).await?;
        }
        if self.unanswered.is_some_and(|since| now >= since + timings.answer) {
            return Err(Parting::Lost("it says nothing about the audio".into()));
        }
        match self.spoke {
            None if now >= self.opened + timings.unused => Err(Parting::Idle),
            Some(spoke) if now >= spoke + timings.keep_alive && !self.closing => {
                // Kept alive or not, a quiet connection may be hung up; nothing of ours is to be left in it.
                if !self.task.backlog.is_settled() && self.asked.is_none() {
                    self.task.wanted = Some(self.task.backlog.end_ms());
                }
                self.send(KEEP_ALIVE.into()).await
            }
            _ => Ok(()),
        }
    }

    /// The wish for final words may have no answer where little audio is left; the end of the stream has one.
    async fn insist(&mut self, until_ms: u64) -> Result<(), Parting> {
        if !self.task.utterances.has_interim() && self.covered_ms + LEAST_WORD_MS >= until_ms {
            self.asked = None;
            self.finish(until_ms);
            return Ok(());
        }
        if self.closing {
            return Err(Parting::Lost("it has no final words".into()));
        }
        self.closing = true;
        self.asked = Some(Asked { until_ms, at: Instant::now() });
        self.send(CLOSE_STREAM.into()).await
    }

    fn listen(&mut self, frame: Option<Result<Frame, SocketError>>) -> Result<(), Parting> {
        match frame {
            Some(Ok(Frame::Text(text))) => self.understand(&text),
            Some(Ok(Frame::Close(reason))) => Err(self.closed(reason.as_ref())),
            Some(Ok(_)) => Ok(()),
            Some(Err(error)) => Err(Parting::Lost(error.into())),
            None => Err(self.closed(None)),
        }
    }

    /// A server that hangs up for want of audio has nothing of ours.
    fn closed(&mut self, reason: Option<&CloseFrame>) -> Parting {
        let code = reason.map_or(1_006, |reason| u16::from(reason.code));
        // Who was told to hear to the end and says good-bye has done so.
        if let Some(asked) = self.asked.take_if(|_| self.closing && code == 1_000) {
            self.finish(asked.until_ms);
        }
        if self.task.backlog.is_settled() && self.task.wanted.is_none() && self.asked.is_none() {
            return Parting::Idle;
        }
        Parting::Lost(format!("it closed the connection, code {code}").into())
    }

    fn understand(&mut self, text: &str) -> Result<(), Parting> {
        match Message::parse(text) {
            Some(Message::Results(results)) => {
                if let Some(span) = results.span() {
                    self.take(span);
                } else {
                    tracing::debug!("Deepgram said what makes no sense");
                }
            }
            Some(Message::UtteranceEnd) => {
                self.unanswered = None;
                if let Some(heard) = self.task.utterances.pause() {
                    self.task.tell(heard);
                }
            }
            Some(Message::Other) => {}
            Some(Message::Error) => return Err(Parting::Lost("it told an error".into())),
            None => tracing::debug!("Deepgram said what cannot be read"),
        }
        Ok(())
    }

    fn take(&mut self, mut span: Span) {
        self.unanswered = None;
        let asked = self.asked.take_if(|_| span.from_finalize);
        if asked.is_some() {
            // These words are told by `finish`, up to where they were asked for.
            (span.from_finalize, span.speech_final) = (false, false);
        }
        let (before, sent_ms) = (self.task.utterances.settled_ms(), self.task.backlog.sent_ms());
        self.covered_ms = self.covered_ms.max((span.end_ms + self.offset_ms).min(sent_ms));
        let heard = self.task.utterances.take(span, self.offset_ms, sent_ms);
        if self.task.utterances.settled_ms() > before {
            self.task.failures = 0;
        }
        match (heard, asked) {
            (Some(heard @ Heard::Final { .. }), Some(asked)) => {
                self.task.tell(heard);
                self.finish(asked.until_ms);
            }
            (_, Some(asked)) => self.finish(asked.until_ms),
            (Some(heard), None) => self.task.tell(heard),
            (None, None) => {}
        }
        self.settle();
        let told_ms = self.task.utterances.told_ms();
        self.asked.take_if(|asked| asked.until_ms <= told_ms);
    }

    /// Tells everything up to where it was asked for.
    fn finish(&mut self, until_ms: u64) {
        let heard = self.task.utterances.finish(until_ms);
        self.task.tell(heard);
        self.settle();
    }

    fn settle(&mut self) {
        self.task.backlog.settle(self.task.utterances.settled_ms());
        if self.task.backlog.is_settled() {
            self.unanswered = None;
        }
    }
}
