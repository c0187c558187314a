//! Time that a question was open while the candidate was away.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How long the candidate was away from an open question: paused, or gone until they took the
/// interview up again. It is no part of the time they needed to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Absence {
    ended_ms: u64,
    since: Option<DateTime<Utc>>,
}

impl Absence {
    /// The candidate is away from now on; leaving twice is one absence.
    pub fn begin(&mut self, at: DateTime<Utc>) {
        self.since.get_or_insert(at);
    }

    /// The candidate is back.
    pub fn end(&mut self, at: DateTime<Utc>) {
        if let Some(since) = self.since.take() {
            self.ended_ms += milliseconds(since, at);
        }
    }

    /// The absences that have ended, in milliseconds.
    pub fn ended_ms(&self) -> u64 {
        self.ended_ms
    }

    /// Milliseconds from `opened_at` to `at` in which the candidate was there; 0 where the clock ran back.
    pub fn present_ms(&self, opened_at: DateTime<Utc>, at: DateTime<Utc>) -> u64 {
        milliseconds(opened_at, at).saturating_sub(self.ended_ms)
    }
}

fn milliseconds(from: DateTime<Utc>, to: DateTime<Utc>) -> u64 {
    u64::try_from((to - from).num_milliseconds()).unwrap_or(0)
}
