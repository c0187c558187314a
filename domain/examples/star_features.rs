//! Prints what `training/star/train.py` learns from: for each sentence of the answers in a file of marked answers, its
//! features and how many of its words tell which part.
//!
//! `cargo run --example star_features -- tests/fixtures/star/answers.jsonl > features.jsonl`

use std::collections::BTreeMap;
use std::io::Write as _;

use interaura_domain::interview::{sentences, star, words};
use serde_json::{Value, json};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let path = std::env::args().nth(1).ok_or("which file?")?;
    let mut out = std::io::stdout().lock();
    for line in std::fs::read_to_string(path)?.lines() {
        let row: Value = serde_json::from_str(line)?;
        let answer = row["answer"].as_str().ok_or("an answer is missing")?;
        let marks = marks(answer, &row["spans"]).ok_or("a quote is not in its answer")?;
        let told = star::read_by_rules(&sentences::segments(answer));
        for (one, features) in told.iter().zip(star::features(&told)) {
            let mut parts: BTreeMap<&str, usize> = BTreeMap::new();
            for word in words::words(&one.sentence.text) {
                let at = one.sentence.span.start + word.span.start;
                let part = marks.iter().find(|(from, to, _)| (*from..*to).contains(&at));
                *parts.entry(part.map_or("none", |(_, _, part)| part.as_str())).or_default() += 1;
            }
            let features: BTreeMap<String, f64> = features.into_iter().collect();
            let line = json!({
                "id": row["id"], "split": row["split"], "parts": parts, "features": features,
                "text": one.sentence.text,
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// From and to, in characters, and the part.
fn marks(answer: &str, spans: &Value) -> Option<Vec<(u32, u32, String)>> {
    let count = |text: &str| u32::try_from(text.chars().count()).ok();
    let mark = |span: &Value| {
        let quote = span["quote"].as_str()?;
        let from = count(&answer[..answer.find(quote)?])?;
        Some((from, from + count(quote)?, span["part"].as_str()?.to_owned()))
    };
    spans.as_array()?.iter().map(mark).collect()
}
