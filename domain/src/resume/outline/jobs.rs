//! Finds jobs by their ranges of dates, and the years that they cover together.

use chrono::{Datelike as _, NaiveDate};

use super::contact::is_place;
use super::dates::{DateRange, ranges_in};
use super::lines::{Line, plain_words};
use super::titles::{names_a_degree, names_a_school, names_a_title, names_an_employer};
use super::{Job, Section, SectionKind, YearMonth};
use crate::text::Span;

/// The jobs, newest first.
pub(super) fn jobs_in(lines: &[Line<'_>], sections: &[Section]) -> Vec<Job> {
    let named: Vec<&Section> =
        sections.iter().filter(|section| section.kind == SectionKind::Experience).collect();
    let mut jobs = Vec::new();
    for section in &named {
        jobs.extend(jobs_of(&within(lines, section), section.span.end));
    }
    if named.is_empty() {
        let open = |section: &&Section| {
            matches!(section.kind, SectionKind::Header | SectionKind::Summary | SectionKind::Other)
        };
        for section in sections.iter().filter(open) {
            let likely = jobs_of(&within(lines, section), section.span.end).into_iter().filter(|job| {
                job.title.as_deref().is_some_and(names_a_title)
                    && !job.employer.as_deref().is_some_and(names_a_degree)
            });
            jobs.extend(likely);
        }
    }
    jobs.sort_by_key(|job| std::cmp::Reverse((job.current, job.end, job.start)));
    jobs
}

/// The lines of a section without its heading.
pub(super) fn within<'a>(lines: &[Line<'a>], section: &Section) -> Vec<Line<'a>> {
    lines
        .iter()
        .filter(|line| (section.span.start..section.span.end).contains(&line.span.start))
        .skip(usize::from(section.heading.is_some()))
        .copied()
        .collect()
}

/// The lines that introduce one job, and its dates.
struct Entry {
    first: usize,
    /// One past the last line of the introduction.
    body: usize,
    anchor: usize,
    range: DateRange,
}

fn jobs_of(lines: &[Line<'_>], end: u32) -> Vec<Job> {
    let entries = entries_of(lines);
    let mut jobs = Vec::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        let next = entries.get(at + 1).map_or(lines.len(), |next| next.first);
        let (title, employer) = who(lines, entry);
        let stop = lines.get(next.saturating_sub(1)).map_or(end, |line| line.span.end);
        jobs.push(Job {
            title,
            employer,
            start: Some(entry.range.start),
            end: entry.range.end,
            current: entry.range.end.is_none(),
            span: Span { start: lines[entry.first].span.start, end: stop.max(lines[entry.anchor].span.end) },
            bullets: bullets_of(lines.get(entry.body..next).unwrap_or_default()),
        });
    }
    jobs
}

fn entries_of(lines: &[Line<'_>]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for (anchor, line) in lines.iter().enumerate() {
        let Some(range) = ranges_in(line.text).into_iter().next_back() else { continue };
        let rest = without(line, &range);
        let inside = line.text.chars().count() > 110 || line.text.ends_with('.') && rest.chars().count() > 60;
        if inside && !names_a_title(&rest) {
            continue;
        }
        let floor = entries.last().map_or(0, |entry| entry.body);
        let first = first_line(lines, anchor, floor, &rest);
        let body = body_line(lines, anchor, first, &rest);
        entries.push(Entry { first, body, anchor, range });
    }
    entries
}

/// The line without its dates and the brackets and bars around them.
fn without(line: &Line<'_>, range: &DateRange) -> String {
    let (before, after) = (&line.text[..range.bytes.start], &line.text[range.bytes.end..]);
    let before = before.trim_end_matches(|sign: char| !sign.is_alphanumeric() && !").'\"”".contains(sign));
    let after = after.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    let joined = if before.is_empty() || after.is_empty() {
        format!("{before}{after}")
    } else {
        format!("{before} | {after}")
    };
    let content = Line { text: joined.trim(), span: line.span }.content().to_owned();
    let content = content.split("Location:").next().unwrap_or_default();
    let bare = content.trim_end_matches([':', ' ', '|']);
    let labels = ["Date", "Dates", "Period", "Duration", "Datum"];
    if labels.contains(&bare) { String::new() } else { bare.to_owned() }
}

