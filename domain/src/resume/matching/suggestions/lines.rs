//! Suggestions on how single lines of work are told.

use std::ops::Range;

use super::super::resume_text::{Line, ResumeText};
use crate::resume::analysis::Suggestion;
use crate::resume::outline::SectionKind;
use crate::text::Span;
use crate::words::{counted, words};

const MOST_WEAK_OPENINGS: usize = 2;
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

/// On lines about work that nothing else speaks of yet: one for each weak opening, one on numbers,
/// one on length.
pub(super) fn on_work(text: &ResumeText, spoken_of: &[Span]) -> Vec<Suggestion> {
    let mut work: Vec<&Line> = text
        .lines
        .iter()
        .filter(|line| tells_of_work(line) && !spoken_of.contains(&text.quote(&line.range).1))
        .collect();
    let mut found: Vec<Suggestion> = Vec::new();
    for _ in 0..MOST_WEAK_OPENINGS {
        let Some((place, opening)) =
            work.iter().enumerate().find_map(|(place, line)| Some((place, weak_opening(text, line)?)))
        else {
            break;
        };
        let alike = work.iter().filter(|line| weak_opening(text, line) == Some(opening)).count();
        found.push(about(text, &work[place].range, advice_on_opening(opening, alike - 1)));
        work.remove(place);
        work.retain(|line| weak_opening(text, line) != Some(opening));
    }
    let without: Vec<&&Line> = work.iter().filter(|line| !has_amount(text, line)).collect();
    if let Some(first) = without.first() {
        found.push(about(text, &first.range, advice_on_amounts(without.len() - 1)));
    }
    let spoken: Vec<Option<Span>> = found.iter().map(|one| one.span).collect();
    let long = work.iter().find(|line| {
        length(text, line) > LONG_BULLET_WORDS && !spoken.contains(&Some(text.span(&line.range)))
    });
    found.extend(long.map(|line| {
        let words = counted(length(text, line), "word");
        let advice = format!("{words} in one point is long. Split it, or keep the action and its result.");
        about(text, &line.range, advice)
    }));
    found
}

/// A suggestion that quotes a line.
pub(super) fn about(text: &ResumeText, line: &Range<usize>, advice: String) -> Suggestion {
    let (quote, span) = text.quote(&(line.start..line.start));
    Suggestion { advice, quote: Some(quote), span: Some(span), term: None, terms: Vec::new() }
}

fn tells_of_work(line: &Line) -> bool {
    let told =
        matches!(line.section, SectionKind::Experience | SectionKind::Projects | SectionKind::Volunteering);
    told && line.is_bullet
}

fn weak_opening(text: &ResumeText, line: &Line) -> Option<&'static str> {
    let content = text.text[line.range.clone()].to_lowercase();
    WEAK.into_iter()
        .find(|weak| content.strip_prefix(*weak).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
}

fn advice_on_opening(opening: &str, others: usize) -> String {
    let more = match others {
        0 => String::new(),
        _ => format!(" {} like this one.", sentence_start(others, "more line begins", "more lines begin")),
    };
    format!(
        "“{opening}” does not say what you did yourself. Begin with the action, if it was yours: what you built, \
         decided, taught or changed.{more}"
    )
}

fn advice_on_amounts(others: usize) -> String {
    let more = match others {
        0 => String::new(),
        _ => format!(" {} none either.", sentence_start(others, "more line has", "more lines have")),
    };
    format!(
        "This line has no number. If you know how many, how often, how much or how fast, add it; do not guess.{more}"
    )
}

fn sentence_start(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

fn length(text: &ResumeText, line: &Line) -> usize {
    words(&text.text[line.range.clone()]).len()
}

/// Whether a line names an amount, or is too short to need one.
fn has_amount(text: &ResumeText, line: &Line) -> bool {
    let content = &text.text[line.range.clone()];
    let found = words(content);
    content.contains(char::is_numeric)
        || found.len() < SHORTEST_BULLET_WORDS
        || found.iter().any(|word| AMOUNTS.contains(&word.written.to_lowercase().as_str()))
}
