//! A page's camera and microphone, and stand-ins for what hears and sees: an engine that hears numbers
//! and an analyser that counts bytes.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use futures::{SinkExt as _, StreamExt as _};
use interaura_domain::attention::event::{FaceBox, FaceReading, FrameReading, Gaze, HeadPose};
use interaura_domain::ids::StreamId;
use interaura_domain::live::{CHUNK_MS, CHUNK_SAMPLES, MediaKind, MediaPacket, News, PageSays};
use interaura_domain::ports::frame_analyser::{FrameAnalyser, FrameError};
use interaura_domain::ports::speech_to_text::{Heard, SpeechError, SpeechSession, SpeechToText};
use interaura_domain::speech::SpokenWord;
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::browser::Browser;
use crate::story::fresh;

/// Silent chunks that end an utterance.
const PAUSE_CHUNKS: u64 = 3;

/// Fails every engine that hears it.
pub const UNBEARABLE: i16 = -1;

/// Hears a number in each chunk, its first sample: 0 is silence, 13 is "um", others are `w<number>`.
#[derive(Default)]
pub struct NumberHearing {
    /// Its name.
    pub name: &'static str,
    /// While it is set, every session fails.
    pub down: Arc<AtomicBool>,
}

struct NumberSession {
    down: Arc<AtomicBool>,
    heard: VecDeque<Heard>,
    news: Notify,
    chunks: u64,
    words: Vec<(u64, i16)>,
}

impl NumberSession {
    fn close(&mut self) {
        let until_ms = self.chunks * CHUNK_MS;
        let Some((first, _)) = self.words.first().copied() else {
            self.heard.push_back(Heard::Silence { until_ms });
            return;
        };
        let words = self.spoken();
        self.words.clear();
        self.heard.push_back(Heard::Final { start_ms: first * CHUNK_MS, until_ms, words });
    }

    fn spoken(&self) -> Vec<SpokenWord> {
        let first = self.words.first().map_or(0, |(chunk, _)| *chunk);
        let place = |chunk: u64| u32::try_from((chunk - first) * CHUNK_MS).unwrap();
        let word = |(chunk, number): &(u64, i16)| SpokenWord {
            text: if *number == 13 { "um".to_owned() } else { format!("w{number}") },
            start_ms: place(*chunk),
            end_ms: place(*chunk + 1),
            confidence: 0.9,
            filler: *number == 13,
        };
        self.words.iter().map(word).collect()
    }

    fn fail_if_down(&self) -> Result<(), SpeechError> {
        if self.down.load(Ordering::SeqCst) {
            return Err(SpeechError::Refused("out of credit".to_owned()));
        }
        Ok(())
    }
}

#[async_trait]
impl SpeechSession for NumberSession {
    async fn hear(&mut self, samples: &[i16]) -> Result<(), SpeechError> {
        self.fail_if_down()?;
        match samples[0] {
            0 => {}
            UNBEARABLE => return Err(SpeechError::Unavailable("this cannot be heard".into())),
            number => {
                self.words.push((self.chunks, number));
                let first = self.words[0].0;
                self.heard.push_back(Heard::Interim { start_ms: first * CHUNK_MS, words: self.spoken() });
            }
        }
        self.chunks += 1;
        let pause = self.words.last().is_none_or(|(chunk, _)| self.chunks > chunk + PAUSE_CHUNKS);
        if pause {
            self.close();
        }
        self.news.notify_one();
        Ok(())
    }

    async fn heard(&mut self) -> Result<Heard, SpeechError> {
        loop {
            self.fail_if_down()?;
            if let Some(heard) = self.heard.pop_front() {
                return Ok(heard);
            }
            self.news.notified().await;
        }
    }

    async fn finalize(&mut self) -> Result<(), SpeechError> {
        self.close();
        self.news.notify_one();
        Ok(())
    }
}

#[async_trait]
impl SpeechToText for NumberHearing {
    fn name(&self) -> &str {
        self.name
    }

    async fn open(&self) -> Result<Box<dyn SpeechSession>, SpeechError> {
        if self.down.load(Ordering::SeqCst) {
            return Err(SpeechError::Refused("out of credit".to_owned()));
        }
        Ok(Box::new(NumberSession {
            down: Arc::clone(&self.down),
            heard: VecDeque::new(),
            news: Notify::new(),
            chunks: 0,
            words: Vec::new(),
        }))
    }
}

/// Sees as many faces as the first byte says; 255 is no picture.
pub struct ByteSeeing;

