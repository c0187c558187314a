//! The plain method beside which the evaluator is measured: the cosine of TF-IDF vectors.

use std::collections::{BTreeMap, BTreeSet};

use super::agreement::number;

/// Rarities of words in a set of texts.
pub(crate) struct TfIdf {
    rarity: BTreeMap<String, f64>,
}

impl TfIdf {
    /// Counts in how many of the texts each word stands; words of one letter are left out.
    pub(crate) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut holding: BTreeMap<String, usize> = BTreeMap::new();
        let mut count = 0;
        for text in texts {
            count += 1;
            for word in words(text).into_iter().collect::<BTreeSet<String>>() {
                *holding.entry(word).or_default() += 1;
            }
        }
        let rarity = |holds: usize| ((1.0 + number(count)) / (1.0 + number(holds))).ln() + 1.0;
        Self { rarity: holding.into_iter().map(|(word, holds)| (word, rarity(holds))).collect() }
    }

    /// 0 to 1.
    pub(crate) fn cosine(&self, one: &str, other: &str) -> f64 {
        let (one, other) = (self.vector(one), self.vector(other));
        one.iter().filter_map(|(word, weight)| Some(weight * other.get(word)?)).sum()
    }

    fn vector(&self, text: &str) -> BTreeMap<String, f64> {
        let mut vector: BTreeMap<String, f64> = BTreeMap::new();
        for word in words(text) {
            *vector.entry(word).or_default() += 1.0;
        }
        for (word, weight) in &mut vector {
            *weight *= self.rarity.get(word).copied().unwrap_or(1.0);
        }
        let length = vector.values().map(|weight| weight * weight).sum::<f64>().sqrt();
        for weight in vector.values_mut() {
            *weight /= length.max(f64::MIN_POSITIVE);
        }
        vector
    }
}

fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let words = text.split(|sign: char| !(sign.is_alphanumeric() || sign == '_'));
    words.filter(|word| word.chars().count() > 1).map(str::to_owned).collect()
}
