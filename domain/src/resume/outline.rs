//! What a resume says, as far as it can be told from its text. Every finding keeps its span.

mod contact;
mod dates;
mod education;
mod jobs;
mod lines;
mod sections;
mod titles;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::resume::skill_lexicon::SkillLexicon;
use crate::text::Span;

pub(crate) use self::titles::names_a_title;

/// The kinds of sections that resumes have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// Name, address, telephone: what stands before the first heading.
    Header,
    /// Profile, objective.
    Summary,
    /// Employment.
    Experience,
    /// Schools, degrees.
    Education,
    /// Skills, tools, technologies.
    Skills,
    /// Projects.
    Projects,
    /// Certificates, licences, courses.
    Certifications,
    /// Awards, honours.
    Awards,
    /// Publications, talks, patents.
    Publications,
    /// Languages spoken.
    Languages,
    /// Volunteering.
    Volunteering,
    /// Hobbies.
    Interests,
    /// Referees.
    References,
    /// A heading of another kind.
    Other,
}

/// A section with its heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    /// What it holds.
    pub kind: SectionKind,
    /// The heading as written; `None` for the header.
    pub heading: Option<String>,
    /// Heading and content.
    pub span: Span,
}

/// How to reach the person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Contact {
    /// The person's name.
    pub name: Option<String>,
    /// Addresses of mail.
    pub emails: Vec<String>,
    /// Telephone numbers as written.
    pub phones: Vec<String>,
    /// Web addresses.
    pub links: Vec<String>,
    /// Town, region or country as written.
    pub location: Option<String>,
}

/// A month of a year; the month is 1 to 12.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct YearMonth {
    /// Four digits.
    pub year: i32,
    /// 1 to 12; `None` where only the year is written.
    pub month: Option<u8>,
}

/// A job that was held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Job {
    /// The title as written.
    pub title: Option<String>,
    /// The employer as written.
    pub employer: Option<String>,
    /// When it began.
    pub start: Option<YearMonth>,
    /// When it ended; `None` with `current` for a job still held.
    pub end: Option<YearMonth>,
    /// Whether it is still held.
    pub current: bool,
    /// Where it stands in the text.
    pub span: Span,
    /// Its bullet points.
    pub bullets: Vec<Span>,
}

/// A course of education.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Education {
    /// The school as written.
    pub institution: Option<String>,
    /// The degree as written.
    pub degree: Option<String>,
    /// The year it ended or will end.
    pub year: Option<i32>,
    /// Where it stands in the text.
    pub span: Span,
}

/// A skill that the resume names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NamedSkill {
    /// The skill in its usual spelling.
    pub name: String,
    /// Where it is first named.
    pub span: Span,
    /// How often it is named.
    pub mentions: u32,
}

/// All that was found in a resume's text.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct ResumeOutline {
    /// In the order of the text; they do not overlap.
    pub sections: Vec<Section>,
    /// How to reach the person.
    pub contact: Contact,
    /// Newest first.
    pub jobs: Vec<Job>,
    /// Newest first.
    pub education: Vec<Education>,
    /// The skills named, most mentioned first.
    pub skills: Vec<NamedSkill>,
    /// Years of work, overlapping jobs counted once; `None` where no dates were found.
    pub years_of_experience: Option<f64>,
}

/// What `text` says; a job still held lasts until `today`.
pub fn outline(text: &str, skills: &SkillLexicon, today: NaiveDate) -> ResumeOutline {
    let lines = lines::lines_of(text);
    let sections = sections::sections_of(&lines);
    let jobs = jobs::jobs_in(&lines, &sections);
    ResumeOutline {
        contact: contact::contact_in(&lines, &sections),
        education: education::education_in(&lines, &sections),
        skills: skills.find(text),
        years_of_experience: jobs::years_in(&jobs, today),
        jobs,
        sections,
    }
}
