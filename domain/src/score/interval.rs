//! How sure a level is: between which levels people's verdict is expected. Correctness has the evaluator's measured error;
//! every other width is set by hand.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ceiling::LEVEL_BEFORE_CEILING;
use super::formula::is_by_these;
use super::{Criterion, Level, Rating, Score, mean, weighted};

/// What only the scorer leaves among the features of correctness: without it the level was compared with nobody's.
const BY_SCORER: &str = "factor_for_opposite";

/// Levels are kept to a tenth; what lies further under the level before is held back.
const ROUNDING: f64 = 0.051;

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
    /// How far it reaches from the level to its wider side: at an end of the scale the other side is cut off.
    pub fn wider_side(self, level: Level) -> f64 {
        (level.value() - self.low.value()).max(self.high.value() - level.value())
    }
}

impl ScoreInterval {
    /// How far it reaches from the score to its wider side: at an end of the scale the other side is cut off.
    pub fn wider_side(self, score: Score) -> f64 {
        (score.value() - self.low.value()).max(self.high.value() - score.value())
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

/// The mean of the lowest scores and that of the highest: the interval of a mean of scores.
///
/// That is as wide as if all of them erred the same way at once: what an evaluator always gets wrong is in every one of
/// them, and no mean takes it out. `None` where one has no interval, or without any.
pub fn mean_interval(intervals: impl Iterator<Item = Option<ScoreInterval>>) -> Option<ScoreInterval> {
    let intervals = intervals.collect::<Option<Vec<ScoreInterval>>>()?;
    let low: Vec<Score> = intervals.iter().map(|interval| interval.low).collect();
    let high: Vec<Score> = intervals.iter().map(|interval| interval.high).collect();
    Some(ScoreInterval { low: mean(&low)?, high: mean(&high)? })
}

/// Whether the interval of a rating was measured against people's grades. That is so for correctness by the scorer, read
/// once and not held back by relevance; no people's verdicts exist for anything else.
pub fn is_measured(evaluator: &str, rating: &Rating) -> bool {
    let find = |name: &str| rating.features.iter().find(|feature| feature.name == name);
    let level = rating.level.map_or(0.0, Level::value);
    let is_held_back = find(LEVEL_BEFORE_CEILING).is_some_and(|before| before.value > level + ROUNDING);
    rating.criterion == Criterion::Correctness
        && is_by_these(evaluator)
        && find(BY_SCORER).is_some()
        && !is_held_back
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::personal::Personal;
    use crate::score::Feature;
    use crate::score::formula::{EMBEDDED_3, EMBEDDED_4};

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
    fn an_end_of_the_scale_makes_nothing_surer() {
        let interval = LevelInterval::around(Level::clamped(1.0), -1.5, 1.5);
        assert!((interval.wider_side(Level::clamped(1.0)) - 1.5).abs() < 1e-9);
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

    #[test]
    fn a_mean_is_as_unsure_as_what_it_is_made_of() {
        let between =
            |low, high| Some(ScoreInterval { low: Score::clamped(low), high: Score::clamped(high) });
        assert_eq!(
            mean_interval([between(10.0, 50.0), between(30.0, 90.0)].into_iter()),
            between(20.0, 70.0)
        );
        assert_eq!(mean_interval([between(10.0, 50.0), None].into_iter()), None);
        assert_eq!(mean_interval(std::iter::empty()), None);
    }

    #[test]
    fn only_correctness_by_the_scorer_was_measured() {
        let by_scorer = |criterion| Rating {
            criterion,
            features: vec![Feature { name: BY_SCORER.to_owned(), value: 1.0 }],
            ..rating(Some(3.0), 1.0, Some((-1.0, 1.0)))
        };
        assert!(is_measured(EMBEDDED_3, &by_scorer(Criterion::Correctness)));
        assert!(is_measured(EMBEDDED_4, &by_scorer(Criterion::Correctness)));
        assert!(!is_measured(EMBEDDED_3, &by_scorer(Criterion::Depth)));
        assert!(!is_measured("embedded/3+readings/1", &by_scorer(Criterion::Correctness)));
        let without = Rating { features: Vec::new(), ..by_scorer(Criterion::Correctness) };
        assert!(!is_measured(EMBEDDED_4, &without));
        let mut held_back = by_scorer(Criterion::Correctness);
        held_back.features.push(Feature { name: LEVEL_BEFORE_CEILING.to_owned(), value: 4.0 });
        assert!(!is_measured(EMBEDDED_4, &held_back));
    }
}
