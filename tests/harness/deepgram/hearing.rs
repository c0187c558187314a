//! What the stand-in makes of audio: spans of words that change until they are final.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// The longest span before its words become final, in chunks of 100 ms.
const LONGEST_SPAN: u64 = 30;
/// How often there are interim words, in chunks.
const INTERIM: u64 = 10;

/// What the client asked for.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a parameter of the request")]
pub(super) struct Wanted {
    filler_words: bool,
    punctuate: bool,
    interim_results: bool,
    vad_events: bool,
    /// In chunks.
    endpointing: u64,
    utterance_end: Option<u64>,
}

impl Wanted {
    pub(super) fn of(query: &BTreeMap<String, String>) -> Self {
        let on = |name: &str| query.get(name).is_some_and(|value| value == "true");
        let chunks =
            |name: &str| query.get(name).and_then(|ms| ms.parse::<u64>().ok()).map(|ms| ms.div_ceil(100));
        Self {
            filler_words: on("filler_words"),
            punctuate: on("punctuate") || on("smart_format"),
            interim_results: on("interim_results"),
            vad_events: on("vad_events"),
            endpointing: chunks("endpointing").unwrap_or(1),
            utterance_end: chunks("utterance_end_ms"),
        }
    }
}

/// What is heard on one connection. Times are in chunks of 100 ms.
pub(super) struct Hearing {
    wanted: Wanted,
    chunks: u64,
    span: u64,
    words: Vec<(u64, i16)>,
    last_word: Option<u64>,
    speaking: bool,
    utterance_ended: bool,
}

impl Hearing {
    pub(super) fn new(wanted: Wanted) -> Self {
        let (last_word, speaking, utterance_ended) = (None, false, true);
        Self { wanted, chunks: 0, span: 0, words: Vec::new(), last_word, speaking, utterance_ended }
    }

    /// What is said of one more chunk.
    pub(super) fn chunk(&mut self, number: i16) -> Vec<Value> {
        let mut answers = Vec::new();
        if number != 0 {
            if !self.speaking && self.wanted.vad_events {
                answers.push(
                    json!({ "type": "SpeechStarted", "channel": [0, 1], "timestamp": seconds(self.chunks) }),
                );
            }
            self.speaking = true;
            self.utterance_ended = false;
            self.last_word = Some(self.chunks);
            self.words.push((self.chunks, number));
        }
        self.chunks += 1;
        let quiet = self.last_word.map_or(self.chunks, |last| self.chunks - last - 1);
        let span = self.chunks - self.span;
        if self.speaking && quiet >= self.wanted.endpointing {
            self.speaking = false;
            answers.push(self.results(true, true, false));
        } else if span >= LONGEST_SPAN || (self.words.is_empty() && span >= INTERIM) {
            answers.push(self.results(true, false, false));
        } else if self.wanted.interim_results && span.is_multiple_of(INTERIM) {
            answers.push(self.results(false, false, false));
        }
        if let Some(last) = self.last_word.filter(|_| !self.utterance_ended)
            && self.wanted.utterance_end.is_some_and(|end| quiet >= end)
        {
            self.utterance_ended = true;
            answers.push(
                json!({ "type": "UtteranceEnd", "channel": [0, 1], "last_word_end": seconds(last) + 0.09 }),
            );
        }
        answers
    }

    pub(super) fn finalize(&mut self) -> Value {
        self.speaking = false;
        self.results(true, false, true)
    }

    /// The rest, and the summary.
    pub(super) fn end(&mut self) -> Vec<Value> {
        let last = self.results(true, true, false);
        let summary = json!({
            "type": "Metadata", "transaction_key": "deprecated", "request_id": super::REQUEST_ID,
            "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "created": "2026-11-22T12:00:00.000Z", "duration": seconds(self.chunks), "channels": 1
        });
        vec![last, summary]
    }

    fn results(&mut self, is_final: bool, speech_final: bool, from_finalize: bool) -> Value {
        let words: Vec<_> =
            self.words.iter().filter_map(|(chunk, number)| self.word(*chunk, *number)).collect();
        let text: Vec<_> = words.iter().filter_map(|word| word["word"].as_str()).collect();
        let results = json!({
            "type": "Results", "channel_index": [0, 1],
            "start": seconds(self.span), "duration": seconds(self.chunks - self.span),
            "is_final": is_final, "speech_final": speech_final, "from_finalize": from_finalize,
            "channel": { "alternatives": [{ "transcript": text.join(" "), "confidence": 0.97, "words": words }] },
            "metadata": {
                "request_id": super::REQUEST_ID,
                "model_info": { "name": "2-general-nova", "version": "2024-01-18.26916", "arch": "nova-2" },
                "model_uuid": "c0d1a568-ce81-4fea-97e7-bd45cb1fdf3c"
            }
        });
        if is_final {
            self.span = self.chunks;
            self.words.clear();
        }
        results
    }

    fn word(&self, chunk: u64, number: i16) -> Option<Value> {
        if number == 13 && !self.wanted.filler_words {
            return None;
        }
        let word = if number == 13 { "um".to_owned() } else { format!("w{number}") };
        let mut heard = json!({
            "word": word, "start": seconds(chunk) + 0.01, "end": seconds(chunk) + 0.09, "confidence": 0.98
        });
        if self.wanted.punctuate {
            heard["punctuated_word"] = json!(word);
        }
        Some(heard)
    }
}

fn seconds(chunks: u64) -> f64 {
    f64::from(u32::try_from(chunks).unwrap()) / 10.0
}
