//! Live interviews through the socket: what is said is committed once, whatever breaks.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use interaura_domain::attention::Attention;
use interaura_domain::live::{News, PageSays};
use interaura_domain::ports::commands::Commands;
use interaura_domain::ports::event_log::EventLog as _;
use interaura_domain::ports::leases::Leases as _;
use interaura_domain::ports::speech_to_text::SpeechToText;
use interaura_domain::transcript::Transcript;
use interaura_domain::transcript::event::{AudioGapRecorded, GapCause, UtteranceTranscribed};
use interaura_tests::app::App;
use interaura_tests::browser::Browser;
use interaura_tests::eventually;
use interaura_tests::live::{ByteSeeing, LivePage, NumberHearing};
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;

use super::interview::{signed_in, started};

pub(super) fn engine(name: &'static str) -> (Arc<dyn SpeechToText>, Arc<AtomicBool>) {
    let down = Arc::new(AtomicBool::new(false));
    (Arc::new(NumberHearing { name, down: Arc::clone(&down) }), down)
}

pub(super) async fn app() -> App {
    App::start_live(vec![engine("numbers/1").0], Arc::new(ByteSeeing)).await
}

pub(super) async fn interview(app: &App) -> (Browser, String, String) {
    let browser = signed_in(app, "ada@example.org").await;
    let (interview, question) = started(&browser, 2).await;
    (browser, interview, question)
}

pub(super) async fn transcript(app: &App, interview: &str) -> Transcript {
    let id: Uuid = interview.parse().unwrap();
    Commands::<Transcript>::load(&app.wiring.store, id).await.unwrap()
}

pub(super) async fn texts(app: &App, interview: &str) -> Vec<String> {
    transcript(app, interview).await.utterances().iter().map(UtteranceTranscribed::text).collect()
}

