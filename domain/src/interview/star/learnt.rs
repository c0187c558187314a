//! Which part a sentence tells, weighed: what the rules say, who acts, its words and its place, then the order of the parts.
//!
//! The rules alone know the phrases that somebody thought of. The weights here were fitted on a hundred answers marked by
//! hand (`training/star`): a logistic model of five outcomes for each sentence, and the best way through all sentences by
//! how often one part follows another.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{StarPart, Told, cues, sets_scene};
use crate::interview::words::{self, Word, number};

const FILE: &str = include_str!("weights.json");
/// No part, then the four.
const OUTCOMES: [Option<StarPart>; 5] =
    [None, Some(StarPart::Situation), Some(StarPart::Task), Some(StarPart::Action), Some(StarPart::Result)];
const COUNT: usize = OUTCOMES.len();
/// A sentence with fewer words is short,
const SHORT: usize = 5;
/// and one of so many counts as long as any.
const LONG: usize = 40;

/// What two phrases that say where and when count against every other outcome.
const SURE: f64 = 4.0;

type Strengths = [f64; COUNT];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Weights {
    /// What was fitted, when and on what.
    #[serde(rename = "about")]
    _about: String,
    /// How strongly each outcome begins an answer.
    first: Strengths,
    /// How strongly each outcome (outer) is followed by each (inner).
    next: [Strengths; COUNT],
    /// For each feature, how strongly it speaks for each outcome.
    features: BTreeMap<String, Strengths>,
}

fn weights() -> Option<&'static Weights> {
    static WEIGHTS: LazyLock<Option<Weights>> = LazyLock::new(|| serde_json::from_str(FILE).ok());
    WEIGHTS.as_ref()
}

/// What speaks for or against a part, sentence by sentence: names and values. `told` holds what the rules say.
pub fn features(told: &[Told]) -> Vec<Vec<(String, f64)>> {
    (0..told.len()).map(|at| of_sentence(told, at)).collect()
}

fn of_sentence(told: &[Told], at: usize) -> Vec<(String, f64)> {
    let one = &told[at];
    let words = words::words(&one.sentence.text);
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let last = told.len().saturating_sub(1);
    let place = number(at) / number(last.max(1));
    let yes = |is_so: bool| if is_so { 1.0 } else { 0.0 };
    let regular = texts.iter().filter(|text| text.len() > 4 && text.ends_with("ed")).count();
    let is_state = |text: &&&str| ["was", "were", "had", "wasn't", "weren't"].contains(*text);
    let acts = one.deeds.own + one.deeds.shared > 0;
    let count = |cues: &[&str]| cues::count(&words, cues);
    let mut found = vec![
        ("always".to_owned(), 1.0),
        ("is_first".to_owned(), yes(at == 0)),
        ("is_last".to_owned(), yes(at == last)),
        ("place".to_owned(), place),
        ("from_middle".to_owned(), 4.0 * (place - 0.5) * (place - 0.5)),
        ("is_early".to_owned(), yes(place < 0.35)),
        ("is_late".to_owned(), yes(place > 0.7)),
        ("own_deeds".to_owned(), number(one.deeds.own.min(2))),
        ("shared_deeds".to_owned(), number(one.deeds.shared.min(2))),
        ("is_hypothetical".to_owned(), yes(one.deeds.hypothetical > 0)),
        ("is_past_state".to_owned(), yes(one.deeds.past_state)),
        ("changes".to_owned(), yes(one.change)),
        ("situation_cues".to_owned(), count(cues::SITUATION)),
        ("task_cues".to_owned(), count(cues::TASK)),
        ("sequence_cues".to_owned(), count(cues::SEQUENCE)),
        ("result_cues".to_owned(), count(cues::RESULT)),
        ("tells_nothing".to_owned(), yes(words::holds_any(&words, cues::TELLS_NOTHING))),
        ("asks".to_owned(), yes(one.sentence.text.trim_end().ends_with('?'))),
        ("is_short".to_owned(), yes(words.len() < SHORT)),
        ("length".to_owned(), number(words.len().min(LONG)) / 20.0),
        ("has_digits".to_owned(), yes(words.iter().any(Word::is_digits))),
        ("regular_pasts".to_owned(), number(regular.min(3))),
        ("nothing_past".to_owned(), yes(regular == 0 && !texts.iter().any(|text| is_state(&text)) && !acts)),
        (format!("rule_{}", named(one.part)), 1.0),
    ];
    if let Some(before) = at.checked_sub(1).and_then(|before| told.get(before)) {
        found.push((format!("rule_before_{}", named(before.part)), 1.0));
    }
    if let Some(after) = told.get(at + 1) {
        found.push((format!("rule_after_{}", named(after.part)), 1.0));
    }
    if let Some(first) = texts.first() {
        found.push((format!("begins_{first}"), 1.0));
    }
    let mut different = texts;
    different.sort_unstable();
    different.dedup();
    found.extend(different.into_iter().map(|text| (format!("word_{text}"), 1.0)));
    found.retain(|(_, value)| *value != 0.0);
    found
}

