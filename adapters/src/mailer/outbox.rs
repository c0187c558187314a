//! Writes messages into a folder, one JSON file each, for reading in development.
//!
//! They are in the clear, with the links that sign somebody in: only the owner may read folder and files.

use std::fs::Permissions;
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use interaura_domain::ids::MailId;
use interaura_domain::ports::clock::Clock;
use interaura_domain::ports::mailer::{Mailer, MailerError, Message, OutboxMessage};
use serde::{Deserialize, Serialize};
use tokio::io::AsyncWriteExt as _;

/// Only the owner looks into the folder,
const FOLDER: u32 = 0o700;
/// and reads what is there.
const FILE: u32 = 0o600;
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
    /// An outbox in a folder, which is made with the first message. One that others could read is closed to them.
    pub fn new(folder: PathBuf, clock: Arc<dyn Clock>) -> Self {
        if let Err(error) = close(&folder) {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, "the outbox {} may be readable to others", folder.display());
        }
        Self { folder, clock }
    }

    fn file(&self, mail_id: MailId) -> PathBuf {
        self.folder.join(format!("{mail_id}.json"))
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
        tokio::fs::DirBuilder::new().recursive(true).mode(FOLDER).create(&self.folder).await?;
        let file = self.file(message.mail_id);
        let draft = file.with_extension("part");
        let mut options = tokio::fs::OpenOptions::new();
        let mut open = options.write(true).create(true).truncate(true).mode(FILE).open(&draft).await?;
        // What a try that broke off has left keeps the mode that it had.
        open.set_permissions(Permissions::from_mode(FILE)).await?;
        open.write_all(&serde_json::to_vec_pretty(&stored)?).await?;
        open.flush().await?;
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
        Ok(messages)
    }
}

/// Takes a folder of before, and the files in it, from all but their owner.
fn close(folder: &Path) -> std::io::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    std::fs::set_permissions(folder, Permissions::from_mode(FOLDER))?;
    for entry in std::fs::read_dir(folder)? {
        std::fs::set_permissions(entry?.path(), Permissions::from_mode(FILE))?;
    }
    Ok(())
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
        let mut messages = self.read().await.unwrap_or_default();
        messages.truncate(SHOWN);
        Some(messages)
    }

    async fn forget(&self, to: &str) -> Result<(), MailerError> {
        let unavailable = |source: std::io::Error| MailerError::Unavailable(source.into());
        let messages = match self.read().await {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            read => read.map_err(unavailable)?,
        };
        for message in messages.into_iter().filter(|one| one.message.to == to) {
            match tokio::fs::remove_file(self.file(message.message.mail_id)).await {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(unavailable(error)),
                Ok(()) | Err(_) => {}
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::clock::SystemClock;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn message() -> Message {
        Message {
            mail_id: MailId(Uuid::nil()),
            to: "ada@example.org".to_owned(),
            subject: "Confirm your address".to_owned(),
            text: "Open this link.".to_owned(),
            link: Some("http://localhost/verify?token=secret".to_owned()),
        }
    }

    #[tokio::test]
    async fn nobody_but_the_owner_reads_what_was_sent() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("outbox");
        let outbox = Outbox::new(folder.clone(), Arc::new(SystemClock));
        outbox.send(&message()).await.unwrap();
        let file = folder.join(format!("{}.json", Uuid::nil()));
        assert_eq!((mode(&folder), mode(&file)), (0o700, 0o600));
        assert_eq!(outbox.outbox().await.unwrap()[0].message.to, "ada@example.org");
    }

    #[tokio::test]
    async fn an_outbox_that_others_could_read_is_closed_to_them() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("outbox");
        std::fs::create_dir(&folder).unwrap();
        let (old, torn) = (folder.join("old.json"), folder.join(format!("{}.part", Uuid::nil())));
        for file in [&old, &torn] {
            std::fs::write(file, "{}").unwrap();
            std::fs::set_permissions(file, Permissions::from_mode(0o644)).unwrap();
        }
        std::fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
        let outbox = Outbox::new(folder.clone(), Arc::new(SystemClock));
        assert_eq!((mode(&folder), mode(&old)), (0o700, 0o600));
        outbox.send(&message()).await.unwrap();
        assert_eq!(mode(&folder.join(format!("{}.json", Uuid::nil()))), 0o600);
    }
}
