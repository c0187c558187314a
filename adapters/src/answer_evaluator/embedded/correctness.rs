//! Correctness: is what is said right, measured against the points of the question?

use interaura_domain::interview::words::number;

use super::coverage::{CoveredPoint, FEATURE_NAMES};
use super::reading::Reading;
use super::{Judgement, between, evidence, feature, shortened};

/// Judges correctness.
pub(super) fn judge(reading: &Reading, coverage: &[CoveredPoint]) -> Judgement {
    let count = number(coverage.len().max(1));
    let credit = coverage.iter().map(|point| point.credit).sum::<f64>() / count;
    let covered = coverage.iter().filter(|point| point.verdict.covered).count();
    let at_odds = coverage.iter().filter(|point| point.at_odds).count();
    let list = reading.features.list_likeness();
    let reached = between(credit, 0.08, 0.85) * (1.0 - 0.6 * list) * (1.0 - 0.5 * number(at_odds) / count);
    let mut features = vec![
        feature("mean_credit", credit),
        feature("points", number(coverage.len())),
        feature("points_covered", number(covered)),
        feature("points_at_odds", number(at_odds)),
        feature("list_likeness", list),
    ];
    for point in coverage {
        features.push(feature(&format!("point_{}_credit", point.verdict.index), point.credit));
        let inputs = FEATURE_NAMES.iter().zip(point.features.values());
        features.extend(
            inputs.map(|(name, value)| feature(&format!("point_{}_{name}", point.verdict.index), value)),
        );
    }
    Judgement {
        level: 1.0 + 4.0 * reached,
        features,
        evidence: places(reading, coverage),
        rationale: rationale(reading, coverage),
    }
}

fn places(reading: &Reading, coverage: &[CoveredPoint]) -> Vec<interaura_domain::score::Evidence> {
    let mut spans: Vec<_> = coverage
        .iter()
        .filter(|point| point.verdict.covered || point.at_odds)
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
    let odds = coverage.iter().find(|one| one.at_odds);
    if let Some((odd, at)) = odds.and_then(|odd| Some((odd, odd.by.first()?)))
        && let Some(point) = point(odd)
    {
        return format!(
            "{counted} Look again at \"{}\": it seems to say the opposite of this: {}.",
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
