//! Situation, task, action, result: which words tell which part, beside marks by hand.
//!
//! Word by word: a word counts as found where it has a part, and as right where that is the part that was marked.

use interaura_domain::interview::evaluation::StarPart;
use interaura_domain::interview::words::words;
use interaura_domain::text::Span;
use serde::Deserialize;

use super::labelled::{Asked, f1, folder, rows};
use crate::{Bar, Evaluator};

#[derive(Deserialize)]
struct Marked {
    question: String,
    answer: String,
    split: String,
    spans: Vec<Mark>,
}

#[derive(Deserialize)]
struct Mark {
    part: StarPart,
    quote: String,
}

#[derive(Default)]
struct Counted {
    right: usize,
    found: usize,
    wanted: usize,
}

pub(crate) async fn measure(evaluator: &Evaluator) -> anyhow::Result<Vec<Bar>> {
    let mut splits = [("develop", Counted::default()), ("kept_apart", Counted::default())];
    for row in rows::<Marked>(&folder("star").join("answers.jsonl"))? {
        let verdict = Asked::about_experience(row.question.clone()).judge(evaluator, &row.answer).await?;
        let told: Vec<(StarPart, Span)> =
            verdict.star.iter().map(|span| (span.part, span.evidence.span)).collect();
        let marked: Vec<(StarPart, Span)> =
            row.spans.iter().filter_map(|mark| Some((mark.part, place(&row.answer, &mark.quote)?))).collect();
        let Some((_, counted)) = splits.iter_mut().find(|(name, _)| *name == row.split) else { continue };
        for word in words(&row.answer) {
            let (found, wanted) = (part_at(&told, word.span), part_at(&marked, word.span));
            counted.found += usize::from(found.is_some());
            counted.wanted += usize::from(wanted.is_some());
            counted.right += usize::from(found.is_some() && found == wanted);
        }
    }
    Ok(splits
        .into_iter()
        .map(|(name, counted)| {
            let value = f1(counted.right, counted.found, counted.wanted);
            Bar::at_least(format!("scores/star/span_f1_{name}"), value, "F1 over words", 0.75, 0.85)
        })
        .collect())
}

fn place(answer: &str, quote: &str) -> Option<Span> {
    let start = answer.find(quote)?;
    Span::of_bytes(answer, start, start + quote.len())
}

fn part_at(spans: &[(StarPart, Span)], word: Span) -> Option<StarPart> {
    spans.iter().find(|(_, span)| span.start <= word.start && word.end <= span.end).map(|(part, _)| *part)
}
