//! Makes one file of the parts of a recording, once the interview is over or left.
//!
//! A page that is still there ends its recording itself, after its last part. Where it is gone, the recording
//! is ended here, after some patience for parts on their way.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::TimeDelta;
use interaura_domain::envelope::RecordedEvent;
use interaura_domain::event::AnyEvent;
use interaura_domain::ids::BlobId;
use interaura_domain::interview::event::InterviewEvent;
use interaura_domain::interview::{Interview, InterviewStatus};
use interaura_domain::ports::blob_store::{BlobStore, BlobStoreError};
use interaura_domain::ports::clock::Clock;
use interaura_domain::ports::commands::Commands;
use interaura_domain::ports::recording_assembler::{AssembledFile, AssemblerError, RecordingAssembler};
use interaura_domain::recording::Recording;
use interaura_domain::recording::command::{EndRecording, FailRecording, RecordingCommand, StoreRecording};
use interaura_domain::recording::error::RecordingError;
use interaura_domain::recording::event::{RecordingEvent, RecordingFailure};
use interaura_domain::resume::event::BlobRef;

use crate::reaction::{Reaction, ReactionError, context, derived_id, send};

/// The size of a piece of the file: what is opened to play from any moment in it.
const PIECE_BYTES: u32 = 2 * 1024 * 1024;
/// How often parts on their way are looked for.
const LOOK: Duration = Duration::from_millis(500);

/// Makes files of recordings.
pub struct RecordingAssembly {
    /// Where parts are listed and outcomes go.
    pub commands: Arc<dyn Commands<Recording>>,
    /// Whether an interview can still be taken up again.
    pub interviews: Arc<dyn Commands<Interview>>,
    /// Where parts and files are.
    pub blobs: Arc<dyn BlobStore>,
    /// What joins parts.
    pub assembler: Arc<dyn RecordingAssembler>,
    /// How long a page that is gone may have parts on their way.
    pub patience: Duration,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// Whether there is anything left to do.
fn is_settled(recording: &Recording) -> bool {
    let parts = u32::try_from(recording.parts().len()).unwrap_or(u32::MAX);
    recording.stored().is_some_and(|stored| stored.parts == parts)
}

fn of_store(error: BlobStoreError) -> ReactionError {
    match error {
        BlobStoreError::Missing(_) | BlobStoreError::Sealed(_) => ReactionError::GiveUp(error.into()),
        BlobStoreError::Full | BlobStoreError::Unavailable(_) => ReactionError::Retry(error.into()),
    }
}

impl RecordingAssembly {
    async fn load(&self, recorded: &RecordedEvent) -> Result<Recording, ReactionError> {
        self.commands.load(recorded.aggregate_id).await.map_err(ReactionError::Retry)
    }

    /// Ends the recording of an interview that is over, once no more parts come.
    async fn end(&self, recorded: &RecordedEvent) -> Result<(), ReactionError> {
        let mut recording = self.load(recorded).await?;
        let mut waited = Duration::ZERO;
        while !recording.takes().is_empty() && !recording.is_ended() && waited < self.patience {
            tokio::time::sleep(LOOK).await;
            let before = recording.parts().len();
            recording = self.load(recorded).await?;
            waited = if recording.parts().len() > before { Duration::ZERO } else { waited + LOOK };
        }
        if recording.takes().is_empty() {
            return Ok(());
        }
        if recording.is_ended() {
            return self.tidy(recorded, &recording).await;
        }
        let command = RecordingCommand::End(EndRecording { ended_at: self.clock.now() });
        self.settle(recorded, "end", command).await
    }

    async fn assemble(&self, recorded: &RecordedEvent) -> Result<(), ReactionError> {
        let recording = self.load(recorded).await?;
        // Taken up again, or done by an earlier try.
        if !recording.is_ended() || is_settled(&recording) {
            return Ok(());
        }
        if recording.parts().is_empty() {
            return self.fail(recorded, RecordingFailure::Empty).await;
        }
        match self.join(recorded, &recording).await {
            Ok(file) => self.store(recorded, &recording, file).await,
            Err(Outcome::Refused(reason)) => self.fail(recorded, reason).await,
            // The account was closed meanwhile.
            Err(Outcome::Erased) => Ok(()),
            Err(Outcome::Failed(error)) => Err(error),
        }
    }

    async fn join(
        &self,
        recorded: &RecordedEvent,
        recording: &Recording,
    ) -> Result<Box<dyn AssembledFile>, Outcome> {
        let owner = recorded.metadata.candidate_id;
        let mut assembly = self.assembler.begin().await?;
        let takes = recording.takes().iter().filter(|take| recording.parts_of(take).next().is_some());
        let mut first = None;
        for take in takes {
            let began = *first.get_or_insert(take.started_at);
            let offset_ms = (take.started_at - began).num_milliseconds();
            assembly.take(u64::try_from(offset_ms).unwrap_or(0)).await?;
            for (_, part) in recording.parts_of(take) {
                let bytes = match self.blobs.get(owner, part.blob.blob_id).await {
                    Ok(bytes) => bytes,
                    Err(BlobStoreError::Sealed(_)) => return Err(Outcome::Erased),
                    Err(error) => return Err(Outcome::Failed(of_store(error))),
                };
                assembly.part(bytes).await?;
            }
        }
        Ok(assembly.finish().await?)
    }

