//! The network of Whisper base, written out: from samples to tokens with their times.
//!
//! whisper.cpp does the same at almost twice the cost. It decodes the prompt token by token, reads the whole text a
//! second time for the times, and multiplies numbers of 16 bits, which processors without instructions for them first
//! have to widen. Here the prompt is one product, the times come from what the decoder looked at as it wrote, and the
//! weights are widened once for all rows.

mod alignment;
mod decoder;
mod encoder;
mod file;
mod matrix;
mod mel;

use std::collections::HashMap;
use std::path::Path;

use interaura_domain::ports::Cause;
use multiversion::multiversion;

use self::decoder::{Decoder, Writing};
use self::encoder::Encoder;
use crate::elementwise;

/// Numbers in one head of attention.
const HEAD: usize = 64;
/// Samples in one position of the encoder, at 16 kHz.
const POSITION: usize = 320;

/// The first token that is none of the text's, and ends it.
const END: usize = 50_257;
const START: usize = 50_258;
const ENGLISH: usize = 50_259;
const TRANSCRIBE: usize = 50_359;
/// What follows was said before.
const BEFORE: usize = 50_361;
const NO_SPEECH: usize = 50_362;
const NO_TIMES: usize = 50_363;
/// What a text begins with.
const SIGNS: [usize; 4] = [START, ENGLISH, TRANSCRIBE, NO_TIMES];
/// A blank, which is no beginning.
const BLANK: &[u8] = b" ";
/// Where nobody speaks is likelier than this and the words are less likely than that (as a logarithm), there are none.
const SILENT_FROM: f32 = 0.6;
const UNLIKELY_BELOW: f32 = -1.0;

/// How far to go.
pub(super) struct Bounds<'a> {
    /// Positions that the encoder is given, 50 a second.
    pub(super) positions: usize,
    /// Tokens that are written at most.
    pub(super) tokens: usize,
    /// Asked between the steps of the work: whether nobody waits for it any longer.
    pub(super) is_over: &'a dyn Fn() -> bool,
    /// Asked after each token: whether those written so far are all that is wanted.
    pub(super) is_enough: &'a dyn Fn(&[usize]) -> bool,
}

/// The work was stopped before its end.
#[derive(Debug)]
pub(super) struct Stopped;

/// A token that was heard.
#[derive(Debug)]
pub(super) struct Heard {
    pub(super) id: usize,
    /// How likely it was, 0 to 1.
    pub(super) confidence: f32,
    /// When it ends, in seconds from the start of the samples.
    pub(super) end: f32,
}

/// The tokens of texts, by their numbers.
struct Vocabulary {
    texts: Vec<Vec<u8>>,
    blank: usize,
}

/// The model, ready to hear.
pub(super) struct Network {
    vocabulary: Vocabulary,
    encoder: Encoder,
    decoder: Decoder,
}

impl Vocabulary {
    fn new(texts: Vec<Vec<u8>>) -> Option<Self> {
        let blank = texts.iter().position(|text| text == BLANK)?;
        (texts.len() >= END).then_some(Self { texts, blank })
    }

    /// The tokens of a text, of each word the longest first.
    fn tokens(&self, text: &str) -> Vec<usize> {
        let numbers: HashMap<&[u8], usize> = self.texts[..END].iter().map(Vec::as_slice).zip(0..).collect();
        let mut tokens = Vec::new();
        for piece in pieces(text) {
            let mut rest = piece.as_bytes();
            while !rest.is_empty() {
                let known = (1..=rest.len()).rev().find_map(|end| Some((end, *numbers.get(&rest[..end])?)));
                let (end, token) = known.unwrap_or((rest.len(), self.blank));
                tokens.push(token);
                rest = &rest[end..];
            }
        }
        tokens
    }
}

/// Words with the blank before them, and what stands between words.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut before) = (0, ' ');
    for (place, sign) in text.char_indices().skip(1).chain([(text.len(), ' ')]) {
        let goes_on = sign != ' ' && (before == ' ' || before.is_alphanumeric() == sign.is_alphanumeric());
        if start < place && (!goes_on || place == text.len()) {
            pieces.push(&text[start..place]);
            start = place;
        }
        before = sign;
    }
    pieces
}

impl Network {
    /// Reads the model; takes about a tenth of a second.
    pub(super) fn load(path: &Path) -> Result<Self, Cause> {
        let bytes =
            std::fs::read(path).map_err(|error| format!("could not read {}: {error}", path.display()))?;
        file::read(&bytes)
    }

    /// The tokens of a text.
    pub(super) fn tokens(&self, text: &str) -> Vec<usize> {
        self.vocabulary.tokens(text)
    }

    /// What stands for a token. Bytes that are no text are replaced.
    pub(super) fn text(&self, token: usize) -> String {
        let bytes = self.vocabulary.texts.get(token).map_or(&[][..], Vec::as_slice);
        String::from_utf8_lossy(bytes).into_owned()
    }

