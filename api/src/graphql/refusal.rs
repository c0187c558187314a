//! Why a command was turned down: data, not an error.

use async_graphql::{Enum, SimpleObject};
use interaura_domain::account::error::AccountError;
use interaura_domain::interview::error::InterviewError;
use interaura_domain::resume::error::ResumeError;

use crate::words::sentence;

/// The kinds of refusals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum RefusalCode {
    /// A value cannot be used.
    InvalidInput,
    /// Somebody has the address.
    AddressTaken,
    /// The password can be guessed.
    WeakPassword,
    /// Address and password do not belong together.
    WrongCredentials,
    /// Wait before the next try.
    TooManyAttempts,
    /// The link does not count any more.
    LinkExpired,
    /// Nobody is signed in.
    NotSignedIn,
    /// The address is not verified.
    NotVerified,
    /// It was done before.
    AlreadyDone,
    /// There is none, or it is somebody else's.
    NotFound,
    /// Something else has to come first.
    WrongOrder,
    /// The text is too long.
    TooLong,
    /// A newer one is kept.
    Stale,
    /// The command id belongs to another command.
    CommandIdReused,
    /// Others keep writing; try again.
    Busy,
}

/// Why a command was turned down. Nothing was changed.
#[derive(Debug, Clone, SimpleObject)]
pub struct Refusal {
    /// The kind.
    pub code: RefusalCode,
    /// For the user: what is wrong and what to do.
    pub message: String,
    /// The input field it speaks of.
    pub field: Option<String>,
}

impl Refusal {
    pub(crate) fn new(code: RefusalCode, message: impl Into<String>) -> Self {
        Self { code, message: sentence(&message.into()), field: None }
    }

    pub(crate) fn of_field(field: &str, code: RefusalCode, message: impl Into<String>) -> Self {
        Self { field: Some(field.to_owned()), ..Self::new(code, message) }
    }

    pub(crate) fn not_found() -> Self {
        Self::new(RefusalCode::NotFound, "this does not exist, or it belongs to somebody else")
    }
}

/// A domain's refusal in the browser's terms.
pub(crate) trait IntoRefusal {
    fn into_refusal(self) -> Refusal;
}

impl IntoRefusal for AccountError {
    fn into_refusal(self) -> Refusal {
        let message = self.to_string();
        match self {
            Self::AlreadyRegistered | Self::AlreadyVerified => {
                Refusal::new(RefusalCode::AlreadyDone, message)
            }
            Self::NotRegistered | Self::Closed => Refusal::new(RefusalCode::NotFound, message),
            Self::NotVerified => Refusal::new(RefusalCode::NotVerified, message),
            Self::InvalidAddress => Refusal::of_field("email", RefusalCode::InvalidInput, message),
            Self::InvalidName { .. } => Refusal::of_field("name", RefusalCode::InvalidInput, message),
        }
    }
}

impl IntoRefusal for ResumeError {
    fn into_refusal(self) -> Refusal {
        let message = self.to_string();
        match self {
            Self::AlreadyUploaded
            | Self::AlreadyRead
            | Self::MatchAlreadyRequested
            | Self::AlreadyAnalysed => Refusal::new(RefusalCode::AlreadyDone, message),
            Self::NotUploaded | Self::UnknownMatch => Refusal::new(RefusalCode::NotFound, message),
            Self::NotRead | Self::Unusable => Refusal::new(RefusalCode::WrongOrder, message),
            Self::SizeOutOfRange { .. } => Refusal::new(RefusalCode::InvalidInput, message),
            Self::JobPostLength { length, longest } if length > longest => {
                Refusal::of_field("jobPost", RefusalCode::TooLong, message)
            }
            Self::JobPostLength { .. } => Refusal::of_field("jobPost", RefusalCode::InvalidInput, message),
        }
    }
}

impl IntoRefusal for InterviewError {
    fn into_refusal(self) -> Refusal {
        let message = self.to_string();
        match self {
            Self::NotConfigured | Self::UnknownQuestion { .. } | Self::UnknownAnswer { .. } => {
                Refusal::new(RefusalCode::NotFound, message)
            }
            Self::AlreadyConfigured
            | Self::AlreadyPlanned
            | Self::AlreadyStarted
            | Self::AlreadyCompleted
            | Self::Discarded
            | Self::AlreadyAnswered { .. }
            | Self::AlreadyAsked
            | Self::AlreadyEvaluated { .. }
            | Self::AlreadyImproved { .. }
            | Self::AlreadyMeasured { .. }
            | Self::ContestGoesOn { .. }
            | Self::ReportAlreadyIssued => Refusal::new(RefusalCode::AlreadyDone, message),
            Self::NotReady
            | Self::NotStarted
            | Self::NotInProgress
            | Self::NotPaused
            | Self::NotCompleted
            | Self::NothingAnswered
            | Self::NoMoreExtensions { .. }
            | Self::FollowUpToFollowUp
            | Self::NotAnswered { .. }
            | Self::RetryGoesOn
            | Self::NoMoreRetries { .. }
            | Self::NotEvaluated { .. }
            | Self::NotContested { .. }
            | Self::CountsWithFollowUp { .. }
            | Self::NoMoreContests { .. }
            | Self::AwaitingEvaluations => Refusal::new(RefusalCode::WrongOrder, message),
            Self::QuestionCount { .. } => Refusal::of_field("questions", RefusalCode::InvalidInput, message),
            Self::Difficulty => Refusal::of_field("difficulty", RefusalCode::InvalidInput, message),
            Self::NoReason => Refusal::of_field("reason", RefusalCode::InvalidInput, message),
            Self::ReasonTooLong { .. } => Refusal::of_field("reason", RefusalCode::TooLong, message),
            Self::EmptyAnswer => Refusal::of_field("text", RefusalCode::InvalidInput, message),
            Self::AnswerTooLong { .. } => Refusal::of_field("text", RefusalCode::TooLong, message),
            Self::NothingSaid | Self::NoQuestions | Self::NoRatings | Self::NotSpoken { .. } => {
                Refusal::new(RefusalCode::InvalidInput, message)
            }
            Self::StaleDraft { .. } => Refusal::new(RefusalCode::Stale, message),
        }
    }
}
