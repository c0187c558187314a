//! `/metrics` through the router: what it counts, what it looks up, and what it never tells.

use std::ops::RangeBounds;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use interaura_api::graphql::persisted::Operations;
use interaura_server::config::HttpConfig;
use interaura_server::roles::router;
use interaura_tests::app::App;
use interaura_tests::eventually;
use interaura_tests::story::fresh;
use serde_json::json;
use tower::ServiceExt as _;

/// The value of a series, `name{label="value"}`, in a page of figures.
fn figure(page: &str, series: &str) -> Option<f64> {
    page.lines().find_map(|line| line.strip_prefix(series)?.trim().parse().ok())
}

async fn eventually_in(app: &App, series: &str, wanted: impl RangeBounds<f64>) {
    eventually(series, async || {
        let found = figure(&app.browser().page("/metrics").await, series)?;
        wanted.contains(&found).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_follow_what_happens_and_name_nobody() {
    let app = App::start().await;
    let browser = app.browser();
    browser.register("ada@example.org").await;
    let mut subscription = browser.subscribe("subscription { viewer { id } }", json!({})).await;
    let viewer = subscription.next().await["viewer"]["id"].as_str().unwrap().to_owned();

    eventually_in(&app, r#"interaura_http_requests_total{route="/graphql",status="200"}"#, 2.0..).await;
    eventually_in(&app, r#"interaura_http_requests_total{route="/graphql",status="101"}"#, 1.0..).await;
    eventually_in(
        &app,
        r#"interaura_http_request_duration_seconds_bucket{route="/graphql",status="200",le="+Inf"}"#,
        2.0..,
    )
    .await;
    eventually_in(&app, r#"interaura_commands_total{aggregate="account",outcome="committed"}"#, 2.0..).await;
    eventually_in(&app, "interaura_events_appended_total", 3.0..).await;
    eventually_in(&app, "interaura_append_batch_events_sum", 3.0..).await;
    eventually_in(&app, "interaura_relay_active", 1.0..).await;
    eventually_in(&app, "interaura_relayed_events_total", 3.0..).await;
    eventually_in(&app, r#"interaura_reactions_total{reaction="email_delivery",outcome="done"}"#, 1.0..)
        .await;
    eventually_in(&app, r#"interaura_subscriptions_open{view="account_profile"}"#, 1.0..=1.0).await;
    eventually_in(&app, "interaura_relay_lag_events", 0.0..=0.0).await;
    eventually_in(&app, r#"interaura_projection_lag_events{view="dashboard"}"#, 0.0..=0.0).await;
    drop(subscription);
    eventually_in(&app, r#"interaura_subscriptions_open{view="account_profile"}"#, 0.0..=0.0).await;

    let page = app.browser().page("/metrics").await;
    assert!(!page.contains(&viewer) && !page.contains("ada"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_parked_is_counted_wherever_it_was_parked() {
    let app = App::start().await;
    let pool = &app.database.pool;
    let parked = "INSERT INTO dead_letters (view, generation, position, candidate_id, event_type, error) \
                  VALUES ('dashboard', 1, $1, $2, 'answer_evaluated', $3)";
    for (position, error) in [(1_i64, Some("contradicts its row")), (2, None)] {
        sqlx::query(parked).bind(position).bind(fresh()).bind(error).execute(pool).await.unwrap();
    }
    let given_up = "INSERT INTO parked_reactions (reaction, position, candidate_id, event_type, error) \
                    VALUES ('report_issuing', 1, $1, 'answer_evaluated', 'no')";
    sqlx::query(given_up).bind(fresh()).execute(pool).await.unwrap();
    eventually_in(&app, r#"interaura_dead_letters{view="dashboard"}"#, 1.0..=1.0).await;
    eventually_in(&app, r#"interaura_parked_reactions{reaction="report_issuing"}"#, 1.0..=1.0).await;
    eventually_in(&app, r#"interaura_dead_letters{view="interview_room"}"#, 0.0..=0.0).await;
    let worked =
        "INSERT INTO reaction_cursors (reaction, partition, position) VALUES ('report_issuing', 1, 1)";
    for statement in [worked, "DELETE FROM parked_reactions"] {
        sqlx::query(statement).execute(pool).await.unwrap();
    }
    eventually_in(&app, r#"interaura_parked_reactions{reaction="report_issuing"}"#, 0.0..=0.0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_are_not_shown_beside_an_app_that_others_can_reach() {
    let app = App::start().await;
    let answered = async |listen: &str| {
        let config = HttpConfig {
            listen: listen.parse().unwrap(),
            public_url: reqwest::Url::parse("http://localhost").unwrap(),
            metrics_listen: None,
            operations: Operations::Persisted,
        };
        let request = Request::get("/metrics").body(Body::empty()).unwrap();
        router(&app.wiring, &config).unwrap().oneshot(request).await.unwrap().status()
    };
    assert_eq!(answered("127.0.0.1:80").await, StatusCode::OK);
    assert_eq!(answered("0.0.0.0:80").await, StatusCode::NOT_FOUND);
}
