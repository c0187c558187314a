//! Ways of judging an answer.

pub mod embedded;
pub mod model;
pub mod model_first;
pub mod several_readings;
