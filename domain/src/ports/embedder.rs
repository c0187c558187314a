//! Turns sentences into vectors whose angles follow their meaning.

use async_trait::async_trait;

/// A unit-length vector.
#[derive(Debug, Clone, PartialEq)]
pub struct Embedding(pub Vec<f32>);

impl Embedding {
    /// Closeness of meaning, -1 to 1; 0 where the lengths differ.
    pub fn cosine(&self, other: &Self) -> f64 {
        if self.0.len() != other.0.len() {
            return 0.0;
        }
        self.0.iter().zip(&other.0).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
    }
}

/// Why sentences were not embedded.
#[derive(Debug, thiserror::Error)]
pub enum EmbedderError {
    /// Worth trying again.
    #[error("the embedding model is not available")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Turns sentences into vectors.
#[async_trait]
pub trait Embedder: Send + Sync {
    /// One embedding per text, in order. Texts past the model's window are cut.
    ///
    /// # Errors
    /// The model cannot be loaded or run.
    async fn embed(&self, texts: &[String]) -> Result<Vec<Embedding>, EmbedderError>;

    /// Name and version of the model, as events keep it: `all-MiniLM-L6-v2/53aa5117`.
    fn identity(&self) -> &str;
}
