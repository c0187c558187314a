//! Products of matrices, and learnt maps whose weights are kept in 16 bits.

use gemm::Parallelism;
use half::f16;
use half::slice::HalfFloatSliceExt as _;
use multiversion::multiversion;

use crate::elementwise;

/// Rows of numbers in one slice: how many numbers lie between the beginnings of two rows, and of two columns.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) numbers: &'a [f32],
    pub(super) row: usize,
    pub(super) column: usize,
}

impl<'a> View<'a> {
    /// Rows that begin `row` numbers after each other; they may overlap.
    pub(super) fn rows(numbers: &'a [f32], row: usize) -> Self {
        Self { numbers, row, column: 1 }
    }

    /// The same, turned round.
    pub(super) fn columns(numbers: &'a [f32], column: usize) -> Self {
        Self { numbers, row: 1, column }
    }

    fn has(&self, rows: usize, columns: usize) -> bool {
        let last = rows.saturating_sub(1) * self.row + columns.saturating_sub(1) * self.column;
        rows == 0 || columns == 0 || last < self.numbers.len()
    }
}

/// Writes the product of `left` (`rows` by `inner`) and `right` (`inner` by `columns`) into rows of `out` that begin
/// `stride` numbers after each other.
pub(super) fn multiply(
    out: &mut [f32],
    stride: usize,
    (rows, columns, inner): (usize, usize, usize),
    left: View<'_>,
    right: View<'_>,
) {
    assert!(stride >= columns && View::rows(out, stride).has(rows, columns), "the product has no room");
    assert!(left.has(rows, inner) && right.has(inner, columns), "a factor is too small");
    let signed = |step: usize| isize::try_from(step).unwrap_or(isize::MAX);
    #[expect(unsafe_code, reason = "the library takes pointers")]
    // SAFETY: all places of the three matrices were found to lie in their slices, rows of `out` do not overlap, and
    // `out` is borrowed alone.
    unsafe {
        gemm::gemm(
            rows,
            columns,
            inner,
            out.as_mut_ptr(),
            1,
            signed(stride),
            false,
            left.numbers.as_ptr(),
            signed(left.column),
            signed(left.row),
            right.numbers.as_ptr(),
            signed(right.column),
            signed(right.row),
            0.0,
            1.0,
            false,
            false,
            false,
            Parallelism::None,
        );
    }
}

/// The sum of products, sixteen beside each other.
#[inline(always)]
#[expect(clippy::inline_always, reason = "it takes the instructions of its caller")]
pub(super) fn dot(left: &[f32], right: &[f32]) -> f32 {
    let (left, right) = (left.chunks_exact(16), right.chunks_exact(16));
    let rest: f32 = left.remainder().iter().zip(right.remainder()).map(|(x, y)| x * y).sum();
    let mut sums = [0.0_f32; 16];
    for (left, right) in left.zip(right) {
        for (sum, (x, y)) in sums.iter_mut().zip(left.iter().zip(right)) {
            *sum += x * y;
        }
    }
    sums.iter().sum::<f32>() + rest
}

/// The sum of products of rows of weights and one row, for each of `out`.
#[multiversion(targets("x86_64+avx2+fma"))]
fn multiply_row(weights: &[f16], input: &[f32], out: &mut [f32]) {
    const LANES: usize = 32;
    let bits: &[u16] = weights.reinterpret_cast();
    for (row, out) in bits.chunks_exact(input.len()).zip(out) {
        let (row, input) = (row.chunks_exact(LANES), input.chunks_exact(LANES));
        let rest = row.remainder().iter().zip(input.remainder());
        let rest: f32 = rest.map(|(bits, input)| widened(*bits) * input).sum();
        let mut sums = [0.0_f32; LANES];
        for (bits, input) in row.zip(input) {
            for ((sum, bits), input) in sums.iter_mut().zip(bits).zip(input) {
                *sum += widened(*bits) * input;
            }
        }
        *out = sums.iter().sum::<f32>() + rest;
    }
}

/// A finite number of 16 bits in 32: shifted into its place and multiplied, which makes up for the other zero point of
/// its exponent. That can be done for many at a time on any processor.
#[inline(always)]
fn widened(bits: u16) -> f32 {
    /// 2 to the power of 112.
    const ZERO_POINT: f32 = f32::from_bits((127 + 112) << 23);
    let shifted = (i32::from(bits.cast_signed()) << 13).cast_unsigned() & 0x8fff_e000;
    f32::from_bits(shifted) * ZERO_POINT
}

/// A learnt map of rows: a row of weights for each output, and what is added to it.
pub(super) struct Linear {
    pub(super) weight: Vec<f16>,
    /// Empty where nothing is added.
    pub(super) bias: Vec<f32>,
    pub(super) inputs: usize,
    pub(super) outputs: usize,
}

impl Linear {
    /// Maps each row of `input`; `wide` is room for the weights in 32 bits.
    pub(super) fn apply(&self, input: &[f32], wide: &mut Vec<f32>) -> Vec<f32> {
        let rows = input.len() / self.inputs;
        let mut out = vec![0.0; rows * self.outputs];
        if rows == 1 {
            self.apply_to_one(input, 0, &mut out);
        } else {
            wide.resize(self.weight.len(), 0.0);
            self.weight.convert_to_f32_slice(wide);
            let shape = (rows, self.outputs, self.inputs);
            let (left, right) = (View::rows(input, self.inputs), View::columns(wide, self.inputs));
            multiply(&mut out, self.outputs, shape, left, right);
        }
        if !self.bias.is_empty() {
            for row in out.chunks_exact_mut(self.outputs) {
                add(row, &self.bias);
            }
        }
        out
    }

