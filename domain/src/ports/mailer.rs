//! Sends messages.

use async_trait::async_trait;

use super::Cause;
use crate::ids::MailId;

/// A message ready to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Makes the Message-ID, so that a message sent twice can be told.
    pub mail_id: MailId,
    /// The address.
    pub to: String,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The one link of the message.
    pub link: Option<String>,
}

/// Why a message was not sent.
#[derive(Debug, thiserror::Error)]
pub enum MailerError {
    /// Worth trying again.
    #[error("the mail system is not available")]
    Unavailable(#[source] Cause),
    /// Trying again does not help.
    #[error("the mail system refused the message: {0}")]
    Refused(String),
}

/// A message that was put into the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxMessage {
    /// The message.
    pub message: Message,
    /// When it was put there.
    pub sent_at: chrono::DateTime<chrono::Utc>,
}

/// Sends messages.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands a message over.
    ///
    /// # Errors
    /// The mail system is away or refuses.
    async fn send(&self, message: &Message) -> Result<(), MailerError>;

    /// Its name, for events: `outbox`.
    fn name(&self) -> &'static str;

    /// What lies in the outbox, newest first; `None` where messages are really sent.
    async fn outbox(&self) -> Option<Vec<OutboxMessage>>;

    /// Deletes what lies in the outbox for an address; what was really sent is beyond reach.
    ///
    /// # Errors
    /// The outbox cannot be read or changed.
    async fn forget(&self, to: &str) -> Result<(), MailerError>;
}
