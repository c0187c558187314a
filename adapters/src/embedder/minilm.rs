//! all-MiniLM-L6-v2, run by candle.
//!
//! Each text is run alone, never padded beside others: a score that rests on an embedding must be
//! the same to the bit whatever else was embedded with it. (Results may differ between processors
//! with other vector instructions.)
//!
//! Texts run beside each other, each on one thread: splitting the small products of a single text
//! between threads, as candle does by itself, cost nearly twice the processor time.

use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use async_trait::async_trait;
use candle_core::{DType, Device, Tensor};
use candle_nn::VarBuilder;
use candle_transformers::models::bert::{BertModel, Config};
use futures::future::try_join_all;
use interaura_domain::ports::embedder::{Embedder, EmbedderError, Embedding};
use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};
use sha2::{Digest, Sha256};
use tokenizers::{Tokenizer, TruncationParams};
use tokio::task;

use super::cache::{EmbeddingCache, TextKey};

/// Name of the model and the first digits of the hash of its weights.
pub const IDENTITY: &str = "all-MiniLM-L6-v2/53aa5117";

const WEIGHTS_SHA256: &str = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db";

/// The longest input, in tokens; what lies beyond is cut.
const WINDOW_TOKENS: usize = 256;

/// About 6 MB.
const CACHED_EMBEDDINGS: usize = 4096;

/// Texts are shared out to at most this many threads.
const MOST_THREADS: usize = 8;

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
    network: Arc<Network>,
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
    /// Loads `model.safetensors`, `tokenizer.json` and `config.json` from `dir` and checks the hash
    /// of the weights. Takes about a second: not for an async thread.
    ///
    /// # Errors
    /// A file is missing, broken or another model's.
    pub fn load(dir: &Path) -> Result<Self, ModelError> {
        let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
        Ok(Self {
            network: Arc::new(Network::load(dir)?),
            cache: Mutex::new(EmbeddingCache::new(CACHED_EMBEDDINGS)),
            workers: (0..threads).map(worker).collect::<Result<_, _>>()?,
            next_worker: AtomicUsize::new(0),
        })
    }

    /// Runs the network over texts that differ, on as many threads as are free, longest first.
    async fn run(&self, mut texts: Vec<String>) -> Result<Vec<(String, Embedding)>, EmbedderError> {
        texts.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        let mut shares = vec![Vec::new(); self.workers.len().min(texts.len())];
        for (place, text) in texts.into_iter().enumerate() {
            let share = place % shares.len();
            shares[share].push(text);
        }
        let done = try_join_all(shares.into_iter().map(|share| self.run_share(share))).await?;
        Ok(done.into_iter().flatten().collect())
    }

    async fn run_share(&self, texts: Vec<String>) -> Result<Vec<(String, Embedding)>, EmbedderError> {
        let place = self.next_worker.fetch_add(1, Ordering::Relaxed) % self.workers.len();
        let worker = Arc::clone(&self.workers[place]);
        let network = Arc::clone(&self.network);
        let work = move || {
            texts
                .into_iter()
                .map(|text| network.embed(&text).map(|embedding| (text, embedding)))
                .collect::<Result<Vec<_>, ModelError>>()
        };
        task::spawn_blocking(move || worker.install(work))
            .await
            .map_err(|err| EmbedderError::Unavailable(err.into()))?
            .map_err(|err| EmbedderError::Unavailable(err.into()))
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
        let computed: HashMap<TextKey, Embedding> = self
            .run(missing.into_values().collect())
            .await?
            .into_iter()
            .map(|(text, embedding)| (TextKey::of(&text), embedding))
            .collect();
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

struct Network {
    tokenizer: Tokenizer,
    bert: BertModel,
}

impl Network {
    fn load(dir: &Path) -> Result<Self, ModelError> {
        let weights = dir.join("model.safetensors");
        check_weights(&weights)?;
        let path = dir.join("config.json");
        let config = fs::read(&path).map_err(|source| ModelError::File { path: path.clone(), source })?;
        let config: Config = serde_json::from_slice(&config)
            .map_err(|source| ModelError::Settings { path, source: source.into() })?;
        let path = dir.join("tokenizer.json");
        let mut tokenizer = Tokenizer::from_file(&path)
            .map_err(|source| ModelError::Settings { path: path.clone(), source })?;
        let truncation = TruncationParams { max_length: WINDOW_TOKENS, ..TruncationParams::default() };
        tokenizer
            .with_truncation(Some(truncation))
            .map_err(|source| ModelError::Settings { path, source })?
            .with_padding(None);
        #[expect(
            unsafe_code,
            reason = "mapping halves the peak of memory; nothing writes to the installed file"
        )]
        // SAFETY: the file is part of the installation and is replaced, never rewritten in place.
        let tensors = unsafe { VarBuilder::from_mmaped_safetensors(&[weights], DType::F32, &Device::Cpu)? };
        Ok(Self { tokenizer, bert: BertModel::load(tensors, &config)? })
    }

    fn embed(&self, text: &str) -> Result<Embedding, ModelError> {
        let encoding = self
            .tokenizer
            .encode(text, true)
            .map_err(|err| ModelError::Candle(candle_core::Error::wrap(err.to_string())))?;
        let tokens = Tensor::new(encoding.get_ids(), &Device::Cpu)?.unsqueeze(0)?;
        let states = self.bert.forward(&tokens, &tokens.zeros_like()?, None)?.squeeze(0)?;
        Ok(pool(&states.to_vec2::<f32>()?))
    }
}

