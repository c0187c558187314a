//! What lies between the products of the network, row by row and in place.
//!
//! The order of the sums never changes, so the result does not depend on the processor.

use candle_core::{CpuStorage, InplaceOp1, InplaceOp2, Layout, Result};

use super::{HEAD, Norm};
use crate::elementwise;

const EPSILON: f32 = 1e-12;

/// Adds a bias to each row.
pub(super) struct AddBias<'a>(pub(super) &'a [f32]);

/// Adds a bias to each row and takes GELU.
pub(super) struct AddBiasAndGelu<'a>(pub(super) &'a [f32]);

/// Brings each row to mean 0 and deviation 1, then stretches and moves it as learnt.
pub(super) struct Normalise<'a>(pub(super) &'a Norm);

/// Adds a bias and another tensor's rows, then normalises.
pub(super) struct AddBiasAndNormalise<'a>(pub(super) &'a [f32], pub(super) &'a Norm);

/// Turns each row of products of queries and keys into shares that sum up to one.
pub(super) struct Softmax;

impl InplaceOp1 for AddBias<'_> {
    fn name(&self) -> &'static str {
        "add-bias"
    }

    fn cpu_fwd(&self, storage: &mut CpuStorage, layout: &Layout) -> Result<()> {
        for row in numbers(storage, layout)?.chunks_exact_mut(self.0.len()) {
            add(row, self.0);
        }
        Ok(())
    }
}

impl InplaceOp1 for AddBiasAndGelu<'_> {
    fn name(&self) -> &'static str {
        "add-bias-gelu"
    }

    fn cpu_fwd(&self, storage: &mut CpuStorage, layout: &Layout) -> Result<()> {
        for row in numbers(storage, layout)?.chunks_exact_mut(self.0.len()) {
            for (value, bias) in row.iter_mut().zip(self.0) {
                *value = elementwise::gelu(*value + bias);
            }
        }
        Ok(())
    }
}

impl InplaceOp1 for Normalise<'_> {
    fn name(&self) -> &'static str {
        "normalise"
    }

    fn cpu_fwd(&self, storage: &mut CpuStorage, layout: &Layout) -> Result<()> {
        for row in numbers(storage, layout)?.chunks_exact_mut(self.0.weight.len()) {
            elementwise::normalise(row, &self.0.weight, &self.0.bias, EPSILON);
        }
        Ok(())
    }
}

impl InplaceOp2 for AddBiasAndNormalise<'_> {
    fn name(&self) -> &'static str {
        "add-bias-normalise"
    }

    fn cpu_fwd(
        &self,
        storage: &mut CpuStorage,
        layout: &Layout,
        other: &CpuStorage,
        at: &Layout,
    ) -> Result<()> {
        let width = self.0.len();
        let others = &other.as_slice::<f32>()?[range(at)?];
        for (row, other) in numbers(storage, layout)?.chunks_exact_mut(width).zip(others.chunks_exact(width))
        {
            add(row, self.0);
            add(row, other);
            elementwise::normalise(row, &self.1.weight, &self.1.bias, EPSILON);
        }
        Ok(())
    }
}

impl InplaceOp1 for Softmax {
    fn name(&self) -> &'static str {
        "softmax"
    }

    fn cpu_fwd(&self, storage: &mut CpuStorage, layout: &Layout) -> Result<()> {
        let width = layout.dims().last().copied().unwrap_or(1).max(1);
        #[expect(clippy::cast_precision_loss, reason = "a small constant")]
        let scale = 1.0 / (HEAD as f32).sqrt();
        for row in numbers(storage, layout)?.chunks_exact_mut(width) {
            elementwise::softmax(row, scale);
        }
        Ok(())
    }
}

/// The numbers of a tensor that lie one after another.
fn numbers<'a>(storage: &'a mut CpuStorage, layout: &Layout) -> Result<&'a mut [f32]> {
    match storage {
        CpuStorage::F32(numbers) => Ok(&mut numbers[range(layout)?]),
        _ => candle_core::bail!("the network computes in f32"),
    }
}

fn range(layout: &Layout) -> Result<std::ops::Range<usize>> {
    match layout.contiguous_offsets() {
        Some((from, to)) => Ok(from..to),
        None => candle_core::bail!("the numbers do not lie one after another"),
    }
}

fn add(row: &mut [f32], other: &[f32]) {
    for (value, other) in row.iter_mut().zip(other) {
        *value += other;
    }
}
