//! A stand-in for a model: bag of stems, hashed into a vector.

use async_trait::async_trait;
use interaura_domain::ports::embedder::{Embedder, EmbedderError, Embedding};
use interaura_domain::words::stems;
use sha2::{Digest, Sha256};

const DIMENSIONS: usize = 256;

/// Embeds a text as the counts of its word stems, each hashed to one of 256 places.
///
/// It knows words, not meaning: texts without a common stem are unrelated to it, save for chance
/// collisions. It needs no file and takes microseconds, for tests that want an [`Embedder`] but no model.
#[derive(Debug, Clone, Copy, Default)]
pub struct HashedEmbedder;

#[async_trait]
impl Embedder for HashedEmbedder {
    async fn embed(&self, texts: &[String]) -> Result<Vec<Embedding>, EmbedderError> {
        Ok(texts.iter().map(|text| embed(text)).collect())
    }

    fn identity(&self) -> &'static str {
        "hashed-stems/1"
    }
}

fn embed(text: &str) -> Embedding {
    let mut counts = vec![0.0_f32; DIMENSIONS];
    for stem in stems(text) {
        let place = usize::from(Sha256::digest(stem.as_bytes())[0]);
        counts[place] += 1.0;
    }
    let length = counts.iter().map(|count| count * count).sum::<f32>().sqrt();
    if length > 0.0 {
        for count in &mut counts {
            *count /= length;
        }
    }
    Embedding(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_stems_in_another_order_are_the_same() {
        assert!(embed("managing budgets").cosine(&embed("Budget, managed")) > 0.99);
    }

    #[test]
    fn other_words_are_unrelated() {
        assert!(embed("managing budgets").cosine(&embed("wound care")) < 0.1);
    }
}
