//! Ways of judging an answer.

pub mod embedded;
