//! Resumes: what was uploaded, what was read out of it, and how it matches a target.

pub mod analysis;
pub mod command;
pub mod error;
pub mod event;
pub mod format;
pub mod matching;
pub mod outline;
pub mod skill_lexicon;

use std::collections::BTreeMap;

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use self::analysis::MatchTarget;
use self::command::{
    RecordAnalysis, RecordMatchFailure, RecordText, RejectResume, RequestMatch, ResumeCommand, UploadResume,
};
use self::error::ResumeError;
use self::event::{
    ResumeAnalysed, ResumeEvent, ResumeMatchFailed, ResumeMatchRequested, ResumeRejected,
    ResumeTextExtracted, ResumeUploaded,
};
use crate::ids::BlobId;
use crate::personal::Personal;
use crate::ports::resume_reader::MediaType;

/// The largest file that is taken, in bytes.
pub const MAX_RESUME_BYTES: u64 = 10 * 1024 * 1024;
/// The longest job post that is taken, in characters.
pub const MAX_JOB_POST: usize = 30_000;

/// How far a resume has come.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub enum ResumeStage {
    /// Nobody uploaded it.
    #[default]
    Unknown,
    /// The file is stored, and is to be read.
    Uploaded {
        /// Where the file is.
        blob_id: BlobId,
        /// What it is.
        media_type: MediaType,
    },
    /// Its text is known.
    Read,
    /// It cannot be used.
    Rejected,
}

/// One resume.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Resume {
    stage: ResumeStage,
    target: Option<MatchTarget>,
    matches: BTreeMap<Uuid, bool>,
}

impl Resume {
    /// How far it has come.
    pub fn stage(&self) -> &ResumeStage {
        &self.stage
    }

    /// Whether a requested match has no outcome yet.
    pub fn awaits_match(&self, match_id: Uuid) -> bool {
        self.matches.get(&match_id) == Some(&false)
    }

    fn upload(&self, command: UploadResume) -> Result<ResumeUploaded, ResumeError> {
        if self.stage != ResumeStage::Unknown {
            return Err(ResumeError::AlreadyUploaded);
        }
        if command.size_bytes == 0 || command.size_bytes > MAX_RESUME_BYTES {
            return Err(ResumeError::SizeOutOfRange { size_bytes: command.size_bytes });
        }
        Ok(ResumeUploaded {
            blob: command.blob,
            fingerprint: command.fingerprint,
            media_type: command.media_type,
            file_name: command.file_name.into(),
            size_bytes: command.size_bytes,
            target: command.target,
            uploaded_at: command.uploaded_at,
        })
    }

    fn must_be_uploaded(&self) -> Result<(), ResumeError> {
        match self.stage {
            ResumeStage::Unknown => Err(ResumeError::NotUploaded),
            ResumeStage::Read | ResumeStage::Rejected => Err(ResumeError::AlreadyRead),
            ResumeStage::Uploaded { .. } => Ok(()),
        }
    }

    fn record_text(&self, command: RecordText) -> Result<ResumeTextExtracted, ResumeError> {
        self.must_be_uploaded()?;
        Ok(ResumeTextExtracted {
            text: command.text,
            outline: command.outline.into(),
            layout: command.layout,
            pages: command.pages,
            confidence: command.confidence,
            agreement: command.agreement,
            reader: command.reader,
            remarks: command.remarks,
            extracted_at: command.extracted_at,
        })
    }

    fn reject(&self, command: RejectResume) -> Result<ResumeRejected, ResumeError> {
        if command.at_the_door {
            if self.stage != ResumeStage::Unknown {
                return Err(ResumeError::AlreadyUploaded);
            }
        } else {
            self.must_be_uploaded()?;
        }
        Ok(ResumeRejected {
            reason: command.reason,
            file_name: command.file_name.map(Personal::Present),
            rejected_at: command.rejected_at,
        })
    }

