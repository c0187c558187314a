//! An interview of thirty minutes, played much faster than life: nothing grows, nothing lags, all is in order.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use interaura_domain::attention::Attention;
use interaura_domain::ids::{CandidateId, InterviewId, StreamId};
use interaura_domain::live::{
    CHUNK_MS, CHUNK_SAMPLES, Call, LiveChunk, LiveFrame, MediaKind, MediaPacket, News, Told,
};
use interaura_domain::ports::commands::Commands;
use interaura_domain::ports::event_log::EventLog as _;
use interaura_domain::ports::live_media::{Channel, LiveListener, LiveMedia};
use interaura_domain::transcript::Transcript;
use interaura_tests::app::App;
use interaura_tests::live::{ByteSeeing, NumberHearing};
use interaura_tests::story::fresh;

use super::interview::{signed_in, started};

/// Chunks of 100 ms in thirty minutes.
const CHUNKS: u64 = 30 * 60 * 10;
/// Chunks from one utterance to the next: 1.6 s of words, 0.4 s of silence.
const ROUND: u64 = 20;
const SPOKEN: u64 = 16;

struct Sender {
    media: Arc<dyn LiveMedia>,
    interview_id: InterviewId,
    candidate_id: CandidateId,
    stream_id: StreamId,
    began: DateTime<Utc>,
}

impl Sender {
    async fn call(&self) {
        let call = Call { stream_id: self.stream_id, candidate_id: self.candidate_id };
        self.send(Channel::Calls, serde_json::to_vec(&call).unwrap().into()).await;
    }

    async fn chunk(&self, sequence: u64) {
        let word =
            if sequence % ROUND < SPOKEN { i16::try_from(sequence % 30_000).unwrap().max(1) } else { 0 };
        let mut body = vec![0; CHUNK_SAMPLES * 2];
        body[..2].copy_from_slice(&word.to_le_bytes());
        let packet = self.packet(MediaKind::Audio, sequence, sequence, body);
        self.send(Channel::Audio, LiveChunk { stream_id: self.stream_id, packet }.encode()).await;
    }

    async fn frame(&self, sequence: u64, chunk: u64) {
        let packet = self.packet(MediaKind::Frame, sequence, chunk, vec![1; 9]);
        let (stream_id, candidate_id) = (self.stream_id, self.candidate_id);
        self.send(Channel::Frames, LiveFrame { stream_id, candidate_id, packet }.encode()).await;
    }

    fn packet(&self, kind: MediaKind, sequence: u64, chunk: u64, body: Vec<u8>) -> MediaPacket {
        let passed = TimeDelta::milliseconds(i64::try_from(chunk * CHUNK_MS).unwrap());
        MediaPacket { kind, sequence, captured_at: self.began + passed, body: body.into() }
    }

    async fn send(&self, channel: Channel, body: Bytes) {
        self.media.send(channel, self.interview_id, body).await.unwrap();
    }
}

async fn told<T>(news: &mut dyn LiveListener, mut wanted: impl FnMut(News) -> Option<T>) -> T {
    let next = async {
        loop {
            let (_, body) = news.next().await.unwrap();
            let told: Told = serde_json::from_slice(&body).unwrap();
            if let Some(found) = wanted(told.news) {
                return found;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(45), next).await.expect("nobody tells the page")
}

/// The memory of this process, in KiB.
fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn median(mut values: Vec<Duration>) -> Duration {
    values.sort_unstable();
    values[values.len() / 2]
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_minutes_neither_grow_nor_lag_nor_lose_their_order() {
    let engine = NumberHearing { name: "numbers/1", down: Arc::new(AtomicBool::new(false)) };
    let app = App::start_live(vec![Arc::new(engine)], Arc::new(ByteSeeing)).await;
    let browser = signed_in(&app, "ada@example.org").await;
    let (interview, _) = started(&browser, 2).await;
    let interview_id = InterviewId(interview.parse().unwrap());
    let candidate_id = app.wiring.store.owner("interview", interview_id.0).await.unwrap().unwrap();
    let media = app.wiring.services().unwrap().media;
    let mut news = media.follow(Channel::Page, interview_id).await.unwrap();
    let began = Utc::now();
    let sender = Sender { media, interview_id, candidate_id, stream_id: StreamId(fresh()), began };
    sender.call().await;
    told(&mut *news, |news| matches!(news, News::Hearing { .. }).then_some(())).await;

    let (mut delays, mut memory, mut frames) = (Vec::new(), Vec::new(), 0);
    for round in 0..CHUNKS / ROUND {
        let first = round * ROUND + 1;
        sender.call().await;
        for chunk in first..first + ROUND {
            sender.chunk(chunk).await;
            if chunk % 5 == 0 {
                frames += 1;
                sender.frame(frames, chunk).await;
            }
        }
        let sent = Instant::now();
        let said = first + SPOKEN - 2;
        told(&mut *news, |news| match news {
            News::Committed { up_to } if up_to >= said => Some(()),
            _ => None,
        })
        .await;
        delays.push(sent.elapsed());
        memory.push(resident_kib());
    }

    let transcript = Commands::<Transcript>::load(&app.wiring.store, interview_id.0).await.unwrap();
    assert_eq!(u64::try_from(transcript.utterances().len()).unwrap(), CHUNKS / ROUND);
    assert!(transcript.utterances().windows(2).all(|pair| pair[0].audio.last < pair[1].audio.first));
    let attention = Commands::<Attention>::load(&app.wiring.store, interview_id.0).await.unwrap();
    let readings = attention.frames();
    assert!(readings.len() > 100, "only {} readings", readings.len());
    assert!(readings.windows(2).all(|pair| pair[0].captured_at <= pair[1].captured_at));

    let third = delays.len() / 3;
    let (early, late) = (median(delays[..third].to_vec()), median(delays[2 * third..].to_vec()));
    assert!(late < early * 3, "words took {early:?} at first and {late:?} at last");
    // What the first minutes warmed up is not growth; the log and the streams are kept elsewhere.
    let grown = memory[memory.len() - 1].saturating_sub(memory[third]);
    assert!(grown < 48 * 1024, "{grown} KiB more after twenty minutes more");
}
