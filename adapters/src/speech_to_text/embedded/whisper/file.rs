//! Reads the file that the weights are kept in (whisper.cpp's format, numbers of 16 and of 32 bits).

use std::collections::HashMap;

use half::f16;
use half::vec::HalfBitsVecExt as _;
use interaura_domain::ports::Cause;

use super::matrix::{Attention, Linear, Norm, Perceptron};
use super::mel::{BANDS, Mel};
use super::{HEAD, Network, Vocabulary, decoder, encoder};

const MAGIC: u32 = 0x6767_6d6c;
/// How the file calls numbers of 32 and of 16 bits.
const SINGLE: u32 = 0;
const HALF: u32 = 1;
/// Numbers that say how large the model is.
const SIZES: usize = 11;
/// The heads of Whisper base that look where in the sound a token is, as its authors found them: layer and place.
const ALIGNED: [(usize, usize); 8] = [(3, 1), (4, 2), (4, 3), (4, 7), (5, 1), (5, 2), (5, 4), (5, 6)];
const BASE_LAYERS: usize = 6;
const BASE_HEADS: usize = 8;

/// Reads a model; fails where the bytes are anything but Whisper base.
pub(super) fn read(bytes: &[u8]) -> Result<Network, Cause> {
    let mut bytes = Bytes(bytes);
    if bytes.number()? != MAGIC {
        return Err("this is no model of Whisper in whisper.cpp's format".into());
    }
    let mut sizes = [0; SIZES];
    for size in &mut sizes {
        *size = bytes.count()?;
    }
    let [_, _, width, heads, layers, ..] = sizes;
    if (width, heads, layers) != (BASE_HEADS * HEAD, BASE_HEADS, BASE_LAYERS) {
        return Err(
            format!("this is not Whisper base: {layers} layers of {heads} heads, {width} wide").into()
        );
    }
    let (bands, bins) = (bytes.count()?, bytes.count()?);
    let filters = bytes.singles(bands.saturating_mul(bins))?;
    let mel = Mel::new(filters).ok_or("the model takes in other mel bands")?;
    let mut texts = Vec::new();
    for _ in 0..bytes.count()? {
        let length = bytes.count()?;
        texts.push(bytes.take(length)?.to_vec());
    }
    let vocabulary = Vocabulary::new(texts).ok_or("the model has other tokens")?;
    let mut tensors = Tensors::default();
    while !bytes.0.is_empty() {
        tensors.read(&mut bytes)?;
    }
    Ok(Network { vocabulary, encoder: tensors.encoder(mel, width)?, decoder: tensors.decoder(width)? })
}

/// What is left of the file.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], Cause> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or("the model ends too early")?;
        self.0 = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u32, Cause> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes(bytes.try_into()?))
    }

    fn count(&mut self) -> Result<usize, Cause> {
        Ok(usize::try_from(self.number()?)?)
    }

    fn singles(&mut self, count: usize) -> Result<Vec<f32>, Cause> {
        let bytes = self.take(count.saturating_mul(4))?;
        Ok(bytes.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
    }

    fn halves(&mut self, count: usize) -> Result<Vec<f16>, Cause> {
        let bytes = self.take(count.saturating_mul(2))?;
        let bits: Vec<u16> = bytes.as_chunks().0.iter().map(|bytes| u16::from_le_bytes(*bytes)).collect();
        Ok(bits.reinterpret_into())
    }
}

/// The tensors that were read and not yet put in their places, by name.
#[derive(Default)]
struct Tensors {
    halves: HashMap<String, Vec<f16>>,
    singles: HashMap<String, Vec<f32>>,
}

impl Tensors {
    fn read(&mut self, bytes: &mut Bytes<'_>) -> Result<(), Cause> {
        let (dimensions, length, kind) = (bytes.number()?, bytes.count()?, bytes.number()?);
        let mut count = 1_usize;
        for _ in 0..dimensions {
            count = count.checked_mul(bytes.count()?).ok_or("a tensor of the model is too large")?;
        }
        let name = std::str::from_utf8(bytes.take(length)?)?.to_owned();
        match kind {
            SINGLE => {
                self.singles.insert(name, bytes.singles(count)?);
            }
            HALF => {
                self.halves.insert(name, bytes.halves(count)?);
            }
            other => return Err(format!("the model's {name} has numbers of another kind: {other}").into()),
        }
        Ok(())
    }

    fn single(&mut self, name: &str, count: usize) -> Result<Vec<f32>, Cause> {
        let numbers = self.singles.remove(name).filter(|numbers| numbers.len() == count);
        numbers.ok_or_else(|| format!("the model has no {name} of {count} numbers").into())
    }

    fn linear(&mut self, name: &str, inputs: usize, outputs: usize) -> Result<Linear, Cause> {
        let bias = self.single(&format!("{name}.bias"), outputs)?;
        Ok(Linear { bias, ..self.bare(name, inputs, outputs)? })
    }

