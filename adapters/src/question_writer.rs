//! Ways of writing the questions of an interview.

pub mod library;
pub mod model_first;
