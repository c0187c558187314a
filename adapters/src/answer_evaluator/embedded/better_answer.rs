//! The answer restructured from the candidate's own words. Nothing is invented: a part is a sentence
//! of the answer, a line of the resume, or a prompt for what only the candidate can add.

use interaura_domain::interview::evaluation::{BetterAnswer, BetterAnswerPart, StarPart};
use interaura_domain::interview::question::QuestionKind;
use interaura_domain::interview::sentences::Sentence;
use interaura_domain::interview::star::StarShape;
use interaura_domain::ports::embedder::Embedding;

use super::closeness::closeness;
use super::coverage::CoveredPoint;
use super::reading::{Reading, Unit};

const MOST_RESUME_LINES: usize = 2;
/// A line of the resume belongs to the answer from this closeness on.
const NEAR_LINE: f64 = 0.42;
/// A story is asked for no more points than these: with each, there is more to remember.
const MOST_POINTS_OF_A_STORY: usize = 2;

/// Writes the better answer.
pub(super) fn write(reading: &Reading, coverage: &[CoveredPoint], lines: &[Embedding]) -> BetterAnswer {
    match reading.kind {
        QuestionKind::Behavioural => story(reading, coverage, lines),
        QuestionKind::Technical => explanation(reading, coverage, lines),
    }
}

fn story(reading: &Reading, coverage: &[CoveredPoint], lines: &[Embedding]) -> BetterAnswer {
    let shape = StarShape::of(&reading.told);
    let mut kept: Vec<(StarPart, Sentence)> = Vec::new();
    let mut current = StarPart::Situation;
    let mut left_out = 0;
    for (told, unit) in reading.told.iter().zip(reading.own()) {
        if !(unit.on_topic() || told.part.is_some()) {
            left_out += 1;
            continue;
        }
        current = told.part.unwrap_or(current);
        kept.push((current, told.sentence.clone()));
    }
    let moved = !kept.is_sorted_by_key(|(part, _)| *part);
    kept.sort_by_key(|(part, _)| *part);
    let mut parts = Vec::new();
    let mut added = 0;
    for part in [StarPart::Situation, StarPart::Task, StarPart::Action, StarPart::Result] {
        parts.extend(kept.iter().filter(|(of, _)| *of == part).map(|(_, sentence)| from_answer(sentence)));
        if part == StarPart::Action {
            parts.extend(from_resume(reading, lines));
            let points = missing_points(reading, coverage);
            added += points.len();
            parts.extend(points);
        }
        if let Some(prompt) = prompt_for(part, shape) {
            added += 1;
            parts.push(BetterAnswerPart::ToAdd { prompt: prompt.to_owned() });
        }
    }
    BetterAnswer { parts, note: note(moved, "situation, task, action, result", left_out, added) }
}

/// Prompts for what a good answer covers and this one does not, those furthest from it first.
fn missing_points(reading: &Reading, coverage: &[CoveredPoint]) -> Vec<BetterAnswerPart> {
    let mut missing: Vec<&CoveredPoint> = coverage.iter().filter(|point| !point.verdict.covered).collect();
    missing.sort_by(|a, b| a.credit.total_cmp(&b.credit));
    missing.truncate(MOST_POINTS_OF_A_STORY);
    let read = missing.iter().filter_map(|point| reading.points.get(usize::from(point.verdict.index)));
    read.map(|read| BetterAnswerPart::ToAdd { prompt: format!("Add: {}", read.point.probe) }).collect()
}

fn prompt_for(part: StarPart, shape: StarShape) -> Option<&'static str> {
    let told = shape.of_part(part);
    match part {
        StarPart::Situation if told < 0.25 => Some("Begin with where and when this was, in a sentence."),
        StarPart::Task if told < 0.25 => Some("Add what you had to achieve, and by when."),
        StarPart::Action if shape.own_steps == 0 && shape.shared_steps > 0 => {
            Some("Say which of these steps were yours.")
        }
        StarPart::Action if told < 0.25 => Some("Add what you did yourself, step by step."),
        StarPart::Action if told < 0.6 => Some("Add how you did it, and why you chose that way."),
        StarPart::Result if told < 0.2 => Some("Add the result: what changed, how much, by when?"),
        StarPart::Result if !shape.result_with_change => {
            Some("Make the result one that can be checked: a number, or what is different now.")
        }
        StarPart::Situation | StarPart::Task | StarPart::Action | StarPart::Result => None,
    }
}

