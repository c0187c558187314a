//! Messages that were asked for, and what became of them.

pub mod command;
pub mod error;
pub mod event;

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};

use self::command::MailCommand;
use self::error::MailError;
use self::event::{EmailFailed, EmailQueued, EmailSent, MailEvent};

/// Where a message is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Delivery {
    /// Nobody asked for it.
    #[default]
    Unknown,
    /// To be sent.
    Queued,
    /// Handed to the mail system.
    Sent,
    /// Given up.
    Failed,
}

/// One message.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Mail {
    delivery: Delivery,
}

impl Mail {
    /// Where the message is on its way.
    pub fn delivery(&self) -> Delivery {
        self.delivery
    }
}

impl Aggregate for Mail {
    const TYPE: &'static str = "mail";
    type Command = MailCommand;
    type Event = MailEvent;
    type Error = MailError;
    type Services = ();

    async fn handle(
        &mut self,
        command: MailCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), MailError> {
        let event: MailEvent = match (command, self.delivery) {
            (MailCommand::Queue(command), Delivery::Unknown) => EmailQueued {
                to: command.to.into(),
                template: command.template,
                queued_at: command.queued_at,
            }
            .into(),
            (MailCommand::Queue(_), Delivery::Queued | Delivery::Sent | Delivery::Failed) => {
                return Err(MailError::AlreadyQueued);
            }
            (_, Delivery::Unknown) => return Err(MailError::NotQueued),
            (_, Delivery::Sent | Delivery::Failed) => return Err(MailError::AlreadySettled),
            (MailCommand::RecordSent(command), Delivery::Queued) => {
                EmailSent { mailer: command.mailer, sent_at: command.sent_at }.into()
            }
            (MailCommand::RecordFailed(command), Delivery::Queued) => {
                EmailFailed { reason: command.reason, failed_at: command.failed_at }.into()
            }
        };
        sink.write(event, self).await;
        Ok(())
    }

    fn apply(&mut self, event: MailEvent) {
        self.delivery = match event {
            MailEvent::EmailQueued(_) => Delivery::Queued,
            MailEvent::EmailSent(_) => Delivery::Sent,
            MailEvent::EmailFailed(_) => Delivery::Failed,
        };
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeZone, Utc};
    use cqrs_es::test::TestFramework;

    use super::command::{QueueEmail, RecordSent};
    use super::event::MailTemplate;
    use super::*;

    fn at() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 22, 9, 0, 0).unwrap()
    }

    fn queued() -> MailEvent {
        EmailQueued { to: "a@b.co".to_owned().into(), template: MailTemplate::Verification, queued_at: at() }
            .into()
    }

    fn record_sent() -> MailCommand {
        MailCommand::RecordSent(RecordSent { mailer: "outbox".into(), sent_at: at() })
    }

    #[test]
    fn a_message_nobody_asked_for_was_not_sent() {
        TestFramework::<Mail>::with(())
            .given_no_previous_events()
            .when(record_sent())
            .then_expect_error(MailError::NotQueued);
    }

    #[test]
    fn a_message_is_queued_once() {
        let queue = QueueEmail { to: "a@b.co".into(), template: MailTemplate::Verification, queued_at: at() };
        TestFramework::<Mail>::with(())
            .given(vec![queued()])
            .when(MailCommand::Queue(queue))
            .then_expect_error(MailError::AlreadyQueued);
    }

    #[test]
    fn a_message_is_settled_once() {
        let sent = EmailSent { mailer: "outbox".into(), sent_at: at() };
        TestFramework::<Mail>::with(())
            .given(vec![queued(), sent.into()])
            .when(record_sent())
            .then_expect_error(MailError::AlreadySettled);
    }
}
