//! Queues and sends messages. At least once: the same message has the same Message-ID.

use std::sync::Arc;

use async_trait::async_trait;
use interaura_domain::account::Account;
use interaura_domain::account::event::AccountEvent;
use interaura_domain::envelope::RecordedEvent;
use interaura_domain::event::AnyEvent;
use interaura_domain::ids::MailId;
use interaura_domain::mail::command::{MailCommand, QueueEmail, RecordFailed, RecordSent};
use interaura_domain::mail::error::MailError;
use interaura_domain::mail::event::{EmailQueued, MailEvent, MailTemplate};
use interaura_domain::mail::{Delivery, Mail};
use interaura_domain::ports::clock::Clock;
use interaura_domain::ports::commands::Commands;
use interaura_domain::ports::credentials::Credentials;
use interaura_domain::ports::mailer::{Mailer, MailerError, Message};
use secrecy::ExposeSecret as _;

use crate::reaction::{Reaction, ReactionError, context, derived_id, send};

/// Queues and sends messages.
pub struct EmailDelivery {
    /// Whom to write to.
    pub accounts: Arc<dyn Commands<Account>>,
    /// What became of messages.
    pub mails: Arc<dyn Commands<Mail>>,
    /// Where links come from.
    pub credentials: Arc<dyn Credentials>,
    /// What sends.
    pub mailer: Arc<dyn Mailer>,
    /// Where the app is, without a slash at the end.
    pub public_url: String,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

impl EmailDelivery {
    async fn queue(&self, recorded: &RecordedEvent) -> Result<(), ReactionError> {
        let account = self.accounts.load(recorded.aggregate_id).await.map_err(ReactionError::Retry)?;
        let Some(to) = account.email().filter(|_| !account.is_verified()) else { return Ok(()) };
        let command = QueueEmail {
            to: to.to_owned(),
            template: MailTemplate::Verification,
            queued_at: self.clock.now(),
        };
        let mail_id = derived_id(recorded, self.name(), "mail");
        let context = context(recorded, self.name(), "queue");
        let is_done = |refusal: &MailError| *refusal == MailError::AlreadyQueued;
        send(&*self.mails, mail_id, MailCommand::Queue(command), context, is_done).await
    }

    async fn deliver(&self, queued: &EmailQueued, recorded: &RecordedEvent) -> Result<(), ReactionError> {
        let mail = self.mails.load(recorded.aggregate_id).await.map_err(ReactionError::Retry)?;
        let Some(to) = queued.to.present().filter(|_| mail.delivery() == Delivery::Queued) else {
            return Ok(());
        };
        let message = match queued.template {
            MailTemplate::Verification => self.verification(to, recorded).await?,
        };
        self.mailer.send(&message).await.map_err(|error| match error {
            error @ MailerError::Unavailable(_) => ReactionError::Retry(error.into()),
            error @ MailerError::Refused(_) => ReactionError::GiveUp(error.into()),
        })?;
        let sent = RecordSent { mailer: self.mailer.name().to_owned(), sent_at: self.clock.now() };
        self.settle(recorded, MailCommand::RecordSent(sent)).await
    }

    async fn verification(&self, to: &str, recorded: &RecordedEvent) -> Result<Message, ReactionError> {
        let candidate_id = recorded.metadata.candidate_id;
        let account = self.accounts.load(candidate_id.0).await.map_err(ReactionError::Retry)?;
        let token = self.credentials.issue_verification(candidate_id).await;
        let token = token.map_err(|error| ReactionError::Retry(error.into()))?;
        let link = format!("{}/verify?token={}", self.public_url, token.expose_secret());
        let name = account.name().unwrap_or("there");
        Ok(Message {
            mail_id: MailId(recorded.aggregate_id),
            to: to.to_owned(),
            subject: "Confirm your address for Interaura".to_owned(),
            text: format!(
                "Hello {name},\n\nplease confirm that this is your address by opening this link:\n\n{link}\n\n\
                 It counts for 24 hours. If you did not register with Interaura, do nothing: \
                 without the link the account cannot be used.\n"
            ),
            link: Some(link),
        })
    }

    async fn settle(&self, recorded: &RecordedEvent, command: MailCommand) -> Result<(), ReactionError> {
        let context = context(recorded, self.name(), "settle");
        let is_done = |refusal: &MailError| *refusal == MailError::AlreadySettled;
        send(&*self.mails, recorded.aggregate_id, command, context, is_done).await
    }
}

#[async_trait]
impl Reaction for EmailDelivery {
    fn name(&self) -> &'static str {
        "email_delivery"
    }

    fn event_types(&self) -> &'static [&'static str] {
        &["verification_requested", "email_queued"]
    }

    async fn react(&self, event: &AnyEvent, recorded: &RecordedEvent) -> Result<(), ReactionError> {
        match event {
            AnyEvent::Account(AccountEvent::VerificationRequested(_)) => self.queue(recorded).await,
            AnyEvent::Mail(MailEvent::EmailQueued(queued)) => self.deliver(queued, recorded).await,
            AnyEvent::Account(_)
            | AnyEvent::Mail(_)
            | AnyEvent::Transcript(_)
            | AnyEvent::Attention(_)
            | AnyEvent::Recording(_)
            | AnyEvent::Resume(_)
            | AnyEvent::Interview(_) => Ok(()),
        }
    }

    async fn give_up(&self, event: &AnyEvent, recorded: &RecordedEvent) -> Result<(), ReactionError> {
        let AnyEvent::Mail(MailEvent::EmailQueued(_)) = event else { return Ok(()) };
        let reason = "the message could not be sent".to_owned();
        let failed = RecordFailed { reason, failed_at: self.clock.now() };
        self.settle(recorded, MailCommand::RecordFailed(failed)).await
    }
}
