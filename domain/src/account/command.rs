//! What can be asked of an account.

use chrono::{DateTime, Utc};

use crate::role::{ExperienceLevel, RoleSlug};

/// A request to an account.
#[derive(Debug, Clone, PartialEq)]
pub enum AccountCommand {
    /// Open it.
    Register(RegisterAccount),
    /// Send another link.
    RequestVerification(RequestVerification),
    /// The link was followed.
    VerifyEmail(VerifyEmail),
    /// Say who one is and what one prepares for.
    CompleteProfile(CompleteProfile),
    /// The password was right.
    SignIn(SignIn),
    /// Close it for good.
    Close(CloseAccount),
}

/// Opens an account. The address is reserved, and the password stored, in the same transaction.
#[derive(Debug, Clone, PartialEq)]
pub struct RegisterAccount {
    /// The address; its shape is checked, a link proves the rest.
    pub email: String,
    /// What the person is called, 1 to 120 characters.
    pub name: String,
    /// Now.
    pub registered_at: DateTime<Utc>,
}

/// Asks for another link.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestVerification {
    /// Now.
    pub requested_at: DateTime<Utc>,
}

/// The link was followed.
#[derive(Debug, Clone, PartialEq)]
pub struct VerifyEmail {
    /// Now.
    pub verified_at: DateTime<Utc>,
}

/// Says who one is and what one prepares for.
#[derive(Debug, Clone, PartialEq)]
pub struct CompleteProfile {
    /// What the person is called, 1 to 120 characters.
    pub name: String,
    /// The target role.
    pub role: RoleSlug,
    /// How far along.
    pub level: ExperienceLevel,
    /// Now.
    pub completed_at: DateTime<Utc>,
}

/// The password was right.
#[derive(Debug, Clone, PartialEq)]
pub struct SignIn {
    /// Now.
    pub signed_in_at: DateTime<Utc>,
}

/// Closes an account for good: what is personal is erased.
#[derive(Debug, Clone, PartialEq)]
pub struct CloseAccount {
    /// Now.
    pub closed_at: DateTime<Utc>,
}
