//! Speech to text: an engine on this machine, and services elsewhere that hear.

pub mod deepgram;
pub mod embedded;
