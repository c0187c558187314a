//! Which question an answer given aloud belongs to, whatever comes between.

use interaura_domain::ids::QuestionId;
use interaura_domain::live::PageSays;
use interaura_domain::transcript::event::UtteranceTranscribed;
use interaura_tests::app::App;
use interaura_tests::eventually;
use interaura_tests::live::LivePage;
use serde_json::json;

use super::live::{app, interview, transcript};

/// Says the question as our pages do: at once, and again to whoever begins to hear, before the first words.
async fn heard_and_asked(page: &mut LivePage, question_id: QuestionId) -> u64 {
    let asked = PageSays::Question { question_id: Some(question_id), from: Some(1) };
    page.say(&asked).await;
    let wanted = page.heard_from().await;
    page.say(&asked).await;
    wanted
}

async fn said_to(app: &App, interview: &str, question_id: QuestionId) -> Vec<String> {
    let transcript = transcript(app, interview).await;
    transcript.said_to(question_id).map(UtteranceTranscribed::text).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_words_of_a_page_answer_its_question() {
    let app = app().await;
    let (browser, interview, question) = interview(&app).await;
    let question_id = question.parse().unwrap();
    let mut page = LivePage::open(&browser, &interview).await;
    assert_eq!(heard_and_asked(&mut page, question_id).await, 1);
    page.speak(1, &[7, 8, 0, 0, 0, 0]).await;
    page.committed(5).await;
    assert_eq!(said_to(&app, &interview, question_id).await, ["w7 w8"]);
    let answer = json!({ "interviewId": interview, "questionId": question });
    browser.accepted("submitSpokenAnswer", answer).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_while_the_line_is_away_for_long_answers_the_question_that_was_open() {
    let app = app().await;
    let (browser, interview, question) = interview(&app).await;
    let (first, second) = (question.parse().unwrap(), QuestionId(uuid::Uuid::from_u128(2)));
    let mut page = LivePage::open(&browser, &interview).await;
    heard_and_asked(&mut page, first).await;
    page.speak(1, &[1, 2, 0, 0, 0, 0]).await;
    page.committed(5).await;
    let stream_id = page.stream_id;
    drop(page);
    eventually("nobody hears the page any more", async || {
        transcript(&app, &interview).await.stream().is_none().then_some(())
    })
    .await;
    let mut page = LivePage::open_as(&browser, &interview, stream_id).await;
    let wanted = heard_and_asked(&mut page, first).await;
    // Another question came while the line was away.
    page.say(&PageSays::Question { question_id: Some(second), from: Some(12) }).await;
    page.speak(wanted, &vec![0; usize::try_from(7 - wanted).unwrap()]).await;
    page.speak(7, &[3, 4, 0, 0, 0, 5, 6, 0, 0, 0, 0]).await;
    page.committed(16).await;
    assert_eq!(said_to(&app, &interview, first).await, ["w1 w2", "w3 w4"]);
    assert_eq!(said_to(&app, &interview, second).await, ["w5 w6"]);
}
