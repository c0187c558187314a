//! Reads an uploaded resume: text, outline, confidence; or says why it cannot be read.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use interaura_domain::envelope::RecordedEvent;
use interaura_domain::event::AnyEvent;
use interaura_domain::ids::BlobId;
use interaura_domain::ports::blob_store::{BlobStore, BlobStoreError};
use interaura_domain::ports::clock::Clock;
use interaura_domain::ports::commands::Commands;
use interaura_domain::ports::resume_reader::{ReadResume, ResumeReader, ResumeReaderError};
use interaura_domain::resume::command::{RecordText, RejectResume, ResumeCommand};
use interaura_domain::resume::error::ResumeError;
use interaura_domain::resume::event::{LongText, RejectionReason, ResumeEvent};
use interaura_domain::resume::outline::outline;
use interaura_domain::resume::skill_lexicon::SkillLexicon;
use interaura_domain::resume::{Resume, ResumeStage};

use crate::reaction::{Reaction, ReactionError, context, derived_id, send};

/// The longest text that is kept inside an event, in bytes; sealed and encoded it grows by a third.
const INLINE_BYTES: usize = 120_000;

/// Reads uploaded resumes.
pub struct ResumeParsing {
    /// Where outcomes go.
    pub commands: Arc<dyn Commands<Resume>>,
    /// Where files are.
    pub blobs: Arc<dyn BlobStore>,
    /// What reads them.
    pub reader: Arc<dyn ResumeReader>,
    /// The skills that are known by name.
    pub skills: Arc<SkillLexicon>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

impl ResumeParsing {
    async fn record(&self, recorded: &RecordedEvent, read: ReadResume) -> Result<(), ReactionError> {
        let now = self.clock.now();
        let outline = outline(&read.text, &self.skills, now.date_naive());
        let text = if read.text.len() <= INLINE_BYTES {
            LongText::Inline(read.text.into())
        } else {
            let blob_id = BlobId(derived_id(recorded, self.name(), "text"));
            let owner = recorded.metadata.candidate_id;
            let blob = self.blobs.put(owner, blob_id, Bytes::from(read.text)).await;
            LongText::Blob(blob.map_err(|error| ReactionError::Retry(error.into()))?)
        };
        let command = RecordText {
            text,
            outline,
            layout: read.layout,
            pages: read.pages,
            confidence: read.confidence,
            agreement: read.agreement,
            reader: read.reader,
            remarks: read.remarks,
            match_id: derived_id(recorded, self.name(), "match"),
            extracted_at: now,
        };
        self.settle(recorded, ResumeCommand::RecordText(Box::new(command))).await
    }

    async fn reject(&self, recorded: &RecordedEvent, reason: RejectionReason) -> Result<(), ReactionError> {
        let rejected_at = self.clock.now();
        let command = RejectResume { reason, file_name: None, at_the_door: false, rejected_at };
        self.settle(recorded, ResumeCommand::Reject(command)).await
    }

    async fn settle(&self, recorded: &RecordedEvent, command: ResumeCommand) -> Result<(), ReactionError> {
        let context = context(recorded, self.name(), "settle");
        let is_done = |refusal: &ResumeError| *refusal == ResumeError::AlreadyRead;
        send(&*self.commands, recorded.aggregate_id, command, context, is_done).await
    }
}

#[async_trait]
impl Reaction for ResumeParsing {
    fn name(&self) -> &'static str {
        "resume_parsing"
    }

    fn event_types(&self) -> &'static [&'static str] {
        &["resume_uploaded"]
    }

    async fn react(&self, event: &AnyEvent, recorded: &RecordedEvent) -> Result<(), ReactionError> {
        let AnyEvent::Resume(ResumeEvent::ResumeUploaded(_)) = event else { return Ok(()) };
        let resume = self.commands.load(recorded.aggregate_id).await.map_err(ReactionError::Retry)?;
        let ResumeStage::Uploaded { blob_id, media_type } = resume.stage() else { return Ok(()) };
        let file = match self.blobs.get(recorded.metadata.candidate_id, *blob_id).await {
            Ok(file) => file,
            // The account was closed meanwhile.
            Err(BlobStoreError::Sealed(_)) => return Ok(()),
            Err(error @ BlobStoreError::Missing(_)) => return Err(ReactionError::GiveUp(error.into())),
            Err(error @ (BlobStoreError::Unavailable(_) | BlobStoreError::Full)) => {
                return Err(ReactionError::Retry(error.into()));
            }
        };
        match self.reader.read(file, *media_type).await {
            Ok(read) => self.record(recorded, read).await,
            Err(ResumeReaderError::Refused(reason)) => {
                self.reject(recorded, RejectionReason::Unreadable(reason)).await
            }
            Err(error @ ResumeReaderError::Unavailable(_)) => Err(ReactionError::Retry(error.into())),
        }
    }

    async fn give_up(&self, _: &AnyEvent, recorded: &RecordedEvent) -> Result<(), ReactionError> {
        self.reject(recorded, RejectionReason::ReaderUnavailable).await
    }
}
