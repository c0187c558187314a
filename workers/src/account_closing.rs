//! Erases what is kept of somebody whose account was closed.

use std::sync::Arc;

use async_trait::async_trait;
use interaura_domain::account::event::AccountEvent;
use interaura_domain::envelope::RecordedEvent;
use interaura_domain::event::AnyEvent;
use interaura_domain::ports::blob_store::BlobStore;
use interaura_domain::ports::commands::CommandRecords;
use interaura_domain::ports::credentials::Credentials;
use interaura_domain::ports::event_log::EventLog;
use interaura_domain::ports::key_ring::KeyRing;
use interaura_domain::ports::mailer::Mailer;

use crate::reaction::{Reaction, ReactionError};

/// Erases what is kept of somebody whose account was closed: messages that wait to be read here, the key that opens
/// their events and rows, files, and the ways to sign in. Read models drop their rows by the same event.
pub struct AccountClosing {
    /// Where the address stands.
    pub log: Arc<dyn EventLog>,
    /// Opens what is personal, until its key is destroyed.
    pub keys: Arc<dyn KeyRing>,
    /// Resumes, recordings, long texts, exchanges.
    pub blobs: Arc<dyn BlobStore>,
    /// Addresses, passwords, links, sessions.
    pub credentials: Arc<dyn Credentials>,
    /// What is kept of commands.
    pub records: Arc<dyn CommandRecords>,
    /// Messages.
    pub mailer: Arc<dyn Mailer>,
}

impl AccountClosing {
    /// The address that the account was opened with; `None` once it is erased.
    async fn address(&self, recorded: &RecordedEvent) -> Result<Option<String>, ReactionError> {
        let stream = self.log.read_stream(&recorded.aggregate_type, recorded.aggregate_id).await;
        for event in stream.map_err(ReactionError::Retry)? {
            let event = AnyEvent::decode(&event).map_err(|error| ReactionError::GiveUp(error.into()))?;
            if let AnyEvent::Account(AccountEvent::AccountRegistered(registered)) = event {
                return Ok(registered.email.into_present());
            }
        }
        Ok(None)
    }
}

#[async_trait]
impl Reaction for AccountClosing {
    fn name(&self) -> &'static str {
        "account_closing"
    }

    fn event_types(&self) -> &'static [&'static str] {
        &["account_closed"]
    }

    fn is_for_the_erased(&self) -> bool {
        true
    }

    async fn react(&self, event: &AnyEvent, recorded: &RecordedEvent) -> Result<(), ReactionError> {
        let AnyEvent::Account(AccountEvent::AccountClosed(_)) = event else { return Ok(()) };
        let owner = recorded.metadata.candidate_id;
        if let Some(address) = self.address(recorded).await? {
            self.mailer.forget(&address).await.map_err(|error| ReactionError::Retry(error.into()))?;
        }
        // First the key: what is left anywhere after this opens no more.
        self.keys.destroy(owner).await.map_err(|error| ReactionError::Retry(error.into()))?;
        self.blobs.delete_all(owner).await.map_err(|error| ReactionError::Retry(error.into()))?;
        self.credentials.forget(owner).await.map_err(|error| ReactionError::Retry(error.into()))?;
        self.records.forget(owner).await.map_err(ReactionError::Retry)
    }

    async fn give_up(&self, _: &AnyEvent, _: &RecordedEvent) -> Result<(), ReactionError> {
        // Parked, where whoever runs this sees it, and tried again by `interaura dead-letters retry`.
        Ok(())
    }
}
