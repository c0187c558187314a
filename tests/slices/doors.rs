//! Who may ask, under which name, and what is said to those who ask wrongly.

use interaura_tests::app::App;
use reqwest::StatusCode;
use serde_json::json;

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
