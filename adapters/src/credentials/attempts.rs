//! Slows down guessing: after five wrong passwords for an address, each further one doubles the wait.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Duration, Utc};
use interaura_domain::envelope::KeyedHash;

/// Wrong passwords that cost nothing.
const FREE: u32 = 5;
/// The longest wait, in seconds.
const LONGEST: i64 = 900;
/// How many addresses are watched; beyond that the settled ones are forgotten.
const WATCHED: usize = 50_000;

/// Wrong passwords per address, in this process.
#[derive(Default)]
pub(super) struct Attempts(Mutex<HashMap<KeyedHash, (u32, DateTime<Utc>)>>);

impl Attempts {
    /// How many seconds to wait before the next try.
    pub(super) fn wait(&self, address: &KeyedHash, now: DateTime<Utc>) -> Option<u64> {
        let attempts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (failures, last) = attempts.get(address)?;
        let left = (*last + pause(*failures) - now).num_seconds();
        u64::try_from(left).ok().filter(|seconds| *seconds > 0)
    }

    pub(super) fn failed(&self, address: KeyedHash, now: DateTime<Utc>) {
        let mut attempts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if attempts.len() >= WATCHED {
            attempts.retain(|_, (failures, last)| *last + pause(*failures) > now);
        }
        let entry = attempts.entry(address).or_insert((0, now));
        *entry = (entry.0.saturating_add(1), now);
    }

    pub(super) fn forget(&self, address: &KeyedHash) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(address);
    }
}

fn pause(failures: u32) -> Duration {
    match failures.checked_sub(FREE) {
        None => Duration::zero(),
        Some(extra) => Duration::seconds((2_i64 << extra.min(10)).min(LONGEST)),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    #[test]
    fn guessing_gets_slower() {
        let (attempts, now) = (Attempts::default(), Utc.with_ymd_and_hms(2026, 11, 22, 9, 0, 0).unwrap());
        let address = KeyedHash("a".into());
        for _ in 0..4 {
            attempts.failed(address.clone(), now);
        }
        assert_eq!(attempts.wait(&address, now), None);
        attempts.failed(address.clone(), now);
        assert_eq!(attempts.wait(&address, now), Some(2));
        attempts.failed(address.clone(), now);
        assert_eq!(attempts.wait(&address, now), Some(4));
        assert_eq!(attempts.wait(&address, now + Duration::seconds(4)), None);
    }
}
