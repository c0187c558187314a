//! From features to levels: the formulas of the embedded evaluator, by the version that a verdict names.
//!
//! An evaluator measures, rounds what it measured, and asks here for the level; whoever has a verdict's features comes to the
//! same level. A formula that was released stays as it is: a change is a new version.

use super::ceiling::{CEILING_FROM_RELEVANCE, LEVEL_BEFORE_CEILING};
use super::{Criterion, Feature, Level, Rating};

/// The version that brought these formulas,
pub const EMBEDDED_3: &str = "embedded/3";
/// and the one that reads answers more closely and computes levels by the same: what asks, is taken back or stands in no
/// order claims nothing, and a denial may govern a whole clause.
pub const EMBEDDED_4: &str = "embedded/4";

/// Whether levels of an evaluator are computed by these formulas.
pub(super) fn is_by_these(evaluator: &str) -> bool {
    [EMBEDDED_3, EMBEDDED_4].contains(&evaluator)
}

/// What is behind the name of an evaluator that judged an answer in several readings and took the level in the middle.
const READINGS: &str = "+readings/1";
/// How each reading's level is called among the features.
const LEVEL_OF_READING: &str = "level_";

/// The answer has to say this many words of its own before relevance can be seen in full,
const ENOUGH_WORDS: f64 = 20.0;
/// and that many different ones that the question does not hold: from the first on it says anything, from the second on enough.
const ENOUGH_NEW_WORDS: (f64, f64) = (2.0, 8.0);
/// A share of sentences on the topic from here on is as good as all of them: one may lead over to the next.
const MOST_ON_TOPIC: f64 = 0.75;
/// How an answer to a technical question is told from one to another question: closeness to the question and to the points,
/// credit of the points, what is found of them word by word, and a constant. From a logistic fit; the span that follows
/// lies between other questions' answers and real ones.
const SPEAKS_TO_TECHNICAL: [f64; 5] = [6.7, 7.2, 6.1, 8.6, -12.2];
const SPAN_TECHNICAL: (f64, f64) = (-2.2, 1.0);
/// The same for an experience, whose words nobody can know beforehand: closeness to the question and to the points, what the
/// scorer matches of the points, and a constant.
const SPEAKS_TO_EXPERIENCE: [f64; 4] = [7.5, 2.6, 16.2, -15.4];
const SPAN_EXPERIENCE: (f64, f64) = (-0.8, 3.8);
/// Where a question has no points, closeness to the question alone.
const SPAN_OF_QUESTION: (f64, f64) = (0.15, 0.45);
/// What is left of relevance where an experience was asked for and none is told.
const WITHOUT_OCCASION: f64 = 0.65;
/// Of a mark so much is left where no point is taken up, and all of it from the second credit on: what matches every point
/// a little and none of them well is another answer.
const WITHOUT_POINTS: f64 = 0.3;
const POINTS_TAKEN_UP: (f64, f64) = (0.12, 0.38);
/// How far levels in the middle are drawn up: what is said in other words is found less well than it is said.
const OTHER_WORDS: f64 = 0.5;
/// What the mark is made of, beside each other: matches of the untouched network, the trained head, terms, fullness.
const MARK: [f64; 4] = [0.44, 0.44, 0.16, 0.10];
/// A mark up to here says no more than that there are words,
const NOTHING: f64 = 0.1;
/// and one from here on that all is said.
const ALL: f64 = 1.0;
/// Who says the opposite of a point reaches at most this share of the scale,
const MOST_AT_ODDS: f64 = 0.5;
/// and loses so much of it with each such point.
const WORTH_OF_ODDS: f64 = 0.15;
/// With a single reference so much of that counts.
const ODDS_WITH_ONE_REFERENCE: f64 = 0.15;
/// How much situation, task, action and result count, and that anything real is told at all.
const PARTS: [(&str, f64); 4] =
    [("situation_told", 0.14), ("task_told", 0.08), ("action_told", 0.24), ("result_told", 0.14)];
const REAL_EVENT: f64 = 0.40;

/// Features by name.
#[derive(Debug, Clone, Copy)]
pub struct Measured<'a>(pub &'a [Feature]);

