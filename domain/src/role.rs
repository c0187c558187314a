//! Target roles: what an employer looks for, as the library describes it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The name of a role in the library: lowercase words joined by hyphens, `registered-nurse`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct RoleSlug(pub String);

/// How far along a career somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExperienceLevel {
    /// Student, trainee, first job.
    Entry,
    /// About two to five years.
    Mid,
    /// About five to ten years.
    Senior,
    /// Leads others.
    Lead,
}

/// Whether a term is required.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Without it an application is likely to be turned down.
    Must,
    /// It helps.
    Nice,
}

/// A term that an employer looks for in a resume.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedTerm {
    /// The term as shown: `medication administration`.
    pub name: String,
    /// Whether it is required.
    pub need: Need,
    /// How much it matters, 1 to 5.
    pub weight: u8,
    /// Other spellings and near-equal terms.
    #[serde(default)]
    pub synonyms: Vec<String>,
}

/// A role as the library describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleProfile {
    /// Its name.
    pub slug: RoleSlug,
    /// Its title as shown.
    pub title: String,
    /// The field it belongs to.
    pub family: String,
    /// What a person in this role does, in a sentence.
    pub summary: String,
    /// Other job titles.
    pub aliases: Vec<String>,
    /// What an employer looks for.
    pub skills: Vec<WantedTerm>,
}
