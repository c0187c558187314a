//! Matches resumes with the role library and sentence embeddings.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::NaiveDate;
use interaura_domain::ports::embedder::Embedder;
use interaura_domain::ports::resume_matcher::{ResumeMatcher, ResumeMatcherError};
use interaura_domain::resume::analysis::{MatchTarget, ResumeMatch};
use interaura_domain::resume::matching::job_post::{FindSkills, wanted_from_post};
use interaura_domain::resume::matching::{ANALYSER, MatchableResume, Meanings, match_resume, texts_to_embed};
use interaura_domain::role::WantedTerm;

use crate::role_library::RoleLibrary;

/// The matcher that needs no network.
pub struct EmbeddedMatcher {
    roles: Arc<RoleLibrary>,
    embedder: Arc<dyn Embedder>,
    find_skills: Box<FindSkills>,
}

impl fmt::Debug for EmbeddedMatcher {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("EmbeddedMatcher")
            .field("embedder", &self.embedder.identity())
            .finish_non_exhaustive()
    }
}

impl EmbeddedMatcher {
    /// `find_skills` names the skills in a job post, in the spelling in which the resume's outline
    /// names them too.
    pub fn new(roles: Arc<RoleLibrary>, embedder: Arc<dyn Embedder>, find_skills: Box<FindSkills>) -> Self {
        Self { roles, embedder, find_skills }
    }

    fn wanted(&self, target: &MatchTarget) -> Result<Vec<WantedTerm>, ResumeMatcherError> {
        match target {
            MatchTarget::Role(slug) => {
                let role = self.roles.role(slug);
                Ok(role.ok_or_else(|| ResumeMatcherError::UnknownRole(slug.0.clone()))?.skills.clone())
            }
            MatchTarget::JobPost { title, text } => Ok(wanted_from_post(title, text, &self.find_skills)),
        }
    }
}

#[async_trait]
impl ResumeMatcher for EmbeddedMatcher {
    async fn match_resume(
        &self,
        resume: &MatchableResume,
        target: &MatchTarget,
        today: NaiveDate,
    ) -> Result<ResumeMatch, ResumeMatcherError> {
        let wanted = self.wanted(target)?;
        let texts = texts_to_embed(resume, &wanted);
        let embeddings = self.embedder.embed(&texts).await;
        let embeddings = embeddings.map_err(|err| ResumeMatcherError::Unavailable(err.into()))?;
        let meanings = Meanings::new(texts, embeddings);
        let mut matched = match_resume(resume, &wanted, &meanings, today);
        matched.analyser = format!("{ANALYSER} with {}", self.embedder.identity());
        Ok(matched)
    }
}
