//! Interviews through the router: a whole one, and every refusal, which changes nothing.

use std::time::Duration;

use chrono::{DateTime, Utc};
use interaura_domain::ports::event_log::EventLog as _;
use interaura_tests::app::App;
use interaura_tests::browser::Browser;
use interaura_tests::eventually;
use interaura_tests::story::fresh;
use serde_json::{Value, json};

const ROOM: &str = "query($id: ID!, $atLeast: Position) { interviewRoom(id: $id, atLeast: $atLeast) { status thinking reportReady planningFailure \
                    asked { id number text askedAt pausedMs draft { revision text } answer { id text evaluation score durationMs submittedAt } } } }";

const ANSWER: &str = "In my second year I had a class that would not settle. I spoke with each pupil alone, \
                      then we wrote rules together. Within a month the noise was gone and results rose by a fifth.";

async fn room(browser: &Browser, interview: &str) -> Value {
    browser.ask(ROOM, json!({ "id": interview })).await["interviewRoom"].take()
}

/// Waits until the room is as wanted.
pub(super) async fn room_when(
    browser: &Browser,
    interview: &str,
    what: &str,
    wanted: impl Fn(&Value) -> bool,
) -> Value {
    eventually(what, async || {
        let room = room(browser, interview).await;
        wanted(&room).then_some(room)
    })
    .await
}

/// The question that has no answer yet, once there is one.
pub(super) async fn open_question(browser: &Browser, interview: &str) -> Option<String> {
    let settled = |room: &Value| {
        room["status"] == "COMPLETED"
            || room["asked"]
                .as_array()
                .is_some_and(|asked| asked.last().is_some_and(|question| question["answer"].is_null()))
    };
    let room = room_when(browser, interview, "a question is open", settled).await;
    let last = room["asked"].as_array()?.last()?;
    last["answer"].is_null().then(|| last["id"].as_str().unwrap().to_owned())
}

pub(super) async fn configured(browser: &Browser, questions: u8) -> String {
    let input = json!({ "mode": "MIXED", "role": "teacher", "difficulty": 2, "questions": questions });
    let payload = browser.accepted("configureInterview", input).await;
    let interview = payload["interviewId"].as_str().unwrap().to_owned();
    room_when(browser, &interview, "the questions are chosen", |room| room["status"] == "READY").await;
    interview
}

pub(super) async fn started(browser: &Browser, questions: u8) -> (String, String) {
    let interview = configured(browser, questions).await;
    browser.accepted("startInterview", json!({ "interviewId": interview })).await;
    let question = open_question(browser, &interview).await.unwrap();
    (interview, question)
}

pub(super) fn answer(interview: &str, question: &str, text: &str) -> Value {
    json!({ "interviewId": interview, "questionId": question, "text": text })
}

fn draft(interview: &str, question: &str, revision: i64, text: &str) -> Value {
    json!({ "interviewId": interview, "questionId": question, "revision": revision, "text": text })
}

pub(super) async fn signed_in(app: &App, email: &str) -> Browser {
    let browser = app.browser();
    browser.register(email).await;
    browser
}

/// Answers a question, and waits until the room shows it.
pub(super) async fn submit(browser: &Browser, interview: &str, question: &str) {
    let payload = browser.accepted("submitAnswer", answer(interview, question, ANSWER)).await;
    browser.ask(ROOM, json!({ "id": interview, "atLeast": payload["position"] })).await;
}

