//! Depth: reasons and specifics beyond the surface.

use interaura_domain::interview::question::QuestionKind;
use interaura_domain::interview::words::number;
use interaura_domain::score::Criterion;
use interaura_domain::score::formula::own_level;

use super::coverage::CoveredPoint;
use super::reading::Reading;
use super::{Judgement, between, evidence, feature};

const MOST_QUOTES: usize = 6;
/// A share of sentences on the topic from here on is as good as all of them.
const MOST_ON_TOPIC: f64 = 0.75;

/// Judges depth. Only what stands in sentences on the matter counts.
pub(super) fn judge(reading: &Reading, coverage: &[CoveredPoint]) -> Judgement {
    let features = &reading.features;
    let numbers = reading.on_topic_only(&features.numbers);
    let names = reading.on_topic_only(&features.named_things);
    let reasons = reading.on_topic_only(&features.reasons);
    let examples = reading.on_topic_only(&features.examples);
    let taken_up = coverage.iter().map(|point| point.credit).sum::<f64>();
    let words = number(reading.own_words()) * between(reading.share_on_topic(), 0.0, MOST_ON_TOPIC);
    let at_odds =
        number(coverage.iter().filter(|point| point.at_odds()).count()) / number(coverage.len().max(1));
    let (is_technical, against) = match reading.kind {
        QuestionKind::Technical => (1.0, at_odds),
        QuestionKind::Behavioural => (0.0, 0.0),
    };
    let mut quotes =
        reading.in_clauses([&numbers, &names, &reasons, &examples].into_iter().flatten().copied());
    quotes.truncate(MOST_QUOTES);
    let measured = vec![
        feature("is_technical", is_technical),
        feature("numbers", number(numbers.len())),
        feature("named_things", number(names.len())),
        feature("reasons", number(reasons.len())),
        feature("examples", number(examples.len())),
        feature("credit_of_points", taken_up),
        feature("share_of_points_at_odds", against),
        feature("words_on_topic", words),
        feature("list_likeness", features.list_likeness()),
    ];
    Judgement {
        level: own_level(Criterion::Depth, &measured),
        features: measured,
        evidence: quotes.into_iter().map(|span| evidence(&reading.answer, span)).collect(),
        rationale: rationale(reading, numbers.len(), names.len(), reasons.len()),
    }
}

fn rationale(reading: &Reading, numbers: usize, names: usize, reasons: usize) -> String {
    let (features, kind) = (&reading.features, reading.kind);
    let has_specifics = !(features.numbers.is_empty() && features.named_things.is_empty());
    let seen = match (numbers, names) {
        (0, 0) if has_specifics => {
            "The numbers and names stand where you speak of something else than the question.".to_owned()
        }
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
