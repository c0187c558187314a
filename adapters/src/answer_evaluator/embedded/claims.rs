//! Which sentences claim nothing: they ask, they are taken back, or their words stand in no order.
//!
//! By rule, for closeness of meaning does not see it: a point and the question whether it is so are neighbours.

use std::collections::BTreeMap;

use interaura_domain::interview::words::{self, Word, ratio};

/// What a question begins with, after words that lead over to it.
const ASKING: &[&str] = &[
    "is",
    "are",
    "was",
    "were",
    "am",
    "isn't",
    "aren't",
    "do",
    "does",
    "did",
    "don't",
    "doesn't",
    "didn't",
    "can",
    "could",
    "can't",
    "should",
    "shouldn't",
    "would",
    "wouldn't",
    "will",
    "won't",
    "may",
    "might",
    "must",
    "has",
    "have",
    "had",
    "what",
    "which",
    "who",
    "whose",
    "when",
    "where",
    "why",
    "how",
];
const LEADING_OVER: &[&str] = &["and", "but", "so", "or", "well", "then", "now", "um", "uh", "okay"];

/// What is taken back,
const ALL_OF_IT: &[&str] = &["none", "nothing", "all", "everything", "whatever", "what", "above", "answer"];
/// named as one's own,
const OF_MINE: &[&str] = &[
    "i just said",
    "i said",
    "i have said",
    "i've said",
    "i just told",
    "i have told",
    "i've told",
    "i just wrote",
    "i wrote",
    "i have written",
    "i've written",
    "said above",
    "the above",
    "my answer",
    "this answer",
];
/// and that it does not hold now, for a story tells of what was said then: said outright,
const UNTRUE: &[&str] = &[
    "is false",
    "is wrong",
    "is untrue",
    "is incorrect",
    "is a lie",
    "is made up",
    "is nonsense",
    "is not true",
    "isn't true",
    "is not right",
    "isn't right",
    "are wrong",
    "are false",
    "are lies",
];
/// or of none of it.
const TRUE: &[&str] = &["is true", "is right", "is correct", "are true"];

/// A point is said word for word where so much of it stands in the answer,
const NAMED: f64 = 0.8;
/// if it has so many terms,
const LEAST_TERMS: usize = 5;
/// of which two that follow each other in it stand so near in the answer.
const NEAR: usize = 4;
/// From so many neighbours on it can be told,
const LEAST_NEIGHBOURS: usize = 8;
/// and under this share of them in order the words are thrown together.
const IN_ORDER: f64 = 0.3;

/// Whether a sentence asks something.
pub(super) fn asks(sentence: &str, words: &[Word]) -> bool {
    let first = words.iter().map(|word| word.text.as_str()).find(|word| !LEADING_OVER.contains(word));
    sentence.trim_end().ends_with('?') && first.is_some_and(|first| ASKING.contains(&first))
}

/// Whether a sentence takes back what the answer says: "none of what I just said is true".
pub(super) fn takes_back(words: &[Word]) -> bool {
    let holds = |phrases: &[&str]| words::holds_any(words, phrases);
    let denies = holds(UNTRUE) || (holds(&["none", "nothing"]) && holds(TRUE));
    denies && holds(ALL_OF_IT) && holds(OF_MINE)
}

/// Whether the answer names the points' terms and keeps none of their order; terms as stems.
pub(super) fn is_thrown_together(points: &[Vec<String>], answer: &[String]) -> bool {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, stem) in answer.iter().enumerate() {
        places.entry(stem).or_default().push(at);
    }
    let is_followed = |one: &[usize], other: &[usize]| {
        one.iter().any(|at| other.iter().any(|next| at < next && *next <= at + NEAR))
    };
    let (mut neighbours, mut in_order) = (0, 0);
    for point in points {
        let named = point.iter().filter(|stem| places.contains_key(stem.as_str())).count();
        if point.len() < LEAST_TERMS || ratio(named, point.len()) < NAMED {
            continue;
        }
        for pair in point.windows(2).filter(|pair| pair[0] != pair[1]) {
            if let (Some(one), Some(other)) = (places.get(pair[0].as_str()), places.get(pair[1].as_str())) {
                neighbours += 1;
                in_order += usize::from(is_followed(one, other));
            }
        }
    }
    neighbours >= LEAST_NEIGHBOURS && ratio(in_order, neighbours) < IN_ORDER
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(text: &str) -> bool {
        asks(text, &words::words(text))
    }

    fn back(text: &str) -> bool {
        takes_back(&words::words(text))
    }

    #[test]
    fn a_question_claims_nothing() {
        assert!(question("Is it so that an index is sorted?"));
        assert!(question("And how do you treat the old engine?"));
        assert!(!question("The switch is open?"), "an unsure answer is one");
        assert!(!question("I asked what would happen if it failed."));
    }

    #[test]
    fn who_takes_an_answer_back_says_so_of_now() {
        assert!(back("None of what I just said is true."));
        assert!(back("Everything I said is false."));
        assert!(back("All of the above is wrong."));
        assert!(!back("In that meeting what I said was wrong, so I apologised."));
        assert!(!back("None of the tests is true to life."));
        assert!(!back("What I said is that the wrong index was used."), "a part is no whole");
    }

    #[test]
    fn terms_keep_some_of_their_order() {
        let stems = |text: &str| words::content_stems(&words::words(text));
        let points = [
            "An index lets the database find matching rows without reading the whole table",
            "Each write has to update every index, so that inserts become slower",
        ];
        let text = points.join(". ");
        let points = points.map(stems);
        assert!(!is_thrown_together(&points, &stems(&text)));
        let backwards: Vec<&str> = text.split(' ').rev().collect();
        assert!(is_thrown_together(&points, &stems(&backwards.join(" "))));
        assert!(!is_thrown_together(
            &points,
            &stems("An index finds rows without a scan; writes get slower.")
        ));
    }
}
