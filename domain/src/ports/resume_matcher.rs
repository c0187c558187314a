//! Matches a resume against a role of the library or a pasted job post.

use async_trait::async_trait;
use chrono::NaiveDate;

use crate::resume::analysis::{MatchTarget, ResumeMatch};
use crate::resume::matching::MatchableResume;

/// Why no match was made.
#[derive(Debug, thiserror::Error)]
pub enum ResumeMatcherError {
    /// Worth trying again.
    #[error("the resume matcher is not available")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The library does not know the role.
    #[error("there is no role {0:?}")]
    UnknownRole(String),
    /// Nothing in the text says what a job asks for. The words are for the candidate.
    #[error(
        "this does not look like a job post: no skill and no requirement was found in it to compare your resume with; \
         paste the whole advertisement, with what it asks for, or choose a role"
    )]
    NoJobPost,
}

/// Matches resumes.
#[async_trait]
pub trait ResumeMatcher: Send + Sync {
    /// How a resume matches a target. `today` tells dates that lie ahead.
    ///
    /// # Errors
    /// The matcher cannot run, or knows no such role.
    async fn match_resume(
        &self,
        resume: &MatchableResume,
        target: &MatchTarget,
        today: NaiveDate,
    ) -> Result<ResumeMatch, ResumeMatcherError>;
}