fn named(part: Option<StarPart>) -> &'static str {
    match part {
        None => "none",
        Some(StarPart::Situation) => "situation",
        Some(StarPart::Task) => "task",
        Some(StarPart::Action) => "action",
        Some(StarPart::Result) => "result",
    }
}

/// Settles the parts of an answer of which the rules found something.
pub(super) fn settle(told: &mut [Told]) {
    let Some(weights) = weights() else { return };
    if told.iter().all(|one| one.part.is_none()) {
        return;
    }
    let mut strengths: Vec<Strengths> = features(told).iter().map(|found| weights.strengths(found)).collect();
    for (one, strengths) in told.iter().zip(&mut strengths).filter(|(one, _)| is_scene(one)) {
        for (outcome, strength) in OUTCOMES.iter().zip(strengths) {
            *strength -= if *outcome == one.part { 0.0 } else { SURE };
        }
    }
    for (one, outcome) in told.iter_mut().zip(weights.best_way(&strengths)) {
        one.part = OUTCOMES[outcome];
    }
}

/// "At my last job there was a caller" is the setting also where it is told last.
fn is_scene(one: &Told) -> bool {
    one.part == Some(StarPart::Situation) && sets_scene(one)
}

impl Weights {
    /// Logarithms of how likely each outcome is for one sentence alone.
    fn strengths(&self, found: &[(String, f64)]) -> Strengths {
        let mut sums = [0.0; COUNT];
        for (name, value) in found {
            for (sum, weight) in sums.iter_mut().zip(self.features.get(name).unwrap_or(&[0.0; COUNT])) {
                *sum += weight * value;
            }
        }
        let all = sums.iter().map(|sum| sum.exp()).sum::<f64>().ln();
        sums.map(|sum| sum - all)
    }

    /// The outcomes that together are the likeliest.
    fn best_way(&self, strengths: &[Strengths]) -> Vec<usize> {
        let Some(first) = strengths.first() else { return Vec::new() };
        let mut reached: Strengths = std::array::from_fn(|one| first[one] + self.first[one]);
        let mut came_from: Vec<[usize; COUNT]> = Vec::new();
        for here in &strengths[1..] {
            let best: [usize; COUNT] = std::array::from_fn(|one| {
                highest(std::array::from_fn(|before| reached[before] + self.next[before][one]))
            });
            reached = std::array::from_fn(|one| reached[best[one]] + self.next[best[one]][one] + here[one]);
            came_from.push(best);
        }
        let mut way = vec![highest(reached)];
        for best in came_from.iter().rev() {
            way.push(best[way[way.len() - 1]]);
        }
        way.reverse();
        way
    }
}

/// The place of the highest; of equals the first.
fn highest(strengths: Strengths) -> usize {
    let start = (0, f64::MIN);
    strengths
        .iter()
        .enumerate()
        .fold(start, |best, (at, one)| if *one > best.1 { (at, *one) } else { best })
        .0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_can_be_read() {
        let weights = weights().unwrap();
        assert!(weights.features.len() > 100);
        for name in ["always", "own_deeds", "rule_action", "rule_before_result", "word_i"] {
            assert!(weights.features.contains_key(name), "{name}");
        }
    }

    #[test]
    fn the_way_is_the_likeliest_of_all_and_not_of_each() {
        let mut next = [[0.0; COUNT]; COUNT];
        next[3][1] = -5.0;
        let weights = Weights { _about: String::new(), first: [0.0; COUNT], next, features: BTreeMap::new() };
        let sure = |outcome: usize, by: f64| std::array::from_fn(|one| if one == outcome { by } else { 0.0 });
        assert_eq!(weights.best_way(&[sure(3, 6.0), sure(1, 9.0)]), [3, 1]);
        assert_eq!(weights.best_way(&[sure(3, 4.0), sure(1, 2.0), sure(3, 4.0)])[1], 0);
        assert!(weights.best_way(&[]).is_empty());
    }
}
