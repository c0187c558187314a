//! The rules of Interaura: aggregates that decide, values that cannot be wrong, and the ports
//! through which everything else is reached.
//!
//! Nothing here performs IO, reads a clock or draws a random number: ids and times arrive in
//! commands, verdicts of providers too. That keeps every decision replayable.

pub mod account;
pub mod attention;
pub mod envelope;
pub mod event;
pub mod ids;
pub mod interview;
pub mod live;
pub mod mail;
pub mod personal;
pub mod ports;
pub mod recording;
pub mod replay;
pub mod resume;
pub mod role;
pub mod score;
pub mod speech;
pub mod text;
pub mod transcript;
pub mod words;
