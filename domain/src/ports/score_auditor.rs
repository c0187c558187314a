//! Recomputes scores from what is recorded.

use async_trait::async_trait;

use super::Cause;
use crate::envelope::Position;
use crate::ids::{EventId, InterviewId};

/// One line of a score's tree: a number, or what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// How deep it lies: the total is at 0.
    pub depth: usize,
    /// The number and what it is.
    pub text: String,
    /// The event that holds it.
    pub event: Option<AuditedEvent>,
    /// What it recomputes to, where that is something else.
    pub difference: Option<String>,
}

/// Where an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditedEvent {
    /// Its place in the log.
    pub position: Position,
    /// Its id.
    pub event_id: EventId,
}

/// The score of an interview as a tree, each number recomputed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditReport {
    /// From the total down, each under what it is part of.
    pub lines: Vec<AuditLine>,
    /// How many numbers differ from what they recompute to, hashes included.
    pub differences: u32,
    /// How many verdicts could not be come to again: their evaluator is not at hand, or the words were erased.
    pub not_judged_again: usize,
}

/// Recomputes scores.
#[async_trait]
pub trait ScoreAuditor: Send + Sync {
    /// Recomputes the score of an interview; `None` where there is no such interview.
    ///
    /// # Errors
    /// The interview, its resume or the evaluator cannot be had.
    async fn audit(&self, interview_id: InterviewId) -> Result<Option<AuditReport>, Cause>;
}
