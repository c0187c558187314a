//! How sure a level is: between which levels it lies nine times out of ten, by the evaluator's measured error.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Level, Rating, Score, weighted};

/// Between which levels people's verdict lies nine times out of ten.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LevelInterval {
    /// The lowest.
    pub low: Level,
    /// The highest.
    pub high: Level,
}

impl LevelInterval {
    /// From so much under a level to so much above it, within the scale; `below` is negative.
    pub fn around(level: Level, below: f64, above: f64) -> Self {
        Self { low: Level::clamped(level.value() + below), high: Level::clamped(level.value() + above) }
    }

    /// As wide to either side of another level, within the scale.
    #[must_use]
    pub fn moved(self, from: Level, to: Level) -> Self {
        Self::around(to, self.low.value() - from.value(), self.high.value() - from.value())
    }
}

/// Between which scores the overall score lies at least nine times out of ten.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScoreInterval {
    /// The lowest.
    pub low: Score,
    /// The highest.
    pub high: Score,
}

impl LevelInterval {
    /// Half its width.
    pub fn half_width(self) -> f64 {
        (self.high.value() - self.low.value()) / 2.0
    }
}

impl ScoreInterval {
    /// Half its width.
    pub fn half_width(self) -> f64 {
        (self.high.value() - self.low.value()) / 2.0
    }
}

/// The overall score of the lowest levels and that of the highest.
///
/// That is as wide as if all criteria erred the same way at once; nobody has measured how far they do, so nothing is
/// taken off for errors that cancel. `None` where a level that counts has no interval, or nothing counts.
pub fn overall_interval(ratings: &[Rating]) -> Option<ScoreInterval> {
    let counted = ratings.iter().filter(|rating| rating.level.is_some() && rating.weight > 0.0);
    let intervals: Option<Vec<(LevelInterval, f64)>> =
        counted.map(|rating| Some((rating.interval?, rating.weight))).collect();
    let intervals = intervals?;
    let low = weighted(intervals.iter().map(|(interval, weight)| (interval.low, *weight)))?;
    let high = weighted(intervals.iter().map(|(interval, weight)| (interval.high, *weight)))?;
    Some(ScoreInterval { low, high })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::personal::Personal;
    use crate::score::Criterion;

    fn rating(level: Option<f64>, weight: f64, interval: Option<(f64, f64)>) -> Rating {
        let level = level.map(Level::clamped);
        Rating {
            criterion: Criterion::Clarity,
            level,
            weight,
            interval: level
                .zip(interval)
                .map(|(level, (below, above))| LevelInterval::around(level, below, above)),
            features: Vec::new(),
            evidence: Vec::new(),
            rationale: Personal::Erased,
        }
    }

    #[test]
    fn an_interval_stays_within_the_scale() {
        let interval = LevelInterval::around(Level::clamped(4.5), -2.0, 2.0);
        assert_eq!((interval.low.value(), interval.high.value()), (2.5, 5.0));
        let moved = interval.moved(Level::clamped(4.5), Level::clamped(2.0));
        assert_eq!((moved.low.value(), moved.high.value()), (1.0, 2.5));
    }

    #[test]
    fn the_overall_interval_is_that_of_all_lowest_and_all_highest_levels() {
        let ratings = [rating(Some(3.0), 3.0, Some((-1.0, 1.0))), rating(Some(5.0), 1.0, Some((-1.0, 1.0)))];
        let interval = overall_interval(&ratings).unwrap();
        assert_eq!((interval.low.value(), interval.high.value()), (37.5, 81.3));
    }

    #[test]
    fn without_the_interval_of_a_level_that_counts_there_is_none() {
        let ratings = [rating(Some(3.0), 1.0, Some((-1.0, 1.0))), rating(Some(3.0), 1.0, None)];
        assert_eq!(overall_interval(&ratings), None);
        let ratings = [rating(Some(3.0), 1.0, Some((-1.0, 1.0))), rating(None, 1.0, None)];
        assert!(overall_interval(&ratings).is_some());
        assert_eq!(overall_interval(&[]), None);
    }
}
