//! A disputed score: judged again, both verdicts shown, the newer one counted, everything audited.

use std::sync::Arc;

use interaura_adapters::answer_evaluator::embedded::EmbeddedEvaluator;
use interaura_adapters::embedder::hashed::HashedEmbedder;
use interaura_domain::ids::InterviewId;
use interaura_domain::interview::rubric::{KindWeights, Rubric};
use interaura_domain::ports::event_log::EventLog as _;
use interaura_domain::score::Criterion;
use interaura_server::rescoring::Rescoring;
use interaura_tests::app::App;
use interaura_tests::browser::Browser;
use interaura_tests::eventually;
use interaura_tests::story::fresh;
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use serde_json::{Value, json};

use crate::interview::{answer_all, room_when, signed_in, started};

const REPORT: &str = "query($id: ID!) { interviewReport(id: $id) { issued overall answers { \
                      answerId overall evaluator canContest contests { reason outcome } \
                      earlier { overall evaluator ratings { criterion level } } } } }";
const AUDIT: &str = "query($id: ID!) { scoreAudit(interviewId: $id) { differences notJudgedAgain \
                     lines { depth text difference event { position eventId } } } }";
const RUBRIC: &str = include_str!("../../schemas/rubrics/interview_answer.v1.json");
const DASHBOARD: &str = "{ dashboard { interviewsCompleted averageScore } }";

async fn report(browser: &Browser, interview: &str) -> Value {
    browser.ask(REPORT, json!({ "id": interview })).await["interviewReport"].take()
}

async fn finished(browser: &Browser) -> String {
    let (interview, _) = started(browser, 2).await;
    answer_all(browser, &interview).await;
    room_when(browser, &interview, "the report is out", |room| room["reportReady"] == true).await;
    interview
}

/// The place of the first answer whose score counts: one with a follow-up counts together with that.
fn contestable(report: &Value) -> usize {
    let answers = report["answers"].as_array().unwrap();
    answers.iter().position(|answer| answer["canContest"] == true).unwrap()
}

fn contest(interview: &str, answer: &Value, reason: &str) -> Value {
    json!({ "interviewId": interview, "answerId": answer["answerId"], "reason": reason })
}

