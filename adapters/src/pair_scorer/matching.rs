//! Which tokens of a reference an answer says, and what a small head makes of it.

use super::states::States;
use crate::minilm::WIDTH;

/// Places of the layers in [`States`].
const LAYER_5: usize = 1;
const LAYER_6: usize = 2;
/// Tokens of the reference that the head looks at, and of the question.
pub(super) const REFERENCE_TOKENS: usize = 190;
const QUESTION_TOKENS: usize = 64;

/// The weights of the head.
pub(super) struct Head {
    pub(super) score: Vec<f32>,
    pub(super) matched: Vec<f32>,
    pub(super) bias: f32,
    pub(super) cuts: [f32; 2],
}

/// Rows at unit length.
fn unit(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    rows.iter()
        .map(|row| {
            let length = row.iter().map(|value| value * value).sum::<f32>().sqrt().max(1e-12);
            row.iter().map(|value| value / length).collect()
        })
        .collect()
}

/// Eight sums beside each other, in an order that does not change: a processor adds them at once.
fn dot(one: &[f32], other: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 8];
    let (ones, others) = (one.chunks_exact(8), other.chunks_exact(8));
    let rest: f32 = ones.remainder().iter().zip(others.remainder()).map(|(one, other)| one * other).sum();
    for (one, other) in ones.zip(others) {
        for ((sum, one), other) in sums.iter_mut().zip(one).zip(other) {
            *sum += one * other;
        }
    }
    sums.iter().sum::<f32>() + rest
}

/// For each row the nearest row of the others, with their cosine; 0 where there are none.
struct Nearest {
    cosine: Vec<f32>,
    at: Vec<usize>,
    /// For each of the others the nearest row.
    back: Vec<f32>,
}

impl Nearest {
    fn of(rows: &[Vec<f32>], others: &[Vec<f32>]) -> Self {
        let (rows, others) = (unit(rows), unit(others));
        let mut back = vec![f32::MIN; others.len()];
        let mut found = Self { cosine: Vec::new(), at: Vec::new(), back: Vec::new() };
        for row in &rows {
            let mut best = (if others.is_empty() { 0.0 } else { f32::MIN }, 0);
            for (place, other) in others.iter().enumerate() {
                let cosine = dot(row, other);
                if cosine > best.0 {
                    best = (cosine, place);
                }
                back[place] = back[place].max(cosine);
            }
            found.cosine.push(best.0.max(0.0));
            found.at.push(best.1);
        }
        found.back = back.into_iter().map(|cosine| cosine.max(0.0)).collect();
        found
    }
}

fn weighted(values: &[f32], weights: &[f32]) -> f32 {
    let sum: f32 = values.iter().zip(weights).map(|(value, weight)| value * weight).sum();
    sum / weights.iter().sum::<f32>().max(1e-6)
}

/// How much each token of the reference counts: what is rare, and not in the question.
fn weights(rarity: &[f32], reference: &[Vec<f32>], question: &[Vec<f32>]) -> Vec<f32> {
    let held = Nearest::of(reference, question).cosine;
    rarity.iter().zip(held).map(|(rarity, held)| rarity * (1.0 - held).clamp(0.0, 1.0)).collect()
}

/// The question, the reference and the answer as one network sees them.
pub(super) struct Triple<'a> {
    pub(super) question: &'a States,
    pub(super) reference: &'a States,
    pub(super) answer: &'a States,
}

/// What is found of the reference, by layer, without training; and by token after layer 5.
pub(super) fn soft(triple: &Triple<'_>, rarity: &[f32]) -> ([f32; 3], Vec<f32>, Vec<f32>) {
    let mut found = [0.0; 3];
    let (mut by_token, mut counted) = (Vec::new(), Vec::new());
    for (layer, found) in found.iter_mut().enumerate() {
        let reference = &triple.reference.layers[layer];
        let weights = weights(rarity, reference, &triple.question.layers[layer]);
        let nearest = Nearest::of(reference, &triple.answer.layers[layer]).cosine;
        *found = weighted(&nearest, &weights);
        if layer == LAYER_5 {
            (by_token, counted) = (nearest, weights);
        }
    }
    (found, by_token, counted)
}

/// What the trained head says: about -3 (nothing) to 5 (all of it).
pub(super) fn late(
    head: &Head,
    base: &Triple<'_>,
    reference: &States,
    answer: &States,
    (rarity, answer_rarity): (&[f32], &[f32]),
) -> f32 {
    let rarity = &rarity[..rarity.len().min(REFERENCE_TOKENS)];
    let seen = &base.reference.layers[LAYER_6][..rarity.len()];
    let question = &base.question.layers[LAYER_6];
    let mut counted = weights(rarity, seen, &question[..question.len().min(QUESTION_TOKENS)]);
    if counted.iter().sum::<f32>() <= 1e-3 {
        counted = vec![1.0; rarity.len()];
    }
    let is_content = |rarity: &[f32]| -> Vec<f32> {
        rarity.iter().map(|value| if value.abs() > 0.0 { 1.0 } else { 0.0 }).collect()
    };
    let (content, said) = (is_content(rarity), is_content(answer_rarity));
    let mut features = Vec::new();
    let mut nearest_at = Vec::new();
    for (place, layer) in [LAYER_5, LAYER_6].into_iter().enumerate() {
        let nearest = Nearest::of(&reference.layers[layer], &answer.layers[layer]);
        let cut = head.cuts[place];
        let hits: Vec<f32> =
            nearest.cosine.iter().map(|cosine| 1.0 / (1.0 + (-12.0 * (cosine - cut)).exp())).collect();
        features.extend([
            (weighted(&nearest.cosine, &counted) - 0.55) * 6.0,
            (weighted(&nearest.cosine, &content) - 0.6) * 6.0,
            (weighted(&nearest.back, &said) - 0.55) * 6.0,
            (weighted(&hits, &counted) - 0.4) * 3.0,
        ]);
        nearest_at = nearest.at;
    }
    let deep = deep(&counted, reference, answer, &nearest_at);
    dot(&head.score, &deep) + dot(&head.matched, &features) + head.bias
}

/// How the tokens differ from those that match them, and the texts from each other.
fn deep(counted: &[f32], reference: &States, answer: &States, nearest_at: &[usize]) -> Vec<f32> {
    let total: f32 = counted.iter().sum();
    let (mut apart, mut alike) = (vec![0.0; WIDTH], vec![0.0; WIDTH]);
    for ((row, at), weight) in reference.layers[LAYER_6].iter().zip(nearest_at).zip(counted) {
        // Without an answer the sign that begins every text stands for it.
        let Some(matched) = answer.layers[LAYER_6].get(*at).or_else(|| answer.whole.first()) else {
            continue;
        };
        for (place, (one, other)) in row.iter().zip(matched).enumerate() {
            apart[place] += weight / total * (one - other).abs();
            alike[place] += weight / total * one * other;
        }
    }
    let (one, other) = (mean(&reference.whole), mean(&answer.whole));
    let differ = one.iter().zip(&other).map(|(one, other)| (one - other).abs());
    let agree = one.iter().zip(&other).map(|(one, other)| one * other);
    apart.into_iter().chain(alike).chain(differ).chain(agree).collect()
}

fn mean(rows: &[Vec<f32>]) -> Vec<f32> {
    let mut sum = vec![0.0; WIDTH];
    for row in rows {
        for (total, value) in sum.iter_mut().zip(row) {
            *total += value;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a text has some hundred tokens")]
    let count = rows.len().max(1) as f32;
    sum.into_iter().map(|value| value / count).collect()
}
