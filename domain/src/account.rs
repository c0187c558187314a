//! Accounts: who somebody is, and what they prepare for.
//!
//! Passwords and tokens are not events: they live in tables of their own, written in the same
//! transaction as the event they belong to.

pub mod command;
pub mod error;
pub mod event;

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};

use self::command::{
    AccountCommand, CloseAccount, CompleteProfile, RegisterAccount, RequestVerification, SignIn, VerifyEmail,
};
use self::error::AccountError;
use self::event::{
    AccountClosed, AccountEvent, AccountRegistered, EmailVerified, ProfileCompleted, SignedIn,
    VerificationRequested,
};
use crate::personal::Personal;

/// The longest name that is kept, in characters.
pub const MAX_NAME: usize = 120;

/// Whether somebody may use the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
enum Standing {
    #[default]
    Unknown,
    Registered,
    Verified,
    Closed,
}

/// One person's account.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Account {
    standing: Standing,
    email: Option<Personal<String>>,
    name: Option<Personal<String>>,
}

impl Account {
    /// The address to write to, unless nobody registered or it was erased.
    pub fn email(&self) -> Option<&str> {
        self.email.as_ref()?.present().map(String::as_str)
    }

    /// What the person is called.
    pub fn name(&self) -> Option<&str> {
        self.name.as_ref()?.present().map(String::as_str)
    }

    /// Whether the address is known to be theirs.
    pub fn is_verified(&self) -> bool {
        self.standing == Standing::Verified
    }

    fn register(&self, command: &RegisterAccount) -> Result<AccountRegistered, AccountError> {
        match self.standing {
            Standing::Unknown => {}
            Standing::Registered | Standing::Verified => return Err(AccountError::AlreadyRegistered),
            Standing::Closed => return Err(AccountError::Closed),
        }
        let name = checked_name(&command.name)?;
        let email = command.email.trim().to_owned();
        if !looks_like_an_address(&email) {
            return Err(AccountError::InvalidAddress);
        }
        Ok(AccountRegistered { email: email.into(), name: name.into(), registered_at: command.registered_at })
    }

    fn request_verification(
        &self,
        command: &RequestVerification,
    ) -> Result<VerificationRequested, AccountError> {
        match self.standing {
            Standing::Unknown => Err(AccountError::NotRegistered),
            Standing::Closed => Err(AccountError::Closed),
            Standing::Verified => Err(AccountError::AlreadyVerified),
            Standing::Registered => Ok(VerificationRequested { requested_at: command.requested_at }),
        }
    }

    fn verify(&self, command: &VerifyEmail) -> Result<EmailVerified, AccountError> {
        match self.standing {
            Standing::Unknown => Err(AccountError::NotRegistered),
            Standing::Closed => Err(AccountError::Closed),
            Standing::Verified => Err(AccountError::AlreadyVerified),
            Standing::Registered => Ok(EmailVerified { verified_at: command.verified_at }),
        }
    }

    fn complete_profile(&self, command: CompleteProfile) -> Result<ProfileCompleted, AccountError> {
        match self.standing {
            Standing::Unknown => Err(AccountError::NotRegistered),
            Standing::Closed => Err(AccountError::Closed),
            Standing::Registered => Err(AccountError::NotVerified),
            Standing::Verified => Ok(ProfileCompleted {
                name: checked_name(&command.name)?.into(),
                role: command.role,
                level: command.level,
                completed_at: command.completed_at,
            }),
        }
    }

    fn sign_in(&self, command: &SignIn) -> Result<SignedIn, AccountError> {
        match self.standing {
            Standing::Unknown => Err(AccountError::NotRegistered),
            Standing::Closed => Err(AccountError::Closed),
            Standing::Registered | Standing::Verified => Ok(SignedIn { signed_in_at: command.signed_in_at }),
        }
    }

    fn close(&self, command: &CloseAccount) -> Result<AccountClosed, AccountError> {
        match self.standing {
            Standing::Unknown => Err(AccountError::NotRegistered),
            Standing::Closed => Err(AccountError::Closed),
            Standing::Registered | Standing::Verified => Ok(AccountClosed { closed_at: command.closed_at }),
        }
    }
}

/// Trims a name and checks its length.
fn checked_name(name: &str) -> Result<String, AccountError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
        return Err(AccountError::InvalidName { longest: MAX_NAME });
    }
    Ok(name)
}

/// Whether a text has the shape of an address; only a message that arrives proves one.
pub fn looks_like_an_address(address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else { return false };
    !local.is_empty()
        && address.len() <= 254
        && !address.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, ',' | ';' | '<' | '>'))
        && !local.contains('@')
        && domain.contains('.')
        && domain.split('.').all(|label| !label.is_empty() && !label.starts_with('-'))
}

impl Aggregate for Account {
    const TYPE: &'static str = "account";
    type Command = AccountCommand;
    type Event = AccountEvent;
    type Error = AccountError;
    type Services = ();

    async fn handle(
        &mut self,
        command: AccountCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), AccountError> {
        match command {
            AccountCommand::Register(command) => {
                let requested_at = command.registered_at;
                let registered = self.register(&command)?;
                sink.write(registered.into(), self).await;
                sink.write(VerificationRequested { requested_at }.into(), self).await;
            }
            AccountCommand::RequestVerification(command) => {
                let event = self.request_verification(&command)?;
                sink.write(event.into(), self).await;
            }
            AccountCommand::VerifyEmail(command) => {
                let event = self.verify(&command)?;
                sink.write(event.into(), self).await;
            }
            AccountCommand::CompleteProfile(command) => {
                let event = self.complete_profile(command)?;
                sink.write(event.into(), self).await;
            }
            AccountCommand::SignIn(command) => {
                let event = self.sign_in(&command)?;
                sink.write(event.into(), self).await;
            }
            AccountCommand::Close(command) => {
                let event = self.close(&command)?;
                sink.write(event.into(), self).await;
            }
        }
        Ok(())
    }

    fn apply(&mut self, event: AccountEvent) {
        match event {
            AccountEvent::AccountRegistered(event) => {
                self.standing = Standing::Registered;
                self.email = Some(event.email);
                self.name = Some(event.name);
            }
            AccountEvent::EmailVerified(_) => self.standing = Standing::Verified,
            AccountEvent::ProfileCompleted(event) => self.name = Some(event.name),
            AccountEvent::AccountClosed(_) => {
                *self = Self { standing: Standing::Closed, email: None, name: None };
            }
            AccountEvent::VerificationRequested(_) | AccountEvent::SignedIn(_) => {}
        }
    }
}

#[cfg(test)]
mod tests;
