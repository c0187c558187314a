//! A model judges where it can, and the embedded evaluator where it cannot, so that no answer waits for a
//! service that is away.

use std::sync::Arc;

use async_trait::async_trait;
use interaura_domain::interview::evaluation::{Authorship, Evaluation, StoodIn};
use interaura_domain::personal::Personal;
use interaura_domain::ports::answer_evaluator::{AnswerEvaluator, AnswerToEvaluate, EvaluatorError, Written};

use super::model::{EVALUATOR, Failed, ModelEvaluator};
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
        let standby = self.standby.evaluate(answer).await;
        match self.model.judge(answer, samples, standby.as_ref().ok()).await {
            Ok(mut judged) => {
                // Own words put in order are at hand; the model writes when the verdict is out.
                let own_words = standby.ok().as_mut().and_then(Written::taken_from);
                if let Some(Written { better_answer, by }) = own_words {
                    judged.better_answer = Some(Personal::Present(better_answer));
                    judged.better_answer_by = Some(by);
                }
                Ok(judged)
            }
            Err(Failed { error, exchange }) => {
                let stood_in_for = Some(self.stood_in("judging", &error));
                Ok(Evaluation { stood_in_for, exchange, ..standby? })
            }
        }
    }

    async fn improve(&self, answer: &AnswerToEvaluate, written: Option<Written>) -> Option<Written> {
        match self.model.improve(answer).await {
            Ok((better_answer, exchange)) => {
                let by = Authorship { writer: EVALUATOR.to_owned(), exchange, stood_in_for: None };
                Some(Written { better_answer, by })
            }
            Err(Failed { error, exchange }) => {
                let stood_in_for = Some(self.stood_in("improving", &error));
                written.map(|own| Written { by: Authorship { stood_in_for, exchange, ..own.by }, ..own })
            }
        }
    }
}
