//! The rubric of delivery: which measure stands for which criterion, and which value is which level.

use serde::{Deserialize, Serialize};

use super::DeliveryCriterion;
use crate::score::Level;

/// A rubric file of delivery.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliveryRubric {
    /// File name without its ending: `interview_delivery.v1`.
    pub id: String,
    /// What it judges.
    pub title: String,
    /// How levels become a score, in words.
    pub note: String,
    /// One per criterion.
    pub criteria: Vec<DeliveryCriterionRubric>,
}

/// How one criterion is judged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliveryCriterionRubric {
    /// Which criterion.
    pub criterion: DeliveryCriterion,
    /// The question that it asks of an answer.
    pub asks: String,
    /// What is measured, in words.
    pub measured_by: String,
    /// The feature that the bands are about.
    pub feature: String,
    /// How much it counts among those that could be observed.
    pub weight: f64,
    /// Values of the feature, rising, each with its level; straight lines lie between them.
    pub bands: Vec<(f64, f64)>,
    /// Where the bands come from.
    pub sources: Vec<String>,
    /// The anchors of levels 1 to 5.
    pub levels: [String; 5],
}

/// What is wrong with a rubric file of delivery.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryRubricError {
    /// It is not a rubric at all.
    #[error("the rubric of delivery cannot be read")]
    Unreadable(#[source] serde_json::Error),
    /// A criterion is missing or stands there twice.
    #[error("the rubric of delivery holds {found} entries for {criterion:?}, not one")]
    NotOnce {
        /// Which one.
        criterion: DeliveryCriterion,
        /// How often it was found.
        found: usize,
    },
    /// Weights do not add up to 1, or one is negative.
    #[error("the weights of the rubric of delivery add up to {0}, not to 1")]
    Weights(f64),
    /// Fewer than two bands, values that do not rise, or levels outside 1 to 5.
    #[error("the bands of {0:?} do not rise, or leave 1 to 5")]
    Bands(DeliveryCriterion),
}

impl DeliveryRubric {
    /// Reads and checks a rubric file.
    ///
    /// # Errors
    /// It is no rubric, or breaks one of the rules that [`DeliveryRubricError`] names.
    pub fn parse(json: &str) -> Result<Self, DeliveryRubricError> {
        let rubric: Self = serde_json::from_str(json).map_err(DeliveryRubricError::Unreadable)?;
        for criterion in DeliveryCriterion::ALL {
            let found = rubric.criteria.iter().filter(|one| one.criterion == criterion).count();
            if found != 1 {
                return Err(DeliveryRubricError::NotOnce { criterion, found });
            }
        }
        let sum: f64 = rubric.criteria.iter().map(|one| one.weight).sum();
        if (sum - 1.0).abs() > 1e-9 || rubric.criteria.iter().any(|one| one.weight < 0.0) {
            return Err(DeliveryRubricError::Weights(sum));
        }
        for one in &rubric.criteria {
            let rises = one.bands.windows(2).all(|pair| pair[0].0 < pair[1].0);
            let levels = one.bands.iter().all(|(_, level)| (1.0..=5.0).contains(level));
            if one.bands.len() < 2 || !rises || !levels {
                return Err(DeliveryRubricError::Bands(one.criterion));
            }
        }
        Ok(rubric)
    }

    /// How a criterion is judged.
    pub fn criterion(&self, criterion: DeliveryCriterion) -> Option<&DeliveryCriterionRubric> {
        self.criteria.iter().find(|one| one.criterion == criterion)
    }
}

impl DeliveryCriterionRubric {
    /// The level of a value: on the straight line between its neighbours, that of the end beyond the ends.
    pub fn level(&self, value: f64) -> Level {
        let above = self.bands.partition_point(|(at, _)| *at <= value);
        let level =
            match (above.checked_sub(1).and_then(|below| self.bands.get(below)), self.bands.get(above)) {
                (Some((from, low)), Some((to, high))) => low + (high - low) * (value - from) / (to - from),
                (Some((_, level)), None) | (None, Some((_, level))) => *level,
                (None, None) => 1.0,
            };
        Level::clamped(level)
    }

    /// The anchor nearest to a level, in words for the candidate.
    pub fn anchor(&self, level: Level) -> Option<&str> {
        let place = (1..=5_u8).rev().find(|step| level.value() + 0.5 >= f64::from(*step)).unwrap_or(1);
        self.levels.get(usize::from(place) - 1).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = include_str!("../../../../schemas/rubrics/interview_delivery.v1.json");

    #[test]
    fn the_rubric_that_is_shipped_keeps_its_own_rules() {
        let rubric = DeliveryRubric::parse(FILE).unwrap();
        assert_eq!(rubric.id, "interview_delivery.v1");
        assert!(rubric.criteria.iter().all(|one| !one.sources.is_empty()));
    }

    #[test]
    fn a_level_lies_on_the_line_between_its_neighbours() {
        let rubric = DeliveryRubric::parse(FILE).unwrap();
        let level = |value| rubric.criterion(DeliveryCriterion::Pace).unwrap().level(value).value();
        for (words_per_minute, expected) in
            [(10.0, 1.0), (100.0, 3.3), (120.0, 5.0), (150.0, 5.0), (215.0, 3.3), (400.0, 1.0)]
        {
            assert!((level(words_per_minute) - expected).abs() < 1e-9, "{words_per_minute}");
        }
    }

    #[test]
    fn bands_that_fall_back_are_refused() {
        let broken = FILE.replace("[110, 4]", "[80, 4]");
        assert!(matches!(
            DeliveryRubric::parse(&broken),
            Err(DeliveryRubricError::Bands(DeliveryCriterion::Pace))
        ));
    }
}
