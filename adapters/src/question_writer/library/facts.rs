//! Facts of a resume that may stand in a question: clean, found in the resume's text word for word,
//! and near to what the question is about.

use std::collections::{BTreeMap, BTreeSet};

use interaura_domain::interview::question::ResumeFact;
use interaura_domain::interview::words;
use interaura_domain::ports::embedder::{Embedder, EmbedderError, Embedding};
use interaura_domain::resume::outline::{Job, ResumeOutline};
use interaura_domain::role::{Need, RoleProfile, WantedTerm};
use interaura_domain::text::Span;

use crate::role_library::{LibraryQuestion, ResumeSlot};

const LONGEST_FACT: usize = 42;
const MOST_WORDS: usize = 6;
/// Skills past these are hardly what a resume is about.
const MOST_SKILLS: usize = 40;
/// A skill that the role does not list has to be this near to the question.
const SKILL_NEAR_QUESTION: f64 = 0.35;
/// A job belongs to the role from this closeness of titles on.
const TITLE_NEAR_ROLE: f64 = 0.45;

/// A fact, as it is said in a question.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fact {
    /// The words put into the question.
    pub(super) said: String,
    /// The words and their place in the resume.
    pub(super) found: ResumeFact,
    slot: ResumeSlot,
    /// How much the fact suits each question that has a place for it; absent where it does not.
    suits: BTreeMap<String, f64>,
}

/// The facts that are left.
#[derive(Debug, Default)]
pub(super) struct UsableFacts {
    facts: Vec<Fact>,
}

impl UsableFacts {
    /// Whether none is left.
    pub(super) fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// The fact that suits a question best.
    pub(super) fn best_for(&self, question: &LibraryQuestion) -> Option<usize> {
        let suits = |fact: &Fact| fact.suits.get(&question.id).copied();
        (0..self.facts.len())
            .filter_map(|at| Some((at, suits(&self.facts[at])?)))
            .fold(None, |best: Option<(usize, f64)>, one| match best {
                Some(best) if best.1 >= one.1 => Some(best),
                Some(_) | None => Some(one),
            })
            .map(|(at, _)| at)
    }

    /// Takes that fact, so that it is asked about once.
    pub(super) fn take_for(&mut self, question: &LibraryQuestion) -> Option<Fact> {
        self.best_for(question).map(|at| self.facts.remove(at))
    }
}

/// The facts of a resume that suit at least one question.
pub(super) async fn usable<E: Embedder + ?Sized>(
    text: &str,
    outline: &ResumeOutline,
    role: &RoleProfile,
    questions: &[LibraryQuestion],
    embedder: &E,
) -> Result<UsableFacts, EmbedderError> {
    let mut facts: Vec<Fact> = skills(text, outline);
    let skills_end = facts.len();
    let jobs = jobs(text, outline, &mut facts);
    let asking: Vec<&LibraryQuestion> =
        questions.iter().filter(|item| item.resume_wording.is_some()).collect();
    let mut texts: Vec<String> = vec![role.title.clone()];
    texts.extend(role.aliases.iter().cloned());
    let roles_end = texts.len();
    texts.extend(asking.iter().map(|item| format!("{}: {}", item.topic, item.text)));
    let questions_end = texts.len();
    texts.extend(facts[..skills_end].iter().map(|fact| fact.said.clone()));
    texts.extend(jobs.iter().map(|job| job.clone().unwrap_or_default()));
    let embeddings = embedder.embed(&texts).await?;
    if embeddings.len() != texts.len() {
        return Ok(UsableFacts::default());
    }
    let of_questions = &embeddings[roles_end..questions_end];
    for (at, fact) in facts.iter_mut().enumerate() {
        let embedding = &embeddings[questions_end + at];
        let job_suits =
            || job_near_role(jobs[at - skills_end].as_deref(), embedding, &embeddings[..roles_end]);
        let wanted = role.skills.iter().filter(|term| names(term, &fact.said)).map(worth).fold(0.0, f64::max);
        for (item, question) in asking.iter().zip(of_questions) {
            if item.resume_wording.as_ref().is_none_or(|wording| wording.slot != fact.slot) {
                continue;
            }
            let near = embedding.cosine(question);
            let suits = match fact.slot {
                ResumeSlot::Skill if wanted > 0.0 || near >= SKILL_NEAR_QUESTION => Some(near + wanted),
                ResumeSlot::Skill => None,
                ResumeSlot::Employer | ResumeSlot::Title => job_suits(),
            };
            if let Some(suits) = suits {
                fact.suits.insert(item.id.clone(), suits);
            }
        }
    }
    facts.retain(|fact| !fact.suits.is_empty());
    Ok(UsableFacts { facts })
}

/// Up to 0.3 for what the role wants most.
fn worth(term: &WantedTerm) -> f64 {
    let weight = f64::from(term.weight) / 5.0;
    match term.need {
        Need::Must => 0.1 + 0.2 * weight,
        Need::Nice => 0.1 + 0.1 * weight,
    }
}