/// Answers whatever is asked until the interview is over.
pub(super) async fn answer_all(browser: &Browser, interview: &str) {
    while let Some(question) = open_question(browser, interview).await {
        submit(browser, interview, &question).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_interview_ends_with_a_report_of_every_answer() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let (interview, _) = started(&browser, 2).await;
    answer_all(&browser, &interview).await;
    let room = room_when(&browser, &interview, "the report is out", |room| room["reportReady"] == true).await;
    assert_eq!(room["status"], "COMPLETED");
    let report = "query($id: ID!) { interviewReport(id: $id) { issued overall overallInterval { low high } \
                  answers { number text evaluation overall counting ratings { criterion level anchor } } } }";
    // The report's view follows the log by itself; the room may be a moment ahead.
    let report = eventually("the report says so too", async || {
        let report = browser.ask(report, json!({ "id": interview })).await["interviewReport"].take();
        (report["issued"] == true).then_some(report)
    })
    .await;
    let answers = report["answers"].as_array().unwrap();
    assert_eq!(answers.len(), room["asked"].as_array().unwrap().len());
    for given in answers {
        assert_eq!(given["evaluation"], "EVALUATED");
        assert_eq!(given["text"], ANSWER);
    }
    let counting = answers.iter().filter(|given| given["counting"] == "COUNTS");
    let scores: Vec<f64> = counting.map(|given| given["overall"].as_f64().unwrap()).collect();
    assert_eq!(scores.len(), 2, "one for each question, its follow-up with it");
    let mean = scores.iter().sum::<f64>() / f64::from(u32::try_from(scores.len()).unwrap());
    let overall = report["overall"].as_f64().unwrap();
    assert!((overall - mean).abs() < 0.06, "{report}");
    let bound = |end: &str| report["overallInterval"][end].as_f64().unwrap();
    assert!(bound("low") <= overall && overall <= bound("high"), "{report}");
    let ledger = app.wiring.store.verify_ledger().await.unwrap();
    assert_eq!(ledger.events, app.wiring.store.head().await.unwrap().0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_belongs_to_somebody_else_is_not_found() {
    let app = App::start().await;
    let (ada, eve) = (signed_in(&app, "ada@example.org").await, signed_in(&app, "eve@example.org").await);
    let (interview, question) = started(&ada, 1).await;
    let before = app.wiring.store.head().await.unwrap();
    assert_eq!(room(&eve, &interview).await, Value::Null);
    let report = "query($id: ID!) { interviewReport(id: $id) { issued } resume(id: $id) { id } }";
    let report = eve.ask(report, json!({ "id": interview })).await;
    assert_eq!(report, json!({ "interviewReport": null, "resume": null }));
    for command in [
        "startInterview",
        "pauseInterview",
        "resumeInterview",
        "abandonInterview",
        "discardInterview",
        "completeInterview",
    ] {
        assert_eq!(eve.refused(command, json!({ "interviewId": interview })).await, "NOT_FOUND", "{command}");
    }
    assert_eq!(eve.refused("submitAnswer", answer(&interview, &question, "mine")).await, "NOT_FOUND");
    assert_eq!(eve.refused("draftAnswer", draft(&interview, &question, 1, "mine")).await, "NOT_FOUND");
    let extend = json!({ "interviewId": interview, "questionId": question });
    assert_eq!(eve.refused("extendTime", extend).await, "NOT_FOUND");
    let borrowed = json!({
        "mode": "MIXED", "role": "teacher", "difficulty": 2, "questions": 1, "resumeId": fresh()
    });
    assert_eq!(eve.refused("configureInterview", borrowed).await, "NOT_FOUND");
    assert_eq!(app.wiring.store.head().await.unwrap(), before, "nothing was changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_before_its_question_is_refused() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let interview = configured(&browser, 2).await;
    let nothing_asked = answer(&interview, &fresh().to_string(), ANSWER);
    assert_eq!(browser.refused("submitAnswer", nothing_asked).await, "WRONG_ORDER");
    browser.accepted("startInterview", json!({ "interviewId": interview })).await;
    let not_asked = answer(&interview, &fresh().to_string(), ANSWER);
    assert_eq!(browser.refused("submitAnswer", not_asked).await, "NOT_FOUND");
    let malformed = answer(&interview, "first", ANSWER);
    assert_eq!(browser.refused("submitAnswer", malformed).await, "NOT_FOUND");
    assert_eq!(browser.refused("startInterview", json!({ "interviewId": interview })).await, "ALREADY_DONE");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_answer_is_refused_and_so_is_one_after_the_end() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let (interview, question) = started(&browser, 1).await;
    submit(&browser, &interview, &question).await;
    let again = browser.refused("submitAnswer", answer(&interview, &question, "another")).await;
    assert_eq!(again, "ALREADY_DONE");
    answer_all(&browser, &interview).await;
    let room = room_when(&browser, &interview, "the report is out", |room| room["reportReady"] == true).await;
    assert_eq!(room["asked"][0]["answer"]["text"], ANSWER);
    let before = app.wiring.store.head().await.unwrap();
    let late = browser.refused("submitAnswer", answer(&interview, &question, "late")).await;
    assert_eq!(late, "ALREADY_DONE");
    for command in ["pauseInterview", "abandonInterview", "completeInterview"] {
        assert_eq!(browser.refused(command, json!({ "interviewId": interview })).await, "ALREADY_DONE");
    }
    assert_eq!(app.wiring.store.head().await.unwrap(), before, "nothing was changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_stands_still_while_an_interview_is_paused_or_left() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let (interview, question) = started(&browser, 2).await;
    let command = json!({ "interviewId": interview });
    let away = Duration::from_millis(400);
    for leave in [vec!["pauseInterview"], vec!["pauseInterview", "abandonInterview"]] {
        for step in leave {
            browser.accepted(step, command.clone()).await;
            tokio::time::sleep(away).await;
        }
        browser.accepted("resumeInterview", command.clone()).await;
    }
    browser.accepted("submitAnswer", answer(&interview, &question, ANSWER)).await;
    let given = |room: &Value| !room["asked"][0]["answer"].is_null();
    let asked = room_when(&browser, &interview, "the answer is shown", given).await["asked"][0].take();
    let time = |value: &Value| value.as_str().unwrap().parse::<DateTime<Utc>>().unwrap();
    let open = (time(&asked["answer"]["submittedAt"]) - time(&asked["askedAt"])).num_milliseconds();
    let paused = asked["pausedMs"].as_i64().unwrap();
    assert!(paused >= 1200 && paused < open, "{paused} of {open} ms");
    assert_eq!(asked["answer"]["durationMs"].as_i64().unwrap(), open - paused);
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_out_of_bounds_and_stale_drafts_are_refused() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let (interview, question) = started(&browser, 1).await;
    browser.accepted("draftAnswer", draft(&interview, &question, 3, "so far")).await;
    let before = app.wiring.store.head().await.unwrap();
    let long = "ä".repeat(20_001);
    assert_eq!(browser.refused("submitAnswer", answer(&interview, &question, &long)).await, "TOO_LONG");
    assert_eq!(browser.refused("draftAnswer", draft(&interview, &question, 4, &long)).await, "TOO_LONG");
    assert_eq!(browser.refused("submitAnswer", answer(&interview, &question, " \n")).await, "INVALID_INPUT");
    for revision in [3, 2, 0, -1] {
        let stale = browser.refused("draftAnswer", draft(&interview, &question, revision, "old")).await;
        assert_eq!(stale, "STALE", "{revision}");
    }
    assert_eq!(app.wiring.store.head().await.unwrap(), before, "nothing was changed");
    let kept = |room: &Value| room["asked"][0]["draft"] == json!({ "revision": 3, "text": "so far" });
    room_when(&browser, &interview, "the draft is kept", kept).await;
    let longest = "ä".repeat(20_000);
    browser.accepted("draftAnswer", draft(&interview, &question, 4, &longest)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_id_counts_once_and_for_one_command() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let (interview, question) = started(&browser, 3).await;
    let id = fresh();
    let mut first = answer(&interview, &question, ANSWER);
    first["commandId"] = json!(id);
    let once = browser.accepted("submitAnswer", first.clone()).await;
    let twice = browser.accepted("submitAnswer", first).await;
    assert_eq!(once, twice);
    let mut other = answer(&interview, &question, "Something else.");
    other["commandId"] = json!(id);
    assert_eq!(browser.refused("submitAnswer", other).await, "COMMAND_ID_REUSED");
    let reused = json!({ "commandId": id, "interviewId": interview });
    assert_eq!(browser.refused("pauseInterview", reused).await, "COMMAND_ID_REUSED");
    let owner = browser.ask("{ viewer { id } }", json!({})).await["viewer"]["id"].take();
    let stream = app.wiring.store.read_stream("interview", interview.parse().unwrap()).await.unwrap();
    let submitted = stream.iter().filter(|event| event.event_type == "answer_submitted");
    let owners: Vec<String> = submitted.map(|event| event.metadata.candidate_id.to_string()).collect();
    assert_eq!(json!(owners), json!([owner]));
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_out_of_bounds_and_unknown_roles_are_refused() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    for (role, difficulty, questions, field) in [
        ("astronaut", 2, 2, "role"),
        ("teacher", 0, 2, "difficulty"),
        ("teacher", 300, 2, "difficulty"),
        ("teacher", 2, 0, "questions"),
        ("teacher", 2, 21, "questions"),
        ("teacher", 2, -1, "questions"),
    ] {
        let input =
            json!({ "mode": "MIXED", "role": role, "difficulty": difficulty, "questions": questions });
        let payload = browser.command("configureInterview", input).await;
        assert_eq!(payload["refusal"]["code"], "INVALID_INPUT", "{payload}");
        assert_eq!(payload["refusal"]["field"], field);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interview_that_has_not_begun_cannot_be_left_and_resumed_into_nothing() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let interview = configured(&browser, 1).await;
    let it = || json!({ "interviewId": interview });
    for command in ["pauseInterview", "abandonInterview", "resumeInterview", "completeInterview"] {
        assert_eq!(browser.refused(command, it()).await, "WRONG_ORDER", "{command}");
    }
    browser.accepted("startInterview", it()).await;
    assert!(open_question(&browser, &interview).await.is_some());
    browser.accepted("abandonInterview", it()).await;
    browser.accepted("resumeInterview", it()).await;
    let question = open_question(&browser, &interview).await.unwrap();
    submit(&browser, &interview, &question).await;
}

/// The interviews of each list of the dashboard, as far as a payload's position.
async fn lists(browser: &Browser, payload: &Value) -> Value {
    let lists = "query($atLeast: Position) { dashboard(atLeast: $atLeast) \
                 { recent { id } resumable { id } prepared { id } } }";
    browser.ask(lists, json!({ "atLeast": payload["position"] })).await["dashboard"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prepared_interview_is_begun_or_discarded_and_one_that_began_can_be_gone_on_with() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let one = configured(&browser, 1).await;
    let other = configured(&browser, 1).await;
    let it = |id: &str| json!({ "interviewId": id });
    let began = browser.accepted("startInterview", it(&one)).await;
    let (one_alone, other_alone) = (json!([{ "id": one }]), json!([{ "id": other }]));
    let told = lists(&browser, &began).await;
    assert_eq!(told, json!({ "recent": one_alone, "resumable": one_alone, "prepared": other_alone }));
    let left = browser.accepted("abandonInterview", it(&one)).await;
    assert_eq!(lists(&browser, &left).await["resumable"], one_alone, "it can be taken up again");
    assert_eq!(browser.refused("discardInterview", it(&one)).await, "ALREADY_DONE");
    let discarded = browser.accepted("discardInterview", it(&other)).await;
    let told = lists(&browser, &discarded).await;
    assert_eq!(told, json!({ "recent": one_alone, "resumable": one_alone, "prepared": [] }));
    for command in ["startInterview", "abandonInterview", "resumeInterview", "discardInterview"] {
        assert_eq!(browser.refused(command, it(&other)).await, "ALREADY_DONE", "{command}");
    }
    assert_eq!(room(&browser, &other).await["status"], "DISCARDED");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_says_in_words_what_it_speaks_of() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let (interview, _) = started(&browser, 1).await;
    let unknown = fresh().to_string();
    let payload = browser.command("submitAnswer", answer(&interview, &unknown, ANSWER)).await;
    assert_eq!(payload["refusal"]["message"], "This question was not asked in this interview.");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_is_sent_as_it_is_and_then_with_the_next_question() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let interview = configured(&browser, 1).await;
    let room = "subscription($id: ID!) { interviewRoom(id: $id) { status asked { number } } }";
    let mut room = browser.subscribe(room, json!({ "id": interview })).await;
    assert_eq!(room.next().await["interviewRoom"], json!({ "status": "READY", "asked": [] }));
    browser.accepted("startInterview", json!({ "interviewId": interview })).await;
    let mut sent = room.next().await;
    // The read model may hold the start a moment before the question.
    if sent["interviewRoom"]["asked"] == json!([]) {
        sent = room.next().await;
    }
    assert_eq!(sent["interviewRoom"], json!({ "status": "IN_PROGRESS", "asked": [{ "number": 1 }] }));
}
