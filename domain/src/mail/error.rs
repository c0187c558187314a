//! Why a message refuses.

/// The rule that a command would break.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// It was asked for before.
    #[error("this message is queued already")]
    AlreadyQueued,
    /// Nobody asked for it.
    #[error("there is no such message")]
    NotQueued,
    /// It was sent or given up before.
    #[error("this message was sent or given up already")]
    AlreadySettled,
}
