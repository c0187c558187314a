//! adapters

pub mod resume_reader;
pub mod skill_lexicon;
