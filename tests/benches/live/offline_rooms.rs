//! How many live interviews two cores hold with the engine of this machine: spoken audio and two frames a second each.
//!
//! Rooms are added one by one. A number of rooms is held where the words of every room keep up: 95 of 100 utterances are
//! told within two seconds of the silence that ends them.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::future::join_all;
use interaura_adapters::frame_analyser::opencv::OpenCvAnalyser;
use interaura_domain::ids::InterviewId;
use interaura_domain::live::{CHUNK_MS, CHUNK_SAMPLES, News};
use interaura_tests::app::App;
use interaura_tests::room::Room;
use interaura_tests::sound;
use interaura_tests::story::{candidate, fresh};
use tokio::time::{Instant, MissedTickBehavior, interval};

use crate::figure::{Bound, Figure, Report};
use crate::vision::webcam_frame;

/// More are not tried.
const MOST: usize = 4;
/// How long the rooms are held, in chunks of 100 ms.
const CHUNKS: u64 = 450;
/// A clip is said, then nothing for so long, in samples: people listen, too.
const PAUSE: usize = 16_000 * 2;
/// Silence that ends an utterance, in ms: what follows the last word and is part of the utterance's audio.
const CLOSING_MS: u64 = 600;
/// What is still in time.
const IN_TIME_MS: f64 = 2_000.0;

/// What a room is to hear.
const CLIPS: [&str; 3] = ["google-commercial.wav", "bush-columbia.wav", "libri-2412-153948-0000.wav"];
const FIXTURES: [&str; 2] = ["librivox-austen.wav", "hesitant.wav"];

pub(crate) async fn measure(faces: &Path, speech: &Path, report: &mut Report) {
    let Some(jpeg) = webcam_frame(faces) else { return };
    let Some(said) = said(speech) else { return };
    let (mut held, mut slowest) = (0, 0.0);
    for rooms in 1..=MOST {
        let delay = hold(rooms, &said, &jpeg).await;
        if delay > IN_TIME_MS {
            break;
        }
        (held, slowest) = (rooms, delay);
    }
    #[expect(clippy::cast_precision_loss, reason = "a handful of rooms")]
    let value = held as f64;
    report.add(&Figure {
        name: "live/rooms_offline_speech".to_owned(),
        value,
        unit: "rooms on this machine",
        baseline: None,
        bound: Bound::AtLeast,
        must: 2.0,
        goal: 4.0,
    });
    report.add(&Figure {
        name: "live/rooms_offline_caption_delay_p95".to_owned(),
        value: slowest,
        unit: "ms",
        baseline: None,
        bound: Bound::AtMost,
        must: IN_TIME_MS,
        goal: IN_TIME_MS / 2.0,
    });
}

/// The clips one after the other, with pauses between.
fn said(folder: &Path) -> Option<Vec<i16>> {
    let there =
        |names: &[&str]| names.iter().map(|name| folder.join(name)).filter(|path| path.exists()).collect();
    let mut clips: Vec<_> = there(&CLIPS);
    if clips.is_empty() {
        clips = there(&FIXTURES);
    }
    let said: Vec<i16> =
        clips.iter().flat_map(|clip| [sound::samples(clip), vec![0; PAUSE]].concat()).collect();
    (!said.is_empty()).then_some(said)
}

/// Holds some rooms at once; how late the words came in 95 of 100 cases, in ms.
async fn hold(count: usize, said: &[i16], jpeg: &Bytes) -> f64 {
    let engine = sound::engine();
    let analyser = OpenCvAnalyser::new(2).unwrap();
    let app = App::start_live(vec![Arc::new(engine)], Arc::new(analyser)).await;
    let mut speakers = Vec::new();
    for place in 0..count {
        let owner = candidate(&app.wiring.store, &format!("Candidate {place}")).await;
        let media = app.wiring.services().unwrap().media;
        let room = Room::open(media, InterviewId(fresh()), owner).await;
        // Each is somewhere else in what is said.
        let offset = said.len() * place / count;
        let own = [&said[offset..], &said[..offset]].concat();
        speakers.push(speak(room, own, jpeg.clone()));
    }
    let mut delays = join_all(speakers).await.concat();
    delays.sort_by(f64::total_cmp);
    delays.get((delays.len() * 95).div_ceil(100).max(1) - 1).copied().unwrap_or(f64::INFINITY)
}

/// Speaks in one room and gives how late each utterance was told, in ms.
async fn speak(mut room: Room, said: Vec<i16>, jpeg: Bytes) -> Vec<f64> {
    let mut ticks = interval(Duration::from_millis(CHUNK_MS));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let start = Instant::now();
    let (mut delays, mut sent, mut begun) = (Vec::new(), 0, Vec::new());
    let round: Vec<&[i16]> = said.chunks(CHUNK_SAMPLES).collect();
    while sent < CHUNKS {
        tokio::select! {
            _ = ticks.tick() => {
                sent += 1;
                let place = usize::try_from(sent - 1).unwrap() % round.len();
                room.sound(sent, round[place]).await;
                begun.push(start.elapsed());
                if sent.is_multiple_of(5) {
                    room.frame(sent / 5, sent, jpeg.clone()).await;
                }
                if sent.is_multiple_of(20) {
                    room.call().await;
                }
            }
            news = room.told_within(Duration::from_mins(1)) => note(news, &room, start, &begun, &mut delays),
        }
    }
    delays
}

fn note(news: Option<News>, room: &Room, start: Instant, begun: &[Duration], delays: &mut Vec<f64>) {
    let Some(News::Utterance { started_at, words, .. }) = news else { return };
    let Some(last) = words.last() else { return };
    let began_ms = room.ms_since_start(started_at);
    let silent_ms = began_ms + u64::from(last.end_ms) + CLOSING_MS;
    let chunk = usize::try_from(silent_ms.div_ceil(CHUNK_MS)).unwrap().clamp(1, begun.len());
    let late = start.elapsed().saturating_sub(begun[chunk - 1]);
    delays.push(late.as_secs_f64() * 1_000.0);
}