fn check_weights(path: &Path) -> Result<(), ModelError> {
    let failed = |source| ModelError::File { path: path.to_owned(), source };
    let mut hasher = Sha256::new();
    let mut file = fs::File::open(path).map_err(failed)?;
    let mut buffer = vec![0; 1 << 20];
    loop {
        match std::io::Read::read(&mut file, &mut buffer).map_err(failed)? {
            0 => break,
            read => hasher.update(&buffer[..read]),
        }
    }
    let sha256 = hex::encode(hasher.finalize());
    if sha256 == WEIGHTS_SHA256 {
        Ok(())
    } else {
        Err(ModelError::OtherWeights { path: path.to_owned(), sha256 })
    }
}

/// The mean of the tokens' states, at unit length.
fn pool(states: &[Vec<f32>]) -> Embedding {
    let mut sums = vec![0.0_f64; states.first().map_or(0, Vec::len)];
    for state in states {
        for (sum, value) in sums.iter_mut().zip(state) {
            *sum += f64::from(*value);
        }
    }
    let length = sums.iter().map(|sum| sum * sum).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
    #[expect(clippy::cast_possible_truncation, reason = "the values lie between -1 and 1")]
    let unit = sums.into_iter().map(|sum| (sum / length) as f32).collect();
    Embedding(unit)
}

#[cfg(test)]
mod tests {
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
        let long = "a long line of a resume ".repeat(40);
        let mine = "Led a team of four";
        let alone = MiniLm::load(&model_dir()).unwrap().embed(&texts(&[mine])).await.unwrap();
        let among = model().embed(&texts(&["x", &long, mine, "", mine])).await.unwrap();
        let again = model().embed(&texts(&[mine])).await.unwrap();
        assert_eq!(alone[0], among[2]);
        assert_eq!(alone[0], among[4]);
        assert_eq!(alone, again);
    }

    #[tokio::test]
    async fn nothing_to_embed_gives_nothing() {
        assert_eq!(model().embed(&[]).await.unwrap(), Vec::new());
    }

    #[test]
    fn other_weights_are_refused() {
        let dir = std::env::temp_dir().join(format!("interaura-other-weights-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        fs::write(dir.join("model.safetensors"), b"not the model").unwrap();
        assert!(matches!(MiniLm::load(&dir), Err(ModelError::OtherWeights { .. })));
        fs::remove_dir_all(&dir).unwrap();
    }
}
