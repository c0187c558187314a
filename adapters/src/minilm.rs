//! The network of all-MiniLM-L6-v2: a BERT of six layers, as downloaded and with changes to it.
//!
//! The products are candle's; what lies between them is done in place, several steps in one pass over the numbers, which
//! leaves about a third less to do than one tensor for each step.

mod fused;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use candle_core::safetensors::MmapedSafetensors;
use candle_core::{DType, Device, Tensor};

use self::fused::{AddBias, AddBiasAndGelu, AddBiasAndNormalise, Normalise, Softmax};

/// Numbers in a state.
pub(crate) const WIDTH: usize = 384;
const HEADS: usize = 12;
const HEAD: usize = WIDTH / HEADS;
/// Layers of the network.
pub(crate) const LAYERS: usize = 6;

/// Maps the weights.
pub(crate) fn open(path: &Path) -> candle_core::Result<MmapedSafetensors> {
    #[expect(unsafe_code, reason = "mapping halves the peak of memory; nothing writes to the installed file")]
    // SAFETY: the file is part of the installation and is replaced, never rewritten in place.
    unsafe {
        MmapedSafetensors::new(path)
    }
}

struct Linear {
    /// Turned round: inputs by outputs.
    weight: Tensor,
    bias: Vec<f32>,
}

struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

struct Layer {
    /// Query, key and value beside each other.
    asked: Linear,
    attended: Linear,
    attended_norm: Norm,
    inner: Linear,
    outer: Linear,
    outer_norm: Norm,
}

struct Embeddings {
    words: Tensor,
    /// With what all texts of one kind have added.
    positions: Tensor,
    norm: Norm,
}

/// One network; a changed one shares what is not changed.
pub(crate) struct Network {
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

    /// Weight and bias of a map.
    fn map(&self, name: &str) -> candle_core::Result<(Tensor, Tensor)> {
        let mut weight = self.tensor(&format!("{name}.weight"))?;
        let low_rank = (self.change(&format!("{name}.lora_b")), self.change(&format!("{name}.lora_a")));
        if let (Some(left), Some(right)) = low_rank {
            weight = (weight + left.matmul(right)?)?;
        }
        Ok((weight, self.changed(&format!("{name}.bias"))?))
    }

    /// Several maps of one input, with their outputs beside each other.
    fn linear(&self, names: &[String]) -> candle_core::Result<Linear> {
        let maps = names.iter().map(|name| self.map(name)).collect::<candle_core::Result<Vec<_>>>()?;
        let (weights, biases): (Vec<Tensor>, Vec<Tensor>) = maps.into_iter().unzip();
        let weight = Tensor::cat(&weights, 0)?.t()?.contiguous()?;
        Ok(Linear { weight, bias: Tensor::cat(&biases, 0)?.to_vec1()? })
    }

