//! Finds a wanted term by its words.

use std::ops::Range;

use super::resume_text::ResumeText;
use super::terms::Phrase;
use crate::resume::analysis::TermMatch;
use crate::resume::outline::{ResumeOutline, SectionKind};
use crate::role::WantedTerm;
use crate::text::Span;

/// What shows a term.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Evidence {
    pub(super) how: TermMatch,
    pub(super) similarity: f64,
    pub(super) quote: String,
    pub(super) span: Span,
    /// The words that stand for the term, where they are others than its own.
    pub(super) found_as: Option<String>,
}

/// The best place that names the term, one of its synonyms, or the skill of that name.
pub(super) fn by_words(text: &ResumeText, outline: &ResumeOutline, term: &WantedTerm) -> Option<Evidence> {
    let (name, bracketed) = apart(&term.name);
    if let Some(found) = best_place(text, &Phrase::new(&name).find_all(text)) {
        return Some(evidence(text, TermMatch::Exact, &found));
    }
    let synonyms = bracketed.iter().chain(&term.synonyms);
    let places: Vec<Range<usize>> =
        synonyms.flat_map(|synonym| Phrase::new(synonym).find_all(text)).collect();
    if let Some(found) = best_place(text, &places) {
        return Some(evidence(text, TermMatch::Synonym, &found));
    }
    let named = outline.skills.iter().find(|skill| skill.name.eq_ignore_ascii_case(&term.name))?;
    let place = text.bytes(named.span);
    (!text.is_in_address(&place)).then(|| evidence(text, TermMatch::Synonym, &place))
}

/// `Amazon Web Services (AWS)` is a name and another.
fn apart(name: &str) -> (String, Option<String>) {
    match name.split_once(" (") {
        Some((before, bracketed)) if bracketed.ends_with(')') => {
            (before.to_owned(), Some(bracketed.trim_end_matches(')').to_owned()))
        }
        _ => (name.to_owned(), None),
    }
}

/// A place that tells what was done is better than a list of skills; then the first.
fn best_place(text: &ResumeText, places: &[Range<usize>]) -> Option<Range<usize>> {
    let rank = |place: &Range<usize>| match text.line_at(place.start).map(|line| line.section) {
        Some(SectionKind::Experience) => 0,
        Some(SectionKind::Projects | SectionKind::Volunteering) => 1,
        Some(SectionKind::References | SectionKind::Interests) => 3,
        Some(
            SectionKind::Header
            | SectionKind::Summary
            | SectionKind::Education
            | SectionKind::Skills
            | SectionKind::Certifications
            | SectionKind::Awards
            | SectionKind::Publications
            | SectionKind::Languages
            | SectionKind::Other,
        )
        | None => 2,
    };
    places.iter().min_by_key(|place| (rank(place), place.start)).cloned()
}

fn evidence(text: &ResumeText, how: TermMatch, found: &Range<usize>) -> Evidence {
    let (quote, span) = text.quote(found);
    let found_as = match how {
        TermMatch::Synonym => Some(text.text[found.clone()].split_whitespace().collect::<Vec<_>>().join(" ")),
        TermMatch::Exact | TermMatch::Related | TermMatch::Missing => None,
    };
    Evidence { how, similarity: 1.0, quote, span, found_as }
}
