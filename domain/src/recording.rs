//! The recording of an interview, a stream of its own beside the dialogue and under the same id.
//!
//! Nothing is recorded without the candidate's word. A page records in takes, each from the moment the camera
//! begins until it stops or the page goes; a take comes in numbered parts. After the end all parts become one
//! file, in which a moment of the file is a moment after the first take began, whatever lies between takes.

pub mod command;
pub mod error;
pub mod event;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};

use self::command::{FailRecording, RecordingCommand, StartRecording, StoreRecording, StoreRecordingPart};
use self::error::RecordingError;
use self::event::{
    RecordingEnded, RecordingEvent, RecordingFailed, RecordingPartStored, RecordingStarted, RecordingStored,
};
use crate::envelope::KeyedHash;
use crate::resume::event::BlobRef;

/// The largest part, in bytes.
pub const MAX_PART_BYTES: u64 = 8 * 1024 * 1024;
/// The largest recording, in bytes.
pub const MAX_RECORDING_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// The most takes.
pub const MAX_TAKES: u32 = 50;
/// Numbers that belong to one take: the first take's parts are 1 to this.
pub const PARTS_PER_TAKE: u32 = 10_000;

/// A stretch that was recorded without a break.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Take {
    /// The number of its first part.
    pub first_part: u32,
    /// When its first picture was taken.
    pub started_at: DateTime<Utc>,
}

/// A part that is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredPart {
    /// Where it is.
    pub blob: BlobRef,
    /// Tells equal parts.
    pub fingerprint: KeyedHash,
    /// Its size.
    pub size_bytes: u64,
}

/// The recording of one interview.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Recording {
    takes: Vec<Take>,
    parts: BTreeMap<u32, StoredPart>,
    bytes: u64,
    ended: bool,
    stored: Option<RecordingStored>,
}

impl Recording {
    /// In the order they were recorded.
    pub fn takes(&self) -> &[Take] {
        &self.takes
    }

    /// The parts that are stored, by their numbers.
    pub fn parts(&self) -> &BTreeMap<u32, StoredPart> {
        &self.parts
    }

    /// The parts of a take that are stored, in order.
    pub fn parts_of(&self, take: &Take) -> impl Iterator<Item = (u32, &StoredPart)> {
        let numbers = take.first_part..take.first_part + PARTS_PER_TAKE;
        self.parts.range(numbers).map(|(number, part)| (*number, part))
    }

    /// Parts that lie before others of their take and never came.
    pub fn missing(&self) -> u32 {
        let missing = self.takes.iter().map(|take| {
            let last = self.parts_of(take).last().map_or(0, |(number, _)| number + 1 - take.first_part);
            last.saturating_sub(u32::try_from(self.parts_of(take).count()).unwrap_or(u32::MAX))
        });
        missing.sum()
    }

    /// The size of all parts.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Whether no more parts come, unless the candidate starts again.
    pub fn is_ended(&self) -> bool {
        self.ended
    }

    /// The file that was made of the parts.
    pub fn stored(&self) -> Option<&RecordingStored> {
        self.stored.as_ref()
    }

    fn start(&self, command: StartRecording) -> Result<RecordingStarted, RecordingError> {
        if !command.consent {
            return Err(RecordingError::NoConsent);
        }
        let container = command.media_type.split(';').next().unwrap_or_default().trim();
        if !matches!(container, "video/webm" | "audio/webm") || command.media_type.len() > 100 {
            return Err(RecordingError::UnknownMedia);
        }
        let takes = u32::try_from(self.takes.len()).unwrap_or(u32::MAX);
        if takes >= MAX_TAKES {
            return Err(RecordingError::TooManyTakes { most: MAX_TAKES });
        }
        if self.takes.last().is_some_and(|last| command.started_at < last.started_at) {
            return Err(RecordingError::BeforeTheLast);
        }
        Ok(RecordingStarted {
            consent: true,
            first_part: takes * PARTS_PER_TAKE + 1,
            media_type: command.media_type,
            started_at: command.started_at,
        })
    }

