//! Ways of judging an answer.

pub mod embedded;
pub mod several_readings;