    fn bare(&mut self, name: &str, inputs: usize, outputs: usize) -> Result<Linear, Cause> {
        let weight = self.halves.remove(&format!("{name}.weight"));
        let weight = weight.filter(|weight| weight.len() == inputs * outputs);
        let weight = weight.ok_or_else(|| format!("the model has no {name} of {inputs} by {outputs}"))?;
        Ok(Linear { weight, bias: Vec::new(), inputs, outputs })
    }

    /// A convolution over three steps: in the file the three weights of an input lie beside each other, here those
    /// of a step.
    fn convolution(&mut self, name: &str, inputs: usize, outputs: usize) -> Result<Linear, Cause> {
        let mut linear = self.linear(name, 3 * inputs, outputs)?;
        for row in linear.weight.chunks_exact_mut(3 * inputs) {
            let turned: Vec<f16> = (0..3).flat_map(|step| row[step..].iter().step_by(3).copied()).collect();
            row.copy_from_slice(&turned);
        }
        Ok(linear)
    }

    fn norm(&mut self, name: &str, width: usize) -> Result<Norm, Cause> {
        Ok(Norm {
            weight: self.single(&format!("{name}.weight"), width)?,
            bias: self.single(&format!("{name}.bias"), width)?,
        })
    }

    fn attention(&mut self, name: &str, width: usize) -> Result<Attention, Cause> {
        Ok(Attention {
            query: self.linear(&format!("{name}.query"), width, width)?,
            key: self.bare(&format!("{name}.key"), width, width)?,
            value: self.linear(&format!("{name}.value"), width, width)?,
            out: self.linear(&format!("{name}.out"), width, width)?,
        })
    }

    fn perceptron(&mut self, layer: &str, width: usize) -> Result<Perceptron, Cause> {
        Ok(Perceptron {
            norm: self.norm(&format!("{layer}.mlp_ln"), width)?,
            inner: self.linear(&format!("{layer}.mlp.0"), width, 4 * width)?,
            outer: self.linear(&format!("{layer}.mlp.2"), 4 * width, width)?,
        })
    }

    fn encoder(&mut self, mel: Mel, width: usize) -> Result<encoder::Encoder, Cause> {
        let mut layers = Vec::new();
        for layer in (0..BASE_LAYERS).map(|layer| format!("encoder.blocks.{layer}")) {
            layers.push(encoder::Layer {
                norm: self.norm(&format!("{layer}.attn_ln"), width)?,
                attention: self.attention(&format!("{layer}.attn"), width)?,
                perceptron: self.perceptron(&layer, width)?,
            });
        }
        Ok(encoder::Encoder {
            mel,
            first: self.convolution("encoder.conv1", BANDS, width)?,
            second: self.convolution("encoder.conv2", width, width)?,
            positions: self.single("encoder.positional_embedding", encoder::MOST_POSITIONS * width)?,
            layers,
            norm: self.norm("encoder.ln_post", width)?,
        })
    }

    fn decoder(&mut self, width: usize) -> Result<decoder::Decoder, Cause> {
        let mut layers = Vec::new();
        for layer in (0..BASE_LAYERS).map(|layer| format!("decoder.blocks.{layer}")) {
            layers.push(decoder::Layer {
                text_norm: self.norm(&format!("{layer}.attn_ln"), width)?,
                text: self.attention(&format!("{layer}.attn"), width)?,
                sound_norm: self.norm(&format!("{layer}.cross_attn_ln"), width)?,
                sound: self.attention(&format!("{layer}.cross_attn"), width)?,
                perceptron: self.perceptron(&layer, width)?,
            });
        }
        Ok(decoder::Decoder {
            tokens: self.bare("decoder.token_embedding", width, decoder::TOKENS)?,
            positions: self.single("decoder.positional_embedding", decoder::MOST_TOKENS * width)?,
            layers,
            norm: self.norm("decoder.ln", width)?,
            aligned: &ALIGNED,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_model_are_refused_in_words() {
        let refused = |bytes: &[u8]| read(bytes).err().unwrap().to_string();
        assert_eq!(refused(b""), "the model ends too early");
        assert!(refused(b"GGUF and so on").contains("no model of Whisper"));
        let mut tiny = MAGIC.to_le_bytes().to_vec();
        let sizes = [51_865_u32, 1_500, 384, 6, 4, 448, 384, 6, 4, 80, 1];
        tiny.extend(sizes.iter().flat_map(|size| size.to_le_bytes()));
        assert_eq!(refused(&tiny), "this is not Whisper base: 4 layers of 6 heads, 384 wide");
    }

    #[test]
    fn a_tensor_that_says_to_be_enormous_is_refused() {
        let mut bytes = Vec::new();
        for number in [3_u32, 1, SINGLE, u32::MAX, u32::MAX, u32::MAX] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.push(b'a');
        assert!(Tensors::default().read(&mut Bytes(&bytes)).is_err());
    }
}
