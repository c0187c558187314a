//! Checks of how well an applicant tracking system can read the file.

use chrono::{Datelike, NaiveDate};

use super::MatchableResume;
use super::apportion::{apportion, half_points};
use super::resume_text::ResumeText;
use crate::resume::analysis::AtsCheck;
use crate::resume::outline::{Job, ResumeOutline, SectionKind, YearMonth};
use crate::words::counted;

/// Twenty of the hundred points.
pub(super) const HALVES: u32 = 40;

const FEWEST_WORDS: usize = 150;
const MOST_WORDS: usize = 1000;
const MOST_WORDS_OF_THE_EXPERIENCED: usize = 1500;
const LONG_CAREER_YEARS: f64 = 10.0;
const LEAST_CONFIDENCE: f64 = 0.6;

struct Outcome {
    name: &'static str,
    weight: u32,
    passed: bool,
    message: String,
}

/// All checks; those that hold earn their share of `halves`.
pub(super) fn checks(
    resume: &MatchableResume,
    text: &ResumeText,
    halves: u32,
    today: NaiveDate,
) -> Vec<AtsCheck> {
    let outline = &resume.outline;
    let outcomes = [
        headings(outline),
        dates(outline, today),
        length(outline, text),
        columns(resume),
        contact(outline),
        bullets(outline),
        text_layer(resume, text),
    ];
    let shares = apportion(halves, &outcomes.each_ref().map(|outcome| outcome.weight));
    outcomes
        .into_iter()
        .zip(shares)
        .map(|(outcome, possible)| AtsCheck {
            name: outcome.name.to_owned(),
            passed: outcome.passed,
            message: outcome.message,
            points: half_points(if outcome.passed { possible } else { 0 }),
            points_possible: half_points(possible),
        })
        .collect()
}

fn headings(outline: &ResumeOutline) -> Outcome {
    let has = |kinds: &[SectionKind]| {
        outline.sections.iter().any(|section| section.heading.is_some() && kinds.contains(&section.kind))
    };
    let wanted: [(&str, &[SectionKind]); 3] = [
        ("Experience", &[SectionKind::Experience, SectionKind::Projects, SectionKind::Volunteering]),
        ("Education", &[SectionKind::Education, SectionKind::Certifications]),
        ("Skills", &[SectionKind::Skills]),
    ];
    let missing: Vec<&str> = wanted.iter().filter(|(_, kinds)| !has(kinds)).map(|(name, _)| *name).collect();
    let message = if missing.is_empty() {
        "The usual headings are there, so a system can tell your sections apart.".to_owned()
    } else {
        format!(
            "No heading that reads as {} was found. Put these sections under the usual words, each on a line of its own.",
            missing.join(", ")
        )
    };
    Outcome { name: "headings", weight: 8, passed: missing.is_empty(), message }
}

fn dates(outline: &ResumeOutline, today: NaiveDate) -> Outcome {
    let outcome = |passed, message| Outcome { name: "dates", weight: 8, passed, message };
    if outline.jobs.is_empty() {
        let dated = outline.education.iter().any(|course| course.year.is_some());
        let message = if dated {
            "No job with dates was found; your education has a year, which is enough for a first job."
        } else {
            "No dates were found. Write when each job and course began and ended, as in “Mar 2021 – Jun 2023”."
        };
        return outcome(dated, message.to_owned());
    }
    let undated = outline.jobs.iter().filter(|job| !is_dated(job)).count();
    let impossible = outline.jobs.iter().filter(|job| is_impossible(job, today)).count();
    let jobs = outline.jobs.len();
    if undated > 0 {
        return outcome(
            false,
            format!(
                "{} lack a beginning or an end. Write both, as in “Mar 2021 – Jun 2023”.",
                of_jobs(undated, jobs)
            ),
        );
    }
    if impossible > 0 {
        return outcome(
            false,
            format!(
                "{} end before they begin, or begin in the future. Check the dates.",
                of_jobs(impossible, jobs)
            ),
        );
    }
    let message = match jobs {
        1 => "The one job says when it began and ended.".to_owned(),
        _ => format!("All {jobs} jobs say when they began and ended."),
    };
    outcome(true, message)
}

