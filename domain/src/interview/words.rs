//! The words of a text with their places, and the forms in which words are compared.

use std::collections::BTreeSet;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::Span;

/// A word as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// In lower case, with a straight apostrophe.
    pub text: String,
    /// As written.
    pub written: String,
    /// Where it stands.
    pub span: Span,
}

impl Word {
    /// Whether it is written in digits: `3`, `2.5`, `1,200`, `40k`.
    pub fn is_digits(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
    }

    /// Whether it carries little meaning by itself: articles, pronouns, prepositions, auxiliaries.
    pub fn is_function_word(&self) -> bool {
        FUNCTION_WORDS.binary_search(&self.text.as_str()).is_ok()
    }
}

/// The words of a text, in order. What stands between words is left out.
pub fn words(text: &str) -> Vec<Word> {
    let mut byte = 0;
    let mut character = 0_u32;
    let mut found = Vec::new();
    for (start, written) in text.unicode_word_indices() {
        character += length(&text[byte..start]);
        let end = character + length(written);
        found.push(Word {
            text: written.to_lowercase().replace('\u{2019}', "'"),
            written: written.to_owned(),
            span: Span { start: character, end },
        });
        character = end;
        byte = start + written.len();
    }
    found
}

/// The places where a phrase of lower-case words stands, without overlap.
pub fn places(words: &[Word], phrase: &str) -> Vec<Span> {
    let wanted: Vec<&str> = phrase.split(' ').collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at + wanted.len() <= words.len() {
        let here = &words[at..at + wanted.len()];
        if here.iter().zip(&wanted).all(|(word, wanted)| word.text == *wanted) {
            found.push(Span { start: here[0].span.start, end: here[wanted.len() - 1].span.end });
            at += wanted.len();
        } else {
            at += 1;
        }
    }
    found
}

/// The places of any of the phrases, in the order of the text; a longer phrase wins over a
/// shorter one inside it.
pub fn places_of_any(words: &[Word], phrases: &[&str]) -> Vec<Span> {
    let mut found: Vec<Span> = phrases.iter().flat_map(|phrase| places(words, phrase)).collect();
    found.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut kept: Vec<Span> = Vec::new();
    for span in found {
        if kept.last().is_none_or(|last| last.end <= span.start) {
            kept.push(span);
        }
    }
    kept
}

/// Whether any of the phrases stands among the words.
pub fn holds_any(words: &[Word], phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        let length = phrase.split(' ').count();
        words
            .windows(length)
            .any(|here| here.iter().zip(phrase.split(' ')).all(|(word, wanted)| word.text == wanted))
    })
}

/// The stems of the words that carry meaning, in order.
pub fn content_stems(words: &[Word]) -> Vec<String> {
    let stemmer = Stemmer::create(Algorithm::English);
    words
        .iter()
        .filter(|word| !word.is_function_word())
        .map(|word| {
            let bare = word.text.strip_suffix("'s").unwrap_or(&word.text);
            stemmer.stem(bare).into_owned()
        })
        .collect()
}

/// The share of `of`'s different stems that also stand in `among`, 0 to 1; 0 where `of` is empty.
pub fn share_found(of: &[String], among: &[String]) -> f64 {
    let among: BTreeSet<&String> = among.iter().collect();
    let of: BTreeSet<&String> = of.iter().collect();
    if of.is_empty() {
        return 0.0;
    }
    ratio(of.iter().filter(|stem| among.contains(*stem)).count(), of.len())
}

/// `part / whole`, 0 where the whole is 0.
pub fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { number(part) / number(whole) }
}

/// A count as a number; counts past 4 thousand million are all the same to us.
pub fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// Sorted, for the search halves it.
const FUNCTION_WORDS: &[&str] = &[
    "a",
    "about",
    "after",
    "again",
    "all",
    "also",
    "although",
    "am",
    "an",
    "and",
    "any",
    "are",
    "aren't",
    "as",
    "at",
    "back",
    "be",
    "because",
    "been",
    "before",
    "being",
    "between",
    "both",
    "but",
    "by",
    "can",
    "can't",
    "cannot",
    "could",
    "couldn't",
    "did",
    "didn't",
    "do",
    "does",
    "doesn't",
    "doing",
    "don't",
    "down",
    "during",
    "each",
    "else",
    "even",
    "ever",
    "every",
    "few",
    "for",
    "from",
    "get",
    "gets",
    "getting",
    "give",
    "go",
    "goes",
    "going",
    "got",
    "had",
    "hadn't",
    "has",
    "hasn't",
    "have",
    "haven't",
    "having",
    "he",
    "her",
    "here",
    "hers",
    "him",
    "his",
    "how",
    "i",
    "i'd",
    "i'll",
    "i'm",
    "i've",
    "if",
    "in",
    "into",
    "is",
    "isn't",
    "it",
    "it's",
    "its",
    "itself",
    "just",
    "let",
    "like",
    "many",
    "may",
    "me",
    "might",
    "more",
    "most",
    "much",
    "must",
    "my",
    "myself",
    "no",
    "nor",
    "not",
    "now",
    "of",
    "off",
    "on",
    "once",
    "one",
    "only",
    "onto",
    "or",
    "other",
    "our",
    "ours",
    "out",
    "over",
    "own",
    "please",
    "quite",
    "rather",
    "really",
    "same",
    "shall",
    "she",
    "should",
    "shouldn't",
    "since",
    "so",
    "some",
    "such",
    "tell",
    "than",
    "that",
    "that's",
    "the",
    "their",
    "theirs",
    "them",
    "themselves",
    "then",
    "there",
    "there's",
    "these",
    "they",
    "they're",
    "thing",
    "things",
    "this",
    "those",
    "though",
    "through",
    "till",
    "to",
    "too",
    "under",
    "until",
    "up",
    "upon",
    "us",
    "very",
    "was",
    "wasn't",
    "we",
    "we'd",
    "we're",
    "we've",
    "were",
    "weren't",
    "what",
    "what's",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "whom",
    "whose",
    "why",
    "will",
    "with",
    "within",
    "without",
    "won't",
    "would",
    "wouldn't",
    "yes",
    "yet",
    "you",
    "you'd",
    "you're",
    "you've",
    "your",
    "yours",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_function_words_is_sorted() {
        assert!(FUNCTION_WORDS.is_sorted());
    }

    #[test]
    fn a_word_knows_its_place_in_characters() {
        let text = "Café: I didn’t stop.";
        let found = words(text);
        assert_eq!(found[2].text, "didn't");
        assert_eq!(found[2].span.quote(text), "didn’t");
    }

    #[test]
    fn a_longer_phrase_wins_over_a_shorter_one_inside_it() {
        let found = words("as a result of it we won");
        assert_eq!(places_of_any(&found, &["result", "as a result"]), vec![Span { start: 0, end: 11 }]);
    }

    #[test]
    fn forms_of_a_word_are_the_same_stem() {
        let one = content_stems(&words("We were deploying the services"));
        let other = content_stems(&words("deployed a service"));
        assert!((share_found(&other, &one) - 1.0).abs() < f64::EPSILON);
    }
}
