//! How likely somebody speaks: Silero's network (version 6, 16 kHz) in plain Rust.
//!
//! A short Fourier transform that is itself a convolution, four convolutions, one LSTM cell. One chunk takes a
//! tenth of a millisecond, less than handing it to an inference library would.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use candle_core::{Device, Tensor};
use interaura_domain::ports::Cause;
use multiversion::multiversion;

/// Samples that are judged at once.
pub(super) const CHUNK: usize = 512;
/// Samples of the chunk before that are looked at again.
const CONTEXT: usize = 64;
/// Samples under one window of the transform, and how far windows are apart.
const WINDOW: usize = 256;
const STEP: usize = 128;
/// Frequencies of the transform.
const BINS: usize = 129;
/// Windows in one chunk.
const WINDOWS: usize = 4;
/// Values that the LSTM remembers.
const HIDDEN: usize = 128;
/// How far each convolution moves.
const STRIDES: [usize; 4] = [1, 2, 2, 1];

/// A convolution over three steps of time, with the steps around it taken as zero.
struct Convolution {
    weight: Vec<f32>,
    bias: Vec<f32>,
    stride: usize,
}

/// The network without what it remembers: any number of streams share it.
pub(super) struct Weights {
    transform: Vec<f32>,
    convolutions: Vec<Convolution>,
    from_input: Vec<f32>,
    from_hidden: Vec<f32>,
    bias: Vec<f32>,
    output: Vec<f32>,
    output_bias: f32,
}

impl Weights {
    /// Reads `silero_vad_16k.safetensors`.
    pub(super) fn load(path: &Path) -> Result<Self, Cause> {
        let tensors = candle_core::safetensors::load(path, &Device::Cpu)?;
        let mut convolutions = Vec::new();
        let mut inputs = BINS;
        for (place, stride) in STRIDES.into_iter().enumerate() {
            let name = format!("conv{}", place + 1);
            let bias = all(&tensors, &format!("{name}.bias"))?;
            let weight = exactly(&tensors, &format!("{name}.weight"), inputs * bias.len() * 3)?;
            inputs = bias.len();
            convolutions.push(Convolution { weight, bias, stride });
        }
        let (input, hidden) = (
            exactly(&tensors, "lstm_cell.bias_ih", 4 * HIDDEN)?,
            exactly(&tensors, "lstm_cell.bias_hh", 4 * HIDDEN)?,
        );
        Ok(Self {
            transform: exactly(&tensors, "stft_conv.weight", 2 * BINS * WINDOW)?,
            convolutions,
            from_input: exactly(&tensors, "lstm_cell.weight_ih", 4 * HIDDEN * inputs)?,
            from_hidden: exactly(&tensors, "lstm_cell.weight_hh", 4 * HIDDEN * HIDDEN)?,
            bias: input.iter().zip(&hidden).map(|(input, hidden)| input + hidden).collect(),
            output: exactly(&tensors, "final_conv.weight", HIDDEN)?,
            output_bias: exactly(&tensors, "final_conv.bias", 1)?[0],
        })
    }

    /// The size of each frequency in each window.
    fn magnitudes(&self, samples: &[f32]) -> Vec<Vec<f32>> {
        let row = |index: usize| &self.transform[index * WINDOW..(index + 1) * WINDOW];
        let window = |place: usize| {
            let under = &samples[place * STEP..place * STEP + WINDOW];
            (0..BINS).map(|bin| dot(row(bin), under).hypot(dot(row(bin + BINS), under))).collect()
        };
        (0..WINDOWS).map(window).collect()
    }
}

