//! Reactions that give up: what they leave behind must not make a candidate wait for ever.

use interaura_domain::event::AnyEvent;
use interaura_domain::ids::{AnswerId, CandidateId, QuestionId};
use interaura_domain::interview::Interview;
use interaura_domain::interview::command::{FailEvaluation, InterviewCommand, SubmitAnswer};
use interaura_domain::interview::event::AnswerSource;
use interaura_domain::ports::event_log::EventLog as _;
use interaura_tests::app::App;
use interaura_tests::database::Database;
use interaura_tests::story::{at, candidate, fresh, send, started_interview};
use uuid::Uuid;

/// Answers a question; nobody comes to a verdict.
async fn answer_without_verdict(app: &App, owner: CandidateId, interview: Uuid, question_id: QuestionId) {
    let store = &app.wiring.store;
    let answer_id = AnswerId(fresh());
    let submit = SubmitAnswer {
        answer_id,
        question_id,
        text: "I listened first.".into(),
        source: AnswerSource::Typed,
        utterances: Vec::new(),
        submitted_at: at(),
    };
    send::<Interview>(store, owner, interview, InterviewCommand::SubmitAnswer(submit)).await;
    let fail = FailEvaluation { answer_id, reason: "no verdict".into(), failed_at: at() };
    send::<Interview>(store, owner, interview, InterviewCommand::FailEvaluation(fail)).await;
}

/// What the reaction that asks questions leaves behind when it gives up the interview's newest event.
async fn left_behind(app: &App, interview: Uuid) -> String {
    let reactions = app.wiring.reactions().unwrap();
    let writing = reactions.iter().find(|running| running.reaction.name() == "question_writing").unwrap();
    let log = app.wiring.store.read_stream("interview", interview).await.unwrap();
    let failed = log.last().unwrap();
    assert_eq!(failed.event_type, "evaluation_failed");
    writing.reaction.give_up(&AnyEvent::decode(failed).unwrap(), failed).await.unwrap();
    let log = app.wiring.store.read_stream("interview", interview).await.unwrap();
    log.last().unwrap().event_type.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interview_goes_on_when_evaluation_and_then_asking_were_given_up() {
    let app = App::serve(Database::create().await).await;
    let owner = candidate(&app.wiring.store, "Ada").await;
    let (interview, questions) = started_interview(&app.wiring.store, owner, 2).await;
    answer_without_verdict(&app, owner, interview, questions[0]).await;
    assert_eq!(left_behind(&app, interview).await, "question_asked");
    answer_without_verdict(&app, owner, interview, questions[1]).await;
    assert_eq!(left_behind(&app, interview).await, "interview_completed");
}
