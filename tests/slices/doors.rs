//! Who may ask, under which name, and what is said to those who ask wrongly.

use interaura_tests::app::App;
use interaura_tests::browser::Browser;
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};

/// Asks as one of our own pages would.
async fn ask(browser: &Browser, operation: &str) -> Response {
    browser.request(operation, &json!({})).send().await.unwrap()
}

/// The status, the code and the words of an answer that holds an error.
async fn error(response: Response) -> (StatusCode, String, String) {
    let status = response.status();
    let answer: Value = response.json().await.unwrap();
    let error = &answer["errors"][0];
    let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("{answer}")).to_owned();
    (status, text(&error["extensions"]["code"]), text(&error["message"]))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_under_a_name_that_is_not_ours_is_turned_away() {
    let app = App::start().await;
    let browser = app.browser();
    let rebound =
        |path: &str| browser.get(path).header("host", format!("evil.example:{}", app.address.port()));
    for path in ["/", "/outbox", "/api/uploads/resume"] {
        let response = rebound(path).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::MISDIRECTED_REQUEST, "{path}");
        assert!(response.text().await.unwrap().contains("INTERAURA_PUBLIC_URL"), "{path}");
    }
    let operation = browser.request("{ outbox { link } }", &json!({}));
    let rebound_page = operation
        .header("host", format!("evil.example:{}", app.address.port()))
        .header("origin", format!("http://evil.example:{}", app.address.port()));
    assert_eq!(rebound_page.send().await.unwrap().status(), StatusCode::MISDIRECTED_REQUEST);
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert_eq!(rebound(path).send().await.unwrap().status(), StatusCode::OK, "{path}");
    }
    let here = format!("localhost:{}", app.address.port());
    let own = browser.request("{ roles { slug } }", &json!({}));
    let own = own.header("host", &here).header("origin", format!("http://{here}"));
    assert_eq!(own.send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operation_that_cannot_be_read_is_answered_with_words_and_a_code() {
    let app = App::start().await;
    let browser = app.browser();
    let (status, code, words) = error(ask(&browser, "{ viewer { id }").await).await;
    assert_eq!((status, code.as_str()), (StatusCode::OK, "GRAPHQL_PARSE_FAILED"));
    assert!(words.starts_with("this is not a GraphQL operation at line 1, column "), "{words}");
    assert!(!words.contains('\n'), "{words}");
    let (_, code, _) = error(ask(&browser, "").await).await;
    assert_eq!(code, "GRAPHQL_PARSE_FAILED");
    let (_, code, words) = error(ask(&browser, "{ viewer { shoeSize } }").await).await;
    assert_eq!(code, "GRAPHQL_VALIDATION_FAILED");
    assert!(words.contains("shoeSize"), "{words}");
    let (_, code, _) =
        error(ask(&browser, "query A { viewer { id } } query B { viewer { id } }").await).await;
    assert_eq!(code, "BAD_REQUEST");
    for body in ["not json", "[]", r#"{"query": 7}"#, ""] {
        let request = browser.request("", &json!({})).body(body);
        let (status, code, words) = error(request.send().await.unwrap()).await;
        assert_eq!((status, code.as_str()), (StatusCode::BAD_REQUEST, "BAD_REQUEST"), "{body}");
        assert!(words.starts_with("the body is not a GraphQL request in JSON"), "{words}");
    }
    let long = browser.request("", &json!({})).body("x".repeat(300 * 1024));
    let (status, code, _) = error(long.send().await.unwrap()).await;
    assert_eq!((status, code.as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "TOO_LONG"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_not_our_own_learns_nothing_else() {
    let app = App::start().await;
    let browser = app.browser();
    for body in ["not json", r#"{"query":"{"}"#, r#"{"query":"{ viewer { shoeSize } }"}"#] {
        let request = browser.bare_request("", &json!({})).body(body);
        let (status, code, words) = error(request.send().await.unwrap()).await;
        assert_eq!((status, code.as_str()), (StatusCode::FORBIDDEN, "FORBIDDEN"), "{body}");
        assert!(words.contains("x-interaura-client"), "{words}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_that_cannot_be_read_is_answered_with_words_and_a_code() {
    let app = App::start().await;
    let mut told = app.browser().subscribe("subscription { viewer { shoeSize } }", json!({})).await;
    let message = told.next_message().await.to_string();
    assert!(message.contains("GRAPHQL_VALIDATION_FAILED") && message.contains("shoeSize"), "{message}");
}
