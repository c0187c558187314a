//! What a text claims that its sources do not: names, numbers and technologies.
//!
//! Text that is written for a candidate must not tell an interviewer what the candidate never said.
//! The check errs on the side of the candidate: what it cannot find in the sources is an invention, even
//! where a person could work it out, like the difference of two numbers.

mod figures;
mod known_names;
mod lower_case;
mod names;
mod quantities;
mod time_units;

use super::sentences::sentences;
use super::words::{self, Word};
use crate::resume::skill_lexicon::SkillLexicon;
use crate::text::Span;

use self::names::OwnNames;

/// What kind of claim is made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InventionKind {
    /// A person, firm, place, product or day.
    Name,
    /// An amount, a share, a year, a stretch of time.
    Number,
    /// A language, tool, system or method with a name.
    Technology,
}

/// A claim that no source makes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Invention {
    /// Where it stands in the text.
    pub span: Span,
    /// Its words, as written.
    pub words: String,
    /// What it is.
    pub kind: InventionKind,
}

/// Words that are not names, though a list of skills holds them in capitals.
const PRACTICES: &[&str] = &[
    "accessibility",
    "accounting",
    "adaptability",
    "algorithms",
    "animation",
    "auditing",
    "blink",
    "bookkeeping",
    "budgeting",
    "communication",
    "compliance",
    "concurrency",
    "copywriting",
    "creativity",
    "cybersecurity",
    "debugging",
    "forecasting",
    "leadership",
    "lean",
    "logistics",
    "marketing",
    "mentoring",
    "monitoring",
    "negotiation",
    "nursing",
    "observability",
    "onboarding",
    "payroll",
    "photography",
    "procurement",
    "prototyping",
    "recruiting",
    "research",
    "roadmapping",
    "sales",
    "statistics",
    "taxation",
    "teaching",
    "teamwork",
    "training",
    "valuation",
    "welding",
    "wireframing",
];

/// Words that name a tool too and hardly ever mean it behind `in` and `with`.
const COMMON: &[&str] = &[
    "access", "alice", "circle", "flow", "front", "heap", "jack", "june", "make", "may", "office", "pages",
    "parallel", "project", "sketch", "spark", "spring", "store", "storm", "surge", "teams", "time",
    "windows", "word", "words",
];

/// Technologies that are written without capitals.
const TECHNIQUES: &[&str] = &[
    "artificial intelligence",
    "augmented reality",
    "blockchain",
    "cloud computing",
    "computer vision",
    "deep learning",
    "internet of things",
    "large language models",
    "machine learning",
    "microservices",
    "natural language processing",
    "neural networks",
    "reinforcement learning",
    "robotics",
    "test-driven development",
    "virtual reality",
];

/// The names, numbers and technologies of `text` that none of the `own` texts contains, in the order of the text.
///
/// The same number may be written in words or digits, a technology under another of its names (`k8s`), a
/// name in another form. `skills` tells technologies; without any, only those written like names are seen.
pub fn inventions(text: &str, own: &[&str], skills: &SkillLexicon) -> Vec<Invention> {
    let own = own.join("\n\n");
    let (own_words, text_words) = (words::words(&own), words::words(text));
    let mut found = Vec::new();
    let own_quantities = quantities::of(&own, &own_words);
    let text_quantities = quantities::of(text, &text_words);
    let mut settled: Vec<Span> = text_quantities.iter().map(|quantity| quantity.span).collect();
    for quantity in &text_quantities {
        if !quantity.is_told_by(&own_quantities) {
            found.push(invention(text, quantity.span, InventionKind::Number));
        }
    }
    let own_names = OwnNames::of(&own_words);
    let own_skills: Vec<String> = skills.find(&own).into_iter().map(|skill| skill.name).collect();
    for skill in skills.find(text) {
        let (span, name) = (skill.span, skill.name);
        if own_skills.contains(&name) || own_names.hold_all(&words::words(&span.quote(text))) {
            settled.push(span);
        } else if is_technology(&name) {
            found.push(invention(text, span, InventionKind::Technology));
            settled.push(span);
        }
    }
    for (before, word) in text_words.iter().zip(text_words.iter().skip(1)) {
        // `in excel`: beside such a word a tool is meant, even one with a common name.
        let beside = matches!(before.text.as_str(), "in" | "using" | "used" | "use" | "with" | "via");
        let tool = skills.canonical(&word.text).filter(|name| beside && is_technology(name));
        let known = tool.is_none_or(|name| own_skills.iter().any(|own| own == name));
        if !known && !COMMON.contains(&word.text.as_str()) && !own_names.hold_all(std::slice::from_ref(word))
        {
            found.push(invention(text, word.span, InventionKind::Technology));
            settled.push(word.span);
        }
    }
    for (span, kind) in lower_case::claims(&text_words) {
        let inside: Vec<Word> = text_words.iter().filter(|word| within(word.span, span)).cloned().collect();
        let is_settled = settled.iter().any(|one| one.start < span.end && span.start < one.end);
        if !is_settled && !own_names.hold_all(&inside) {
            found.push(invention(text, span, kind));
            settled.push(span);
        }
    }
    let starts: Vec<u32> = sentences(text).iter().map(|sentence| sentence.span.start).collect();
    for span in names::named(text, &text_words, &starts) {
        let inside: Vec<Word> = text_words.iter().filter(|word| within(word.span, span)).cloned().collect();
        let overlaps = settled.iter().any(|one| one.start < span.end && span.start < one.end);
        let is_settled = overlaps
            || skills
                .canonical(&span.quote(text))
                .is_some_and(|name| own_skills.iter().any(|own| own == name));
        if !is_settled && !own_names.hold_all(&inside) && !own_names.abbreviate(&inside) {
            found.push(invention(text, span, InventionKind::Name));
        }
    }
    for span in names::titles(&text_words, &starts) {
        let inside: Vec<Word> = text_words
            .iter()
            .filter(|word| within(word.span, span) && !word.is_function_word())
            .cloned()
            .collect();
        if !own_names.hold_all(&inside) {
            found.push(invention(text, span, InventionKind::Name));
        }
    }
    found.sort();
    found.dedup();
    found
}

fn invention(text: &str, span: Span, kind: InventionKind) -> Invention {
    Invention { span, words: span.quote(text), kind }
}

fn within(inner: Span, outer: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// A name with capitals or digits beyond its first letter (`PostgreSQL`, `Power BI`), a single word that is no
/// practice (`Terraform`), or a technique.
fn is_technology(name: &str) -> bool {
    let lower = name.to_lowercase();
    let inner = name.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit());
    let single = !name.contains(' ') && name.starts_with(char::is_uppercase);
    let listed = !name.contains(' ') && !name.contains(char::is_uppercase);
    inner
        || listed
        || single && PRACTICES.binary_search(&lower.as_str()).is_err()
        || TECHNIQUES.contains(&lower.as_str())
}

#[cfg(test)]
mod tests;
