//! Clarity: is the answer easy to follow at first hearing?

use interaura_domain::interview::words::number;
use interaura_domain::score::formula::{ClarityCosts, Measured, own_level};
use interaura_domain::score::{Criterion, Feature};
use interaura_domain::words::counted;

use super::reading::{Aside, Reading};
use super::{Judgement, evidence, feature, shortened};

/// A single habit that costs fewer levels leaves an answer easy to follow.
const EASY_BELOW: f64 = 1.5;

/// What a habit may cost, in levels.
struct Cost {
    levels: f64,
    advice: String,
}

/// Judges clarity.
pub(super) fn judge(reading: &Reading) -> Judgement {
    let features = &reading.features;
    let own_words = number(reading.own_words());
    let measured = measured(reading, own_words);
    let costs = costs(reading, ClarityCosts::of(Measured(&measured)));
    let habits = features.fillers.iter().chain(&features.hedges).take(6).copied();
    let mut evidence_of = reading.in_clauses(habits);
    if let Some((sentence, length)) = &features.longest_sentence
        && *length > 30
    {
        let long = sentence.span;
        evidence_of.retain(|clause| clause.end <= long.start || long.end <= clause.start);
        evidence_of.push(long);
        evidence_of.sort_unstable();
    }
    Judgement {
        level: own_level(Criterion::Clarity, &measured),
        features: measured,
        evidence: evidence_of.into_iter().map(|span| evidence(&reading.answer, span)).collect(),
        rationale: rationale(reading, &costs),
    }
}

fn measured(reading: &Reading, own_words: f64) -> Vec<Feature> {
    let features = &reading.features;
    vec![
        feature("words", number(features.words)),
        feature("sentences", number(features.sentences)),
        feature("words_per_sentence", features.words_per_sentence),
        feature(
            "longest_sentence_words",
            features.longest_sentence.as_ref().map_or(0.0, |one| number(one.1)),
        ),
        feature("fillers_per_100_words", features.per_hundred_words(features.fillers.len())),
        feature("hedges_per_100_words", features.per_hundred_words(features.hedges.len())),
        feature("repetition", features.repetition),
        feature("variety", features.variety),
        feature("list_likeness", features.list_likeness()),
        feature("own_words", own_words),
        feature("share_said_before", reading.share_aside(Aside::Repeated)),
    ]
}

fn costs(reading: &Reading, levels: ClarityCosts) -> Vec<Cost> {
    let features = &reading.features;
    let mut costs = vec![
        Cost {
            levels: levels.length,
            advice: match &features.longest_sentence {
                Some((sentence, length)) => format!(
                    "Your longest sentence has {length} words (\"{}\"): make two or three of it.",
                    shortened(&sentence.text, 7)
                ),
                None => String::new(),
            },
        },
        Cost {
            levels: levels.fillers,
            advice: count(
                features.fillers.len(),
                "filler such as \"um\" or \"you know\" stands",
                "fillers such as \"um\" or \"you know\" stand",
            ) + " in the answer: a short silence sounds surer.",
        },
        Cost {
            levels: levels.hedges,
            advice: count(features.hedges.len(), "phrase takes", "phrases take")
                + " back what you say (\"I think\", \"maybe\"): say what you know plainly.",
        },
        Cost {
            levels: levels.repetition,
            advice: "Several words and phrases are said again: say each thing once.".to_owned(),
        },
        Cost {
            levels: levels.list,
            advice: "This is a list of terms: a listener needs sentences to see how they belong together."
                .to_owned(),
        },
        Cost {
            levels: levels.words,
            advice: format!("{} words take long to hear: aim for about 150 to 250.", features.words),
        },
    ];
    costs.retain(|cost| cost.levels > 0.0);
    costs.sort_by(|a, b| b.levels.total_cmp(&a.levels));
    costs
}

fn count(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

fn rationale(reading: &Reading, costs: &[Cost]) -> String {
    let own_words = reading.own_words();
    if reading.features.words == 0 {
        return "There is nothing to follow yet.".to_owned();
    }
    if own_words < 25 {
        return format!(
            "With {} of your own there is too little to follow. Three or four sentences are enough to \
             begin with.",
            counted(own_words, "word")
        );
    }
    match costs {
        [] => {
            "Easy to follow: sentences of a good length, nothing said twice, nothing taken back.".to_owned()
        }
        [one] if one.levels < EASY_BELOW => format!("Easy to follow for the most part. {}", one.advice),
        [one] => one.advice.clone(),
        [first, second, ..] => format!("{} {}", first.advice, second.advice),
    }
}
