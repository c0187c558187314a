//! One rating per criterion, with its features, its moments and its words.

use std::collections::BTreeMap;

use super::{DeliveryCriterion, DeliveryCriterionRubric, DeliveryRating, ENOUGH_LOOKS, Moment, Observed};
use crate::attention::looking::{Framing, Looking, Stretch, stretches};
use crate::score::Feature;
use crate::speech::{Pause, PauseKind};

/// Pace beyond these is shown where it happened, in words per minute.
const SLOW: f64 = 100.0;
const FAST: f64 = 205.0;
/// Half the window that the pace of a moment is measured over, in ms.
const HALF_WINDOW_MS: u64 = 7_500;
/// How long a filler is shown, in ms.
const FILLER_MS: u64 = 400;

/// What a criterion made of what was observed; `value` is what the bands of the rubric are about.
struct Found {
    value: Option<f64>,
    others: Vec<(&'static str, f64)>,
    moments: Vec<Moment>,
    rationale: String,
}

impl Found {
    fn nothing(rationale: &str) -> Self {
        Self { value: None, others: Vec::new(), moments: Vec::new(), rationale: rationale.to_owned() }
    }
}

/// Rates one criterion.
pub(super) fn rate(rubric: &DeliveryCriterionRubric, observed: &Observed) -> DeliveryRating {
    let found = match rubric.criterion {
        DeliveryCriterion::Pace => pace(observed),
        DeliveryCriterion::Fillers => fillers(observed),
        DeliveryCriterion::Pauses => pauses(observed),
        DeliveryCriterion::Attention => attention(observed),
        DeliveryCriterion::Framing => framing(observed),
    };
    let feature = |name: &str, value| Feature { name: name.to_owned(), value };
    let leading = found.value.map(|value| feature(&rubric.feature, value));
    let others = found.others.into_iter().map(|(name, value)| feature(name, value));
    DeliveryRating {
        criterion: rubric.criterion,
        level: found.value.map(|value| rubric.level(value)),
        weight: rubric.weight,
        features: leading.into_iter().chain(others).collect(),
        moments: found.moments.into(),
        rationale: found.rationale.into(),
    }
}

const TOO_SHORT: &str = "Too little was said to tell: it takes some 20 words and 8 seconds.";
const NOT_SEEN: &str = "The camera was off, or saw too little to tell.";

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn bounded(ms: u64) -> f64 {
    f64::from(u32::try_from(ms).unwrap_or(u32::MAX))
}

/// To one decimal.
fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// To two decimals.
fn hundredth(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

fn times(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

fn pace(observed: &Observed) -> Found {
    let speech = &observed.speech;
    let Some(words_per_minute) = speech.words_per_minute else { return Found::nothing(TOO_SHORT) };
    let beside = |at: &f64| *at > FAST || *at < SLOW;
    let moments = speech
        .pace
        .iter()
        .filter(|point| beside(&point.words_per_minute))
        .map(|point| Moment {
            start_ms: point.at_ms.saturating_sub(HALF_WINDOW_MS),
            end_ms: point.at_ms + HALF_WINDOW_MS,
            label: if point.words_per_minute > FAST { "fast" } else { "slow" }.to_owned(),
        })
        .fold(Vec::new(), joined);
    let judged = if words_per_minute > 190.0 {
        "faster than most listeners like"
    } else if words_per_minute < 120.0 {
        "slower than most listeners like"
    } else {
        "easy to follow"
    };
    Found {
        value: Some(words_per_minute),
        others: vec![
            ("words", number(speech.words)),
            ("speech_seconds", tenth(bounded(speech.speech_ms) / 1_000.0)),
        ],
        moments,
        rationale: format!(
            "You spoke {words_per_minute:.0} words a minute, {judged}; 120 to 190 is a comfortable range."
        ),
    }
}

/// Adds a moment; one that overlaps the last with the same label makes it longer.
fn joined(mut moments: Vec<Moment>, next: Moment) -> Vec<Moment> {
    match moments.last_mut() {
        Some(last) if last.label == next.label && next.start_ms <= last.end_ms => last.end_ms = next.end_ms,
        _ => moments.push(next),
    }
    moments
}

fn fillers(observed: &Observed) -> Found {
    let speech = &observed.speech;
    let Some(rate) = speech.fillers_per_100_words else { return Found::nothing(TOO_SHORT) };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for filler in &speech.fillers {
        *counts.entry(filler.text.as_str()).or_default() += 1;
    }
    let mut most: Vec<_> = counts.into_iter().collect();
    most.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let named: Vec<String> = most
        .iter()
        .take(4)
        .map(|(text, count)| format!("“{text}” {}", times(*count, "time", "times")))
        .collect();
    let rationale = if speech.fillers.is_empty() {
        "No fillers were heard. Your pauses are silent, which sounds sure.".to_owned()
    } else {
        format!(
            "{} in {}: {}. A silent pause works as well.",
            times(speech.fillers.len(), "filler", "fillers"),
            times(speech.words, "word", "words"),
            named.join(", ")
        )
    };
    let moment = |at_ms: u64, label: &str| Moment {
        start_ms: at_ms,
        end_ms: at_ms + FILLER_MS,
        label: label.to_owned(),
    };
    Found {
        value: Some(rate),
        others: vec![
            ("fillers", number(speech.fillers.len())),
            ("fillers_per_minute", speech.fillers_per_minute.unwrap_or_default()),
        ],
        moments: speech.fillers.iter().map(|filler| moment(filler.at_ms, &filler.text)).collect(),
        rationale,
    }
}

fn pauses(observed: &Observed) -> Found {
    let speech = &observed.speech;
    if speech.words_per_minute.is_none() {
        return Found::nothing(TOO_SHORT);
    }
    let of_kind = |kind: PauseKind| speech.pauses.iter().filter(move |pause| pause.kind == kind);
    let broken: Vec<&Pause> = of_kind(PauseKind::MidClause).collect();
    let minutes = bounded(speech.speech_ms.max(1)) / 60_000.0;
    let longest = broken.iter().map(|pause| pause.duration_ms).max().unwrap_or(0);
    let planning = of_kind(PauseKind::Planning).map(|pause| pause.duration_ms).sum::<u64>();
    let rationale = if broken.is_empty() {
        "No pause broke a sentence.".to_owned()
    } else {
        format!(
            "{} in mid-sentence, the longest {:.1} s.",
            times(broken.len(), "pause", "pauses"),
            bounded(longest) / 1_000.0
        )
    };
    let moments = broken.iter().map(|pause| Moment {
        start_ms: pause.start_ms,
        end_ms: pause.start_ms + pause.duration_ms,
        label: "pause in mid-sentence".to_owned(),
    });
    Found {
        value: Some(tenth(number(broken.len()) / minutes)),
        others: vec![
            ("mid_clause_pauses", number(broken.len())),
            ("longest_pause_seconds", tenth(bounded(longest) / 1_000.0)),
            ("planning_seconds", tenth(bounded(planning) / 1_000.0)),
        ],
        moments: moments.collect(),
        rationale: format!("{rationale} Thinking before you begin costs nothing."),
    }
}

fn attention(observed: &Observed) -> Found {
    let told: Vec<_> = observed.looks.iter().filter(|look| look.what != Looking::CannotTell).collect();
    if told.len() < ENOUGH_LOOKS {
        return Found::nothing(NOT_SEEN);
    }
    let toward = told.iter().filter(|look| look.what == Looking::Toward).count();
    let share = hundredth(number(toward) / number(told.len()));
    let stretches = stretches(&observed.looks);
    let moment = |stretch: &Stretch<Looking>| {
        let label = match stretch.what {
            Looking::Away => "looking away",
            Looking::Absent => "out of the picture",
            Looking::Toward | Looking::CannotTell => return None,
        };
        Some(Moment {
            start_ms: observed.ms(stretch.from),
            end_ms: observed.ms(stretch.until),
            label: label.to_owned(),
        })
    };
    let moments: Vec<Moment> = stretches.iter().filter_map(moment).collect();
    let longest = moments.iter().map(|moment| moment.end_ms - moment.start_ms).max().unwrap_or(0);
    let rationale = format!(
        "Your eyes were toward the camera in {:.0} % of the answer{}. People who speak look at their listener \
         about 40 % of the time.",
        share * 100.0,
        if moments.is_empty() {
            String::new()
        } else {
            format!("; the longest look away took {:.1} s", bounded(longest) / 1_000.0)
        }
    );
    let looks = number(told.len());
    Found { value: Some(share), others: vec![("looks", looks)], moments, rationale }
}

fn framing(observed: &Observed) -> Found {
    let seen = &observed.framing;
    if seen.len() < ENOUGH_LOOKS {
        return Found::nothing(NOT_SEEN);
    }
    let good = seen.iter().filter(|one| one.what == Framing::Good).count();
    let share = hundredth(number(good) / number(seen.len()));
    let moments: Vec<Moment> = stretches(seen)
        .iter()
        .filter_map(|stretch| {
            Some(Moment {
                start_ms: observed.ms(stretch.from),
                end_ms: observed.ms(stretch.until),
                label: stretch.what.words()?.to_owned(),
            })
        })
        .collect();
    let mut lengths: BTreeMap<&str, u64> = BTreeMap::new();
    for moment in &moments {
        *lengths.entry(moment.label.as_str()).or_default() += moment.end_ms - moment.start_ms;
    }
    let worst = lengths.into_iter().max_by_key(|(_, length)| *length);
    let rationale = match worst {
        None => "You were in the picture, near its middle and well lit.".to_owned(),
        Some((label, length)) => format!(
            "You were well in the picture for {:.0} % of the answer; {label} for {:.1} s.",
            share * 100.0,
            bounded(length) / 1_000.0
        ),
    };
    let looks = number(seen.len());
    Found { value: Some(share), others: vec![("looks", looks)], moments, rationale }
}
