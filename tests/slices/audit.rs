//! Scores that can be checked: what was recorded is what comes out again, and a changed number is found.

use std::process::{Command, Output};

use interaura_domain::ids::InterviewId;
use interaura_domain::ports::event_log::EventLog as _;
use interaura_tests::app::App;
use interaura_tests::browser::Browser;
use interaura_tests::database::{Database, MASTER_KEY};
use interaura_tests::story::{candidate, finished_interview, fresh};
use interaura_tests::{assets, environment, resume_fixture};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::interview::{answer_all, room_when, signed_in, started};
use crate::upload::settled;

/// An interview about a resume, from its first question to its report.
async fn interview_about_a_resume(browser: &Browser) -> String {
    let (_, taken) = browser.upload(fresh(), "ada.pdf", resume_fixture("sb2nov.pdf")).await;
    let resume = taken["resumeId"].as_str().unwrap();
    assert_eq!(settled(browser, resume).await["stage"], "READ");
    let input = json!({
        "mode": "MIXED", "role": "backend-engineer", "difficulty": 2, "questions": 2, "resumeId": resume
    });
    let payload = browser.accepted("configureInterview", input).await;
    let interview = payload["interviewId"].as_str().unwrap().to_owned();
    room_when(browser, &interview, "the questions are chosen", |room| room["status"] == "READY").await;
    browser.accepted("startInterview", json!({ "interviewId": interview })).await;
    answer_all(browser, &interview).await;
    room_when(browser, &interview, "the report is out", |room| room["reportReady"] == true).await;
    interview
}

type Change = fn(&mut Value);

/// Takes a character from the first place that a verdict rests on.
fn shorten_evidence(body: &mut Value) {
    let mut ratings = body["evaluation"]["ratings"].as_array_mut().unwrap().iter_mut();
    let quoted = ratings.find(|rating| rating["evidence"][0].is_object()).unwrap();
    let end = &mut quoted["evidence"][0]["span"]["end"];
    *end = json!(end.as_u64().unwrap() - 1);
}

/// What the audit prints, and how many differences it finds.
async fn audit(app: &App, interview: &str) -> (u32, String) {
    let mut printed = Vec::new();
    let interview_id: InterviewId = interview.parse().unwrap();
    let audit = app.wiring.score_audit().unwrap();
    let differences = audit.print(interview_id, &mut printed).await.unwrap();
    (differences, String::from_utf8(printed).unwrap())
}

/// Changes the body of the first event of a type behind the log's back; gives it as it was.
async fn tamper(app: &App, event_type: &str, change: impl Fn(&mut Value)) -> (i64, String) {
    let first = "SELECT position, payload::text FROM events WHERE event_type = $1 ORDER BY position LIMIT 1";
    let (position, before): (i64, String) =
        sqlx::query_as(first).bind(event_type).fetch_one(&app.database.pool).await.unwrap();
    let mut payload: Value = serde_json::from_str(&before).unwrap();
    change(&mut payload[event_type]);
    write(app, position, &payload.to_string()).await;
    (position, before)
}

async fn write(app: &App, position: i64, payload: &str) {
    let update = "UPDATE events SET payload = $2::json WHERE position = $1";
    sqlx::query(update).bind(position).bind(payload).execute(&app.database.pool).await.unwrap();
}

