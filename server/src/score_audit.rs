//! Recomputes an interview's scores: totals from levels, and levels from the recorded answers.

use std::io::Write;
use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use interaura_adapters::answer_evaluator::embedded::EVALUATOR;
use interaura_adapters::answer_evaluator::several_readings;
use interaura_adapters::event_store::{EventStore, LedgerFault};
use interaura_domain::event::AnyEvent;
use interaura_domain::ids::{AnswerId, CandidateId, EvaluationId, InterviewId};
use interaura_domain::interview::Interview;
use interaura_domain::interview::delivery::DeliveryRubric;
use interaura_domain::interview::evaluation::Evaluation;
use interaura_domain::ports::Cause;
use interaura_domain::ports::answer_evaluator::AnswerEvaluator;
use interaura_domain::ports::blob_store::BlobStore;
use interaura_domain::ports::commands::Commands;
use interaura_domain::ports::event_log::EventLog as _;
use interaura_domain::ports::score_auditor::{AuditLine, AuditReport, ScoreAuditor};
use interaura_workers::answer_evaluation::answer_to_evaluate;

use crate::score_tree::{Rejudged, ScoreTree};

/// Recomputes an interview's scores.
pub struct ScoreAudit {
    /// Where events and their hashes are.
    pub store: EventStore,
    /// Where a long resume is.
    pub blobs: Arc<dyn BlobStore>,
    /// The embedded evaluator.
    pub evaluator: Arc<dyn AnswerEvaluator>,
    /// What judges disputed answers where there is no other evaluator.
    pub second_opinion: Arc<dyn AnswerEvaluator>,
    /// Which value of a measure of delivery is which level.
    pub delivery_rubric: DeliveryRubric,
}

impl ScoreAudit {
    /// Prints the score of an interview as a tree; gives how many differences were found.
    ///
    /// # Errors
    /// There is no such interview, or it, its resume or the evaluator cannot be had.
    pub async fn print(&self, interview_id: InterviewId, out: &mut impl Write) -> anyhow::Result<u32> {
        let report = self.recompute(interview_id).await?;
        let report = report.with_context(|| format!("there is no interview {interview_id}"))?;
        for line in &report.lines {
            writeln!(out, "{}", printed(line))?;
        }
        match (report.differences, report.not_judged_again) {
            (0, 0) => writeln!(out, "every number was recomputed and agrees")?,
            (0, unjudged) => writeln!(
                out,
                "every total was recomputed and agrees; the levels of {unjudged} answers could not be judged again"
            )?,
            (differences, _) => writeln!(out, "{differences} differences from what is recorded")?,
        }
        Ok(report.differences)
    }

    async fn recompute(&self, interview_id: InterviewId) -> anyhow::Result<Option<AuditReport>> {
        let recorded = self.store.read_stream("interview", interview_id.0).await;
        let recorded =
            recorded.map_err(|cause| anyhow::anyhow!(cause)).context("could not read the interview")?;
        let Some(first) = recorded.first() else { return Ok(None) };
        let owner = first.metadata.candidate_id;
        let mut tree = ScoreTree::default();
        for recorded in &recorded {
            match AnyEvent::decode(recorded)? {
                AnyEvent::Interview(event) => tree.add(&event, recorded),
                AnyEvent::Account(_)
                | AnyEvent::Resume(_)
                | AnyEvent::Mail(_)
                | AnyEvent::Transcript(_)
                | AnyEvent::Attention(_)
                | AnyEvent::Recording(_) => {}
            }
        }
        self.judge_again(owner, interview_id, &mut tree).await?;
        let mut report = tree.report(&self.delivery_rubric);
        let positions: Vec<u64> = recorded.iter().map(|event| event.position.0).collect();
        let (text, difference) = match self.store.verify_appends(&positions).await {
            Ok(appends) => {
                let text = format!(
                    "ledger: the {appends} appends that hold these {} events are as they were written; \
                     `interaura audit --chain` verifies all that went before",
                    positions.len()
                );
                (text, None)
            }
            Err(fault @ (LedgerFault::Broken { .. } | LedgerFault::Incomplete { .. })) => {
                report.differences += 1;
                ("ledger".to_owned(), Some(fault.to_string()))
            }
            Err(fault @ LedgerFault::Unreadable(_)) => return Err(fault.into()),
        };
        report.lines.push(AuditLine { depth: 0, text, event: None, difference });
        Ok(Some(report))
    }

    async fn judge_again(
        &self,
        owner: CandidateId,
        interview_id: InterviewId,
        tree: &mut ScoreTree,
    ) -> anyhow::Result<()> {
        let interview = Commands::<Interview>::load(&self.store, interview_id.0).await;
        let interview = interview.map_err(|cause| anyhow::anyhow!(cause))?;
        let verdicts: Vec<(EvaluationId, AnswerId, Evaluation)> =
            tree.verdicts().map(|(id, answer_id, evaluation)| (id, answer_id, evaluation.clone())).collect();
        for (evaluation_id, answer_id, recorded) in verdicts {
            let again = self.rejudged(owner, &interview, answer_id, &recorded).await?;
            tree.judged_again(evaluation_id, again);
        }
        Ok(())
    }

    async fn rejudged(
        &self,
        owner: CandidateId,
        interview: &Interview,
        answer_id: AnswerId,
        recorded: &Evaluation,
    ) -> anyhow::Result<Rejudged> {
        let evaluator = match recorded.evaluator.strip_suffix(several_readings::SUFFIX) {
            None if recorded.evaluator == EVALUATOR => &self.evaluator,
            Some(EVALUATOR) => &self.second_opinion,
            None | Some(_) => {
                let why = format!("judged by {}; this program has {EVALUATOR} only", recorded.evaluator);
                return Ok(Rejudged::Not(why));
            }
        };
        let answer = answer_to_evaluate(&self.store, &*self.blobs, owner, interview, answer_id).await;
        let answer = answer.map_err(|cause| anyhow::anyhow!(cause)).context("could not read the resume")?;
        let Some(answer) = answer else {
            return Ok(Rejudged::Not("the words of the answer were erased".to_owned()));
        };
        let again = evaluator.evaluate(&answer).await.context("could not judge an answer again")?;
        let parts = |of: &Evaluation| {
            let model = of.model.as_deref().unwrap_or("no model");
            format!("{} with {model} under {}", of.evaluator, of.rubric)
        };
        let (was, is) = (parts(recorded), parts(&again));
        if was != is {
            return Ok(Rejudged::Not(format!("judged by {was}; this program has {is} only")));
        }
        Ok(Rejudged::Again(Box::new(again)))
    }
}

#[async_trait]
impl ScoreAuditor for ScoreAudit {
    async fn audit(&self, interview_id: InterviewId) -> Result<Option<AuditReport>, Cause> {
        Ok(self.recompute(interview_id).await?)
    }
}

fn printed(line: &AuditLine) -> String {
    let event =
        line.event.map(|event| format!("  [position {} event {}]", event.position.0, event.event_id.0));
    let difference = line.difference.as_ref().map(|difference| format!("  DIFFERS: {difference}"));
    let (event, difference) = (event.unwrap_or_default(), difference.unwrap_or_default());
    format!("{}{}{event}{difference}", "  ".repeat(line.depth), line.text)
}
