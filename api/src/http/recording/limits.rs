//! How fast one candidate may send parts.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use interaura_domain::ids::CandidateId;
use tokio::sync::OwnedMutexGuard;
use uuid::Uuid;

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

/// Parts of one recording take turns: of two under one number only one is stored.
#[derive(Default)]
pub(super) struct Turns {
    taken: Mutex<HashMap<Uuid, Arc<tokio::sync::Mutex<()>>>>,
}

impl Turns {
    /// Waits until the other parts of an interview are stored; the turn ends with the guard.
    pub(super) async fn take(&self, interview_id: Uuid) -> OwnedMutexGuard<()> {
        let turn = {
            let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
            taken.retain(|_, turn| Arc::strong_count(turn) > 1);
            Arc::clone(taken.entry(interview_id).or_default())
        };
        turn.lock_owned().await
    }
}

fn filled(level: f64, at: Instant, now: Instant) -> f64 {
    (level + now.saturating_duration_since(at).as_secs_f64() * PER_SECOND).min(AT_ONCE)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

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

    #[tokio::test]
    async fn parts_of_one_recording_take_turns_and_those_of_others_do_not() {
        let turns = Turns::default();
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let first = turns.take(one).await;
        let waiting = tokio::time::timeout(Duration::from_millis(20), turns.take(one)).await;
        assert!(waiting.is_err());
        drop(turns.take(other).await);
        drop(first);
        drop(turns.take(one).await);
        assert!(turns.taken.lock().unwrap().len() <= 1, "turns that nobody waits for are forgotten");
    }
}
