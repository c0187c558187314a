//! An interview as it went: everything that was asked, said and seen on one line of time. Pure, from what is
//! recorded.

use chrono::{DateTime, Utc};

use crate::attention::event::{FrameAnalysed, Neutral};
use crate::attention::looking::{self, Looking, Stretch};
use crate::interview::delivery::since;
use crate::speech::{Pause, SpokenWord};
use crate::text::Span;
use crate::transcript::event::UtteranceTranscribed;

/// A stretch on the line of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// In ms from the line's beginning.
    pub start_ms: u64,
    /// In ms from the line's beginning.
    pub end_ms: u64,
}

/// What is known of a spoken answer's place in time.
pub struct SpokenLine<'a> {
    /// Where the line of time begins.
    pub zero: DateTime<Utc>,
    /// What was said, in order.
    pub utterances: Vec<&'a UtteranceTranscribed>,
}

impl SpokenLine<'_> {
    /// A word's place on the line of time.
    pub fn place(&self, utterance: &UtteranceTranscribed, word: &SpokenWord) -> Range {
        let start = since(self.zero, utterance.started_at);
        Range { start_ms: start + u64::from(word.start_ms), end_ms: start + u64::from(word.end_ms) }
    }

    /// The answer's text: utterances are lines, words are parted by blanks.
    pub fn text(&self) -> String {
        let lines: Vec<String> = self.utterances.iter().map(|utterance| utterance.text()).collect();
        lines.join("\n")
    }

    /// When the words of a span of [`Self::text`] were said; `None` where it holds none.
    pub fn when(&self, span: Span) -> Option<Range> {
        let mut at = 0_u32;
        let mut range: Option<Range> = None;
        for utterance in &self.utterances {
            for word in utterance.spoken() {
                let end = at + u32::try_from(word.text.chars().count()).unwrap_or(0);
                if end > span.start && at < span.end {
                    let place = self.place(utterance, word);
                    range = Some(range.map_or(place, |range| Range { end_ms: place.end_ms, ..range }));
                }
                // One character parts it from the next, a blank or the end of a line.
                at = end + 1;
            }
        }
        range
    }

    /// Silences that a listener notices, of an answer whose question was asked at `opened_at`.
    pub fn pauses(&self, opened_at: DateTime<Utc>) -> Vec<Pause> {
        crate::interview::delivery::speech_of(self.zero, opened_at, &self.utterances).pauses
    }
}

/// Where the candidate looked, in stretches of the same.
pub fn looks(
    zero: DateTime<Utc>,
    frames: &[FrameAnalysed],
    neutral: Option<&Neutral>,
) -> Vec<(Range, Looking)> {
    let place = |stretch: Stretch<Looking>| {
        let range = Range { start_ms: since(zero, stretch.from), end_ms: since(zero, stretch.until) };
        (range, stretch.what)
    };
    looking::stretches(&looking::looking(frames, neutral)).into_iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, TimeZone as _};
    use uuid::Uuid;

    use super::*;
    use crate::ids::{StreamId, UtteranceId};
    use crate::transcript::event::AudioRange;

    fn said(from_ms: i64, text: &str) -> UtteranceTranscribed {
        let start = Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap();
        let words: Vec<_> = (0_u32..)
            .zip(text.split(' '))
            .map(|(place, text)| SpokenWord {
                text: text.to_owned(),
                start_ms: place * 400,
                end_ms: place * 400 + 300,
                confidence: 0.9,
                filler: false,
            })
            .collect();
        UtteranceTranscribed {
            utterance_id: UtteranceId(Uuid::nil()),
            question_id: None,
            audio: AudioRange { stream_id: StreamId(Uuid::nil()), first: 1, last: 2 },
            engine: "test/1".into(),
            started_at: start + TimeDelta::milliseconds(from_ms),
            duration_ms: 0,
            words: words.into(),
        }
    }

    #[test]
    fn words_of_the_answer_are_found_where_they_were_said() {
        let (one, two) = (said(1_000, "I was the née lead"), said(9_000, "We cut costs"));
        let line = SpokenLine {
            zero: Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap(),
            utterances: vec![&one, &two],
        };
        let text = line.text();
        let span = |quote: &str| {
            let start = text.find(quote).unwrap();
            Span::of_bytes(&text, start, start + quote.len()).unwrap()
        };
        assert_eq!(line.when(span("née lead")), Some(Range { start_ms: 2_200, end_ms: 2_900 }));
        assert_eq!(line.when(span("lead\nWe cut")), Some(Range { start_ms: 2_600, end_ms: 9_700 }));
        assert_eq!(line.when(Span { start: 500, end: 510 }), None);
    }
}
