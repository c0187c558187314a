//! How well the embedded evaluator's correctness agrees with people who graded the same answers.
//!
//! `DATA=<folder> cargo bench --bench scores` reads `<folder>/asag/*.jsonl`; without it a small
//! sample in the repository. One line of JSON per set: Pearson's r over all answers. The weights
//! were fitted on four sets (see `FITTED`); the others only measure. `FEATURES=<file>` also writes
//! what each verdict was computed from, for fitting again.

//!
//! Beside them stand sets that were marked by hand, `tests/fixtures/{star,hostile,matching}`.

#![expect(clippy::disallowed_methods, reason = "a benchmark has no configuration of its own")]

mod hostile;
mod labelled;
mod matching;
mod star;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use interaura_adapters::answer_evaluator::embedded::EmbeddedEvaluator;
use interaura_adapters::embedder::minilm::MiniLm;
use interaura_domain::interview::question::{Point, QuestionKind};
use interaura_domain::interview::sentences;
use interaura_domain::ports::answer_evaluator::{AnswerEvaluator, AnswerToEvaluate};
use interaura_domain::score::Criterion;
use serde::Deserialize;
use serde_json::json;

/// Sets that the weights were fitted on.
const FITTED: [&str; 4] = ["semeval2013-beetle", "semeval2013-scientsbank", "saf-english", "nn-exam"];

/// Set; what the cosine of TF-IDF vectors reaches on the whole set, the nearest reference counting,
/// which is also the least that is wanted; and the goal.
const WANTED: [(&str, f64, f64); 6] = [
    ("mohler2011", 0.43, 0.60),
    ("carousel-k12", 0.565, 0.70),
    ("saf-english", 0.53, 0.80),
    ("nn-exam", 0.28, 0.55),
    ("semeval2013-beetle", 0.49, 0.60),
    ("semeval2013-scientsbank", 0.34, 0.50),
];

#[derive(Deserialize)]
struct Graded {
    question_id: String,
    question: String,
    reference_answer: String,
    #[serde(default)]
    reference_answers: Vec<String>,
    answer: String,
    score: f64,
    scale_max: f64,
}

/// A figure with what it must reach.
pub(crate) struct Bar {
    name: String,
    value: f64,
    unit: &'static str,
    baseline: Option<f64>,
    must: f64,
    goal: f64,
}

impl Bar {
    pub(crate) fn at_least(name: String, value: f64, unit: &'static str, must: f64, goal: f64) -> Self {
        Self { name, value, unit, baseline: None, must, goal }
    }

    /// The same beside what a plain method reaches.
    pub(crate) fn beside(
        name: &str,
        value: f64,
        unit: &'static str,
        (must, goal): (f64, f64),
        baseline: f64,
    ) -> Self {
        Self { name: name.to_owned(), value, unit, baseline: Some(baseline), must, goal }
    }

    /// Prints it; `true` where it falls short.
    fn print(&self) -> anyhow::Result<bool> {
        let is_reached = self.value >= self.must;
        print_line(&json!({
            "name": self.name, "value": thousandths(self.value), "unit": self.unit,
            "baseline": self.baseline.map(thousandths),
            "ratio": self.baseline.map(|baseline| thousandths(self.value / baseline)),
            "must": self.must, "goal": self.goal, "ok": is_reached,
        }))?;
        Ok(!is_reached)
    }
}

struct Verdict {
    credit: f64,
    features: BTreeMap<String, f64>,
}

