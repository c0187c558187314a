//! A page that keeps what was said until it is committed, as the browser does, whatever happens to the servers.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::{SinkExt as _, StreamExt as _};
use interaura_domain::ids::StreamId;
use interaura_domain::live::{CHUNK_MS, CHUNK_SAMPLES, MediaKind, MediaPacket, News, PageSays};
use tokio::net::TcpStream;
use tokio::time::{MissedTickBehavior, interval, sleep};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::browser::Browser;
use crate::story::{at, fresh};

/// How often a chunk is sent: faster than it was spoken.
const PACE: Duration = Duration::from_millis(60);
/// How long to wait before another try to connect.
const PAUSE: Duration = Duration::from_millis(300);

/// A page with a recording in place of its microphone.
pub struct SteadyPage<'a> {
    browser: &'a Browser,
    interview: &'a str,
    stream_id: StreamId,
    began: DateTime<Utc>,
    chunks: Vec<Vec<u8>>,
    wanted: u64,
    said: u64,
    committed: u64,
}

impl<'a> SteadyPage<'a> {
    /// A page that is to say some samples, 16 kHz; the last chunk is filled up with silence.
    pub fn new(browser: &'a Browser, interview: &'a str, samples: &[i16]) -> Self {
        let chunk = |samples: &[i16]| {
            let mut bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
            bytes.resize(CHUNK_SAMPLES * 2, 0);
            bytes
        };
        let chunks = samples.chunks(CHUNK_SAMPLES).map(chunk).collect();
        let (stream_id, began) = (StreamId(fresh()), at());
        Self { browser, interview, stream_id, began, chunks, wanted: 0, said: 0, committed: 0 }
    }

    /// How many chunks there are.
    pub fn length(&self) -> u64 {
        u64::try_from(self.chunks.len()).unwrap()
    }

    /// Speaks until a chunk is committed; what comes after it may still be said or not. `disturb` is called once with
    /// each chunk that was said for the first time.
    pub async fn speak(&mut self, until: u64, mut disturb: impl AsyncFnMut(u64)) {
        while self.committed < until {
            let path = format!("/live/{}", self.interview);
            match self.browser.try_open_socket(&path).await {
                Some(mut socket) => {
                    self.converse(&mut socket, until, &mut disturb).await;
                    // Whoever is gone in good order need not be waited for.
                    let _ = socket.close(None).await;
                }
                None => sleep(PAUSE).await,
            }
        }
    }

    /// Speaks until the socket breaks or enough is committed.
    async fn converse(
        &mut self,
        socket: &mut WebSocketStream<MaybeTlsStream<TcpStream>>,
        until: u64,
        disturb: &mut impl AsyncFnMut(u64),
    ) {
        let hello = PageSays::Hello { stream_id: self.stream_id, now: self.began };
        let hello = Message::text(serde_json::to_string(&hello).unwrap());
        if socket.send(hello).await.is_err() {
            return;
        }
        let mut ticks = interval(PACE);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        self.wanted = 0;
        while self.committed < until {
            tokio::select! {
                _ = ticks.tick(), if (1..=self.length()).contains(&self.wanted) => {
                    if socket.send(Message::Binary(self.packet(self.wanted))).await.is_err() {
                        return;
                    }
                    if self.wanted > self.said {
                        self.said = self.wanted;
                        disturb(self.said).await;
                    }
                    self.wanted += 1;
                }
                message = socket.next() => match message {
                    Some(Ok(Message::Text(text))) => self.listen(&serde_json::from_str(text.as_str()).unwrap()),
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                    Some(Ok(_)) => {}
                },
            }
        }
    }

    fn listen(&mut self, news: &News) {
        match news {
            News::Hearing { from, .. } => self.wanted = *from,
            News::Committed { up_to } => self.committed = self.committed.max(*up_to),
            _ => {}
        }
    }

    fn packet(&self, sequence: u64) -> bytes::Bytes {
        let body = self.chunks[usize::try_from(sequence - 1).unwrap()].clone();
        let passed = TimeDelta::milliseconds(i64::try_from(sequence * CHUNK_MS).unwrap());
        let captured_at = self.began + passed;
        MediaPacket { kind: MediaKind::Audio, sequence, captured_at, body: body.into() }.encode()
    }
}
