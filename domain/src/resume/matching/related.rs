//! Finds a wanted term by its meaning.

use std::ops::Range;

use super::Meanings;
use super::evidence::Evidence;
use super::resume_text::{Line, ResumeText};
use crate::resume::analysis::TermMatch;
use crate::resume::outline::SectionKind;
use crate::role::WantedTerm;

/// Closeness from which a phrase counts as related (all-MiniLM-L6-v2).
///
/// Seen: of 585 phrases of job posts that people labelled with a skill in other words, 0.62 are this
/// close to their label and 0.004 to another's; on resumes, what lies below was mostly chance.
const RELATED_FROM: f64 = 0.58;

/// A line of at most this many words is one phrase; of a longer one its clauses are too.
const SHORT_LINE_WORDS: usize = 9;

const LONGEST_PHRASE_WORDS: usize = 40;

/// A few words of the resume that may mean what is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    /// The words, with single spaces.
    pub(super) words: String,
    range: Range<usize>,
}

/// What a term is compared by.
pub(super) fn meaning_of(term: &WantedTerm) -> String {
    term.name.clone()
}

/// The lines that tell of the person's work and knowledge, and the clauses of the longer ones.
pub(super) fn phrases(text: &ResumeText) -> Vec<Phrase> {
    text.lines
        .iter()
        .filter(|line| !line.is_heading && may_tell(line))
        .flat_map(|line| phrases_of(text, line))
        .collect()
}

fn may_tell(line: &Line) -> bool {
    match line.section {
        SectionKind::Header | SectionKind::References | SectionKind::Interests => false,
        SectionKind::Summary
        | SectionKind::Experience
        | SectionKind::Education
        | SectionKind::Skills
        | SectionKind::Projects
        | SectionKind::Certifications
        | SectionKind::Awards
        | SectionKind::Publications
        | SectionKind::Languages
        | SectionKind::Volunteering
        | SectionKind::Other => true,
    }
}

fn phrases_of(text: &ResumeText, line: &Line) -> Vec<Phrase> {
    let whole = phrase(text, line.range.clone());
    let count = whole.words.split(' ').count();
    let mut found = Vec::new();
    if count > SHORT_LINE_WORDS {
        let mut start = line.range.start;
        let content = &text.text[line.range.clone()];
        for part in content.split_inclusive([',', ';', '.', ':', '(', ')', '|', '•']) {
            let clause = phrase(text, start..start + part.len());
            start += part.len();
            if (2..=LONGEST_PHRASE_WORDS).contains(&clause.words.split(' ').count())
                && clause.words != whole.words
            {
                found.push(clause);
            }
        }
    }
    if (2..=LONGEST_PHRASE_WORDS).contains(&count) {
        found.insert(0, whole);
    }
    found
}

fn phrase(text: &ResumeText, range: Range<usize>) -> Phrase {
    let words = text.text[range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.trim_end_matches([',', ';', '.', ':', '(', ')', '|', '•', ' ']).to_owned();
    Phrase { words, range }
}

/// The phrase nearest in meaning, where it is near enough; the earlier of two.
pub(super) fn by_meaning(
    text: &ResumeText,
    phrases: &[Phrase],
    meanings: &Meanings,
    term: &WantedTerm,
) -> Option<Evidence> {
    let wanted = meanings.of(&meaning_of(term))?;
    let mut best: Option<(f64, &Phrase)> = None;
    for phrase in phrases {
        let Some(meaning) = meanings.of(&phrase.words) else { continue };
        let closeness = wanted.cosine(meaning);
        if closeness >= RELATED_FROM && best.is_none_or(|(most, _)| closeness > most) {
            best = Some((closeness, phrase));
        }
    }
    let (closeness, phrase) = best?;
    let (quote, span) = text.quote(&phrase.range);
    let similarity = (closeness.min(1.0) * 1000.0).round() / 1000.0;
    Some(Evidence { how: TermMatch::Related, similarity, quote, span })
}
