//! What the live socket refuses, and what it drops while an interview rests.

use interaura_domain::live::{MediaKind, MediaPacket, PageSays};
use interaura_domain::transcript::event::GapCause;
use interaura_tests::eventually;
use interaura_tests::live::LivePage;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use super::live::{app, gaps, interview, texts};

#[tokio::test(flavor = "multi_thread")]
async fn a_page_cannot_lose_more_than_it_had_time_to_hear() {
    let app = app().await;
    let (browser, interview, _) = interview(&app).await;
    let mut page = LivePage::open(&browser, &interview).await;
    page.heard_from().await;
    page.say(&PageSays::Lost { first: 1, last: 144_000 }).await;
    assert_eq!(page.closed().await, 4400);
    assert!(gaps(&app, &interview).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_shows_no_time_ends_the_socket_and_nothing_else() {
    let app = app().await;
    let (browser, interview, _) = interview(&app).await;
    let mut page = LivePage::open(&browser, &interview).await;
    let now = chrono::DateTime::<chrono::Utc>::MIN_UTC;
    page.say(&PageSays::Hello { stream_id: page.stream_id, now }).await;
    assert_eq!(page.closed().await, 4400);
    let mut page = LivePage::open(&browser, &interview).await;
    let (sequence, body) = (1, vec![0; 3_200].into());
    let captured_at = chrono::DateTime::<chrono::Utc>::MAX_UTC;
    let packet = MediaPacket { kind: MediaKind::Audio, sequence, captured_at, body };
    page.send(Message::Binary(packet.encode())).await;
    assert_eq!(page.closed().await, 4400);
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_pause_nothing_is_heard_and_afterwards_the_same_socket_goes_on() {
    let app = app().await;
    let (browser, interview, _) = interview(&app).await;
    let it = || json!({ "interviewId": interview });
    browser.accepted("pauseInterview", it()).await;
    let mut page = LivePage::open(&browser, &interview).await;
    page.heard_from().await;
    page.speak(1, &[1, 2, 0, 0, 0, 0]).await;
    browser.accepted("resumeInterview", it()).await;
    let mut next = 7;
    // Until the server has seen that it goes on, words are dropped still.
    let heard = eventually("words are heard again", async || {
        page.speak(next, &[5, 0, 0, 0, 0]).await;
        next += 5;
        Some(texts(&app, &interview).await).filter(|texts| !texts.is_empty())
    })
    .await;
    assert_eq!(heard[0], "w5");
    assert_eq!(gaps(&app, &interview).await[0].2, GapCause::Lost);
}
