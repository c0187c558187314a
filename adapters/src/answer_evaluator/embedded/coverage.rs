//! Which points of the question an answer covers, and by which of its sentences.
//!
//! A point is covered by one sentence, by two neighbours, or by the answer as a whole. How far is
//! told by a handful of features, whose weights were fitted to graded answers (see [`WEIGHTS`]).

use std::collections::BTreeSet;

use interaura_domain::interview::evaluation::PointCoverage;
use interaura_domain::interview::words::{self, Word, number, share_found};
use interaura_domain::ports::embedder::Embedding;
use interaura_domain::text::Span;

use super::closeness::{beyond, closeness, together};
use super::reading::{ReadPoint, Reading, Unit};
use super::{evidence, rounded};

/// A point counts as covered from this credit on.
const COVERED: f64 = 0.5;
/// A passage this near to a point, which denies it, says the opposite and not something else.
const AT_ODDS: f64 = 0.55;
/// What is left of the credit for saying the opposite: the subject was met.
const CREDIT_AT_ODDS: f64 = 0.2;

/// What the credit for a point is computed from, in the order of [`WEIGHTS`].
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct PointFeatures {
    /// Closeness of the nearest passage.
    pub(super) similarity: f64,
    /// The same, beyond what the question itself says.
    pub(super) similarity_beyond_question: f64,
    /// Closeness of the whole answer.
    pub(super) whole_similarity: f64,
    /// Share of the point's terms that the answer names.
    pub(super) terms: f64,
    /// Share of those terms that are not in the question.
    pub(super) new_terms: f64,
    /// Share of the point's numbers that the answer gives, less a half; 0 where it has none.
    pub(super) numbers: f64,
    /// 1 where the nearest passage denies what the point says, or says the opposite.
    pub(super) denied: f64,
    /// Length of the answer's own words against the point's, up to 1.
    pub(super) fullness: f64,
}

impl PointFeatures {
    /// The numbers in the order of the weights.
    pub(super) fn values(self) -> [f64; 8] {
        [
            self.similarity,
            self.similarity_beyond_question,
            self.whole_similarity,
            self.terms,
            self.new_terms,
            self.numbers,
            self.denied,
            self.fullness,
        ]
    }
}

/// What the numbers are called where a verdict keeps them.
pub(super) const FEATURE_NAMES: [&str; 8] = [
    "similarity",
    "similarity_beyond_question",
    "whole_similarity",
    "terms_named",
    "new_terms_named",
    "numbers_given",
    "denied",
    "fullness",
];

/// Weights of the features, then the constant; the credit is the logistic function of the sum. They
/// are rounded from a fit on beetle, scientsbank, saf-english and nn-exam.
const WEIGHTS: [f64; 9] = [4.4, 2.6, 0.0, 0.6, 1.2, 0.7, -1.2, 1.4, -4.8];

/// A point, with the verdict on it.
pub(super) struct CoveredPoint {
    pub(super) verdict: PointCoverage,
    /// How far it is covered, 0 to 1.
    pub(super) credit: f64,
    /// Whether the nearest passage says the opposite.
    pub(super) at_odds: bool,
    pub(super) features: PointFeatures,
    /// The sentences that cover it best, by their place among the units.
    pub(super) by: Vec<usize>,
}

/// How far each point is covered.
pub(super) fn of(reading: &Reading) -> Vec<CoveredPoint> {
    let own: Vec<usize> = (0..reading.units.len()).filter(|at| reading.units[*at].aside.is_none()).collect();
    reading.points.iter().enumerate().map(|(index, point)| cover(reading, &own, index, point)).collect()
}

