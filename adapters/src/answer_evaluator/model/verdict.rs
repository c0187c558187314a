//! What a model said about an answer, read and checked. Fields nobody asked for are passed over.

use interaura_domain::interview::evaluation::{PointCoverage, StarPart, StarSpan};
use interaura_domain::interview::rubric::Rubric;
use interaura_domain::personal::Personal;
use interaura_domain::ports::answer_evaluator::AnswerToEvaluate;
use interaura_domain::score::{Criterion, Evidence};
use interaura_domain::text::Span;
use serde::Deserialize;
use serde_json::Value;

use super::is_story;

/// Quotes of one criterion past these are left out.
const MOST_QUOTES: usize = 3;
/// In characters; a rationale is a sentence or two.
const LONGEST_RATIONALE: usize = 700;
/// How much of a model's words a problem repeats to it, in characters.
const SHOWN: usize = 60;

/// A verdict that keeps the rules.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ModelVerdict {
    pub(super) ratings: Vec<ModelRating>,
    /// `None` where the model said nothing of it.
    pub(super) star: Option<Vec<StarSpan>>,
    /// `None` where the model said nothing of it.
    pub(super) coverage: Option<Vec<PointCoverage>>,
}

/// A level, as the model gave it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ModelRating {
    pub(super) criterion: Criterion,
    pub(super) level: f64,
    pub(super) evidence: Vec<Evidence>,
    pub(super) rationale: String,
}

#[derive(Deserialize)]
struct Said {
    ratings: Vec<SaidRating>,
    star: Option<Vec<SaidPart>>,
    coverage: Option<Vec<SaidPoint>>,
}

#[derive(Deserialize)]
struct SaidRating {
    criterion: String,
    level: f64,
    #[serde(default)]
    quotes: Vec<String>,
    rationale: String,
}

#[derive(Deserialize)]
struct SaidPart {
    part: String,
    quote: String,
}

#[derive(Deserialize)]
struct SaidPoint {
    index: usize,
    covered: bool,
    quote: Option<String>,
}

/// Reads a verdict.
///
/// # Errors
/// What has to be otherwise, in words for the model.
pub(super) fn read(
    said: &Value,
    answer: &AnswerToEvaluate,
    rubric: &Rubric,
) -> Result<ModelVerdict, Vec<String>> {
    let said = Said::deserialize(said)
        .map_err(|error| vec![format!("the reply does not keep to the schema: {error}")])?;
    let mut problems = Vec::new();
    let mut ratings = Vec::new();
    for one in &rubric.criteria {
        if one.weights.of(answer.kind) <= 0.0 {
            continue;
        }
        let name = name(one.criterion);
        let mut of_it = said.ratings.iter().filter(|rating| rating.criterion == name);
        match (of_it.next(), of_it.next()) {
            (Some(rating), None) => {
                ratings.push(checked(one.criterion, rating, &answer.answer, &mut problems));
            }
            (None, _) => problems.push(format!("there is no rating of {name}")),
            (Some(_), Some(_)) => problems.push(format!("there is more than one rating of {name}")),
        }
    }
    let star = said.star.map(|parts| {
        let parts = if is_story(answer.kind) { parts } else { Vec::new() };
        let mut spans: Vec<StarSpan> =
            parts.iter().filter_map(|part| told(part, &answer.answer, &mut problems)).collect();
        spans.sort_by_key(|span| (span.evidence.span, span.part));
        spans.dedup();
        spans
    });
    let coverage = said.coverage.map(|points| covered(&points, answer, &mut problems));
    if problems.is_empty() { Ok(ModelVerdict { ratings, star, coverage }) } else { Err(problems) }
}

fn checked(
    criterion: Criterion,
    rating: &SaidRating,
    answer: &str,
    problems: &mut Vec<String>,
) -> ModelRating {
    let name = name(criterion);
    if !(1.0..=5.0).contains(&rating.level) {
        problems.push(format!("the level of {name} is not between 1 and 5"));
    }
    let rationale = rating.rationale.trim();
    if rationale.is_empty() || rationale.chars().count() > LONGEST_RATIONALE {
        problems.push(format!("the rationale of {name} has to be one or two sentences"));
    }
    let quotes = rating.quotes.iter().filter(|quote| !quote.trim().is_empty()).take(MOST_QUOTES);
    let mut evidence: Vec<Evidence> = quotes.filter_map(|quote| quoted(quote, answer, problems)).collect();
    evidence.sort_by_key(|one| one.span);
    evidence.dedup();
    ModelRating { criterion, level: rating.level, evidence, rationale: rationale.to_owned() }
}

fn told(said: &SaidPart, answer: &str, problems: &mut Vec<String>) -> Option<StarSpan> {
    let part = match said.part.as_str() {
        "situation" => StarPart::Situation,
        "task" => StarPart::Task,
        "action" => StarPart::Action,
        "result" => StarPart::Result,
        other => {
            problems.push(format!("star has no part {:?}", shown(other)));
            return None;
        }
    };
    Some(StarSpan { part, evidence: quoted(&said.quote, answer, problems)? })
}

fn covered(said: &[SaidPoint], answer: &AnswerToEvaluate, problems: &mut Vec<String>) -> Vec<PointCoverage> {
    let mut found = Vec::new();
    for at in 0..answer.points.len() {
        let Some(point) = said.iter().find(|point| point.index == at) else {
            problems.push(format!("coverage lacks the point {at}"));
            continue;
        };
        let evidence = match (point.covered, &point.quote) {
            (false, _) => None,
            (true, None) => {
                problems.push(format!("the point {at} is covered, but there is no quote"));
                None
            }
            (true, Some(quote)) => quoted(quote, &answer.answer, problems),
        };
        found.push(PointCoverage {
            index: u8::try_from(at).unwrap_or(u8::MAX),
            covered: point.covered,
            // The model is not asked how near a sentence is.
            similarity: if point.covered { 1.0 } else { 0.0 },
            evidence,
        });
    }
    found
}

/// The place of a quote, which has to stand in the answer letter for letter.
pub(super) fn quoted(quote: &str, answer: &str, problems: &mut Vec<String>) -> Option<Evidence> {
    let quote = quote.trim();
    let found = (!quote.is_empty()).then(|| answer.find(quote)).flatten();
    let span = found.and_then(|start| Span::of_bytes(answer, start, start + quote.len()));
    if span.is_none() {
        problems.push(format!("this quote is not in the answer letter for letter: {:?}", shown(quote)));
    }
    Some(Evidence { quote: Personal::Present(quote.to_owned()), span: span? })
}

pub(super) fn shown(words: &str) -> String {
    words.chars().take(SHOWN).collect()
}

fn name(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Relevance => "relevance",
        Criterion::Clarity => "clarity",
        Criterion::Structure => "structure",
        Criterion::Correctness => "correctness",
        Criterion::Depth => "depth",
    }
}
