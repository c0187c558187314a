//! The dashboard's query through the router, with 100,000 interviews stored.

use std::sync::Arc;
use std::time::Instant;

use interaura_domain::ids::CandidateId;
use interaura_domain::ports::event_log::EventLog;
use interaura_domain::ports::signals::View;
use interaura_projections::rebuild::rebuild;
use interaura_tests::app::App;
use interaura_tests::database::Database;
use serde_json::json;

use crate::figure::{Bound, Figure, Report, p99};

const QUERIES: usize = 1_000;
const WARM_UP: usize = 100;

/// What the dashboard's screen asks for.
const DASHBOARD: &str = "query { dashboard { interviewsCompleted answersGiven averageScore bestScore minutesPractised \
    streakDays latestResume { id fileName stage score targetTitle } \
    recent { id role { slug title } mode difficulty status questions answered score createdAt updatedAt } \
    resumable { id status questions answered role { slug title } } } }";

/// One person after the other, each a stranger to every cache of rows.
pub(crate) async fn measure(report: &mut Report, database: Database, candidates: &[CandidateId]) {
    let log: Arc<dyn EventLog> = Arc::new(database.store());
    rebuild(&database.pool, &database.keys(), &log, &View::ALL).await.unwrap();
    let app = App::serve(database).await;
    let mut delays = Vec::new();
    for owner in candidates.iter().copied().cycle().take(WARM_UP + QUERIES) {
        let browser = app.browser_of(owner).await;
        let started = Instant::now();
        let data = browser.ask(DASHBOARD, json!({})).await;
        delays.push(started.elapsed().as_secs_f64() * 1e3);
        assert_eq!(data["dashboard"]["interviewsCompleted"], 2);
    }
    report.add(&Figure {
        name: "dashboard".to_owned(),
        value: p99(delays.split_off(WARM_UP)),
        unit: "ms p99",
        baseline: None,
        bound: Bound::AtMost,
        must: 20.0,
        goal: 5.0,
    });
}
