//! Why there is no answer.

use std::time::Duration;

use interaura_domain::ports::Cause;

/// Why there is no whole answer of the model.
#[derive(Debug, thiserror::Error)]
pub enum ChatError {
    /// The key is wrong, or may not do this.
    #[error("the model's server does not accept the key")]
    Key,
    /// The server does not take the request as it is.
    #[error("the model's server refuses the request, answer {status}, code {code}")]
    Refused {
        /// Its status.
        status: u16,
        /// Its code for the reason, or nothing.
        code: String,
        /// Its words; they may repeat what was sent, so they are not shown.
        message: String,
    },
    /// The prompt and the room for its answer exceed what the server takes at once.
    #[error("the text is too long for the model")]
    TooLarge,
    /// It is asked too often, has no capacity, or is in trouble.
    #[error("the model's server is busy, answer {status}")]
    Busy {
        /// Its status.
        status: u16,
        /// When it wants to be asked again.
        retry_after: Option<Duration>,
    },
    /// Nothing came within the time of one try.
    #[error("the model's server does not answer in time")]
    TimedOut,
    /// The time of the ask is over.
    #[error("the model did not answer within its time")]
    OutOfTime,
    /// It cannot be reached.
    #[error("the model's server cannot be reached")]
    Unreachable(#[source] Cause),
    /// The answer broke off.
    #[error("the model's answer broke off")]
    BrokeOff,
    /// The model said as much as it may, and was not done.
    #[error("the model's answer is too long")]
    CutShort,
    /// The model could not keep to the form that was asked for.
    #[error("the model did not keep to the form of an answer")]
    NoForm,
    /// What came is no answer.
    #[error("the model's server answers in a form that cannot be read")]
    Unreadable,
    /// It failed in a row, and is left alone for a while.
    #[error("the model's server failed in a row and is left alone for a while")]
    Resting,
}

impl ChatError {
    /// Whether the same may succeed a moment later.
    pub(super) fn is_passing(&self) -> bool {
        match self {
            Self::Busy { .. } | Self::TimedOut | Self::Unreachable(_) | Self::BrokeOff | Self::Unreadable => {
                true
            }
            Self::Key
            | Self::Refused { .. }
            | Self::TooLarge
            | Self::OutOfTime
            | Self::CutShort
            | Self::NoForm
            | Self::Resting => false,
        }
    }

    /// Whether the server, and not this one text, is at fault.
    pub(super) fn is_outage(&self) -> bool {
        self.is_passing() || matches!(self, Self::OutOfTime | Self::Key)
    }

    /// One word, for figures.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Refused { .. } => "refused",
            Self::TooLarge => "too_large",
            Self::Busy { .. } => "busy",
            Self::TimedOut | Self::OutOfTime => "timed_out",
            Self::Unreachable(_) => "unreachable",
            Self::BrokeOff => "broke_off",
            Self::CutShort => "cut_short",
            Self::NoForm => "no_form",
            Self::Unreadable => "unreadable",
            Self::Resting => "resting",
        }
    }
}
