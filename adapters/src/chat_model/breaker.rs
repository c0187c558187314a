//! Leaves a server alone that failed in a row.

use std::time::Duration;

use tokio::time::Instant;

use super::error::ChatError;

/// Failures in a row after which the server is left alone.
const FAILURES: u32 = 3;
/// The longest rest, in rests.
const LONGEST: u32 = 10;

/// Whether the server may be asked.
#[derive(Debug)]
pub(super) struct Breaker {
    rest: Duration,
    failures: u32,
    rests: u32,
    closed_until: Option<Instant>,
    /// Since when one asks for all.
    probing: Option<Instant>,
}

impl Breaker {
    pub(super) fn new(rest: Duration) -> Self {
        Self { rest, failures: 0, rests: 0, closed_until: None, probing: None }
    }

    /// Lets an ask in; after a rest one at first.
    pub(super) fn enter(&mut self, now: Instant) -> Result<(), ChatError> {
        match self.closed_until {
            None => Ok(()),
            // An ask that was given up may never tell how it ended.
            Some(until) if now >= until && self.probing.is_none_or(|since| now >= since + self.rest) => {
                self.probing = Some(now);
                Ok(())
            }
            Some(_) => Err(ChatError::Resting),
        }
    }

    /// Takes in how an ask ended.
    pub(super) fn leave(&mut self, error: Option<&ChatError>, now: Instant) {
        let probed = self.probing.take().is_some();
        if !error.is_some_and(ChatError::is_outage) {
            (self.failures, self.rests, self.closed_until) = (0, 0, None);
            return;
        }
        self.failures += 1;
        if probed || self.failures >= FAILURES || matches!(error, Some(ChatError::Key)) {
            let rests = 1_u32.checked_shl(self.rests).unwrap_or(LONGEST).min(LONGEST);
            self.closed_until = Some(now + self.rest * rests);
            self.rests += 1;
            self.failures = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_fails_in_a_row_is_left_alone_and_asked_by_one_at_first() {
        let (mut breaker, start) = (Breaker::new(Duration::from_secs(30)), Instant::now());
        for _ in 0..FAILURES {
            assert!(breaker.enter(start).is_ok());
            breaker.leave(Some(&ChatError::TimedOut), start);
        }
        assert!(breaker.enter(start + Duration::from_secs(29)).is_err());
        let later = start + Duration::from_secs(31);
        assert!(breaker.enter(later).is_ok());
        assert!(breaker.enter(later).is_err(), "one asks, the others do not wait for it");
        breaker.leave(Some(&ChatError::TimedOut), later);
        assert!(breaker.enter(later + Duration::from_secs(59)).is_err(), "it rests twice as long");
        assert!(breaker.enter(later + Duration::from_secs(61)).is_ok());
        breaker.leave(None, later);
        assert!(breaker.enter(later).is_ok() && breaker.enter(later).is_ok());
    }

    #[test]
    fn a_text_that_is_refused_says_nothing_about_the_server() {
        let (mut breaker, now) = (Breaker::new(Duration::from_secs(30)), Instant::now());
        for _ in 0..10 {
            breaker.leave(Some(&ChatError::TooLarge), now);
            assert!(breaker.enter(now).is_ok());
        }
    }
}
