//! How fast audio may be sent: Deepgram takes it at no more than 1.25 times the speed of speech.

use std::time::Duration;

use tokio::time::Instant;

/// Milliseconds of audio per millisecond of time.
const SPEED: f64 = 1.25;
/// What may be sent at once, in ms of audio.
const AT_ONCE: f64 = 1_000.0;

/// What may be sent now: it grows with time.
#[derive(Debug)]
pub(super) struct Pace {
    ms: f64,
    at: Instant,
}

impl Pace {
    pub(super) fn new(now: Instant) -> Self {
        Self { ms: AT_ONCE, at: now }
    }

    /// Whether this many ms may be sent now; they count as sent.
    pub(super) fn take(&mut self, ms: u64, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.at).as_secs_f64() * 1_000.0;
        self.ms = (self.ms + passed * SPEED).min(AT_ONCE);
        self.at = now;
        let wanted = as_f64(ms);
        let fits = self.ms >= wanted;
        if fits {
            self.ms -= wanted;
        }
        fits
    }

    /// When this many ms may be sent.
    pub(super) fn ready(&self, ms: u64) -> Instant {
        let missing = (as_f64(ms) - self.ms).max(0.0);
        self.at + Duration::from_secs_f64(missing / SPEED / 1_000.0) + Duration::from_millis(1)
    }
}

fn as_f64(ms: u64) -> f64 {
    u32::try_from(ms).unwrap_or(u32::MAX).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replay_is_no_faster_than_a_quarter_over_the_speed_of_speech() {
        let start = Instant::now();
        let (mut pace, mut now, mut sent) = (Pace::new(start), start, 0);
        while sent < 30_000 {
            if pace.take(100, now) {
                sent += 100;
            } else {
                now = pace.ready(100);
            }
            let allowed = now.duration_since(start).as_secs_f64() * 1_250.0 + 1_000.0;
            assert!(as_f64(sent) <= allowed + 1.0, "{sent} of {allowed}");
        }
        assert!(now.duration_since(start) < Duration::from_secs(24), "and no slower");
    }
}
