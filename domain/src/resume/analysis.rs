//! What a match of a resume against a target says. Every point of the score names its source.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::interview::exchange::Exchange;
use crate::role::{Need, RoleSlug};
use crate::score::Score;
use crate::text::Span;

/// How a wanted term was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TermMatch {
    /// The term as wanted, or the same stems in order.
    Exact,
    /// A listed synonym.
    Synonym,
    /// A phrase of near meaning, by sentence embeddings.
    Related,
    /// Not found.
    Missing,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TermKind {
    /// A term that the target names.
    #[default]
    Term,
    /// Whether the person's line of work is that of the target: the two texts compared as wholes. It has no
    /// words that a resume could lack.
    LineOfWork,
}

impl TermKind {
    /// For serde: what older matches leave out.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
    fn is_term(&self) -> bool {
        *self == Self::Term
    }
}

/// A wanted term, with the points it earned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TermFinding {
    /// The term as the target names it; for a line of work, its heading.
    pub term: String,
    /// What it is about; older matches have terms alone.
    #[serde(default, skip_serializing_if = "TermKind::is_term")]
    pub kind: TermKind,
    /// Whether it is required.
    pub need: Need,
    /// How much it matters, 1 to 5.
    pub weight: u8,
    /// How it was found.
    pub found: TermMatch,
    /// Closeness of meaning, 0 to 1; 1 for exact.
    pub similarity: f64,
    /// The line of the resume that shows it.
    pub quote: Option<String>,
    /// Where that line stands.
    pub span: Option<Span>,
    /// The words of the resume that were taken for the term, where they are others than its own:
    /// `GitHub` for `Git`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found_as: Option<String>,
    /// The line of the target that `quote` comes nearest to, for a line of work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<String>,
    /// Points earned.
    pub points: f64,
    /// Points that could be earned; over all findings and checks these add up to 100.
    pub points_possible: f64,
}

/// One check of how well an applicant tracking system can read the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AtsCheck {
    /// What was checked: `headings`, `dates`, `length`, `columns`, `contact`, `bullets`, `text_layer`.
    pub name: String,
    /// Whether it holds.
    pub passed: bool,
    /// What was seen and what to do, in words for the candidate.
    pub message: String,
    /// Points earned.
    pub points: f64,
    /// Points that could be earned.
    pub points_possible: f64,
}

impl AtsCheck {
    /// What was checked, in words for the candidate.
    pub fn title(&self) -> &str {
        match self.name.as_str() {
            "headings" => "Headings of the sections",
            "dates" => "Dates of your jobs",
            "length" => "Length",
            "columns" => "One column of plain text",
            "contact" => "Name and contact details",
            "bullets" => "Bullet points under your jobs",
            "text_layer" => "Text that software can read",
            other => other,
        }
    }
}

/// What to improve. It speaks of a line of the resume, or of a term that is missing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Suggestion {
    /// What to do, in a sentence or two; it never states a fact about the candidate that the resume does not.
    pub advice: String,
    /// The line it speaks of.
    pub quote: Option<String>,
    /// Where that line stands.
    pub span: Option<Span>,
    /// The wanted term it speaks of, where it speaks of one.
    pub term: Option<String>,
    /// The wanted terms it speaks of, heaviest first; older matches name one at most, in `term`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<String>,
}

/// What the resume was matched against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MatchTarget {
    /// A role of the library.
    Role(RoleSlug),
    /// A pasted job post.
    JobPost {
        /// The first line or title of the post.
        title: String,
        /// The post.
        text: String,
    },
}

impl MatchTarget {
    /// The target without the text of a post, for lists.
    #[must_use]
    pub fn named(&self) -> Self {
        match self {
            Self::Role(slug) => Self::Role(slug.clone()),
            Self::JobPost { title, .. } => Self::JobPost { title: title.clone(), text: String::new() },
        }
    }
}

/// The outcome of a match.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResumeMatch {
    /// The sum of all points earned.
    pub score: Score,
    /// The wanted terms, heaviest first.
    pub terms: Vec<TermFinding>,
    /// The checks.
    pub checks: Vec<AtsCheck>,
    /// What to improve, most useful first; at most 12.
    pub suggestions: Vec<Suggestion>,
    /// Who matched, with version: `embedded-matcher/3`.
    pub analyser: String,
    /// What was asked of a model for the suggestions; kept beside the outcome.
    #[serde(skip)]
    pub exchange: Option<Exchange>,
}
