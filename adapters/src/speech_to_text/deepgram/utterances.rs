//! Makes utterances of what a server says about spans of audio.
//!
//! A span's words change until they are final; an utterance is all final words up to the pause that ends
//! it. Times are those of the session, whichever connection heard the words.

use interaura_domain::ports::speech_to_text::Heard;
use interaura_domain::speech::SpokenWord;

use super::message::{HeardWord, Span};

/// The longest utterance, in ms: the browser keeps audio for a minute, and only until it is committed.
const LONGEST_MS: u64 = 20_000;
/// The same in words.
const MOST_WORDS: usize = 400;
/// An utterance that adds less than this, in ms, is told with the next: a chunk is the least that is committed.
const LEAST_MS: u64 = 100;

/// What was heard and not yet told as final.
#[derive(Debug, Default)]
pub(super) struct Utterances {
    /// Up to here everything was told.
    told_ms: u64,
    /// Up to here words are final.
    settled_ms: u64,
    words: Vec<HeardWord>,
    interim: Vec<HeardWord>,
}

impl Utterances {
    /// Up to where words are final, in ms of the session.
    pub(super) fn settled_ms(&self) -> u64 {
        self.settled_ms
    }

    /// Up to where everything was told, in ms of the session.
    pub(super) fn told_ms(&self) -> u64 {
        self.told_ms
    }

    /// Whether there are words that are not final.
    pub(super) fn has_interim(&self) -> bool {
        !self.interim.is_empty()
    }

    /// Takes what is said of a span whose times count from `offset_ms`, where audio was sent up to `sent_ms`.
    pub(super) fn take(&mut self, span: Span, offset_ms: u64, sent_ms: u64) -> Option<Heard> {
        let settled_ms = self.settled_ms;
        let words = span.words.into_iter().map(|word| HeardWord {
            start_ms: (word.start_ms + offset_ms).min(sent_ms),
            end_ms: (word.end_ms + offset_ms).min(sent_ms),
            ..word
        });
        // A word that is settled already, by another connection or by our own patience, is not said twice.
        let words: Vec<_> =
            words.filter(|word| u64::midpoint(word.start_ms, word.end_ms) >= settled_ms).collect();
        if !span.is_final {
            self.interim = words;
            return self.interim_words();
        }
        self.interim.clear();
        self.words.extend(words);
        self.settled_ms = settled_ms.max((span.end_ms + offset_ms).min(sent_ms));
        if span.speech_final || span.from_finalize || self.is_long() { self.close() } else { self.so_far() }
    }

    /// The speaker paused.
    pub(super) fn pause(&mut self) -> Option<Heard> {
        if self.words.is_empty() { None } else { self.close() }
    }

    /// Words that are not final will not become so: another connection hears them again.
    pub(super) fn forget_interim(&mut self) {
        self.interim.clear();
    }

    /// Tells all that was heard up to a moment; nothing more comes of it.
    pub(super) fn finish(&mut self, until_ms: u64) -> Heard {
        self.words.append(&mut self.interim);
        self.settled_ms = self.settled_ms.max(until_ms);
        self.tell()
    }

    fn close(&mut self) -> Option<Heard> {
        if self.settled_ms < self.told_ms + LEAST_MS { self.so_far() } else { Some(self.tell()) }
    }

    fn so_far(&mut self) -> Option<Heard> {
        if self.words.is_empty() && self.settled_ms > self.told_ms {
            return Some(self.tell());
        }
        self.interim_words()
    }

    fn tell(&mut self) -> Heard {
        let until_ms = self.settled_ms;
        self.told_ms = until_ms;
        let words = std::mem::take(&mut self.words);
        match words.first() {
            None => Heard::Silence { until_ms },
            Some(first) => {
                let start_ms = first.start_ms;
                Heard::Final { start_ms, until_ms, words: spoken(start_ms, words) }
            }
        }
    }

    fn interim_words(&self) -> Option<Heard> {
        let words: Vec<_> = self.words.iter().chain(&self.interim).cloned().collect();
        let start_ms = words.first()?.start_ms;
        Some(Heard::Interim { start_ms, words: spoken(start_ms, words) })
    }

    fn is_long(&self) -> bool {
        let from = self.words.first().map_or(self.settled_ms, |word| word.start_ms);
        self.words.len() >= MOST_WORDS || self.settled_ms.saturating_sub(from) >= LONGEST_MS
    }
}

