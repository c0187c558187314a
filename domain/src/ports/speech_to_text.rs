//! Turns speech into words while it is spoken.

use async_trait::async_trait;

use super::Cause;
use crate::speech::SpokenWord;

/// Samples per second of all audio: 16-bit, one channel.
pub const SAMPLE_RATE: u32 = 16_000;

/// What an engine heard. Times are in ms of the audio that the session was given.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// Words that may still change; they replace the interim words before them.
    Interim {
        /// When the first word begins.
        start_ms: u64,
        /// With times from `start_ms`.
        words: Vec<SpokenWord>,
    },
    /// Words that stay.
    Final {
        /// When the first word begins.
        start_ms: u64,
        /// Up to where the audio is done with; what follows starts a new utterance.
        until_ms: u64,
        /// With times from `start_ms`; empty where no words could be made out.
        words: Vec<SpokenWord>,
    },
    /// Nobody spoke up to here.
    Silence {
        /// Up to where the audio is done with.
        until_ms: u64,
    },
}

/// Why an engine cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum SpeechError {
    /// The connection or the process is gone; another session may work.
    #[error("the speech engine is not available")]
    Unavailable(#[source] Cause),
    /// Another session will not work: wrong key, out of credit.
    #[error("the speech engine refuses: {0}")]
    Refused(String),
}

/// One stream of audio being heard.
#[async_trait]
pub trait SpeechSession: Send {
    /// Takes the next samples; never waits for words.
    ///
    /// # Errors
    /// The session is over.
    async fn hear(&mut self, samples: &[i16]) -> Result<(), SpeechError>;

    /// The next thing heard. Dropping the future loses nothing.
    ///
    /// # Errors
    /// The session is over.
    async fn heard(&mut self) -> Result<Heard, SpeechError>;

    /// Asks for final words of all that was given so far; they arrive through [`Self::heard`], and a
    /// [`Heard::Silence`] or [`Heard::Final`] reaches the end of the audio.
    ///
    /// # Errors
    /// The session is over.
    async fn finalize(&mut self) -> Result<(), SpeechError>;
}

/// Turns speech into words while it is spoken.
#[async_trait]
pub trait SpeechToText: Send + Sync {
    /// Its name and version: `whisper-tiny.en/1`.
    fn name(&self) -> &str;

    /// Begins to hear a stream.
    ///
    /// # Errors
    /// The engine cannot be reached, or refuses.
    async fn open(&self) -> Result<Box<dyn SpeechSession>, SpeechError>;
}