fn cover(reading: &Reading, own: &[usize], index: usize, point: &ReadPoint) -> CoveredPoint {
    let nearest = passages(reading, own)
        .into_iter()
        .map(|passage| (closeness(&passage.embedding, &point.embedding), passage))
        .fold(None, |best: Option<(f64, Passage)>, (near, passage)| match best {
            Some(best) if best.0 >= near => Some(best),
            Some(_) | None => Some((near, passage)),
        });
    let index = u8::try_from(index).unwrap_or(u8::MAX);
    let Some((similarity, passage)) = nearest else {
        let verdict = PointCoverage { index, covered: false, similarity: 0.0, evidence: None };
        return CoveredPoint {
            verdict,
            credit: 0.0,
            at_odds: false,
            features: PointFeatures::default(),
            by: Vec::new(),
        };
    };
    let features = measure(reading, own, point, similarity, &passage);
    let at_odds = features.denied > 0.5 && similarity >= AT_ODDS;
    let credit = rounded(credit(features) * if at_odds { CREDIT_AT_ODDS } else { 1.0 });
    let covered = credit >= COVERED;
    let (first, last) = (passage.units[0], passage.units[passage.units.len() - 1]);
    let span =
        Span { start: reading.units[first].sentence.span.start, end: reading.units[last].sentence.span.end };
    CoveredPoint {
        verdict: PointCoverage {
            index,
            covered,
            similarity: rounded(similarity.clamp(0.0, 1.0)),
            evidence: covered.then(|| evidence(&reading.answer, span)),
        },
        credit,
        at_odds,
        features,
        by: passage.units,
    }
}

fn credit(features: PointFeatures) -> f64 {
    let constant = WEIGHTS[WEIGHTS.len() - 1];
    let sum: f64 = features.values().iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    rounded(1.0 / (1.0 + (-(sum + constant)).exp()))
}

struct Passage {
    units: Vec<usize>,
    embedding: Embedding,
}

/// Each sentence alone, and each with the one after it.
fn passages(reading: &Reading, own: &[usize]) -> Vec<Passage> {
    let alone =
        own.iter().map(|at| Passage { units: vec![*at], embedding: reading.units[*at].embedding.clone() });
    let pairs = own.windows(2).filter(|pair| pair[0] + 1 == pair[1]).map(|pair| Passage {
        units: pair.to_vec(),
        embedding: together(pair.iter().map(|at| weighted(&reading.units[*at]))),
    });
    alone.chain(pairs).collect()
}

fn weighted(unit: &Unit) -> (&Embedding, f64) {
    (&unit.embedding, number(unit.words.len()).sqrt())
}

fn measure(
    reading: &Reading,
    own: &[usize],
    point: &ReadPoint,
    similarity: f64,
    passage: &Passage,
) -> PointFeatures {
    let whole = together(own.iter().map(|at| weighted(&reading.units[*at])));
    let said: Vec<String> = own.iter().flat_map(|at| reading.units[*at].stems.iter().cloned()).collect();
    let new_terms: Vec<String> =
        point.stems.iter().filter(|stem| !reading.question_stems.contains(stem)).cloned().collect();
    let terms = share_found(&point.stems, &said);
    let passage_words: Vec<Word> =
        passage.units.iter().flat_map(|at| reading.units[*at].words.iter().cloned()).collect();
    let all_words = || own.iter().flat_map(|at| reading.units[*at].words.iter());
    PointFeatures {
        similarity,
        similarity_beyond_question: closeness(
            &beyond(&passage.embedding, &reading.question),
            &beyond(&point.embedding, &reading.question),
        ),
        whole_similarity: closeness(&whole, &point.embedding),
        terms: rounded(terms),
        new_terms: rounded(if new_terms.is_empty() { terms } else { share_found(&new_terms, &said) }),
        numbers: rounded(numbers_found(&point.words, all_words())),
        denied: if denies(&passage_words, &point.words) { 1.0 } else { 0.0 },
        fullness: rounded((number(all_words().count()) / number(point.words.len().max(1))).min(1.0)),
    }
}

