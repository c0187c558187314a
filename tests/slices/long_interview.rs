//! An interview of thirty minutes, played much faster than life: nothing grows, nothing lags, all is in order.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use interaura_domain::attention::Attention;
use interaura_domain::ids::InterviewId;
use interaura_domain::ports::commands::Commands;
use interaura_domain::ports::event_log::EventLog as _;
use interaura_domain::transcript::Transcript;
use interaura_tests::app::App;
use interaura_tests::live::{ByteSeeing, NumberHearing};
use interaura_tests::room::Room;

use super::interview::{signed_in, started};

/// Chunks of 100 ms in thirty minutes.
const CHUNKS: u64 = 30 * 60 * 10;
/// Chunks from one utterance to the next: 1.6 s of words, 0.4 s of silence.
const ROUND: u64 = 20;
const SPOKEN: u64 = 16;

/// What is said in a chunk.
fn word(chunk: u64) -> i16 {
    if chunk % ROUND < SPOKEN { i16::try_from(chunk % 30_000).unwrap().max(1) } else { 0 }
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
    let mut room = Room::open(media, interview_id, candidate_id).await;

    let (mut delays, mut memory, mut frames) = (Vec::new(), Vec::new(), 0);
    for round in 0..CHUNKS / ROUND {
        let first = round * ROUND + 1;
        room.call().await;
        for chunk in first..first + ROUND {
            room.chunk(chunk, word(chunk)).await;
            if chunk % 5 == 0 {
                frames += 1;
                room.frame(frames, chunk, vec![1; 9].into()).await;
            }
        }
        let sent = Instant::now();
        room.committed(first + SPOKEN - 2).await;
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