/// The stretches without words: first and last chunk, and why.
pub(super) async fn gaps(app: &App, interview: &str) -> Vec<(u64, u64, GapCause)> {
    let stream = app.wiring.store.read_stream("transcript", interview.parse().unwrap()).await.unwrap();
    let gaps = stream.into_iter().filter(|event| event.event_type == "audio_gap_recorded");
    let gaps = gaps.map(|event| {
        let gap: AudioGapRecorded = serde_json::from_str(&event.payload).unwrap();
        (gap.audio.first, gap.audio.last, gap.cause)
    });
    gaps.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_comes_back_as_words_and_is_committed_with_its_question() {
    let app = app().await;
    let (browser, interview, question) = interview(&app).await;
    let mut page = LivePage::open(&browser, &interview).await;
    assert_eq!(page.heard_from().await, 1);
    let question_id = question.parse().unwrap();
    page.say(&PageSays::Question { question_id: Some(question_id), from: None }).await;
    page.speak(1, &[0, 7, 13, 8, 0, 0, 0, 0]).await;
    let interim = page.told("interim words", |news| match news {
        News::Interim { words, .. } => Some(words.len()),
        _ => None,
    });
    assert_eq!(interim.await, 1);
    let (asked, words) = page
        .told("final words", |news| match news {
            News::Utterance { question_id, words, .. } => Some((question_id, words)),
            _ => None,
        })
        .await;
    assert_eq!(asked, Some(question_id));
    assert_eq!(words.iter().map(|word| word.filler).collect::<Vec<_>>(), [false, true, false]);
    page.committed(7).await;
    let transcript = transcript(&app, &interview).await;
    assert_eq!(transcript.said_to(question_id).count(), 1);
    assert_eq!(transcript.committed(page.stream_id), 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_connection_loses_no_word_and_repeats_none() {
    let app = app().await;
    let (browser, interview, _) = interview(&app).await;
    let mut page = LivePage::open(&browser, &interview).await;
    page.heard_from().await;
    page.speak(1, &[1, 2, 0, 0, 0, 3, 4]).await;
    page.committed(5).await;
    let stream_id = page.stream_id;
    drop(page);
    let mut page = LivePage::open_as(&browser, &interview, stream_id).await;
    // What was heard and not committed is known to the worker; what it wants is the next chunk.
    let wanted = page.heard_from().await;
    assert!((6..=8).contains(&wanted), "{wanted}");
    page.speak(6, &[3, 4, 5, 0, 0, 0]).await;
    page.committed(11).await;
    assert_eq!(texts(&app, &interview).await, ["w1 w2", "w3 w4 w5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hole_is_asked_for_and_what_never_comes_is_named() {
    let app = app().await;
    let (browser, interview, _) = interview(&app).await;
    let mut page = LivePage::open(&browser, &interview).await;
    page.heard_from().await;
    page.speak(1, &[1, 2]).await;
    page.speak(5, &[5]).await;
    assert_eq!(page.heard_from().await, 3);
    page.say(&PageSays::Lost { first: 3, last: 10 }).await;
    page.speak(11, &[6, 0, 0, 0]).await;
    page.committed(14).await;
    assert_eq!(texts(&app, &interview).await, ["w1 w2", "w6"]);
    assert_eq!(gaps(&app, &interview).await, [(3, 10, GapCause::Lost)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn finalize_ends_an_utterance_without_a_pause() {
    let app = app().await;
    let (browser, interview, _) = interview(&app).await;
    let mut page = LivePage::open(&browser, &interview).await;
    page.heard_from().await;
    page.speak(1, &[1, 2, 3]).await;
    let request_id = Uuid::from_u128(77);
    page.say(&PageSays::Finalize { request_id, last: 3 }).await;
    let position = page
        .told("that the words are final", |news| match news {
            News::Finalized { request_id: answered, position } if answered == request_id => Some(position),
            _ => None,
        })
        .await;
    assert!(position.is_some());
    assert_eq!(texts(&app, &interview).await, ["w1 w2 w3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_tab_takes_over_and_the_first_is_told() {
    let app = app().await;
    let (browser, interview, _) = interview(&app).await;
    let mut first = LivePage::open(&browser, &interview).await;
    first.heard_from().await;
    first.speak(1, &[1, 0, 0, 0]).await;
    first.committed(4).await;
    let mut second = LivePage::open(&browser, &interview).await;
    assert_eq!(second.heard_from().await, 1);
    assert_eq!(first.closed().await, 4408);
    second.speak(1, &[2, 0, 0, 0]).await;
    second.committed(4).await;
    assert_eq!(texts(&app, &interview).await, ["w1", "w2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_an_engine_gives_up_another_hears_what_was_not_committed() {
    let (first, down) = engine("cloud/1");
    let (second, _) = engine("embedded/1");
    let app = App::start_live(vec![first, second], Arc::new(ByteSeeing)).await;
    let (browser, interview, _) = interview(&app).await;
    let mut page = LivePage::open(&browser, &interview).await;
    page.heard_from().await;
    page.speak(1, &[1, 0, 0, 0, 2]).await;
    page.committed(4).await;
    down.store(true, Ordering::SeqCst);
    page.speak(6, &[3, 0, 0, 0]).await;
    let engine = page
        .told("that another engine hears", |news| match news {
            News::EngineSwitched { engine, reason } => Some((engine, reason)),
            _ => None,
        })
        .await;
    assert_eq!(engine, ("embedded/1".to_owned(), "out of credit".to_owned()));
    page.committed(9).await;
    assert_eq!(texts(&app, &interview).await, ["w1", "w2 w3"]);
    assert_eq!(transcript(&app, &interview).await.utterances()[1].engine, "embedded/1");
}

#[tokio::test(flavor = "multi_thread")]
async fn frames_are_read_told_and_recorded_and_give_the_own_neutral() {
    let app = app().await;
    let (browser, interview, _) = interview(&app).await;
    let mut page = LivePage::open(&browser, &interview).await;
    page.heard_from().await;
    for (sequence, byte) in [1_u8, 255, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1].into_iter().enumerate() {
        let sequence = u64::try_from(sequence).unwrap() + 1;
        page.show(sequence, vec![byte; 9]).await;
        page.told("what was seen", |news| match news {
            News::Seen { sequence: seen, .. } if seen == sequence => Some(()),
            _ => None,
        })
        .await;
        tokio::time::sleep(std::time::Duration::from_millis(350)).await;
    }
    let id: Uuid = interview.parse().unwrap();
    let attention = eventually("the frames are recorded and the neutral is taken", async || {
        let attention = Commands::<Attention>::load(&app.wiring.store, id).await.unwrap();
        attention.neutral().is_some().then_some(attention)
    })
    .await;
    let sequences: Vec<_> = attention.frames().iter().map(|frame| frame.sequence).collect();
    assert_eq!(sequences, (1..=13).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_page_of_ours_sends_ends_the_socket() {
    let app = app().await;
    let (browser, interview, _) = interview(&app).await;
    for message in [
        Message::Binary(vec![1, 2, 3].into()),
        Message::Binary(vec![9; 400].into()),
        Message::text("not json"),
        Message::text(format!("{:?}", vec![0; 5_000])),
    ] {
        let mut page = LivePage::open(&browser, &interview).await;
        page.send(message.clone()).await;
        assert_eq!(page.closed().await, 4400, "{message:?}");
    }
    let mut flood = LivePage::open(&browser, &interview).await;
    flood.heard_from().await;
    for _ in 0..300 {
        flood.show(1, vec![1; 9]).await;
    }
    assert_eq!(flood.closed().await, 4400);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_ones_own_interview_that_goes_on_is_live() {
    let app = app().await;
    let (_, interview, _) = interview(&app).await;
    let other = signed_in(&app, "grace@example.org").await;
    assert_eq!(LivePage::open(&other, &interview).await.closed().await, 4404);
    let unknown = Uuid::nil().to_string();
    assert_eq!(LivePage::open(&other, &unknown).await.closed().await, 4404);
    assert_eq!(LivePage::open(&other, "nonsense").await.closed().await, 4404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_is_held_by_one_and_ends_by_itself() {
    let app = app().await;
    let leases = app.wiring.leases();
    let first = leases.claim("speech.x", "a").await.unwrap().unwrap();
    assert_eq!(leases.claim("speech.x", "b").await.unwrap(), None);
    let renewed = leases.renew(&first, "a").await.unwrap().unwrap();
    assert_eq!(leases.renew(&first, "a").await.unwrap(), None, "an old revision is no lease");
    leases.release(renewed).await.unwrap();
    let second = leases.claim("speech.x", "b").await.unwrap().unwrap();
    assert!(second.revision > first.revision);
    eventually("a lease that is not renewed ends", async || leases.claim("speech.x", "c").await.unwrap())
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_spoken_answer_shows_what_was_said_and_how_and_when() {
    let app = app().await;
    let (browser, interview, question) = interview(&app).await;
    let mut page = LivePage::open(&browser, &interview).await;
    page.heard_from().await;
    page.say(&PageSays::Question { question_id: Some(question.parse().unwrap()), from: None }).await;
    // A word of 100 ms in each chunk, "um" in every tenth.
    let words: Vec<i16> = (1..=120).map(|place| if place % 10 == 0 { 13 } else { 40 + place }).collect();
    page.speak(1, &words).await;
    page.speak(121, &[0, 0, 0, 0]).await;
    page.committed(121).await;
    let answer = json!({ "interviewId": interview, "questionId": question });
    browser.accepted("submitSpokenAnswer", answer).await;
    let report = eventually("the delivery is measured", async || {
        let report = browser
            .ask(
                "query ($id: ID!) { interviewReport(id: $id) { deliveryOverall answers { spoken text delivery {
                 overall words rubric ratings { criterion level rationale moments { startMs label } } } } } }",
                json!({ "id": interview }),
            )
            .await;
        let answers = report["interviewReport"]["answers"].as_array().cloned().unwrap_or_default();
        answers.first().is_some_and(|answer| answer["delivery"].is_object()).then_some(report)
    })
    .await;
    let delivery = &report["interviewReport"]["answers"][0]["delivery"];
    assert_eq!((&delivery["words"], &delivery["rubric"]), (&json!(108), &json!("interview_delivery.v1")));
    let rating = |criterion| {
        let ratings = delivery["ratings"].as_array().unwrap();
        ratings.iter().find(|rating| rating["criterion"] == criterion).unwrap().clone()
    };
    assert_eq!(rating("FILLERS")["moments"].as_array().unwrap().len(), 12);
    assert_eq!(rating("FILLERS")["moments"][0]["label"], "um");
    assert_eq!(rating("PACE")["level"], 1.0, "nobody follows 540 words a minute");
    assert_eq!(rating("ATTENTION")["level"], json!(null), "the camera was off");
    let replay = browser
        .ask(
            "query ($id: ID!) { interviewReplay(id: $id) { questions { spoken } utterances { words { text filler } }
             lanes { kind marks { label } } } }",
            json!({ "id": interview }),
        )
        .await;
    let replay = &replay["interviewReplay"];
    assert_eq!(replay["utterances"][0]["words"].as_array().unwrap().len(), 120);
    let lanes = replay["lanes"].as_array().unwrap();
    let fillers = lanes.iter().find(|lane| lane["kind"] == "FILLERS").unwrap();
    assert_eq!(fillers["marks"].as_array().unwrap().len(), 12);
    let other = signed_in(&app, "grace@example.org").await;
    let stranger = "query ($id: ID!) { interviewReplay(id: $id) { endMs } }";
    assert_eq!(other.ask(stranger, json!({ "id": interview })).await["interviewReplay"], json!(null));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_camera_is_tried_before_an_interview_and_nothing_of_it_is_kept() {
    let app = app().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let check = |body: Vec<u8>| browser.send_to("/api/frames/check", body).send();
    let before = app.wiring.store.head().await.unwrap();
    let seen = check(vec![2; 9]).await.unwrap();
    assert_eq!(seen.status(), 200);
    assert_eq!(seen.json::<serde_json::Value>().await.unwrap()["face"]["faces"], 2);
    let random = check(vec![255; 9]).await.unwrap().json::<serde_json::Value>().await.unwrap();
    assert_eq!(random["cannot_tell"]["reason"], "not a picture");
    assert_eq!(check(Vec::new()).await.unwrap().status(), 400);
    assert_eq!(check(vec![1; 600 * 1024]).await.unwrap().status(), 413);
    assert_eq!(app.wiring.store.head().await.unwrap(), before);
    let stranger = Browser::new(app.address);
    let refused = stranger.send_to("/api/frames/check", vec![1; 9]).send().await.unwrap();
    assert_eq!(refused.status(), 401);
}
