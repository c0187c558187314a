//! Resumes: what was uploaded, what was read out of it, and how it matches a target.

pub mod analysis;
pub mod matching;
pub mod outline;
