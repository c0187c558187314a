//! What is asked: what the job asks for, and what the answers before showed.

use std::collections::BTreeSet;

use interaura_domain::event::AnyEvent;
use interaura_domain::interview::event::{InterviewEvent, QuestionsPlanned};
use interaura_domain::ports::event_log::EventLog as _;
use interaura_tests::app::App;
use interaura_tests::browser::Browser;
use interaura_tests::eventually;
use serde_json::{Value, json};

use crate::interview::{answer, open_question, signed_in};
use crate::matching::{matched, read_resume};

const ROOM: &str = "query($id: ID!) { interviewRoom(id: $id) { status requirements { name need questions } \
                    asked { id number text gap difficulty adapted takesUp answer { id } } } }";

const POST: &str = "Primary school teacher\n\nWe are looking for a teacher for a class of 30 pupils.\n\
                    Requirements:\n- Safeguarding\n- Lesson planning\n- Classroom management\n- Phonics\n\
                    Nice to have:\n- Makaton\n\nPlease apply with a CV and a covering letter.";

async fn room(browser: &Browser, interview: &str) -> Value {
    browser.ask(ROOM, json!({ "id": interview })).await["interviewRoom"].take()
}

async fn prepared(browser: &Browser, input: Value) -> (String, Value) {
    let payload = browser.accepted("configureInterview", input).await;
    let interview = payload["interviewId"].as_str().unwrap().to_owned();
    let room = eventually("the questions are chosen", async || {
        let room = room(browser, &interview).await;
        (room["status"] == "READY").then_some(room)
    })
    .await;
    (interview, room)
}

fn numbers(requirement: &Value) -> Vec<i64> {
    requirement["questions"].as_array().unwrap().iter().filter_map(Value::as_i64).collect()
}

/// Says nothing to every question until so many planned ones are answered, then gives the open one.
async fn fail(browser: &Browser, interview: &str, planned: i64) -> Value {
    browser.accepted("startInterview", json!({ "interviewId": interview })).await;
    loop {
        let question = open_question(browser, interview).await.unwrap();
        let asked = room(browser, interview).await["asked"].take();
        let open = asked.as_array().unwrap().iter().find(|one| one["id"] == question.as_str()).unwrap();
        if open["number"].as_i64().unwrap() > planned {
            return open.clone();
        }
        browser.accepted("submitAnswer", answer(interview, &question, "I do not know.")).await;
        eventually("the answer is there", async || {
            let asked = room(browser, interview).await["asked"].take();
            let one = asked.as_array()?.iter().find(|one| one["id"] == question.as_str())?.clone();
            (!one["answer"].is_null()).then_some(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_map_shows_which_question_asks_for_which_requirement() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let input = json!({ "mode": "MIXED", "role": "teacher", "difficulty": 3, "questions": 5 });
    let (_, room) = prepared(&browser, input).await;
    let requirements = room["requirements"].as_array().unwrap();
    let musts: Vec<&Value> = requirements.iter().filter(|one| one["need"] == "MUST").collect();
    let asked_for = musts.iter().filter(|one| !numbers(one).is_empty()).count();
    assert!(asked_for * 3 >= musts.len(), "{asked_for} of {}", musts.len());
    assert!(requirements.iter().flat_map(numbers).all(|number| (1..=5).contains(&number)));
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_cover_what_a_pasted_post_asks_for() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let resume = read_resume(&browser).await;
    let found = matched(&browser, &resume, json!({ "jobPost": POST })).await;
    let interview = |matched: &Value| {
        json!({ "mode": "MIXED", "role": "teacher", "difficulty": 3, "questions": 5, "resumeId": resume,
                "matchId": matched })
    };
    let (_, room) = prepared(&browser, interview(&found["id"])).await;
    let requirements = room["requirements"].as_array().unwrap();
    let asked_for = |name: &str| {
        requirements.iter().any(|one| {
            one["name"].as_str().unwrap().to_lowercase().contains(name) && !numbers(one).is_empty()
        })
    };
    assert!(asked_for("lesson planning") && asked_for("classroom management"), "{requirements:?}");
    assert!(!asked_for("makaton"), "{requirements:?}");
    let other = interview(&json!("0192f000-0000-7000-8000-000000000099"));
    assert_eq!(browser.refused("configureInterview", other).await, "NOT_FOUND");
}

async fn planned(app: &App, interview: &str) -> QuestionsPlanned {
    let log = app.wiring.store.read_stream("interview", interview.parse().unwrap()).await.unwrap();
    let planned = log.iter().find_map(|recorded| match AnyEvent::decode(recorded).unwrap() {
        AnyEvent::Interview(InterviewEvent::QuestionsPlanned(event)) => Some(event),
        _ => None,
    });
    planned.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_prepared_interviews_hold_no_question_twice() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let input = json!({ "mode": "MIXED", "role": "teacher", "difficulty": 3, "questions": 5 });
    let mut seen = BTreeSet::new();
    for _ in 0..2 {
        let (interview, _) = prepared(&browser, input.clone()).await;
        let plan = planned(&app, &interview).await;
        let items: Vec<String> =
            plan.questions.iter().filter_map(|one| one.question.library_item.clone()).collect();
        assert_eq!(items.len(), 5);
        for item in items {
            assert!(
                seen.insert(item.clone()),
                "{item} was planned for the interview before, which is not begun"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_two_weak_answers_an_easier_question_is_asked_and_says_why() {
    let app = App::start().await;
    let browser = signed_in(&app, "ada@example.org").await;
    let input = json!({ "mode": "MIXED", "role": "teacher", "difficulty": 4, "questions": 3 });
    let (interview, _) = prepared(&browser, input).await;
    let third = fail(&browser, &interview, 2).await;
    assert!(third["adapted"].as_str().unwrap().starts_with("A question easier than planned"), "{third}");
    // What was hard is taken up in the next interview.
    let input = json!({ "mode": "MIXED", "role": "teacher", "difficulty": 4, "questions": 10 });
    let (next, _) = prepared(&browser, input).await;
    assert!(planned(&app, &next).await.questions.iter().any(|one| one.question.takes_up));
}
