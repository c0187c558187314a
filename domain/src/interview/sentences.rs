//! Sentences of an answer, typed or spoken, with their places.
//!
//! A spoken answer may come without full stops; [`segments`] divides what is too long to be read
//! as one thought, at the words that join thoughts.

mod clauses;

use crate::interview::words::{self, Word};
use crate::text::Span;

pub use clauses::clauses_around;

/// A sentence as it stands in a text: never empty, without space around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// The words, equal to what stands in the span.
    pub text: String,
}

/// A segment is not longer than this, in words.
const LONGEST_SEGMENT: usize = 45;
/// A sentence up to this length is one segment.
const LONG_SENTENCE: usize = 30;
/// A segment that ends at a joining word has at least this many words.
const SHORTEST_SEGMENT: usize = 7;

/// Dots after these do not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "vs", "e.g", "i.e", "eg", "ie", "approx", "no", "inc", "ltd",
    "dept", "fig",
];
/// Words that begin a new thought in a long sentence.
const JOINTS: &[&str] = &[
    "and then",
    "and i",
    "and we",
    "so i",
    "so we",
    "then i",
    "then we",
    "but",
    "after that",
    "as a result",
    "in the end",
    "eventually",
    "finally",
    "which meant",
    "because",
    "and so",
    "next i",
    "first i",
    "at the end",
];

/// The sentences of a text, in order; lines of a list are sentences of their own.
pub fn sentences(text: &str) -> Vec<Sentence> {
    let characters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < characters.len() {
        let ends = match characters[at] {
            '.' => full_stop(&characters, at),
            '!' | '?' | '。' | '…' => next_is_space(&characters, at + 1),
            '\n' => new_line(&characters, at),
            _ => false,
        };
        at += 1;
        if ends {
            while at < characters.len() && "\"')]”’.!?".contains(characters[at]) {
                at += 1;
            }
            push(&characters, start, at, &mut found);
            start = at;
        }
    }
    push(&characters, start, characters.len(), &mut found);
    found
}

/// The sentences, with those that are too long divided where a new thought begins.
pub fn segments(text: &str) -> Vec<Sentence> {
    sentences(text).into_iter().flat_map(divide).collect()
}

fn divide(sentence: Sentence) -> Vec<Sentence> {
    let words = words::words(&sentence.text);
    if words.len() <= LONG_SENTENCE {
        return vec![sentence];
    }
    let characters: Vec<char> = sentence.text.chars().collect();
    let mut starts = vec![0];
    let mut first = 0;
    for at in 1..words.len() {
        let length = at - first;
        let enough_left = words.len() - at >= SHORTEST_SEGMENT;
        let joint = length >= SHORTEST_SEGMENT && enough_left && begins_with_any(&words[at..], JOINTS);
        if joint || length >= LONGEST_SEGMENT {
            starts.push(words[at].span.start as usize);
            first = at;
        }
    }
    starts.push(characters.len());
    let mut found = Vec::new();
    for pair in starts.windows(2) {
        push(&characters, pair[0], pair[1], &mut found);
    }
    for part in &mut found {
        part.span.start += sentence.span.start;
        part.span.end += sentence.span.start;
    }
    found
}

fn begins_with_any(words: &[Word], phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        let mut wanted = phrase.split(' ');
        let length = wanted.clone().count();
        words.len() >= length && words.iter().zip(wanted.by_ref()).all(|(word, wanted)| word.text == wanted)
    })
}

fn next_is_space(characters: &[char], at: usize) -> bool {
    characters[at..].iter().find(|c| !"\"')]”’.!?".contains(**c)).is_none_or(|c| c.is_whitespace())
}

fn full_stop(characters: &[char], at: usize) -> bool {
    if !next_is_space(characters, at + 1) {
        return false;
    }
    let before: String =
        characters[..at].iter().rev().take_while(|c| c.is_alphanumeric() || **c == '.').collect();
    let before: String = before.chars().rev().flat_map(char::to_lowercase).collect();
    let is_initial = before.chars().count() == 1 && before.chars().all(char::is_alphabetic) && before != "i";
    let last = characters[at + 1..].iter().all(|c| c.is_whitespace());
    last || !(is_initial || ABBREVIATIONS.contains(&before.as_str()))
}

/// A line that goes on in lower case is the same sentence, wrapped.
fn new_line(characters: &[char], at: usize) -> bool {
    let rest = &characters[at + 1..];
    let blank = rest.iter().take_while(|c| c.is_whitespace()).any(|c| *c == '\n');
    blank || rest.iter().find(|c| !c.is_whitespace()).is_none_or(|c| !c.is_lowercase())
}

fn push(characters: &[char], start: usize, end: usize, found: &mut Vec<Sentence>) {
    let skipped = |c: &&char| c.is_whitespace() || "-*•–·>".contains(**c);
    let start = start + characters[start..end].iter().take_while(skipped).count();
    let end = end - characters[start..end].iter().rev().take_while(|c| c.is_whitespace()).count();
    let inside = &characters[start.min(end)..end];
    if !inside.iter().any(|c| c.is_alphabetic()) {
        return;
    }
    let (Ok(from), Ok(to)) = (u32::try_from(start), u32::try_from(end)) else { return };
    found.push(Sentence { span: Span { start: from, end: to }, text: inside.iter().collect() });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        let found = sentences(text);
        for sentence in &found {
            assert_eq!(sentence.span.quote(text), sentence.text);
        }
        found.into_iter().map(|sentence| sentence.text).collect()
    }

    #[test]
    fn dots_in_numbers_and_abbreviations_do_not_end_a_sentence() {
        assert_eq!(
            texts("Dr. Hale cut it by 2.5 s, e.g. at night. It held."),
            ["Dr. Hale cut it by 2.5 s, e.g. at night.", "It held."]
        );
    }

    #[test]
    fn lines_of_a_list_are_sentences_and_wrapped_lines_are_not() {
        assert_eq!(
            texts("- First step\n- Second step\nthat goes on"),
            ["First step", "Second step\nthat goes on"]
        );
    }

    #[test]
    fn quotes_after_a_full_stop_belong_to_the_sentence() {
        assert_eq!(texts("She said “stop.” I stopped!"), ["She said “stop.”", "I stopped!"]);
    }

    #[test]
    fn nothing_but_signs_is_no_sentence() {
        assert!(texts(" ... !! \n -- 12").is_empty());
    }

    #[test]
    fn speech_without_full_stops_is_divided_where_a_thought_begins() {
        let spoken = "when I was at the bakery the oven broke on a busy saturday morning and then I called the \
                      engineer and moved the bread to the other oven so we lost only one batch and the customers \
                      got their orders before noon";
        let found = segments(spoken);
        assert!(found.len() >= 3);
        for segment in &found {
            assert_eq!(segment.span.quote(spoken), segment.text);
        }
        assert!(found[1].text.starts_with("and then I called"));
    }

    #[test]
    fn a_text_of_thousands_of_words_is_divided_into_short_segments() {
        let long = "word ".repeat(5_000);
        assert!(segments(&long).iter().all(|segment| segment.text.split(' ').count() <= LONGEST_SEGMENT));
    }
}
