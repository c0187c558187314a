//! Figures for Prometheus: what the parts count as they work, and what is looked up when asked.
//!
//! A label says which route, view, reaction or aggregate type, never whose: there are no ids in it.

mod catalogue;

use std::sync::OnceLock;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use interaura_adapters::cursors::PostgresCursors;
use interaura_adapters::event_store::EventStore;
use interaura_adapters::jetstream::EventJetStream;
use interaura_domain::ports::event_log::EventLog as _;
use interaura_domain::ports::signals::View;
use interaura_projections::{dead_letters, progress};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// The format's name, as the exporter writes it.
const FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";
/// How long one look at Postgres or NATS may take; what is not known by then is shown as `NaN`.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often what was timed is summed up, so that it does not pile up while nobody asks.
const UPKEEP: Duration = Duration::from_secs(5);

/// Shows what this process counted, and where log, stream and read models are.
#[derive(Clone)]
pub struct Metrics {
    recorder: PrometheusHandle,
    store: EventStore,
    stream: EventJetStream,
}

impl Metrics {
    /// Starts to count in this process.
    pub fn start(store: EventStore, stream: EventJetStream) -> Self {
        Self { recorder: recorder(), store, stream }
    }

    /// Serves `/metrics`.
    pub fn router(self) -> Router {
        Router::new().route("/metrics", get(show)).with_state(self)
    }

    /// Keeps memory bounded for as long as it runs.
    pub async fn keep_up(self) {
        loop {
            tokio::time::sleep(UPKEEP).await;
            self.recorder.run_upkeep();
        }
    }

    /// Looks up what nobody counts.
    async fn look(&self) {
        let pool = self.store.pool();
        let head = within(self.store.head()).await.map(|head| head.0);
        let streamed = within(self.stream.last_sequence()).await;
        metrics::gauge!("interaura_log_position").set(known(head));
        metrics::gauge!("interaura_relay_lag_events").set(known(lag(head, streamed)));
        for view in View::ALL {
            let reached = within(progress::reached(pool, view)).await.map(|reached| reached.0);
            let parked = within(dead_letters::count(pool, view)).await;
            let parked = parked.map(i64::cast_unsigned);
            metrics::gauge!("interaura_projection_lag_events", "view" => view.name())
                .set(known(lag(head, reached)));
            metrics::gauge!("interaura_dead_letters", "view" => view.name()).set(known(parked));
        }
        for (reaction, parked) in
            within(PostgresCursors::new(pool.clone()).count_parked()).await.unwrap_or_default()
        {
            let parked = known(Some(parked.cast_unsigned()));
            metrics::gauge!("interaura_parked_reactions", "reaction" => reaction).set(parked);
        }
    }
}

/// Answers that `/metrics` is not here: otherwise a screen of the web app would.
pub fn elsewhere() -> Router {
    let words = "the figures are at INTERAURA_METRICS_LISTEN, if it is set";
    Router::new().route("/metrics", get(async move || (StatusCode::NOT_FOUND, words)))
}

async fn show(State(metrics): State<Metrics>) -> impl IntoResponse {
    metrics.look().await;
    ([(header::CONTENT_TYPE, FORMAT), (header::CACHE_CONTROL, "no-store")], metrics.recorder.render())
}

/// What can be had in time.
async fn within<T, E>(look: impl Future<Output = Result<T, E>>) -> Option<T> {
    tokio::time::timeout(PATIENCE, look).await.ok()?.ok()
}

/// Read one after the other, so that the second may have moved past the first.
fn lag(head: Option<u64>, reached: Option<u64>) -> Option<u64> {
    Some(head?.saturating_sub(reached?))
}

#[expect(clippy::cast_precision_loss, reason = "a position beyond 2^52 is far away")]
fn known(figure: Option<u64>) -> f64 {
    figure.map_or(f64::NAN, |figure| figure as f64)
}

/// The one recorder of the process.
fn recorder() -> PrometheusHandle {
    static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
    let start = || {
        let mut builder = PrometheusBuilder::new();
        for (name, buckets) in catalogue::BUCKETS {
            builder = builder
                .set_buckets_for_metric(Matcher::Full((*name).to_owned()), buckets)
                .expect("the buckets are not empty");
        }
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        if metrics::set_global_recorder(recorder).is_err() {
            tracing::warn!("figures were recorded elsewhere before; /metrics shows few of them");
        }
        catalogue::describe();
        handle
    };
    RECORDER.get_or_init(start).clone()
}
