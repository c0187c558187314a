//! A verdict on an answer, with all that is needed to recompute it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::exchange::Exchange;
use crate::personal::Personal;
use crate::score::{Evidence, Rating};

/// The parts of a told experience.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StarPart {
    /// Where and when.
    Situation,
    /// What had to be done, and whose job it was.
    Task,
    /// What the candidate did.
    Action,
    /// What came of it.
    Result,
}

/// Words of the answer that tell one part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StarSpan {
    /// Which part.
    pub part: StarPart,
    /// The words and their place.
    pub evidence: Evidence,
}

/// Whether the answer covers a point of the question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PointCoverage {
    /// Its place in the question's points, from 0.
    pub index: u8,
    /// Whether the answer covers it.
    pub covered: bool,
    /// Closeness of the nearest sentence, 0 to 1.
    pub similarity: f64,
    /// That sentence, where it covers the point.
    pub evidence: Option<Evidence>,
}

/// A part of a better answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BetterAnswerPart {
    /// The candidate's own words, from the answer.
    FromAnswer {
        /// The words.
        text: String,
        /// Where they stand in the answer.
        span: crate::text::Span,
    },
    /// What the answer says, in other words: they claim nothing that the answer or the resume does not.
    Reworded {
        /// The words.
        text: String,
        /// Where the answer says it.
        span: crate::text::Span,
    },
    /// A line of the candidate's resume.
    FromResume {
        /// The words.
        text: String,
    },
    /// What is missing and only the candidate can add: `Add the result: how much, by when?`
    ToAdd {
        /// What to add.
        prompt: String,
    },
}

/// The answer restructured from the candidate's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BetterAnswer {
    /// In the order to say them.
    pub parts: Vec<BetterAnswerPart>,
    /// What was changed and why, in a sentence or two.
    pub note: String,
}

/// Who was to do a piece of work that another did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StoodIn {
    /// Who was asked first, with version.
    pub evaluator: String,
    /// Why it did not do it, without personal data.
    pub reason: String,
}

/// Who wrote a better answer, where it was not who judged the answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Authorship {
    /// Who wrote it, with version.
    pub writer: String,
    /// Who did not.
    pub stood_in_for: Option<StoodIn>,
    /// What was asked of a model.
    pub exchange: Option<Exchange>,
}

/// A verdict on an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evaluation {
    /// Who judged, with version: `embedded/1`.
    pub evaluator: String,
    /// The model behind it, with version or hash; `None` without one.
    pub model: Option<String>,
    /// The rubric file and version: `interview_answer.v1`.
    pub rubric: String,
    /// One per criterion of the rubric.
    pub ratings: Vec<Rating>,
    /// The told parts, in the order of the answer.
    pub star: Vec<StarSpan>,
    /// One per point of the question.
    pub coverage: Vec<PointCoverage>,
    /// Who was asked before the evaluator, and why it did not judge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stood_in_for: Option<StoodIn>,
    /// What was asked of a model, where one judged, or said something that could not be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange: Option<Exchange>,
    /// A better answer; written as an event of its own.
    #[serde(skip)]
    pub better_answer: Option<Personal<BetterAnswer>>,
    /// Who wrote it, where it was not the evaluator.
    #[serde(skip)]
    pub better_answer_by: Option<Authorship>,
}