    /// The tokens said in samples at 16 kHz, from -1 to 1, after `prompt`, which was said before.
    pub(super) fn hear(
        &self,
        samples: &[f32],
        prompt: &[usize],
        bounds: &Bounds<'_>,
    ) -> Result<Vec<Heard>, Stopped> {
        let positions = bounds.positions.clamp(1, encoder::MOST_POSITIONS);
        let states = self.encoder.encode(samples, positions, bounds.is_over)?;
        let mut writing = self.decoder.write(&states);
        let before = if prompt.is_empty() { None } else { Some(BEFORE) };
        let read: Vec<usize> = before.into_iter().chain(prompt.iter().copied()).chain(SIGNS).collect();
        let mut heard = self.write(&mut writing, &read, bounds)?;
        let sounding = samples.len().div_ceil(POSITION);
        let looks = writing.looks(read.len() - SIGNS.len());
        let heads = self.decoder.aligned.len();
        let ends = alignment::ends(looks, SIGNS.len(), heads, positions, sounding);
        for (token, end) in heard.iter_mut().zip(ends.into_iter().chain(std::iter::repeat(sounding))) {
            token.end = seconds(end);
        }
        Ok(heard)
    }

    /// Writes the likeliest token after each until the end.
    fn write(
        &self,
        writing: &mut Writing<'_>,
        read: &[usize],
        bounds: &Bounds<'_>,
    ) -> Result<Vec<Heard>, Stopped> {
        let most = bounds.tokens.min(decoder::MOST_TOKENS.saturating_sub(read.len() + 1));
        let mut ids = Vec::new();
        let mut heard: Vec<Heard> = Vec::new();
        let (mut state, mut silence, mut sum) = (writing.read(read), 0.0, 0.0);
        while heard.len() < most && !(bounds.is_enough)(&ids) {
            if (bounds.is_over)() {
                return Err(Stopped);
            }
            let mut worths = writing.worths(&state, END + 1);
            if heard.is_empty() {
                let silent = writing.worth(&state, NO_SPEECH);
                silence = 1.0 / (1.0 + (log_sum(&worths) - silent).exp());
                worths[END] = f32::NEG_INFINITY;
                worths[self.vocabulary.blank] = f32::NEG_INFINITY;
            }
            let (id, worth) = likeliest(&worths);
            if id == END {
                break;
            }
            let likelihood = worth - log_sum(&worths);
            sum += likelihood;
            ids.push(id);
            heard.push(Heard { id, confidence: likelihood.exp(), end: 0.0 });
            state = writing.read(&[id]);
        }
        #[expect(clippy::cast_precision_loss, reason = "there are a few hundred tokens")]
        let is_unlikely = sum < UNLIKELY_BELOW * heard.len() as f32;
        if silence > SILENT_FROM && is_unlikely {
            heard.clear();
        }
        Ok(heard)
    }
}

fn likeliest(worths: &[f32]) -> (usize, f32) {
    let mut best = (END, f32::NEG_INFINITY);
    for (id, worth) in worths.iter().enumerate() {
        if *worth > best.1 {
            best = (id, *worth);
        }
    }
    best
}

/// The logarithm of the sum of the powers of e.
#[multiversion(targets("x86_64+avx2+fma"))]
fn log_sum(worths: &[f32]) -> f32 {
    let most = worths.iter().copied().fold(f32::MIN, f32::max);
    let mut powers = worths.to_vec();
    for power in &mut powers {
        *power = elementwise::exp(*power - most);
    }
    elementwise::sum(&powers).ln() + most
}

#[expect(clippy::cast_precision_loss, reason = "segments have tens of seconds")]
fn seconds(positions: usize) -> f32 {
    (positions * POSITION) as f32 / super::SAMPLES_PER_SECOND as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_before_blanks_and_about_signs() {
        assert_eq!(pieces("Um, so. I, I think,"), ["Um", ",", " so", ".", " I", ",", " I", " think", ","]);
        assert_eq!(pieces(""), Vec::<&str>::new());
    }

    #[test]
    fn the_longest_token_is_taken_first() {
        let mut texts = vec![vec![0xff]; END];
        for (place, text) in ["a", "b", "ab", " ab", " "].iter().enumerate() {
            texts[place] = text.as_bytes().to_vec();
        }
        let vocabulary = Vocabulary::new(texts).unwrap();
        assert_eq!(vocabulary.tokens("abb ab"), [2, 1, 3]);
    }

    #[test]
    fn a_vocabulary_without_a_blank_is_refused() {
        assert!(Vocabulary::new(vec![b"a".to_vec(); END]).is_none());
    }

    #[test]
    fn likelihoods_sum_up_to_one() {
        let worths = [1.0_f32, 2.0, 3.0, f32::NEG_INFINITY];
        let all = log_sum(&worths);
        assert!((worths.iter().map(|worth| (worth - all).exp()).sum::<f32>() - 1.0).abs() < 1e-5);
        assert_eq!(likeliest(&worths).0, 2);
    }
}