/// The line of an audit that holds some words.
fn line<'a>(printed: &'a str, words: &str) -> &'a str {
    printed.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("no {words:?} in\n{printed}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interview_audits_clean_and_every_level_is_judged_again() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let interview = interview_about_a_resume(&browser).await;
    let (differences, printed) = audit(&app, &interview).await;
    assert_eq!(differences, 0, "{printed}");
    assert!(!printed.contains("DIFFERS") && !printed.contains("NOT JUDGED AGAIN"), "{printed}");
    assert!(printed.contains("levels judged again by the same evaluator"), "{printed}");
    assert!(printed.contains("evidence at characters"), "{printed}");
    assert!(line(&printed, "ledger:").contains("audit --chain"));
    assert!(printed.ends_with("every number was recomputed and agrees\n"), "{printed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_number_of_a_verdict_is_found_and_named() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let interview = interview_about_a_resume(&browser).await;
    let changes: [(&str, Change, &str, &str); 6] = [
        (
            "level",
            |body| body["evaluation"]["ratings"][0]["level"] = json!(1.3),
            "relevance level 1.3",
            "level",
        ),
        ("weight", |body| body["evaluation"]["ratings"][1]["weight"] = json!(9.5), "weight 9.5", "weight"),
        (
            "feature",
            |body| body["evaluation"]["ratings"][0]["features"][0]["value"] = json!(0.1234),
            "= 0.1234",
            "when judged again",
        ),
        ("evidence", shorten_evidence, "the quote is not what stands there", "evidence at"),
        (
            "criterion",
            |body| drop(body["evaluation"]["ratings"].as_array_mut().unwrap().remove(0)),
            "relevance recorded 0 times",
            "level",
        ),
        ("score", |body| body["overall"] = json!(99.9), "score 99.9", "recomputed"),
    ];
    for (name, change, words, difference) in changes {
        let (position, before) = tamper(&app, "answer_evaluated", change).await;
        let (differences, printed) = audit(&app, &interview).await;
        let found = line(&printed, words);
        assert!(found.contains("DIFFERS") && found.contains(difference), "{name}: {found}");
        assert!(line(&printed, "ledger").contains("DIFFERS"), "{name}: the hashes tell it too");
        assert!(differences >= 2, "{name}: {printed}");
        write(&app, position, &before).await;
        assert_eq!(audit(&app, &interview).await.0, 0, "{name}: as it was, it holds");
    }
    let (_, before) = tamper(&app, "report_issued", |body| body["overall"] = json!(99.9)).await;
    let (_, printed) = audit(&app, &interview).await;
    assert!(line(&printed, "total 99.9").contains("DIFFERS: recomputed"), "{before}\n{printed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_evaluator_judged_is_said_and_is_no_difference() {
    let app = App::serve(Database::create().await).await;
    let owner = candidate(&app.wiring.store, "Ada Lovelace").await;
    let interview = finished_interview(&app.wiring.store, owner).await.to_string();
    let (differences, printed) = audit(&app, &interview).await;
    assert_eq!(differences, 0, "{printed}");
    assert!(line(&printed, "NOT JUDGED AGAIN").contains("judged by test/1"), "{printed}");
    assert!(printed.contains("the levels of 2 answers could not be judged again"), "{printed}");
}

/// `interaura audit` as an auditor runs it.
fn run_audit(app: &App, dir: &TempDir, arguments: &[&str]) -> Output {
    audit_of(&app.database, app, dir, arguments)
}

fn audit_of(database: &Database, app: &App, dir: &TempDir, arguments: &[&str]) -> Output {
    run(database, app, dir, &[&["audit"], arguments].concat())
}

/// A command of the program, on a database.
fn run(database: &Database, app: &App, dir: &TempDir, arguments: &[&str]) -> Output {
    Command::new(environment("INTERAURA_BINARY"))
        .args(arguments)
        .env("DATABASE_URL", &database.url)
        .env("NATS_URL", app.nats.url.expose_secret())
        .env("INTERAURA_ASSETS", assets().dir())
        .env("INTERAURA_DATA", dir.path())
        .env("INTERAURA_MASTER_KEY", MASTER_KEY)
        .output()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_fails_where_a_number_differs() {
    // Nothing happens by itself: the story issues the report.
    let (app, dir) = (App::serve(Database::create().await).await, TempDir::new().unwrap());
    let owner = candidate(&app.wiring.store, "Ada Lovelace").await;
    let interview = finished_interview(&app.wiring.store, owner).await.to_string();
    let clean = run_audit(&app, &dir, &[&interview]);
    assert_eq!(clean.status.code(), Some(0), "{clean:?}");
    assert_eq!(run_audit(&app, &dir, &["--chain"]).status.code(), Some(0));
    tamper(&app, "report_issued", |body| body["overall"] = json!(99.9)).await;
    let forged = run_audit(&app, &dir, &[&interview]);
    assert_eq!(forged.status.code(), Some(1), "{forged:?}");
    assert!(String::from_utf8_lossy(&forged.stdout).contains("DIFFERS"), "{forged:?}");
    assert_eq!(run_audit(&app, &dir, &["--chain"]).status.code(), Some(1));
    let unknown = run_audit(&app, &dir, &[&fresh().to_string()]);
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("there is no interview"), "{unknown:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_the_log_elsewhere_audits_to_the_same_bits() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let (interview, _) = started(&browser, 2).await;
    answer_all(&browser, &interview).await;
    room_when(&browser, &interview, "the report is out", |room| room["reportReady"] == true).await;
    let copy = app.database.copied().await;
    let (here, there) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let original = tokio::task::block_in_place(|| run_audit(&app, &here, &[&interview]));
    let copied = tokio::task::block_in_place(|| audit_of(&copy, &app, &there, &[&interview]));
    assert_eq!(original.status.code(), Some(0), "{original:?}");
    let printed = String::from_utf8_lossy(&original.stdout);
    assert!(printed.starts_with("total ") && !printed.contains("DIFFERS"), "{printed}");
    assert_eq!(copied.stdout, original.stdout);
    // Another log is told from this one.
    sqlx::query("DELETE FROM events WHERE position = (SELECT max(position) FROM events)")
        .execute(&copy.pool)
        .await
        .unwrap();
    let cut = tokio::task::block_in_place(|| audit_of(&copy, &app, &there, &["--chain"]));
    assert_eq!(cut.status.code(), Some(1), "{cut:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn old_answers_are_rescored_by_the_command_and_the_log_stays_as_it_was() {
    let (app, dir) = (App::serve(Database::create().await).await, TempDir::new().unwrap());
    let owner = candidate(&app.wiring.store, "Ada Lovelace").await;
    finished_interview(&app.wiring.store, owner).await;
    let head = app.wiring.store.head().await.unwrap();
    let table = dir.path().join("shift.parquet");
    let rescore = |arguments: &[&str]| {
        tokio::task::block_in_place(|| run(&app.database, &app, &dir, &[&["rescore"], arguments].concat()))
    };
    let rescored = rescore(&["--since", "2020-01-01T00:00:00Z", "--parquet", table.to_str().unwrap()]);
    let printed = String::from_utf8_lossy(&rescored.stdout).into_owned();
    assert_eq!(rescored.status.code(), Some(0), "{rescored:?}");
    assert!(line(&printed, "all answers").contains('2') && printed.contains("teacher"), "{printed}");
    assert!(table.metadata().unwrap().len() > 0);
    let again = rescore(&["--parquet", table.to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("is there already"), "{again:?}");
    let without_model = rescore(&["--evaluator", "model"]);
    assert_ne!(without_model.status.code(), Some(0), "no model is set");
    assert_eq!(app.wiring.store.head().await.unwrap(), head, "nothing is recorded");
}
