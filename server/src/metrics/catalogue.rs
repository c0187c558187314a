//! Every figure with its meaning; the names are what dashboards and alarms rest on.

use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};

const SECONDS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
const COUNTS: &[f64] = &[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1024.0];

/// The bounds of each histogram.
pub(super) const BUCKETS: &[(&str, &[f64])] = &[
    ("interaura_http_request_duration_seconds", SECONDS),
    ("interaura_append_duration_seconds", SECONDS),
    ("interaura_append_batch_commands", COUNTS),
    ("interaura_append_batch_events", COUNTS),
];

/// Tells the recorder what the names mean.
pub(super) fn describe() {
    for (name, meaning) in COUNTERS {
        describe_counter!(*name, *meaning);
    }
    for (name, meaning) in GAUGES {
        describe_gauge!(*name, *meaning);
    }
    for (name, meaning) in HISTOGRAMS {
        let unit = if name.ends_with("_seconds") { Unit::Seconds } else { Unit::Count };
        describe_histogram!(*name, unit, *meaning);
    }
    metrics::gauge!("interaura_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1);
}

const COUNTERS: &[(&str, &str)] = &[
    ("interaura_http_requests_total", "Requests, by route and status"),
    ("interaura_commands_total", "Commands, by type of aggregate and outcome"),
    ("interaura_events_appended_total", "Events that this process appended to the log"),
    ("interaura_relayed_events_total", "Events that this process copied onto the stream"),
    ("interaura_projected_events_total", "Events that a read model of this process has seen, by view"),
    ("interaura_chat_asks_total", "What became of asks to a language model: ok, busy, timed_out and others"),
    ("interaura_reactions_total", "What became of tries to react to an event: done, retried, parked"),
];

const GAUGES: &[(&str, &str)] = &[
    ("interaura_build_info", "1, with the version"),
    ("interaura_log_position", "The newest position of the log"),
    ("interaura_relay_active", "1 where this process relays, 0 where it stands by"),
    ("interaura_relay_lag_events", "Events that are in the log and not on the stream yet"),
    ("interaura_projection_lag_events", "Events that a read model has not seen yet, by view"),
    ("interaura_dead_letters", "Events that a read model could not apply, by view"),
    ("interaura_parked_reactions", "Events that a reaction gave up, by reaction"),
    ("interaura_subscriptions_open", "GraphQL subscriptions that this process serves, by view"),
];

const HISTOGRAMS: &[(&str, &str)] = &[
    ("interaura_http_request_duration_seconds", "Time until a response began, by route and status"),
    ("interaura_append_duration_seconds", "Time of one call that appends a batch"),
    ("interaura_append_batch_commands", "Commands in one call that appends"),
    ("interaura_append_batch_events", "Events in one call that appends"),
];