fn spoken(start_ms: u64, words: Vec<HeardWord>) -> Vec<SpokenWord> {
    let place = |ms: u64| u32::try_from(ms.saturating_sub(start_ms)).unwrap_or(u32::MAX);
    let spoken = words.into_iter().map(|word| SpokenWord {
        start_ms: place(word.start_ms),
        end_ms: place(word.end_ms),
        text: word.text,
        confidence: word.confidence,
        filler: word.filler,
    });
    spoken.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: u64 = 1_000_000;

    /// A span up to `end_ms` with words of 200 ms that begin at these times.
    fn span(end_ms: u64, starts: &[u64]) -> Span {
        let word = |start: &u64| HeardWord {
            text: format!("w{start}"),
            filler: false,
            start_ms: *start,
            end_ms: start + 200,
            confidence: 0.9,
        };
        let words = starts.iter().map(word).collect();
        Span { end_ms, words, is_final: true, speech_final: false, from_finalize: false }
    }

    fn interim(end_ms: u64, starts: &[u64]) -> Span {
        Span { is_final: false, ..span(end_ms, starts) }
    }

    fn last(end_ms: u64, starts: &[u64]) -> Span {
        Span { speech_final: true, ..span(end_ms, starts) }
    }

    fn told(heard: Option<Heard>) -> String {
        let text =
            |words: &[SpokenWord]| words.iter().map(|word| word.text.clone()).collect::<Vec<_>>().join(" ");
        match heard {
            None => "nothing".to_owned(),
            Some(Heard::Interim { start_ms, words }) => format!("{start_ms}? {}", text(&words)),
            Some(Heard::Final { start_ms, until_ms, words }) => {
                format!("{start_ms}-{until_ms} {}", text(&words))
            }
            Some(Heard::Silence { until_ms }) => format!("-{until_ms}"),
        }
    }

    #[test]
    fn an_utterance_is_all_final_words_up_to_the_pause() {
        let mut utterances = Utterances::default();
        let mut take = |span| told(utterances.take(span, 0, SENT));
        assert_eq!(take(interim(1_100, &[300])), "300? w300");
        assert_eq!(take(interim(2_200, &[300, 1_500])), "300? w300 w1500");
        assert_eq!(take(span(3_260, &[300, 1_500])), "300? w300 w1500");
        assert_eq!(take(interim(5_100, &[4_000])), "300? w300 w1500 w4000");
        assert_eq!(take(last(5_500, &[4_000])), "300-5500 w300 w1500 w4000");
        assert_eq!(take(span(6_000, &[])), "-6000");
    }

    #[test]
    fn another_connection_counts_from_its_own_zero_and_says_nothing_twice() {
        let mut utterances = Utterances::default();
        utterances.take(span(3_000, &[1_000, 2_850]), 0, SENT);
        utterances.forget_interim();
        assert_eq!(utterances.settled_ms(), 3_000);
        let heard = utterances.take(last(2_000, &[0, 500]), 3_000, SENT);
        assert_eq!(told(heard), "1000-5000 w1000 w2850 w0 w500");
        let again = utterances.take(last(2_400, &[500, 2_100]), 3_000, SENT);
        assert_eq!(told(again), "5100-5400 w2100");
    }

    #[test]
    fn finishing_keeps_words_that_never_became_final() {
        let mut utterances = Utterances::default();
        utterances.take(interim(1_000, &[200]), 0, SENT);
        assert_eq!(told(Some(utterances.finish(1_500))), "200-1500 w200");
        assert_eq!(told(utterances.take(last(1_400, &[200]), 0, SENT)), "nothing", "that came late");
        assert_eq!(told(Some(utterances.finish(2_000))), "-2000");
    }

    #[test]
    fn who_never_pauses_is_cut_before_the_browser_forgets() {
        let mut utterances = Utterances::default();
        let heard: Vec<_> =
            (1..=8).map(|n| told(utterances.take(span(n * 3_000, &[n * 3_000 - 2_000]), 0, SENT))).collect();
        assert!(heard[6].starts_with("1000-21000 "), "{heard:?}");
        assert_eq!(heard[7], "22000? w22000");
    }

    #[test]
    fn nothing_is_settled_that_was_not_sent() {
        let mut utterances = Utterances::default();
        assert_eq!(told(utterances.take(last(90_000, &[100]), 0, 1_000)), "100-1000 w100");
    }

    #[test]
    fn what_is_shorter_than_a_chunk_is_told_with_the_next() {
        let mut utterances = Utterances::default();
        utterances.take(last(1_000, &[100]), 0, SENT);
        assert_eq!(told(utterances.take(last(1_050, &[1_000]), 0, SENT)), "1000? w1000");
        assert_eq!(told(utterances.take(last(1_500, &[]), 0, SENT)), "1000-1500 w1000");
        assert_eq!(told(utterances.pause()), "nothing");
    }
}
