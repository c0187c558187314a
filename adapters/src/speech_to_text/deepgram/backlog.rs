//! The audio of a session that words were not settled for, so that another connection can hear it again.

use std::collections::VecDeque;

use interaura_domain::ports::speech_to_text::SAMPLE_RATE;

/// Samples in a millisecond.
const PER_MS: u64 = SAMPLE_RATE as u64 / 1_000;

/// Samples from the first unsettled one on; they are counted from the start of the session.
#[derive(Debug, Default)]
pub(super) struct Backlog {
    samples: VecDeque<i16>,
    settled: u64,
    sent: u64,
}

impl Backlog {
    pub(super) fn push(&mut self, samples: &[i16]) {
        self.samples.extend(samples);
    }

    /// Where the audio ends, in ms of the session.
    pub(super) fn end_ms(&self) -> u64 {
        self.end() / PER_MS
    }

    /// Up to where this connection was given audio, in ms of the session.
    pub(super) fn sent_ms(&self) -> u64 {
        self.sent / PER_MS
    }

    /// How much is kept, in ms.
    pub(super) fn kept_ms(&self) -> u64 {
        (self.end() - self.settled) / PER_MS
    }

    /// How much waits to be sent, in ms.
    pub(super) fn unsent_ms(&self) -> u64 {
        (self.end() - self.sent) / PER_MS
    }

    /// Whether words are settled for all of it.
    pub(super) fn is_settled(&self) -> bool {
        self.samples.is_empty()
    }

    /// Forgets what words are settled for, which was sent before.
    pub(super) fn settle(&mut self, until_ms: u64) {
        let until = (until_ms * PER_MS).min(self.sent);
        let count = usize::try_from(until.saturating_sub(self.settled)).unwrap_or(usize::MAX);
        self.samples.drain(..count.min(self.samples.len()));
        self.settled = self.settled.max(until);
    }

    /// The next samples to send as bytes, `most_ms` of them at most; empty where all were sent.
    pub(super) fn next(&mut self, most_ms: u64) -> Vec<u8> {
        let from = usize::try_from(self.sent - self.settled).unwrap_or(usize::MAX);
        let most = usize::try_from(most_ms * PER_MS).unwrap_or(usize::MAX);
        let bytes: Vec<u8> =
            self.samples.iter().skip(from).take(most).flat_map(|sample| sample.to_le_bytes()).collect();
        self.sent += bytes.len() as u64 / 2;
        bytes
    }

    /// Another connection hears everything that is not settled; its time 0, in ms of the session.
    pub(super) fn rewind(&mut self) -> u64 {
        self.sent = self.settled;
        self.settled / PER_MS
    }

    fn end(&self) -> u64 {
        self.settled + self.samples.len() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_settled_is_forgotten_and_the_rest_is_sent_again() {
        let mut backlog = Backlog::default();
        backlog.push(&[7; 16 * 300]);
        assert_eq!(backlog.next(200).len(), 16 * 200 * 2);
        assert_eq!((backlog.sent_ms(), backlog.unsent_ms(), backlog.end_ms()), (200, 100, 300));
        backlog.settle(150);
        assert_eq!((backlog.kept_ms(), backlog.sent_ms()), (150, 200));
        assert_eq!(backlog.rewind(), 150);
        assert_eq!(backlog.next(1_000).len(), 16 * 150 * 2);
        assert!(backlog.next(1_000).is_empty());
    }

    #[test]
    fn what_was_not_sent_is_not_settled() {
        let mut backlog = Backlog::default();
        backlog.push(&[7; 1_600]);
        backlog.settle(5_000);
        assert_eq!((backlog.kept_ms(), backlog.is_settled()), (100, false));
        backlog.next(100);
        backlog.settle(5_000);
        assert!(backlog.is_settled());
        assert_eq!(backlog.end_ms(), 100);
    }
}
