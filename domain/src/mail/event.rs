//! What happened to a message.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::event::stored_events;
use crate::personal::Personal;

/// An event of a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailEvent {
    /// It was asked for.
    EmailQueued(EmailQueued),
    /// The mail system took it.
    EmailSent(EmailSent),
    /// It was given up.
    EmailFailed(EmailFailed),
}

stored_events!(MailEvent {
    EmailQueued => "email_queued", "1";
    EmailSent => "email_sent", "1";
    EmailFailed => "email_failed", "1";
});

/// What a message says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailTemplate {
    /// The link that proves an address.
    Verification,
}

/// A message was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EmailQueued {
    /// The address.
    pub to: Personal<String>,
    /// What it says.
    pub template: MailTemplate,
    /// When.
    pub queued_at: DateTime<Utc>,
}

/// The mail system took the message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EmailSent {
    /// Which mail system.
    pub mailer: String,
    /// When.
    pub sent_at: DateTime<Utc>,
}

/// The message was given up after the last try.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EmailFailed {
    /// Why, without personal data.
    pub reason: String,
    /// When.
    pub failed_at: DateTime<Utc>,
}
