//! From mel bands to states that the decoder listens to, fifty a second.

use super::matrix::{Attention, Linear, Norm, Perceptron, View, add, gelu, multiply, softmax};
use super::mel::{BANDS, Mel};
use super::{HEAD, Stopped};

/// Positions that can be encoded.
pub(super) const MOST_POSITIONS: usize = 1_500;

/// One layer.
pub(super) struct Layer {
    pub(super) norm: Norm,
    pub(super) attention: Attention,
    pub(super) perceptron: Perceptron,
}

/// The encoder. Both convolutions look at three steps, whose weights lie one after another.
pub(super) struct Encoder {
    pub(super) mel: Mel,
    pub(super) first: Linear,
    pub(super) second: Linear,
    /// What is added at each position.
    pub(super) positions: Vec<f32>,
    pub(super) layers: Vec<Layer>,
    pub(super) norm: Norm,
}

impl Encoder {
    /// The states of samples at 16 kHz: a row for each of so many positions.
    pub(super) fn encode(
        &self,
        samples: &[f32],
        positions: usize,
        is_over: &dyn Fn() -> bool,
    ) -> Result<Vec<f32>, Stopped> {
        let (width, frames) = (self.second.outputs, 2 * positions);
        // A step of silence before and after.
        let mut bands = vec![0.0; (frames + 2) * BANDS];
        bands[BANDS..(frames + 1) * BANDS].copy_from_slice(&self.mel.bands(samples, frames));
        let mut wide = Vec::new();
        let mut steps = vec![0.0; (frames + 2) * width];
        let inside = width..(frames + 1) * width;
        convolve(&self.first, &bands, 1, &mut steps[inside.clone()], &mut wide);
        gelu(&mut steps[inside]);
        let mut states = vec![0.0; positions * width];
        convolve(&self.second, &steps, 2, &mut states, &mut wide);
        gelu(&mut states);
        add(&mut states, &self.positions);
        let mut shares = vec![0.0; positions * positions];
        for layer in &self.layers {
            if is_over() {
                return Err(Stopped);
            }
            layer.apply(&mut states, &mut shares, &mut wide);
        }
        Ok(self.norm.apply(&states))
    }
}

/// Takes three steps at once, from every `stride`th on.
fn convolve(kernel: &Linear, steps: &[f32], stride: usize, out: &mut [f32], wide: &mut Vec<f32>) {
    use half::slice::HalfFloatSliceExt as _;
    wide.resize(kernel.weight.len(), 0.0);
    kernel.weight.convert_to_f32_slice(wide);
    let rows = out.len() / kernel.outputs;
    let left = View::rows(steps, stride * kernel.inputs / 3);
    let shape = (rows, kernel.outputs, kernel.inputs);
    multiply(out, kernel.outputs, shape, left, View::columns(wide, kernel.inputs));
    for row in out.chunks_exact_mut(kernel.outputs) {
        add(row, &kernel.bias);
    }
}

impl Layer {
    fn apply(&self, states: &mut [f32], shares: &mut [f32], wide: &mut Vec<f32>) {
        let width = self.norm.weight.len();
        let count = states.len() / width;
        let input = self.norm.apply(states);
        let query = self.attention.query.apply(&input, wide);
        let key = self.attention.key.apply(&input, wide);
        let value = self.attention.value.apply(&input, wide);
        let mut seen = input;
        for head in (0..width).step_by(HEAD) {
            let (left, right) = (View::rows(&query[head..], width), View::columns(&key[head..], width));
            multiply(shares, count, (count, count, HEAD), left, right);
            softmax(shares, count, scale());
            let (left, right) = (View::rows(shares, count), View::rows(&value[head..], width));
            multiply(&mut seen[head..], width, (count, HEAD, count), left, right);
        }
        add(states, &self.attention.out.apply(&seen, wide));
        self.perceptron.apply(states, wide);
    }
}

/// What products of queries and keys are multiplied by.
#[expect(clippy::cast_precision_loss, reason = "a small constant")]
pub(super) fn scale() -> f32 {
    1.0 / (HEAD as f32).sqrt()
}
