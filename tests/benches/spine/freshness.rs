//! From an accepted command to the frame of a subscription that shows it, at 200 commands a second.

use std::sync::Arc;
use std::time::{Duration, Instant};

use interaura_tests::app::App;
use interaura_tests::browser::{Browser, Subscription};
use interaura_tests::eventually;
use serde_json::json;
use tokio::sync::mpsc;

use crate::figure::{Bound, Figure, Report, p99};

/// People who type at the same time.
const PEOPLE: u64 = 20;
/// Drafts that each of them saves in a second.
const PER_SECOND: u64 = 10;
const SECONDS: u64 = 10;
const WARM_UP: u64 = 2;

const ROOM: &str = "query($id: ID!) { interviewRoom(id: $id) { status asked { id } } }";
const WATCHED: &str = "subscription($id: ID!) { interviewRoom(id: $id) { asked { draft { revision } } } }";

struct Typist {
    browser: Arc<Browser>,
    interview: String,
    question: String,
    watched: Subscription,
}

impl Typist {
    async fn sit_down(app: &App, number: u64) -> Self {
        let browser = Arc::new(app.browser());
        browser.register(&format!("typist-{number}@example.org")).await;
        let input = json!({ "mode": "MIXED", "role": "teacher", "difficulty": 2, "questions": 3 });
        let payload = browser.accepted("configureInterview", input).await;
        let interview = payload["interviewId"].as_str().unwrap().to_owned();
        let when = async |status: &str| {
            eventually("the interview goes on", async || {
                let mut room = browser.ask(ROOM, json!({ "id": interview })).await;
                (room["interviewRoom"]["status"] == status).then(|| room["interviewRoom"].take())
            })
            .await
        };
        when("READY").await;
        browser.accepted("startInterview", json!({ "interviewId": interview })).await;
        let room = when("IN_PROGRESS").await;
        let question = room["asked"][0]["id"].as_str().unwrap().to_owned();
        let watched = browser.subscribe(WATCHED, json!({ "id": interview })).await;
        Self { browser, interview, question, watched }
    }

    /// Types for a while; gives the delays in milliseconds, from each accepted draft to the first frame
    /// that shows it or a later one.
    async fn type_on(self, offset: Duration) -> Vec<f64> {
        let Self { browser, interview, question, mut watched } = self;
        let (shown, mut frames) = mpsc::unbounded_channel();
        let watching = tokio::spawn(async move {
            loop {
                let mut row = watched.next().await;
                let revision = row["interviewRoom"]["asked"][0]["draft"]["revision"].take().as_u64();
                if shown.send((revision.unwrap_or(0), Instant::now())).is_err() {
                    return;
                }
            }
        });
        tokio::time::sleep(offset).await;
        let mut tick = tokio::time::interval(Duration::from_millis(1_000 / PER_SECOND));
        let drafts = (WARM_UP + SECONDS) * PER_SECOND;
        let mut accepted = Vec::new();
        for revision in 1..=drafts {
            tick.tick().await;
            let text = format!("In my second year I had a class that would not settle. Word {revision}.");
            let input = json!({ "interviewId": interview, "questionId": question, "revision": revision, "text": text });
            browser.accepted("draftAnswer", input).await;
            accepted.push(Instant::now());
        }
        let mut delays = Vec::new();
        let mut next = 0;
        while next < accepted.len() {
            let frame = tokio::time::timeout(Duration::from_secs(20), frames.recv()).await;
            let (revision, at) = frame.expect("a draft was never shown").unwrap();
            while (next as u64) < revision {
                delays.push(at.saturating_duration_since(accepted[next]).as_secs_f64() * 1e3);
                next += 1;
            }
        }
        watching.abort();
        delays.split_off(usize::try_from(WARM_UP * PER_SECOND).unwrap())
    }
}

/// The whole app in this process, its browsers too.
pub(crate) async fn measure(report: &mut Report) {
    let app = App::start().await;
    let mut typists = Vec::new();
    for number in 0..PEOPLE {
        typists.push(Typist::sit_down(&app, number).await);
    }
    let step = Duration::from_millis(1_000 / PER_SECOND / PEOPLE);
    let typing =
        typists.into_iter().zip(0_u32..).map(|(one, number)| tokio::spawn(one.type_on(step * number)));
    let delays: Vec<Vec<f64>> = futures::future::try_join_all(typing).await.unwrap();
    report.add(&Figure {
        name: "freshness".to_owned(),
        value: p99(delays.concat()),
        unit: "ms p99",
        baseline: None,
        bound: Bound::AtMost,
        must: 100.0,
        goal: 30.0,
    });
}
