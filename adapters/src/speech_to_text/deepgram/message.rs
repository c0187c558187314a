//! What Deepgram says, read with care: it comes from elsewhere.

use serde::Deserialize;

/// The longest session that times are believed in, in seconds.
const LONGEST_S: f64 = 12.0 * 60.0 * 60.0;
/// The most words that one message is believed to hold.
const MOST_WORDS: usize = 2_000;

/// A message of the server.
#[derive(Debug, Deserialize)]
#[serde(tag = "type")]
pub(super) enum Message {
    /// Words, or the lack of them.
    Results(Box<Results>),
    /// A silence has lasted long enough.
    UtteranceEnd,
    /// Old servers tell an error before they close.
    Error,
    /// Of no use to us: `SpeechStarted`, `Metadata` and what is yet to come.
    #[serde(other)]
    Other,
}

/// What was heard in a span of audio.
#[derive(Debug, Deserialize)]
pub(super) struct Results {
    start: f64,
    duration: f64,
    #[serde(default)]
    is_final: bool,
    #[serde(default)]
    speech_final: bool,
    #[serde(default)]
    pub(super) from_finalize: bool,
    channel: Channel,
}

#[derive(Debug, Deserialize)]
struct Channel {
    #[serde(default)]
    alternatives: Vec<Alternative>,
}

#[derive(Debug, Deserialize)]
struct Alternative {
    #[serde(default)]
    words: Vec<Word>,
}

#[derive(Debug, Deserialize)]
#[expect(clippy::struct_field_names, reason = "named as Deepgram names them")]
struct Word {
    word: String,
    start: f64,
    end: f64,
    confidence: f32,
    punctuated_word: Option<String>,
}

/// A word with its place in the connection's audio.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct HeardWord {
    pub(super) text: String,
    pub(super) filler: bool,
    pub(super) start_ms: u64,
    pub(super) end_ms: u64,
    pub(super) confidence: f32,
}

/// What was heard in a span of the connection's audio.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Span {
    pub(super) end_ms: u64,
    pub(super) words: Vec<HeardWord>,
    pub(super) is_final: bool,
    pub(super) speech_final: bool,
    pub(super) from_finalize: bool,
}

impl Message {
    /// Reads a text message; `None` for what cannot be one of the server's.
    pub(super) fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

impl Results {
    /// The span that it speaks of; `None` where its times or words make no sense.
    pub(super) fn span(self) -> Option<Span> {
        let end_ms = ms(self.start + self.duration)?;
        ms(self.start)?;
        let words = self.channel.alternatives.into_iter().next().map_or_else(Vec::new, |best| best.words);
        if words.len() > MOST_WORDS {
            return None;
        }
        let words = words.into_iter().map(Word::heard).collect::<Option<Vec<_>>>()?;
        Some(Span {
            end_ms,
            words,
            // What ends speech is final, whatever else is said of it.
            is_final: self.is_final || self.speech_final || self.from_finalize,
            speech_final: self.speech_final,
            from_finalize: self.from_finalize,
        })
    }
}

impl Word {
    fn heard(self) -> Option<HeardWord> {
        let (start_ms, end_ms) = (ms(self.start)?, ms(self.end)?);
        Some(HeardWord {
            filler: is_filler(&self.word),
            text: self.punctuated_word.unwrap_or(self.word),
            start_ms,
            end_ms: end_ms.max(start_ms),
            confidence: if self.confidence.is_finite() { self.confidence.clamp(0.0, 1.0) } else { 0.0 },
        })
    }
}

/// Whether a word, as Deepgram spells them, fills a pause. `uh-huh`, `uh-uh` and `nuh-uh` answer a question.
fn is_filler(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "uh" | "um" | "mhmm" | "mm-mm" | "er" | "erm" | "hmm" | "mm")
}

fn ms(seconds: f64) -> Option<u64> {
    if !(0.0..=LONGEST_S).contains(&seconds) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to a few hours")]
    Some((seconds * 1_000.0).round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str) -> Option<Span> {
        match Message::parse(text) {
            Some(Message::Results(results)) => results.span(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn words_come_with_their_times_and_punctuation() {
        let span = span(
            r#"{"type":"Results","channel_index":[0,1],"duration":1.98,"start":1.0,"is_final":true,
                "speech_final":false,"from_finalize":false,"channel":{"alternatives":[{"transcript":"So, um",
                "confidence":0.97,"words":[
                  {"word":"so","start":1.16,"end":1.32,"confidence":0.98,"punctuated_word":"So,"},
                  {"word":"um","start":1.4,"end":1.64,"confidence":0.93,"punctuated_word":"um"}]}]},
                "metadata":{"request_id":"4f1f7a52-0c1f-4a83-9b3a-0a4a6c1e7d10"}}"#,
        )
        .unwrap();
        assert_eq!((span.end_ms, span.is_final, span.speech_final), (2_980, true, false));
        let words: Vec<_> = span.words.iter().map(|word| (word.text.as_str(), word.filler)).collect();
        assert_eq!(words, [("So,", false), ("um", true)]);
        assert_eq!((span.words[1].start_ms, span.words[1].end_ms), (1_400, 1_640));
    }

    #[test]
    fn times_that_make_no_sense_are_not_believed() {
        for (start, duration) in [("-1", "1"), ("1e300", "1"), ("0", "-3")] {
            let text = format!(
                r#"{{"type":"Results","start":{start},"duration":{duration},"channel":{{"alternatives":[]}}}}"#
            );
            assert_eq!(span(&text), None, "{start} {duration}");
        }
    }

    #[test]
    fn what_is_unknown_is_passed_over_and_garbage_is_none() {
        let other = r#"{"type":"SpeechStarted","channel":[0,1],"timestamp":0.12}"#;
        assert!(matches!(Message::parse(other), Some(Message::Other)));
        assert!(matches!(Message::parse(r#"{"type":"Tomorrow","x":[]}"#), Some(Message::Other)));
        let end = r#"{"type":"UtteranceEnd","channel":[0,1],"last_word_end":5.21}"#;
        assert!(matches!(Message::parse(end), Some(Message::UtteranceEnd)));
        for garbage in ["", "{", "[]", "{}", r#"{"type":"Results"}"#, "\u{0}\u{1}"] {
            assert!(Message::parse(garbage).is_none(), "{garbage}");
        }
    }
}
