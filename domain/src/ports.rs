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
pub mod frame_analyser;
pub mod key_ring;
pub mod leases;
pub mod live_media;
pub mod mailer;
pub mod question_writer;
pub mod recording_assembler;
pub mod resume_matcher;
pub mod resume_reader;
pub mod score_auditor;
pub mod signals;
pub mod speech_to_text;

/// The technical cause of a failed call, for the log.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;
