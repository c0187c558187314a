//! Finds courses of education by schools and degrees.

use super::contact::is_place;
use super::dates::{dates_in, ranges_in};
use super::jobs::within;
use super::lines::Line;
use super::titles::{names_a_degree, names_a_school};
use super::{Education, Section, SectionKind};
use crate::text::Span;

/// The courses of education, newest first.
pub(super) fn education_in(lines: &[Line<'_>], sections: &[Section]) -> Vec<Education> {
    let mut found: Vec<Education> = Vec::new();
    for section in sections.iter().filter(|section| section.kind == SectionKind::Education) {
        let mut open: Option<Education> = None;
        for line in &within(lines, section) {
            read(line, &mut open, &mut found);
        }
        found.extend(open.take());
    }
    found.sort_by_key(|education| std::cmp::Reverse(education.year));
    found
}

fn read(line: &Line<'_>, open: &mut Option<Education>, found: &mut Vec<Education>) {
    let text = line.content();
    let says = text.chars().count() < 160 && !(line.is_bullet() && text.ends_with('.'));
    let (institution, degree) = if says {
        (part_with(text, names_a_school, names_a_degree), part_with(text, names_a_degree, names_a_school))
    } else {
        (None, None)
    };
    let degree = degree.filter(|degree| institution.as_ref() != Some(degree));
    let again = open.as_ref().is_some_and(|education| {
        institution.is_some() && education.institution.is_some()
            || degree.is_some() && education.degree.is_some()
    });
    let leads = institution.as_ref().is_some_and(|institution| text.starts_with(institution.as_str()));
    if again && (!line.is_bullet() || degree.is_some() || leads) {
        found.extend(open.take());
    }
    if institution.is_some() || degree.is_some() {
        let empty = || Education { institution: None, degree: None, year: None, span: line.span };
        let education = open.get_or_insert_with(empty);
        education.institution = education.institution.take().or(institution);
        education.degree = education.degree.take().or(degree);
    }
    if let Some(education) = open {
        education.span = Span { start: education.span.start, end: line.span.end };
        education.year = education.year.or_else(|| year_in(text));
    }
}

/// The year in which what the line speaks of ended or will end.
fn year_in(text: &str) -> Option<i32> {
    let range = ranges_in(text).pop();
    match range {
        Some(range) => range.end.map(|end| end.year),
        None => dates_in(text).pop().map(|(date, _)| date.year),
    }
}

/// The part of a line for which `wanted` holds, without dates and places.
fn part_with(text: &str, wanted: fn(&str) -> bool, other: fn(&str) -> bool) -> Option<String> {
    let mut marked = text.to_owned();
    let ranges = ranges_in(text).into_iter().map(|range| range.bytes);
    let places: Vec<_> = ranges.chain(dates_in(text).into_iter().map(|(_, bytes)| bytes)).collect();
    for bytes in places.into_iter().rev() {
        if marked.is_char_boundary(bytes.start)
            && marked.get(bytes.clone()).is_some_and(|quote| text.get(bytes.clone()) == Some(quote))
        {
            marked.replace_range(bytes.clone(), &"\n".repeat(bytes.len()));
        }
    }
    for sign in [" | ", " – ", " — ", " - ", " · ", "; ", "\t", " ("] {
        marked = marked.replace(sign, "\n");
    }
    let parts: Vec<&str> =
        marked.split('\n').map(bare).filter(|part| !part.is_empty() && !is_place(part)).collect();
    let part = parts
        .iter()
        .find(|part| wanted(part) && !other(part))
        .or_else(|| parts.iter().find(|part| wanted(part)))?;
    let finer = part
        .split(", ")
        .map(bare)
        .filter(|finer| wanted(finer) && finer.split_whitespace().count() > 1)
        .min_by_key(|finer| other(finer));
    Some(finer.unwrap_or(part).to_owned())
}

fn bare(part: &str) -> &str {
    part.trim_matches(|sign: char| !sign.is_alphanumeric() && !").".contains(sign)).trim()
}
