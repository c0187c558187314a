//! Whether the person's line of work is that of the job.
//!
//! A resume and a target are compared as wholes, by meaning and by the words they share, since no single
//! line says what somebody does. The two lines that speak for it most are shown beside the points.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Meanings;
use super::apportion::half_points;
use super::rarity::rarity;
use super::resume_text::{BULLETS, LONGEST_QUOTE, ResumeText};
use crate::ports::embedder::Embedding;
use crate::resume::analysis::{TermFinding, TermKind, TermMatch};
use crate::resume::outline::SectionKind;
use crate::role::Need;
use crate::text::Span;
use crate::words::stems;

/// What the finding is called.
const NAME: &str = "Your line of work";

const WEIGHT: u8 = 5;

/// Closeness, of meaning and of words together, up to which two lines of work have nothing in common: what any
/// resume has in common with any post.
const UNLIKE: f64 = 0.35;

/// Closeness from which they are the same. Seen: nine in ten resumes and posts of one occupation lie between 0.5
/// and 0.85, and nine in ten of different ones below 0.55.
const ALIKE: f64 = 0.85;

/// How much a text as a whole counts beside the mean of its lines: it has the order of things, and is cut to the
/// window of the model.
const WHOLE: f64 = 0.25;

/// A shorter line shows little to a reader.
const FEWEST_QUOTED_WORDS: usize = 4;

/// A sentence or item of the resume.
struct Told {
    words: String,
    range: Range<usize>,
    section: SectionKind,
}

/// The texts whose embeddings [`finding`] needs.
pub(super) fn texts(text: &ResumeText, work: &[String]) -> Vec<String> {
    if work.is_empty() {
        return Vec::new();
    }
    let told = told(text).into_iter().map(|told| told.words);
    told.chain(work.iter().cloned()).chain([text.text.to_owned(), whole(work)]).collect()
}

/// How near the two lines of work are, with its points. `None` where the target does not say what the work is.
pub(super) fn finding(
    text: &ResumeText,
    work: &[String],
    meanings: &Meanings,
    possible: u32,
) -> Option<TermFinding> {
    let told = told(text);
    if work.is_empty() {
        return None;
    }
    let lines: Vec<&str> = told.iter().map(|told| told.words.as_str()).collect();
    let works: Vec<&str> = work.iter().map(String::as_str).collect();
    let ours = direction(&lines, text.text, meanings);
    let theirs = direction(&works, &whole(work), meanings);
    let meaning = cosine(&ours, &theirs);
    let closeness = meaning + shared_words(text.text, &whole(work));
    let halves = earned(closeness, possible);
    let near = (halves > 0).then(|| nearest(&told, work, (&ours, &theirs), meanings)).flatten();
    let shown = near.map(|(told, answered)| (quote(text, &told.range), answered));
    Some(TermFinding {
        term: NAME.to_owned(),
        kind: TermKind::LineOfWork,
        need: Need::Nice,
        weight: WEIGHT,
        found: if halves > 0 { TermMatch::Related } else { TermMatch::Missing },
        similarity: (meaning.clamp(0.0, 1.0) * 1000.0).round() / 1000.0,
        points: half_points(halves),
        points_possible: half_points(possible),
        answers: shown.as_ref().map(|(_, answered)| (*answered).to_owned()),
        quote: shown.as_ref().map(|((quote, _), _)| quote.clone()),
        span: shown.map(|((_, span), _)| span),
        found_as: None,
    })
}

/// The sentence with its span; of a long one, where it begins.
fn quote(text: &ResumeText, sentence: &Range<usize>) -> (String, Span) {
    if sentence.len() <= LONGEST_QUOTE {
        return (text.text[sentence.clone()].to_owned(), text.span(sentence));
    }
    text.quote(&(sentence.start..sentence.start))
}

/// Between [`UNLIKE`] and [`ALIKE`] each step earns the same.
fn earned(closeness: f64, possible: u32) -> u32 {
    let share = ((closeness - UNLIKE) / (ALIKE - UNLIKE)).clamp(0.0, 1.0) * f64::from(possible);
    (1..=possible).take_while(|halves| f64::from(*halves) <= share + 0.5).last().unwrap_or(0)
}

fn whole(work: &[String]) -> String {
    work.join(" ")
}

/// The sentences of the resume. Referees are other people.
fn told(text: &ResumeText) -> Vec<Told> {
    let lines = text.lines.iter().filter(|line| !line.is_heading && line.section != SectionKind::References);
    lines
        .flat_map(|line| {
            sentences(text.text, &line.range).into_iter().map(|range| Told {
                words: text.text[range.clone()].split_whitespace().collect::<Vec<_>>().join(" "),
                range,
                section: line.section,
            })
        })
        .filter(|told| told.words.contains(' '))
        .collect()
}

