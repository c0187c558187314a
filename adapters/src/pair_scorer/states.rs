//! What a network makes of a text's tokens in its last three layers.

use crate::minilm::{LAYERS, Network};

const CLS: u32 = 101;
const SEP: u32 = 102;

/// The states of a text's tokens, without the first and last sign, after each of the last three layers; and the states
/// of all of them after the last.
#[derive(Debug, Clone, Default)]
pub(super) struct States {
    pub(super) layers: [Vec<Vec<f32>>; 3],
    pub(super) whole: Vec<Vec<f32>>,
}

impl States {
    /// Runs a text alone: nothing is padded, and nothing else is in the batch.
    pub(super) fn of(network: &Network, tokens: &[u32]) -> candle_core::Result<Self> {
        let mut states = Self::default();
        network.run([&[CLS], tokens, &[SEP]].concat(), 1, |number, state| {
            if let Some(kept) = (number + 3).checked_sub(LAYERS) {
                let rows = state.to_vec2::<f32>()?;
                if kept == 2 {
                    states.whole.clone_from(&rows);
                }
                states.layers[kept] = rows.into_iter().skip(1).take(tokens.len()).collect();
            }
            Ok(())
        })?;
        Ok(states)
    }
}
