//! The rubric: what each level of each criterion looks like, and how much each criterion counts.
//!
//! A rubric is a versioned file. A verdict names the file it was given by, so that a reader can
//! compare the levels with their anchors and rerun the arithmetic.

use serde::{Deserialize, Serialize};

use crate::interview::question::QuestionKind;
use crate::score::{Criterion, Level, Score};

/// A rubric file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rubric {
    /// File name without its ending: `interview_answer.v1`.
    pub id: String,
    /// What it judges.
    pub title: String,
    /// How levels become a score, in words.
    pub note: String,
    /// Names for ranges of the overall score, lowest first.
    pub bands: Vec<Band>,
    /// One per criterion.
    pub criteria: Vec<CriterionRubric>,
}

/// A name for a range of the overall score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// The lowest score of the band; it ends where the next begins.
    pub from: Score,
    /// Two or three words.
    pub label: String,
    /// What it means, in a sentence.
    pub meaning: String,
}

/// How one criterion is judged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CriterionRubric {
    /// Which criterion.
    pub criterion: Criterion,
    /// The question that it asks of an answer.
    pub asks: String,
    /// What the level is computed from, in words.
    pub measured_by: String,
    /// How much it counts.
    pub weights: KindWeights,
    /// The anchors of levels 1 to 5.
    pub levels: [String; 5],
}

/// A weight for each kind of question; 0 is *not applicable*.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindWeights {
    /// For questions about real situations.
    pub behavioural: f64,
    /// For questions about the work itself.
    pub technical: f64,
}

/// What is wrong with a rubric file.
#[derive(Debug, thiserror::Error)]
pub enum RubricError {
    /// It is not a rubric at all.
    #[error("the rubric cannot be read")]
    Unreadable(#[source] serde_json::Error),
    /// A criterion is missing or stands there twice.
    #[error("the rubric holds {found} entries for {criterion:?}, not one")]
    NotOnce {
        /// Which one.
        criterion: Criterion,
        /// How often it was found.
        found: usize,
    },
    /// The weights of a kind do not add up to 1, or one is negative.
    #[error("the weights of {kind:?} questions add up to {sum}, not to 1")]
    Weights {
        /// The kind of question.
        kind: QuestionKind,
        /// What they add up to.
        sum: f64,
    },
    /// An anchor or a label is empty.
    #[error("{criterion:?} has an empty anchor")]
    EmptyAnchor {
        /// Which one.
        criterion: Criterion,
    },
    /// Bands do not begin at 0 or do not rise.
    #[error("the bands have to begin at 0 and rise")]
    Bands,
}

const ALL: [Criterion; 5] = [
    Criterion::Relevance,
    Criterion::Clarity,
    Criterion::Structure,
    Criterion::Correctness,
    Criterion::Depth,
];

impl Rubric {
    /// Reads and checks a rubric file.
    ///
    /// # Errors
    /// It is no rubric, or breaks one of the rules that [`RubricError`] names.
    pub fn parse(json: &str) -> Result<Self, RubricError> {
        let rubric: Self = serde_json::from_str(json).map_err(RubricError::Unreadable)?;
        for criterion in ALL {
            let found = rubric.criteria.iter().filter(|one| one.criterion == criterion).count();
            if found != 1 {
                return Err(RubricError::NotOnce { criterion, found });
            }
        }
        if let Some(one) =
            rubric.criteria.iter().find(|one| one.levels.iter().any(|anchor| anchor.trim().is_empty()))
        {
            return Err(RubricError::EmptyAnchor { criterion: one.criterion });
        }
        for kind in [QuestionKind::Behavioural, QuestionKind::Technical] {
            let weights = || rubric.criteria.iter().map(|one| one.weights.of(kind));
            let sum: f64 = weights().sum();
            if (sum - 1.0).abs() > 1e-9 || weights().any(|weight| weight < 0.0) {
                return Err(RubricError::Weights { kind, sum });
            }
        }
        let starts_at_zero = rubric.bands.first().is_some_and(|band| band.from.value() <= 0.0);
        let rises = rubric.bands.windows(2).all(|pair| pair[0].from < pair[1].from);
        if starts_at_zero && rises { Ok(rubric) } else { Err(RubricError::Bands) }
    }

    /// How much a criterion counts for a kind of question; 0 is *not applicable*.
    pub fn weight(&self, criterion: Criterion, kind: QuestionKind) -> f64 {
        self.criteria.iter().find(|one| one.criterion == criterion).map_or(0.0, |one| one.weights.of(kind))
    }

    /// The anchor nearest to a level, in words for the candidate.
    pub fn anchor(&self, criterion: Criterion, level: Level) -> Option<&str> {
        let one = self.criteria.iter().find(|one| one.criterion == criterion)?;
        let place = (1..=5_u8).rev().find(|step| level.value() + 0.5 >= f64::from(*step)).unwrap_or(1);
        one.levels.get(usize::from(place) - 1).map(String::as_str)
    }

    /// The band that a score falls in.
    pub fn band(&self, score: Score) -> Option<&Band> {
        self.bands.iter().rev().find(|band| band.from <= score)
    }
}

impl KindWeights {
    /// The weight for a kind of question.
    pub fn of(self, kind: QuestionKind) -> f64 {
        match kind {
            QuestionKind::Behavioural => self.behavioural,
            QuestionKind::Technical => self.technical,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = include_str!("../../../schemas/rubrics/interview_answer.v1.json");

    #[test]
    fn the_rubric_that_is_shipped_keeps_its_own_rules() {
        let rubric = Rubric::parse(FILE).unwrap();
        assert_eq!(rubric.id, "interview_answer.v1");
        assert!(rubric.weight(Criterion::Structure, QuestionKind::Technical) <= 0.0);
        assert!(rubric.weight(Criterion::Correctness, QuestionKind::Behavioural) <= 0.0);
    }

    #[test]
    fn a_level_is_explained_by_the_nearest_anchor() {
        let rubric = Rubric::parse(FILE).unwrap();
        let anchor = |level| rubric.anchor(Criterion::Structure, Level::clamped(level)).unwrap().to_owned();
        assert_eq!(anchor(1.4), "No real event is told.");
        assert!(anchor(4.5).starts_with("Situation, task"));
    }

    #[test]
    fn a_score_falls_in_one_band() {
        let rubric = Rubric::parse(FILE).unwrap();
        assert_eq!(rubric.band(Score::clamped(24.9)).unwrap().label, "Not there yet");
        assert_eq!(rubric.band(Score::clamped(100.0)).unwrap().label, "Strong");
    }

    #[test]
    fn weights_that_do_not_add_up_are_refused() {
        let broken = FILE.replace("\"behavioural\": 0.35", "\"behavioural\": 0.45");
        assert!(matches!(Rubric::parse(&broken), Err(RubricError::Weights { .. })));
    }

    #[test]
    fn a_criterion_that_stands_there_twice_is_refused() {
        let broken = FILE.replace("\"criterion\": \"depth\"", "\"criterion\": \"clarity\"");
        assert!(matches!(Rubric::parse(&broken), Err(RubricError::NotOnce { found: 2, .. })));
    }
}
