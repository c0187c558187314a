//! All events of all aggregates, for those who read the whole log.

use cqrs_es::DomainEvent;

use crate::account::event::AccountEvent;
use crate::attention::event::AttentionEvent;
use crate::envelope::{RecordedEvent, Seal};
use crate::interview::event::InterviewEvent;
use crate::mail::event::MailEvent;
use crate::recording::event::RecordingEvent;
use crate::resume::event::ResumeEvent;
use crate::transcript::event::TranscriptEvent;

mod stored;

pub use self::stored::typed;

/// Gives an aggregate's event enum its stored names and versions.
macro_rules! stored_events {
    ($enum:ident { $($variant:ident => $name:literal, $version:literal;)+ }) => {
        impl cqrs_es::DomainEvent for $enum {
            fn event_type(&self) -> String {
                match self { $(Self::$variant(_) => $name,)+ }.to_owned()
            }

            fn event_version(&self) -> String {
                match self { $(Self::$variant(_) => $version,)+ }.to_owned()
            }
        }

        $(impl From<$variant> for $enum {
            fn from(event: $variant) -> Self {
                Self::$variant(event)
            }
        })+

        impl $enum {
            /// The stored name of each event.
            pub const TYPES: &'static [&'static str] = &[$($name,)+];

            /// Name, version and JSON Schema of each event, as `schemas/events` keeps them.
            pub fn schemas() -> Vec<(&'static str, &'static str, schemars::Schema)> {
                vec![$(($name, $version, schemars::schema_for!($variant)),)+]
            }
        }
    };
}
pub(crate) use stored_events;

/// An event of any aggregate.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "events live for one append or one read; a box would show in every match"
)]
pub enum AnyEvent {
    /// Of an account.
    Account(AccountEvent),
    /// Of a resume.
    Resume(ResumeEvent),
    /// Of an interview.
    Interview(InterviewEvent),
    /// Of a message.
    Mail(MailEvent),
    /// Of what was said in an interview.
    Transcript(TranscriptEvent),
    /// Of what the camera saw in an interview.
    Attention(AttentionEvent),
    /// Of the recording of an interview.
    Recording(RecordingEvent),
}

/// Why a stored event could not be understood.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// No aggregate of this name is known.
    #[error("unknown aggregate {0:?}")]
    UnknownAggregate(String),
    /// Its personal fields were changed, or moved here from elsewhere.
    #[error("the seal of {event_type:?} is broken")]
    BrokenSeal {
        /// The stored type.
        event_type: String,
    },
    /// The body does not fit its type.
    #[error("the body of {event_type:?} does not fit its type")]
    Malformed {
        /// The stored type.
        event_type: String,
        /// What did not fit.
        #[source]
        source: serde_json::Error,
    },
}

impl AnyEvent {
    /// The stored name of each aggregate.
    pub const AGGREGATES: [&'static str; 7] =
        ["account", "resume", "interview", "mail", "transcript", "attention", "recording"];

    /// The stored name of each event of each aggregate.
    pub fn types() -> impl Iterator<Item = &'static str> {
        let all = [
            AccountEvent::TYPES,
            ResumeEvent::TYPES,
            InterviewEvent::TYPES,
            MailEvent::TYPES,
            TranscriptEvent::TYPES,
            AttentionEvent::TYPES,
            RecordingEvent::TYPES,
        ];
        all.into_iter().flatten().copied()
    }

    /// Reads the typed event out of a recorded one.
    ///
    /// # Errors
    /// The aggregate is unknown, the seal is broken, or the body does not fit.
    pub fn decode(recorded: &RecordedEvent) -> Result<Self, DecodeError> {
        // A sealed field would read as erased.
        if recorded.seal == Seal::Broken {
            return Err(DecodeError::BrokenSeal { event_type: recorded.event_type.clone() });
        }
        let malformed = |source| DecodeError::Malformed { event_type: recorded.event_type.clone(), source };
        let event_type = recorded.event_type.as_str();
        match recorded.aggregate_type.as_str() {
            "account" => typed(event_type, &recorded.payload).map(Self::Account).map_err(malformed),
            "resume" => typed(event_type, &recorded.payload).map(Self::Resume).map_err(malformed),
            "interview" => typed(event_type, &recorded.payload).map(Self::Interview).map_err(malformed),
            "mail" => typed(event_type, &recorded.payload).map(Self::Mail).map_err(malformed),
            "transcript" => typed(event_type, &recorded.payload).map(Self::Transcript).map_err(malformed),
            "attention" => typed(event_type, &recorded.payload).map(Self::Attention).map_err(malformed),
            "recording" => typed(event_type, &recorded.payload).map(Self::Recording).map_err(malformed),
            other => Err(DecodeError::UnknownAggregate(other.to_owned())),
        }
    }

    /// The stored type of the event.
    pub fn event_type(&self) -> String {
        match self {
            Self::Account(event) => event.event_type(),
            Self::Resume(event) => event.event_type(),
            Self::Interview(event) => event.event_type(),
            Self::Mail(event) => event.event_type(),
            Self::Transcript(event) => event.event_type(),
            Self::Attention(event) => event.event_type(),
            Self::Recording(event) => event.event_type(),
        }
    }
}
