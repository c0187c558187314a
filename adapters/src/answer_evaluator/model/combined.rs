//! One verdict from a model's samples: medians, their spread, and the rubric's own arithmetic.

use interaura_domain::interview::evaluation::Evaluation;
use interaura_domain::interview::rubric::Rubric;
use interaura_domain::personal::Personal;
use interaura_domain::ports::answer_evaluator::AnswerToEvaluate;
use interaura_domain::score::ceiling::{CEILING_FROM_RELEVANCE, LEVEL_BEFORE_CEILING, RELEVANCE};
use interaura_domain::score::interval::LevelInterval;
use interaura_domain::score::{Criterion, Feature, Level, Rating, formula};

use super::verdict::{ModelRating, ModelVerdict};
use super::{EVALUATOR, is_story};
use crate::answer_evaluator::embedded::unmeasured_interval;

/// The verdict; `None` without a sample.
pub(super) fn evaluation(
    answer: &AnswerToEvaluate,
    verdicts: &[ModelVerdict],
    standby: Option<&Evaluation>,
    rubric: &Rubric,
    model: &str,
) -> Option<Evaluation> {
    let first = verdicts.first()?;
    let relevance = samples(verdicts, Criterion::Relevance).map(|levels| median(&levels));
    let ratings = rubric
        .criteria
        .iter()
        .map(|one| {
            let weight = one.weights.of(answer.kind);
            let levels = samples(verdicts, one.criterion).filter(|_| weight > 0.0);
            match levels {
                Some(levels) => rated(one.criterion, weight, &levels, verdicts, relevance),
                None => not_applicable(one.criterion, weight, is_story(answer.kind)),
            }
        })
        .collect();
    let star = first.star.clone().or_else(|| standby.map(|one| one.star.clone()));
    let coverage = first.coverage.clone().or_else(|| standby.map(|one| one.coverage.clone()));
    Some(Evaluation {
        evaluator: EVALUATOR.to_owned(),
        model: Some(model.to_owned()),
        rubric: rubric.id.clone(),
        ratings,
        star: star.unwrap_or_default(),
        coverage: coverage.unwrap_or_default(),
        stood_in_for: None,
        exchange: None,
        better_answer: None,
        better_answer_by: None,
    })
}

fn of(verdict: &ModelVerdict, criterion: Criterion) -> Option<&ModelRating> {
    verdict.ratings.iter().find(|rating| rating.criterion == criterion)
}

fn samples(verdicts: &[ModelVerdict], criterion: Criterion) -> Option<Vec<f64>> {
    let levels: Vec<f64> = verdicts.iter().filter_map(|one| Some(of(one, criterion)?.level)).collect();
    (!levels.is_empty()).then_some(levels)
}

fn rated(
    criterion: Criterion,
    weight: f64,
    levels: &[f64],
    verdicts: &[ModelVerdict],
    relevance: Option<f64>,
) -> Rating {
    let middle = median(levels);
    let (lowest, highest) =
        levels.iter().fold((5.0_f64, 1.0_f64), |(low, high), level| (low.min(*level), high.max(*level)));
    let mut features = vec![feature("samples", f64::from(u32::try_from(levels.len()).unwrap_or(u32::MAX)))];
    for (number, level) in (1..).zip(levels) {
        features.push(feature(&format!("level_of_sample_{number}"), *level));
    }
    features.push(feature("spread_of_samples", highest - lowest));
    let mut level = middle;
    if let Some((relevance, ceiling)) = relevance.and_then(|of| Some((of, formula::ceiling(criterion, of)?)))
    {
        features.push(feature(RELEVANCE, relevance));
        features.push(feature(CEILING_FROM_RELEVANCE, ceiling));
        features.push(feature(LEVEL_BEFORE_CEILING, level));
        level = level.min(ceiling);
    }
    // The words of the sample that is nearest to the middle; of equally near ones the first.
    let away = |rating: &&ModelRating| (rating.level - middle).abs();
    let nearest = verdicts.iter().filter_map(|verdict| of(verdict, criterion)).fold(
        None,
        |best: Option<&ModelRating>, one| match best {
            Some(best) if away(&best) <= away(&one) => Some(best),
            Some(_) | None => Some(one),
        },
    );
    let level = Level::clamped(level);
    Rating {
        criterion,
        level: Some(level),
        weight,
        interval: Some(interval(level, lowest, highest)),
        features,
        evidence: nearest.map(|rating| rating.evidence.clone()).unwrap_or_default(),
        rationale: Personal::Present(nearest.map(|rating| rating.rationale.clone()).unwrap_or_default()),
    }
}

/// Nobody has measured this model's error here: as wide as where nothing is known, and wider where its samples differ more.
fn interval(level: Level, lowest: f64, highest: f64) -> LevelInterval {
    let unmeasured = unmeasured_interval(level);
    let low = Level::clamped(unmeasured.low.value().min(lowest));
    let high = Level::clamped(unmeasured.high.value().max(highest));
    LevelInterval { low, high }
}

fn not_applicable(criterion: Criterion, weight: f64, is_story: bool) -> Rating {
    let rationale = if is_story {
        "Judged in technical questions only."
    } else {
        "Judged in questions about your experience only."
    };
    Rating {
        criterion,
        level: None,
        weight,
        interval: None,
        features: Vec::new(),
        evidence: Vec::new(),
        rationale: Personal::Present(rationale.to_owned()),
    }
}

/// The middle of the levels, of an even number the mean of the two in the middle; 1 without any.
fn median(levels: &[f64]) -> f64 {
    let mut levels = levels.to_vec();
    levels.sort_by(f64::total_cmp);
    let (upper, lower) = (levels.len() / 2, levels.len().saturating_sub(1) / 2);
    levels.get(lower).zip(levels.get(upper)).map_or(1.0, |(low, high)| f64::midpoint(*low, *high))
}

/// Four decimals, as every evaluator keeps them.
fn feature(name: &str, value: f64) -> Feature {
    Feature { name: name.to_owned(), value: (value * 10_000.0).round() / 10_000.0 }
}
