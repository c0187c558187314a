//! Whisper: from a segment's samples to tokens with their times.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use interaura_domain::ports::Cause;

use super::SAMPLES_PER_SECOND;
use super::whisper::{Bounds, Heard, Network};

/// What was said before, as the decoder is told: who spoke like this goes on like this, so that fillers are
/// written down and not tidied away.
const PROMPT: &str =
    "Um, so, uh, I, I think, uh, that was, um, my, um, first, uh, project. Hmm. Uh, and um, we, uh,";
/// Shorter audio is filled up with silence: the decoder writes nothing for less than a second.
const LEAST_SAMPLES: usize = SAMPLES_PER_SECOND * 11 / 10;
/// Positions of the encoder, 50 a second. With fewer the decoder repeats itself.
const LEAST_POSITIONS: usize = 512;
const MOST_POSITIONS: usize = 1_500;
/// Longer audio does not fit.
const MOST_SAMPLES: usize = SAMPLES_PER_SECOND * 28;
/// Nobody says more tokens a second than this,
const MOST_TOKENS_PER_SECOND: f32 = 8.0;
/// and a decoder that comes near it repeats itself.
const LIKELY_TOKENS_PER_SECOND: f32 = 7.0;
/// A decode that takes this much longer than its audio hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// One token as it was said.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) id: usize,
    pub(super) text: String,
    pub(super) confidence: f32,
    /// When it ends, in seconds from the start of the samples.
    pub(super) end: f32,
}

/// How much a decode is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effort {
    /// What loops is decoded once more, without the prompt.
    Thorough,
    /// What loops is cut short.
    Quick,
}

/// The model, and what is told it to have been said before.
pub(super) struct Whisper {
    network: Network,
    prompt: Vec<usize>,
}

impl Whisper {
    /// Reads a model in whisper.cpp's own format; takes some tenths of a second.
    pub(super) fn load(model: &Path) -> Result<Self, Cause> {
        let network = Network::load(model)?;
        let prompt = network.tokens(PROMPT);
        Ok(Self { network, prompt })
    }

    /// The tokens said in some samples, from -1 to 1; `None` where `stop` was set before they were known.
    pub(super) fn decode(&self, samples: &[f32], effort: Effort, stop: &AtomicBool) -> Option<Vec<Token>> {
        let mut samples = samples.get(..MOST_SAMPLES).unwrap_or(samples).to_vec();
        samples.resize(samples.len().max(LEAST_SAMPLES), 0.0);
        let first = self.attempt(&samples, true, stop);
        if stop.load(Ordering::Relaxed) {
            return None;
        }
        let mut tokens = match first {
            Some(tokens) if effort == Effort::Quick || !self.is_looping(&tokens, seconds(&samples)) => tokens,
            None if effort == Effort::Quick => return None,
            Some(_) | None => {
                let again = self.attempt(&samples, false, stop);
                if stop.load(Ordering::Relaxed) {
                    return None;
                }
                again.unwrap_or_default()
            }
        };
        tokens.truncate(self.before_loop(&ids(&tokens)));
        Some(tokens)
    }

    /// One pass of the decoder, up to where it begins to repeat itself; `None` where it was stopped.
    fn attempt(&self, samples: &[f32], is_prompted: bool, stop: &AtomicBool) -> Option<Vec<Token>> {
        let (seconds, until) = (seconds(samples), Instant::now() + PATIENCE);
        let bounds = Bounds {
            positions: positions(seconds),
            tokens: whole(seconds * MOST_TOKENS_PER_SECOND) + 16,
            is_over: &|| stop.load(Ordering::Relaxed) || Instant::now() > until,
            is_enough: &|ids| self.before_loop(ids) < ids.len(),
        };
        let prompt = if is_prompted { self.prompt.as_slice() } else { &[] };
        let heard = self.network.hear(samples, prompt, &bounds).ok()?;
        let token = |heard: Heard| Token {
            id: heard.id,
            text: self.network.text(heard.id),
            confidence: heard.confidence,
            end: heard.end,
        };
        Some(heard.into_iter().map(token).collect())
    }

    fn before_loop(&self, ids: &[usize]) -> usize {
        before_loop(ids, |id| self.network.text(id).contains(char::is_alphanumeric))
    }

    #[expect(clippy::cast_precision_loss, reason = "there are a few hundred tokens")]
    fn is_looping(&self, tokens: &[Token], seconds: f32) -> bool {
        self.before_loop(&ids(tokens)) < tokens.len()
            || tokens.len() as f32 > seconds * LIKELY_TOKENS_PER_SECOND + 12.0
    }
}

fn ids(tokens: &[Token]) -> Vec<usize> {
    tokens.iter().map(|token| token.id).collect()
}

/// How many tokens come before a phrase that is said over and over: three tokens and more three times running,
/// fewer five times. The first saying of it counts, of a short one the second, too.
fn before_loop(ids: &[usize], is_word: impl Fn(usize) -> bool) -> usize {
    for length in 1..=ids.len() / 3 {
        let (times, kept) = if length <= 2 { (5, 2) } else { (3, 1) };
        for (start, window) in ids.windows(length * times).enumerate() {
            let (phrase, rest) = window.split_at(length);
            let is_repeated = rest.chunks_exact(length).all(|other| other == phrase);
            if is_repeated && phrase.iter().any(|id| is_word(*id)) {
                return start + length * kept;
            }
        }
    }
    ids.len()
}

/// Positions of the encoder for audio of some length and a second more.
fn positions(seconds: f32) -> usize {
    let sixteens = whole(((seconds + 1.0) * 50.0 / 16.0).ceil());
    (sixteens * 16).clamp(LEAST_POSITIONS, MOST_POSITIONS)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "segments have tens of seconds")]
fn whole(value: f32) -> usize {
    value as usize
}

#[expect(clippy::cast_precision_loss, reason = "segments have tens of seconds")]
fn seconds(samples: &[f32]) -> f32 {
    samples.len() as f32 / SAMPLES_PER_SECOND as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn before(text: &str) -> (usize, usize) {
        let ids: Vec<usize> = text
            .split(' ')
            .map(|word| word.bytes().fold(7, |id, byte| id * 31 % 10_007 + usize::from(byte)))
            .collect();
        (before_loop(&ids, |_| true), ids.len())
    }

    #[test]
    fn a_phrase_said_over_and_over_is_kept_once() {
        assert_eq!(before("we did that and so on and so on and so on and so on").0, 6);
    }

    #[test]
    fn a_short_word_said_five_times_is_kept_twice() {
        assert_eq!(before("well uh uh uh uh uh uh uh").0, 3);
    }

    #[test]
    fn people_may_repeat_themselves() {
        let (kept, all) = before("I I I think it was it was very very good");
        assert_eq!(kept, all);
    }

    #[test]
    fn signs_may_be_repeated() {
        assert_eq!(before_loop(&[5; 9], |_| false), 9);
    }

    #[test]
    fn the_encoder_always_has_room_for_the_audio() {
        assert_eq!((positions(1.1), positions(10.0), positions(28.0)), (512, 560, 1_456));
    }
}
