//! Functions of single numbers and of rows, written so that the compiler turns them into vector instructions.
//!
//! Plain loops over eight numbers at a time, without a branch or a call; the order of the sums never changes, so
//! the result does not depend on the processor. All of it is put into its callers, which choose the instructions.

#![expect(
    clippy::inline_always,
    reason = "a function that stays apart keeps the instructions that all processors have"
)]

const LANES: usize = 8;

/// Eight sums beside each other.
#[inline(always)]
pub(crate) fn sum(row: &[f32]) -> f32 {
    let mut sums = [0.0_f32; LANES];
    let chunks = row.chunks_exact(LANES);
    let rest: f32 = chunks.remainder().iter().sum();
    for chunk in chunks {
        for (sum, value) in sums.iter_mut().zip(chunk) {
            *sum += value;
        }
    }
    sums.iter().sum::<f32>() + rest
}

/// Brings a row to mean 0 and deviation 1, then stretches and moves it. `epsilon` is added to the variance.
#[inline(always)]
#[expect(clippy::cast_precision_loss, reason = "a row has hundreds of numbers")]
pub(crate) fn normalise(row: &mut [f32], weight: &[f32], bias: &[f32], epsilon: f32) {
    let count = row.len() as f32;
    let mean = sum(row) / count;
    for value in row.iter_mut() {
        *value -= mean;
    }
    let mut squares = [0.0_f32; LANES];
    for chunk in row.chunks(LANES) {
        for (sum, value) in squares.iter_mut().zip(chunk) {
            *sum += value * value;
        }
    }
    let share = 1.0 / (squares.iter().sum::<f32>() / count + epsilon).sqrt();
    for ((value, weight), bias) in row.iter_mut().zip(weight).zip(bias) {
        *value = *value * share * weight + bias;
    }
}

/// Turns a row of numbers, each times `scale`, into shares that sum up to one.
#[inline(always)]
pub(crate) fn softmax(row: &mut [f32], scale: f32) {
    let most = row.iter().copied().fold(f32::MIN, f32::max);
    for value in row.iter_mut() {
        *value = exp((*value - most) * scale);
    }
    let share = 1.0 / sum(row);
    for value in row {
        *value *= share;
    }
}

/// x Φ(x).
#[inline(always)]
pub(crate) fn gelu(x: f32) -> f32 {
    0.5 * x * (1.0 + erf(x * std::f32::consts::FRAC_1_SQRT_2))
}

/// The error function by Abramowitz and Stegun, 7.1.26: within 1.5e-7.
#[inline(always)]
fn erf(x: f32) -> f32 {
    const P: f32 = 0.327_591_1;
    const A: [f32; 5] = [0.254_829_6, -0.284_496_74, 1.421_413_7, -1.453_152, 1.061_405_4];
    let size = x.abs();
    let t = 1.0 / (1.0 + P * size);
    let polynomial = ((((A[4] * t + A[3]) * t + A[2]) * t + A[1]) * t + A[0]) * t;
    (1.0 - polynomial * exp(-size * size)).copysign(x)
}

/// e to the power of `x`, up to 88; within three parts in ten million. Without a branch or a call, so that eight run at once.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    /// Added and taken away again it rounds, and leaves the whole number in the lowest bits.
    const ROUND: f32 = 12_582_912.0;
    /// The natural logarithm of 2 in two parts, the first with zeros at its end.
    const LN_2: (f32, f32) = (0.693_359_4, -2.121_944_4e-4);
    let x = x.clamp(-87.0, 88.0);
    let rounded = x * std::f32::consts::LOG2_E + ROUND;
    let whole = rounded - ROUND;
    let rest = (x - whole * LN_2.0) - whole * LN_2.1;
    let series = ((((1.987_569_1e-4 * rest + 1.398_199_9e-3) * rest + 8.333_452e-3) * rest + 4.166_579_6e-2)
        * rest
        + 1.666_666_5e-1)
        * rest
        + 0.5;
    let power = rounded.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127) << 23;
    (series * rest * rest + rest + 1.0) * f32::from_bits(power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_that_of_the_library() {
        for step in -8_700_i16..=8_800 {
            let x = f32::from(step) / 100.0;
            let expected = f64::from(x).exp();
            assert!((f64::from(exp(x)) - expected).abs() <= 3e-7 * expected, "{x}: {} {expected}", exp(x));
        }
    }

    #[test]
    fn the_error_function_is_that_of_the_tables() {
        let table =
            [(0.0, 0.0), (0.1, 0.112_462_92), (0.5, 0.520_499_9), (1.0, 0.842_700_8), (2.0, 0.995_322_3)];
        for (x, expected) in table {
            assert!((erf(x) - expected).abs() < 5e-7 && (erf(-x) + expected).abs() < 5e-7, "{x}: {}", erf(x));
        }
        assert!((gelu(1.0) - 0.841_344_7).abs() < 5e-7);
        assert!(gelu(-9.0).abs() < 1e-6 && (gelu(9.0) - 9.0).abs() < 1e-6);
    }

    #[test]
    fn a_row_is_brought_to_mean_nought_and_deviation_one() {
        let (weight, bias) = (vec![2.0; 16], vec![1.0; 16]);
        let mut row: Vec<f32> = (0_u8..16).map(f32::from).collect();
        normalise(&mut row, &weight, &bias, 1e-12);
        let mean = row.iter().sum::<f32>() / 16.0;
        let variance = row.iter().map(|value| (value - 1.0) * (value - 1.0)).sum::<f32>() / 16.0;
        assert!((mean - 1.0).abs() < 1e-6 && (variance - 4.0).abs() < 1e-5, "{mean} {variance}");
    }

    #[test]
    fn shares_sum_up_to_one() {
        let mut row = vec![1.0, 3.0, 2.0, -40.0, 3.0];
        softmax(&mut row, 0.5);
        assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!((row[1] / row[0] - 1.0_f32.exp()).abs() < 1e-5 && row[3] < 1e-8);
        assert!((row[1] - row[4]).abs() < f32::EPSILON);
    }
}
