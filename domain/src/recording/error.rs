//! Why a recording refuses.

/// The rule that a command would break.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordingError {
    /// Nothing is recorded in secret.
    #[error("nothing is recorded unless you agree to it")]
    NoConsent,
    /// Not a form that parts can be joined in.
    #[error("recordings are WebM; this browser records something else")]
    UnknownMedia,
    /// Started too often.
    #[error("a recording is started at most {most} times")]
    TooManyTakes {
        /// The most.
        most: u32,
    },
    /// A clock went back.
    #[error("this began before what was recorded last; check the clock of your computer")]
    BeforeTheLast,
    /// Nobody started it.
    #[error("this interview is not being recorded")]
    NotStarted,
    /// It is over.
    #[error("this recording has ended")]
    Ended,
    /// No take has this number.
    #[error("part {part} belongs to nothing that is being recorded")]
    UnknownTake {
        /// Its number.
        part: u32,
    },
    /// It came before.
    #[error("part {part} is here already")]
    AlreadyStored {
        /// Its number.
        part: u32,
    },
    /// Another part came under its number.
    #[error("another part {part} is here already")]
    Differs {
        /// Its number.
        part: u32,
    },
    /// Nothing came.
    #[error("the part is empty")]
    EmptyPart,
    /// Too large.
    #[error("a part has at most {} MiB", most >> 20)]
    PartTooLarge {
        /// The most bytes.
        most: u64,
    },
    /// All parts are too large.
    #[error("a recording has at most {} MiB; it ends here, and the interview goes on", most >> 20)]
    TooLarge {
        /// The most bytes.
        most: u64,
    },
    /// It was taken up again meanwhile; a later outcome will be about all of it.
    #[error("more was recorded since")]
    GoesOn,
    /// The file is there.
    #[error("the parts are one file already")]
    AlreadyAssembled,
}
