//! The clause that a word stands in: enough of a sentence to be quoted, and no more.

use super::{JOINTS, Sentence, begins_with_any};
use crate::interview::words::{self, Word};
use crate::text::Span;

/// A quote has at most about this many words; a sentence up to this length is quoted whole.
const LONGEST_QUOTE: usize = 22;
/// A clause of fewer words is quoted with its neighbour.
const SHORTEST_CLAUSE: usize = 5;

/// The clauses that hold the places, in the order of the text; what touches is one. A place that
/// stands in none of the sentences is left out.
pub fn clauses_around<'s>(
    sentences: &(impl Iterator<Item = &'s Sentence> + Clone),
    places: impl IntoIterator<Item = Span>,
) -> Vec<Span> {
    let holds = |sentence: &&Sentence, place: Span| {
        sentence.span.start <= place.start && place.end <= sentence.span.end
    };
    let mut found: Vec<Span> = places
        .into_iter()
        .filter_map(|place| {
            let sentence = sentences.clone().find(|sentence| holds(sentence, place))?;
            Some(clause_around(sentence, place))
        })
        .collect();
    found.sort_unstable();
    let mut kept: Vec<Span> = Vec::new();
    for span in found {
        match kept.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            Some(_) | None => kept.push(span),
        }
    }
    kept
}

fn clause_around(sentence: &Sentence, place: Span) -> Span {
    let words = words::words(&sentence.text);
    if words.len() <= LONGEST_QUOTE {
        return sentence.span;
    }
    let (from, to) = (place.start - sentence.span.start, place.end - sentence.span.start);
    let first = words.iter().position(|word| word.span.end > from).unwrap_or(0);
    let last = words.iter().rposition(|word| word.span.start < to).unwrap_or(first).max(first);
    let starts = clause_starts(sentence, &words);
    let mut start = starts.iter().copied().filter(|start| *start <= first).max().unwrap_or(0);
    let mut end = starts.iter().copied().find(|start| *start > last).unwrap_or(words.len());
    if end - start < SHORTEST_CLAUSE {
        match starts.iter().copied().find(|start| *start > end) {
            _ if end == words.len() => {
                start = starts.iter().copied().filter(|other| *other < start).max().unwrap_or(0);
            }
            next => end = next.unwrap_or(words.len()),
        }
    }
    if end - start > LONGEST_QUOTE {
        let spare = LONGEST_QUOTE.saturating_sub(last + 1 - first) / 2;
        (start, end) = (start.max(first.saturating_sub(spare)), end.min(last + 1 + spare));
    }
    let begin = sentence.span.start + words[start].span.start;
    Span { start: begin, end: sentence.span.start + words[end - 1].span.end }
}

/// The words that begin a clause: behind a comma, a semicolon, a colon or a dash, or that join.
fn clause_starts(sentence: &Sentence, words: &[Word]) -> Vec<usize> {
    let characters: Vec<char> = sentence.text.chars().collect();
    let parted = |at: usize| {
        let gap = characters.get(words[at - 1].span.end as usize..words[at].span.start as usize);
        gap.is_some_and(|gap| gap.iter().any(|sign| ",;:—–()".contains(*sign)))
    };
    let begins = |at: &usize| *at == 0 || parted(*at) || begins_with_any(&words[*at..], JOINTS);
    (0..words.len()).filter(begins).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::interview::sentences::segments;

    fn quotes(text: &str, wanted: &[&str]) -> Vec<String> {
        let all = words::words(text);
        let places = wanted.iter().flat_map(|phrase| words::places(&all, phrase));
        clauses_around(&segments(text).iter(), places).iter().map(|span| span.quote(text)).collect()
    }

    #[test]
    fn a_sentence_that_is_short_enough_is_quoted_whole() {
        let text = "I rang the ward. The export took 47 minutes every night. It helped.";
        assert_eq!(quotes(text, &["47"]), ["The export took 47 minutes every night."]);
    }

    #[test]
    fn two_places_in_one_sentence_are_one_quote() {
        let text = "The export fell from 47 to 11 minutes because we batched it.";
        assert_eq!(quotes(text, &["47", "11", "because"]), [text]);
    }

    #[test]
    fn of_a_long_sentence_the_clause_is_quoted() {
        let text = "We had talked about it for months with everybody who would listen, the nightly export took 47 \
                    minutes on a good day, and nobody had ever looked at its plan.";
        assert_eq!(quotes(text, &["47"]), ["the nightly export took 47 minutes on a good day"]);
    }

    #[test]
    fn a_clause_of_a_few_words_takes_its_neighbour_along() {
        let text = "When the night shift came in and found the board full of orders nobody had begun, I said 40, \
                    and that we would start with the ones for the hospital.";
        assert_eq!(
            quotes(text, &["40"]),
            ["I said 40, and that we would start with the ones for the hospital"]
        );
    }

    #[test]
    fn a_long_run_without_signs_is_cut_around_the_place() {
        let text = "word ".repeat(20) + "47 " + &"other ".repeat(20);
        let found = quotes(&text, &["47"]);
        assert!(found[0].contains("47") && found[0].split(' ').count() <= LONGEST_QUOTE, "{found:?}");
    }

    proptest! {
        #[test]
        fn a_quote_holds_its_place_and_stays_short(text in "([a-z]{1,6}[ ,;.]{1,2}|because |47 |é— ){0,80}") {
            let sentences = segments(&text);
            for word in words::words(&text) {
                for span in clauses_around(&sentences.iter(), [word.span]) {
                    prop_assert!(span.start <= word.span.start && word.span.end <= span.end);
                    let count = words::words(&span.quote(&text)).len();
                    prop_assert!((1..=2 * LONGEST_QUOTE).contains(&count));
                }
            }
        }
    }
}
