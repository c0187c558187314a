//! How much one page may send.

use std::time::{Duration, Instant};

use interaura_domain::live::{CHUNK_MS, KEPT_MS, MediaKind};

/// What is over the limit.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing.
    Fine,
    /// This frame is one too many; drop it, the next one is newer anyway.
    Drop,
    /// No honest page sends this fast.
    Flood,
}

/// A bucket that fills with time and is emptied by messages.
struct Bucket {
    level: f64,
    size: f64,
    per_second: f64,
    at: Instant,
}

impl Bucket {
    fn new(size: f64, per_second: f64, now: Instant) -> Self {
        Self { level: size, size, per_second, at: now }
    }

    fn take(&mut self, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        self.level = (self.level + passed * self.per_second).min(self.size);
        self.at = now;
        let fits = self.level >= 1.0;
        if fits {
            self.level -= 1.0;
        }
        fits
    }
}

/// How much one page may send.
pub(super) struct Limits {
    audio: Bucket,
    frames: Bucket,
    words: Bucket,
    dropped: Bucket,
    opened: Instant,
}

impl Limits {
    pub(super) fn new(now: Instant) -> Self {
        // All kept audio may come at once after a lost connection, and then a fifth more than is spoken.
        let second = Duration::from_secs(1).as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let (kept, spoken) = (2.0 * (KEPT_MS / CHUNK_MS) as f64, 1.2 * 1_000.0 / CHUNK_MS as f64 / second);
        Self {
            audio: Bucket::new(kept, spoken, now),
            frames: Bucket::new(4.0, 3.0, now),
            words: Bucket::new(30.0, 5.0, now),
            dropped: Bucket::new(100.0, 10.0, now),
            opened: now,
        }
    }

    pub(super) fn media(&mut self, kind: MediaKind, now: Instant) -> Verdict {
        match kind {
            MediaKind::Audio if self.audio.take(now) => Verdict::Fine,
            MediaKind::Frame if self.frames.take(now) => Verdict::Fine,
            MediaKind::Frame if self.dropped.take(now) => Verdict::Drop,
            MediaKind::Audio | MediaKind::Frame => Verdict::Flood,
        }
    }

    pub(super) fn words(&mut self, now: Instant) -> Verdict {
        if self.words.take(now) { Verdict::Fine } else { Verdict::Flood }
    }

    /// How long the page has been here.
    pub(super) fn age(&self, now: Instant) -> Duration {
        now.saturating_duration_since(self.opened)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speech_at_its_own_speed_never_meets_a_limit() {
        let start = Instant::now();
        let mut limits = Limits::new(start);
        for chunk in 0..36_000_u32 {
            let now = start + Duration::from_millis(100) * chunk;
            assert_eq!(limits.media(MediaKind::Audio, now), Verdict::Fine);
        }
    }

    #[test]
    fn what_was_kept_may_come_at_once() {
        let now = Instant::now();
        let mut limits = Limits::new(now);
        assert!((0..600).all(|_| limits.media(MediaKind::Audio, now) == Verdict::Fine));
        assert!((0..10_000).any(|_| limits.media(MediaKind::Audio, now) == Verdict::Flood));
    }

    #[test]
    fn frames_too_many_are_dropped_before_a_page_is_shut_out() {
        let now = Instant::now();
        let mut limits = Limits::new(now);
        let verdicts: Vec<_> = (0..200).map(|_| limits.media(MediaKind::Frame, now)).collect();
        assert_eq!(verdicts[3], Verdict::Fine);
        assert_eq!(verdicts[50], Verdict::Drop);
        assert_eq!(verdicts[199], Verdict::Flood);
    }
}
