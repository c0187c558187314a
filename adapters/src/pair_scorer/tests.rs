use serde::Deserialize;

use super::*;
use crate::embedder::test_model::model_dir;

const EXPECTED: &str = include_str!("../../../tests/fixtures/pair-scorer/reference_scores.json");

#[derive(Deserialize)]
struct Expected {
    question: String,
    reference: String,
    answer: String,
    z: f64,
    soft: [f64; 3],
    matched: f64,
    /// Echo, list, opposite phrase; the last weighs half as much here.
    guards: [f64; 3],
}

#[test]
fn scores_are_those_of_the_program_that_trained_it() {
    let scorer = PairScorer::load(&model_dir()).unwrap();
    let expected: Vec<Expected> = serde_json::from_str(EXPECTED).unwrap();
    assert!(expected.len() >= 15);
    for row in expected {
        let score = scorer.score(&row.question, std::slice::from_ref(&row.reference), &row.answer).unwrap();
        let pairs = [
            ("logit", score.logit, row.z),
            ("layer 4", score.soft[0], row.soft[0]),
            ("layer 5", score.soft[1], row.soft[1]),
            ("layer 6", score.soft[2], row.soft[2]),
            ("matched", score.matched, row.matched),
            ("echo", score.factors.echo, row.guards[0]),
            ("list", score.factors.list, row.guards[1]),
            ("opposite", score.factors.opposite, f64::midpoint(1.0, row.guards[2])),
        ];
        for (name, found, wanted) in pairs {
            assert!((found - wanted).abs() < 2e-3, "{name} {found} instead of {wanted}: {}", row.answer);
        }
    }
}

const QUESTION: &str = "What does a buffer pool do?";

fn parts() -> [String; 2] {
    ["Keeps pages in memory".to_owned(), "Evicts what was not used for long".to_owned()]
}

#[test]
fn the_same_answer_gets_the_same_bits_on_any_number_of_threads() {
    let words = "The buffer pool keeps pages in memory, so that a page is read once. ".repeat(30);
    let on_each = [1, 4].map(|threads| {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        (pool, PairScorer::load(&model_dir()).unwrap())
    });
    let scores = on_each.map(|(pool, scorer)| {
        pool.install(|| {
            scorer.score("Something else?", &parts(), "Another answer").unwrap();
            scorer.score(QUESTION, &parts(), &words).unwrap()
        })
    });
    assert_eq!(format!("{:?}", scores[0]), format!("{:?}", scores[1]));
    assert_eq!(scores[0].parts.len(), 2);
    assert!(scores[0].parts[0] > scores[0].parts[1], "{:?}", scores[0]);
}

#[test]
fn nothing_said_is_worth_nothing() {
    let scorer = PairScorer::load(&model_dir()).unwrap();
    let score = scorer.score("Why?", &["Because pages stay in memory".to_owned()], "").unwrap();
    assert!(score.matched < 0.2 && score.head < 0.2, "{score:?}");
}

#[test]
fn an_answer_longer_than_a_window_is_read_to_its_end() {
    let scorer = PairScorer::load(&model_dir()).unwrap();
    let filler = "We talked about the weather and the food for a long time. ".repeat(40);
    let late =
        format!("{filler}The buffer pool keeps pages in memory and evicts what was not used for long.");
    let with = scorer.score(QUESTION, &parts(), &late).unwrap();
    let without = scorer.score(QUESTION, &parts(), &filler).unwrap();
    assert!(with.matched > without.matched + 0.2, "{with:?} {without:?}");
    assert!(with.head > without.head + 0.2, "{with:?} {without:?}");
}
