//! What can be asked of a transcript.

use chrono::{DateTime, Utc};

use super::event::{AudioRange, GapCause};
use crate::ids::{QuestionId, StreamId, UtteranceId};
use crate::speech::SpokenWord;

/// A request to a transcript.
#[derive(Debug, Clone, PartialEq)]
pub enum TranscriptCommand {
    /// A page begins to send audio.
    Start(StartTranscription),
    /// Another engine goes on.
    SwitchEngine(SwitchEngine),
    /// Somebody spoke.
    RecordUtterance(Box<RecordUtterance>),
    /// Nobody spoke, or it was lost.
    RecordGap(RecordGap),
    /// No more audio comes.
    End(EndTranscription),
}

/// A page begins to send audio; it takes over from any other.
#[derive(Debug, Clone, PartialEq)]
pub struct StartTranscription {
    /// The page's stream.
    pub stream_id: StreamId,
    /// Who transcribes, with version.
    pub engine: String,
    /// Now.
    pub started_at: DateTime<Utc>,
}

/// Another engine goes on.
#[derive(Debug, Clone, PartialEq)]
pub struct SwitchEngine {
    /// Who goes on, with version.
    pub to: String,
    /// Why, without personal data.
    pub reason: String,
    /// Now.
    pub switched_at: DateTime<Utc>,
}

/// Somebody spoke.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordUtterance {
    /// Its id.
    pub utterance_id: UtteranceId,
    /// The question that was open.
    pub question_id: Option<QuestionId>,
    /// The chunks it was heard in, the silence before it included.
    pub audio: AudioRange,
    /// When its first word began, by the browser's clock.
    pub started_at: DateTime<Utc>,
    /// From its first word to the end of its last.
    pub duration_ms: u32,
    /// 1 to 2,000 words, in order.
    pub words: Vec<SpokenWord>,
}

/// Nobody spoke, or what was said was lost.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordGap {
    /// The chunks.
    pub audio: AudioRange,
    /// Why there are no words.
    pub cause: GapCause,
    /// When it began, by the browser's clock.
    pub started_at: DateTime<Utc>,
    /// How long it is.
    pub duration_ms: u64,
}

/// No more audio comes.
#[derive(Debug, Clone, PartialEq)]
pub struct EndTranscription {
    /// Now.
    pub ended_at: DateTime<Utc>,
}
