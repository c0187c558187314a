//! How much of a reference an answer says, learnt from answers that people graded.
//!
//! Question, reference and answer run through `MiniLM` each alone; each token of the reference looks for its like in the
//! answer. One network is `MiniLM` as downloaded, the other has changes of low rank that were trained (`models/pair-scorer-1`,
//! with a card). Its figures, data and limits are in the card; `make bench-scores` measures it.

mod guards;
mod matching;
mod states;

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use async_trait::async_trait;
use candle_core::{DType, Device, Tensor};
use interaura_domain::ports::Cause;
use lru::LruCache;
use rayon::{ThreadPool, ThreadPoolBuilder};
use sha2::{Digest as _, Sha256};
use tokenizers::Tokenizer;
use tokio::sync::OnceCell;
use tokio::task;

pub use self::guards::Factors;
use self::matching::{Head, REFERENCE_TOKENS, Triple};
use self::states::States;
use crate::minilm::{self, Network};

/// Name of the weights and the first digits of their hash.
pub const IDENTITY: &str = "pair-scorer-1/58445cb0";

const WEIGHTS: &[u8] = include_bytes!("../models/pair-scorer-1/weights.safetensors");

/// Tokens that run together; longer answers run in windows,
const WINDOW: usize = 254;
/// which share so many tokens.
const OVERLAP: usize = 64;
/// An answer is read up to here.
const MOST_TOKENS: usize = 4 * WINDOW;
/// Questions, references and short answers whose states are kept: at most 2 MB each.
const KEPT: usize = 24;

/// From matches to a share of the reference: weights of the layers and of the length, and a constant.
const MATCHED: [f64; 5] = [
    -1.989_238_882_733_716,
    5.828_618_300_556_475,
    1.208_100_520_105_852_3,
    1.360_465_520_845_847_8,
    -2.537_898_597_383_036_6,
];
/// From what the head says to a share: weight and constant.
const HEAD: [f64; 2] = [0.8, 0.2];
/// Answers are scored on at most this many threads, each on one.
const MOST_THREADS: usize = 8;

/// What an answer says of a reference.
#[derive(Debug, Clone, PartialEq)]
pub struct PairScore {
    /// How much of the reference is there as the untouched network sees it, 0 to 1: best at degrees.
    pub matched: f64,
    /// The same as the trained head sees it: best at right or wrong.
    pub head: f64,
    /// Share of the reference's terms, without those of the question, that are named; 0 to 1.
    pub new_terms_named: f64,
    /// How much of each part of the reference is found token by token, 0 to 1, in the order of the parts.
    pub parts: Vec<f64>,
    /// What is left of a mark.
    pub factors: Factors,
    /// What the head says before it is turned into a share: about -5 to 5.
    pub logit: f64,
    /// Matches after the network's layers 4, 5 and 6, 0 to 1.
    pub soft: [f64; 3],
}

/// What the head says, -5 to 5 or so, as a share from 0 to 1.
pub fn share_of(logit: f64) -> f64 {
    rounded(logistic(HEAD[1] + HEAD[0] * logit))
}

/// Scores answers.
#[async_trait]
pub trait PairScoring: Send + Sync {
    /// How much of a reference, given in parts, an answer says.
    ///
    /// # Errors
    /// The model cannot be loaded or run.
    async fn score(&self, question: &str, reference: &[String], answer: &str) -> Result<PairScore, Cause>;

    /// Name and version of the weights, as verdicts keep it.
    fn identity(&self) -> &str;
}

/// The scorer with its networks.
pub struct PairScorer {
    tokenizer: Tokenizer,
    rarity: Vec<f32>,
    base: Network,
    adapted: Network,
    head: Head,
    kept: Mutex<LruCache<Vec<u32>, Arc<Known>>>,
}

/// What is known of a question or a reference.
struct Known {
    base: States,
    adapted: States,
}

impl fmt::Debug for PairScorer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PairScorer").finish_non_exhaustive()
    }
}

