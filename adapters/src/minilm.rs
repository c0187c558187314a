//! `MiniLM` with the states of its last three layers, as downloaded and with the scorer's changes.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use candle_core::safetensors::MmapedSafetensors;
use candle_core::{D, DType, Device, Tensor};
use candle_nn::ops::{layer_norm, softmax_last_dim};

/// Numbers in a state.
pub(super) const WIDTH: usize = 384;
const HEADS: usize = 12;
const HEAD: usize = WIDTH / HEADS;
const LAYERS: usize = 6;
const EPSILON: f32 = 1e-12;
const CLS: u32 = 101;
const SEP: u32 = 102;

/// The states of a text's tokens, without the first and last sign, after each of the last three layers; and the states
/// of all of them after the last.
#[derive(Debug, Clone, Default)]
pub(super) struct States {
    pub(super) layers: [Vec<Vec<f32>>; 3],
    pub(super) whole: Vec<Vec<f32>>,
}

struct Linear {
    /// Turned round: inputs by outputs.
    weight: Tensor,
    bias: Tensor,
}

struct Norm {
    weight: Tensor,
    bias: Tensor,
}

struct Layer {
    query: Linear,
    key: Linear,
    value: Linear,
    attended: Linear,
    attended_norm: Norm,
    inner: Linear,
    outer: Linear,
    outer_norm: Norm,
}

struct Embeddings {
    words: Tensor,
    positions: Tensor,
    kind: Tensor,
    norm: Norm,
}

/// One network; both share what the scorer does not change.
pub(super) struct Network {
    embeddings: Arc<Embeddings>,
    layers: Vec<Layer>,
}

/// Where tensors come from: the file, and changes to it.
struct Source<'a> {
    file: &'a MmapedSafetensors,
    changes: &'a HashMap<String, Tensor>,
}

impl Source<'_> {
    fn tensor(&self, name: &str) -> candle_core::Result<Tensor> {
        self.file.load(name, &Device::Cpu)?.to_dtype(DType::F32)
    }

    fn change(&self, name: &str) -> Option<&Tensor> {
        self.changes.get(name)
    }

    fn linear(&self, name: &str) -> candle_core::Result<Linear> {
        let mut weight = self.tensor(&format!("{name}.weight"))?;
        let low_rank = (self.change(&format!("{name}.lora_b")), self.change(&format!("{name}.lora_a")));
        if let (Some(left), Some(right)) = low_rank {
            weight = (weight + left.matmul(right)?)?;
        }
        let bias = self.changed(&format!("{name}.bias"))?;
        Ok(Linear { weight: weight.t()?.contiguous()?, bias })
    }

    fn norm(&self, name: &str) -> candle_core::Result<Norm> {
        Ok(Norm {
            weight: self.changed(&format!("{name}.weight"))?,
            bias: self.changed(&format!("{name}.bias"))?,
        })
    }

    fn changed(&self, name: &str) -> candle_core::Result<Tensor> {
        let tensor = self.tensor(name)?;
        match self.change(&format!("{name}_delta")) {
            Some(change) => tensor + change,
            None => Ok(tensor),
        }
    }

    fn layer(&self, number: usize) -> candle_core::Result<Layer> {
        let name = |part: &str| format!("encoder.layer.{number}.{part}");
        Ok(Layer {
            query: self.linear(&name("attention.self.query"))?,
            key: self.linear(&name("attention.self.key"))?,
            value: self.linear(&name("attention.self.value"))?,
            attended: self.linear(&name("attention.output.dense"))?,
            attended_norm: self.norm(&name("attention.output.LayerNorm"))?,
            inner: self.linear(&name("intermediate.dense"))?,
            outer: self.linear(&name("output.dense"))?,
            outer_norm: self.norm(&name("output.LayerNorm"))?,
        })
    }

    fn layers(&self) -> candle_core::Result<Vec<Layer>> {
        (0..LAYERS).map(|number| self.layer(number)).collect()
    }
}

