//! Rows of the sets that were marked by hand, `tests/fixtures/*/*.jsonl`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use interaura_domain::interview::evaluation::Evaluation;
use interaura_domain::interview::question::{Point, QuestionKind};
use interaura_domain::ports::answer_evaluator::{AnswerEvaluator as _, AnswerToEvaluate};
use serde::de::DeserializeOwned;

use crate::Evaluator;

/// A question with what a good answer covers.
#[derive(serde::Deserialize)]
pub(crate) struct Asked {
    kind: QuestionKind,
    question: String,
    #[serde(default)]
    points: Vec<Point>,
}

impl Asked {
    /// A question about an experience.
    pub(crate) fn about_experience(question: String) -> Self {
        Self { kind: QuestionKind::Behavioural, question, points: Vec::new() }
    }

    /// The verdict on an answer to it.
    pub(crate) async fn judge(&self, evaluator: &Evaluator, answer: &str) -> anyhow::Result<Evaluation> {
        let answer = AnswerToEvaluate {
            question: self.question.clone(),
            follow_up: None,
            kind: self.kind,
            difficulty: 3,
            points: self.points.clone(),
            answer: answer.to_owned(),
            resume_lines: Vec::new(),
        };
        Ok(evaluator.evaluate(&answer).await?)
    }
}

/// Where a set is.
pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// The rows of a file.
pub(crate) fn rows<T: DeserializeOwned>(path: &Path) -> anyhow::Result<Vec<T>> {
    let text = fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
    let rows = text.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str);
    rows.collect::<Result<_, _>>().with_context(|| format!("{} is not as expected", path.display()))
}

#[expect(clippy::cast_precision_loss, reason = "there are a few thousand")]
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// The harmonic mean of precision and recall.
pub(crate) fn f1(right: usize, found: usize, wanted: usize) -> f64 {
    share(2 * right, found + wanted)
}