fn sentences(text: &str, line: &Range<usize>) -> Vec<Range<usize>> {
    let content = &text[line.clone()];
    let ends = content.char_indices().filter_map(|(at, sign)| {
        let rest = &content[at + sign.len_utf8()..];
        (matches!(sign, '.' | '!' | '?' | ';') && rest.starts_with(char::is_whitespace))
            .then_some(line.start + at + sign.len_utf8())
    });
    let mut start = line.start;
    let mut found = Vec::new();
    for end in ends.chain([line.end]) {
        let part = &text[start..end];
        let body = part.trim_start_matches(|c: char| c.is_whitespace() || BULLETS.contains(&c));
        let from = end - body.len();
        found.push(from..from + body.trim_end().len());
        start = end;
    }
    found
}

/// Where a text points: the mean of its lines, and the whole. Zero where no meaning is known.
fn direction(lines: &[&str], whole: &str, meanings: &Meanings) -> Vec<f64> {
    let known: Vec<&Embedding> = lines.iter().filter_map(|line| meanings.of(line)).collect();
    let share = f64::from(u32::try_from(known.len()).unwrap_or(u32::MAX).max(1)).recip();
    let parts = known.into_iter().map(|line| (line, share));
    let mut sum: Vec<f64> = Vec::new();
    for (part, weight) in parts.chain(meanings.of(whole).map(|whole| (whole, WHOLE))) {
        sum.resize(part.0.len(), 0.0);
        for (total, value) in sum.iter_mut().zip(&part.0) {
            *total += weight * f64::from(*value);
        }
    }
    let length = sum.iter().map(|value| value * value).sum::<f64>().sqrt();
    if length > 0.0 { sum.into_iter().map(|value| value / length).collect() } else { Vec::new() }
}

fn cosine(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

/// The cosine of two texts' words, each weighed by how often it stands there and by how rare it is in posts.
fn shared_words(one: &str, other: &str) -> f64 {
    let (ours, theirs) = (weighed(one), weighed(other));
    let length =
        |words: &BTreeMap<String, f64>| words.values().map(|weight| weight * weight).sum::<f64>().sqrt();
    let shared: f64 = ours.iter().filter_map(|(stem, weight)| Some(weight * theirs.get(stem)?)).sum();
    let lengths = length(&ours) * length(&theirs);
    if lengths > 0.0 { shared / lengths } else { 0.0 }
}

fn weighed(text: &str) -> BTreeMap<String, f64> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for stem in stems(text) {
        *counts.entry(stem).or_default() += 1;
    }
    let weight = |stem: &str, count: u32| f64::from(rarity(stem)) * (1.0 + f64::from(count).ln());
    counts
        .into_iter()
        .map(|(stem, count)| (weight(&stem, count), stem))
        .map(|(weight, stem)| (stem, weight))
        .collect()
}

/// The line of the resume and that of the target that are near to each other and speak for the whole.
fn nearest<'a>(
    told: &'a [Told],
    work: &'a [String],
    (ours, theirs): (&[f64], &[f64]),
    meanings: &Meanings,
) -> Option<(&'a Told, &'a str)> {
    let long = |words: &str| words.split(' ').count() >= FEWEST_QUOTED_WORDS;
    let towards = |line: &Embedding, whole: &[f64]| {
        line.0.iter().zip(whole).map(|(a, b)| f64::from(*a) * b).sum::<f64>()
    };
    let answers: Vec<(&Embedding, &str, f64)> = work
        .iter()
        .enumerate()
        .filter(|(place, line)| *place == 0 || long(line))
        .filter_map(|(_, line)| Some((meanings.of(line)?, line.as_str())))
        .map(|(meaning, line)| (meaning, line, towards(meaning, ours)))
        .collect();
    let mut best: Option<(f64, &Told, &str)> = None;
    for told in told.iter().filter(|told| shows_work(told.section) && long(&told.words)) {
        let Some(said) = meanings.of(&told.words) else { continue };
        let alone = towards(said, theirs);
        for (answer, line, speaks) in &answers {
            let near = 2.0 * said.cosine(answer) + alone + speaks;
            if best.is_none_or(|(most, _, _)| near > most) {
                best = Some((near, told, line));
            }
        }
    }
    best.map(|(_, told, line)| (told, line))
}

/// Where a person says what they do.
fn shows_work(section: SectionKind) -> bool {
    match section {
        SectionKind::Header
        | SectionKind::Summary
        | SectionKind::Experience
        | SectionKind::Projects
        | SectionKind::Volunteering
        | SectionKind::Other => true,
        SectionKind::Education
        | SectionKind::Skills
        | SectionKind::Certifications
        | SectionKind::Awards
        | SectionKind::Publications
        | SectionKind::Languages
        | SectionKind::Interests
        | SectionKind::References => false,
    }
}
