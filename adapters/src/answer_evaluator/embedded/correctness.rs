//! Correctness: is what is said right, measured against the points of the question?

use interaura_domain::interview::words::number;
use interaura_domain::score::formula::own_level;
use interaura_domain::score::{Criterion, Feature};

use super::coverage::{Against, CoveredPoint, FEATURE_NAMES};
use super::reading::Reading;
use super::{Judgement, evidence, feature, shortened};
use crate::pair_scorer::PairScore;

/// An answer of so many words is full, whatever was asked.
const FULL_WORDS: f64 = 60.0;

/// Judges correctness; `learnt` is what the scorer made of the answer.
pub(super) fn judge(reading: &Reading, coverage: &[CoveredPoint], learnt: Option<&PairScore>) -> Judgement {
    let count = number(coverage.len().max(1));
    let credit = coverage.iter().map(|point| point.credit).sum::<f64>() / count;
    let covered = coverage.iter().filter(|point| point.verdict.covered).count();
    let against = |what: Against| number(coverage.iter().filter(|point| point.against == Some(what)).count());
    let words: usize = reading.said().map(|unit| unit.words.len()).sum();
    let mut features = marked(coverage, credit, learnt);
    features.extend([
        feature("fullness", (number(words) / FULL_WORDS).min(1.0)),
        feature("mean_credit", credit),
        feature("points", number(coverage.len())),
        feature("points_covered", number(covered)),
        feature("points_at_odds", against(Against::Denial) + against(Against::Number)),
        feature("points_denied", against(Against::Denial)),
        feature("points_with_other_numbers", against(Against::Number)),
        feature("list_likeness", reading.features.bare_list_likeness()),
    ]);
    for point in coverage {
        let name = |what: &str| format!("point_{}_{what}", point.verdict.index);
        features.push(feature(&name("credit"), point.credit));
        features.extend(point.found.map(|found| feature(&name("found"), found)));
        let inputs = FEATURE_NAMES.iter().zip(point.features.values());
        features.extend(inputs.map(|(what, value)| feature(&name(what), value)));
    }
    Judgement {
        level: own_level(Criterion::Correctness, &features),
        features,
        evidence: places(reading, coverage),
        rationale: rationale(reading, coverage),
    }
}

/// What the scorer made of the answer; without one, what the sentences alone give stands for it.
fn marked(coverage: &[CoveredPoint], credit: f64, learnt: Option<&PairScore>) -> Vec<Feature> {
    let Some(learnt) = learnt else {
        let terms: f64 = coverage.iter().map(|point| point.features.new_terms).sum();
        return vec![
            feature("matched", credit),
            feature("head", credit),
            feature("new_terms_named", terms / number(coverage.len().max(1))),
        ];
    };
    vec![
        feature("matched", learnt.matched),
        feature("head", learnt.head),
        feature("new_terms_named", learnt.new_terms_named),
        feature("factor_for_echo", learnt.factors.echo),
        feature("factor_for_list", learnt.factors.list),
        feature("factor_for_opposite", learnt.factors.opposite),
    ]
}

fn places(reading: &Reading, coverage: &[CoveredPoint]) -> Vec<interaura_domain::score::Evidence> {
    let mut spans: Vec<_> = coverage
        .iter()
        .filter(|point| point.verdict.covered || point.at_odds())
        .flat_map(|point| &point.by)
        .map(|at| reading.units[*at].sentence.span)
        .collect();
    spans.sort_unstable();
    spans.dedup();
    spans.into_iter().map(|span| evidence(&reading.answer, span)).collect()
}

fn rationale(reading: &Reading, coverage: &[CoveredPoint]) -> String {
    let point =
        |one: &CoveredPoint| reading.points.get(usize::from(one.verdict.index)).map(|read| &read.point);
    if coverage.is_empty() {
        return "This question lists no points to compare the answer with.".to_owned();
    }
    let covered = coverage.iter().filter(|one| one.verdict.covered).count();
    let are = if covered == 1 { "is" } else { "are" };
    let counted = format!("{covered} of {} points that matter here {are} in your answer.", coverage.len());
    let odds = coverage.iter().find(|one| one.at_odds());
    if let Some((odd, at)) = odds.and_then(|odd| Some((odd, odd.by.first()?)))
        && let Some(point) = point(odd)
    {
        let differs = match odd.against {
            Some(Against::Number) => "its number is not the one that belongs here",
            Some(Against::Denial) | None => "it seems to say the opposite of this",
        };
        return format!(
            "{counted} Look again at \"{}\": {differs}: {}.",
            shortened(&reading.units[*at].sentence.text, 12),
            shortened(&point.text, 25)
        );
    }
    let missing = coverage
        .iter()
        .filter(|one| !one.verdict.covered)
        .min_by(|a, b| a.credit.total_cmp(&b.credit))
        .and_then(point);
    match missing {
        None => "Every point that matters here is in your answer.".to_owned(),
        Some(missing) => format!("{counted} What is missing most: {}", missing.probe),
    }
}
