//! The same answer in other dress: what it says stays, how it is said changes.
//!
//! A fair verdict hardly depends on hesitations, hedges and full stops. Whoever judges all readings of an answer and
//! takes the middle is less at the mercy of one of them.

use super::answer_features::AnswerFeatures;
use super::sentences::sentences;
use super::words::{Word, places_of_any, words};
use crate::text::Span;

/// Sentences that are longer are cut, in words.
const LONG: usize = 25;
/// Where a long sentence may be cut: before these words.
const JOINTS: &[&str] = &["and then", "and so", "so then", "but then", "and after that", "and", "but", "so"];
/// The least that is left on either side of a cut, in words.
const LEAST: usize = 6;

/// One reading of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// `as_given`, `without_hesitation`, `without_hedges`, `in_short_sentences`, `without_any_of_it`.
    pub name: &'static str,
    /// The words.
    pub text: String,
}

/// The readings of an answer, the first as it was given. An answer that has nothing to take away is read the same
/// way more than once, so that the number of readings is always five.
pub fn readings(answer: &str) -> Vec<Reading> {
    let fluent = without_hesitation(answer);
    let firm = without_hedges(answer);
    let short = in_short_sentences(answer);
    let all = in_short_sentences(&without_hedges(&fluent));
    [
        ("as_given", answer.to_owned()),
        ("without_hesitation", fluent),
        ("without_hedges", firm),
        ("in_short_sentences", short),
        ("without_any_of_it", all),
    ]
    .map(|(name, text)| Reading { name, text })
    .into()
}

/// Without fillers, and without words that were said twice in a row.
fn without_hesitation(text: &str) -> String {
    let fluent = cut_out(text, &AnswerFeatures::of(text).fillers);
    let words = words(&fluent);
    let doubled = words.windows(2).filter_map(|pair| match pair {
        [first, second] if first.text == second.text && !first.is_digits() => {
            between(&fluent, first, second).trim().is_empty().then_some(first.span)
        }
        _ => None,
    });
    cut_out(&fluent, &doubled.collect::<Vec<Span>>())
}

fn between(text: &str, first: &Word, second: &Word) -> String {
    Span { start: first.span.end, end: second.span.start }.quote(text)
}

fn without_hedges(text: &str) -> String {
    cut_out(text, &AnswerFeatures::of(text).hedges)
}

/// The text without some stretches, and without the commas and blanks that stood around them.
fn cut_out(text: &str, spans: &[Span]) -> String {
    let kept = |place: u32| !spans.iter().any(|span| (span.start..span.end).contains(&place));
    let rest: String =
        (0..).zip(text.chars()).filter(|(place, _)| kept(*place)).map(|(_, sign)| sign).collect();
    let mut tidy = String::with_capacity(rest.len());
    for word in rest.split_whitespace() {
        let is_loose = word.chars().all(|sign| matches!(sign, ',' | ';' | '-' | '–' | '…'));
        let follows_stop = tidy.is_empty() || tidy.ends_with(['.', '!', '?']);
        if is_loose {
            continue;
        }
        let is_stop_only = word.chars().all(|sign| matches!(sign, '.' | '!' | '?'));
        if is_stop_only {
            if !follows_stop {
                tidy.push_str(word);
            }
            continue;
        }
        if !tidy.is_empty() {
            tidy.push(' ');
        }
        tidy.push_str(word.trim_start_matches(','));
    }
    tidy
}

/// Long sentences cut before a word that joins two statements.
fn in_short_sentences(text: &str) -> String {
    let told: Vec<String> = sentences(text).into_iter().map(|sentence| cut_long(&sentence.text)).collect();
    told.join(" ")
}

fn cut_long(sentence: &str) -> String {
    let spoken = words(sentence);
    if spoken.len() <= LONG {
        return sentence.to_owned();
    }
    let joints = places_of_any(&spoken, JOINTS);
    let middle = spoken.len() / 2;
    let place_of = |span: &Span| spoken.iter().position(|word| word.span.start == span.start);
    let cut = joints
        .iter()
        .filter_map(place_of)
        .filter(|place| *place >= LEAST && spoken.len() - place >= LEAST)
        .min_by_key(|place| place.abs_diff(middle));
    let Some(start) = cut.and_then(|place| spoken.get(place)).map(|word| word.span.start) else {
        return sentence.to_owned();
    };
    let head = Span { start: 0, end: start }.quote(sentence);
    let tail = Span { start, end: u32::MAX }.quote(sentence);
    let head = head.trim_end().trim_end_matches([',', ';', '-', '–']);
    format!("{}. {}", cut_long(head.trim_end()), cut_long(&capitalised(&tail)))
}

fn capitalised(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(name: &str, answer: &str) -> String {
        readings(answer).into_iter().find(|reading| reading.name == name).map(|reading| reading.text).unwrap()
    }

    #[test]
    fn hesitations_go_and_the_words_stay() {
        let answer = "So, um, I I rang the the ward, you know, and uh asked for help.";
        assert_eq!(reading("without_hesitation", answer), "So, I rang the ward, and asked for help.");
    }

    #[test]
    fn hedges_go() {
        let answer = "I think it was maybe a third faster.";
        assert_eq!(reading("without_hedges", answer), "it was a third faster.");
    }

    #[test]
    fn a_long_sentence_is_cut_where_two_statements_meet() {
        let answer = "I checked the stock in the back room and counted every box twice with my colleague from the \
                      other shift and then I called the supplier and asked them to send the missing boxes today";
        let short = reading("in_short_sentences", answer);
        assert!(short.contains(". And then I called the supplier"), "{short}");
        let said = |text: &str| words(text).into_iter().map(|word| word.text).collect::<Vec<_>>();
        assert_eq!(said(&short), said(answer));
    }

    #[test]
    fn a_plain_answer_reads_the_same_each_time() {
        let answer = "I moved the meeting. It saved an hour.";
        assert!(readings(answer).iter().all(|reading| reading.text == answer));
    }
}
