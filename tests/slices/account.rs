//! Accounts through the router: registering, verifying, the profile, and what is refused.

use interaura_domain::ports::event_log::EventLog as _;
use interaura_tests::app::App;
use interaura_tests::browser::{Browser, PASSWORD};
use interaura_tests::story::fresh;
use serde_json::{Value, json};

async fn viewer(browser: &Browser) -> Value {
    browser.ask("{ viewer { id name email verified level role { slug } } }", json!({})).await["viewer"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_registers_follows_the_link_and_completes_the_profile() {
    let app = App::start().await;
    let browser = app.browser();
    assert_eq!(viewer(&browser).await, Value::Null);
    let input = json!({ "email": "ada@example.org", "name": "Ada Lovelace", "password": PASSWORD });
    let registered = browser.accepted("register", input).await;
    assert_eq!(registered["viewer"]["email"], "ada@example.org");
    assert_eq!(registered["viewer"]["verified"], false);
    let early = json!({ "name": "Ada", "role": "teacher", "level": "SENIOR" });
    assert_eq!(browser.refused("completeProfile", early).await, "NOT_VERIFIED");
    let token = browser.token_for("ada@example.org").await;
    // The link may be opened in another browser, which is signed in by it.
    let elsewhere = app.browser();
    let verified = elsewhere.accepted("verifyEmail", json!({ "token": token })).await;
    assert_eq!(verified["viewer"]["verified"], true);
    assert_eq!(elsewhere.refused("verifyEmail", json!({ "token": token })).await, "ALREADY_DONE");
    let profile = json!({ "name": "Ada King", "role": "teacher", "level": "SENIOR" });
    browser.accepted("completeProfile", profile).await;
    let found = viewer(&browser).await;
    assert_eq!(found["name"], "Ada King");
    assert_eq!(found["role"]["slug"], "teacher");
    assert_eq!(found["level"], "SENIOR");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_weak_password_is_refused_with_advice_and_nothing_is_stored() {
    let app = App::start().await;
    let browser = app.browser();
    for password in ["short", "password123", "ada.lovelace", "interaura interaura"] {
        let input = json!({ "email": "ada@example.org", "name": "Ada Lovelace", "password": password });
        let payload = browser.command("register", input).await;
        assert_eq!(payload["refusal"]["code"], "WEAK_PASSWORD", "{password}");
        assert_eq!(payload["refusal"]["field"], "password");
        assert_eq!(payload["viewer"], Value::Null);
    }
    assert_eq!(app.wiring.store.head().await.unwrap().0, 0);
    assert_eq!(viewer(&browser).await, Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_address_is_refused_however_it_is_written() {
    let app = App::start().await;
    app.browser().register("ada@example.org").await;
    for email in ["ada@example.org", " ADA@Example.org "] {
        let browser = app.browser();
        let input = json!({ "email": email, "name": "Eve", "password": PASSWORD });
        assert_eq!(browser.refused("register", input).await, "ADDRESS_TAKEN");
        assert_eq!(viewer(&browser).await, Value::Null);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn registering_twice_with_one_command_id_makes_one_account() {
    let app = App::start().await;
    let input = json!({
        "commandId": fresh(), "email": "ada@example.org", "name": "Ada", "password": PASSWORD
    });
    let (one, two) = (app.browser(), app.browser());
    let first = one.accepted("register", input.clone()).await;
    let second = two.accepted("register", input.clone()).await;
    assert_eq!(first["viewer"]["id"], second["viewer"]["id"]);
    assert_eq!(first["position"], second["position"]);
    // Whoever learnt the command id, but not the password, gets nothing.
    let thief = app.browser();
    let mut stolen = input;
    stolen["password"] = json!("another-Zebra-99-lantern");
    assert_eq!(thief.refused("register", stolen).await, "WRONG_CREDENTIALS");
    assert_eq!(viewer(&thief).await, Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_an_unknown_address_are_refused_alike() {
    let app = App::start().await;
    app.browser().register("ada@example.org").await;
    let browser = app.browser();
    let mut answers = Vec::new();
    for email in ["ada@example.org", "nobody@example.org"] {
        let input = json!({ "email": email, "password": "another-Zebra-99-lantern" });
        answers.push(browser.command("signIn", input).await["refusal"].take());
    }
    assert_eq!(answers[0]["code"], "WRONG_CREDENTIALS");
    assert_eq!(answers[0], answers[1]);
    let input = json!({ "email": "ADA@example.org", "password": PASSWORD });
    browser.accepted("signIn", input).await;
    assert_eq!(viewer(&browser).await["email"], "ada@example.org");
    browser.ask("mutation { signOut { signedOut } }", json!({})).await;
    assert_eq!(viewer(&browser).await, Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_what_other_tabs_watch() {
    let app = App::start().await;
    let browser = app.browser();
    browser.register("ada@example.org").await;
    let mut watched = browser.subscribe("subscription { viewer { id } }", json!({})).await;
    watched.next().await;
    browser.ask("mutation { signOut { signedOut } }", json!({})).await;
    watched.ended().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_made_up_link_and_a_made_up_command_id_are_refused() {
    let app = App::start().await;
    let browser = app.browser();
    assert_eq!(browser.refused("verifyEmail", json!({ "token": "made-up" })).await, "LINK_EXPIRED");
    let input = json!({
        "commandId": "1", "email": "ada@example.org", "name": "Ada", "password": PASSWORD
    });
    assert_eq!(browser.refused("register", input).await, "INVALID_INPUT");
    let answer = browser.answer("{ dashboard { answersGiven } }", json!({})).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_not_from_our_own_pages_is_turned_away() {
    let app = App::start().await;
    let browser = app.browser();
    let operation = "{ roles { slug } }";
    let bare = browser.bare_request(operation, &json!({})).send().await.unwrap();
    assert_eq!(bare.status(), 403);
    let foreign = browser.request(operation, &json!({})).header("origin", "https://evil.example");
    assert_eq!(foreign.send().await.unwrap().status(), 403);
    let own = browser.request(operation, &json!({})).header("origin", format!("http://{}", app.address));
    assert_eq!(own.send().await.unwrap().status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_sends_the_row_as_it_is_and_then_the_change() {
    let app = App::start().await;
    let browser = app.browser();
    browser.register("ada@example.org").await;
    let mut viewer = browser.subscribe("subscription { viewer { name verified } }", json!({})).await;
    assert_eq!(viewer.next().await["viewer"], json!({ "name": "Ada Lovelace", "verified": true }));
    let profile = json!({ "name": "Ada King", "role": "teacher", "level": "MID" });
    browser.accepted("completeProfile", profile).await;
    assert_eq!(viewer.next().await["viewer"]["name"], "Ada King");
}
