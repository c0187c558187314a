//! One module per port of the domain, one file per way of meeting it.

pub mod answer_evaluator;
pub mod embedder;
pub mod question_writer;
pub mod role_library;
