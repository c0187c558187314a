//! all-MiniLM-L6-v2, run by candle.
//!
//! Texts run together only with others of the same number of tokens, never padded: a score that rests
//! on an embedding must be the same to the bit whatever else was embedded with it, and a test holds
//! that it is. (Results may differ between processors with other vector instructions.)
//!
//! Texts run beside each other, each on one thread. Splitting the small products of a single text
//! between threads, as candle does by itself, costs nearly twice the processor time; it is told not
//! to by [`run_each_text_on_one_thread`].

mod texts;

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use async_trait::async_trait;
use futures::future::try_join_all;
use interaura_domain::ports::embedder::{Embedder, EmbedderError, Embedding};
use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};
use tokio::task;

use self::texts::{Batch, Encoder, tokens_in};
use super::cache::{EmbeddingCache, TextKey};

/// Name of the model and the first digits of the hash of its weights.
pub const IDENTITY: &str = "all-MiniLM-L6-v2/53aa5117";

/// About 6 MB.
const CACHED_EMBEDDINGS: usize = 4096;

/// Texts are shared out to at most this many threads.
const MOST_THREADS: usize = 8;

/// Tells candle, for this process, not to split the work on one text between threads.
///
/// # Safety
/// It sets an environment variable: call it first in `main`, while there is one thread.
#[expect(unsafe_code, reason = "candle reads the number of threads from the environment and nowhere else")]
pub unsafe fn run_each_text_on_one_thread() {
    // SAFETY: the caller promises that no other thread runs.
    unsafe { std::env::set_var("RAYON_NUM_THREADS", "1") };
}

/// Why the model cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// A file is missing or cannot be read.
    #[error("cannot read {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The weights are not those that [`IDENTITY`] names.
    #[error("{path} is not the model that belongs to this version (sha256 {sha256})")]
    OtherWeights {
        /// The file.
        path: PathBuf,
        /// Its hash.
        sha256: String,
    },
    /// The settings are not JSON of the form expected.
    #[error("cannot use {path}")]
    Settings {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A thread to run on cannot be started.
    #[error("cannot start a thread for embeddings")]
    Threads(#[source] ThreadPoolBuildError),
    /// candle refuses the model, or fails to run it.
    #[error("the embedding model does not run")]
    Candle(#[from] candle_core::Error),
}

/// all-MiniLM-L6-v2: 384 dimensions, mean pooling, unit length.
pub struct MiniLm {
    encoder: Arc<Encoder>,
    cache: Mutex<EmbeddingCache>,
    /// Pools of one thread: what candle splits up runs on that thread alone.
    workers: Vec<Arc<ThreadPool>>,
    next_worker: AtomicUsize,
}

impl fmt::Debug for MiniLm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("MiniLm").field("workers", &self.workers.len()).finish_non_exhaustive()
    }
}

impl MiniLm {
    /// Loads `model.safetensors` and `tokenizer.json` from `dir` and checks the hash
    /// of the weights. Takes about a second: not for an async thread.
    ///
    /// # Errors
    /// A file is missing, broken or another model's.
    pub fn load(dir: &Path) -> Result<Self, ModelError> {
        let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
        Ok(Self {
            encoder: Arc::new(Encoder::load(dir)?),
            cache: Mutex::new(EmbeddingCache::new(CACHED_EMBEDDINGS)),
            workers: (0..threads).map(worker).collect::<Result<_, _>>()?,
            next_worker: AtomicUsize::new(0),
        })
    }

    /// Runs the network over texts that differ, on as many threads as there are.
    async fn run(&self, texts: Vec<String>) -> Result<Vec<(TextKey, Embedding)>, EmbedderError> {
        let encoder = Arc::clone(&self.encoder);
        let batches = blocking(move || encoder.batches(&texts)).await?;
        let shares = shared_out(batches, self.workers.len());
        let done = try_join_all(shares.into_iter().map(|share| self.run_share(share))).await?;
        Ok(done.into_iter().flatten().collect())
    }

    async fn run_share(&self, batches: Vec<Batch>) -> Result<Vec<(TextKey, Embedding)>, EmbedderError> {
        let place = self.next_worker.fetch_add(1, Ordering::Relaxed) % self.workers.len();
        let worker = Arc::clone(&self.workers[place]);
        let encoder = Arc::clone(&self.encoder);
        let work = move || {
            let done = batches.iter().map(|batch| encoder.embed(batch)).collect::<Result<Vec<_>, _>>()?;
            Ok(done.into_iter().flatten().collect())
        };
        blocking(move || worker.install(work)).await
    }

    fn cached(&self, keys: &[TextKey]) -> Vec<Option<Embedding>> {
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        keys.iter().map(|key| cache.get(*key)).collect()
    }
}