    fn request_match(&self, command: RequestMatch) -> Result<ResumeMatchRequested, ResumeError> {
        match self.stage {
            ResumeStage::Unknown => return Err(ResumeError::NotUploaded),
            ResumeStage::Uploaded { .. } => return Err(ResumeError::NotRead),
            ResumeStage::Rejected => return Err(ResumeError::Unusable),
            ResumeStage::Read => {}
        }
        if self.matches.contains_key(&command.match_id) {
            return Err(ResumeError::MatchAlreadyRequested);
        }
        if let MatchTarget::JobPost { text, .. } = &command.target {
            let length = text.chars().count();
            if text.trim().is_empty() || length > MAX_JOB_POST {
                return Err(ResumeError::JobPostLength { length, longest: MAX_JOB_POST });
            }
        }
        Ok(ResumeMatchRequested {
            match_id: command.match_id,
            target: command.target.into(),
            requested_at: command.requested_at,
        })
    }

    fn must_await_match(&self, match_id: Uuid) -> Result<(), ResumeError> {
        match self.matches.get(&match_id) {
            None => Err(ResumeError::UnknownMatch),
            Some(true) => Err(ResumeError::AlreadyAnalysed),
            Some(false) => Ok(()),
        }
    }

    fn record_analysis(&self, command: RecordAnalysis) -> Result<ResumeAnalysed, ResumeError> {
        self.must_await_match(command.match_id)?;
        let mut outcome = command.outcome;
        Ok(ResumeAnalysed {
            match_id: command.match_id,
            score: outcome.score,
            analyser: outcome.analyser.clone(),
            exchange: outcome.exchange.take(),
            outcome: outcome.into(),
            analysed_at: command.analysed_at,
        })
    }

    fn record_match_failure(&self, command: RecordMatchFailure) -> Result<ResumeMatchFailed, ResumeError> {
        self.must_await_match(command.match_id)?;
        Ok(ResumeMatchFailed {
            match_id: command.match_id,
            reason: command.reason,
            failed_at: command.failed_at,
        })
    }
}

impl Aggregate for Resume {
    const TYPE: &'static str = "resume";
    type Command = ResumeCommand;
    type Event = ResumeEvent;
    type Error = ResumeError;
    type Services = ();

    async fn handle(
        &mut self,
        command: ResumeCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), ResumeError> {
        match command {
            ResumeCommand::Upload(command) => {
                let event = self.upload(command)?;
                sink.write(event.into(), self).await;
            }
            ResumeCommand::RecordText(command) => {
                let (match_id, requested_at) = (command.match_id, command.extracted_at);
                let event = self.record_text(*command)?;
                sink.write(event.into(), self).await;
                if let Some(target) = self.target.clone() {
                    let request = self.request_match(RequestMatch { match_id, target, requested_at })?;
                    sink.write(request.into(), self).await;
                }
            }
            ResumeCommand::Reject(command) => {
                let event = self.reject(command)?;
                sink.write(event.into(), self).await;
            }
            ResumeCommand::RequestMatch(command) => {
                let event = self.request_match(command)?;
                sink.write(event.into(), self).await;
            }
            ResumeCommand::RecordAnalysis(command) => {
                let event = self.record_analysis(*command)?;
                sink.write(event.into(), self).await;
            }
            ResumeCommand::RecordMatchFailure(command) => {
                let event = self.record_match_failure(command)?;
                sink.write(event.into(), self).await;
            }
        }
        Ok(())
    }

    fn apply(&mut self, event: ResumeEvent) {
        match event {
            ResumeEvent::ResumeUploaded(event) => {
                self.stage =
                    ResumeStage::Uploaded { blob_id: event.blob.blob_id, media_type: event.media_type };
                self.target = event.target.map(MatchTarget::Role);
            }
            ResumeEvent::ResumeTextExtracted(_) => self.stage = ResumeStage::Read,
            ResumeEvent::ResumeRejected(_) => self.stage = ResumeStage::Rejected,
            ResumeEvent::ResumeMatchRequested(event) => {
                self.matches.insert(event.match_id, false);
            }
            ResumeEvent::ResumeAnalysed(event) => {
                self.matches.insert(event.match_id, true);
            }
            ResumeEvent::ResumeMatchFailed(event) => {
                self.matches.insert(event.match_id, true);
            }
        }
    }
}

#[cfg(test)]
mod tests;
