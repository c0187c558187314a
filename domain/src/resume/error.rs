//! Why a resume refuses.

/// The rule that a command would break.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResumeError {
    /// The id is taken.
    #[error("this resume is uploaded already")]
    AlreadyUploaded,
    /// Nobody uploaded it.
    #[error("there is no such resume")]
    NotUploaded,
    /// Empty or too large.
    #[error("a resume has 1 byte to 10 MB, not {size_bytes} bytes")]
    SizeOutOfRange {
        /// Its size.
        size_bytes: u64,
    },
    /// The text is known, or the file was rejected.
    #[error("this resume is read already")]
    AlreadyRead,
    /// The text is not known yet.
    #[error("this resume is still being read")]
    NotRead,
    /// The file was rejected.
    #[error("this resume cannot be read; upload another")]
    Unusable,
    /// The id of the match is taken.
    #[error("this match was asked for already")]
    MatchAlreadyRequested,
    /// Nobody asked for the match.
    #[error("nobody asked for this match")]
    UnknownMatch,
    /// The match has an outcome.
    #[error("this match is done already")]
    AlreadyAnalysed,
    /// Empty or too long.
    #[error("a job post has 1 to {longest} characters, not {length}")]
    JobPostLength {
        /// Its length in characters.
        length: usize,
        /// The longest that is taken.
        longest: usize,
    },
}