    async fn store(
        &self,
        recorded: &RecordedEvent,
        recording: &Recording,
        mut file: Box<dyn AssembledFile>,
    ) -> Result<(), ReactionError> {
        let owner = recorded.metadata.candidate_id;
        let mut pieces: Vec<BlobRef> = Vec::new();
        let mut size_bytes = 0;
        loop {
            let piece = file.next(usize::try_from(PIECE_BYTES).unwrap_or(usize::MAX)).await;
            let piece = piece.map_err(|error| ReactionError::Retry(error.into()))?;
            if piece.is_empty() {
                break;
            }
            size_bytes += piece.len() as u64;
            let blob_id = BlobId(derived_id(recorded, self.name(), &format!("piece {}", pieces.len())));
            pieces.push(self.blobs.put(owner, blob_id, piece).await.map_err(of_store)?);
        }
        let takes = recording.takes();
        let first = takes.iter().find(|take| recording.parts_of(take).next().is_some());
        let Some(first) = first else { return self.fail(recorded, RecordingFailure::Empty).await };
        let offset = TimeDelta::milliseconds(i64::try_from(file.offset_ms()).unwrap_or(0));
        let store = StoreRecording {
            pieces,
            piece_bytes: PIECE_BYTES,
            size_bytes,
            media_type: file.media_type().to_owned(),
            started_at: first.started_at + offset,
            duration_ms: file.duration_ms(),
            parts: u32::try_from(recording.parts().len()).unwrap_or(u32::MAX),
            assembler: self.assembler.name().to_owned(),
            stored_at: self.clock.now(),
        };
        self.settle(recorded, "store", RecordingCommand::Store(Box::new(store))).await
    }

    async fn fail(&self, recorded: &RecordedEvent, reason: RecordingFailure) -> Result<(), ReactionError> {
        let parts = self.load(recorded).await?.parts().len();
        let parts = u32::try_from(parts).unwrap_or(u32::MAX);
        let command = FailRecording { reason, parts, failed_at: self.clock.now() };
        self.settle(recorded, "fail", RecordingCommand::Fail(command)).await
    }

    async fn settle(
        &self,
        recorded: &RecordedEvent,
        step: &str,
        command: RecordingCommand,
    ) -> Result<(), ReactionError> {
        let context = context(recorded, self.name(), step);
        let is_done = |refusal: &RecordingError| {
            matches!(
                refusal,
                RecordingError::Ended | RecordingError::GoesOn | RecordingError::AlreadyAssembled
            )
        };
        send(&*self.commands, recorded.aggregate_id, command, context, is_done).await
    }

    /// Parts are kept while the interview can be taken up again; after that the file is enough.
    async fn tidy(&self, recorded: &RecordedEvent, recording: &Recording) -> Result<(), ReactionError> {
        let interview = self.interviews.load(recorded.aggregate_id).await.map_err(ReactionError::Retry)?;
        if interview.status() != InterviewStatus::Completed || !is_settled(recording) {
            return Ok(());
        }
        let owner = recorded.metadata.candidate_id;
        for part in recording.parts().values() {
            self.blobs.delete(owner, part.blob.blob_id).await.map_err(of_store)?;
        }
        Ok(())
    }
}

/// Why parts did not become a file.
enum Outcome {
    Refused(RecordingFailure),
    Erased,
    Failed(ReactionError),
}

impl From<AssemblerError> for Outcome {
    fn from(error: AssemblerError) -> Self {
        match error {
            AssemblerError::Refused(reason) => Self::Refused(reason),
            error @ AssemblerError::Unavailable(_) => Self::Failed(ReactionError::Retry(error.into())),
        }
    }
}

#[async_trait]
impl Reaction for RecordingAssembly {
    fn name(&self) -> &'static str {
        "recording_assembly"
    }

    fn event_types(&self) -> &'static [&'static str] {
        &["interview_completed", "interview_abandoned", "recording_ended", "recording_stored"]
    }

    async fn react(&self, event: &AnyEvent, recorded: &RecordedEvent) -> Result<(), ReactionError> {
        match event {
            AnyEvent::Interview(
                InterviewEvent::InterviewCompleted(_) | InterviewEvent::InterviewAbandoned(_),
            ) => self.end(recorded).await,
            AnyEvent::Recording(RecordingEvent::RecordingEnded(_)) => self.assemble(recorded).await,
            AnyEvent::Recording(RecordingEvent::RecordingStored(_)) => {
                let recording = self.load(recorded).await?;
                self.tidy(recorded, &recording).await
            }
            _ => Ok(()),
        }
    }

    async fn give_up(&self, event: &AnyEvent, recorded: &RecordedEvent) -> Result<(), ReactionError> {
        match event {
            AnyEvent::Recording(RecordingEvent::RecordingEnded(_)) => {
                self.fail(recorded, RecordingFailure::AssemblerUnavailable).await
            }
            _ => Ok(()),
        }
    }
}
