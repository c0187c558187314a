//! Judges one answer to one question.

use async_trait::async_trait;

use crate::interview::evaluation::{Authorship, BetterAnswer, Evaluation};
use crate::interview::question::{Point, QuestionKind};
use crate::personal::Personal;

/// An answer with all that a judge may look at.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerToEvaluate {
    /// The question as it was asked.
    pub question: String,
    /// What was asked after the first part of the answer, where two are judged together.
    pub follow_up: Option<String>,
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

/// A better answer, and who wrote it.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The better answer.
    pub better_answer: BetterAnswer,
    /// Who wrote it.
    pub by: Authorship,
}

impl Written {
    /// Takes the better answer that a verdict came with out of it.
    pub fn taken_from(evaluation: &mut Evaluation) -> Option<Self> {
        let by = evaluation.better_answer_by.take();
        let better_answer = evaluation.better_answer.take().and_then(Personal::into_present)?;
        let by = by
            .unwrap_or_else(|| Authorship { writer: evaluation.evaluator.clone(), ..Authorship::default() });
        Some(Self { better_answer, by })
    }
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

    /// Writes a better answer than the one that came with the verdict, where that takes longer than somebody should wait
    /// for a verdict. Whoever has nothing to add gives back what was `written`.
    async fn improve(&self, answer: &AnswerToEvaluate, written: Option<Written>) -> Option<Written> {
        let _ = answer;
        written
    }
}
