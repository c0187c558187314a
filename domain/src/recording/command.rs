//! What can be asked of a recording.

use chrono::{DateTime, Utc};

use super::event::RecordingFailure;
use crate::envelope::KeyedHash;
use crate::resume::event::BlobRef;

/// A request to a recording.
#[derive(Debug, Clone, PartialEq)]
pub enum RecordingCommand {
    /// The camera begins.
    Start(StartRecording),
    /// A part came.
    StorePart(StoreRecordingPart),
    /// No more parts come.
    End(EndRecording),
    /// The parts are one file.
    Store(Box<StoreRecording>),
    /// The parts cannot become a file.
    Fail(FailRecording),
}

/// The camera begins, or begins again.
#[derive(Debug, Clone, PartialEq)]
pub struct StartRecording {
    /// Whether the candidate said so.
    pub consent: bool,
    /// As the browser names it: `video/webm;codecs=vp8,opus`.
    pub media_type: String,
    /// When the first picture was taken, by our clock.
    pub started_at: DateTime<Utc>,
}

/// A part came and is sealed.
#[derive(Debug, Clone, PartialEq)]
pub struct StoreRecordingPart {
    /// Its number.
    pub part: u32,
    /// Where it is.
    pub blob: BlobRef,
    /// Tells equal parts.
    pub fingerprint: KeyedHash,
    /// Its size.
    pub size_bytes: u64,
    /// Now.
    pub stored_at: DateTime<Utc>,
}

/// No more parts come.
#[derive(Debug, Clone, PartialEq)]
pub struct EndRecording {
    /// Now.
    pub ended_at: DateTime<Utc>,
}

/// The parts are one file.
#[derive(Debug, Clone, PartialEq)]
pub struct StoreRecording {
    /// The file, cut into pieces of one size; the last may be shorter.
    pub pieces: Vec<BlobRef>,
    /// The size of a piece before it is sealed.
    pub piece_bytes: u32,
    /// The size of the file.
    pub size_bytes: u64,
    /// What the file is.
    pub media_type: String,
    /// The moment that the file begins with.
    pub started_at: DateTime<Utc>,
    /// How long it plays.
    pub duration_ms: u64,
    /// How many parts it was made of.
    pub parts: u32,
    /// What made it, with version.
    pub assembler: String,
    /// Now.
    pub stored_at: DateTime<Utc>,
}

/// The parts cannot become a file.
#[derive(Debug, Clone, PartialEq)]
pub struct FailRecording {
    /// Why.
    pub reason: RecordingFailure,
    /// How many parts there are.
    pub parts: u32,
    /// Now.
    pub failed_at: DateTime<Utc>,
}