impl Convolution {
    fn apply(&self, steps: &[Vec<f32>]) -> Vec<Vec<f32>> {
        let inputs = steps.first().map_or(0, Vec::len);
        let one = |place: usize| {
            let mut around = vec![0.0; inputs * 3];
            for offset in 0..3 {
                let step = (place * self.stride + offset).checked_sub(1).and_then(|at| steps.get(at));
                for (channel, value) in step.into_iter().flatten().enumerate() {
                    around[channel * 3 + offset] = *value;
                }
            }
            let rows = self.weight.chunks_exact(inputs * 3).zip(&self.bias);
            rows.map(|(row, bias)| (dot(row, &around) + bias).max(0.0)).collect()
        };
        (0..steps.len().div_ceil(self.stride)).map(one).collect()
    }
}

/// One stream being judged.
pub(super) struct Silero {
    weights: Arc<Weights>,
    before: [f32; CONTEXT],
    hidden: Vec<f32>,
    cell: Vec<f32>,
}

impl Silero {
    pub(super) fn new(weights: Arc<Weights>) -> Self {
        Self { weights, before: [0.0; CONTEXT], hidden: vec![0.0; HIDDEN], cell: vec![0.0; HIDDEN] }
    }

    /// How likely somebody speaks in the next samples of the stream.
    pub(super) fn judge(&mut self, chunk: &[f32; CHUNK]) -> f32 {
        let mut samples = Vec::with_capacity(2 * CONTEXT + CHUNK);
        samples.extend_from_slice(&self.before);
        samples.extend_from_slice(chunk);
        // The end is mirrored.
        samples.extend(chunk.iter().rev().skip(1).take(CONTEXT));
        self.before.copy_from_slice(&chunk[CHUNK - CONTEXT..]);

        let mut steps = self.weights.magnitudes(&samples);
        for convolution in &self.weights.convolutions {
            steps = convolution.apply(&steps);
        }
        let input = steps.swap_remove(0);
        let weights = &self.weights;
        let gate = |index: usize| {
            let from_input = &weights.from_input[index * input.len()..(index + 1) * input.len()];
            let from_hidden = &weights.from_hidden[index * HIDDEN..(index + 1) * HIDDEN];
            dot(from_input, &input) + dot(from_hidden, &self.hidden) + weights.bias[index]
        };
        let gates: Vec<f32> = (0..4 * HIDDEN).map(gate).collect();
        for unit in 0..HIDDEN {
            let [enter, keep, value, show] = [0, 1, 2, 3].map(|kind| gates[kind * HIDDEN + unit]);
            self.cell[unit] = sigmoid(keep) * self.cell[unit] + sigmoid(enter) * value.tanh();
            self.hidden[unit] = sigmoid(show) * self.cell[unit].tanh();
        }
        let shown: Vec<f32> = self.hidden.iter().map(|value| value.max(0.0)).collect();
        sigmoid(dot(&weights.output, &shown) + weights.output_bias)
    }
}

fn all(tensors: &HashMap<String, Tensor>, name: &str) -> Result<Vec<f32>, Cause> {
    let tensor = tensors.get(name).ok_or_else(|| format!("the voice model has no {name}"))?;
    Ok(tensor.flatten_all()?.to_vec1()?)
}

fn exactly(tensors: &HashMap<String, Tensor>, name: &str, count: usize) -> Result<Vec<f32>, Cause> {
    let values = all(tensors, name)?;
    if values.len() == count {
        Ok(values)
    } else {
        Err(format!("the voice model's {name} has {} values instead of {count}", values.len()).into())
    }
}

fn sigmoid(value: f32) -> f32 {
    1.0 / (1.0 + (-value).exp())
}

/// Eight sums side by side, so that the compiler takes eight products at once.
#[multiversion(targets("x86_64+avx2+fma"))]
fn dot(left: &[f32], right: &[f32]) -> f32 {
    let (left, right) = (left.chunks_exact(8), right.chunks_exact(8));
    let rest: f32 = left.remainder().iter().zip(right.remainder()).map(|(x, y)| x * y).sum();
    let mut sums = [0.0_f32; 8];
    for (left, right) in left.zip(right) {
        for (sum, (x, y)) in sums.iter_mut().zip(left.iter().zip(right)) {
            *sum += x * y;
        }
    }
    sums.iter().sum::<f32>() + rest
}
