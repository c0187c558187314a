//! A typed interview, sat through the doors of the browser, whichever processes stand behind them.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::eventually;

const ROOM: &str = "query($id: ID!) { interviewRoom(id: $id) { status asked { id answer { text } } } }";
const REPORT: &str =
    "query($id: ID!) { interviewReport(id: $id) { issued overall answers { text evaluation } } }";

/// An interview that was begun by a candidate who registered for it.
pub struct Sitting<'a> {
    browser: &'a Browser,
    /// Its id.
    pub interview: String,
    answered: Vec<String>,
}

impl<'a> Sitting<'a> {
    /// Registers, sets up an interview, and starts it once its questions are there.
    pub async fn begin(browser: &'a Browser, questions: u8) -> Self {
        browser.register("ada@example.org").await;
        let input = json!({ "mode": "MIXED", "role": "teacher", "difficulty": 2, "questions": questions });
        let interview = browser.accepted("configureInterview", input).await["interviewId"].take();
        let interview = interview.as_str().unwrap().to_owned();
        let it = json!({ "interviewId": interview });
        eventually("the interview can be started", async || {
            browser.command("startInterview", it.clone()).await["refusal"].is_null().then_some(())
        })
        .await;
        Self { browser, interview, answered: Vec::new() }
    }

    /// Answers the open question once there is one; `false` when the interview is over.
    pub async fn answer(&mut self, text: &str) -> bool {
        let Some(question) = self.open_question().await else { return false };
        let input = json!({ "interviewId": self.interview, "questionId": question, "text": text });
        let payload = self.browser.persist("submitAnswer", input).await;
        assert!(payload["refusal"].is_null(), "{payload}");
        self.answered.push(question);
        true
    }

    async fn open_question(&self) -> Option<String> {
        let variables = json!({ "id": self.interview });
        eventually("a question is open", async || {
            let room = self.browser.try_ask(ROOM, &variables).await?["interviewRoom"].take();
            if room["status"] == "COMPLETED" {
                return Some(None);
            }
            let last = room["asked"].as_array()?.last()?.clone();
            let id = last["id"].as_str()?.to_owned();
            (last["answer"].is_null() && !self.answered.contains(&id)).then_some(Some(id))
        })
        .await
    }

    /// The report, once it is issued.
    pub async fn report(&self) -> Value {
        let variables = json!({ "id": self.interview });
        eventually("the report is out", async || {
            let report = self.browser.try_ask(REPORT, &variables).await?["interviewReport"].take();
            (report["issued"] == true).then_some(report)
        })
        .await
    }
}
