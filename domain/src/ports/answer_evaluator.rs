//! Judges one answer to one question.

use async_trait::async_trait;

use crate::interview::evaluation::Evaluation;
use crate::interview::question::{Point, QuestionKind};

/// An answer with all that a judge may look at.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerToEvaluate {
    /// The question as it was asked.
    pub question: String,
    /// What kind of question it is.
    pub kind: QuestionKind,
    /// 1 to 5.
    pub difficulty: u8,
    /// What a good answer covers.
    pub points: Vec<Point>,
    /// The answer as it was given.
    pub answer: String,
    /// Lines of the candidate's own resume, for a better answer.
    pub resume_lines: Vec<String>,
}

/// Why an answer was not judged.
#[derive(Debug, thiserror::Error)]
pub enum EvaluatorError {
    /// Worth trying again.
    #[error("the evaluator is not available")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Trying again does not help.
    #[error("the evaluator refused the answer: {0}")]
    Refused(String),
}

/// Judges answers.
#[async_trait]
pub trait AnswerEvaluator: Send + Sync {
    /// Judges one answer. An embedded evaluator gives the same verdict to the bit every time.
    ///
    /// # Errors
    /// The evaluator cannot run, or will not judge this answer.
    async fn evaluate(&self, answer: &AnswerToEvaluate) -> Result<Evaluation, EvaluatorError>;

    /// Judges one answer several times where verdicts differ from time to time: each level is the median, and the
    /// features hold every sample's level and their spread. Who always comes to the same verdict judges once.
    ///
    /// # Errors
    /// As [`AnswerEvaluator::evaluate`].
    async fn evaluate_with(
        &self,
        answer: &AnswerToEvaluate,
        samples: u8,
    ) -> Result<Evaluation, EvaluatorError> {
        let _ = samples;
        self.evaluate(answer).await
    }
}
