//! Every kind of id, so that one kind can never be passed as another.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// A person who prepares; their account has the same id, and their key is kept under it.
    CandidateId;
    /// One resume file and all that was learnt from it.
    ResumeId;
    /// One mock interview.
    InterviewId;
    /// One question put in an interview.
    QuestionId;
    /// One attempt at answering a question.
    AnswerId;
    /// One verdict on one answer.
    EvaluationId;
    /// One message to be sent.
    MailId;
    /// One stored event; also its message id on the stream.
    EventId;
    /// One command; sending it twice has one effect.
    CommandId;
    /// All that follows from one request.
    CorrelationId;
    /// One object in the blob store.
    BlobId;
    /// One stream of live media: it begins with a page and ends with it, and numbers what it sends from 1.
    StreamId;
    /// One stretch of speech, from the first word to the pause that ends it.
    UtteranceId;
}
