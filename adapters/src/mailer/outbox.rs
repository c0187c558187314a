//! Writes messages into a folder, one JSON file each, for reading in development.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use interaura_domain::ids::MailId;
use interaura_domain::ports::clock::Clock;
use interaura_domain::ports::mailer::{Mailer, MailerError, Message, OutboxMessage};
use serde::{Deserialize, Serialize};

/// How many messages the page shows.
const SHOWN: usize = 100;

/// A folder of messages.
pub struct Outbox {
    folder: PathBuf,
    clock: Arc<dyn Clock>,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    mail_id: MailId,
    to: String,
    subject: String,
    text: String,
    link: Option<String>,
    sent_at: DateTime<Utc>,
}

impl Outbox {
    /// An outbox in a folder, which is made with the first message.
    pub fn new(folder: PathBuf, clock: Arc<dyn Clock>) -> Self {
        Self { folder, clock }
    }

    async fn write(&self, message: &Message) -> std::io::Result<()> {
        let stored = Stored {
            mail_id: message.mail_id,
            to: message.to.clone(),
            subject: message.subject.clone(),
            text: message.text.clone(),
            link: message.link.clone(),
            sent_at: self.clock.now(),
        };
        tokio::fs::create_dir_all(&self.folder).await?;
        let file = self.folder.join(format!("{}.json", message.mail_id));
        let draft = file.with_extension("part");
        tokio::fs::write(&draft, serde_json::to_vec_pretty(&stored)?).await?;
        tokio::fs::rename(draft, file).await
    }

    async fn read(&self) -> std::io::Result<Vec<OutboxMessage>> {
        let mut messages = Vec::new();
        let mut entries = tokio::fs::read_dir(&self.folder).await?;
        while let Some(entry) = entries.next_entry().await? {
            if entry.path().extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            let Ok(stored) = serde_json::from_slice::<Stored>(&tokio::fs::read(entry.path()).await?) else {
                continue;
            };
            let Stored { mail_id, to, subject, text, link, sent_at } = stored;
            messages.push(OutboxMessage { message: Message { mail_id, to, subject, text, link }, sent_at });
        }
        messages.sort_by_key(|message| std::cmp::Reverse(message.sent_at));
        messages.truncate(SHOWN);
        Ok(messages)
    }
}

#[async_trait]
impl Mailer for Outbox {
    async fn send(&self, message: &Message) -> Result<(), MailerError> {
        self.write(message).await.map_err(|source| MailerError::Unavailable(source.into()))
    }

    fn name(&self) -> &'static str {
        "outbox"
    }

    async fn outbox(&self) -> Option<Vec<OutboxMessage>> {
        Some(self.read().await.unwrap_or_default())
    }
}
