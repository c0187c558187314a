//! Answers that want a score without earning it, and answers that say the same in other words.

use interaura_domain::score::{Criterion, Score, overall};
use serde::Deserialize;

use super::labelled::{Asked, folder, rows, share};
use crate::{Bar, Evaluator};

/// Levels of the same content may differ by so much.
const SAME: f64 = 0.5;

#[derive(Deserialize)]
struct Hostile {
    id: String,
    #[serde(flatten)]
    asked: Asked,
    answer: String,
    ceiling: Ceiling,
    #[serde(default)]
    right_twin: Option<String>,
}

#[derive(Deserialize)]
struct Ceiling {
    overall: f64,
    #[serde(default)]
    correctness: Option<f64>,
}

#[derive(Deserialize)]
struct Paraphrases {
    id: String,
    #[serde(flatten)]
    asked: Asked,
    answers: Vec<String>,
}

pub(crate) async fn measure(evaluator: &Evaluator) -> anyhow::Result<Vec<Bar>> {
    let (mut under, mut below, mut twins) = (0, 0, 0);
    let hostile: Vec<Hostile> = rows(&folder("hostile").join("answers.jsonl"))?;
    for row in &hostile {
        let (score, correctness) = judged(evaluator, &row.asked, &row.answer).await?;
        let is_over = score > row.ceiling.overall
            || row.ceiling.correctness.zip(correctness).is_some_and(|(most, level)| level > most);
        under += usize::from(!is_over);
        if is_over {
            note(&format!(
                "{}: {score:.1} over {}, correctness {correctness:?}",
                row.id, row.ceiling.overall
            ));
        }
        if let Some(twin) = &row.right_twin {
            twins += 1;
            let (_, right) = judged(evaluator, &row.asked, twin).await?;
            let is_below = correctness.zip(right).is_some_and(|(wrong, right)| wrong <= right - SAME);
            below += usize::from(is_below);
            if !is_below {
                note(&format!("{}: correctness {correctness:?} beside {right:?} of its right twin", row.id));
            }
        }
    }
    let same: Vec<Paraphrases> = rows(&folder("hostile").join("paraphrases.jsonl"))?;
    let mut alike = 0;
    for row in &same {
        let apart = apart(evaluator, row).await?;
        alike += usize::from(apart <= SAME);
        if apart > SAME {
            note(&format!("{}: levels {apart:.1} apart", row.id));
        }
    }
    let rows = "share of the rows";
    Ok(vec![
        Bar::at_least("scores/hostile/under_ceiling".to_owned(), share(under, hostile.len()), rows, 1.0, 1.0),
        Bar::at_least("scores/hostile/below_right_twin".to_owned(), share(below, twins), rows, 1.0, 1.0),
        Bar::at_least(
            "scores/paraphrases/within_half_a_level".to_owned(),
            share(alike, same.len()),
            rows,
            1.0,
            1.0,
        ),
    ])
}

/// Score and level of correctness.
async fn judged(evaluator: &Evaluator, asked: &Asked, answer: &str) -> anyhow::Result<(f64, Option<f64>)> {
    let verdict = asked.judge(evaluator, answer).await?;
    let correctness = verdict.ratings.iter().find(|rating| rating.criterion == Criterion::Correctness);
    let level = correctness.and_then(|rating| Some(rating.level?.value()));
    Ok((overall(&verdict.ratings).map_or(0.0, Score::value), level))
}

/// The widest difference of a criterion's levels over all tellings.
async fn apart(evaluator: &Evaluator, row: &Paraphrases) -> anyhow::Result<f64> {
    let mut verdicts = Vec::new();
    for answer in &row.answers {
        verdicts.push(row.asked.judge(evaluator, answer).await?);
    }
    let mut widest: f64 = 0.0;
    for criterion in verdicts.iter().flat_map(|verdict| &verdict.ratings).map(|rating| rating.criterion) {
        let levels = verdicts.iter().filter_map(|verdict| {
            let rating = verdict.ratings.iter().find(|rating| rating.criterion == criterion)?;
            Some(rating.level?.value())
        });
        let (low, high) =
            levels.fold((f64::MAX, f64::MIN), |(low, high), level| (low.min(level), high.max(level)));
        widest = widest.max(high - low);
    }
    Ok((widest * 10.0).round() / 10.0)
}

/// For people: figures go to the standard output.
fn note(words: &str) {
    #[expect(clippy::print_stderr, reason = "figures go to the standard output")]
    {
        eprintln!("{words}");
    }
}