/// The dates of so many of all jobs: a subject in the plural, whatever the numbers.
fn of_jobs(count: usize, jobs: usize) -> String {
    format!("The dates of {count} of {}", counted(jobs, "job"))
}

/// Whether a job says when it began, and when it ended or that it goes on.
pub(super) fn is_dated(job: &Job) -> bool {
    job.start.is_some() && (job.current || job.end.is_some())
}

fn is_impossible(job: &Job, today: NaiveDate) -> bool {
    let month = |at: YearMonth, unknown: u32| (at.year, at.month.map_or(unknown, u32::from));
    let begins = job.start.map(|start| month(start, 1));
    let ends = job.end.map(|end| month(end, 12));
    let ahead = begins.is_some_and(|begins| begins > (today.year(), today.month()));
    ahead || begins.zip(ends).is_some_and(|(begins, ends)| ends < begins)
}

fn length(outline: &ResumeOutline, text: &ResumeText) -> Outcome {
    let count = text.words.len();
    let long_career = outline.years_of_experience.is_some_and(|years| years >= LONG_CAREER_YEARS);
    let most = if long_career { MOST_WORDS_OF_THE_EXPERIENCED } else { MOST_WORDS };
    let message = if count < FEWEST_WORDS {
        format!("{} is short. Say what you did in each job, in two to six lines.", counted(count, "word"))
    } else if count > most {
        format!("{count} words is long; most readers expect at most {most}. Shorten the oldest jobs first.")
    } else {
        format!("{count} words is a length that gets read.")
    };
    Outcome { name: "length", weight: 4, passed: (FEWEST_WORDS..=most).contains(&count), message }
}

fn columns(resume: &MatchableResume) -> Outcome {
    let layout = resume.layout;
    let mut faults = Vec::new();
    if layout.columns > 1 {
        faults.push(format!("{} columns side by side, which some systems read across", layout.columns));
    }
    if layout.tables > 0 {
        faults.push(format!("{}, which some systems skip", counted(layout.tables, "table")));
    }
    if layout.floating_text {
        faults.push("text in text boxes, headers or footers, which many systems skip".to_owned());
    }
    let message = if faults.is_empty() {
        "The text runs in one column, from top to bottom.".to_owned()
    } else {
        format!("The page has {}. Offer a version in one plain column too.", faults.join(", and "))
    };
    Outcome { name: "columns", weight: 4, passed: faults.is_empty(), message }
}

fn contact(outline: &ResumeOutline) -> Outcome {
    let contact = &outline.contact;
    let wanted = [
        ("your name", contact.name.is_none()),
        ("an email address", contact.emails.is_empty()),
        ("a telephone number", contact.phones.is_empty()),
    ];
    let missing: Vec<&str> = wanted.iter().filter(|(_, lacking)| *lacking).map(|(what, _)| *what).collect();
    let message = if missing.is_empty() {
        "Your name, email address and telephone number were found.".to_owned()
    } else {
        format!("A system would not find {}. Put it at the top, as plain text.", missing.join(", "))
    };
    Outcome { name: "contact", weight: 6, passed: missing.is_empty(), message }
}

fn bullets(outline: &ResumeOutline) -> Outcome {
    let jobs = outline.jobs.len();
    let listed = outline.jobs.iter().filter(|job| !job.bullets.is_empty()).count();
    let passed = jobs > 0 && 2 * listed >= jobs;
    let message = if jobs == 0 {
        "No jobs were found, so no bullet points under them either.".to_owned()
    } else if passed {
        format!("There are bullet points on what you did in {listed} of {}.", counted(jobs, "job"))
    } else {
        format!(
            "There are bullet points on what you did in only {listed} of {}. Give the newest two to six.",
            counted(jobs, "job")
        )
    };
    Outcome { name: "bullets", weight: 4, passed, message }
}

fn text_layer(resume: &MatchableResume, text: &ResumeText) -> Outcome {
    let passed = resume.confidence >= LEAST_CONFIDENCE && !text.words.is_empty();
    let message = if passed {
        "The file holds its text as text."
    } else {
        "The text of the file was hard to read out. Export it again as a plain PDF, without pictures of text."
    };
    Outcome { name: "text_layer", weight: 6, passed, message: message.to_owned() }
}
