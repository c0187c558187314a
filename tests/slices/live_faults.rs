//! What comes of lost audio and of engines that fail.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use interaura_domain::live::{News, PageSays};
use interaura_domain::transcript::event::GapCause;
use interaura_tests::app::App;
use interaura_tests::live::{ByteSeeing, LivePage, UNBEARABLE};

use super::live::{app, engine, gaps, interview, texts};

#[tokio::test(flavor = "multi_thread")]
async fn a_long_loss_is_one_gap_and_the_next_words_are_heard_at_once() {
    let app = app().await;
    let (browser, interview, _) = interview(&app).await;
    let mut page = LivePage::open(&browser, &interview).await;
    page.heard_from().await;
    page.say(&PageSays::Lost { first: 1, last: 6_000 }).await;
    page.committed(6_000).await;
    page.speak(6_001, &[5, 0, 0, 0]).await;
    page.committed(6_004).await;
    assert_eq!(gaps(&app, &interview).await, [(1, 6_000, GapCause::Lost)]);
    assert_eq!(texts(&app, &interview).await, ["w5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn audio_that_no_engine_bears_is_a_gap_and_what_follows_is_heard() {
    let (first, _) = engine("cloud/1");
    let (second, _) = engine("embedded/1");
    let app = App::start_live(vec![first, second], Arc::new(ByteSeeing)).await;
    let (browser, interview, _) = interview(&app).await;
    let mut page = LivePage::open(&browser, &interview).await;
    page.heard_from().await;
    page.speak(1, &[1, UNBEARABLE]).await;
    page.committed(2).await;
    page.speak(3, &[5, 0, 0, 0]).await;
    page.committed(6).await;
    assert_eq!(gaps(&app, &interview).await, [(1, 2, GapCause::EngineFailed)]);
    assert_eq!(texts(&app, &interview).await, ["w5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_told_that_nobody_hears_it_and_is_heard_once_somebody_does() {
    let (only, down) = engine("embedded/1");
    down.store(true, Ordering::SeqCst);
    let app = App::start_live(vec![only], Arc::new(ByteSeeing)).await;
    let (browser, interview, _) = interview(&app).await;
    let mut page = LivePage::open(&browser, &interview).await;
    let message = page
        .told("that nobody hears it", |news| match news {
            News::Trouble { message } => Some(message),
            _ => None,
        })
        .await;
    assert!(message.starts_with("Nobody can hear you"), "{message}");
    down.store(false, Ordering::SeqCst);
    assert_eq!(page.heard_from().await, 1);
}