type Evaluator = EmbeddedEvaluator<MiniLm>;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let folder = std::env::var_os("DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), PathBuf::from)
        .join("asag");
    let most: usize = std::env::var("LIMIT").ok().and_then(|limit| limit.parse().ok()).unwrap_or(usize::MAX);
    let model = std::env::var_os("INTERAURA_MODEL_DIR").context("INTERAURA_MODEL_DIR is not set")?;
    let evaluator = EmbeddedEvaluator::new(Arc::new(MiniLm::load(Path::new(&model))?))?;
    let mut features = match std::env::var_os("FEATURES") {
        Some(path) => Some(fs::File::create(path)?),
        None => None,
    };
    let mut missed = false;
    for (set, must, goal) in WANTED {
        let path = folder.join(format!("{set}.jsonl"));
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let all = text.lines().map(serde_json::from_str).collect::<Result<Vec<Graded>, _>>()?;
        let every = all.len().div_ceil(most).max(1);
        let started = Instant::now();
        let (mut said, mut given) = (Vec::new(), Vec::new());
        for graded in all.iter().step_by(every) {
            let grade = graded.score / graded.scale_max;
            let verdicts = judge(&evaluator, graded).await?;
            let best = verdicts.iter().map(|verdict| verdict.credit).fold(0.0, f64::max);
            said.push(best);
            given.push(grade);
            if let Some(file) = &mut features {
                let references: Vec<_> = verdicts.iter().map(|verdict| &verdict.features).collect();
                let row = json!({ "set": set, "question": graded.question_id, "grade": grade, "references": references });
                writeln!(file, "{row}")?;
            }
        }
        let value = pearson(&said, &given);
        missed |= value < must;
        print_line(&json!({
            "name": format!("scores/{set}/r"), "value": thousandths(value), "unit": "Pearson r",
            "baseline": must, "ratio": thousandths(value / must), "must": must, "goal": goal,
            "ok": value >= must, "answers": said.len(), "fitted": FITTED.contains(&set),
            "seconds": started.elapsed().as_secs(),
        }))?;
    }
    let mut bars = star::measure(&evaluator).await?;
    bars.extend(hostile::measure(&evaluator).await?);
    bars.extend(matching::measure(MiniLm::load(Path::new(&model))?).await?);
    for bar in &bars {
        missed |= bar.print()?;
    }
    std::process::exit(i32::from(missed));
}

/// One verdict for each reference answer; the best one counts.
async fn judge(evaluator: &Evaluator, graded: &Graded) -> anyhow::Result<Vec<Verdict>> {
    let mut references = graded.reference_answers.clone();
    if references.is_empty() {
        references.push(graded.reference_answer.clone());
    }
    references.truncate(8);
    let mut verdicts = Vec::new();
    for reference in references {
        let mut points: Vec<Point> = sentences::sentences(&reference)
            .into_iter()
            .map(|sentence| Point { text: sentence.text, probe: String::new() })
            .collect();
        if points.is_empty() {
            points.push(Point { text: reference, probe: String::new() });
        }
        points.truncate(12);
        let asked = AnswerToEvaluate {
            question: graded.question.clone(),
            kind: QuestionKind::Technical,
            difficulty: 3,
            points,
            answer: graded.answer.clone(),
            resume_lines: Vec::new(),
        };
        let evaluation = evaluator.evaluate(&asked).await?;
        let rating = evaluation.ratings.into_iter().find(|rating| rating.criterion == Criterion::Correctness);
        let features: BTreeMap<String, f64> =
            rating.context("no correctness")?.features.into_iter().map(|one| (one.name, one.value)).collect();
        verdicts.push(Verdict { credit: features.get("mean_credit").copied().unwrap_or(0.0), features });
    }
    Ok(verdicts)
}

fn pearson(one: &[f64], other: &[f64]) -> f64 {
    let count = f64::from(u32::try_from(one.len()).unwrap_or(u32::MAX)).max(1.0);
    let mean = |values: &[f64]| values.iter().sum::<f64>() / count;
    let (mean_one, mean_other) = (mean(one), mean(other));
    let sum = |pick: fn(f64, f64) -> f64| -> f64 {
        one.iter().zip(other).map(|(a, b)| pick(a - mean_one, b - mean_other)).sum()
    };
    let spread = (sum(|a, _| a * a) * sum(|_, b| b * b)).sqrt();
    if spread > 0.0 { sum(|a, b| a * b) / spread } else { 0.0 }
}

fn thousandths(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

fn print_line(line: &serde_json::Value) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{line}").context("cannot write")
}
