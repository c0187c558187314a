//! Every read model from position 0 until the new rows are read, beside reading the same events with a plain cursor.

use std::sync::Arc;
use std::time::Instant;

use futures::TryStreamExt as _;
use interaura_adapters::event_store::StoredEvent;
use interaura_domain::ports::event_log::EventLog;
use interaura_domain::ports::signals::View;
use interaura_projections::rebuild::rebuild;
use interaura_tests::database::Database;

use crate::figure::{Bound, Figure, Report, median};

const ROUNDS: usize = 3;

async fn plain_cursor(database: &Database) -> f64 {
    let started = Instant::now();
    let mut transaction = database.pool.begin().await.unwrap();
    sqlx::query(
        "DECLARE log CURSOR FOR SELECT position, event_id, aggregate_type, aggregate_id, sequence, event_type, \
         event_version, payload::text, metadata::text, partition, recorded_at FROM events ORDER BY position",
    )
    .execute(&mut *transaction)
    .await
    .unwrap();
    let mut read = 0_u32;
    loop {
        let page: Vec<StoredEvent> =
            sqlx::query_as("FETCH 5000 FROM log").fetch(&mut *transaction).try_collect().await.unwrap();
        if page.is_empty() {
            break;
        }
        read += u32::try_from(page.len()).unwrap();
    }
    f64::from(read) / started.elapsed().as_secs_f64()
}

async fn ours(database: &Database) -> f64 {
    let log: Arc<dyn EventLog> = Arc::new(database.store());
    let started = Instant::now();
    let rebuilt = rebuild(&database.pool, &database.keys(), &log, &View::ALL).await.unwrap();
    let seconds = started.elapsed().as_secs_f64();
    let events = rebuilt.events;
    rebuilt.sweep(&database.pool).await.unwrap();
    f64::from(u32::try_from(events).unwrap()) / seconds
}

/// Both in turn.
pub(crate) async fn measure(report: &mut Report, database: &Database) {
    let (mut our_rates, mut plain_rates) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        plain_rates.push(plain_cursor(database).await);
        our_rates.push(ours(database).await);
    }
    report.add(&Figure {
        name: "rebuild".to_owned(),
        value: median(our_rates),
        unit: "events/s",
        baseline: Some(median(plain_rates)),
        bound: Bound::AtLeast,
        must: 0.3,
        goal: 0.7,
    });
}
