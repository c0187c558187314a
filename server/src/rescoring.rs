//! What if: old answers under a new rubric or another evaluator, beside the scores that they have. Nothing is recorded.

mod table;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use interaura_adapters::event_store::{EventStore, LogFilter};
use interaura_domain::event::AnyEvent;
use interaura_domain::ids::{AnswerId, CandidateId, InterviewId};
use interaura_domain::interview::Interview;
use interaura_domain::interview::event::{AnswerEvaluated, InterviewEvent};
use interaura_domain::interview::question::QuestionKind;
use interaura_domain::ports::answer_evaluator::{AnswerEvaluator, EvaluatorError};
use interaura_domain::ports::blob_store::BlobStore;
use interaura_domain::ports::commands::Commands;
use interaura_domain::score::{self, Score};
use interaura_workers::answer_evaluation::{answer_alone, answer_to_evaluate};

/// Events read at once.
const PAGE: u32 = 500;
/// A shift of this many points is worth looking at.
const NOTABLE: f64 = 5.0;

/// Judges old answers again.
pub struct Rescoring {
    /// Where the answers are.
    pub store: EventStore,
    /// Where a long resume is.
    pub blobs: Arc<dyn BlobStore>,
    /// What judges them now.
    pub evaluator: Arc<dyn AnswerEvaluator>,
}

/// One answer with the score that counts and the one that it would have.
#[derive(Debug, Clone, PartialEq)]
pub struct Rescored {
    /// The interview.
    pub interview_id: InterviewId,
    /// The answer.
    pub answer_id: AnswerId,
    /// The item of the library, or else the id of the question.
    pub question: String,
    /// The target role.
    pub role: String,
    /// The experience level.
    pub level: String,
    /// What the question asks for.
    pub kind: QuestionKind,
    /// Whether it is part of the interview's total: no newer attempt and no follow-up takes its place.
    pub counts: bool,
    /// Who judged it, and under which rubric.
    pub was_judged_by: String,
    /// Who judges it now, and under which rubric.
    pub is_judged_by: String,
    /// 0 to 100.
    pub was: Score,
    /// 0 to 100.
    pub is: Score,
    /// When it was judged.
    pub evaluated_at: DateTime<Utc>,
}

impl Rescored {
    /// How many points it moves.
    pub fn shift(&self) -> f64 {
        self.is.value() - self.was.value()
    }
}

/// Every answer that was judged again.
#[derive(Debug, Default)]
pub struct Rescores {
    /// In the order in which they were judged first.
    pub answers: Vec<Rescored>,
    /// How many have no words any more.
    pub erased: usize,
    /// How many the evaluator did not judge: it refused, or another had to stand in for it.
    pub refused: usize,
}

impl Rescoring {
    /// Judges every answer again whose verdict was recorded in a span of time; of several verdicts on one answer the
    /// newest is compared.
    ///
    /// # Errors
    /// The log or the evaluator cannot be had.
    pub async fn run(
        &self,
        since: Option<DateTime<Utc>>,
        until: Option<DateTime<Utc>>,
    ) -> anyhow::Result<Rescores> {
        let mut filter = LogFilter {
            since,
            until,
            event_types: vec!["answer_evaluated".to_owned()],
            ..LogFilter::default()
        };
        let mut newest: BTreeMap<AnswerId, (InterviewId, CandidateId, AnswerEvaluated)> = BTreeMap::new();
        loop {
            let page = self.store.stored(&filter, PAGE).await?;
            let Some(last) = page.last() else { break };
            filter.after = last.position;
            for stored in page {
                let recorded = self.store.open(stored).await.map_err(|cause| anyhow::anyhow!(cause))?;
                let (interview, owner) = (InterviewId(recorded.aggregate_id), recorded.metadata.candidate_id);
                if let AnyEvent::Interview(InterviewEvent::AnswerEvaluated(event)) =
                    AnyEvent::decode(&recorded)?
                {
                    newest.insert(event.answer_id, (interview, owner, event));
                }
            }
        }
        let mut by_interview: BTreeMap<InterviewId, Vec<(CandidateId, AnswerEvaluated)>> = BTreeMap::new();
        for (interview, owner, event) in newest.into_values() {
            by_interview.entry(interview).or_default().push((owner, event));
        }
        let mut rescores = Rescores::default();
        for (interview_id, verdicts) in by_interview {
            self.rescore(interview_id, verdicts, &mut rescores).await?;
        }
        rescores.answers.sort_by_key(|answer| (answer.evaluated_at, answer.answer_id));
        Ok(rescores)
    }

