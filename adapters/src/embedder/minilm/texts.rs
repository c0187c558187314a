//! The network with its tokenizer: texts in, unit vectors out.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use interaura_domain::ports::embedder::Embedding;
use sha2::{Digest, Sha256};
use tokenizers::{Tokenizer, TruncationParams};

use super::ModelError;
use crate::embedder::cache::TextKey;
use crate::minilm::{self, LAYERS, Network, WIDTH};

const WEIGHTS_SHA256: &str = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db";

/// The longest input, in tokens; what lies beyond is cut.
pub(super) const WINDOW_TOKENS: usize = 256;

/// Texts of one length run together up to this many tokens; more gained nothing.
const MOST_TOKENS_IN_BATCH: usize = 256;

/// Texts of the same number of tokens.
pub(super) type Batch = Vec<(TextKey, Vec<u32>)>;

/// The network with its tokenizer.
pub(super) struct Encoder {
    tokenizer: Tokenizer,
    network: Network,
}

impl Encoder {
    pub(super) fn load(dir: &Path) -> Result<Self, ModelError> {
        let weights = dir.join("model.safetensors");
        check_weights(&weights)?;
        let path = dir.join("tokenizer.json");
        let mut tokenizer = Tokenizer::from_file(&path)
            .map_err(|source| ModelError::Settings { path: path.clone(), source })?;
        let truncation = TruncationParams { max_length: WINDOW_TOKENS, ..TruncationParams::default() };
        tokenizer
            .with_truncation(Some(truncation))
            .map_err(|source| ModelError::Settings { path, source })?
            .with_padding(None);
        Ok(Self { tokenizer, network: Network::load(&minilm::open(&weights)?)? })
    }

    /// The texts as tokens, those of one length together.
    pub(super) fn batches(&self, texts: &[String]) -> Result<Vec<Batch>, ModelError> {
        let mut by_length: BTreeMap<usize, Vec<(TextKey, Vec<u32>)>> = BTreeMap::new();
        for text in texts {
            let encoding = self
                .tokenizer
                .encode_fast(text.as_str(), true)
                .map_err(|err| ModelError::Candle(candle_core::Error::wrap(err.to_string())))?;
            let tokens = encoding.get_ids().to_vec();
            by_length.entry(tokens.len()).or_default().push((TextKey::of(text), tokens));
        }
        Ok(by_length
            .into_iter()
            .flat_map(|(length, texts)| {
                let most = (MOST_TOKENS_IN_BATCH / length.max(1)).max(1);
                texts.chunks(most).map(<[_]>::to_vec).collect::<Vec<_>>()
            })
            .collect())
    }

    pub(super) fn embed(&self, batch: &Batch) -> Result<Vec<(TextKey, Embedding)>, ModelError> {
        let tokens = batch.iter().flat_map(|(_, tokens)| tokens).copied().collect();
        let mut states = Vec::new();
        self.network.run(tokens, batch.len(), |number, state| {
            if number + 1 == LAYERS {
                states = state.flatten_all()?.to_vec1::<f32>()?;
            }
            Ok(())
        })?;
        let numbers = (states.len() / batch.len().max(1)).max(1);
        Ok(batch.iter().map(|(key, _)| *key).zip(states.chunks(numbers).map(pool)).collect())
    }
}

/// What a batch costs, about.
pub(super) fn tokens_in(batch: &Batch) -> usize {
    batch.iter().map(|(_, tokens)| tokens.len()).sum()
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
fn pool(states: &[f32]) -> Embedding {
    let mut sums = vec![0.0_f64; WIDTH];
    for state in states.chunks_exact(WIDTH) {
        for (sum, value) in sums.iter_mut().zip(state) {
            *sum += f64::from(*value);
        }
    }
    let length = sums.iter().map(|sum| sum * sum).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
    #[expect(clippy::cast_possible_truncation, reason = "the values lie between -1 and 1")]
    let unit = sums.into_iter().map(|sum| (sum / length) as f32).collect();
    Embedding(unit)
}
