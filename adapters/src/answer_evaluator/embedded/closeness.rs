//! Closeness of meaning between parts of an answer and what was asked.

use interaura_domain::ports::embedder::Embedding;

use super::rounded;

/// Closeness of meaning, rounded; -1 to 1.
pub(super) fn closeness(one: &Embedding, other: &Embedding) -> f64 {
    rounded(one.cosine(other))
}

/// The direction of several embeddings together, each counting as much as its weight.
pub(super) fn together<'a>(parts: impl IntoIterator<Item = (&'a Embedding, f64)>) -> Embedding {
    let mut sum: Vec<f64> = Vec::new();
    for (embedding, weight) in parts {
        sum.resize(embedding.0.len().max(sum.len()), 0.0);
        for (total, value) in sum.iter_mut().zip(&embedding.0) {
            *total += f64::from(*value) * weight;
        }
    }
    unit(&sum)
}

/// What an embedding says beyond another: its part at a right angle to it.
pub(super) fn beyond(embedding: &Embedding, other: &Embedding) -> Embedding {
    let along = embedding.cosine(other);
    let rest: Vec<f64> =
        embedding.0.iter().zip(&other.0).map(|(a, b)| f64::from(*a) - along * f64::from(*b)).collect();
    unit(&rest)
}

#[expect(clippy::cast_possible_truncation, reason = "the values lie between -1 and 1")]
fn unit(values: &[f64]) -> Embedding {
    let length = values.iter().map(|value| value * value).sum::<f64>().sqrt();
    if length < 1e-4 {
        return Embedding(vec![0.0; values.len()]);
    }
    Embedding(values.iter().map(|value| (value / length) as f32).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_beyond_itself() {
        let one = Embedding(vec![0.6, 0.8]);
        assert!(beyond(&one, &one).0.iter().all(|value| value.abs() < 1e-3));
    }

    #[test]
    fn two_directions_together_lie_between_them() {
        let both = together([(&Embedding(vec![1.0, 0.0]), 1.0), (&Embedding(vec![0.0, 1.0]), 1.0)]);
        assert!((both.0[0] - both.0[1]).abs() < 1e-6);
    }
}