async fn event_types(app: &App, interview: &str) -> Vec<String> {
    let stream = app.wiring.store.read_stream("interview", interview.parse().unwrap()).await.unwrap();
    stream.into_iter().map(|event| event.event_type).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contested_answer_is_judged_again_and_both_verdicts_stay() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let interview = finished(&browser).await;
    let before = report(&browser, &interview).await;
    let at = contestable(&before);
    let answer = &before["answers"][at];
    let mut input = contest(&interview, answer, "I named the result in my last sentence.");
    input["commandId"] = json!(fresh());
    browser.accepted("contestScore", input.clone()).await;
    let after = eventually("the answer is judged again", async || {
        let report = report(&browser, &interview).await;
        (report["answers"][at]["contests"][0]["outcome"] == "JUDGED_AGAIN").then_some(report)
    })
    .await;
    let judged = &after["answers"][at];
    assert_eq!(judged["earlier"][0]["overall"], answer["overall"]);
    assert_eq!(judged["earlier"][0]["evaluator"], answer["evaluator"]);
    assert!(judged["evaluator"].as_str().unwrap().ends_with("+readings/1"), "{judged}");
    assert_eq!(judged["contests"][0]["reason"], "I named the result in my last sentence.");
    eventually("the report is issued anew", async || {
        let issued =
            event_types(&app, &interview).await.iter().filter(|kind| *kind == "report_issued").count();
        (issued == 2).then_some(())
    })
    .await;
    // The interview did not go on by itself, and counts once.
    let kinds = event_types(&app, &interview).await;
    assert_eq!(kinds.iter().filter(|kind| *kind == "interview_completed").count(), 1);
    let overall = report(&browser, &interview).await["overall"].take();
    eventually("the dashboard counts the newer score, once", async || {
        let stats = browser.ask(DASHBOARD, json!({})).await["dashboard"].take();
        let same = (stats["averageScore"].as_f64()? - overall.as_f64()?).abs() < 0.11;
        (same && stats["interviewsCompleted"] == 1).then_some(())
    })
    .await;
    let audit = browser.ask(AUDIT, json!({ "id": interview })).await["scoreAudit"].take();
    assert_eq!((&audit["differences"], &audit["notJudgedAgain"]), (&json!(0), &json!(0)), "{audit}");
    let lines = audit["lines"].as_array().unwrap();
    let find = |words: &str| lines.iter().any(|line| line["text"].as_str().unwrap().contains(words));
    assert!(find("judged again after a contest") && find("does not count any more"), "{audit}");
    assert!(find("contested by the candidate"));
    let mut printed = Vec::new();
    let id: InterviewId = interview.parse().unwrap();
    assert_eq!(app.wiring.score_audit().unwrap().print(id, &mut printed).await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contest_is_refused_where_it_makes_no_sense_and_is_nobody_elses_business() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let interview = finished(&browser).await;
    let before = report(&browser, &interview).await;
    let at = contestable(&before);
    let answer = &before["answers"][at];
    assert_eq!(browser.refused("contestScore", contest(&interview, answer, "  ")).await, "INVALID_INPUT");
    let long = "x".repeat(1_001);
    assert_eq!(browser.refused("contestScore", contest(&interview, answer, &long)).await, "TOO_LONG");
    let unknown = json!({ "answerId": fresh() });
    assert_eq!(browser.refused("contestScore", contest(&interview, &unknown, "Why?")).await, "NOT_FOUND");
    let other = signed_in(&app, "eve@example.org").await;
    assert_eq!(other.refused("contestScore", contest(&interview, answer, "Why?")).await, "NOT_FOUND");
    assert!(other.ask(AUDIT, json!({ "id": interview })).await["scoreAudit"].is_null());
    assert!(!event_types(&app, &interview).await.contains(&"score_contested".to_owned()));
    for times in 1..=2 {
        browser.accepted("contestScore", contest(&interview, answer, "Read it again.")).await;
        eventually("the answer is judged again", async || {
            let contests = report(&browser, &interview).await["answers"][at]["contests"].take();
            let judged = contests.as_array()?.iter().filter(|one| one["outcome"] == "JUDGED_AGAIN").count();
            (judged == times).then_some(())
        })
        .await;
    }
    assert_eq!(report(&browser, &interview).await["answers"][at]["canContest"], false);
    assert_eq!(
        browser.refused("contestScore", contest(&interview, answer, "And again.")).await,
        "WRONG_ORDER"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn old_answers_are_judged_under_another_rubric_and_history_stays() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let interview = finished(&browser).await;
    let before = event_types(&app, &interview).await;
    let recomputed = app.wiring.score_audit().unwrap();
    let same = Rescoring {
        store: app.wiring.store.clone(),
        blobs: recomputed.blobs.clone(),
        evaluator: recomputed.evaluator.clone(),
    };
    let rescores = same.run(None, None).await.unwrap();
    assert_eq!(
        rescores.answers.len(),
        report(&browser, &interview).await["answers"].as_array().unwrap().len()
    );
    assert!(rescores.answers.iter().all(|answer| answer.shift().abs() < 0.05), "{rescores:?}");
    // All weight on clarity.
    let mut rubric: Rubric = Rubric::parse(RUBRIC).unwrap();
    rubric.id = "clarity_only.v1".to_owned();
    for criterion in &mut rubric.criteria {
        let weight = if criterion.criterion == Criterion::Clarity { 1.0 } else { 0.0 };
        criterion.weights = KindWeights { behavioural: weight, technical: weight };
    }
    let other = EmbeddedEvaluator::new(Arc::new(HashedEmbedder)).unwrap().with_rubric(rubric);
    let rescores = Rescoring { evaluator: Arc::new(other), ..same }.run(None, None).await.unwrap();
    assert!(rescores.answers.iter().any(|answer| answer.shift().abs() > 1.0), "{rescores:?}");
    assert!(rescores.answers.iter().all(|answer| answer.is_judged_by.ends_with(" clarity_only.v1")));
    let table = rescores.report();
    assert!(table.contains("teacher") && table.contains("all answers"), "{table}");
    let dir = tempfile::TempDir::new().unwrap();
    let path = dir.path().join("shift.parquet");
    rescores.write_parquet(&path).unwrap();
    let file = SerializedFileReader::new(std::fs::File::open(&path).unwrap()).unwrap();
    assert_eq!(file.metadata().file_metadata().num_rows(), i64::try_from(rescores.answers.len()).unwrap());
    assert!(rescores.write_parquet(&path).is_err(), "what is there stays");
    assert_eq!(event_types(&app, &interview).await, before);
}
