//! How a score was made, recomputed.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use interaura_domain::ids::InterviewId;
use interaura_domain::ports::score_auditor;
use interaura_projections::interview_report::InterviewReport as ReportView;

use super::command::{candidate, parsed};
use super::fault::fault;
use super::scalars::Position;
use crate::services::Services;

/// One line of a score's tree: a number, or what it rests on.
#[derive(SimpleObject)]
pub struct AuditLine {
    /// How deep it lies; what it is part of is the nearest line above that lies one less deep.
    depth: usize,
    /// The number and what it is.
    text: String,
    /// The event that holds it.
    event: Option<AuditedEvent>,
    /// What it recomputes to, where that is something else.
    difference: Option<String>,
}

/// Where an event is.
#[derive(SimpleObject)]
pub struct AuditedEvent {
    /// Its place in the log.
    position: Position,
    /// Its id.
    event_id: ID,
}

/// The score of an interview as a tree, each number recomputed just now.
#[derive(SimpleObject)]
pub struct ScoreAudit {
    /// From the total down.
    lines: Vec<AuditLine>,
    /// How many numbers or hashes differ from what is recorded; 0 where all agree.
    differences: u32,
    /// How many verdicts could not be come to again: their evaluator is not at hand, or the words were erased.
    not_judged_again: usize,
}

impl From<score_auditor::AuditReport> for ScoreAudit {
    fn from(report: score_auditor::AuditReport) -> Self {
        let lines = report.lines.into_iter().map(|line| AuditLine {
            depth: line.depth,
            text: line.text,
            event: line.event.map(|event| AuditedEvent {
                position: Position(event.position),
                event_id: ID(event.event_id.0.to_string()),
            }),
            difference: line.difference,
        });
        Self {
            lines: lines.collect(),
            differences: report.differences,
            not_judged_again: report.not_judged_again,
        }
    }
}

/// Queries that recompute.
#[derive(Default)]
pub struct AuditQuery;

#[Object]
impl AuditQuery {
    /// How the score of an interview was made: the tree from the total to the events it rests on, each number
    /// recomputed and each answer judged again; null where there is no such interview. Takes a second or more.
    #[graphql(complexity = 400)]
    async fn score_audit(&self, ctx: &Context<'_>, interview_id: ID) -> Result<Option<ScoreAudit>> {
        let (owner, services) = (candidate(ctx)?, ctx.data::<Services>()?);
        let Ok(key) = parsed(&interview_id) else { return Ok(None) };
        let own = services.read_models.row::<ReportView>(owner, key).await.map_err(|error| fault(&error))?;
        if own.is_none() {
            return Ok(None);
        }
        let report = services.auditor.audit(InterviewId(key)).await.map_err(|error| fault(&*error))?;
        Ok(report.map(ScoreAudit::from))
    }
}
