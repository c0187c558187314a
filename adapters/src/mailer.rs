//! Messages: an outbox folder while no mail server is set.

mod outbox;

pub use self::outbox::Outbox;
