//! The real clock: the one home of the current time and of fresh ids.

use chrono::{DateTime, SubsecRound, Utc};
use interaura_domain::ports::clock::Clock;
use uuid::Uuid;

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(6)
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one place that makes ids")]
    fn new_id(&self) -> Uuid {
        Uuid::now_v7()
    }
}
