//! Recomputes an interview's scores: totals from levels, and levels from the recorded answers.

use std::io::Write;
use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use interaura_adapters::answer_evaluator::embedded::EVALUATOR;
use interaura_adapters::answer_evaluator::{model, several_readings};
use interaura_adapters::event_store::{EventStore, LedgerFault};
use interaura_domain::event::AnyEvent;
use interaura_domain::ids::{AnswerId, CandidateId, EvaluationId, InterviewId};
use interaura_domain::interview::Interview;
use interaura_domain::interview::delivery::DeliveryRubric;
use interaura_domain::interview::evaluation::Evaluation;
use interaura_domain::interview::exchange::{Exchange, ExchangeBodies};
use interaura_domain::interview::rubric::Rubric;
use interaura_domain::ports::Cause;
use interaura_domain::ports::answer_evaluator::{AnswerEvaluator, AnswerToEvaluate};
use interaura_domain::ports::blob_store::{BlobStore, BlobStoreError};
use interaura_domain::ports::commands::Commands;
use interaura_domain::ports::event_log::EventLog as _;
use interaura_domain::ports::score_auditor::{AuditLine, AuditReport, ScoreAuditor};
use interaura_workers::answer_evaluation::{answer_alone, answer_to_evaluate};
use tokio::sync::Semaphore;

use crate::score_tree::{ExchangeKept, Rejudged, ScoreTree};

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
    /// What a model's verdict is put together by.
    pub rubric: Rubric,
    /// Which value of a measure of delivery is which level.
    pub delivery_rubric: DeliveryRubric,
    /// Who recomputes for the browser now: judging takes a core for seconds, and one is enough.
    pub one_at_a_time: Semaphore,
}

/// What is said of an exchange that another machine holds.
const NOT_AT_HAND: &str = "what the model said is not at hand on this machine";

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
            if let Some(exchange) = &recorded.exchange {
                tree.exchanged(evaluation_id, self.verified(owner, exchange).await?);
            }
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
        let exchange = recorded.exchange.as_ref().filter(|_| recorded.evaluator == model::EVALUATOR);
        let embedded = match recorded.evaluator.strip_suffix(several_readings::SUFFIX) {
            None if recorded.evaluator == EVALUATOR || exchange.is_some() => &self.evaluator,
            Some(EVALUATOR) => &self.second_opinion,
            None | Some(_) => {
                let why = format!("judged by {}; this program has {EVALUATOR} only", recorded.evaluator);
                return Ok(Rejudged::Not(why));
            }
        };
        let answer = answer_to_evaluate(&self.store, &*self.blobs, owner, interview, answer_id).await;
        // A resume serves better answers only: a copy of the log without it is judged the same.
        let answer = answer.unwrap_or_else(|_| answer_alone(interview, answer_id));
        let Some(answer) = answer else {
            return Ok(Rejudged::Not("the words of the answer were erased".to_owned()));
        };
        let embedded = embedded.evaluate(&answer).await.context("could not judge an answer again")?;
        let again = match exchange {
            None => embedded,
            Some(exchange) => match self.judged_from(owner, &answer, exchange, &embedded).await? {
                Ok(again) => again,
                Err(why) => return Ok(Rejudged::Not(why)),
            },
        };
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

    /// What a model said, as it was kept; words where it cannot be had.
    async fn kept(
        &self,
        owner: CandidateId,
        exchange: &Exchange,
    ) -> anyhow::Result<Result<ExchangeBodies, String>> {
        let Some(blob) = &exchange.blob else {
            return Ok(Err("what the model said was not kept".to_owned()));
        };
        match self.blobs.get(owner, blob.blob_id).await {
            Ok(bytes) => Ok(ExchangeBodies::from_json(&bytes)
                .map_err(|_| "what the model said is kept in another form".to_owned())),
            Err(BlobStoreError::Missing(_)) => Ok(Err(NOT_AT_HAND.to_owned())),
            Err(error @ BlobStoreError::Sealed(_)) => Ok(Err(error.to_string())),
            Err(error) => Err(error).context("could not read what the model said"),
        }
    }

    async fn verified(&self, owner: CandidateId, exchange: &Exchange) -> anyhow::Result<ExchangeKept> {
        Ok(match self.kept(owner, exchange).await? {
            Err(why) if why == NOT_AT_HAND => ExchangeKept::NotAtHand,
            Err(why) => ExchangeKept::Lost(why),
            Ok(bodies) => match exchange.is_of(&bodies) {
                Some(true) => ExchangeKept::AsRecorded { calls: bodies.calls.len() },
                Some(false) => ExchangeKept::Changed,
                None => ExchangeKept::Lost("its hashes were erased".to_owned()),
            },
        })
    }

    async fn judged_from(
        &self,
        owner: CandidateId,
        answer: &AnswerToEvaluate,
        exchange: &Exchange,
        embedded: &Evaluation,
    ) -> anyhow::Result<Result<Evaluation, String>> {
        let bodies = match self.kept(owner, exchange).await? {
            Ok(bodies) => bodies,
            Err(why) => return Ok(Err(why)),
        };
        let again = model::judged_again(answer, exchange, &bodies, Some(embedded), &self.rubric);
        Ok(again.ok_or_else(|| "nothing that the model said is a verdict".to_owned()))
    }
}

#[async_trait]
impl ScoreAuditor for ScoreAudit {
    async fn audit(&self, interview_id: InterviewId) -> Result<Option<AuditReport>, Cause> {
        let _turn = self.one_at_a_time.acquire().await?;
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
