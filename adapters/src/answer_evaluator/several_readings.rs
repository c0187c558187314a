//! Judges an answer in several readings and takes the middle: the second opinion where there is one evaluator only.
//!
//! Evidence, rationale and spans are those of the answer as it was given. Only levels are taken from all readings: what
//! each came to is kept beside the level.

use std::sync::Arc;

use async_trait::async_trait;
use interaura_domain::interview::evaluation::Evaluation;
use interaura_domain::interview::readings::readings;
use interaura_domain::ports::answer_evaluator::{AnswerEvaluator, AnswerToEvaluate, EvaluatorError};
use interaura_domain::score::{Criterion, Feature, Level, Rating};

/// What is put behind the name of the evaluator that judged each reading.
pub const SUFFIX: &str = "+readings/1";

/// Judges answers in several readings.
pub struct SeveralReadings {
    evaluator: Arc<dyn AnswerEvaluator>,
}

impl SeveralReadings {
    /// Has one evaluator judge each reading.
    pub fn new(evaluator: Arc<dyn AnswerEvaluator>) -> Self {
        Self { evaluator }
    }
}

#[async_trait]
impl AnswerEvaluator for SeveralReadings {
    async fn evaluate(&self, answer: &AnswerToEvaluate) -> Result<Evaluation, EvaluatorError> {
        let mut evaluations = Vec::new();
        let mut names = Vec::new();
        for reading in readings(&answer.answer) {
            let dressed = AnswerToEvaluate { answer: reading.text, ..answer.clone() };
            evaluations.push(self.evaluator.evaluate(&dressed).await?);
            names.push(reading.name);
        }
        let mut counted = evaluations.first().cloned().ok_or_else(no_reading)?;
        counted.evaluator.push_str(SUFFIX);
        for rating in &mut counted.ratings {
            let levels: Vec<(&str, Level)> = names
                .iter()
                .zip(&evaluations)
                .filter_map(|(name, evaluation)| Some((*name, level(evaluation, rating.criterion)?)))
                .collect();
            take_middle(rating, &levels);
        }
        Ok(counted)
    }
}

fn no_reading() -> EvaluatorError {
    EvaluatorError::Refused("the answer has no reading".to_owned())
}

fn level(evaluation: &Evaluation, criterion: Criterion) -> Option<Level> {
    evaluation.ratings.iter().find(|rating| rating.criterion == criterion)?.level
}

/// The level in the middle counts; of an even number the lower of the two.
fn take_middle(rating: &mut Rating, levels: &[(&str, Level)]) {
    let mut sorted: Vec<f64> = levels.iter().map(|(_, level)| level.value()).collect();
    sorted.sort_by(f64::total_cmp);
    let Some(middle) = sorted.get(sorted.len().saturating_sub(1) / 2) else { return };
    let middle = Level::clamped(*middle);
    rating.interval = rating.interval.zip(rating.level).map(|(interval, own)| interval.moved(own, middle));
    rating.level = Some(middle);
    let told =
        levels.iter().map(|(name, level)| Feature { name: format!("level_{name}"), value: level.value() });
    rating.features.extend(told);
}

#[cfg(test)]
mod tests {
    use interaura_domain::interview::question::QuestionKind;
    use interaura_domain::personal::Personal;

    use super::*;

    /// Gives a level for each word of an answer.
    struct CountsWords;

    #[async_trait]
    impl AnswerEvaluator for CountsWords {
        async fn evaluate(&self, answer: &AnswerToEvaluate) -> Result<Evaluation, EvaluatorError> {
            let count = u8::try_from(answer.answer.split_whitespace().count()).unwrap_or(u8::MAX);
            let rating = |criterion, level| Rating {
                criterion,
                level,
                weight: 0.5,
                interval: None,
                features: Vec::new(),
                evidence: Vec::new(),
                rationale: Personal::Present(answer.answer.clone()),
            };
            Ok(Evaluation {
                evaluator: "words/1".to_owned(),
                model: None,
                rubric: "interview_answer.v1".to_owned(),
                ratings: vec![
                    rating(Criterion::Clarity, Some(Level::clamped(f64::from(count)))),
                    rating(Criterion::Depth, None),
                ],
                star: Vec::new(),
                coverage: Vec::new(),
                stood_in_for: None,
                exchange: None,
                better_answer: None,
                better_answer_by: None,
            })
        }
    }

    #[tokio::test]
    async fn the_middle_of_all_readings_counts_and_each_is_kept() {
        let answer = AnswerToEvaluate {
            question: "What did you do?".to_owned(),
            follow_up: None,
            kind: QuestionKind::Behavioural,
            difficulty: 2,
            points: Vec::new(),
            answer: "um maybe I rang".to_owned(),
            resume_lines: Vec::new(),
        };
        let verdict = SeveralReadings::new(Arc::new(CountsWords)).evaluate(&answer).await.unwrap();
        let clarity = &verdict.ratings[0];
        // As given 4, without hesitation 3, without hedges 3, in short sentences 4, without any of it 2.
        assert_eq!(clarity.level, Some(Level::clamped(3.0)));
        assert_eq!(clarity.features.len(), 5);
        assert_eq!(clarity.rationale.present().unwrap(), "um maybe I rang");
        assert_eq!(verdict.ratings[1].level, None);
        assert_eq!(verdict.evaluator, "words/1+readings/1");
    }
}