impl Measured<'_> {
    /// The value of a feature; `None` where it was not measured.
    pub fn find(self, name: &str) -> Option<f64> {
        self.0.iter().find(|feature| feature.name == name).map(|feature| feature.value)
    }

    fn value(self, name: &str) -> f64 {
        self.find(name).unwrap_or(0.0)
    }
}

/// Where `value` lies between `low` (0) and `high` (1).
fn between(value: f64, low: f64, high: f64) -> f64 {
    ((value - low) / (high - low)).clamp(0.0, 1.0)
}

/// How high a criterion may reach over relevance: a quarter of a step, and up to one step where the answer mostly speaks to the
/// question; correctness by one and a half for each step of relevance where that is less, for what does not speak to the question at
/// all is not right about it.
pub fn ceiling(criterion: Criterion, relevance: f64) -> Option<f64> {
    match criterion {
        Criterion::Relevance => None,
        Criterion::Correctness => Some((relevance + 1.0).min(1.0 + 1.5 * (relevance - 1.0))),
        Criterion::Clarity | Criterion::Structure | Criterion::Depth => {
            Some(relevance + 0.25 + 0.75 * between(relevance, 2.0, 3.5))
        }
    }
}

/// The level of a criterion before any ceiling, 1.0 to 5.0 and not yet rounded.
pub fn own_level(criterion: Criterion, features: &[Feature]) -> f64 {
    let measured = Measured(features);
    match criterion {
        Criterion::Relevance => relevance(measured),
        Criterion::Clarity => clarity(measured),
        Criterion::Structure => structure(measured),
        Criterion::Correctness => 1.0 + 4.0 * correctness(measured),
        Criterion::Depth => depth(measured),
    }
}

/// The level that a verdict's features give: `None` for an evaluator whose formula is not known here, and where the
/// criterion does not apply.
pub fn level(evaluator: &str, rating: &Rating) -> Option<Level> {
    rating.level?;
    if let Some(single) = evaluator.strip_suffix(READINGS) {
        return is_by_these(single).then(|| middle(&rating.features)).flatten();
    }
    is_by_these(evaluator).then(|| {
        let own = own_level(rating.criterion, &rating.features);
        match Measured(&rating.features).find(CEILING_FROM_RELEVANCE) {
            Some(ceiling) => Level::clamped(own.min(ceiling)),
            None => Level::clamped(own),
        }
    })
}

/// Whether the features give the level that is recorded, and the level before the ceiling that is recorded beside it.
pub fn agrees(evaluator: &str, rating: &Rating) -> Option<bool> {
    let level = level(evaluator, rating)?;
    let before = Measured(&rating.features).find(LEVEL_BEFORE_CEILING).filter(|_| is_by_these(evaluator));
    let own = own_level(rating.criterion, &rating.features);
    Some(rating.level == Some(level) && before.is_none_or(|before| (before - own).abs() < 1e-4))
}

/// The level in the middle; of an even number the lower of the two.
fn middle(features: &[Feature]) -> Option<Level> {
    let of_readings = features
        .iter()
        .filter(|one| one.name.starts_with(LEVEL_OF_READING) && one.name != LEVEL_BEFORE_CEILING);
    let mut levels: Vec<f64> = of_readings.map(|feature| feature.value).collect();
    levels.sort_by(f64::total_cmp);
    levels.get(levels.len().saturating_sub(1) / 2).copied().map(Level::clamped)
}

fn relevance(measured: Measured<'_>) -> f64 {
    let value = |name| measured.value(name);
    let new_words = value("new_words");
    let fill = (value("own_words") / ENOUGH_WORDS).min(1.0)
        * between(new_words, ENOUGH_NEW_WORDS.0, ENOUGH_NEW_WORDS.1);
    let list = 1.0 - 0.7 * value("list_likeness");
    let occasion = if value("real_occasion_if_asked") > 0.0 { 1.0 } else { WITHOUT_OCCASION };
    let on_topic = 0.3 + 0.7 * between(value("share_on_topic"), 0.0, MOST_ON_TOPIC);
    1.0 + 4.0 * speaks_to_question(measured) * on_topic * fill * list * occasion * echo(measured)
}

