//! Why a transcript refuses.

/// The rule that a command would break.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TranscriptError {
    /// This stream is transcribed already.
    #[error("this stream is being transcribed")]
    AlreadyStarted,
    /// No stream is transcribed.
    #[error("nothing is being transcribed")]
    NotStarted,
    /// Another page sends the audio now.
    #[error("another page took over this interview's microphone")]
    StreamReplaced,
    /// These chunks were heard before.
    #[error("the audio up to chunk {up_to} was transcribed already")]
    AlreadyTranscribed {
        /// The last chunk that is committed.
        up_to: u64,
    },
    /// A range ends before it begins.
    #[error("a range of audio ends before it begins")]
    EmptyRange,
    /// An utterance says nothing.
    #[error("an utterance has at least one word")]
    NoWords,
    /// An utterance is too long.
    #[error("an utterance of {words} words is over the limit of {most}")]
    TooManyWords {
        /// How many.
        words: usize,
        /// How many are allowed.
        most: usize,
    },
}