#[async_trait]
impl FrameAnalyser for ByteSeeing {
    fn name(&self) -> &'static str {
        "bytes/1"
    }

    async fn analyse(&self, jpeg: Bytes) -> Result<FrameReading, FrameError> {
        match jpeg[0] {
            255 => Err(FrameError::Unreadable("no picture".to_owned())),
            0 => Ok(FrameReading::NoFace { light: 0.5 }),
            faces => Ok(FrameReading::Face(FaceReading {
                faces,
                face: FaceBox { x: 0.25, y: 0.25, width: 0.5, height: 0.5 },
                head: Some(HeadPose { yaw: 4.0, pitch: 2.0, roll: 0.0 }),
                gaze: Gaze::Toward,
                shoulders: None,
                light: 0.5,
                confidence: 0.9,
            })),
        }
    }
}

/// A page with its microphone and camera.
pub struct LivePage {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Its stream.
    pub stream_id: StreamId,
    began: DateTime<Utc>,
}

impl LivePage {
    /// Opens the socket and says hello.
    pub async fn open(browser: &Browser, interview: &str) -> Self {
        Self::open_as(browser, interview, StreamId(fresh())).await
    }

    /// The same with the stream of a page that was here before.
    pub async fn open_as(browser: &Browser, interview: &str, stream_id: StreamId) -> Self {
        let socket = browser.open_socket(&format!("/live/{interview}")).await;
        let began = "2026-11-22T09:00:00Z".parse().unwrap();
        let mut page = Self { socket, stream_id, began };
        page.say(&PageSays::Hello { stream_id, now: began }).await;
        page
    }

    /// Says something in words.
    pub async fn say(&mut self, says: &PageSays) {
        self.send(Message::text(serde_json::to_string(says).unwrap())).await;
    }

    /// Sends anything.
    pub async fn send(&mut self, message: Message) {
        self.socket.send(message).await.unwrap();
    }

    /// Speaks numbers, one in each chunk, the first of them as chunk `from`.
    pub async fn speak(&mut self, from: u64, numbers: &[i16]) {
        for (place, number) in numbers.iter().enumerate() {
            let sequence = from + u64::try_from(place).unwrap();
            let mut body = vec![0; CHUNK_SAMPLES * 2];
            body[..2].copy_from_slice(&number.to_le_bytes());
            self.media(MediaKind::Audio, sequence, body).await;
        }
    }

    /// Shows a picture.
    pub async fn show(&mut self, sequence: u64, picture: Vec<u8>) {
        self.media(MediaKind::Frame, sequence, picture).await;
    }

    async fn media(&mut self, kind: MediaKind, sequence: u64, body: Vec<u8>) {
        let passed = TimeDelta::milliseconds(i64::try_from(sequence * CHUNK_MS).unwrap() - 60_000);
        let packet = MediaPacket { kind, sequence, captured_at: self.began + passed, body: body.into() };
        self.send(Message::Binary(packet.encode())).await;
    }

    /// The next news that are of interest; others are passed over.
    pub async fn told<T>(&mut self, what: &str, mut wanted: impl FnMut(News) -> Option<T>) -> T {
        let patience = std::time::Duration::from_secs(45);
        loop {
            let message = tokio::time::timeout(patience, self.socket.next()).await;
            let message = message.unwrap_or_else(|_| panic!("was not told: {what}")).unwrap().unwrap();
            let Message::Text(text) = &message else { panic!("instead of {what}: {message:?}") };
            if let Some(found) = wanted(serde_json::from_str(text.as_str()).unwrap()) {
                return found;
            }
        }
    }

    /// Waits until somebody listens; the chunk that is wanted next.
    pub async fn heard_from(&mut self) -> u64 {
        self.told("that somebody listens", |news| match news {
            News::Hearing { from, .. } => Some(from),
            _ => None,
        })
        .await
    }

    /// Waits until everything up to a chunk is committed.
    pub async fn committed(&mut self, chunk: u64) {
        self.told("what is committed", |news| match news {
            News::Committed { up_to } if up_to >= chunk => Some(()),
            _ => None,
        })
        .await;
    }

    /// The code with which the server closes the socket.
    pub async fn closed(&mut self) -> u16 {
        let patience = std::time::Duration::from_secs(45);
        let end = async {
            loop {
                match self.socket.next().await {
                    Some(Ok(Message::Close(frame))) => return frame.map_or(0, |frame| frame.code.into()),
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return 0,
                }
            }
        };
        tokio::time::timeout(patience, end).await.expect("the socket stays open")
    }
}
