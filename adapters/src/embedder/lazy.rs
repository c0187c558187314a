//! Loads the model when it is first needed.

use std::path::PathBuf;

use async_trait::async_trait;
use interaura_domain::ports::embedder::{Embedder, EmbedderError, Embedding};
use tokio::sync::OnceCell;
use tokio::task;

use super::minilm::{IDENTITY, MiniLm};

/// [`MiniLm`], loaded on first use, so that a process that never embeds never pays its 90 MB.
#[derive(Debug)]
pub struct LazyMiniLm {
    dir: PathBuf,
    model: OnceCell<MiniLm>,
}

impl LazyMiniLm {
    /// Will load from `dir`, the folder that [`MiniLm::load`] takes.
    pub fn new(dir: PathBuf) -> Self {
        Self { dir, model: OnceCell::new() }
    }

    /// The model; a load that failed is tried again by the next call.
    async fn model(&self) -> Result<&MiniLm, EmbedderError> {
        self.model
            .get_or_try_init(|| async {
                let dir = self.dir.clone();
                let loaded = task::spawn_blocking(move || MiniLm::load(&dir)).await;
                loaded
                    .map_err(|err| EmbedderError::Unavailable(err.into()))?
                    .map_err(|err| EmbedderError::Unavailable(err.into()))
            })
            .await
    }
}

#[async_trait]
impl Embedder for LazyMiniLm {
    async fn embed(&self, texts: &[String]) -> Result<Vec<Embedding>, EmbedderError> {
        self.model().await?.embed(texts).await
    }

    fn identity(&self) -> &'static str {
        IDENTITY
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embedder::test_model::model_dir;

    #[tokio::test]
    async fn the_model_is_loaded_by_the_first_text() {
        let lazy = LazyMiniLm::new(model_dir());
        assert!(!lazy.model.initialized());
        assert_eq!(lazy.embed(&["Wound care".to_owned()]).await.unwrap()[0].0.len(), 384);
        assert!(lazy.model.initialized());
    }

    #[tokio::test]
    async fn a_missing_model_is_named() {
        let lazy = LazyMiniLm::new(PathBuf::from("/nonexistent"));
        let EmbedderError::Unavailable(source) = lazy.embed(&["x".to_owned()]).await.unwrap_err();
        assert!(source.to_string().contains("/nonexistent"), "{source}");
    }
}
