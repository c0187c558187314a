//! How many live interviews two cores hold: audio and two frames a second each, speech by a stand-in of a cloud
//! service, beside what the bare model calls of their frames would allow.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use interaura_adapters::frame_analyser::opencv::OpenCvAnalyser;
use interaura_domain::ids::InterviewId;
use interaura_tests::app::App;
use interaura_tests::live::NumberHearing;
use interaura_tests::room::Room;
use interaura_tests::story::{candidate, fresh};
use tokio::time::{MissedTickBehavior, interval};

use crate::cpu;
use crate::figure::{Bound, Figure, Report};
use crate::vision::webcam_frame;

/// Rooms at once: few enough that a busy machine keeps up, so that what they cost is measured and not a queue.
const ROOMS: usize = 4;
/// How long they are held, in chunks of 100 ms.
const CHUNKS: u64 = 200;
/// Of twenty chunks sixteen are words.
const ROUND: u64 = 20;
const SPOKEN: u64 = 16;
/// The machine that the promise is about.
const CORES: f64 = 2.0;

/// `bare_ms` is what the models of one frame cost by themselves.
pub(crate) async fn measure(faces: &Path, bare_ms: f64, report: &mut Report) {
    let Some(jpeg) = webcam_frame(faces) else { return };
    let engine = NumberHearing { name: "numbers/1", down: Arc::new(AtomicBool::new(false)) };
    let analyser = OpenCvAnalyser::new(2).unwrap();
    let app = App::start_live(vec![Arc::new(engine)], Arc::new(analyser)).await;
    let mut rooms = Vec::new();
    for place in 0..ROOMS {
        let owner = candidate(&app.wiring.store, &format!("Candidate {place}")).await;
        let media = app.wiring.services().unwrap().media;
        rooms.push(Room::open(media, InterviewId(fresh()), owner).await);
    }
    let postmaster = cpu::postmaster(&app.wiring.pool).await;
    let used = || cpu::used(postmaster) + cpu::of_process(app.nats.pid());
    let before = used();
    let mut ticks = interval(Duration::from_millis(100));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
    for chunk in 1..=CHUNKS {
        ticks.tick().await;
        let word = if chunk % ROUND < SPOKEN { i16::try_from(chunk).unwrap() } else { 0 };
        for room in &rooms {
            room.chunk(chunk, word).await;
            if chunk % 5 == 0 {
                room.frame(chunk / 5, chunk, jpeg.clone()).await;
            }
            if chunk % ROUND == 0 {
                room.call().await;
            }
        }
    }
    for room in &mut rooms {
        room.committed(CHUNKS - (ROUND - SPOKEN)).await;
    }
    // Its last readings are recorded within two seconds.
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    #[expect(clippy::cast_precision_loss, reason = "seconds of a benchmark")]
    let room_seconds = ROOMS as f64 * CHUNKS as f64 / 10.0;
    let per_room = (used() - before) / room_seconds;
    report.add(&Figure {
        name: "live/rooms".to_owned(),
        value: CORES / per_room,
        unit: "rooms on 2 cores, by processor time",
        baseline: Some(CORES / (2.0 * bare_ms / 1_000.0)),
        bound: Bound::AtLeast,
        must: 0.6,
        goal: 0.85,
    });
}
