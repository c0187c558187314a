//! What the product needs from the world, as roles. Each is met in the `adapters` crate.

pub mod answer_evaluator;
pub mod blob_store;
pub mod clock;
pub mod commands;
pub mod credentials;
pub mod cursors;
pub mod embedder;
pub mod event_log;
pub mod event_stream;
pub mod key_ring;
pub mod mailer;
pub mod question_writer;
pub mod resume_matcher;
pub mod resume_reader;
pub mod signals;

/// The technical cause of a failed call, for the log.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;
