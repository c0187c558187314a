//! What was heard.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::event::stored_events;
use crate::ids::{QuestionId, StreamId, UtteranceId};
use crate::personal::Personal;
use crate::speech::SpokenWord;

/// An event of a transcript.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TranscriptEvent {
    /// A page began to send audio.
    TranscriptionStarted(TranscriptionStarted),
    /// Another engine went on.
    EngineSwitched(EngineSwitched),
    /// Somebody spoke.
    UtteranceTranscribed(UtteranceTranscribed),
    /// Nobody spoke, or it was lost.
    AudioGapRecorded(AudioGapRecorded),
    /// No more audio comes.
    TranscriptionEnded(TranscriptionEnded),
}

stored_events!(TranscriptEvent {
    TranscriptionStarted => "transcription_started", "1";
    EngineSwitched => "engine_switched", "1";
    UtteranceTranscribed => "utterance_transcribed", "1";
    AudioGapRecorded => "audio_gap_recorded", "1";
    TranscriptionEnded => "transcription_ended", "1";
});

/// Chunks of 100 ms of one stream, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AudioRange {
    /// The stream that numbered them.
    pub stream_id: StreamId,
    /// The first chunk, from 1.
    pub first: u64,
    /// The last chunk.
    pub last: u64,
}

/// Why a stretch of audio has no words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GapCause {
    /// Nobody spoke.
    Silence,
    /// It was heard, and no words could be made out.
    NoWords,
    /// It never arrived: the connection was away longer than the browser keeps audio.
    Lost,
    /// The engine failed on it.
    EngineFailed,
}

/// A page began to send audio.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TranscriptionStarted {
    /// The page's stream.
    pub stream_id: StreamId,
    /// Who transcribes, with version.
    pub engine: String,
    /// When.
    pub started_at: DateTime<Utc>,
}

/// Another engine went on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EngineSwitched {
    /// Who transcribed until now.
    pub from: String,
    /// Who goes on.
    pub to: String,
    /// Why, without personal data.
    pub reason: String,
    /// When.
    pub switched_at: DateTime<Utc>,
}

/// Somebody spoke.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UtteranceTranscribed {
    /// Its id.
    pub utterance_id: UtteranceId,
    /// The question that was open.
    pub question_id: Option<QuestionId>,
    /// The chunks it was heard in, the silence before it included.
    pub audio: AudioRange,
    /// Who transcribed it, with version.
    pub engine: String,
    /// When its first word began, by the browser's clock.
    pub started_at: DateTime<Utc>,
    /// From its first word to the end of its last, in milliseconds.
    pub duration_ms: u32,
    /// In order.
    pub words: Personal<Vec<SpokenWord>>,
}

impl UtteranceTranscribed {
    /// Its words, unless they were erased.
    pub fn spoken(&self) -> &[SpokenWord] {
        self.words.present().map_or(&[], Vec::as_slice)
    }

    /// Its words as a line of text.
    pub fn text(&self) -> String {
        let words: Vec<_> = self.spoken().iter().map(|word| word.text.as_str()).collect();
        words.join(" ")
    }
}

/// Nobody spoke, or what was said was lost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AudioGapRecorded {
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TranscriptionEnded {
    /// When.
    pub ended_at: DateTime<Utc>,
}
