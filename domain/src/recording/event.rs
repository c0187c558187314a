//! What happened to a recording.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::envelope::KeyedHash;
use crate::event::stored_events;
use crate::resume::event::BlobRef;

/// An event of a recording.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordingEvent {
    /// The candidate agreed, and the camera began.
    RecordingStarted(RecordingStarted),
    /// A part came.
    RecordingPartStored(RecordingPartStored),
    /// No more parts come.
    RecordingEnded(RecordingEnded),
    /// The parts are one file.
    RecordingStored(RecordingStored),
    /// The parts cannot become a file.
    RecordingFailed(RecordingFailed),
}

stored_events!(RecordingEvent {
    RecordingStarted => "recording_started", "1";
    RecordingPartStored => "recording_part_stored", "1";
    RecordingEnded => "recording_ended", "1";
    RecordingStored => "recording_stored", "1";
    RecordingFailed => "recording_failed", "1";
});

/// The candidate agreed to be recorded, and the camera began; again after a pause or a reload.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecordingStarted {
    /// That the candidate agreed; without it there is no recording.
    pub consent: bool,
    /// The number of the first part of this take.
    pub first_part: u32,
    /// As the browser names it: `video/webm;codecs=vp8,opus`.
    pub media_type: String,
    /// When the first picture was taken, by our clock.
    pub started_at: DateTime<Utc>,
}

/// A part came and was sealed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecordingPartStored {
    /// Its number.
    pub part: u32,
    /// Where it is.
    pub blob: BlobRef,
    /// Tells equal parts.
    pub fingerprint: KeyedHash,
    /// Its size.
    pub size_bytes: u64,
    /// When.
    pub stored_at: DateTime<Utc>,
}

/// No more parts come, unless the candidate takes the interview up again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecordingEnded {
    /// How many parts came.
    pub parts: u32,
    /// When.
    pub ended_at: DateTime<Utc>,
}

/// The parts are one file that can be played from any moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecordingStored {
    /// The file, cut into pieces of one size; the last may be shorter.
    pub pieces: Vec<BlobRef>,
    /// The size of a piece before it is sealed.
    pub piece_bytes: u32,
    /// The size of the file.
    pub size_bytes: u64,
    /// What the file is.
    pub media_type: String,
    /// The moment that the file begins with; what was said a second later is heard at its first second.
    pub started_at: DateTime<Utc>,
    /// How long it plays.
    pub duration_ms: u64,
    /// How many parts it was made of.
    pub parts: u32,
    /// How many parts never came, between others.
    pub missing_parts: u32,
    /// What made it, with version.
    pub assembler: String,
    /// When.
    pub stored_at: DateTime<Utc>,
}

/// Why parts cannot become a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordingFailure {
    /// No part came.
    Empty,
    /// They are not what a browser records.
    Unreadable,
    /// Joining them took more time, memory or room than it may.
    TooCostly,
    /// What joins parts was not there, after the last try.
    AssemblerUnavailable,
}

/// The parts cannot become a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecordingFailed {
    /// Why.
    pub reason: RecordingFailure,
    /// How many parts there are.
    pub parts: u32,
    /// When.
    pub failed_at: DateTime<Utc>,
}
