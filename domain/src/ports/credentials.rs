//! Passwords, verification links and sessions. None of them is an event.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use secrecy::SecretString;

use super::Cause;
use super::commands::Companion;
use crate::ids::CandidateId;
use crate::words::counted;

/// A password that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct WeakPassword {
    /// What is wrong with it, for the user.
    pub reason: String,
    /// How to make a better one.
    pub advice: Vec<String>,
}

/// Why a new account's credentials were not made.
#[derive(Debug, thiserror::Error)]
pub enum CredentialsError {
    /// The password can be guessed.
    #[error(transparent)]
    Weak(#[from] WeakPassword),
    /// Too many wrong tries; wait.
    #[error("too many attempts; try again in {}", counted(*seconds, "second"))]
    TooManyAttempts {
        /// How long to wait.
        seconds: u64,
    },
    /// Worth trying again.
    #[error("the credentials are not available")]
    Unavailable(#[source] Cause),
}

/// Somebody who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// Who it is.
    pub candidate_id: CandidateId,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

/// Passwords, verification links and sessions.
#[async_trait]
pub trait Credentials: Send + Sync {
    /// Checks a new password and gives what is to be stored with the registration.
    ///
    /// # Errors
    /// The password is weak.
    async fn enrol(
        &self,
        candidate_id: CandidateId,
        email: &str,
        name: &str,
        password: &SecretString,
    ) -> Result<Vec<Companion>, CredentialsError>;

    /// Who has this address and password. It takes as long for an unknown address as for a wrong password.
    ///
    /// # Errors
    /// Too many wrong tries for the address.
    async fn authenticate(
        &self,
        email: &str,
        password: &SecretString,
    ) -> Result<Option<CandidateId>, CredentialsError>;

    /// A fresh token for a verification link.
    ///
    /// # Errors
    /// The store is not available.
    async fn issue_verification(&self, candidate_id: CandidateId) -> Result<SecretString, CredentialsError>;

    /// Whose token this is, unless it expired or never was.
    ///
    /// # Errors
    /// The store is not available.
    async fn check_verification(&self, token: &SecretString)
    -> Result<Option<CandidateId>, CredentialsError>;

    /// Opens a session and gives its token.
    ///
    /// # Errors
    /// The store is not available.
    async fn open_session(
        &self,
        candidate_id: CandidateId,
    ) -> Result<(SecretString, Session), CredentialsError>;

    /// The session of a token.
    ///
    /// # Errors
    /// The store is not available.
    async fn session(&self, token: &SecretString) -> Result<Option<Session>, CredentialsError>;

    /// Ends a session.
    ///
    /// # Errors
    /// The store is not available.
    async fn close_session(&self, token: &SecretString) -> Result<(), CredentialsError>;

    /// Forgets address, password, links and sessions of a candidate: the address can be registered anew.
    ///
    /// # Errors
    /// The store is not available.
    async fn forget(&self, candidate_id: CandidateId) -> Result<(), CredentialsError>;
}
