//! The audio of one stream that is heard and not yet committed, and which moment each chunk is.

use std::collections::VecDeque;

use chrono::{DateTime, TimeDelta, Utc};
use interaura_domain::live::CHUNK_MS;

/// A chunk that was heard.
struct Chunk {
    captured_at: DateTime<Utc>,
    samples: Vec<i16>,
}

/// The chunks after the last committed one, in order and without holes.
pub(super) struct Buffer {
    committed: u64,
    /// The chunk that an engine's session heard first; its time 0.
    heard_from: u64,
    chunks: VecDeque<Chunk>,
}

/// What became of a chunk that arrived.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Arrival {
    /// It is the next one.
    Next,
    /// It was here before.
    Known,
    /// Others are missing before it; the next one that is wanted.
    Ahead(u64),
}

impl Buffer {
    pub(super) fn after(committed: u64) -> Self {
        Self { committed, heard_from: committed + 1, chunks: VecDeque::new() }
    }

    /// The last committed chunk.
    pub(super) fn committed(&self) -> u64 {
        self.committed
    }

    /// The next chunk that is wanted.
    pub(super) fn wanted(&self) -> u64 {
        self.committed + 1 + as_u64(self.chunks.len())
    }

    /// How much audio waits to be committed, in ms.
    pub(super) fn waiting_ms(&self) -> u64 {
        as_u64(self.chunks.len()) * CHUNK_MS
    }

    /// Where the audio ends, in ms of the session.
    pub(super) fn end_ms(&self) -> u64 {
        (self.wanted() - self.heard_from) * CHUNK_MS
    }

    pub(super) fn take(&mut self, sequence: u64, captured_at: DateTime<Utc>, samples: Vec<i16>) -> Arrival {
        let wanted = self.wanted();
        if sequence < wanted {
            return Arrival::Known;
        }
        if sequence > wanted {
            return Arrival::Ahead(wanted);
        }
        self.chunks.push_back(Chunk { captured_at, samples });
        Arrival::Next
    }

    /// Moves on over chunks that will never come. Nothing waits to be committed, and no sample stands for them: a
    /// session counts on as if they had not been.
    pub(super) fn skip_to(&mut self, last: u64) {
        if self.chunks.is_empty() && last > self.committed {
            self.heard_from += last - self.committed;
            self.committed = last;
        }
    }

    /// The chunk in which a moment of the session lies.
    pub(super) fn chunk_at(&self, session_ms: u64) -> u64 {
        self.heard_from + session_ms / CHUNK_MS
    }

    /// The last chunk that lies wholly before a moment of the session.
    pub(super) fn last_before(&self, session_ms: u64) -> u64 {
        (self.heard_from + session_ms / CHUNK_MS).saturating_sub(1).min(self.wanted() - 1)
    }

    /// When a moment of the session was, by the page's clock.
    pub(super) fn moment(&self, session_ms: u64) -> Option<DateTime<Utc>> {
        let chunk = self.chunk_at(session_ms);
        let within = i64::try_from(session_ms % CHUNK_MS).unwrap_or(0);
        let place = usize::try_from(chunk.saturating_sub(self.committed + 1)).ok()?;
        let near = self.chunks.get(place).or(self.chunks.back())?;
        Some(near.captured_at + TimeDelta::milliseconds(within))
    }

    /// Forgets what is committed.
    pub(super) fn commit(&mut self, up_to: u64) {
        while self.committed < up_to && self.chunks.pop_front().is_some() {
            self.committed += 1;
        }
    }

    /// Another session hears everything that is not committed, from its own time 0.
    pub(super) fn replay(&mut self) -> impl Iterator<Item = &[i16]> {
        self.heard_from = self.committed + 1;
        self.chunks.iter().map(|chunk| chunk.samples.as_slice())
    }
}

fn as_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    fn at(ms: i64) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 22, 9, 0, 0).unwrap() + TimeDelta::milliseconds(ms)
    }

    fn filled(from: u64, to: u64) -> Buffer {
        let mut buffer = Buffer::after(from - 1);
        for sequence in from..=to {
            let taken = buffer.take(sequence, at(i64::try_from(sequence).unwrap() * 100), vec![1; 4]);
            assert_eq!(taken, Arrival::Next);
        }
        buffer
    }

    #[test]
    fn chunks_are_taken_once_and_in_order() {
        let mut buffer = filled(8, 10);
        assert_eq!(buffer.take(9, at(0), vec![]), Arrival::Known);
        assert_eq!(buffer.take(13, at(0), vec![]), Arrival::Ahead(11));
        assert_eq!((buffer.wanted(), buffer.end_ms()), (11, 300));
    }

    #[test]
    fn a_moment_of_the_session_is_a_moment_of_the_page() {
        let mut buffer = filled(8, 20);
        assert_eq!(buffer.moment(250), Some(at(1_050)));
        assert_eq!(buffer.last_before(300), 10);
        buffer.commit(10);
        assert_eq!(buffer.moment(350), Some(at(1_150)), "what was committed moves no time");
        assert_eq!((buffer.committed(), buffer.waiting_ms()), (10, 1_000));
    }

    #[test]
    fn another_session_starts_at_its_own_zero() {
        let mut buffer = filled(1, 20);
        buffer.commit(5);
        assert_eq!(buffer.replay().count(), 15);
        assert_eq!((buffer.chunk_at(0), buffer.end_ms()), (6, 1_500));
    }

    #[test]
    fn what_never_comes_is_passed_over_and_no_sample_stands_for_it() {
        let mut buffer = filled(1, 5);
        buffer.skip_to(1_000_000);
        assert_eq!(buffer.wanted(), 6, "what waits is committed first");
        buffer.commit(5);
        buffer.skip_to(1_000_000);
        assert_eq!((buffer.wanted(), buffer.end_ms()), (1_000_001, 500));
        assert_eq!(buffer.take(1_000_001, at(0), vec![1; 4]), Arrival::Next);
        assert_eq!((buffer.chunk_at(500), buffer.end_ms()), (1_000_001, 600));
        assert!(buffer.last_before(400) <= buffer.committed(), "news of before move nothing");
    }
}
