//! What happened to an account.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::event::stored_events;
use crate::personal::Personal;
use crate::role::{ExperienceLevel, RoleSlug};

/// An event of an account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountEvent {
    /// Opened.
    AccountRegistered(AccountRegistered),
    /// A link is to be sent.
    VerificationRequested(VerificationRequested),
    /// The link was followed.
    EmailVerified(EmailVerified),
    /// The person said what they prepare for.
    ProfileCompleted(ProfileCompleted),
    /// The person came in.
    SignedIn(SignedIn),
    /// Closed for good.
    AccountClosed(AccountClosed),
}

stored_events!(AccountEvent {
    AccountRegistered => "account_registered", "1";
    VerificationRequested => "verification_requested", "1";
    EmailVerified => "email_verified", "1";
    ProfileCompleted => "profile_completed", "1";
    SignedIn => "signed_in", "1";
    AccountClosed => "account_closed", "1";
});

/// An account was opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AccountRegistered {
    /// The address, as written.
    pub email: Personal<String>,
    /// What the person is called.
    pub name: Personal<String>,
    /// When.
    pub registered_at: DateTime<Utc>,
}

/// A link that proves the address is to be sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VerificationRequested {
    /// When.
    pub requested_at: DateTime<Utc>,
}

/// The link was followed: the address is theirs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EmailVerified {
    /// When.
    pub verified_at: DateTime<Utc>,
}

/// The person said who they are and what they prepare for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProfileCompleted {
    /// What the person is called.
    pub name: Personal<String>,
    /// The target role.
    pub role: RoleSlug,
    /// How far along.
    pub level: ExperienceLevel,
    /// When.
    pub completed_at: DateTime<Utc>,
}

/// The person came in with the right password.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SignedIn {
    /// When.
    pub signed_in_at: DateTime<Utc>,
}

/// The person closed the account for good. Their key is destroyed after this: what was personal in the events
/// before reads as erased, in every copy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AccountClosed {
    /// When.
    pub closed_at: DateTime<Utc>,
}
