//! Which operations are carried out, over HTTP and WebSocket: those of the web app, or any.

use std::collections::BTreeMap;

use interaura_api::graphql::persisted::Operations;
use interaura_tests::app::App;
use interaura_tests::browser::PASSWORD;
use interaura_tests::story::fresh;
use serde_json::{Value, json};

/// A request that names an operation of the web app by its hash, as its pages do.
fn by_hash(name: &str, variables: &Value) -> Value {
    let list = concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/graphql/persisted.json");
    let list: BTreeMap<String, String> =
        serde_json::from_str(&std::fs::read_to_string(list).unwrap()).unwrap();
    let is_it = |text: &str| {
        ["query", "mutation", "subscription"]
            .iter()
            .any(|kind| [" ", "("].iter().any(|after| text.contains(&format!("{kind} {name}{after}"))))
    };
    let (hash, _) = list.iter().find(|(_, text)| is_it(text)).unwrap();
    hashed(hash, variables)
}

fn hashed(hash: &str, variables: &Value) -> Value {
    json!({ "variables": variables, "extensions": { "persistedQuery": { "version": 1, "sha256Hash": hash } } })
}

fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_else(|| panic!("{answer}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_name_their_operations_by_hash_over_both_doors() {
    let app = App::start_with(Operations::Persisted).await;
    let browser = app.browser();
    let input = json!({
        "email": "ada@example.org", "name": "Ada", "password": PASSWORD, "commandId": fresh(),
    });
    let registered = browser.answer_to(&by_hash("Register", &json!({ "input": input }))).await;
    assert!(registered["data"]["register"]["refusal"].is_null(), "{registered}");
    let viewer = browser.answer_to(&by_hash("Viewer", &json!({}))).await;
    assert_eq!(viewer["data"]["viewer"]["email"], "ada@example.org", "{viewer}");
    let mut changes = browser.subscribe_to(&by_hash("ViewerChanged", &json!({}))).await;
    let first = changes.next().await;
    assert_eq!(first["viewer"]["__typename"], "Viewer", "{first}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_and_an_unknown_hash_are_refused_where_pages_alone_may_ask() {
    let app = App::start_with(Operations::Persisted).await;
    let browser = app.browser();
    for text in ["{ roles { slug } }", "{ __schema { types { name } } }", "{ __typename }", ""] {
        let answer = browser.answer(text, json!({})).await;
        assert_eq!(code(&answer), "PERSISTED_OPERATION_REQUIRED");
        assert!(answer["data"].is_null());
    }
    let unknown = hashed(&"0".repeat(64), &json!({}));
    assert_eq!(code(&browser.answer_to(&unknown).await), "PERSISTED_OPERATION_UNKNOWN");
    let mut told = browser.subscribe("subscription { viewer { id } }", json!({})).await;
    let message = told.next_message().await.to_string();
    assert!(message.contains("PERSISTED_OPERATION_REQUIRED"), "{message}");
    let mut told = browser.subscribe_to(&unknown).await;
    let message = told.next_message().await.to_string();
    assert!(message.contains("PERSISTED_OPERATION_UNKNOWN"), "{message}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_beside_a_known_hash_is_not_carried_out() {
    let app = App::start_with(Operations::Persisted).await;
    let mut request = by_hash("OutboxKnown", &json!({}));
    request["query"] = json!("{ __schema { types { name } } }");
    let answer = app.browser().answer_to(&request).await;
    assert!(answer["data"]["outbox"].is_array() && answer["data"]["__schema"].is_null(), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn any_operation_is_carried_out_where_the_door_is_open() {
    let app = App::start().await;
    let browser = app.browser();
    let asked = browser.ask("{ roles { slug } __schema { queryType { name } } }", json!({})).await;
    assert_eq!(asked["__schema"]["queryType"]["name"], "Query");
    let known = browser.answer_to(&by_hash("OutboxKnown", &json!({}))).await;
    assert!(known["data"]["outbox"].is_array(), "{known}");
    assert_eq!(code(&browser.answer_to(&hashed("0", &json!({}))).await), "PERSISTED_OPERATION_UNKNOWN");
}
