//! Interviews: questions, answers, verdicts.

pub mod evaluation;
pub mod question;
