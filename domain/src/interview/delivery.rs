//! How an answer was said, beside what was said: measures of speech and of the picture, judged by a rubric
//! of their own. They never change the score of the content. Pure, so that an auditor can rerun it.

mod ratings;
mod rubric;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::rubric::{DeliveryCriterionRubric, DeliveryRubric, DeliveryRubricError};
use crate::attention::event::{FrameAnalysed, Neutral};
use crate::attention::looking::{self, Framing, Looking, Seen};
use crate::personal::Personal;
use crate::score::{Feature, Level, Score};
use crate::speech::{self, Measures, Utterance};
use crate::transcript::event::UtteranceTranscribed;

/// Who measures, with version.
pub const MEASURED_BY: &str = "delivery/1";
/// With fewer looks at the picture than this nothing is said about it.
const ENOUGH_LOOKS: usize = 10;

/// What the delivery of an answer is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryCriterion {
    /// Words per minute.
    Pace,
    /// Words that say nothing.
    Fillers,
    /// Silences in mid-sentence.
    Pauses,
    /// Eyes toward the camera.
    Attention,
    /// How the picture shows the candidate.
    Framing,
}

impl DeliveryCriterion {
    /// Every criterion, in the order of a report.
    pub const ALL: [Self; 5] = [Self::Pace, Self::Fillers, Self::Pauses, Self::Attention, Self::Framing];
}

/// A stretch of time that a rating rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Moment {
    /// When it begins, in ms from the moment the interview's first question was asked.
    pub start_ms: u64,
    /// When it ends, in the same ms.
    pub end_ms: u64,
    /// What happened, in a word or a few: `um`, `looking away`.
    pub label: String,
}

/// One criterion of how an answer was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeliveryRating {
    /// What was judged.
    pub criterion: DeliveryCriterion,
    /// The level reached; `None` is *could not be observed*, never zero.
    pub level: Option<Level>,
    /// The weight from the rubric, before renormalising over what could be observed.
    pub weight: f64,
    /// What the level was computed from.
    pub features: Vec<Feature>,
    /// What the level rests on, in order of time.
    pub moments: Personal<Vec<Moment>>,
    /// Why, in words the candidate can use.
    pub rationale: Personal<String>,
}

/// How an answer was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Delivery {
    /// Who measured, with version: `delivery/1`.
    pub measured_by: String,
    /// The rubric file and version.
    pub rubric: String,
    /// Words that say something.
    pub words: u32,
    /// The time spoken, in ms; silences of 2 s and more are left out.
    pub speech_ms: u64,
    /// The longest stretch without a silence of 2 s, in ms.
    pub longest_monologue_ms: u64,
    /// Frames of the camera within the answer.
    pub frames: u32,
    /// One per criterion of the rubric.
    pub ratings: Vec<DeliveryRating>,
    /// The weighted mean of those that could be observed; `None` without any.
    pub overall: Option<Score>,
}

/// A spoken answer with all that was heard and seen meanwhile.
#[derive(Debug, Clone, Copy)]
pub struct SpokenAnswer<'a> {
    /// When the interview's first question was asked; times are told from here.
    pub zero: DateTime<Utc>,
    /// When this question was asked.
    pub opened_at: DateTime<Utc>,
    /// When the answer was handed in.
    pub submitted_at: DateTime<Utc>,
    /// What was said, in order.
    pub utterances: &'a [&'a UtteranceTranscribed],
    /// What was seen in the interview, in order of capture.
    pub frames: &'a [FrameAnalysed],
    /// How this person looks into the camera.
    pub neutral: Option<&'a Neutral>,
}

/// What was measured of an answer, before it is judged.
struct Observed {
    zero: DateTime<Utc>,
    speech: Measures,
    looks: Vec<Seen<Looking>>,
    framing: Vec<Seen<Framing>>,
}

impl Observed {
    fn ms(&self, at: DateTime<Utc>) -> u64 {
        since(self.zero, at)
    }
}

/// Milliseconds from one moment to a later one; 0 for an earlier one.
pub fn since(zero: DateTime<Utc>, at: DateTime<Utc>) -> u64 {
    u64::try_from((at - zero).num_milliseconds()).unwrap_or(0)
}

/// The speech of some utterances, on the time line that begins at `zero`.
pub fn speech_of(
    zero: DateTime<Utc>,
    opened_at: DateTime<Utc>,
    utterances: &[&UtteranceTranscribed],
) -> Measures {
    let placed: Vec<Utterance<'_>> = utterances
        .iter()
        .map(|utterance| Utterance { start_ms: since(zero, utterance.started_at), words: utterance.spoken() })
        .collect();
    speech::measure(&placed, since(zero, opened_at))
}

/// Measures and judges how an answer was said.
pub fn judge(answer: &SpokenAnswer<'_>, rubric: &DeliveryRubric) -> Delivery {
    let speech = speech_of(answer.zero, answer.opened_at, answer.utterances);
    // Thinking before the first word costs nothing, wherever one looks meanwhile.
    let from = answer.utterances.first().map_or(answer.opened_at, |first| first.started_at);
    let within =
        |frame: &&FrameAnalysed| frame.captured_at >= from && frame.captured_at <= answer.submitted_at;
    let frames: Vec<FrameAnalysed> = answer.frames.iter().filter(within).cloned().collect();
    let observed = Observed {
        zero: answer.zero,
        looks: looking::looking(&frames, answer.neutral),
        framing: looking::framing(&frames),
        speech,
    };
    let ratings: Vec<DeliveryRating> =
        rubric.criteria.iter().map(|one| ratings::rate(one, &observed)).collect();
    Delivery {
        measured_by: MEASURED_BY.to_owned(),
        rubric: rubric.id.clone(),
        words: u32::try_from(observed.speech.words).unwrap_or(u32::MAX),
        speech_ms: observed.speech.speech_ms,
        longest_monologue_ms: observed.speech.longest_monologue_ms,
        frames: u32::try_from(frames.len()).unwrap_or(u32::MAX),
        overall: overall(&ratings),
        ratings,
    }
}

/// The weighted mean of the ratings that could be observed; `None` without any.
pub fn overall(ratings: &[DeliveryRating]) -> Option<Score> {
    crate::score::weighted(ratings.iter().filter_map(|rating| Some((rating.level?, rating.weight))))
}

#[cfg(test)]
mod tests;