fn explanation(reading: &Reading, coverage: &[CoveredPoint], lines: &[Embedding]) -> BetterAnswer {
    let odd: Vec<usize> =
        coverage.iter().filter(|point| point.at_odds()).flat_map(|point| point.by.iter().copied()).collect();
    let usable: Vec<usize> =
        (0..reading.units.len()).filter(|at| reading.units[*at].on_topic() && !odd.contains(at)).collect();
    let left_out = reading.units.len() - usable.len();
    let place_of =
        |at: &usize| coverage.iter().position(|point| point.verdict.covered && point.by.contains(at));
    let mut order = vec![Vec::new(); coverage.len() + 1];
    let mut last = 0;
    for at in &usable {
        last = place_of(at).map_or(last, |place| place + 1);
        order[last].push(*at);
    }
    let mut parts: Vec<BetterAnswerPart> =
        order[0].iter().map(|at| from_answer(&reading.units[*at].sentence)).collect();
    let mut added = 0;
    for (point, here) in coverage.iter().zip(&order[1..]) {
        parts.extend(here.iter().map(|at| from_answer(&reading.units[*at].sentence)));
        let Some(read) = reading.points.get(usize::from(point.verdict.index)) else { continue };
        if !point.verdict.covered {
            added += 1;
            let prompt = match point.by.first().filter(|_| point.at_odds()) {
                Some(at) => format!("Check \"{}\": {}", reading.units[*at].sentence.text, read.point.probe),
                None => format!("Add: {}", read.point.probe),
            };
            parts.push(BetterAnswerPart::ToAdd { prompt });
        }
    }
    parts.extend(from_resume(reading, lines));
    let moved = !order.concat().is_sorted();
    BetterAnswer { parts, note: note(moved, "the points of the question", left_out, added) }
}

fn from_answer(sentence: &Sentence) -> BetterAnswerPart {
    BetterAnswerPart::FromAnswer { text: sentence.text.clone(), span: sentence.span }
}

/// The lines nearest to the question and to what was told.
fn from_resume(reading: &Reading, lines: &[Embedding]) -> Vec<BetterAnswerPart> {
    let usable = |line: &str| (4..=45).contains(&line.split_whitespace().count());
    let mut near: Vec<(f64, &String)> = reading
        .resume_lines
        .iter()
        .zip(lines)
        .filter(|(line, _)| usable(line))
        .map(|(line, embedding)| {
            let told = reading
                .own()
                .filter(|unit: &&Unit| unit.on_topic())
                .map(|unit| closeness(&unit.embedding, embedding))
                .fold(0.0, f64::max);
            (closeness(&reading.question, embedding).max(0.9 * told), line)
        })
        .filter(|(near, _)| *near >= NEAR_LINE)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    near.truncate(MOST_RESUME_LINES);
    near.into_iter().map(|(_, line)| BetterAnswerPart::FromResume { text: line.clone() }).collect()
}

fn note(moved: bool, order: &str, left_out: usize, added: usize) -> String {
    let mut said = vec![if moved {
        format!("Your own sentences, put in the order of {order}.")
    } else {
        "Your own sentences, in the order you told them.".to_owned()
    }];
    match left_out {
        0 => (),
        1 => said.push("One sentence that does not carry the answer is left out.".to_owned()),
        more => said.push(format!("{more} sentences that do not carry the answer are left out.")),
    }
    match added {
        0 => (),
        1 => said.push("One thing is for you to add.".to_owned()),
        more => said.push(format!("{more} things are for you to add.")),
    }
    said.join(" ")
}
