//! Interviews: questions, answers, verdicts.

pub mod answer_features;
pub mod evaluation;
pub mod question;
pub mod rubric;
pub mod sentences;
pub mod star;
pub mod words;
