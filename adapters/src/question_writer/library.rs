//! Chooses questions from the role library and fills some of them with facts of the resume.
//!
//! The choice follows from the brief alone: the same brief and seed give the same questions.

mod choice;
mod draw;
mod facts;
mod follow_up;
mod wants;

use std::sync::Arc;

use async_trait::async_trait;
use interaura_domain::interview::evaluation::Evaluation;
use interaura_domain::interview::question::Question;
use interaura_domain::personal::Personal;
use interaura_domain::ports::embedder::Embedder;
use interaura_domain::ports::question_writer::{
    FollowUp, InterviewBrief, InterviewPlan, QuestionWriter, QuestionWriterError,
};
use interaura_domain::role::RoleProfile;

use self::choice::Chosen;
use self::facts::UsableFacts;
use self::wants::Wants;
use crate::role_library::{LibraryQuestion, RoleLibrary};

/// Name and version, as questions keep it.
pub const WRITER: &str = "library/1";

/// Writes questions from the role library.
#[derive(Debug)]
pub struct LibraryWriter<E: ?Sized> {
    library: Arc<RoleLibrary>,
    embedder: Arc<E>,
}

impl<E: Embedder + ?Sized> LibraryWriter<E> {
    /// Chooses from `library`; `embedder` tells which facts of a resume suit a question.
    pub fn new(library: Arc<RoleLibrary>, embedder: Arc<E>) -> Self {
        Self { library, embedder }
    }

    async fn facts(
        &self,
        brief: &InterviewBrief,
        role: &RoleProfile,
        questions: &[LibraryQuestion],
    ) -> Result<UsableFacts, QuestionWriterError> {
        let Some((text, outline)) = &brief.resume else { return Ok(UsableFacts::default()) };
        facts::usable(text, outline, role, questions, &*self.embedder)
            .await
            .map_err(|err| QuestionWriterError::Unavailable(Box::new(err)))
    }
}

#[async_trait]
impl<E: Embedder + ?Sized> QuestionWriter for LibraryWriter<E> {
    /// Fewer than wanted where the library holds fewer of the mode's kinds.
    async fn plan(&self, brief: &InterviewBrief) -> Result<InterviewPlan, QuestionWriterError> {
        let role = self
            .library
            .role(&brief.role)
            .ok_or_else(|| QuestionWriterError::UnknownRole(brief.role.0.clone()))?;
        let questions = self.library.questions(&brief.role);
        let facts = self.facts(brief, role, questions).await?;
        let wants = Wants::new(&brief.wanted, role, questions);
        let choice = choice::choose(brief, questions, facts, &wants);
        let worded = |chosen| question(chosen, brief, &wants);
        Ok(InterviewPlan {
            alternates: choice.alternates.into_iter().map(|(number, one)| (number, worded(one))).collect(),
            questions: choice.questions.into_iter().map(worded).collect(),
            requirements: wants.requirements(),
            ..InterviewPlan::default()
        })
    }

    async fn follow_up(
        &self,
        question: &Question,
        answer: &str,
        evaluation: &Evaluation,
        asked: &[&str],
    ) -> Result<Option<FollowUp>, QuestionWriterError> {
        Ok(follow_up::write(question, answer, evaluation, asked))
    }
}

fn question(chosen: Chosen<'_>, brief: &InterviewBrief, wants: &Wants) -> Question {
    let Chosen { item, fact } = chosen;
    let covers = wants.covered(item, fact.as_ref());
    let about = item.resume_wording.as_ref().zip(fact);
    let (text, resume_fact) = match about {
        Some((wording, fact)) => (wording.about(&fact.said), Some(Personal::Present(fact.found))),
        None => (item.text.clone(), None),
    };
    Question {
        text: Personal::Present(text),
        kind: item.kind,
        difficulty: item.difficulty,
        topic: item.topic.clone(),
        library_item: Some(item.id.clone()),
        resume_fact,
        points: item.points.clone(),
        covers,
        takes_up: choice::is_weak(item, brief),
        writer: WRITER.to_owned(),
    }
}

#[cfg(test)]
mod tests;
