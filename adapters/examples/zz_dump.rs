#![allow(warnings)]
use std::sync::Arc; use std::path::Path;
use interaura_adapters::answer_evaluator::embedded::EmbeddedEvaluator;
use interaura_adapters::embedder::minilm::MiniLm;
use interaura_adapters::pair_scorer::LazyPairScorer;
use interaura_domain::interview::question::{Point, QuestionKind};
use interaura_domain::ports::answer_evaluator::*;
use serde_json::{Value, json};
#[tokio::main]
async fn main() {
    let m = std::env::var("INTERAURA_MODEL_DIR").unwrap(); let m = Path::new(&m);
    let ev = EmbeddedEvaluator::new(Arc::new(MiniLm::load(m).unwrap())).unwrap().with_scorer(Arc::new(LazyPairScorer::new(m.to_owned())));
    for line in std::io::stdin().lines() {
        let v: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let kind: QuestionKind = serde_json::from_value(v["kind"].clone()).unwrap();
        let points: Vec<Point> = serde_json::from_value(v["points"].clone()).unwrap();
        let a = AnswerToEvaluate { question: v["question"].as_str().unwrap().into(), kind, difficulty: 3, points, answer: v["answer"].as_str().unwrap().into(), resume_lines: vec![] };
        let e = ev.evaluate(&a).await.unwrap();
        println!("{}", json!({"id": v["id"], "ratings": e.ratings, "star": e.star}));
    }
}
