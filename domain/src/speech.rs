//! What was said and how: words with their times, and the measures that follow from them.

mod measures;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::measures::{
    FillerUse, LONG_PAUSE_MS, Measures, PacePoint, Pause, PauseKind, Utterance, WordUse, measure,
};

/// A word as it was spoken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SpokenWord {
    /// With its case and punctuation, where the engine gives them.
    pub text: String,
    /// When it begins, in ms from the start of the utterance.
    pub start_ms: u32,
    /// When it ends, in ms from the start of the utterance.
    pub end_ms: u32,
    /// 0 to 1, as the engine sees it.
    pub confidence: f32,
    /// Whether it fills a pause and says nothing: `um`, `uh`, `er`, `you know`.
    pub filler: bool,
}

impl SpokenWord {
    /// The word alone: lower case, without punctuation at its ends.
    pub fn plain(&self) -> String {
        self.text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
    }
}
