//! What the product needs from the world, as roles. Each is met in the `adapters` crate.

pub mod answer_evaluator;
pub mod embedder;
pub mod question_writer;
pub mod resume_matcher;
pub mod resume_reader;
