//! Matches a resume against the target that was asked for.

use std::sync::Arc;

use async_trait::async_trait;
use interaura_domain::envelope::RecordedEvent;
use interaura_domain::event::AnyEvent;
use interaura_domain::ids::ResumeId;
use interaura_domain::ports::blob_store::BlobStore;
use interaura_domain::ports::clock::Clock;
use interaura_domain::ports::commands::Commands;
use interaura_domain::ports::event_log::EventLog;
use interaura_domain::ports::resume_matcher::{ResumeMatcher, ResumeMatcherError};
use interaura_domain::resume::Resume;
use interaura_domain::resume::command::{RecordAnalysis, RecordMatchFailure, ResumeCommand};
use interaura_domain::resume::error::ResumeError;
use interaura_domain::resume::event::ResumeEvent;
use interaura_domain::resume::matching::MatchableResume;

use crate::exchanges::keep;
use crate::reaction::{Reaction, ReactionError, context, send};
use crate::resume_text::read_resume;

/// Matches resumes.
pub struct ResumeMatching {
    /// Where outcomes go.
    pub commands: Arc<dyn Commands<Resume>>,
    /// Where the resume's text is.
    pub log: Arc<dyn EventLog>,
    /// Where a long text is.
    pub blobs: Arc<dyn BlobStore>,
    /// What matches.
    pub matcher: Arc<dyn ResumeMatcher>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

impl ResumeMatching {
    async fn settle(&self, recorded: &RecordedEvent, command: ResumeCommand) -> Result<(), ReactionError> {
        let context = context(recorded, self.name(), "settle");
        let is_done = |refusal: &ResumeError| *refusal == ResumeError::AlreadyAnalysed;
        send(&*self.commands, recorded.aggregate_id, command, context, is_done).await
    }
}

#[async_trait]
impl Reaction for ResumeMatching {
    fn name(&self) -> &'static str {
        "resume_matching"
    }

    fn event_types(&self) -> &'static [&'static str] {
        &["resume_match_requested"]
    }

    async fn react(&self, event: &AnyEvent, recorded: &RecordedEvent) -> Result<(), ReactionError> {
        let AnyEvent::Resume(ResumeEvent::ResumeMatchRequested(requested)) = event else { return Ok(()) };
        let resume = self.commands.load(recorded.aggregate_id).await.map_err(ReactionError::Retry)?;
        let Some(target) = requested.target.present().filter(|_| resume.awaits_match(requested.match_id))
        else {
            return Ok(());
        };
        let resume_id = ResumeId(recorded.aggregate_id);
        let owner = recorded.metadata.candidate_id;
        let read =
            read_resume(&*self.log, &*self.blobs, owner, resume_id).await.map_err(ReactionError::Retry)?;
        let Some((text, extracted)) = read else { return Ok(()) };
        let matchable = MatchableResume {
            text,
            outline: extracted.outline.into_present().unwrap_or_default(),
            layout: extracted.layout,
            confidence: extracted.confidence,
        };
        let now = self.clock.now();
        let match_id = requested.match_id;
        let command = match self.matcher.match_resume(&matchable, target, now.date_naive()).await {
            Ok(mut outcome) => {
                keep(&*self.blobs, recorded, (self.name(), "exchange"), &mut outcome.exchange).await?;
                ResumeCommand::RecordAnalysis(Box::new(RecordAnalysis {
                    match_id,
                    outcome,
                    analysed_at: now,
                }))
            }
            // The post is at fault and not the matcher: the candidate reads what to do, and nobody else has to.
            Err(refusal @ ResumeMatcherError::NoJobPost) => {
                ResumeCommand::RecordMatchFailure(RecordMatchFailure {
                    match_id,
                    reason: refusal.to_string(),
                    failed_at: now,
                })
            }
            Err(error @ ResumeMatcherError::Unavailable(_)) => {
                return Err(ReactionError::Retry(error.into()));
            }
            Err(error @ ResumeMatcherError::UnknownRole(_)) => {
                return Err(ReactionError::GiveUp(error.into()));
            }
        };
        self.settle(recorded, command).await
    }

    async fn give_up(&self, event: &AnyEvent, recorded: &RecordedEvent) -> Result<(), ReactionError> {
        let AnyEvent::Resume(ResumeEvent::ResumeMatchRequested(requested)) = event else { return Ok(()) };
        let command = RecordMatchFailure {
            match_id: requested.match_id,
            reason: "the resume could not be matched against this target".to_owned(),
            failed_at: self.clock.now(),
        };
        self.settle(recorded, ResumeCommand::RecordMatchFailure(command)).await
    }
}
