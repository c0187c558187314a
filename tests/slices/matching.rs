//! A resume matched with roles and posts: what the candidate is told, and what is not scored.

use interaura_tests::app::App;
use interaura_tests::browser::Browser;
use interaura_tests::story::fresh;
use interaura_tests::{eventually, resume_fixture};
use serde_json::{Value, json};

use crate::interview::signed_in;
use crate::upload::settled;

const MATCHES: &str = "query($id: ID!) { resume(id: $id) { matches { id failure result { score \
    terms { term kind found foundAs quote answers points } checks { name title } suggestions { advice quote terms } } } } }";

/// The match that comes of a target, once it has an outcome.
pub(super) async fn matched(browser: &Browser, resume_id: &str, mut target: Value) -> Value {
    target["resumeId"] = json!(resume_id);
    let asked = browser.accepted("matchResume", target).await;
    eventually("the match has an outcome", async || {
        let mut resume = browser.ask(MATCHES, json!({ "id": resume_id })).await["resume"].take();
        let matches = resume["matches"].as_array_mut()?;
        let found = matches.iter_mut().find(|one| one["id"] == asked["matchId"])?.take();
        (!found["failure"].is_null() || !found["result"].is_null()).then_some(found)
    })
    .await
}

pub(super) async fn read_resume(browser: &Browser) -> String {
    let (_, body) = browser.upload(fresh(), "ada.pdf", resume_fixture("sb2nov.pdf")).await;
    let id = body["resumeId"].as_str().unwrap().to_owned();
    assert_eq!(settled(browser, &id).await["stage"], "READ");
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_is_no_job_post_gets_words_and_no_score() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let resume = read_resume(&browser).await;
    let nonsense = "asdf qwer zxcv\nLorem ipsum dolor sit amet, consectetur adipiscing elit.";
    let outcome = matched(&browser, &resume, json!({ "jobPost": nonsense })).await;
    assert_eq!(outcome["result"], Value::Null);
    let failure = outcome["failure"].as_str().unwrap();
    assert!(failure.starts_with("This does not look like a job post"), "{failure}");
    assert!(failure.contains("paste the whole advertisement"), "{failure}");
    let post = "Backend engineer\nRequirements\n- Python and SQL\n- Experience with distributed systems\n";
    let outcome = matched(&browser, &resume, json!({ "jobPost": post })).await;
    assert!(outcome["result"]["score"].as_f64().unwrap() > 0.0, "{outcome}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_match_speaks_in_words_and_says_each_thing_once() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let resume = read_resume(&browser).await;
    let outcome = matched(&browser, &resume, json!({ "role": "registered-nurse" })).await;
    let result = &outcome["result"];
    for check in result["checks"].as_array().unwrap() {
        let title = check["title"].as_str().unwrap();
        assert!(title.starts_with(char::is_uppercase) && !title.contains('_'), "{check}");
    }
    let terms = result["terms"].as_array().unwrap();
    assert!(!terms.iter().any(|term| term["term"] == "Registered nurse"), "a title is not missed");
    let suggestions = result["suggestions"].as_array().unwrap();
    let naming = suggestions.iter().filter(|one| one["quote"].is_null()).count();
    assert!(naming <= 2, "missing terms are named together: {suggestions:#?}");
    let is_term = |term: &&Value| term["kind"] == "TERM";
    let missing = terms.iter().filter(is_term).filter(|term| term["found"] == "MISSING").count();
    let others: Vec<&Value> = terms.iter().filter(|term| term["kind"] == "LINE_OF_WORK").collect();
    assert!(matches!(others.as_slice(), [only] if only["term"] == "Your line of work"), "{others:?}");
    let named: usize = suggestions
        .iter()
        .filter(|one| one["quote"].is_null())
        .map(|one| one["terms"].as_array().unwrap().len())
        .sum();
    assert_eq!(named, missing);
}
