//! Which points of the question an answer covers, and by which of its sentences.
//!
//! A point is covered by one sentence, by two neighbours, or by the answer as a whole. How far is
//! told by a handful of features, whose weights were fitted to graded answers (see [`WEIGHTS`]).

use std::collections::BTreeMap;

use interaura_domain::interview::evaluation::PointCoverage;
use interaura_domain::interview::words::{Word, number, share_found};
use interaura_domain::ports::embedder::Embedding;
use interaura_domain::text::Span;

use super::clauses::Side;
use super::closeness::{beyond, closeness, together};
use super::polarity::{self, Polarity};
use super::quantities::{self, Known, Quantity};
use super::reading::{ReadPoint, Reading, Unit};
use super::{between, evidence, rounded};
use crate::pair_scorer::PairScore;

/// A point counts as covered from this credit on.
const COVERED: f64 = 0.5;
/// A sentence this near to a point, which denies it, says the opposite and not something else.
const AT_ODDS: f64 = 0.45;
/// A sentence is about a point if no other is nearer by more than this.
const AS_NEAR: f64 = 0.1;
/// A sentence this near to a point, which gives another number of the same things, gives a wrong one.
const OTHER_NUMBER: f64 = 0.35;
/// Of a point's terms so much finds its like in any text,
const FOUND_ANYWHERE: f64 = 0.3;
/// and from here on the whole point does.
const ALL_FOUND: f64 = 0.8;
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
    /// 1 where a sentence denies what the point says, says the opposite, or gives another number.
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

/// What in an answer stands against a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Against {
    /// The opposite.
    Denial,
    /// Another number.
    Number,
}

/// A point, with the verdict on it.
pub(super) struct CoveredPoint {
    pub(super) verdict: PointCoverage,
    /// How far it is covered, 0 to 1.
    pub(super) credit: f64,
    /// What stands against it.
    pub(super) against: Option<Against>,
    /// How much of it is found word by word, 0 to 1; `None` without a scorer.
    pub(super) found: Option<f64>,
    pub(super) features: PointFeatures,
    /// The sentences that cover it best, by their place among the units.
    pub(super) by: Vec<usize>,
}

impl CoveredPoint {
    /// Whether the answer says the opposite, or gives another number.
    pub(super) fn at_odds(&self) -> bool {
        self.against.is_some()
    }
}

/// How far each point is covered; `learnt` is what the scorer found, part by part.
pub(super) fn of(reading: &Reading, learnt: Option<&PairScore>) -> Vec<CoveredPoint> {
    let own: Vec<usize> = (0..reading.units.len()).filter(|at| reading.units[*at].aside.is_none()).collect();
    let signs = Signs::of(reading, &own);
    let found = |index: usize| learnt.and_then(|learnt| learnt.parts.get(index)).copied();
    let points = reading.points.iter().enumerate();
    points.map(|(index, point)| cover(reading, &own, &signs, index, point, found(index))).collect()
}

/// What a text denies and how much it counts, sentence by sentence and point by point.
struct Signs {
    units: Vec<(Polarity, Vec<Quantity>)>,
    points: Vec<(Polarity, Vec<Quantity>)>,
    /// Of the whole answer.
    answer: (Polarity, Vec<Quantity>),
    /// Numbers that the question gives.
    asked: Vec<Quantity>,
    /// Points that a clause of the answer turns round, each with the sentence.
    turned: BTreeMap<usize, usize>,
}

impl Signs {
    fn of(reading: &Reading, own: &[usize]) -> Self {
        let read = |text: &str, words: &[Word]| (Polarity::of(text), Quantity::all(words));
        let units: Vec<_> = reading.units.iter().map(|unit| read(&unit.sentence.text, &unit.words)).collect();
        let mut answer = (Polarity::default(), Vec::new());
        for at in own {
            answer.0.add(&units[*at].0);
        }
        answer.1.extend(units.iter().flat_map(|(_, amounts)| amounts.iter().cloned()));
        let texts = own.iter().map(|at| (*at, reading.units[*at].sentence.text.as_str()));
        let points = reading.points.iter().enumerate().map(|(index, read)| (index, read.point.text.as_str()));
        Self {
            turned: Side::turned(&Side::of(points), &Side::of(texts), &reading.question_stems),
            points: reading.points.iter().map(|point| read(&point.point.text, &point.words)).collect(),
            units,
            answer,
            asked: Quantity::all(&reading.question_words),
        }
    }