/// The network as downloaded, and with the changes of the scorer.
pub(super) fn load(
    path: &Path,
    changes: &HashMap<String, Tensor>,
) -> candle_core::Result<(Network, Network)> {
    #[expect(unsafe_code, reason = "mapping halves the peak of memory; nothing writes to the installed file")]
    // SAFETY: the file is part of the installation and is replaced, never rewritten in place.
    let file = unsafe { MmapedSafetensors::new(path)? };
    let none = HashMap::new();
    let plain = Source { file: &file, changes: &none };
    let embeddings = Arc::new(Embeddings {
        words: plain.tensor("embeddings.word_embeddings.weight")?,
        positions: plain.tensor("embeddings.position_embeddings.weight")?,
        kind: plain.tensor("embeddings.token_type_embeddings.weight")?.narrow(0, 0, 1)?,
        norm: plain.norm("embeddings.LayerNorm")?,
    });
    let base = Network { embeddings: Arc::clone(&embeddings), layers: plain.layers()? };
    let adapted = Network { embeddings, layers: Source { file: &file, changes }.layers()? };
    Ok((base, adapted))
}

impl Network {
    /// Runs a text alone: nothing is padded, and nothing else is in the batch.
    pub(super) fn states(&self, tokens: &[u32]) -> candle_core::Result<States> {
        let ids: Vec<u32> = [&[CLS], tokens, &[SEP]].concat();
        let count = ids.len();
        let ids = Tensor::from_vec(ids, count, &Device::Cpu)?;
        let words = self.embeddings.words.index_select(&ids, 0)?;
        let positions = self.embeddings.positions.narrow(0, 0, count)?;
        let sum = ((words + positions)?.broadcast_add(&self.embeddings.kind))?;
        let mut state = self.embeddings.norm.apply(&sum)?;
        let mut states = States::default();
        for (number, layer) in self.layers.iter().enumerate() {
            state = layer.apply(&state)?;
            if let Some(kept) = (number + 3).checked_sub(LAYERS) {
                let rows = state.to_vec2::<f32>()?;
                if kept == 2 {
                    states.whole.clone_from(&rows);
                }
                states.layers[kept] = rows.into_iter().skip(1).take(tokens.len()).collect();
            }
        }
        Ok(states)
    }
}

impl Layer {
    fn apply(&self, state: &Tensor) -> candle_core::Result<Tensor> {
        let count = state.dim(0)?;
        let heads = |linear: &Linear| -> candle_core::Result<Tensor> {
            linear.apply(state)?.reshape((count, HEADS, HEAD))?.transpose(0, 1)?.contiguous()
        };
        let (query, key, value) = (heads(&self.query)?, heads(&self.key)?, heads(&self.value)?);
        #[expect(clippy::cast_precision_loss, reason = "a small constant")]
        let scale = 1.0 / (HEAD as f64).sqrt();
        let attention = (query.matmul(&key.transpose(1, 2)?.contiguous()?)? * scale)?;
        let seen = softmax_last_dim(&attention)?.matmul(&value)?;
        let seen = seen.transpose(0, 1)?.contiguous()?.reshape((count, WIDTH))?;
        let state = self.attended_norm.apply(&(state + self.attended.apply(&seen)?)?)?;
        let inner = self.inner.apply(&state)?.gelu_erf()?;
        self.outer_norm.apply(&(&state + self.outer.apply(&inner)?)?)
    }
}

impl Linear {
    fn apply(&self, state: &Tensor) -> candle_core::Result<Tensor> {
        state.matmul(&self.weight)?.broadcast_add(&self.bias)
    }
}

impl Norm {
    fn apply(&self, state: &Tensor) -> candle_core::Result<Tensor> {
        debug_assert_eq!(state.dim(D::Minus1).ok(), Some(WIDTH));
        layer_norm(&state.contiguous()?, &self.weight, &self.bias, EPSILON)
    }
}
