//! A model judges where it can, and the embedded evaluator where it cannot, so that no answer waits for a
//! service that is away.

use std::sync::Arc;

use async_trait::async_trait;
use interaura_domain::interview::evaluation::{Authorship, Evaluation, StoodIn};
use interaura_domain::personal::Personal;
use interaura_domain::ports::answer_evaluator::{AnswerEvaluator, AnswerToEvaluate, EvaluatorError};

use super::model::{EVALUATOR, ModelEvaluator};
use crate::chat_model::NoAnswer;

/// Asks a model first.
pub struct ModelFirst {
    model: ModelEvaluator,
    standby: Arc<dyn AnswerEvaluator>,
    samples: u8,
}

impl ModelFirst {
    /// `standby` judges where the model does not; `samples` of the model's verdicts are taken together where
    /// nobody asks for another number.
    pub fn new(model: ModelEvaluator, standby: Arc<dyn AnswerEvaluator>, samples: u8) -> Self {
        Self { model, standby, samples }
    }

    fn stood_in(&self, work: &'static str, error: &NoAnswer) -> StoodIn {
        let cause = error as &dyn std::error::Error;
        tracing::warn!(
            work,
            model = self.model.model(),
            error = cause,
            "the embedded evaluator stands in for the model"
        );
        StoodIn { evaluator: EVALUATOR.to_owned(), reason: error.to_string() }
    }
}

#[async_trait]
impl AnswerEvaluator for ModelFirst {
    async fn evaluate(&self, answer: &AnswerToEvaluate) -> Result<Evaluation, EvaluatorError> {
        self.evaluate_with(answer, self.samples).await
    }

    async fn evaluate_with(
        &self,
        answer: &AnswerToEvaluate,
        samples: u8,
    ) -> Result<Evaluation, EvaluatorError> {
        let mut standby = self.standby.evaluate(answer).await;
        let own_words = standby.as_mut().ok().and_then(|standby| standby.better_answer.take());
        let judging = self.model.judge(answer, samples, standby.as_ref().ok());
        let (judged, improved) = tokio::join!(judging, self.model.improve(answer));
        let written_by_standby =
            standby.as_ref().map(|standby| standby.evaluator.clone()).unwrap_or_default();
        let mut evaluation = match judged {
            Ok(judged) => judged,
            Err(error) => Evaluation { stood_in_for: Some(self.stood_in("judging", &error)), ..standby? },
        };
        let (better_answer, by) = match improved {
            Ok((better, exchange)) => {
                let by =
                    Authorship { writer: EVALUATOR.to_owned(), exchange: Some(exchange), stood_in_for: None };
                (Some(Personal::Present(better)), by)
            }
            Err(error) => {
                let stood_in_for = Some(self.stood_in("improving", &error));
                (own_words, Authorship { writer: written_by_standby, stood_in_for, exchange: None })
            }
        };
        evaluation.better_answer_by = better_answer.is_some().then_some(by);
        evaluation.better_answer = better_answer;
        Ok(evaluation)
    }
}
