//! Reactions: what happens by itself after an event.

pub mod account_closing;
pub mod answer_evaluation;
pub mod contest_judging;
pub mod delivery_measuring;
pub mod email_delivery;
mod exchanges;
pub mod frame_analysis;
pub mod question_writing;
pub mod reaction;
pub mod recording_assembly;
pub mod report_issuing;
pub mod resume_matching;
pub mod resume_parsing;
mod resume_text;
pub mod speech_transcription;