    /// Whether a part may be stored, before anybody seals it.
    ///
    /// # Errors
    /// It may not, or it is there already.
    pub fn admit(&self, part: u32, size_bytes: u64, fingerprint: &KeyedHash) -> Result<(), RecordingError> {
        if self.takes.is_empty() {
            return Err(RecordingError::NotStarted);
        }
        if let Some(known) = self.parts.get(&part) {
            let same = known.fingerprint == *fingerprint;
            return Err(if same {
                RecordingError::AlreadyStored { part }
            } else {
                RecordingError::Differs { part }
            });
        }
        if self.ended {
            return Err(RecordingError::Ended);
        }
        let takes = u32::try_from(self.takes.len()).unwrap_or(u32::MAX);
        if part == 0 || part > takes * PARTS_PER_TAKE {
            return Err(RecordingError::UnknownTake { part });
        }
        if size_bytes == 0 {
            return Err(RecordingError::EmptyPart);
        }
        if size_bytes > MAX_PART_BYTES {
            return Err(RecordingError::PartTooLarge { most: MAX_PART_BYTES });
        }
        if self.bytes + size_bytes > MAX_RECORDING_BYTES {
            return Err(RecordingError::TooLarge { most: MAX_RECORDING_BYTES });
        }
        Ok(())
    }

    fn store_part(&self, command: StoreRecordingPart) -> Result<RecordingPartStored, RecordingError> {
        self.admit(command.part, command.size_bytes, &command.fingerprint)?;
        Ok(RecordingPartStored {
            part: command.part,
            blob: command.blob,
            fingerprint: command.fingerprint,
            size_bytes: command.size_bytes,
            stored_at: command.stored_at,
        })
    }

    fn end(&self, at: DateTime<Utc>) -> Result<RecordingEnded, RecordingError> {
        if self.takes.is_empty() {
            return Err(RecordingError::NotStarted);
        }
        if self.ended {
            return Err(RecordingError::Ended);
        }
        Ok(RecordingEnded { parts: self.count(), ended_at: at })
    }

    /// Whether an outcome is about all that was recorded.
    fn is_about_all(&self, parts: u32) -> Result<(), RecordingError> {
        if !self.ended || parts != self.count() {
            return Err(RecordingError::GoesOn);
        }
        Ok(())
    }

    fn store(&self, command: StoreRecording) -> Result<RecordingStored, RecordingError> {
        self.is_about_all(command.parts)?;
        if self.stored.as_ref().is_some_and(|stored| stored.parts == command.parts) {
            return Err(RecordingError::AlreadyAssembled);
        }
        Ok(RecordingStored {
            pieces: command.pieces,
            piece_bytes: command.piece_bytes,
            size_bytes: command.size_bytes,
            media_type: command.media_type,
            started_at: command.started_at,
            duration_ms: command.duration_ms,
            parts: command.parts,
            missing_parts: self.missing(),
            assembler: command.assembler,
            stored_at: command.stored_at,
        })
    }

    fn fail(&self, command: &FailRecording) -> Result<RecordingFailed, RecordingError> {
        self.is_about_all(command.parts)?;
        if self.stored.as_ref().is_some_and(|stored| stored.parts == command.parts) {
            return Err(RecordingError::AlreadyAssembled);
        }
        Ok(RecordingFailed { reason: command.reason, parts: command.parts, failed_at: command.failed_at })
    }

    fn count(&self) -> u32 {
        u32::try_from(self.parts.len()).unwrap_or(u32::MAX)
    }
}

impl Aggregate for Recording {
    const TYPE: &'static str = "recording";
    type Command = RecordingCommand;
    type Event = RecordingEvent;
    type Error = RecordingError;
    type Services = ();

    async fn handle(
        &mut self,
        command: RecordingCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), RecordingError> {
        let event: RecordingEvent = match command {
            RecordingCommand::Start(command) => self.start(command)?.into(),
            RecordingCommand::StorePart(command) => self.store_part(command)?.into(),
            RecordingCommand::End(command) => self.end(command.ended_at)?.into(),
            RecordingCommand::Store(command) => self.store(*command)?.into(),
            RecordingCommand::Fail(command) => self.fail(&command)?.into(),
        };
        sink.write(event, self).await;
        Ok(())
    }

    fn apply(&mut self, event: RecordingEvent) {
        match event {
            RecordingEvent::RecordingStarted(event) => {
                self.ended = false;
                self.takes.push(Take { first_part: event.first_part, started_at: event.started_at });
            }
            RecordingEvent::RecordingPartStored(event) => {
                self.bytes += event.size_bytes;
                let RecordingPartStored { part, blob, fingerprint, size_bytes, .. } = event;
                self.parts.insert(part, StoredPart { blob, fingerprint, size_bytes });
            }
            RecordingEvent::RecordingEnded(_) => self.ended = true,
            RecordingEvent::RecordingStored(event) => self.stored = Some(event),
            RecordingEvent::RecordingFailed(_) => {}
        }
    }
}

#[cfg(test)]
mod tests;