    async fn rescore(
        &self,
        interview_id: InterviewId,
        verdicts: Vec<(CandidateId, AnswerEvaluated)>,
        rescores: &mut Rescores,
    ) -> anyhow::Result<()> {
        let interview = Commands::<Interview>::load(&self.store, interview_id.0).await;
        let interview = interview.map_err(|cause| anyhow::anyhow!(cause))?;
        let Some(settings) = interview.settings().cloned() else { return Ok(()) };
        for (owner, event) in verdicts {
            let answer =
                answer_to_evaluate(&self.store, &*self.blobs, owner, &interview, event.answer_id).await;
            // A resume serves better answers only: a copy of the log without it is judged the same.
            let answer = answer.unwrap_or_else(|_| answer_alone(&interview, event.answer_id));
            let question = interview.answered(event.answer_id).map(|(question, _)| question);
            let (Some(answer), Some(question)) = (answer, question) else {
                rescores.erased += 1;
                continue;
            };
            let again = match self.evaluator.evaluate(&answer).await {
                Ok(again) => Some(again).filter(|again| again.stood_in_for.is_none()),
                Err(EvaluatorError::Refused(_)) => None,
                Err(error) => return Err(error).context("could not judge an answer again"),
            };
            let Some((is, again)) = again.and_then(|again| Some((score::overall(&again.ratings)?, again)))
            else {
                rescores.refused += 1;
                continue;
            };
            rescores.answers.push(Rescored {
                interview_id,
                answer_id: event.answer_id,
                question: question.library_item.clone().unwrap_or_else(|| question.topic.clone()),
                role: settings.role.0.clone(),
                level: format!("{:?}", settings.level).to_lowercase(),
                kind: question.kind,
                counts: interview.counts(event.answer_id),
                was_judged_by: format!("{} {}", event.evaluation.evaluator, event.evaluation.rubric),
                is_judged_by: format!("{} {}", again.evaluator, again.rubric),
                was: event.overall,
                is,
                evaluated_at: event.evaluated_at,
            });
        }
        Ok(())
    }
}

impl Rescores {
    /// The shift per role, level and question of the answers that count, as a table for people.
    pub fn report(&self) -> String {
        let mut text = String::new();
        let counting = || self.answers.iter().filter(|answer| answer.counts);
        let mut by = |title: &str, key: fn(&Rescored) -> &str| {
            let mut groups: BTreeMap<&str, Vec<&Rescored>> = BTreeMap::new();
            for answer in counting() {
                groups.entry(key(answer)).or_default().push(answer);
            }
            // Writing to a text cannot fail.
            let _ = writeln!(
                text,
                "{title:<36} {:>7} {:>7} {:>7} {:>7} {:>9}",
                "answers", "was", "is", "shift", "by 5+"
            );
            for (name, answers) in groups {
                let _ = writeln!(text, "{}", row(name, &answers));
            }
            text.push('\n');
        };
        by("all", |_| "all answers");
        by("role", |answer| &answer.role);
        by("level", |answer| &answer.level);
        by("question", |answer| &answer.question);
        let replaced = self.answers.len() - counting().count();
        if replaced > 0 {
            let _ = writeln!(
                text,
                "{replaced} answers are not in the table: a newer attempt or a follow-up counts in their place"
            );
        }
        if self.erased > 0 {
            let _ = writeln!(text, "{} answers were left out: their words were erased", self.erased);
        }
        if self.refused > 0 {
            let _ =
                writeln!(text, "{} answers were left out: the evaluator came to no verdict", self.refused);
        }
        text
    }

    /// Writes one row for each answer as Parquet.
    ///
    /// # Errors
    /// The file is there already, or cannot be written.
    pub fn write_parquet(&self, path: &Path) -> anyhow::Result<()> {
        table::write(&self.answers, path)
    }
}

fn row(name: &str, answers: &[&Rescored]) -> String {
    let count = f64::from(u32::try_from(answers.len()).unwrap_or(u32::MAX)).max(1.0);
    let mean = |value: fn(&Rescored) -> f64| answers.iter().map(|answer| value(answer)).sum::<f64>() / count;
    let notable = answers.iter().filter(|answer| answer.shift().abs() >= NOTABLE).count();
    let share = f64::from(u32::try_from(notable).unwrap_or(u32::MAX)) / count * 100.0;
    let name: String = name.chars().take(36).collect();
    format!(
        "{name:<36} {:>7} {:>7.1} {:>7.1} {:>+7.1} {share:>8.0}%",
        answers.len(),
        mean(|answer| answer.was.value()),
        mean(|answer| answer.is.value()),
        mean(Rescored::shift),
    )
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn rescored(is: f64, counts: bool) -> Rescored {
        Rescored {
            interview_id: InterviewId(Uuid::from_u128(1)),
            answer_id: AnswerId(Uuid::from_u128(2)),
            question: "teacher-b01".to_owned(),
            role: "teacher".to_owned(),
            level: "senior".to_owned(),
            kind: QuestionKind::Behavioural,
            counts,
            was_judged_by: "embedded/3 interview_answer.v1".to_owned(),
            is_judged_by: "embedded/3 mine.v1".to_owned(),
            was: Score::new(50.0).unwrap(),
            is: Score::new(is).unwrap(),
            evaluated_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn only_answers_that_count_move_the_means() {
        let answers = vec![rescored(60.0, true), rescored(100.0, false)];
        let report = Rescores { answers, ..Rescores::default() }.report();
        let all = report.lines().find(|line| line.starts_with("all answers")).unwrap();
        assert!(all.contains("+10.0"), "{report}");
        assert!(report.contains("1 answers are not in the table"), "{report}");
    }
}