fn numbers_found<'a>(wanted: &[Word], said: impl Iterator<Item = &'a Word>) -> f64 {
    let wanted: Vec<String> =
        wanted.iter().filter(|word| word.is_digits()).map(|word| word.text.clone()).collect();
    let said: Vec<String> = said.filter(|word| word.is_digits()).map(|word| word.text.clone()).collect();
    if wanted.is_empty() { 0.0 } else { share_found(&wanted, &said) - 0.5 }
}

/// Whether a passage denies a point: it negates a term that the point affirms or the other way
/// round, or it has the opposite of one of the point's words and not that word.
fn denies(passage: &[Word], point: &[Word]) -> bool {
    let (not_said, not_wanted) = (negated(passage), negated(point));
    let (stems_said, stems_wanted) = (words::content_stems(passage), words::content_stems(point));
    let denied = not_said.iter().any(|stem| stems_wanted.contains(stem) && !not_wanted.contains(stem))
        || not_wanted.iter().any(|stem| stems_said.contains(stem) && !not_said.contains(stem));
    let (said, wanted) = (texts(passage), texts(point));
    let opposite = OPPOSITES.iter().flat_map(|(a, b)| [(*a, *b), (*b, *a)]).any(|(one, other)| {
        wanted.contains(one) && !wanted.contains(other) && said.contains(other) && !said.contains(one)
    });
    denied || opposite
}

/// The stems of the terms that a negation stands right before.
fn negated(words: &[Word]) -> BTreeSet<String> {
    let is_negation = |word: &Word| NEGATIONS.contains(&word.text.as_str());
    (0..words.len())
        .filter(|at| is_negation(&words[*at]))
        .filter_map(|at| {
            let after = &words[at + 1..(at + 3).min(words.len())];
            words::content_stems(after).into_iter().next()
        })
        .collect()
}

fn texts(words: &[Word]) -> BTreeSet<&str> {
    words.iter().map(|word| word.text.as_str()).collect()
}

const NEGATIONS: &[&str] = &[
    "not",
    "no",
    "never",
    "none",
    "nothing",
    "without",
    "cannot",
    "can't",
    "don't",
    "doesn't",
    "didn't",
    "isn't",
    "aren't",
    "wasn't",
    "weren't",
    "won't",
    "wouldn't",
    "shouldn't",
    "couldn't",
    "neither",
    "nor",
    "hardly",
];

const OPPOSITES: &[(&str, &str)] = &[
    ("more", "less"),
    ("higher", "lower"),
    ("high", "low"),
    ("increase", "decrease"),
    ("increases", "decreases"),
    ("increased", "decreased"),
    ("before", "after"),
    ("always", "never"),
    ("faster", "slower"),
    ("fast", "slow"),
    ("open", "closed"),
    ("safe", "unsafe"),
    ("valid", "invalid"),
    ("optimistic", "pessimistic"),
    ("synchronous", "asynchronous"),
    ("first", "last"),
    ("same", "different"),
    ("rise", "fall"),
    ("rises", "falls"),
    ("larger", "smaller"),
    ("long", "short"),
    ("longer", "shorter"),
    ("public", "private"),
    ("static", "dynamic"),
    ("mutable", "immutable"),
    ("strong", "weak"),
    ("positive", "negative"),
    ("connected", "disconnected"),
    ("internal", "external"),
    ("reads", "writes"),
    ("allow", "forbid"),
    ("true", "false"),
    ("encrypt", "decrypt"),
    ("separated", "connected"),
    ("enough", "insufficient"),
    ("likely", "unlikely"),
    ("minimum", "maximum"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn denies_text(passage: &str, point: &str) -> bool {
        denies(&words::words(passage), &words::words(point))
    }

    #[test]
    fn a_negation_on_one_side_only_is_a_denial() {
        assert!(denies_text("Safe methods never change it", "Safe methods change it"));
        assert!(!denies_text("Safe methods never change it", "Safe methods must not change it"));
    }

    #[test]
    fn the_opposite_word_is_a_denial() {
        assert!(denies_text("It makes reads slower", "It makes reads faster"));
        assert!(!denies_text("Reads get faster and writes slower", "Reads become faster"));
    }
}
