//! Closing an account: what is personal is gone, in every place, and nobody else notices.

use std::sync::Arc;

use interaura_domain::event::AnyEvent;
use interaura_domain::ids::CandidateId;
use interaura_domain::interview::event::InterviewEvent;
use interaura_domain::ports::event_log::EventLog;
use interaura_domain::ports::signals::View;
use interaura_projections::rebuild::rebuild;
use interaura_tests::app::App;
use interaura_tests::browser::{Browser, PASSWORD};
use interaura_tests::story::fresh;
use interaura_tests::{eventually, resume_fixture};
use serde_json::{Value, json};

use crate::interview::{answer_all, room_when, signed_in, started};
use crate::recording::{clip, take};
use crate::upload::settled;

const REPORT: &str = "query($id: ID!) { interviewReport(id: $id) { issued answers { text } } }";

async fn viewer(browser: &Browser) -> Value {
    browser.ask("{ viewer { id email } }", json!({})).await["viewer"].take()
}

async fn candidate(browser: &Browser) -> CandidateId {
    CandidateId(viewer(browser).await["id"].as_str().unwrap().parse().unwrap())
}

/// A resume, an interview with its report, and a recording.
async fn practised(browser: &Browser) -> String {
    let (_, taken) = browser.upload(fresh(), "ada.pdf", resume_fixture("sb2nov.pdf")).await;
    assert_eq!(settled(browser, taken["resumeId"].as_str().unwrap()).await["stage"], "READ");
    let (interview, _) = started(browser, 1).await;
    take(browser, &interview, &clip(2)).await;
    answer_all(browser, &interview).await;
    room_when(browser, &interview, "the report is out", |room| room["reportReady"] == true).await;
    interview
}

/// How many rows the read models hold of somebody, old generations too.
async fn rows_of(app: &App, owner: CandidateId) -> i64 {
    let mut rows = 0;
    for view in View::ALL {
        let count = format!("SELECT count(*) FROM {} WHERE candidate_id = $1", view.name());
        rows +=
            sqlx::query_scalar::<_, i64>(&count).bind(owner.0).fetch_one(&app.database.pool).await.unwrap();
    }
    rows
}

async fn counted(app: &App, table: &str) -> i64 {
    let count = format!("SELECT count(*) FROM {table}");
    sqlx::query_scalar(&count).fetch_one(&app.database.pool).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_account_leaves_nothing_personal_in_any_place() {
    let app = App::start().await;
    let (ada, eve) = (signed_in(&app, "ada@example.org").await, signed_in(&app, "eve@example.org").await);
    let (owner, other) = (candidate(&ada).await, candidate(&eve).await);
    let (interview, untouched) = (practised(&ada).await, practised(&eve).await);
    let elsewhere = app.browser_of(owner).await;
    assert!(app.files_of(owner) > 0 && rows_of(&app, owner).await > 0);
    ada.accepted("closeAccount", json!({ "password": PASSWORD })).await;
    assert_eq!(
        (viewer(&ada).await, viewer(&elsewhere).await),
        (Value::Null, Value::Null),
        "no session is left"
    );
    let sign_in = json!({ "email": "ada@example.org", "password": PASSWORD });
    assert_eq!(app.browser().refused("signIn", sign_in).await, "WRONG_CREDENTIALS");
    eventually("files and rows are gone", async || {
        (app.files_of(owner) == 0 && rows_of(&app, owner).await == 0).then_some(())
    })
    .await;
    eventually("no print of a command is left", async || {
        let left = "SELECT count(*) FROM commands WHERE aggregate_id = ANY ($1)";
        let streams = [owner.to_string(), interview.clone()];
        let left: i64 = sqlx::query_scalar(left).bind(streams).fetch_one(&app.database.pool).await.unwrap();
        (left == 0).then_some(())
    })
    .await;
    let outbox = eve.ask("{ outbox { to } }", json!({})).await["outbox"].take();
    assert!(outbox.as_array().unwrap().iter().all(|mail| mail["to"] == "eve@example.org"), "{outbox}");
    // The stream can still be replayed; what was said is erased.
    let stream = app.wiring.store.read_stream("interview", interview.parse().unwrap()).await.unwrap();
    let mut answers = 0;
    for recorded in &stream {
        if let AnyEvent::Interview(InterviewEvent::AnswerSubmitted(answer)) =
            AnyEvent::decode(recorded).unwrap()
        {
            assert_eq!(answer.text.present(), None);
            answers += 1;
        }
    }
    assert!(answers > 0);
    app.wiring.store.verify_ledger().await.unwrap();
    let log: Arc<dyn EventLog> = Arc::new(app.wiring.store.clone());
    rebuild(&app.database.pool, &app.database.keys(), &log, &View::ALL).await.unwrap();
    assert_eq!(rows_of(&app, owner).await, 0, "a rebuild brings nothing back");
    assert_eq!((counted(&app, "dead_letters").await, counted(&app, "parked_reactions").await), (0, 0));
    let report = eve.ask(REPORT, json!({ "id": untouched })).await["interviewReport"].take();
    assert!(report["issued"] == true && !report["answers"][0]["text"].as_str().unwrap().is_empty());
    assert!(app.files_of(other) > 0 && rows_of(&app, other).await > 0);
    // The address is free, and whoever takes it begins with nothing.
    let again = signed_in(&app, "ada@example.org").await;
    assert_ne!(candidate(&again).await, owner);
    let stats = again.ask("{ dashboard { answersGiven } }", json!({})).await;
    assert_eq!(stats["dashboard"]["answersGiven"], 0);
    assert!(again.ask(REPORT, json!({ "id": interview })).await["interviewReport"].is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_closed_by_its_password_only() {
    let app = App::start().await;
    let ada = signed_in(&app, "ada@example.org").await;
    let wrong = json!({ "password": "vexed-Umbrella-73-quarrel" });
    assert_eq!(ada.refused("closeAccount", wrong).await, "WRONG_CREDENTIALS");
    assert_eq!(viewer(&ada).await["email"], "ada@example.org");
    let stranger = app.browser();
    let nobody = stranger.answer(
        "mutation($input: CloseAccountInput!) { closeAccount(input: $input) { position } }",
        json!({ "input": { "commandId": fresh(), "password": PASSWORD } }),
    );
    assert!(!nobody.await["errors"].is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_closed_in_mid_interview_parks_nothing() {
    let app = App::start().await;
    let ada = signed_in(&app, "ada@example.org").await;
    let owner = candidate(&ada).await;
    let (interview, question) = started(&ada, 2).await;
    // Its verdict, its better answer and the next question are still to come.
    let answer = crate::interview::answer(&interview, &question, "I listened first, then I asked.");
    let submitted = ada.accepted("submitAnswer", answer).await;
    let closed = ada.accepted("closeAccount", json!({ "password": PASSWORD })).await;
    for (reaction, position) in [("answer_evaluation", submitted), ("account_closing", closed)] {
        let position: i64 = position["position"].as_str().unwrap().parse().unwrap();
        eventually("the reaction is past it", async || {
            let reached: Option<i64> =
                sqlx::query_scalar("SELECT max(position) FROM reaction_cursors WHERE reaction = $1")
                    .bind(reaction)
                    .fetch_one(&app.database.pool)
                    .await
                    .unwrap();
            (reached >= Some(position)).then_some(())
        })
        .await;
    }
    eventually("no row is left", async || (rows_of(&app, owner).await == 0).then_some(())).await;
    assert_eq!((counted(&app, "dead_letters").await, counted(&app, "parked_reactions").await), (0, 0));
}
