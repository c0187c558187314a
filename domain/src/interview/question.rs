//! Questions and where they come from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::personal::Personal;
use crate::role::Need;
use crate::text::Span;

/// Which kinds of questions an interview holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InterviewMode {
    /// How the candidate acted in real situations.
    Behavioural,
    /// Knowledge and judgement of the role.
    Technical,
    /// Both.
    Mixed,
}

/// What a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// A real situation: told best as situation, task, action, result.
    Behavioural,
    /// Knowledge and judgement of the role.
    Technical,
}

/// A point that a good answer covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Point {
    /// The point.
    pub text: String,
    /// What to ask when an answer leaves it out.
    pub probe: String,
}

/// A fact of the resume that a question was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ResumeFact {
    /// The words, copied from the resume's text.
    pub quote: String,
    /// Where they stand in the resume's text.
    pub span: Span,
}

/// Something the job asks for, which the questions of an interview should touch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Requirement {
    /// As the role or the post names it.
    pub name: String,
    /// Whether it is required.
    pub need: Need,
}

/// A question as it is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Question {
    /// The words of the question; personal, for it may name facts of the resume.
    pub text: Personal<String>,
    /// What it asks for.
    pub kind: QuestionKind,
    /// 1 to 5.
    pub difficulty: u8,
    /// One to three words.
    pub topic: String,
    /// The item of the library it comes from.
    pub library_item: Option<String>,
    /// The fact of the resume it was made from.
    pub resume_fact: Option<Personal<ResumeFact>>,
    /// What a good answer covers.
    pub points: Vec<Point>,
    /// Which of the plan's requirements it asks for, by their places from 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<u8>,
    /// Whether it takes up what an earlier interview showed as weak.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub takes_up: bool,
    /// Who wrote or chose it, with version: `library/1`.
    pub writer: String,
}
