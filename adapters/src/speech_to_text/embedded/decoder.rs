//! Whisper: from a segment's samples to tokens with their times.

use std::ffi::c_void;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use interaura_domain::ports::Cause;
use whisper_rs::{
    DtwMode, DtwModelPreset, DtwParameters, FullParams, SamplingStrategy, WhisperContext,
    WhisperContextParameters, WhisperState,
};

use super::SAMPLES_PER_SECOND;

/// What was said before, as the decoder is told: who spoke like this goes on like this, so that fillers are
/// written down and not tidied away.
const PROMPT: &str =
    "Um, so, uh, I, I think, uh, that was, um, my, um, first, uh, project. Hmm. Uh, and um, we, uh,";
/// More tokens than the prompt has.
const MOST_PROMPT_TOKENS: usize = 128;
/// Shorter audio is filled up with silence: the decoder writes nothing for less than a second.
const LEAST_SAMPLES: usize = SAMPLES_PER_SECOND * 11 / 10;
/// Positions of the encoder, 50 a second. With fewer the decoder repeats itself.
const LEAST_POSITIONS: i32 = 512;
const MOST_POSITIONS: i32 = 1_500;
/// Longer audio does not fit: the library would end the process.
const MOST_SAMPLES: usize = SAMPLES_PER_SECOND * 28;
/// Nobody says more tokens a second than this,
const MOST_TOKENS_PER_SECOND: f32 = 8.0;
/// and a decoder that comes near it repeats itself.
const LIKELY_TOKENS_PER_SECOND: f32 = 7.0;
/// Memory for finding the times of tokens.
const ALIGNMENT_BYTES: usize = 128 << 20;
/// A decode that takes this much longer than its audio hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// One token as it was said.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) id: i32,
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

/// The model, and decoders of it that nobody uses for now.
///
/// A decoder keeps nothing from one segment to the next, so that there are as many as decode at once, however
/// many streams are heard.
pub(super) struct Whisper {
    context: WhisperContext,
    prompt: Vec<i32>,
    idle: Mutex<Vec<WhisperState>>,
}

impl Whisper {
    /// Reads a model in whisper.cpp's own format; takes some tenths of a second.
    pub(super) fn load(model: &Path) -> Result<Self, Cause> {
        // The library says on the standard error what it does, unless its lines are taken from it.
        whisper_rs::install_logging_hooks();
        let mut parameters = WhisperContextParameters::default();
        // Flash attention goes without times of tokens.
        parameters.use_gpu(false).flash_attn(false).dtw_parameters(DtwParameters {
            mode: DtwMode::ModelPreset { model_preset: DtwModelPreset::Base },
            dtw_mem_size: ALIGNMENT_BYTES,
        });
        let context = WhisperContext::new_with_params(model, parameters)?;
        let prompt = context.tokenize(PROMPT, MOST_PROMPT_TOKENS)?;
        Ok(Self { context, prompt, idle: Mutex::default() })
    }

    /// The tokens said in some samples, from -1 to 1; `None` where `stop` was set before they were known.
    pub(super) fn decode(
        &self,
        samples: &[f32],
        effort: Effort,
        stop: &AtomicBool,
    ) -> Result<Option<Vec<Token>>, Cause> {
        let mut samples = samples.get(..MOST_SAMPLES).unwrap_or(samples).to_vec();
        samples.resize(samples.len().max(LEAST_SAMPLES), 0.0);
        let watch = Watch { stop, until: Instant::now() + PATIENCE };
        let first = self.attempt(&samples, true, &watch)?;
        if stop.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let mut tokens = match first {
            Some(tokens) if effort == Effort::Quick || !is_looping(&tokens, seconds(&samples)) => tokens,
            None if effort == Effort::Quick => return Ok(None),
            Some(_) | None => {
                let watch = Watch { stop, until: Instant::now() + PATIENCE };
                let again = self.attempt(&samples, false, &watch)?;
                if stop.load(Ordering::Relaxed) {
                    return Ok(None);
                }
                again.unwrap_or_default()
            }
        };
        tokens.truncate(before_loop(&tokens));
        Ok(Some(tokens))
    }

    /// One pass of the decoder; `None` where it was stopped or failed.
    fn attempt(
        &self,
        samples: &[f32],
        is_prompted: bool,
        watch: &Watch<'_>,
    ) -> Result<Option<Vec<Token>>, Cause> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut state = match idle {
            Some(state) => state,
            None => self.context.create_state()?,
        };
        let parameters = self.parameters(seconds(samples), is_prompted, watch);
        if let Err(error) = state.full(parameters, samples) {
            if !watch.is_over() {
                tracing::warn!(error = &error as &dyn std::error::Error, "a segment could not be decoded");
            }
            // What a decoder that was stopped is good for is not known: it is dropped.
            return Ok(None);
        }
        let tokens = self.tokens(&state);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(state);
        Ok(Some(tokens))
    }

    fn parameters<'a>(&'a self, seconds: f32, is_prompted: bool, watch: &'a Watch<'_>) -> FullParams<'a, 'a> {
        let mut parameters = FullParams::new(SamplingStrategy::Greedy { best_of: 1 });
        // The language is English where none is set, and setting one leaks its name.
        parameters.set_n_threads(1);
        parameters.set_no_context(true);
        parameters.set_no_timestamps(true);
        parameters.set_single_segment(true);
        parameters.set_temperature(0.0);
        parameters.set_temperature_inc(0.0);
        parameters.set_suppress_blank(true);
        parameters.set_suppress_nst(false);
        parameters.set_print_progress(false);
        parameters.set_print_realtime(false);
        parameters.set_print_special(false);
        parameters.set_print_timestamps(false);
        parameters.set_audio_ctx(positions(seconds));
        parameters.set_max_tokens(whole(seconds * MOST_TOKENS_PER_SECOND) + 16);
        if is_prompted {
            parameters.set_tokens(&self.prompt);
        }
        watch.guard(&mut parameters);
        parameters
    }

    fn tokens(&self, state: &WhisperState) -> Vec<Token> {
        let end_of_text = self.context.token_eot();
        let mut tokens = Vec::new();
        for segment in state.as_iter() {
            for token in (0..segment.n_tokens()).filter_map(|place| segment.get_token(place)) {
                let data = token.token_data();
                if data.id < end_of_text {
                    let text = token.to_str_lossy().map(std::borrow::Cow::into_owned).unwrap_or_default();
                    tokens.push(Token { id: data.id, text, confidence: data.p, end: hundredths(data.t_dtw) });
                }
            }
        }
        tokens
    }
}