impl PairScorer {
    /// Loads `MiniLM`'s `model.safetensors` and `tokenizer.json` from `dir`, and the changes that the program carries. Takes
    /// about a second: not for an async thread.
    ///
    /// # Errors
    /// A file is missing or another model's.
    pub fn load(dir: &Path) -> Result<Self, Cause> {
        let found = hex::encode(Sha256::digest(WEIGHTS));
        if !IDENTITY.ends_with(found.get(..8).unwrap_or_default()) {
            return Err(format!("the weights of the scorer are not {IDENTITY}").into());
        }
        let mut tokenizer = Tokenizer::from_file(dir.join("tokenizer.json"))?;
        tokenizer.with_truncation(None)?.with_padding(None);
        let mut changes = HashMap::new();
        for (name, tensor) in candle_core::safetensors::load_buffer(WEIGHTS, &Device::Cpu)? {
            changes.insert(name, tensor.to_dtype(DType::F32)?);
        }
        let file = minilm::open(&dir.join("model.safetensors"))?;
        let base = Network::load(&file)?;
        let adapted = base.changed(&file, &changes)?;
        let head = head(&changes)?;
        let rarity = rarity(&tokenizer);
        let kept = Mutex::new(LruCache::new(
            std::num::NonZeroUsize::new(KEPT).unwrap_or(std::num::NonZeroUsize::MIN),
        ));
        Ok(Self { tokenizer, rarity, base, adapted, head, kept })
    }

    /// How much of a reference an answer says.
    ///
    /// # Errors
    /// The networks fail.
    pub fn score(&self, question: &str, reference: &[String], answer: &str) -> Result<PairScore, Cause> {
        let asked = self.tokens(question, WINDOW)?;
        let (wanted, lengths) = self.reference(reference)?;
        let said = self.tokens(answer, MOST_TOKENS)?;
        let question_states = self.known(&asked)?;
        let reference_states = self.known(&wanted)?;
        let answer_states = self.answer(&said)?;
        let rarity = self.rarities(&wanted);
        let triple = Triple {
            question: &question_states.base,
            reference: &reference_states.base,
            answer: &answer_states.base,
        };
        let (soft, by_token, counted) = matching::soft(&triple, &rarity);
        let said_rarity = self.rarities(&repeated(&said));
        let late = matching::late(
            &self.head,
            &triple,
            &reference_states.adapted,
            &answer_states.adapted,
            (&rarity, &said_rarity),
        );
        let text = reference.join(" ");
        Ok(marked(question, &text, answer, f64::from(late), soft, parts(&lengths, &by_token, &counted)))
    }

    /// Runs both networks over an answer and drops what they say.
    fn run_networks(&self, answer: &str) -> Result<(), Cause> {
        let said = self.tokens(answer, MOST_TOKENS)?;
        for range in ranges(said.len()) {
            States::of(&self.base, &said[range.clone()])?;
            States::of(&self.adapted, &said[range])?;
        }
        Ok(())
    }

    fn tokens(&self, text: &str, most: usize) -> Result<Vec<u32>, Cause> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let encoding = self.tokenizer.encode_fast(text.as_str(), false)?;
        Ok(encoding.get_ids().iter().copied().take(most).collect())
    }

    /// The tokens of all parts, and how many each has of them.
    fn reference(&self, parts: &[String]) -> Result<(Vec<u32>, Vec<usize>), Cause> {
        let (mut all, mut lengths) = (Vec::new(), Vec::new());
        for part in parts {
            // Lists were written so in training.
            let text = if parts.len() > 1 { format!("- {part}") } else { part.clone() };
            let tokens = self.tokens(&text, WINDOW - all.len())?;
            lengths.push(tokens.len());
            all.extend(tokens);
        }
        Ok((all, lengths))
    }

    fn known(&self, tokens: &[u32]) -> Result<Arc<Known>, Cause> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(tokens).cloned();
        if let Some(known) = kept {
            return Ok(known);
        }
        let looked_at = &tokens[..tokens.len().min(REFERENCE_TOKENS)];
        let known = Arc::new(Known {
            base: States::of(&self.base, tokens)?,
            adapted: States::of(&self.adapted, looked_at)?,
        });
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).put(tokens.to_vec(), Arc::clone(&known));
        Ok(known)
    }

    /// A short answer is remembered, for it may be held against several references, or judged again.
    fn answer(&self, said: &[u32]) -> Result<Arc<Known>, Cause> {
        if said.len() <= REFERENCE_TOKENS {
            return self.known(said);
        }
        Ok(Arc::new(Known { base: windows(&self.base, said)?, adapted: windows(&self.adapted, said)? }))
    }

    fn rarities(&self, tokens: &[u32]) -> Vec<f32> {
        let of = |token: &u32| usize::try_from(*token).ok().and_then(|id| self.rarity.get(id)).copied();
        tokens.iter().map(|token| of(token).unwrap_or_default()).collect()
    }
}

