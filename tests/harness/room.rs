//! A live interview without a browser: what a page sends goes straight to the carrier of live media.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use interaura_domain::ids::{CandidateId, InterviewId, StreamId};
use interaura_domain::live::{
    CHUNK_MS, CHUNK_SAMPLES, Call, LiveChunk, LiveFrame, MediaKind, MediaPacket, News, Told,
};
use interaura_domain::ports::live_media::{Channel, LiveListener, LiveMedia};

use crate::story::{at, fresh};

/// One page in one interview.
pub struct Room {
    media: Arc<dyn LiveMedia>,
    news: Box<dyn LiveListener>,
    interview_id: InterviewId,
    candidate_id: CandidateId,
    stream_id: StreamId,
    began: DateTime<Utc>,
}

impl Room {
    /// Calls until somebody hears it.
    pub async fn open(
        media: Arc<dyn LiveMedia>,
        interview_id: InterviewId,
        candidate_id: CandidateId,
    ) -> Self {
        let news = media.follow(Channel::Page, interview_id).await.unwrap();
        let (stream_id, began) = (StreamId(fresh()), at());
        let mut room = Self { media, news, interview_id, candidate_id, stream_id, began };
        room.call().await;
        room.told(|news| matches!(news, News::Hearing { .. }).then_some(())).await;
        room
    }

    /// Says that the page is there.
    pub async fn call(&self) {
        let call = Call { stream_id: self.stream_id, candidate_id: self.candidate_id };
        self.send(Channel::Calls, serde_json::to_vec(&call).unwrap().into()).await;
    }

    /// Sends chunk `sequence` with one number as its first sample.
    pub async fn chunk(&self, sequence: u64, number: i16) {
        let mut body = vec![0; CHUNK_SAMPLES * 2];
        body[..2].copy_from_slice(&number.to_le_bytes());
        let packet = self.packet(MediaKind::Audio, sequence, sequence, body.into());
        self.send(Channel::Audio, LiveChunk { stream_id: self.stream_id, packet }.encode()).await;
    }

    /// When something was said, in ms from the beginning of the stream.
    pub fn ms_since_start(&self, moment: DateTime<Utc>) -> u64 {
        u64::try_from((moment - self.began).num_milliseconds()).unwrap_or_default()
    }

    /// Sends chunk `sequence` with 100 ms of sound.
    pub async fn sound(&self, sequence: u64, samples: &[i16]) {
        let mut body: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        body.resize(CHUNK_SAMPLES * 2, 0);
        let packet = self.packet(MediaKind::Audio, sequence, sequence, body.into());
        self.send(Channel::Audio, LiveChunk { stream_id: self.stream_id, packet }.encode()).await;
    }

    /// Sends frame `sequence`, taken when chunk `chunk` was.
    pub async fn frame(&self, sequence: u64, chunk: u64, jpeg: Bytes) {
        let packet = self.packet(MediaKind::Frame, sequence, chunk, jpeg);
        let (stream_id, candidate_id) = (self.stream_id, self.candidate_id);
        self.send(Channel::Frames, LiveFrame { stream_id, candidate_id, packet }.encode()).await;
    }

    fn packet(&self, kind: MediaKind, sequence: u64, chunk: u64, body: Bytes) -> MediaPacket {
        let passed = TimeDelta::milliseconds(i64::try_from(chunk * CHUNK_MS).unwrap());
        MediaPacket { kind, sequence, captured_at: self.began + passed, body }
    }

    async fn send(&self, channel: Channel, body: Bytes) {
        self.media.send(channel, self.interview_id, body).await.unwrap();
    }

    /// The next news that are of interest; others are passed over.
    pub async fn told<T>(&mut self, mut wanted: impl FnMut(News) -> Option<T>) -> T {
        let next = async {
            loop {
                let (_, body) = self.news.next().await.unwrap();
                let told: Told = serde_json::from_slice(&body).unwrap();
                if let Some(found) = wanted(told.news) {
                    return found;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(45), next).await.expect("nobody tells the page")
    }

    /// The next news; `None` where nothing is told for a while.
    pub async fn told_within(&mut self, patience: Duration) -> Option<News> {
        let (_, body) = tokio::time::timeout(patience, self.news.next()).await.ok()??;
        serde_json::from_slice::<Told>(&body).ok().map(|told| told.news)
    }

    /// Waits until everything up to a chunk is committed.
    pub async fn committed(&mut self, chunk: u64) {
        self.told(|news| match news {
            News::Committed { up_to } if up_to >= chunk => Some(()),
            _ => None,
        })
        .await;
    }
}
