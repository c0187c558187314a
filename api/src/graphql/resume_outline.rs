//! What a resume says, in the browser's terms.

use async_graphql::SimpleObject;
use interaura_domain::resume::outline::{self, SectionKind, YearMonth};

use super::scalars::Span;

/// A section with its heading.
#[derive(SimpleObject)]
pub struct ResumeSection {
    kind: String,
    heading: Option<String>,
    span: Span,
}

/// A skill that the resume names.
#[derive(SimpleObject)]
pub struct NamedSkill {
    name: String,
    mentions: u32,
    span: Span,
}

/// A job that was held; months as `2024-05`.
#[derive(SimpleObject)]
pub struct Job {
    title: Option<String>,
    employer: Option<String>,
    start: Option<String>,
    end: Option<String>,
    current: bool,
    span: Span,
}

/// A course of education.
#[derive(SimpleObject)]
pub struct Education {
    institution: Option<String>,
    degree: Option<String>,
    year: Option<i32>,
    span: Span,
}

/// All that was found in a resume's text.
#[derive(SimpleObject)]
pub struct ResumeOutline {
    name: Option<String>,
    emails: Vec<String>,
    phones: Vec<String>,
    links: Vec<String>,
    location: Option<String>,
    years_of_experience: Option<f64>,
    sections: Vec<ResumeSection>,
    skills: Vec<NamedSkill>,
    jobs: Vec<Job>,
    education: Vec<Education>,
}

fn month(month: YearMonth) -> String {
    match month.month {
        Some(number) => format!("{:04}-{number:02}", month.year),
        None => format!("{:04}", month.year),
    }
}

fn kind(kind: SectionKind) -> String {
    serde_json::to_value(kind).ok().and_then(|kind| kind.as_str().map(ToOwned::to_owned)).unwrap_or_default()
}

impl From<&outline::ResumeOutline> for ResumeOutline {
    fn from(outline: &outline::ResumeOutline) -> Self {
        let contact = &outline.contact;
        let section = |section: &outline::Section| ResumeSection {
            kind: kind(section.kind),
            heading: section.heading.clone(),
            span: section.span.into(),
        };
        let skill = |skill: &outline::NamedSkill| NamedSkill {
            name: skill.name.clone(),
            mentions: skill.mentions,
            span: skill.span.into(),
        };
        let job = |job: &outline::Job| Job {
            title: job.title.clone(),
            employer: job.employer.clone(),
            start: job.start.map(month),
            end: job.end.map(month),
            current: job.current,
            span: job.span.into(),
        };
        let education = |education: &outline::Education| Education {
            institution: education.institution.clone(),
            degree: education.degree.clone(),
            year: education.year,
            span: education.span.into(),
        };
        Self {
            name: contact.name.clone(),
            emails: contact.emails.clone(),
            phones: contact.phones.clone(),
            links: contact.links.clone(),
            location: contact.location.clone(),
            years_of_experience: outline.years_of_experience,
            sections: outline.sections.iter().map(section).collect(),
            skills: outline.skills.iter().map(skill).collect(),
            jobs: outline.jobs.iter().map(job).collect(),
            education: outline.education.iter().map(education).collect(),
        }
    }
}