/// Whether it is this question that is answered, 0 to 1.
fn speaks_to_question(measured: Measured<'_>) -> f64 {
    let value = |name| measured.value(name);
    let (question, points, credit) =
        (value("question_similarity"), value("point_similarity"), value("mean_credit"));
    if value("points") < 1.0 {
        return between(question, SPAN_OF_QUESTION.0, SPAN_OF_QUESTION.1);
    }
    let sum =
        |weights: &[f64], values: &[f64]| -> f64 { weights.iter().zip(values).map(|(a, b)| a * b).sum() };
    if value("is_technical") > 0.0 {
        let found = measured.find("found").unwrap_or(0.35 + 0.3 * credit);
        let sum = sum(&SPEAKS_TO_TECHNICAL, &[question, points, credit, found, 1.0]);
        return between(sum, SPAN_TECHNICAL.0, SPAN_TECHNICAL.1);
    }
    let matched = measured.find("matched").unwrap_or(0.55 + 0.5 * credit);
    let sum = sum(&SPEAKS_TO_EXPERIENCE, &[question, points, matched, 1.0]);
    let missing = 1.0 - between(sum, SPAN_EXPERIENCE.0, SPAN_EXPERIENCE.1);
    1.0 - missing * missing
}

/// What is left where the question is given back in other words: much nearer to it than to any point, with few new words.
fn echo(measured: Measured<'_>) -> f64 {
    let value = |name| measured.value(name);
    let question = value("question_similarity");
    let nearer = between(question - value("best_point_similarity"), 0.14, 0.26);
    1.0 - nearer * between(question, 0.5, 0.65) * (1.0 - between(value("new_words"), 10.0, 25.0))
}

/// How much of the reference is there, 0 to 1, before what contradicts it counts.
pub fn mark(measured: Measured<'_>) -> f64 {
    let inputs = ["matched", "head", "new_terms_named", "fullness"];
    let sum: f64 = inputs.iter().zip(MARK).map(|(name, weight)| measured.value(name) * weight).sum();
    let guards = ["factor_for_echo", "factor_for_list", "factor_for_opposite"];
    let guard: f64 = guards.iter().map(|name| measured.find(name).unwrap_or(1.0)).product();
    sum.min(1.0) * guard
}

/// The same over several points: less where none of them is taken up, more in the middle.
fn by_points(measured: Measured<'_>, reached: f64) -> f64 {
    let taken_up = between(measured.value("mean_credit"), POINTS_TAKEN_UP.0, POINTS_TAKEN_UP.1);
    let reached = reached * (WITHOUT_POINTS + (1.0 - WITHOUT_POINTS) * taken_up);
    reached + OTHER_WORDS * reached * (1.0 - reached)
}

/// 0 to 1.
fn correctness(measured: Measured<'_>) -> f64 {
    let (mark, at_odds) = (mark(measured), measured.value("points_at_odds"));
    let contradicted = |reached: f64| (reached.min(MOST_AT_ODDS) - WORTH_OF_ODDS * at_odds).max(0.0);
    // One reference is what people's grades were compared with, and its mark stays nearly as it is: what the rules hold for
    // a contradiction in free text, graders mostly did not.
    if measured.value("points") < 2.0 {
        let share = if at_odds > 0.0 { ODDS_WITH_ONE_REFERENCE } else { 0.0 };
        return mark - share * (mark - contradicted(mark));
    }
    let list = 1.0 - 0.6 * measured.value("list_likeness");
    let reached = by_points(measured, between(mark, NOTHING, ALL) * list);
    if at_odds > 0.0 { contradicted(reached) } else { reached }
}

fn clarity(measured: Measured<'_>) -> f64 {
    let lost: f64 = ClarityCosts::of(measured).all().iter().sum();
    let substance = between(measured.value("own_words"), 3.0, 35.0);
    (5.0 - lost).clamp(1.0, 5.0).min(1.0 + 4.0 * substance)
}

/// What each habit costs clarity, in levels. What costs less than [`ClarityCosts::LEAST`] is not counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClarityCosts {
    /// Long sentences.
    pub length: f64,
    /// `um`, `you know`.
    pub fillers: f64,
    /// `I think`, `maybe`.
    pub hedges: f64,
    /// The same words again.
    pub repetition: f64,
    /// Terms without sentences.
    pub list: f64,
    /// A very long answer.
    pub words: f64,
}

