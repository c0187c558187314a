//! Terms inside empty frames: "there is X, there is Y, it is also about Z".

use crate::interview::words::{self, Word, ratio};

/// A piece with more words than these says something, whatever words it is made of.
const SHORT: usize = 6;

/// Who writes notes or formulas binds words by signs.
const NOTATION: &[char] =
    &[':', '=', '(', ')', '*', '<', '>', '$', '+', '-', '\u{2013}', '\u{2014}', '\u{2192}'];

/// Function words that only point at a thing or join it to the next.
const FRAME: &[&str] = &[
    "a", "about", "also", "an", "and", "another", "are", "here", "i", "is", "it", "its", "my", "of", "or",
    "other", "our", "some", "that's", "the", "then", "there", "there's", "these", "this", "those", "too",
    "was", "were",
];

/// Whether a word binds others together: any function word but those of a frame.
pub(super) fn binds(word: &Word) -> bool {
    word.is_function_word() && !FRAME.contains(&word.text.as_str())
}

/// The share of an answer's words in short pieces, between commas, full stops, "and" and "or", that nothing binds together.
pub(super) fn bare_share(answer: &str) -> f64 {
    let (mut bare, mut all) = (0, 0);
    for part in answer.split([',', '.', ';', '!', '?', '\n']) {
        let words = words::words(part);
        if part.contains(NOTATION) {
            all += words.len();
            continue;
        }
        for piece in words.split(|word| matches!(word.text.as_str(), "and" | "or")) {
            all += piece.len();
            if piece.len() <= SHORT && !piece.iter().any(binds) {
                bare += piece.len();
            }
        }
    }
    ratio(bare, all)
}