/// When a decode is to end early.
struct Watch<'a> {
    stop: &'a AtomicBool,
    until: Instant,
}

impl Watch<'_> {
    fn is_over(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || Instant::now() > self.until
    }

    /// Has the library ask, between the steps of its work, whether to go on.
    #[expect(unsafe_code, reason = "the library's own safe way (0.16) reads its closure as another type")]
    fn guard<'a>(&'a self, parameters: &mut FullParams<'a, 'a>) {
        unsafe extern "C" fn is_over(watch: *mut c_void) -> bool {
            // SAFETY: `guard` gave a pointer to a `Watch`, which lives as long as the parameters do; it is only
            // read, and what it holds may be read from any thread.
            unsafe { &*watch.cast::<Watch<'_>>() }.is_over()
        }
        // SAFETY: the lifetimes of `self` and of the parameters are the same.
        unsafe {
            parameters.set_abort_callback(Some(is_over));
            parameters.set_abort_callback_user_data(std::ptr::from_ref(self).cast_mut().cast());
        }
    }
}

/// How many tokens come before a phrase that is said over and over: three tokens and more three times running,
/// fewer five times. The first saying of it counts, of a short one the second, too.
fn before_loop(tokens: &[Token]) -> usize {
    for length in 1..=tokens.len() / 3 {
        let (times, kept) = if length <= 2 { (5, 2) } else { (3, 1) };
        for (start, window) in tokens.windows(length * times).enumerate() {
            let (phrase, rest) = window.split_at(length);
            let says_something = phrase.iter().any(|token| token.text.contains(char::is_alphanumeric));
            let is_repeated =
                rest.chunks_exact(length).all(|other| other.iter().map(id).eq(phrase.iter().map(id)));
            if says_something && is_repeated {
                return start + length * kept;
            }
        }
    }
    tokens.len()
}

fn id(token: &Token) -> i32 {
    token.id
}

#[expect(clippy::cast_precision_loss, reason = "there are a few hundred tokens")]
fn is_looping(tokens: &[Token], seconds: f32) -> bool {
    before_loop(tokens) < tokens.len() || tokens.len() as f32 > seconds * LIKELY_TOKENS_PER_SECOND + 12.0
}

/// Positions of the encoder for audio of some length and a second more: fewer end the process.
fn positions(seconds: f32) -> i32 {
    let sixteens = whole(((seconds + 1.0) * 50.0 / 16.0).ceil());
    (sixteens * 16).clamp(LEAST_POSITIONS, MOST_POSITIONS)
}

#[expect(clippy::cast_possible_truncation, reason = "segments have tens of seconds")]
fn whole(value: f32) -> i32 {
    value as i32
}

#[expect(clippy::cast_precision_loss, reason = "segments have tens of seconds")]
fn seconds(samples: &[f32]) -> f32 {
    samples.len() as f32 / SAMPLES_PER_SECOND as f32
}

#[expect(clippy::cast_precision_loss, reason = "segments have thousands of hundredths")]
fn hundredths(time: i64) -> f32 {
    time as f32 / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<Token> {
        let token = |word: &str| Token {
            id: word.bytes().fold(7, |id, byte| id * 31 % 10_007 + i32::from(byte)),
            text: format!(" {word}"),
            confidence: 0.9,
            end: 0.0,
        };
        text.split(' ').map(token).collect()
    }

    #[test]
    fn a_phrase_said_over_and_over_is_kept_once() {
        let tokens = said("we did that and so on and so on and so on and so on");
        assert_eq!(before_loop(&tokens), 6);
        assert!(is_looping(&tokens, 10.0));
    }

    #[test]
    fn a_short_word_said_five_times_is_kept_twice() {
        let tokens = said("well uh uh uh uh uh uh uh");
        assert_eq!(before_loop(&tokens), 3);
    }

    #[test]
    fn people_may_repeat_themselves() {
        let tokens = said("I I I think it was it was very very good");
        assert_eq!(before_loop(&tokens), tokens.len());
        assert!(!is_looping(&tokens, 4.0));
    }

    #[test]
    fn more_than_anybody_can_say_is_a_loop() {
        let words: Vec<String> = (0..40).map(|number| format!("word{number}")).collect();
        assert!(is_looping(&said(&words.join(" ")), 2.0));
        assert!(!is_looping(&said(&words.join(" ")), 10.0));
    }

    #[test]
    fn the_encoder_always_has_room_for_the_audio() {
        assert_eq!((positions(1.1), positions(10.0), positions(28.0)), (512, 560, 1_456));
    }
}