/// Titles and employers often stand above the dates, where the line of the dates lacks one of them.
fn first_line(lines: &[Line<'_>], anchor: usize, floor: usize, rest: &str) -> usize {
    let wanted = 2_usize.saturating_sub(fields(rest).len());
    let mut first = anchor;
    while first > floor
        && anchor - first < wanted
        && introduces(&lines[first - 1])
        && ranges_in(lines[first - 1].text).is_empty()
    {
        first -= 1;
    }
    first
}

/// The introduction goes on below the dates where it still lacks a title or employer.
fn body_line(lines: &[Line<'_>], anchor: usize, first: usize, rest: &str) -> usize {
    let mut known = fields(rest).len() + (anchor - first);
    let mut body = anchor + 1;
    while known < 2 && body < lines.len() && body - anchor <= 2 && below(&lines[body]) {
        known += 1;
        body += 1;
    }
    body
}

fn below(line: &Line<'_>) -> bool {
    !line.is_bullet() && introduces(line) && ranges_in(line.text).is_empty()
}

/// Whether a line may name a title or an employer: short, with a capital, and no sentence.
fn introduces(line: &Line<'_>) -> bool {
    let text = line.content();
    let length = text.chars().count();
    let capital = text.chars().find(|character| character.is_alphanumeric()).is_some_and(char::is_uppercase);
    let sentence = text.ends_with(['.', ';', ','])
        && !["Inc.", "Ltd.", "Corp.", "Co."].iter().any(|end| text.ends_with(end));
    let known = names_a_title(text) || names_an_employer(text);
    capital
        && !sentence
        && length < if line.is_bullet() { 60 } else { 75 }
        && (!line.is_bullet() || known || is_employer_with_place(text))
}

/// `Google Mountain View, CA`.
fn is_employer_with_place(text: &str) -> bool {
    let ends_in_place = text.rsplit_once(", ").is_some_and(|(_, region)| {
        region.chars().count() <= 14
            && region.chars().next().is_some_and(char::is_uppercase)
            && region.split_whitespace().count() <= 2
    });
    ends_in_place && text.split_whitespace().count() <= 9
}

/// The parts of a line that may be a title, an employer or a place.
fn fields(text: &str) -> Vec<String> {
    let mut marked = text.replace(") ", "\n");
    for sign in [
        " | ", " – ", " — ", " - ", " · ", " • ", "\t", " @ ", " at ", " bei ", " chez ", " en ", " / ",
        ": ", " (",
    ] {
        marked = marked.replace(sign, "\n");
    }
    let mut parts = Vec::new();
    for part in marked
        .split('\n')
        .map(|part| part.trim_matches([' ', ',', ')', '(', ';']))
        .filter(|part| !part.is_empty())
    {
        if is_place(part) || says_how_long_or_how(part) {
            continue;
        }
        match part.split_once(", ") {
            Some((one, other)) if names_a_title(one) != names_a_title(other) && !is_suffix(other) => {
                parts.extend([one.trim(), other.trim()].map(str::to_owned));
            }
            _ => parts.push(part.to_owned()),
        }
    }
    parts
}

fn is_suffix(text: &str) -> bool {
    ["inc", "ltd", "llc", "gmbh", "co", "corp"].contains(&text.trim_end_matches('.').to_lowercase().as_str())
}

fn who(lines: &[Line<'_>], entry: &Entry) -> (Option<String>, Option<String>) {
    let mut parts = Vec::new();
    for (at, line) in lines.iter().enumerate().take(entry.body).skip(entry.first) {
        let text = if at == entry.anchor { without(line, &entry.range) } else { line.content().to_owned() };
        parts.extend(fields(&text));
    }
    if parts.iter().all(|part| names_a_title(part)) {
        let bare = |line: &Line<'_>| line.content().to_owned();
        parts.extend(lines[entry.first..entry.body].iter().map(bare).filter(|text| is_place(text)));
    }
    parts.retain(|part| part.chars().any(char::is_alphabetic) && part.chars().count() < 100);
    let titled = |part: &String| names_a_title(part) && !names_a_school(part) || part.starts_with("Co-");
    let at = parts.iter().position(titled).or_else(|| parts.iter().position(|part| names_a_title(part)));
    let title = at.map(|at| parts.remove(at));
    let marked = parts.iter().position(|part| names_an_employer(part));
    let employer = marked.or((!parts.is_empty()).then_some(0)).map(|at| parts.remove(at));
    let title = title.or_else(|| (!parts.is_empty()).then(|| parts.remove(0)));
    (title.map(|part| tidy(&part)), employer.map(|part| tidy(&part)))
}

/// `full-time`, `1 year, 5 months`: neither title nor employer.
fn says_how_long_or_how(part: &str) -> bool {
    const SAID: &str = "full part time fulltime parttime internship contract permanent temporary remote hybrid onsite on \
        site freelance self employed year years yr yrs month months mos mo vollzeit teilzeit stage cdi cdd";
    plain_words(part).iter().all(|word| {
        SAID.split_whitespace().any(|said| said == word) || word.chars().all(|sign| sign.is_ascii_digit())
    })
}

fn tidy(part: &str) -> String {
    part.trim_matches(|sign: char| sign.is_whitespace() || ",;|–—-·•".contains(sign)).to_owned()
}

/// The bullet points among `lines`, each with the lines that it goes on over.
fn bullets_of(lines: &[Line<'_>]) -> Vec<Span> {
    let mut bullets: Vec<Span> = Vec::new();
    for line in lines {
        if line.is_bullet() {
            bullets.push(line.span);
        } else if let Some(open) = bullets.last_mut() {
            open.end = line.span.end;
        }
    }
    bullets
}

/// The years that the jobs cover, overlaps counted once; jobs still held last until `today`.
pub(super) fn years_in(jobs: &[Job], today: NaiveDate) -> Option<f64> {
    let now = today.year() * 12 + i32::try_from(today.month()).unwrap_or(1);
    let mut stretches: Vec<(i32, i32)> = jobs.iter().filter_map(|job| stretch(job, now)).collect();
    if stretches.is_empty() {
        return None;
    }
    stretches.sort_unstable();
    let mut months = 0;
    let mut reached = i32::MIN;
    for (start, end) in stretches {
        months += (end - start.max(reached)).max(0);
        reached = reached.max(end);
    }
    Some((f64::from(months) / 12.0 * 10.0).round() / 10.0)
}

/// A job in months since the year 0: from its first month to one past its last.
fn stretch(job: &Job, now: i32) -> Option<(i32, i32)> {
    let start = job.start?;
    let first = start.year * 12 + start.month.map_or(0, |month| i32::from(month) - 1);
    let last = match job.end {
        None => now,
        Some(YearMonth { year, month: Some(month) }) => year * 12 + i32::from(month),
        Some(YearMonth { year, month: None }) if year == start.year || start.month.is_some() => {
            (year + 1) * 12
        }
        Some(YearMonth { year, month: None }) => year * 12,
    };
    let last = last.min(now);
    (first < last).then_some((first, last))
}
