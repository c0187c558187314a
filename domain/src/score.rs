//! The arithmetic of scores: pure, so that an auditor can rerun it.

pub mod ceiling;
pub mod formula;
pub mod interval;
pub mod trend;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use self::interval::LevelInterval;
use crate::personal::Personal;
use crate::text::Span;

/// A score from 0 to 100, kept to one decimal so that it is the same on every machine.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "f64", into = "f64")]
#[schemars(with = "f64", extend("minimum" = 0, "maximum" = 100))]
pub struct Score(f64);

/// A value that is not a score.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("a score lies between 0 and 100, not at {0}")]
pub struct ScoreOutOfRange(f64);

impl Score {
    /// Rounds to one decimal.
    ///
    /// # Errors
    /// The value is not a number between 0 and 100.
    pub fn new(value: f64) -> Result<Self, ScoreOutOfRange> {
        if !(0.0..=100.0).contains(&value) {
            return Err(ScoreOutOfRange(value));
        }
        Ok(Self((value * 10.0).round() / 10.0))
    }

    /// The nearest score to any number; not-a-number counts as 0.
    pub fn clamped(value: f64) -> Self {
        let value = if value.is_nan() { 0.0 } else { value.clamp(0.0, 100.0) };
        Self((value * 10.0).round() / 10.0)
    }

    /// The number, 0 to 100.
    pub fn value(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Score {
    type Error = ScoreOutOfRange;

    fn try_from(value: f64) -> Result<Self, Self::Error> {
        Self::new(value)
    }
}

impl From<Score> for f64 {
    fn from(score: Score) -> Self {
        score.0
    }
}

/// A level of a criterion, 1.0 (lowest) to 5.0, kept to one decimal.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "f64", into = "f64")]
#[schemars(with = "f64", extend("minimum" = 1, "maximum" = 5))]
pub struct Level(f64);

/// A value that is not a level.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("a level lies between 1 and 5, not at {0}")]
pub struct LevelOutOfRange(f64);

impl Level {
    /// The nearest level to any number; not-a-number counts as 1.
    pub fn clamped(value: f64) -> Self {
        let value = if value.is_nan() { 1.0 } else { value.clamp(1.0, 5.0) };
        Self((value * 10.0).round() / 10.0)
    }

    /// The number, 1.0 to 5.0.
    pub fn value(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Level {
    type Error = LevelOutOfRange;

    fn try_from(value: f64) -> Result<Self, Self::Error> {
        if !(1.0..=5.0).contains(&value) {
            return Err(LevelOutOfRange(value));
        }
        Ok(Self::clamped(value))
    }
}

impl From<Level> for f64 {
    fn from(level: Level) -> Self {
        level.0
    }
}

/// What an answer is judged by. The rubric file holds the levels' anchors and the weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    /// The answer speaks to the question.
    Relevance,
    /// The answer is easy to follow.
    Clarity,
    /// Situation, task, action and result are told, in an order that can be followed.
    Structure,
    /// What is said is right (technical questions).
    Correctness,
    /// Reasons, trade-offs and specifics beyond the surface (technical questions).
    Depth,
}

/// A number that a level was computed from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Feature {
    /// `snake_case`, with its unit: `words_per_sentence`, `question_similarity`.
    pub name: String,
    /// Its value as the evaluator saw it.
    pub value: f64,
}

/// The words of the answer that a rating rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// The words, copied from the answer.
    pub quote: Personal<String>,
    /// Where they stand in the answer.
    pub span: Span,
}

/// One criterion of one evaluation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rating {
    /// What was judged.
    pub criterion: Criterion,
    /// The level reached; `None` is *not applicable*, never zero.
    pub level: Option<Level>,
    /// The weight from the rubric, before renormalising over the applicable criteria.
    pub weight: f64,
    /// Between which levels it lies nine times out of ten; verdicts before `embedded/3` do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<LevelInterval>,
    /// What the level was computed from.
    pub features: Vec<Feature>,
    /// What the level rests on.
    pub evidence: Vec<Evidence>,
    /// Why, in words the candidate can use.
    pub rationale: Personal<String>,
}

/// The weighted mean of the applicable ratings, on the scale of [`Score`].
///
/// A level of 1 is 0 points and a level of 5 is 100; weights are renormalised over the criteria
/// that apply. `None` where none applies or all weights are zero.
pub fn overall(ratings: &[Rating]) -> Option<Score> {
    weighted(ratings.iter().filter_map(|rating| Some((rating.level?, rating.weight))))
}

/// The weighted mean of levels, on the scale of [`Score`]; `None` where there are none or all weights are zero.
pub fn weighted(levels: impl Iterator<Item = (Level, f64)> + Clone) -> Option<Score> {
    let total: f64 = levels.clone().map(|(_, weight)| weight).sum();
    if total <= 0.0 {
        return None;
    }
    let points: f64 = levels.map(|(level, weight)| (level.value() - 1.0) * 25.0 * weight).sum();
    Some(Score::clamped(points / total))
}

/// The mean of the scores of an interview's questions; `None` without any.
pub fn mean(scores: &[Score]) -> Option<Score> {
    if scores.is_empty() {
        return None;
    }
    let count = f64::from(u32::try_from(scores.len()).unwrap_or(u32::MAX));
    Some(Score::clamped(scores.iter().map(|score| score.value()).sum::<f64>() / count))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rating(level: Option<f64>, weight: f64) -> Rating {
        Rating {
            criterion: Criterion::Clarity,
            level: level.map(Level::clamped),
            weight,
            interval: None,
            features: Vec::new(),
            evidence: Vec::new(),
            rationale: Personal::Erased,
        }
    }

    #[test]
    fn what_does_not_apply_is_left_out_and_not_counted_as_zero() {
        let ratings = [rating(Some(5.0), 1.0), rating(None, 3.0)];
        assert_eq!(overall(&ratings), Some(Score(100.0)));
    }

    #[test]
    fn weights_count() {
        let ratings = [rating(Some(5.0), 3.0), rating(Some(1.0), 1.0)];
        assert_eq!(overall(&ratings), Some(Score(75.0)));
    }

    #[test]
    fn no_rating_gives_no_score() {
        assert_eq!(overall(&[]), None);
    }

    #[test]
    fn a_score_above_a_hundred_is_refused() {
        assert!(Score::new(140.0).is_err());
    }
}
