//! How far the evaluator's levels were from people's: the intervals of its verdicts.

use std::sync::LazyLock;

use interaura_domain::score::interval::LevelInterval;
use interaura_domain::score::{Criterion, Level};
use serde::Deserialize;

const MEASURED: &str = include_str!("../../../models/pair-scorer-1/intervals.json");

#[derive(Deserialize)]
struct Errors {
    measured: Measured,
    not_measured: Error,
}

#[derive(Deserialize)]
struct Measured {
    correctness: Vec<Band>,
}

#[derive(Deserialize)]
struct Band {
    below: f64,
    #[serde(flatten)]
    error: Error,
}

/// So much lower and so much higher than ours people's levels were, nine times out of ten.
#[derive(Deserialize, Clone, Copy)]
struct Error {
    low: f64,
    high: f64,
}

static ERRORS: LazyLock<Option<Errors>> = LazyLock::new(|| serde_json::from_str(MEASURED).ok());

/// The whole scale says nothing and is never wrong.
const UNKNOWN: Error = Error { low: -4.0, high: 4.0 };

/// Between which levels people's verdict lies nine times out of ten. What was measured holds for correctness by the
/// scorer; everything else is set by hand.
pub fn interval_of(criterion: Criterion, level: Level, by_scorer: bool) -> LevelInterval {
    let error = ERRORS.as_ref().map_or(UNKNOWN, |errors| match criterion {
        Criterion::Correctness if by_scorer => {
            let band = errors.measured.correctness.iter().find(|band| level.value() < band.below);
            band.map_or(UNKNOWN, |band| band.error)
        }
        Criterion::Correctness
        | Criterion::Relevance
        | Criterion::Clarity
        | Criterion::Structure
        | Criterion::Depth => errors.not_measured,
    });
    LevelInterval::around(level, error.low, error.high)
}

/// The interval of a level whose evaluator nobody has measured.
pub fn unmeasured_interval(level: Level) -> LevelInterval {
    let error = ERRORS.as_ref().map_or(UNKNOWN, |errors| errors.not_measured);
    LevelInterval::around(level, error.low, error.high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_has_an_interval_around_it() {
        assert!(ERRORS.is_some());
        for tenths in 10..=50 {
            let level = Level::clamped(f64::from(tenths) / 10.0);
            for by_scorer in [true, false] {
                let interval = interval_of(Criterion::Correctness, level, by_scorer);
                assert!(interval.low <= level && level <= interval.high, "{level:?} {interval:?}");
                let says_nothing = interval.high.value() - interval.low.value() >= 4.0;
                assert!(!says_nothing || (25..35).contains(&tenths), "{level:?} {interval:?}");
            }
        }
    }
}
