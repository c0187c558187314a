//! Whole slices, through public doors: a real Postgres, a real NATS, the real router.

#![expect(clippy::unwrap_used, reason = "this whole crate is tests, its helper functions too")]

mod account;
mod account_closing;
mod audit;
mod contest;
mod dead_letters;
mod deepgram;
mod doors;
mod event_store;
mod export;
mod follow_ups;
mod groq;
mod groq_interview;
mod interview;
mod live;
mod live_faults;
mod live_questions;
mod live_socket;
mod long_interview;
mod matching;
mod metrics;
mod persisted;
mod projections;
mod questions;
mod reactions;
mod recording;
mod relay;
mod replay;
mod speech_engine;
mod upload;
