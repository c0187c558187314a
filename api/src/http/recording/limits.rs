//! How fast one candidate may send parts.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use interaura_domain::ids::CandidateId;

/// Parts that may come at once: a page that was offline for some minutes sends what it kept.
const AT_ONCE: f64 = 120.0;
/// Parts a second after that; a page makes one in some seconds.
const PER_SECOND: f64 = 4.0;
/// Candidates that are remembered; whoever was quiet for longest is forgotten.
const REMEMBERED: usize = 10_000;

/// How fast candidates send parts.
#[derive(Default)]
pub(super) struct PartLimits {
    buckets: Mutex<HashMap<CandidateId, (f64, Instant)>>,
}

impl PartLimits {
    /// Whether another part may come; it counts.
    pub(super) fn admit(&self, candidate: CandidateId, now: Instant) -> bool {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= REMEMBERED && !buckets.contains_key(&candidate) {
            // A full bucket is as good as none.
            buckets.retain(|_, (level, at)| filled(*level, *at, now) < AT_ONCE);
        }
        let (level, at) = buckets.entry(candidate).or_insert((AT_ONCE, now));
        *level = filled(*level, *at, now);
        *at = now;
        let fits = *level >= 1.0;
        if fits {
            *level -= 1.0;
        }
        fits
    }
}

fn filled(level: f64, at: Instant, now: Instant) -> f64 {
    (level + now.saturating_duration_since(at).as_secs_f64() * PER_SECOND).min(AT_ONCE)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_was_kept_may_come_at_once_and_a_flood_may_not() {
        let (limits, now) = (PartLimits::default(), Instant::now());
        let (one, other) = (CandidateId(Uuid::from_u128(1)), CandidateId(Uuid::from_u128(2)));
        assert!((0..120).all(|_| limits.admit(one, now)));
        assert!(!limits.admit(one, now));
        assert!(limits.admit(other, now), "another candidate is not held up");
        assert!(limits.admit(one, now + Duration::from_secs(1)));
    }
}