impl ClarityCosts {
    /// What costs less is not counted.
    pub const LEAST: f64 = 0.15;

    /// What the habits cost.
    pub fn of(measured: Measured<'_>) -> Self {
        let value = |name| measured.value(name);
        let counted = |cost: f64| if cost >= Self::LEAST { cost } else { 0.0 };
        let again = value("repetition") + value("share_said_before");
        Self {
            length: counted(
                1.6 * between(value("words_per_sentence"), 22.0, 45.0)
                    + 0.6 * between(value("longest_sentence_words"), 38.0, 70.0),
            ),
            fillers: counted(1.5 * between(value("fillers_per_100_words"), 3.0, 14.0)),
            hedges: counted(1.3 * between(value("hedges_per_100_words"), 2.0, 8.0)),
            repetition: counted(2.5 * between(again, 0.12, 0.6) + between(0.62 - value("variety"), 0.0, 0.3)),
            list: counted(4.0 * value("list_likeness")),
            words: counted(0.8 * between(value("words"), 320.0, 600.0)),
        }
    }

    fn all(self) -> [f64; 6] {
        [self.length, self.fillers, self.hedges, self.repetition, self.list, self.words]
    }
}

fn structure(measured: Measured<'_>) -> f64 {
    let value = |name| measured.value(name);
    let steps = value("own_steps") + value("shared_steps");
    let parts: f64 = PARTS.iter().map(|(name, weight)| value(name).sqrt() * weight).sum();
    let result = if value("result_told") > 0.0 && value("result_with_change") < 1.0 { 0.02 } else { 0.0 };
    let own = if value("own_steps") < 1.0 && value("shared_steps") > 0.0 { 0.05 } else { 0.0 };
    let order = 0.08 * (1.0 - value("order"));
    let event = REAL_EVENT * (steps / 2.0).min(1.0);
    let level = 1.0 + 4.0 * (parts + event - result - own - order).clamp(0.0, 1.0);
    if steps < 1.0 { level.min(2.0) } else { level }
}

/// How much a count says, 0 to 1: the first tells more than the next, and the same content is told with one more or less.
fn so_many(count: f64, full: f64) -> f64 {
    const NONE: f64 = 0.6;
    (((count + NONE).sqrt() - NONE.sqrt()) / ((full + NONE).sqrt() - NONE.sqrt())).clamp(0.0, 1.0)
}

