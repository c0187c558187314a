//! Forty answers whose better answers may hold nothing that is not the candidate's.

use std::sync::Arc;

use interaura_domain::interview::evaluation::{BetterAnswerPart, StarPart};
use interaura_domain::interview::invention::inventions;
use interaura_domain::interview::question::{Point, QuestionKind};
use interaura_domain::ports::answer_evaluator::{AnswerEvaluator as _, AnswerToEvaluate};
use serde::Deserialize;

use super::EmbeddedEvaluator;
use crate::embedder::minilm::MiniLm;
use crate::embedder::test_model::model_dir;
use crate::skill_lexicon;

#[derive(Deserialize)]
struct Case {
    id: String,
    kind: QuestionKind,
    question: String,
    points: Vec<Point>,
    answer: String,
    resume_lines: Vec<String>,
    absent: Vec<String>,
    missing_part: Option<StarPart>,
}

/// Whether a prompt asks for a part of the story, by the words that such prompts begin with.
fn asks_for(part: StarPart, prompt: &str) -> bool {
    let begins: &[&str] = match part {
        StarPart::Situation => &["Begin with where"],
        StarPart::Task => &["Add what you had to achieve"],
        StarPart::Action => &["Add what you did", "Add how you did it", "Say which of these steps"],
        StarPart::Result => &["Add the result", "Make the result"],
    };
    begins.iter().any(|begin| prompt.starts_with(begin))
}

#[tokio::test]
async fn a_better_answer_holds_nothing_that_the_candidate_did_not_say() {
    let evaluator = EmbeddedEvaluator::new(Arc::new(MiniLm::load(&model_dir()).unwrap())).unwrap();
    let skills = skill_lexicon::embedded();
    let (mut faults, mut unasked, mut stories) = (Vec::new(), Vec::new(), 0);
    for line in include_str!("../../../../tests/fixtures/better_answers/cases.jsonl").lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let asked = AnswerToEvaluate {
            question: case.question,
            follow_up: None,
            kind: case.kind,
            difficulty: 3,
            points: case.points,
            answer: case.answer.clone(),
            resume_lines: case.resume_lines.clone(),
        };
        let evaluation = evaluator.evaluate(&asked).await.unwrap();
        let better = evaluation.better_answer.unwrap().into_present().unwrap();
        let own: Vec<&str> =
            std::iter::once(&case.answer).chain(&case.resume_lines).map(String::as_str).collect();
        let mut is_asked = false;
        for part in &better.parts {
            let said = match part {
                BetterAnswerPart::FromAnswer { text, span } => {
                    if span.quote(&case.answer) != *text {
                        faults.push(format!("{}: {text:?} does not stand where it is said to", case.id));
                    }
                    text
                }
                BetterAnswerPart::Reworded { text, .. } => text,
                BetterAnswerPart::FromResume { text } => {
                    if !case.resume_lines.contains(text) {
                        faults.push(format!("{}: {text:?} is no line of the resume", case.id));
                    }
                    text
                }
                BetterAnswerPart::ToAdd { prompt } => {
                    is_asked |= case.missing_part.is_some_and(|part| asks_for(part, prompt));
                    continue;
                }
            };
            let invented = inventions(said, &own, &skills);
            faults.extend((!invented.is_empty()).then(|| format!("{}: {invented:?}", case.id)));
            let absent = case.absent.iter().filter(|fact| said.to_lowercase().contains(&fact.to_lowercase()));
            faults.extend(absent.map(|fact| format!("{}: {fact}", case.id)));
        }
        if case.missing_part.is_some() {
            stories += 1;
            unasked.extend((!is_asked).then_some(case.id));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(stories > 5 && unasked.len() * 10 <= stories, "nothing is asked for in {unasked:?} of {stories}");
}
