//! The ways of meeting the domain's ports: Postgres, NATS `JetStream`, local models, files.

pub mod answer_evaluator;
pub mod blob_store;
pub mod chat_model;
pub mod clock;
pub mod credentials;
pub mod cursors;
mod elementwise;
pub mod embedder;
pub mod event_store;
pub mod frame_analyser;
pub mod jetstream;
pub mod key_ring;
pub mod leases;
pub mod live_media;
pub mod mailer;
mod minilm;
pub mod pair_scorer;
pub mod question_writer;
pub mod recording_assembler;
pub mod resume_matcher;
pub mod resume_reader;
pub mod role_library;
pub mod skill_lexicon;
pub mod speech_to_text;
