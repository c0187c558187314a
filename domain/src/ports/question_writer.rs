//! Chooses and words the questions of an interview.

use std::collections::BTreeSet;

use async_trait::async_trait;

use crate::interview::evaluation::{Evaluation, StoodIn};
use crate::interview::exchange::Exchange;
use crate::interview::question::{InterviewMode, Question, Requirement};
use crate::resume::outline::ResumeOutline;
use crate::role::{ExperienceLevel, RoleSlug, WantedTerm};

/// What an interview is to be about.
#[derive(Debug, Clone, PartialEq)]
pub struct InterviewBrief {
    /// Kinds of questions.
    pub mode: InterviewMode,
    /// The target role.
    pub role: RoleSlug,
    /// The candidate's level.
    pub level: ExperienceLevel,
    /// 1 to 5.
    pub difficulty: u8,
    /// How many questions, 1 to 20.
    pub questions: u8,
    /// The resume's text and outline, where one is used.
    pub resume: Option<(String, ResumeOutline)>,
    /// Library items asked in earlier interviews: not to be repeated while others are left.
    pub asked_before: BTreeSet<String>,
    /// The words of questions asked in earlier interviews, oldest first: not to be asked again in these words.
    pub asked_texts: Vec<String>,
    /// What a post asks for, heaviest first; empty where the questions are to cover what the role asks for.
    pub wanted: Vec<WantedTerm>,
    /// Topics on which the latest answers were weak: worth taking up.
    pub weak_topics: BTreeSet<String>,
    /// Requirements for which the latest answers were weak, by their names.
    pub weak_requirements: BTreeSet<String>,
    /// Makes the choice: the same seed and brief give the same questions.
    pub seed: u64,
}

/// What an interview will ask.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct InterviewPlan {
    /// In the order to ask them. What each covers is a place among `requirements`.
    pub questions: Vec<Question>,
    /// What may be asked instead, with the place that it is for, from 1: easier ones and harder ones.
    pub alternates: Vec<(u8, Question)>,
    /// What the job asks for, the most important first.
    pub requirements: Vec<Requirement>,
    /// Who was asked to word the questions and did not word all of them, and why.
    pub stood_in_for: Option<StoodIn>,
    /// What was asked of a model.
    pub exchange: Option<Exchange>,
}

/// A follow-up, with the gap that caused it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FollowUp {
    /// The question.
    pub text: String,
    /// What the answer left out, in words for the candidate.
    pub gap: String,
    /// Who worded it, with version.
    pub writer: String,
    /// Who was asked to word it, and why it did not.
    pub stood_in_for: Option<StoodIn>,
    /// What was asked of a model.
    pub exchange: Option<Exchange>,
}

/// Why no question was written.
#[derive(Debug, thiserror::Error)]
pub enum QuestionWriterError {
    /// Worth trying again.
    #[error("the question writer is not available")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The library does not know the role.
    #[error("there are no questions for the role {0:?}")]
    UnknownRole(String),
}

/// Chooses and words questions.
#[async_trait]
pub trait QuestionWriter: Send + Sync {
    /// The questions of an interview.
    ///
    /// # Errors
    /// The writer cannot run, or knows no questions for the role.
    async fn plan(&self, brief: &InterviewBrief) -> Result<InterviewPlan, QuestionWriterError>;

    /// A follow-up where the answer left a gap that is worth a question. It is worded otherwise than all that was `asked`
    /// in this interview.
    ///
    /// # Errors
    /// The writer cannot run.
    async fn follow_up(
        &self,
        question: &Question,
        answer: &str,
        evaluation: &Evaluation,
        asked: &[&str],
    ) -> Result<Option<FollowUp>, QuestionWriterError>;
}
