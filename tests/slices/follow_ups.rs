//! A follow-up and the answer that it takes up: judged as one, counted once, and audited.

use interaura_domain::ids::InterviewId;
use interaura_server::rescoring::Rescoring;
use interaura_tests::app::App;
use interaura_tests::browser::Browser;
use interaura_tests::eventually;
use interaura_tests::story::fresh;
use serde_json::{Value, json};

use crate::interview::{answer, open_question, room_when, signed_in, started};

const FIRST: &str = "In my second year I had a class that would not settle. I spoke with each pupil alone, \
                     then I wrote rules together with them";
const LATER: &str = "Within a month the noise was gone, and their marks rose by a fifth.";

const REPORT: &str = "query($id: ID!) { interviewReport(id: $id) { issued overall criteria { criterion level } \
                      answers { answerId followUp text judgedText judgedWith counting overall canContest \
                      contests { outcome } ratings { criterion level evidence { quote span { start end } } } \
                      star { part quote span { start end } } \
                      betterAnswer { parts { kind text span { start end } } } } } }";
const TREND: &str = "{ analyticsTrend { criteria { criterion level } } }";
const AUDIT: &str =
    "query($id: ID!) { scoreAudit(interviewId: $id) { differences notJudgedAgain lines { text } } }";

async fn report(browser: &Browser, interview: &str) -> Value {
    browser.ask(REPORT, json!({ "id": interview })).await["interviewReport"].take()
}

/// An interview of one question whose answer left something out, and what was said when asked for that.
async fn followed_up(browser: &Browser) -> String {
    let (interview, question) = started(browser, 1).await;
    browser.accepted("submitAnswer", answer(&interview, &question, FIRST)).await;
    let next = open_question_after(browser, &interview, &question).await;
    browser.accepted("submitAnswer", answer(&interview, &next, LATER)).await;
    room_when(browser, &interview, "the report is out", |room| room["reportReady"] == true).await;
    interview
}

async fn open_question_after(browser: &Browser, interview: &str, before: &str) -> String {
    eventually("the follow-up is asked", async || {
        open_question(browser, interview).await.filter(|question| question != before)
    })
    .await
}

/// Every place of the words that a verdict is on, with what is quoted of it.
fn places(answer: &Value) -> Vec<(Value, Value)> {
    let list = |of: &Value| of.as_array().cloned().unwrap_or_default();
    let evidence = list(&answer["ratings"]).into_iter().flat_map(|rating| list(&rating["evidence"]));
    let told = list(&answer["star"]);
    evidence.chain(told).map(|one| (one["span"].clone(), one["quote"].clone())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_follow_up_counts_together_with_what_it_takes_up() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let interview = followed_up(&browser).await;
    let report = eventually("the report says so too", async || {
        let report = report(&browser, &interview).await;
        (report["issued"] == true).then_some(report)
    })
    .await;
    let [first, later] = report["answers"].as_array().unwrap().as_slice() else { panic!("{report}") };
    assert_eq!((&first["counting"], &later["counting"]), (&json!("WITH_FOLLOW_UP"), &json!("COUNTS")));
    assert_eq!((&first["judgedText"], &first["judgedWith"]), (&json!(FIRST), &Value::Null));
    assert_eq!(later["text"], LATER);
    let both = format!("{FIRST}\n\n{LATER}");
    assert_eq!((&later["judgedText"], &later["judgedWith"]), (&json!(both), &first["answerId"]));
    assert_eq!(report["overall"], later["overall"], "the total is that of both together");
    let places = places(later);
    let characters: Vec<char> = both.chars().collect();
    for (span, quote) in &places {
        let at = |end: &str| usize::try_from(span[end].as_u64().unwrap()).unwrap();
        assert_eq!(*quote, characters[at("start")..at("end")].iter().collect::<String>());
    }
    let within = |words: &str| places.iter().any(|(_, quote)| words.contains(quote.as_str().unwrap()));
    assert!(within(FIRST) && within(LATER), "the verdict rests on both: {places:?}");
    let levels = |of: &Value| of["criteria"].as_array().unwrap().clone();
    eventually("the trend counts it once", async || {
        let trend = browser.ask(TREND, json!({})).await["analyticsTrend"].take();
        let judged = levels(&trend).into_iter().filter(|one| !one["level"].is_null()).collect::<Vec<_>>();
        let wanted = levels(&report).into_iter().filter(|one| !one["level"].is_null()).collect::<Vec<_>>();
        (judged == wanted).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_verdict_on_both_is_audited_contested_and_judged_anew_as_such() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let interview = followed_up(&browser).await;
    let before = report(&browser, &interview).await;
    let contest = |answer: &Value| json!({ "interviewId": interview, "answerId": answer["answerId"], "reason": "Read it again." });
    let (first, later) = (&before["answers"][0], &before["answers"][1]);
    assert_eq!((&first["canContest"], &later["canContest"]), (&json!(false), &json!(true)));
    assert_eq!(browser.refused("contestScore", contest(first)).await, "WRONG_ORDER");
    let mut input = contest(later);
    input["commandId"] = json!(fresh());
    browser.accepted("contestScore", input).await;
    let after = eventually("the answer is judged again", async || {
        let report = report(&browser, &interview).await;
        (report["answers"][1]["contests"][0]["outcome"] == "JUDGED_AGAIN").then_some(report)
    })
    .await;
    assert_eq!(after["answers"][1]["judgedWith"], first["answerId"]);
    let audit = eventually("the total is that of the newer verdict", async || {
        let audit = browser.ask(AUDIT, json!({ "id": interview })).await["scoreAudit"].take();
        let again =
            |line: &Value| line["text"].as_str().is_some_and(|text| text.contains("judged again after"));
        let is_there = audit["lines"].as_array()?.iter().any(again);
        (is_there && audit["differences"] == 0).then_some(audit)
    })
    .await;
    assert_eq!(audit["notJudgedAgain"], 0, "{audit}");
    let lines = audit["lines"].as_array().unwrap();
    let find = |words: &str| lines.iter().any(|line| line["text"].as_str().unwrap().contains(words));
    assert!(
        find("counts together with its follow-up") && find("as well, judged again after a contest"),
        "{audit}"
    );
    assert!(find("mean of 1 answers"), "{audit}");
    let recomputed = app.wiring.score_audit().unwrap();
    let mut printed = Vec::new();
    let id: InterviewId = interview.parse().unwrap();
    assert_eq!(recomputed.print(id, &mut printed).await.unwrap(), 0);
    let same = Rescoring {
        store: app.wiring.store.clone(),
        blobs: recomputed.blobs.clone(),
        evaluator: recomputed.evaluator.clone(),
    };
    let rescored = same.run(None, None).await.unwrap();
    assert_eq!(rescored.answers.len(), 2);
    assert_eq!(rescored.answers.iter().filter(|one| one.counts).count(), 1, "both together count once");
    assert!(rescored.answers.iter().any(|one| one.was == one.is), "the first is judged alone, as it was");
}
