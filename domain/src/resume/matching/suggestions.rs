//! Says what to improve. A suggestion asks; it never tells the candidate to claim something.

use std::ops::Range;

use super::ats;
use super::resume_text::{Line, ResumeText};
use crate::resume::analysis::{Suggestion, TermFinding, TermMatch};
use crate::resume::outline::{ResumeOutline, SectionKind};
use crate::role::Need;
use crate::words::words;

const MOST: usize = 12;
const MOST_MISSING_MUSTS: usize = 5;
const MOST_OF_A_KIND: usize = 2;
const LONG_BULLET_WORDS: usize = 45;
const SHORTEST_BULLET_WORDS: usize = 4;

/// Openings that hide what the person did.
const WEAK: [&str; 16] = [
    "responsible for",
    "was responsible for",
    "responsibilities included",
    "duties included",
    "tasked with",
    "in charge of",
    "was in charge of",
    "involved in",
    "was involved in",
    "participated in",
    "part of",
    "worked on",
    "worked with",
    "helped",
    "assisted",
    "contributed to",
];

/// Amounts in words.
const AMOUNTS: [&str; 22] = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "twelve",
    "twenty",
    "dozen",
    "dozens",
    "hundred",
    "hundreds",
    "thousand",
    "thousands",
    "million",
    "millions",
    "half",
    "doubled",
    "tripled",
];

/// At most twelve, most useful first.
pub(super) fn suggestions(
    text: &ResumeText,
    outline: &ResumeOutline,
    terms: &[TermFinding],
) -> Vec<Suggestion> {
    let work: Vec<&Line> = text.lines.iter().filter(|line| tells_of_work(line)).collect();
    let mut all: Vec<Suggestion> =
        missing(terms, Need::Must).take(MOST_MISSING_MUSTS).chain(undated(text, outline)).collect();
    let kinds: [fn(&ResumeText, &Line) -> Option<String>; 3] = [weak_opening, no_amount, too_long];
    for kind in kinds {
        let of_a_kind = work.iter().filter_map(|line| {
            let spoken_of = all.iter().any(|other| other.span == Some(text.span(&line.range)));
            Some((!spoken_of).then(|| kind(text, line)).flatten()?)
                .map(|advice| about(text, &line.range, advice))
        });
        let of_a_kind: Vec<Suggestion> = of_a_kind.take(MOST_OF_A_KIND).collect();
        all.extend(of_a_kind);
    }
    all.extend(related(terms).take(MOST_OF_A_KIND));
    all.extend(missing(terms, Need::Nice));
    all.truncate(MOST);
    all
}

fn about(text: &ResumeText, line: &Range<usize>, advice: String) -> Suggestion {
    let (quote, span) = text.quote(&(line.start..line.start));
    Suggestion { advice, quote: Some(quote), span: Some(span), term: None }
}

fn missing(terms: &[TermFinding], need: Need) -> impl Iterator<Item = Suggestion> {
    let lacking = terms.iter().filter(move |term| term.need == need && term.found == TermMatch::Missing);
    lacking.map(|term| {
        let name = &term.term;
        let advice = match term.need {
            Need::Must => format!(
                "“{name}” is required and your resume does not show it. If you have done it, say where: name it in \
                 the job or project, with what came of it. If you have not, leave it out and be ready to say how you \
                 would learn it."
            ),
            Need::Nice => format!(
                "“{name}” is welcome and your resume does not show it. If you have done it, say where; if not, leave it out."
            ),
        };
        Suggestion { advice, quote: None, span: None, term: Some(name.clone()) }
    })
}

fn related(terms: &[TermFinding]) -> impl Iterator<Item = Suggestion> {
    terms.iter().filter(|term| term.found == TermMatch::Related).map(|term| Suggestion {
        advice: format!(
            "This line comes near to “{name}” without saying it, and a system that looks for the words will miss it. If \
             it is what you did, use the words “{name}” here.",
            name = term.term
        ),
        quote: term.quote.clone(),
        span: term.span,
        term: Some(term.term.clone()),
    })
}

fn undated(text: &ResumeText, outline: &ResumeOutline) -> Vec<Suggestion> {
    let jobs = outline.jobs.iter().filter(|job| !ats::is_dated(job));
    jobs.take(MOST_OF_A_KIND)
        .filter_map(|job| {
            let place = text.bytes(job.span);
            let first = text
                .lines
                .iter()
                .find(|line| line.range.start >= place.start && line.range.end <= place.end)?;
            let advice =
                "This job does not say when it began and ended. Write both, with the month, or “present”.";
            Some(about(text, &first.range, advice.to_owned()))
        })
        .collect()
}

fn tells_of_work(line: &Line) -> bool {
    let told =
        matches!(line.section, SectionKind::Experience | SectionKind::Projects | SectionKind::Volunteering);
    told && line.is_bullet
}

fn weak_opening(text: &ResumeText, line: &Line) -> Option<String> {
    let content = text.text[line.range.clone()].to_lowercase();
    let opening = WEAK.iter().find(|weak| {
        content.strip_prefix(**weak).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })?;
    Some(format!(
        "“{opening}” does not say what you did yourself. Begin with the action, if it was yours: what you built, \
         decided, taught or changed."
    ))
}

fn no_amount(text: &ResumeText, line: &Line) -> Option<String> {
    let content = &text.text[line.range.clone()];
    let found = words(content);
    let amount = content.contains(|c: char| c.is_numeric())
        || found.iter().any(|word| AMOUNTS.contains(&word.written.to_lowercase().as_str()));
    (!amount && found.len() >= SHORTEST_BULLET_WORDS).then(|| {
        "This line has no number. If you know how many, how often, how much or how fast, add it; do not guess.".to_owned()
    })
}

fn too_long(text: &ResumeText, line: &Line) -> Option<String> {
    let count = words(&text.text[line.range.clone()]).len();
    (count > LONG_BULLET_WORDS)
        .then(|| format!("{count} words is long for one point. Split it, or keep the action and its result."))
}