fn names(term: &WantedTerm, said: &str) -> bool {
    let stems = |text: &str| words::content_stems(&words::words(text));
    let said = stems(said);
    !said.is_empty() && std::iter::once(&term.name).chain(&term.synonyms).any(|name| stems(name) == said)
}

fn job_near_role(title: Option<&str>, embedding: &Embedding, roles: &[Embedding]) -> Option<f64> {
    title?;
    let near = roles.iter().map(|role| role.cosine(embedding)).fold(0.0, f64::max);
    (near >= TITLE_NEAR_ROLE).then_some(near)
}

fn skills(text: &str, outline: &ResumeOutline) -> Vec<Fact> {
    let mut seen = BTreeSet::new();
    outline
        .skills
        .iter()
        .take(MOST_SKILLS)
        .filter_map(|skill| {
            let quote = skill.span.quote(text);
            let usual = quote.to_lowercase() == skill.name.to_lowercase();
            let said = if usual { skill.name.clone() } else { quote };
            let fact = fact(text, skill.span, said, ResumeSlot::Skill)?;
            seen.insert(fact.said.to_lowercase()).then_some(fact)
        })
        .collect()
}

/// Adds employers and titles; returns the title of each one's job, in the same order.
fn jobs(text: &str, outline: &ResumeOutline, facts: &mut Vec<Fact>) -> Vec<Option<String>> {
    let mut titles = Vec::new();
    let mut seen = BTreeSet::new();
    for job in &outline.jobs {
        let named = [(ResumeSlot::Employer, &job.employer), (ResumeSlot::Title, &job.title)];
        for (slot, name) in named {
            let found = name.as_ref().and_then(|name| {
                let name = name.trim();
                fact(text, place_in(text, job, name)?, name.to_owned(), slot)
            });
            if let Some(fact) = found
                && seen.insert(fact.said.to_lowercase())
            {
                facts.push(fact);
                titles.push(job.title.clone());
            }
        }
    }
    titles
}

/// Where a name stands in the part of the resume that tells of a job.
fn place_in(text: &str, job: &Job, name: &str) -> Option<Span> {
    let part = job.span.quote(text);
    let start = part.find(name)?;
    let within = Span::of_bytes(&part, start, start + name.len())?;
    Some(Span { start: job.span.start + within.start, end: job.span.start + within.end })
}

fn fact(text: &str, span: Span, said: String, slot: ResumeSlot) -> Option<Fact> {
    let quote = span.quote(text);
    let whole = quote.chars().count() == span.len();
    (whole && is_clean(&said) && is_clean(&quote)).then(|| Fact {
        said,
        found: ResumeFact { quote, span },
        slot,
        suits: BTreeMap::new(),
    })
}

/// Whether words read well inside a question: short, letters of names and products only.
pub(super) fn is_clean(said: &str) -> bool {
    let letters = said.chars().filter(|c| c.is_alphabetic()).count();
    let length = said.chars().count();
    let usual = |c: char| c.is_alphanumeric() || " .+#/&'’-(),".contains(c);
    let brackets = said.matches('(').count() == said.matches(')').count();
    let ends_well = said.ends_with(|c: char| c.is_alphanumeric() || "+#.)".contains(c));
    let address = said.contains("www.") || said.contains("://") || said.contains(".com/");
    (1..=LONGEST_FACT).contains(&length)
        && letters > 0
        && letters * 3 >= length
        && said.split_whitespace().count() <= MOST_WORDS
        && said.trim() == said
        && said.starts_with(|c: char| c.is_alphanumeric() || c == '.')
        && ends_well
        && brackets
        && !address
        && !said.contains("  ")
        && said.chars().all(usual)
        && has_no_long_run(said)
}

/// Words glued together by a bad extraction, or keys pressed at random.
fn has_no_long_run(said: &str) -> bool {
    said.split([' ', '-', '/', '.']).all(|word| word.chars().count() <= 22)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_products_and_firms_are_clean() {
        for said in [
            "C++",
            "C#",
            ".NET",
            "Node.js",
            "CI/CD",
            "R",
            "Marks & Spencer",
            "St. Mary's Hospital",
            "R&D lead",
        ] {
            assert!(is_clean(said), "{said}");
        }
    }

    #[test]
    fn junk_is_not() {
        for said in [
            "",
            " Rust",
            "•Rust",
            "2019 - 2021",
            "jane@doe.com",
            "www.acme.com/jobs",
            "Rust | Go | Java",
            "100%",
            "responsible for all day to day work of the whole regional team",
            "Managedateamofninepeopleandmore",
            "Acme\nCorp",
            "{skill}",
            "Acme (London",
        ] {
            assert!(!is_clean(said), "{said}");
        }
    }
}