    /// The outputs from the `first` on for one row, without the bias.
    ///
    /// The weights are read once and used once: in 16 bits there is half as much to read.
    pub(super) fn apply_to_one(&self, input: &[f32], first: usize, out: &mut [f32]) {
        multiply_row(&self.weight[first * self.inputs..], input, out);
    }

    /// One row of weights in 32 bits.
    pub(super) fn row(&self, place: usize) -> impl Iterator<Item = f32> + '_ {
        self.weight[place * self.inputs..(place + 1) * self.inputs].iter().map(|weight| weight.to_f32())
    }
}

/// How rows are brought to mean 0 and deviation 1.
pub(super) struct Norm {
    pub(super) weight: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

impl Norm {
    pub(super) fn apply(&self, input: &[f32]) -> Vec<f32> {
        /// What Whisper was trained with.
        const EPSILON: f32 = 1e-5;
        let mut out = input.to_vec();
        for row in out.chunks_exact_mut(self.weight.len()) {
            elementwise::normalise(row, &self.weight, &self.bias, EPSILON);
        }
        out
    }
}

/// Attention of some rows over others.
pub(super) struct Attention {
    pub(super) query: Linear,
    pub(super) key: Linear,
    pub(super) value: Linear,
    pub(super) out: Linear,
}

/// What comes after attention in each layer.
pub(super) struct Perceptron {
    pub(super) norm: Norm,
    pub(super) inner: Linear,
    pub(super) outer: Linear,
}

impl Perceptron {
    /// Adds to each row what is made of it.
    pub(super) fn apply(&self, rows: &mut [f32], wide: &mut Vec<f32>) {
        let mut inner = self.inner.apply(&self.norm.apply(rows), wide);
        gelu(&mut inner);
        add(rows, &self.outer.apply(&inner, wide));
    }
}

#[multiversion(targets("x86_64+avx2+fma"))]
pub(super) fn gelu(numbers: &mut [f32]) {
    for value in numbers {
        *value = elementwise::gelu(*value);
    }
}

/// Turns each row of a width into shares, as attention does with products of queries and keys.
#[multiversion(targets("x86_64+avx2+fma"))]
pub(super) fn softmax(numbers: &mut [f32], width: usize, scale: f32) {
    for row in numbers.chunks_exact_mut(width) {
        elementwise::softmax(row, scale);
    }
}

pub(super) fn add(row: &mut [f32], other: &[f32]) {
    for (value, other) in row.iter_mut().zip(other) {
        *value += other;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_is_that_of_the_definition() {
        let left: Vec<f32> = (0_u8..12).map(f32::from).collect();
        let right: Vec<f32> = (0_u8..8).map(|number| f32::from(number) - 3.5).collect();
        // Three rows of four by four rows of two; then rows that overlap by two, by the second factor turned round.
        let mut out = vec![9.0; 9];
        multiply(&mut out, 3, (3, 2, 4), View::rows(&left, 4), View::rows(&right, 2));
        let expected = |row: usize, column: usize| {
            (0..4).map(|at| left[row * 4 + at] * right[at * 2 + column]).sum::<f32>()
        };
        for (row, column) in (0..3).flat_map(|row| [(row, 0), (row, 1)]) {
            assert!((out[row * 3 + column] - expected(row, column)).abs() < 1e-4);
        }
        assert!((out[2] - 9.0).abs() < f32::EPSILON, "what lies between the rows stays");
        let mut out = vec![0.0; 10];
        multiply(&mut out, 2, (5, 2, 4), View::rows(&left, 2), View::columns(&right, 4));
        let expected = (0..4).map(|at| left[4 + at] * right[4 + at]).sum::<f32>();
        assert!((out[5] - expected).abs() < 1e-4);
    }

    #[test]
    #[should_panic(expected = "a factor is too small")]
    fn a_product_of_what_is_not_there_is_refused() {
        multiply(&mut [0.0; 4], 2, (2, 2, 3), View::rows(&[1.0; 5], 3), View::rows(&[1.0; 6], 2));
    }

    #[test]
    fn a_number_of_16_bits_keeps_its_value() {
        for bits in (0..=u16::MAX).filter(|bits| f16::from_bits(*bits).is_finite()) {
            assert_eq!(widened(bits).to_bits(), f16::from_bits(bits).to_f32().to_bits(), "{bits:#06x}");
        }
    }

    #[test]
    fn one_row_is_mapped_like_many() {
        let weight = (0_u8..96).map(|number| f16::from_f32(f32::from(number % 7) - 2.5)).collect();
        let linear = Linear { weight, bias: vec![0.5, -0.5], inputs: 48, outputs: 2 };
        let input: Vec<f32> = (0_u8..96).map(|number| f32::from(number % 5) * 0.25).collect();
        let both = linear.apply(&input, &mut Vec::new());
        let first = linear.apply(&input[..48], &mut Vec::new());
        let second = linear.apply(&input[48..], &mut Vec::new());
        for (one, many) in first.iter().chain(&second).zip(&both) {
            assert!((one - many).abs() < 1e-3, "{one} {many}");
        }
    }
}
