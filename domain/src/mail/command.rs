//! What can be asked of a message.

use chrono::{DateTime, Utc};

use super::event::MailTemplate;

/// A request to a message.
#[derive(Debug, Clone, PartialEq)]
pub enum MailCommand {
    /// Ask for it.
    Queue(QueueEmail),
    /// The mail system took it.
    RecordSent(RecordSent),
    /// It was given up.
    RecordFailed(RecordFailed),
}

/// Asks for a message.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueEmail {
    /// The address.
    pub to: String,
    /// What it says.
    pub template: MailTemplate,
    /// Now.
    pub queued_at: DateTime<Utc>,
}

/// The mail system took the message.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordSent {
    /// Which mail system.
    pub mailer: String,
    /// Now.
    pub sent_at: DateTime<Utc>,
}

/// The message was given up.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordFailed {
    /// Why, without personal data.
    pub reason: String,
    /// Now.
    pub failed_at: DateTime<Utc>,
}