#[async_trait]
impl Embedder for MiniLm {
    async fn embed(&self, texts: &[String]) -> Result<Vec<Embedding>, EmbedderError> {
        let keys: Vec<TextKey> = texts.iter().map(|text| TextKey::of(text)).collect();
        let mut embeddings = self.cached(&keys);
        let missing: HashMap<TextKey, String> = keys
            .iter()
            .zip(texts)
            .zip(&embeddings)
            .filter(|(_, cached)| cached.is_none())
            .map(|((key, text), _)| (*key, text.clone()))
            .collect();
        let computed: HashMap<TextKey, Embedding> =
            self.run(missing.into_values().collect()).await?.into_iter().collect();
        {
            let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
            for (key, embedding) in &computed {
                cache.insert(*key, embedding.clone());
            }
        }
        for (key, embedding) in keys.iter().zip(&mut embeddings) {
            if embedding.is_none() {
                *embedding = computed.get(key).cloned();
            }
        }
        Ok(embeddings.into_iter().flatten().collect())
    }

    fn identity(&self) -> &'static str {
        IDENTITY
    }
}

fn worker(number: usize) -> Result<Arc<ThreadPool>, ModelError> {
    let pool =
        ThreadPoolBuilder::new().num_threads(1).thread_name(move |_| format!("embedder-{number}")).build();
    pool.map(Arc::new).map_err(ModelError::Threads)
}

/// The costliest batches first, each to the share that has least to do.
fn shared_out(mut batches: Vec<Batch>, shares: usize) -> Vec<Vec<Batch>> {
    batches.sort_by_key(|batch| Reverse(tokens_in(batch)));
    let mut piles: Vec<(usize, Vec<Batch>)> = vec![(0, Vec::new()); shares.max(1)];
    for batch in batches {
        if let Some(least) = piles.iter_mut().min_by_key(|(tokens, _)| *tokens) {
            least.0 += tokens_in(&batch);
            least.1.push(batch);
        }
    }
    piles.into_iter().map(|(_, batches)| batches).filter(|batches| !batches.is_empty()).collect()
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ModelError> + Send + 'static,
) -> Result<T, EmbedderError> {
    task::spawn_blocking(work)
        .await
        .map_err(|err| EmbedderError::Unavailable(err.into()))?
        .map_err(|err| EmbedderError::Unavailable(err.into()))
}

#[cfg(test)]
mod tests {
    use super::texts::WINDOW_TOKENS;
    use super::*;
    use crate::embedder::test_model::{model, model_dir};

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[tokio::test]
    async fn near_meanings_are_near() {
        let embeddings = model()
            .embed(&texts(&[
                "Administered medication to post-surgical patients",
                "Gave drugs to people after an operation",
                "Wrote a compiler for a functional language",
            ]))
            .await
            .unwrap();
        assert!(embeddings[0].cosine(&embeddings[1]) > 0.5);
        assert!(embeddings[0].cosine(&embeddings[2]) < 0.2);
        assert!((embeddings[0].cosine(&embeddings[0]) - 1.0).abs() < 1e-6);
    }

    #[tokio::test]
    async fn an_embedding_does_not_depend_on_its_company() {
        let lines: Vec<String> = (10..60)
            .map(|number| format!("{} {number}", "Led a team of people ".repeat(number % 5)))
            .chain(texts(&["", "x", "Wound care", "Led a team of four", "Led a team of nine"]))
            .collect();
        let together = MiniLm::load(&model_dir()).unwrap().embed(&lines).await.unwrap();
        let again = model().embed(&lines).await.unwrap();
        assert_eq!(together, again);
        let alone = MiniLm::load(&model_dir()).unwrap();
        for (line, expected) in lines.iter().zip(&together) {
            assert_eq!(&alone.embed(std::slice::from_ref(line)).await.unwrap()[0], expected, "{line}");
        }
    }

    #[tokio::test]
    async fn a_text_past_the_window_is_cut() {
        let window = "word ".repeat(WINDOW_TOKENS);
        let beyond = format!("{window} and more of it");
        let embeddings = model().embed(&[window, beyond]).await.unwrap();
        assert_eq!(embeddings[0], embeddings[1]);
    }

    #[tokio::test]
    async fn nothing_to_embed_gives_nothing() {
        assert_eq!(model().embed(&[]).await.unwrap(), Vec::new());
    }

    #[test]
    fn other_weights_are_refused() {
        let dir = std::env::temp_dir().join(format!("interaura-other-weights-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        std::fs::write(dir.join("model.safetensors"), b"not the model").unwrap();
        assert!(matches!(MiniLm::load(&dir), Err(ModelError::OtherWeights { .. })));
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
