//! Answers that want a score without earning it, and answers that say the same in other words: `tests/fixtures/hostile`.
//!
//! What the rules do not reach yet is listed by name. A row that is not listed must hold; a list may only get shorter.

use std::collections::BTreeSet;

use interaura_domain::interview::question::{Point, QuestionKind};
use interaura_domain::score;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::*;
use crate::embedder::minilm::MiniLm;
use crate::embedder::test_model::model_dir;
use crate::pair_scorer::LazyPairScorer;

const ANSWERS: &str = include_str!("../../../../tests/fixtures/hostile/answers.jsonl");
const PARAPHRASES: &str = include_str!("../../../../tests/fixtures/hostile/paraphrases.jsonl");

/// Levels of the same content may differ by so much.
const SAME: f64 = 0.5;

/// Over their ceiling.
const TOO_HIGH: &[&str] = &["negation-05", "negation-16", "other_question-05"];
/// Not half a level below their right twin.
const NOT_BELOW_TWIN: &[&str] = &["negation-05", "negation-16"];
/// Told again, and more than half a level apart.
const APART: &[&str] = &["para-04", "para-07", "para-13", "para-33"];

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

#[derive(Deserialize)]
struct Asked {
    kind: QuestionKind,
    question: String,
    points: Vec<Point>,
}

fn rows<T: DeserializeOwned>(text: &str) -> Vec<T> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn evaluator() -> EmbeddedEvaluator<MiniLm> {
    let embedder = Arc::new(MiniLm::load(&model_dir()).unwrap());
    EmbeddedEvaluator::new(embedder).unwrap().with_scorer(Arc::new(LazyPairScorer::new(model_dir())))
}

impl Asked {
    async fn judge(&self, evaluator: &EmbeddedEvaluator<MiniLm>, answer: &str) -> Evaluation {
        let answer = AnswerToEvaluate {
            question: self.question.clone(),
            follow_up: None,
            kind: self.kind,
            difficulty: 3,
            points: self.points.clone(),
            answer: answer.to_owned(),
            resume_lines: Vec::new(),
        };
        evaluator.evaluate(&answer).await.unwrap()
    }
}

fn level(evaluation: &Evaluation, criterion: Criterion) -> Option<f64> {
    let rating = evaluation.ratings.iter().find(|rating| rating.criterion == criterion)?;
    Some(rating.level?.value())
}

fn shown(evaluation: &Evaluation) -> String {
    let overall = score::overall(&evaluation.ratings).unwrap().value();
    let levels: Vec<String> = evaluation
        .ratings
        .iter()
        .filter_map(|rating| Some(format!("{:?} {}", rating.criterion, rating.level?.value())))
        .collect();
    format!("{overall:.1} ({})", levels.join(", "))
}

/// Every row that fails is listed, and every row that is listed fails.
fn only_the_listed_fail(failed: &[(String, String)], listed: &[&str]) {
    let names: BTreeSet<&str> = failed.iter().map(|(id, _)| id.as_str()).collect();
    let listed: BTreeSet<&str> = listed.iter().copied().collect();
    let new: Vec<String> = failed
        .iter()
        .filter(|(id, _)| !listed.contains(id.as_str()))
        .map(|(id, why)| format!("{id}: {why}"))
        .collect();
    let held: Vec<&&str> = listed.difference(&names).collect();
    let told =
        format!("these fail now:\n{}\nthese hold now, take them off the list: {held:?}", new.join("\n"));
    assert!(new.is_empty() && held.is_empty(), "{told}");
}

#[tokio::test]
async fn an_answer_that_earns_nothing_stays_under_its_ceiling() {
    let evaluator = evaluator();
    let mut failed = Vec::new();
    let all: Vec<Hostile> = rows(ANSWERS);
    assert!(all.len() >= 120);
    for row in all {
        let verdict = row.asked.judge(&evaluator, &row.answer).await;
        let overall = score::overall(&verdict.ratings).unwrap().value();
        let correctness = level(&verdict, Criterion::Correctness);
        let too_right = row.ceiling.correctness.zip(correctness).is_some_and(|(most, level)| level > most);
        if overall > row.ceiling.overall || too_right {
            let ceiling = (row.ceiling.overall, row.ceiling.correctness);
            failed.push((row.id, format!("{} over {ceiling:?}", shown(&verdict))));
        }
    }
    only_the_listed_fail(&failed, TOO_HIGH);
}

#[tokio::test]
async fn a_denial_and_a_wrong_number_cost_half_a_level() {
    let evaluator = evaluator();
    let mut failed = Vec::new();
    for row in rows::<Hostile>(ANSWERS) {
        let Some(twin) = &row.right_twin else { continue };
        let wrong = level(&row.asked.judge(&evaluator, &row.answer).await, Criterion::Correctness).unwrap();
        let right = level(&row.asked.judge(&evaluator, twin).await, Criterion::Correctness).unwrap();
        if wrong > right - SAME {
            failed.push((row.id, format!("{wrong} beside {right} of its right twin")));
        }
    }
    only_the_listed_fail(&failed, NOT_BELOW_TWIN);
}

#[tokio::test]
async fn the_same_in_other_words_is_worth_the_same() {
    let evaluator = evaluator();
    let mut failed = Vec::new();
    for row in rows::<Paraphrases>(PARAPHRASES) {
        let mut verdicts = Vec::new();
        for answer in &row.answers {
            verdicts.push(row.asked.judge(&evaluator, answer).await);
        }
        let mut apart = Vec::new();
        for rating in &verdicts[0].ratings {
            let levels: Vec<f64> =
                verdicts.iter().filter_map(|verdict| level(verdict, rating.criterion)).collect();
            let low = levels.iter().copied().fold(f64::MAX, f64::min);
            let high = levels.iter().copied().fold(f64::MIN, f64::max);
            if high - low > SAME + 1e-9 {
                apart.push(format!("{:?} {low} to {high}", rating.criterion));
            }
        }
        if !apart.is_empty() {
            failed.push((row.id, apart.join(", ")));
        }
    }
    only_the_listed_fail(&failed, APART);
}
