//! The outbox, for reading mail in development.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use interaura_domain::ports::mailer::OutboxMessage as Stored;

use crate::services::Services;

/// A message of the outbox.
#[derive(SimpleObject)]
pub struct OutboxMessage {
    id: ID,
    to: String,
    subject: String,
    sent_at: DateTime<Utc>,
    text: String,
    link: Option<String>,
}

impl From<Stored> for OutboxMessage {
    fn from(stored: Stored) -> Self {
        let message = stored.message;
        Self {
            id: ID(message.mail_id.to_string()),
            to: message.to,
            subject: message.subject,
            sent_at: stored.sent_at,
            text: message.text,
            link: message.link,
        }
    }
}

/// Queries about the outbox.
#[derive(Default)]
pub struct OutboxQuery;

#[Object]
impl OutboxQuery {
    /// Messages of the outbox, newest first; null where mail is really sent, or the server is not only this machine's.
    async fn outbox(&self, ctx: &Context<'_>) -> Result<Option<Vec<OutboxMessage>>> {
        let services: &Services = ctx.data()?;
        if !services.show_outbox {
            return Ok(None);
        }
        let messages = services.mailer.outbox().await;
        Ok(messages.map(|messages| messages.into_iter().map(OutboxMessage::from).collect()))
    }
}
