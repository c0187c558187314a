//! Whether an interview goes on while its socket is open. In a pause, and once it is over, nothing is heard and
//! nothing is seen.

use std::time::{Duration, Instant};

use interaura_domain::live::MediaKind;

/// How often an interview that goes on is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// The same for one that rests: the first words after a pause are wanted.
const LOOK_EVERY_WHILE_RESTING: Duration = Duration::from_millis(250);

/// Whether an interview goes on, as far as is known.
pub(super) struct GoingOn {
    goes_on: bool,
    looked_at: Option<Instant>,
    /// Chunks that were dropped and that nobody was told of.
    dropped: Option<(u64, u64)>,
}

impl GoingOn {
    pub(super) fn new() -> Self {
        Self { goes_on: false, looked_at: None, dropped: None }
    }

    /// Whether the interview is to be looked at before more media is passed on.
    pub(super) fn is_stale(&self, now: Instant) -> bool {
        let every = if self.goes_on { LOOK_EVERY } else { LOOK_EVERY_WHILE_RESTING };
        self.looked_at.is_none_or(|at| now.saturating_duration_since(at) >= every)
    }

    pub(super) fn looked(&mut self, goes_on: bool, now: Instant) {
        (self.goes_on, self.looked_at) = (goes_on, Some(now));
    }

    /// Whether media may pass; a chunk that may not is remembered.
    pub(super) fn admit(&mut self, kind: MediaKind, sequence: u64) -> bool {
        if !self.goes_on && kind == MediaKind::Audio {
            let (first, last) = self.dropped.unwrap_or((sequence, sequence));
            self.dropped = Some((first.min(sequence), last.max(sequence)));
        }
        self.goes_on
    }

    /// The chunks that were dropped, told once: whoever hears the next one must not wait for them.
    pub(super) fn take_dropped(&mut self) -> Option<(u64, u64)> {
        self.dropped.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_in_a_pause_is_dropped_and_named_once() {
        let (mut going, now) = (GoingOn::new(), Instant::now());
        assert!(going.is_stale(now));
        going.looked(true, now);
        assert!(going.admit(MediaKind::Audio, 1) && !going.is_stale(now));
        going.looked(false, now + LOOK_EVERY);
        assert!(!going.admit(MediaKind::Audio, 2) && !going.admit(MediaKind::Audio, 3));
        assert!(!going.admit(MediaKind::Frame, 900));
        assert!(going.is_stale(now + LOOK_EVERY + LOOK_EVERY_WHILE_RESTING));
        going.looked(true, now + LOOK_EVERY + LOOK_EVERY_WHILE_RESTING);
        assert!(going.admit(MediaKind::Audio, 4));
        assert_eq!((going.take_dropped(), going.take_dropped()), (Some((2, 3)), None));
    }
}
