//! Says what to improve. A suggestion asks; it never tells the candidate to claim something.
//!
//! Each kind of gap is told once, with all that it concerns: ten times the same sentence is one
//! sentence that nobody reads.

mod lines;

use super::resume_text::ResumeText;
use super::{ats, related};
use crate::resume::analysis::{Suggestion, TermFinding, TermMatch};
use crate::resume::outline::{ResumeOutline, SectionKind};
use crate::role::Need;
use crate::words::{counted, words};

const MOST: usize = 12;
/// One suggestion names at most so many terms; the list above it has all.
const MOST_NAMED: usize = 6;
/// Lines that come near to a term, each with a suggestion of its own.
const MOST_NEAR_LINES: usize = 2;

/// At most twelve, most useful first.
pub(super) fn suggestions(
    text: &ResumeText,
    outline: &ResumeOutline,
    terms: &[TermFinding],
) -> Vec<Suggestion> {
    let mut all: Vec<Suggestion> = missing(terms, Need::Must).into_iter().collect();
    all.extend(near(terms));
    all.extend(only_listed(text, terms));
    all.extend(undated(text, outline));
    let spoken_of: Vec<_> = all.iter().filter_map(|one| one.span).collect();
    all.extend(lines::on_work(text, &spoken_of));
    all.extend(by_another_name(terms));
    all.extend(missing(terms, Need::Nice));
    all.truncate(MOST);
    all
}

/// A suggestion on a line about several terms.
fn on(terms: &[&TermFinding], advice: String) -> Suggestion {
    let names: Vec<String> = terms.iter().map(|term| term.term.clone()).collect();
    let line = terms.first().filter(|term| term.quote.is_some());
    Suggestion {
        advice,
        quote: line.and_then(|term| term.quote.clone()),
        span: line.and_then(|term| term.span),
        term: if let [only] = names.as_slice() { Some(only.clone()) } else { None },
        terms: names,
    }
}

fn missing(terms: &[TermFinding], need: Need) -> Option<Suggestion> {
    let lacking: Vec<&TermFinding> =
        terms.iter().filter(|term| term.need == need && term.found == TermMatch::Missing).collect();
    if lacking.is_empty() {
        return None;
    }
    let (names, one) = (named(&lacking), lacking.len() == 1);
    let (is, them) = if one { ("is", "it") } else { ("are", "them") };
    let advice = match need {
        Need::Must => format!(
            "{names} {is} required, and your resume does not show {them}. Where you have done {what}, say so in the \
             job or project in which you did, with what came of it. Leave out what you have not done, and be ready to \
             say how you would learn it.",
            what = if one { "it" } else { "one of these" },
        ),
        Need::Nice => format!(
            "{names} {would} help, and nothing in your resume shows {them}. None of this is required: add only what is \
             true.",
            would = if one { "would" } else { "would each" },
        ),
    };
    Some(on(&lacking, advice))
}

/// `“SQL”, “Git” and “Docker”`; past the most that are named, `and 4 more`.
fn named(terms: &[&TermFinding]) -> String {
    let mut quoted: Vec<String> =
        terms.iter().take(MOST_NAMED).map(|term| format!("“{}”", term.term)).collect();
    let more = terms.len().saturating_sub(MOST_NAMED);
    if more > 0 {
        quoted.push(format!("{more} more in the list above"));
    }
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    }
}

/// Terms by the line that shows them, in the order of their weight.
fn by_line(
    terms: &[TermFinding],
    wanted: impl Fn(&TermFinding) -> bool,
) -> impl Iterator<Item = Vec<&TermFinding>> {
    let mut lines: Vec<Vec<&TermFinding>> = Vec::new();
    for term in terms.iter().filter(|term| term.span.is_some() && wanted(term)) {
        match lines.iter_mut().find(|line| line[0].span == term.span) {
            Some(line) => line.push(term),
            None => lines.push(vec![term]),
        }
    }
    lines.into_iter()
}

/// Lines of near meaning that do not say the word.
fn near(terms: &[TermFinding]) -> impl Iterator<Item = Suggestion> {
    let lines = by_line(terms, |term| term.found == TermMatch::Related).take(MOST_NEAR_LINES);
    lines.map(|terms| {
        let names = named(&terms);
        let these = if terms.len() == 1 { "that is what" } else { "one of them is what" };
        on(
            &terms,
            format!(
                "This line comes near to {names} without saying so, and a system that looks for the words will miss \
                 it. If {these} you did, write it here in those words."
            ),
        )
    })
}

/// Required terms that no job or project shows.
fn only_listed(text: &ResumeText, terms: &[TermFinding]) -> Option<Suggestion> {
    let in_list = |term: &TermFinding| {
        let line = term.span.and_then(|span| text.line_at(text.bytes(span).start));
        line.is_some_and(|line| line.section == SectionKind::Skills)
    };
    let is_listed = |term: &TermFinding| {
        let found = matches!(term.found, TermMatch::Exact | TermMatch::Synonym);
        found && term.need == Need::Must && in_list(term)
    };
    let listed: Vec<&TermFinding> = terms.iter().filter(|term| is_listed(term)).collect();
    listed.first()?;
    let names = named(&listed);
    let (stands, it) = if listed.len() == 1 { ("stands", "it") } else { ("stand", "them") };
    Some(on(
        &listed,
        format!(
            "{names} {stands} only in your list of skills. Where you used {it} in a job or project, say there what you \
             used {it} for: that is what an interviewer asks about."
        ),
    ))
}

/// A required thing with a name, which the resume has under another. What is no name (`relational
/// databases` for somebody's `PostgreSQL`) nobody looks for letter by letter.
fn by_another_name(terms: &[TermFinding]) -> Option<Suggestion> {
    let other = |term: &TermFinding| {
        term.need == Need::Must && term.found_as.is_some() && related::is_name(&words(&term.term))
    };
    let line = by_line(terms, other).next()?;
    let (Some(term), Some(said)) = (line.first(), line.first().and_then(|term| term.found_as.as_ref()))
    else {
        return None;
    };
    let advice = format!(
        "Your “{said}” is counted for “{}” here, but a system that compares letter by letter may not know that. Where \
         both are true of you, write both.",
        term.term
    );
    Some(on(&line[..1], advice))
}

fn undated(text: &ResumeText, outline: &ResumeOutline) -> Option<Suggestion> {
    let undated: Vec<_> = outline.jobs.iter().filter(|job| !ats::is_dated(job)).collect();
    let mut lines = undated.iter().filter_map(|job| {
        let place = text.bytes(job.span);
        text.lines.iter().find(|line| line.range.start >= place.start && line.range.end <= place.end)
    });
    let first = lines.next()?;
    let others = match undated.len() {
        1 => String::new(),
        count => format!(" The same is true of {}.", counted(count - 1, "other job")),
    };
    let advice = format!(
        "This job does not say when it began and ended. Write both, with the month, or “present”.{others}"
    );
    Some(lines::about(text, &first.range, advice))
}