    /// What stands against a point, and in which sentence.
    fn against(&self, reading: &Reading, own: &[usize], index: usize) -> Option<(Against, usize)> {
        let point = reading.points.get(index)?;
        let (wanted, amounts) = self.points.get(index)?;
        if let Some(sentence) = self.turned.get(&index) {
            return Some((Against::Denial, *sentence));
        }
        let others = || self.points.iter().enumerate().filter(|(other, _)| *other != index);
        let of_points = others().flat_map(|(_, (_, amounts))| amounts).collect();
        let known = Known { of_points, asked: &self.asked };
        // A number may stand in a sentence that otherwise gives the question back.
        let spoken = (0..reading.units.len()).filter(|at| reading.units[*at].claims());
        spoken.into_iter().find_map(|at| {
            let unit = &reading.units[at];
            let near = closeness(&unit.embedding, &point.embedding);
            let nearest = reading.points.iter().map(|other| closeness(&unit.embedding, &other.embedding));
            let is_about_it = nearest.fold(near, f64::max) <= near + AS_NEAR;
            let (said, given) = &self.units[at];
            let nearer = |other: usize| {
                let other = reading.points.get(other);
                other.is_some_and(|other| closeness(&unit.embedding, &other.embedding) >= near)
            };
            let beside: Vec<&Polarity> =
                others().filter(|(other, _)| nearer(*other)).map(|(_, (signs, _))| signs).collect();
            let denies = said.contradicts(wanted, &self.answer.0, &beside);
            let opposite = polarity::has_opposite(&unit.words, &point.words);
            if near >= AT_ODDS && is_about_it && own.contains(&at) && (denies || opposite) {
                return Some((Against::Denial, at));
            }
            let differs = quantities::differ(given, amounts, &self.answer.1, &known);
            let replaces = quantities::replaces(given, amounts, &self.answer.1, &known);
            (near >= OTHER_NUMBER && is_about_it && differs || replaces).then_some((Against::Number, at))
        })
    }
}

fn cover(
    reading: &Reading,
    own: &[usize],
    signs: &Signs,
    index: usize,
    point: &ReadPoint,
    found: Option<f64>,
) -> CoveredPoint {
    let against = signs.against(reading, own, index);
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
            against: None,
            found,
            features: PointFeatures::default(),
            by: Vec::new(),
        };
    };
    let mut features = measure(reading, own, point, similarity, &passage);
    features.denied = if against.is_some() { 1.0 } else { 0.0 };
    let learnt = found.map(|found| between(found, FOUND_ANYWHERE, ALL_FOUND));
    let credit = learnt.map_or(credit(features), |learnt| 0.5 * credit(features) + 0.5 * learnt);
    let credit = rounded(credit * if against.is_some() { CREDIT_AT_ODDS } else { 1.0 });
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
        against: against.map(|(against, _)| against),
        found,
        features,
        by: against.map_or(passage.units, |(_, at)| vec![at]),
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
        denied: 0.0,
        fullness: rounded((number(all_words().count()) / number(point.words.len().max(1))).min(1.0)),
    }
}

fn numbers_found<'a>(wanted: &[Word], said: impl Iterator<Item = &'a Word>) -> f64 {
    let wanted: Vec<String> =
        wanted.iter().filter(|word| word.is_digits()).map(|word| word.text.clone()).collect();
    let said: Vec<String> = said.filter(|word| word.is_digits()).map(|word| word.text.clone()).collect();
    if wanted.is_empty() { 0.0 } else { share_found(&wanted, &said) - 0.5 }
}
