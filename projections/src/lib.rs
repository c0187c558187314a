//! Read models: rows made from events, in one transaction with the checkpoint that says how far.

pub mod account_profile;
pub mod analytics_trend;
pub mod dashboard;
pub mod dead_letters;
pub mod document;
pub mod interview_report;
pub mod interview_room;
pub mod progress;
pub mod read_models;
pub mod rebuild;
pub mod resume_insights;
pub mod runner;