/// How each part is covered by the tokens that count in it.
fn parts(lengths: &[usize], by_token: &[f32], counted: &[f32]) -> Vec<f64> {
    let mut from = 0;
    lengths
        .iter()
        .map(|length| {
            let range = from..(from + length).min(by_token.len());
            from += length;
            let (found, weights) = (&by_token[range.clone()], &counted[range]);
            let total: f32 = weights.iter().sum();
            let sum: f32 = found.iter().zip(weights).map(|(found, weight)| found * weight).sum();
            if total > 0.0 { rounded(f64::from(sum / total)) } else { 0.0 }
        })
        .collect()
}

fn marked(
    question: &str,
    reference: &str,
    answer: &str,
    late: f64,
    soft: [f32; 3],
    parts: Vec<f64>,
) -> PairScore {
    let length = |text: &str| u32::try_from(guards::words(text).len()).map_or(f64::MAX, f64::from);
    let ratio = (length(answer) / length(reference).max(1.0)).min(1.0);
    let inputs = soft.map(f64::from).into_iter().chain([ratio, 1.0]);
    let matched = logistic(inputs.zip(MATCHED).map(|(value, weight)| value * weight).sum());
    PairScore {
        matched: rounded(matched),
        head: share_of(late),
        new_terms_named: rounded(guards::new_terms_named(question, reference, answer)),
        parts,
        factors: Factors::of(question, reference, answer, late),
        logit: rounded(late),
        soft: soft.map(|soft| rounded(f64::from(soft))),
    }
}

fn logistic(value: f64) -> f64 {
    1.0 / (1.0 + (-value).exp())
}

/// Four decimals: more than that differs between processors.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

/// Where the windows of a long text begin and end.
fn ranges(count: usize) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut from = 0;
    while from + WINDOW < count {
        ranges.push(from..from + WINDOW);
        from += WINDOW - OVERLAP;
    }
    ranges.push(from..count);
    ranges
}

/// The tokens of all windows, those twice that two windows share.
fn repeated(tokens: &[u32]) -> Vec<u32> {
    ranges(tokens.len()).into_iter().flat_map(|range| tokens[range].iter().copied()).collect()
}

/// The states of a text that may be longer than a window.
fn windows(network: &Network, tokens: &[u32]) -> Result<States, Cause> {
    let mut all = States::default();
    for range in ranges(tokens.len()) {
        let states = States::of(network, &tokens[range])?;
        all.whole.extend(states.whole);
        for (all, layer) in all.layers.iter_mut().zip(states.layers) {
            all.extend(layer);
        }
    }
    Ok(all)
}

/// How rare each token is: the vocabulary is ordered by how often words are met.
fn rarity(tokenizer: &Tokenizer) -> Vec<f32> {
    let size = tokenizer.get_vocab_size(true);
    let of = |id: usize| {
        let piece = u32::try_from(id).ok().and_then(|id| tokenizer.id_to_token(id)).unwrap_or_default();
        let says_something = piece.chars().any(char::is_alphanumeric) && piece.chars().count() > 1;
        if guards::is_stop(&piece) || piece.starts_with('[') || !says_something {
            return 0.0;
        }
        #[expect(clippy::cast_precision_loss, reason = "the vocabulary has 30,000 tokens")]
        let place = id.saturating_sub(1_990).max(1) as f32;
        (place + 50.0).ln() - 3.5
    };
    (0..size).map(of).collect()
}

