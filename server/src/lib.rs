//! The composition root of Interaura: configuration, the services it may start for itself, and the
//! commands of the `interaura` binary.
//!
//! This crate sees every other crate and is seen by none (`tests/architecture.rs`). Adapters are
//! named together here and nowhere else.

pub mod assets;
pub mod commands;
pub mod config;
pub mod database;
pub mod embedded;
pub mod logging;
pub mod metrics;
mod model;
pub mod nats;
pub mod rescoring;
pub mod roles;
pub mod score_audit;
pub mod score_tree;
mod secret;
pub mod shutdown;
mod speech;
mod unix;
mod views;
pub mod web_app;
pub mod wiring;
