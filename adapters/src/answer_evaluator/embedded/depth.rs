//! Depth: reasons and specifics beyond the surface.

use interaura_domain::interview::question::QuestionKind;
use interaura_domain::interview::words::number;

use super::coverage::CoveredPoint;
use super::reading::Reading;
use super::{Judgement, between, evidence, feature};

const MOST_QUOTES: usize = 6;

/// Judges depth. Only what stands in sentences on the matter counts.
pub(super) fn judge(reading: &Reading, coverage: &[CoveredPoint]) -> Judgement {
    let features = &reading.features;
    let numbers = reading.on_topic_only(&features.numbers);
    let names = reading.on_topic_only(&features.named_things);
    let reasons = reading.on_topic_only(&features.reasons);
    let examples = reading.on_topic_only(&features.examples);
    let taken_up = coverage.iter().map(|point| point.credit).sum::<f64>();
    let share = reading.share_on_topic();
    let words = number(reading.own_words()) * share;
    let of = |count: usize, full: f64| (number(count) / full).min(1.0);
    let reached = match reading.kind {
        QuestionKind::Technical => {
            0.30 * of(reasons.len(), 4.0)
                + 0.20 * of(numbers.len() + names.len() + 2 * examples.len(), 5.0)
                + 0.30 * (taken_up / 2.6).min(1.0)
                + 0.20 * between(words, 25.0, 110.0)
        }
        QuestionKind::Behavioural => {
            0.30 * of(numbers.len(), 3.0)
                + 0.25 * of(names.len() + examples.len(), 3.0)
                + 0.20 * of(reasons.len(), 3.0)
                + 0.25 * between(words, 40.0, 140.0)
        }
    };
    let at_odds =
        number(coverage.iter().filter(|point| point.at_odds).count()) / number(coverage.len().max(1));
    let against = match reading.kind {
        QuestionKind::Technical => at_odds,
        QuestionKind::Behavioural => 0.0,
    };
    let reached = reached * (1.0 - 0.8 * features.list_likeness()) * (1.0 - 0.5 * against);
    let mut quotes =
        reading.in_clauses([&numbers, &names, &reasons, &examples].into_iter().flatten().copied());
    quotes.truncate(MOST_QUOTES);
    Judgement {
        level: 1.0 + 4.0 * reached,
        features: vec![
            feature("numbers", number(numbers.len())),
            feature("named_things", number(names.len())),
            feature("reasons", number(reasons.len())),
            feature("examples", number(examples.len())),
            feature("credit_of_points", taken_up),
            feature("share_of_points_at_odds", against),
            feature("words_on_topic", words),
        ],
        evidence: quotes.into_iter().map(|span| evidence(&reading.answer, span)).collect(),
        rationale: rationale(reading.kind, numbers.len(), names.len(), reasons.len()),
    }
}

fn rationale(kind: QuestionKind, numbers: usize, names: usize, reasons: usize) -> String {
    let seen = match (numbers, names) {
        (0, 0) => "There is no number and no name in the answer yet.".to_owned(),
        (0, _) => "You name concrete things, but give no number.".to_owned(),
        (_, 0) => "You give numbers; name what they belong to as well.".to_owned(),
        (_, _) => "You give numbers and name concrete things.".to_owned(),
    };
    let next = match (kind, reasons) {
        (_, 3..) => "The reasons are there too.",
        (QuestionKind::Technical, _) => "Say why, and what it costs: \"because…\", \"the trade-off is…\".",
        (QuestionKind::Behavioural, _) if numbers == 0 => {
            "Add how many, how long or how much, and why you chose that way."
        }
        (QuestionKind::Behavioural, _) => "Add why you did it that way and not another.",
    };
    format!("{seen} {next}")
}