fn depth(measured: Measured<'_>) -> f64 {
    let value = |name| measured.value(name);
    let (numbers, names) = (value("numbers"), value("named_things"));
    let (reasons, examples) = (value("reasons"), value("examples"));
    let words = value("words_on_topic");
    let reached = if value("is_technical") > 0.0 {
        0.18 * so_many(reasons, 5.0)
            + 0.13 * so_many(numbers + names + 2.0 * examples, 6.0)
            + 0.26 * (value("credit_of_points") / 3.2).min(1.0)
            + 0.43 * between(words, 15.0, 100.0)
    } else {
        0.24 * so_many(numbers, 4.0)
            + 0.18 * so_many(names + examples, 4.0)
            + 0.16 * so_many(reasons, 4.0)
            + 0.42 * between(words, 10.0, 140.0)
    };
    let list = 1.0 - 0.8 * value("list_likeness");
    1.0 + 4.0 * reached * list * (1.0 - 0.8 * value("share_of_points_at_odds"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::personal::Personal;

    fn feature(name: &str, value: f64) -> Feature {
        Feature { name: name.to_owned(), value }
    }

    fn rating(criterion: Criterion, level: f64, features: &[(&str, f64)]) -> Rating {
        Rating {
            criterion,
            level: Some(Level::clamped(level)),
            weight: 0.45,
            interval: None,
            features: features.iter().map(|(name, value)| feature(name, *value)).collect(),
            evidence: Vec::new(),
            rationale: Personal::Erased,
        }
    }

    const SAID: [(&str, f64); 4] =
        [("matched", 0.9), ("head", 0.9), ("new_terms_named", 0.8), ("fullness", 1.0)];

    #[test]
    fn a_level_is_what_its_features_give_under_its_ceiling() {
        let own = own_level(Criterion::Correctness, &rating(Criterion::Correctness, 1.0, &SAID).features);
        let mut features = SAID.to_vec();
        features.extend([(CEILING_FROM_RELEVANCE, 3.25), (LEVEL_BEFORE_CEILING, own)]);
        assert_eq!(agrees(EMBEDDED_3, &rating(Criterion::Correctness, 3.25, &features)), Some(true));
        assert_eq!(agrees(EMBEDDED_4, &rating(Criterion::Correctness, 3.25, &features)), Some(true));
        assert_eq!(agrees(EMBEDDED_3, &rating(Criterion::Correctness, 3.6, &features)), Some(false));
        assert_eq!(agrees("embedded/2", &rating(Criterion::Correctness, 3.6, &features)), None);
    }

    #[test]
    fn the_opposite_of_a_point_leaves_less_than_the_middle_and_costs_half_a_level() {
        let mut right = rating(Criterion::Correctness, 1.0, &SAID).features;
        right.extend([feature("points", 3.0), feature("mean_credit", 0.6)]);
        let mut wrong = right.clone();
        wrong.push(feature("points_at_odds", 1.0));
        let (right, wrong) =
            (own_level(Criterion::Correctness, &right), own_level(Criterion::Correctness, &wrong));
        assert!(right > 4.5, "{right}");
        assert!(wrong <= 3.0 && wrong + 0.5 <= right, "{wrong}");
    }

    #[test]
    fn a_contradiction_found_in_free_text_costs_little() {
        let level = |at_odds: f64| {
            let mut features = rating(Criterion::Correctness, 1.0, &SAID).features;
            features.extend([feature("points", 1.0), feature("points_at_odds", at_odds)]);
            own_level(Criterion::Correctness, &features)
        };
        assert!(level(1.0) < level(0.0) - 0.2 && level(1.0) > level(0.0) - 0.6, "{}", level(1.0));
    }

    #[test]
    fn what_takes_up_no_point_is_not_right_about_the_question() {
        let level = |credit: f64| {
            let mut features = rating(Criterion::Correctness, 1.0, &SAID).features;
            features.extend([feature("points", 3.0), feature("mean_credit", credit)]);
            own_level(Criterion::Correctness, &features)
        };
        assert!(level(0.1) < 3.0 && level(0.5) > 4.5, "{} {}", level(0.1), level(0.5));
    }

    #[test]
    fn the_question_in_other_words_is_no_answer_to_it() {
        let level = |new_words: f64| {
            let features = [
                ("question_similarity", 0.75),
                ("best_point_similarity", 0.45),
                ("point_similarity", 0.43),
                ("points", 4.0),
                ("mean_credit", 0.5),
                ("own_words", 40.0),
                ("share_on_topic", 1.0),
                ("real_occasion_if_asked", 1.0),
                ("new_words", new_words),
            ];
            own_level(Criterion::Relevance, &features.map(|(name, value)| feature(name, value)))
        };
        assert!(level(6.0) < 1.5 && level(30.0) > 4.0, "{} {}", level(6.0), level(30.0));
    }

    #[test]
    fn one_reason_more_or_less_hardly_changes_depth() {
        let level = |reasons: f64| {
            let features = [
                ("is_technical", 1.0),
                ("words_on_topic", 60.0),
                ("credit_of_points", 2.0),
                ("reasons", reasons),
            ];
            own_level(Criterion::Depth, &features.map(|(name, value)| feature(name, value)))
        };
        assert!(level(2.0) > level(1.0) && level(2.0) - level(1.0) < 0.3);
    }

    #[test]
    fn of_several_readings_the_middle_counts() {
        let features = [
            ("level_as_given", 4.0),
            ("level_plain", 2.0),
            ("level_short", 3.0),
            (LEVEL_BEFORE_CEILING, 4.9),
        ];
        let rating = rating(Criterion::Clarity, 3.0, &features);
        assert_eq!(agrees("embedded/3+readings/1", &rating), Some(true));
    }

    #[test]
    fn nothing_measured_is_the_lowest_level() {
        for criterion in
            [Criterion::Relevance, Criterion::Structure, Criterion::Correctness, Criterion::Depth]
        {
            assert!((own_level(criterion, &[]) - 1.0).abs() < 1e-9, "{criterion:?}");
        }
    }
}