    fn norm(&self, name: &str) -> candle_core::Result<Norm> {
        Ok(Norm {
            weight: self.changed(&format!("{name}.weight"))?.to_vec1()?,
            bias: self.changed(&format!("{name}.bias"))?.to_vec1()?,
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
        let asked = ["query", "key", "value"].map(|part| name(&format!("attention.self.{part}")));
        Ok(Layer {
            asked: self.linear(&asked)?,
            attended: self.linear(&[name("attention.output.dense")])?,
            attended_norm: self.norm(&name("attention.output.LayerNorm"))?,
            inner: self.linear(&[name("intermediate.dense")])?,
            outer: self.linear(&[name("output.dense")])?,
            outer_norm: self.norm(&name("output.LayerNorm"))?,
        })
    }

    fn layers(&self) -> candle_core::Result<Vec<Layer>> {
        (0..LAYERS).map(|number| self.layer(number)).collect()
    }
}

impl Network {
    /// The network as downloaded.
    ///
    /// # Errors
    /// A tensor is missing.
    pub(crate) fn load(file: &MmapedSafetensors) -> candle_core::Result<Self> {
        let source = Source { file, changes: &HashMap::new() };
        let kind = source.tensor("embeddings.token_type_embeddings.weight")?.narrow(0, 0, 1)?;
        let positions = source.tensor("embeddings.position_embeddings.weight")?.broadcast_add(&kind)?;
        let embeddings = Embeddings {
            words: source.tensor("embeddings.word_embeddings.weight")?,
            positions,
            norm: source.norm("embeddings.LayerNorm")?,
        };
        Ok(Self { embeddings: Arc::new(embeddings), layers: source.layers()? })
    }

    /// The same network with changes: of low rank to maps, and to biases and norms.
    ///
    /// # Errors
    /// A change has another shape than what it changes.
    pub(crate) fn changed(
        &self,
        file: &MmapedSafetensors,
        changes: &HashMap<String, Tensor>,
    ) -> candle_core::Result<Self> {
        Ok(Self { embeddings: Arc::clone(&self.embeddings), layers: Source { file, changes }.layers()? })
    }

    /// Runs texts of the same number of tokens, one after another in `ids`, with the signs of begin and end. Gives the states
    /// of all tokens after each layer to `see`, with the layer's number from 0; they are one row for each token.
    ///
    /// # Errors
    /// There are more tokens than positions, or candle fails.
    pub(crate) fn run(
        &self,
        ids: Vec<u32>,
        texts: usize,
        mut see: impl FnMut(usize, &Tensor) -> candle_core::Result<()>,
    ) -> candle_core::Result<()> {
        let count = ids.len();
        let length = count / texts.max(1);
        let ids = Tensor::from_vec(ids, count, &Device::Cpu)?;
        let words = self.embeddings.words.index_select(&ids, 0)?.reshape((texts, length, WIDTH))?;
        let positions = self.embeddings.positions.narrow(0, 0, length)?;
        let mut state = words.broadcast_add(&positions)?.reshape((count, WIDTH))?;
        state.inplace_op1(&Normalise(&self.embeddings.norm))?;
        for (number, layer) in self.layers.iter().enumerate() {
            state = layer.apply(&state, texts)?;
            see(number, &state)?;
        }
        Ok(())
    }
}

impl Layer {
    fn apply(&self, state: &Tensor, texts: usize) -> candle_core::Result<Tensor> {
        let count = state.dim(0)?;
        let length = count / texts.max(1);
        let asked = self.asked.apply(state)?.reshape((texts, length, 3, HEADS, HEAD))?;
        let asked = asked.permute((2, 0, 3, 1, 4))?.contiguous()?;
        let part = |number: usize| asked.get(number)?.reshape((texts * HEADS, length, HEAD));
        let (query, key, value) = (part(0)?, part(1)?, part(2)?);
        let seen = query.matmul(&key.t()?)?;
        seen.inplace_op1(&Softmax)?;
        let seen = seen.matmul(&value)?.reshape((texts, HEADS, length, HEAD))?;
        let seen = seen.transpose(1, 2)?.contiguous()?.reshape((count, WIDTH))?;
        let attended = self.attended.product(&seen)?;
        attended.inplace_op2(state, &AddBiasAndNormalise(&self.attended.bias, &self.attended_norm))?;
        let inner = self.inner.product(&attended)?;
        inner.inplace_op1(&AddBiasAndGelu(&self.inner.bias))?;
        let outer = self.outer.product(&inner)?;
        outer.inplace_op2(&attended, &AddBiasAndNormalise(&self.outer.bias, &self.outer_norm))?;
        Ok(outer)
    }
}

impl Linear {
    fn product(&self, state: &Tensor) -> candle_core::Result<Tensor> {
        state.matmul(&self.weight)
    }

    fn apply(&self, state: &Tensor) -> candle_core::Result<Tensor> {
        let product = self.product(state)?;
        product.inplace_op1(&AddBias(&self.bias))?;
        Ok(product)
    }
}