fn head(changes: &HashMap<String, Tensor>) -> Result<Head, Cause> {
    let values = |name: &str| -> Result<Vec<f32>, Cause> {
        let tensor = changes.get(name).ok_or_else(|| format!("the scorer has no {name}"))?;
        Ok(tensor.flatten_all()?.to_vec1()?)
    };
    let first = |values: Vec<f32>| values.first().copied().ok_or("the scorer's head is empty");
    let cuts = values("match.cut")?;
    Ok(Head {
        score: values("head.score.weight")?,
        matched: values("match.weight")?,
        bias: first(values("match.bias")?)?,
        cuts: cuts.try_into().map_err(|_| "the scorer has two cuts")?,
    })
}

/// [`PairScorer`], loaded on first use, so that a process that never judges never pays its 130 MB.
pub struct LazyPairScorer {
    dir: PathBuf,
    loaded: OnceCell<Loaded>,
    next_thread: AtomicUsize,
}

/// The scorer with pools of one thread: what candle splits up runs on that thread alone.
struct Loaded {
    scorer: Arc<PairScorer>,
    threads: Vec<Arc<ThreadPool>>,
}

impl fmt::Debug for LazyPairScorer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("LazyPairScorer").field("dir", &self.dir).finish_non_exhaustive()
    }
}

impl LazyPairScorer {
    /// Will load from `dir`, the folder that [`PairScorer::load`] takes.
    pub fn new(dir: PathBuf) -> Self {
        Self { dir, loaded: OnceCell::new(), next_thread: AtomicUsize::new(0) }
    }

    /// The scorer; a load that failed is tried again by the next call.
    async fn loaded(&self) -> Result<&Loaded, Cause> {
        self.loaded
            .get_or_try_init(|| async {
                let dir = self.dir.clone();
                let scorer = Arc::new(task::spawn_blocking(move || PairScorer::load(&dir)).await??);
                let count = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
                let pool = |number: usize| {
                    let name = move |_| format!("pair-scorer-{number}");
                    ThreadPoolBuilder::new().num_threads(1).thread_name(name).build().map(Arc::new)
                };
                Ok(Loaded { scorer, threads: (0..count).map(pool).collect::<Result<_, _>>()? })
            })
            .await
    }

    /// Runs both networks over an answer and drops what they say: what scoring costs at the least.
    ///
    /// # Errors
    /// The model cannot be loaded or run.
    pub async fn run_networks(&self, answer: &str) -> Result<(), Cause> {
        let answer = answer.to_owned();
        self.run(move |scorer| scorer.run_networks(&answer)).await
    }

    /// Works with the scorer on the next of its threads.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&PairScorer) -> Result<T, Cause> + Send + 'static,
    ) -> Result<T, Cause> {
        let loaded = self.loaded().await?;
        let place = self.next_thread.fetch_add(1, Ordering::Relaxed) % loaded.threads.len();
        let (scorer, pool) = (Arc::clone(&loaded.scorer), Arc::clone(&loaded.threads[place]));
        task::spawn_blocking(move || pool.install(|| work(&scorer))).await?
    }
}

#[async_trait]
impl PairScoring for LazyPairScorer {
    async fn score(&self, question: &str, reference: &[String], answer: &str) -> Result<PairScore, Cause> {
        let (question, reference, answer) = (question.to_owned(), reference.to_owned(), answer.to_owned());
        self.run(move |scorer| scorer.score(&question, &reference, &answer)).await
    }

    fn identity(&self) -> &str {
        IDENTITY
    }
}

#[cfg(test)]
mod tests;
