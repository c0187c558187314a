//! Levels held back by a ceiling: what does not answer the question cannot earn much by being well said.
//!
//! A verdict keeps the ceiling and the level before it among the features, so that a reader sees
//! what the criterion alone would have reached, and an auditor can compute the level from the two.

use super::{Feature, Level, Rating};

/// The feature that holds the ceiling, which lies one step above relevance.
pub const CEILING_FROM_RELEVANCE: &str = "ceiling_from_relevance";
/// The feature that holds the level that the criterion alone would have reached.
pub const LEVEL_BEFORE_CEILING: &str = "level_before_ceiling";
/// The feature that holds relevance itself, where the ceiling does not lie one step above it.
pub const RELEVANCE: &str = "relevance";

/// A level that a ceiling lowered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeldBack {
    /// The level of relevance, which the ceiling lies at most one step above.
    pub relevance: Level,
    /// What the criterion alone would have reached; verdicts before `embedded/2` do not say.
    pub before: Option<Level>,
}

impl Rating {
    /// What held the level back; `None` where it is the criterion's own.
    pub fn held_back(&self) -> Option<HeldBack> {
        let level = self.level?;
        let ceiling = value(&self.features, CEILING_FROM_RELEVANCE)?;
        let before = value(&self.features, LEVEL_BEFORE_CEILING).map(Level::clamped);
        let lowered = before.map_or(level == Level::clamped(ceiling), |before| before > level);
        let relevance = value(&self.features, RELEVANCE).unwrap_or(ceiling - 1.0);
        lowered.then(|| HeldBack { relevance: Level::clamped(relevance), before })
    }

    /// The level whose anchor describes the answer under this criterion: the criterion's own,
    /// whatever a ceiling made of it. `None` where that is not known.
    pub fn level_of_its_own(&self) -> Option<Level> {
        self.held_back().map_or(self.level, |held| held.before)
    }
}

fn value(features: &[Feature], name: &str) -> Option<f64> {
    features.iter().find(|feature| feature.name == name).map(|feature| feature.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::personal::Personal;
    use crate::score::Criterion;

    fn rating(level: f64, features: &[(&str, f64)]) -> Rating {
        let feature = |(name, value): &(&str, f64)| Feature { name: (*name).to_owned(), value: *value };
        Rating {
            criterion: Criterion::Clarity,
            level: Some(Level::clamped(level)),
            weight: 0.2,
            interval: None,
            features: features.iter().map(feature).collect(),
            evidence: Vec::new(),
            rationale: Personal::Erased,
        }
    }

    #[test]
    fn a_level_under_its_ceiling_is_its_own() {
        let rating = rating(3.1, &[(CEILING_FROM_RELEVANCE, 4.2), (LEVEL_BEFORE_CEILING, 3.12)]);
        assert_eq!(rating.held_back(), None);
        assert_eq!(rating.level_of_its_own(), rating.level);
    }

    #[test]
    fn a_level_over_its_ceiling_says_what_it_would_have_been() {
        let rating = rating(2.3, &[(CEILING_FROM_RELEVANCE, 2.3), (LEVEL_BEFORE_CEILING, 4.56)]);
        let held = rating.held_back().unwrap();
        assert_eq!(held, HeldBack { relevance: Level::clamped(1.3), before: Some(Level::clamped(4.6)) });
        assert_eq!(rating.level_of_its_own(), Some(Level::clamped(4.6)));
    }

    #[test]
    fn an_older_verdict_at_its_ceiling_claims_no_anchor() {
        let rating = rating(2.3, &[(CEILING_FROM_RELEVANCE, 2.3)]);
        assert_eq!(rating.held_back().unwrap().before, None);
        assert_eq!(rating.level_of_its_own(), None);
    }

    #[test]
    fn relevance_itself_has_no_ceiling() {
        assert_eq!(rating(2.3, &[("list_likeness", 0.1)]).held_back(), None);
    }
}
