//! The score of an interview as a tree, from the total to the events it rests on, each number recomputed.

mod delivery;
mod sheet;
mod verdict;

use std::io::{self, Write};

use interaura_domain::envelope::RecordedEvent;
use interaura_domain::ids::{AnswerId, QuestionId};
use interaura_domain::interview::delivery::{Delivery, DeliveryRubric};
use interaura_domain::interview::evaluation::Evaluation;
use interaura_domain::interview::event::{AnswerEvaluated, AnswerSubmitted, InterviewEvent, ReportIssued};
use interaura_domain::interview::exchange::Exchange;
use interaura_domain::score::{self, Score};

use self::sheet::Sheet;
use self::verdict::Verdict;

pub use self::verdict::Rejudged;

/// Where an event is.
#[derive(Debug, Clone, Copy)]
struct Leaf {
    position: u64,
    event_id: uuid::Uuid,
}

struct AnswerNode {
    given: AnswerSubmitted,
    submitted: Leaf,
    verdict: Option<(AnswerEvaluated, Leaf)>,
    delivery: Option<(Delivery, Leaf)>,
    again: Rejudged,
    exchange: Option<ExchangeKept>,
}

/// What was found of the words between us and a model.
#[derive(Debug, Clone, PartialEq)]
pub enum ExchangeKept {
    /// Their hashes are those that the event holds.
    AsRecorded {
        /// How many requests there were.
        calls: usize,
    },
    /// Their hashes are others.
    Changed,
    /// They cannot be had, and why.
    Lost(String),
}

/// The score of an interview as a tree.
#[derive(Default)]
pub struct ScoreTree {
    questions: Vec<(QuestionId, Leaf)>,
    /// A question that was tried again, and under which id it was asked first.
    retries: Vec<(QuestionId, QuestionId)>,
    answers: Vec<AnswerNode>,
    report: Option<(ReportIssued, Leaf)>,
}

impl ScoreTree {
    /// Takes in an event of the interview, in order.
    pub fn add(&mut self, event: &InterviewEvent, recorded: &RecordedEvent) {
        let leaf = Leaf { position: recorded.position.0, event_id: recorded.metadata.event_id.0 };
        match event {
            InterviewEvent::QuestionAsked(event) => self.questions.push((event.question_id, leaf)),
            InterviewEvent::FollowUpAsked(event) => self.questions.push((event.question_id, leaf)),
            InterviewEvent::RetryAsked(event) => {
                self.questions.push((event.question_id, leaf));
                self.retries.push((event.question_id, event.retry_of));
            }
            InterviewEvent::AnswerSubmitted(event) => self.answers.push(AnswerNode {
                given: event.clone(),
                submitted: leaf,
                verdict: None,
                delivery: None,
                again: Rejudged::Not("nobody asked".to_owned()),
                exchange: None,
            }),
            InterviewEvent::AnswerEvaluated(event) => {
                let mut answers = self.answers.iter_mut();
                if let Some(answer) = answers.find(|answer| answer.given.answer_id == event.answer_id) {
                    answer.verdict = Some((event.clone(), leaf));
                }
            }
            InterviewEvent::DeliveryMeasured(event) => {
                let mut answers = self.answers.iter_mut();
                if let Some(answer) = answers.find(|answer| answer.given.answer_id == event.answer_id) {
                    answer.delivery = Some((event.delivery.clone(), leaf));
                }
            }
            InterviewEvent::ReportIssued(event) => self.report = Some((event.clone(), leaf)),
            InterviewEvent::InterviewConfigured(_)
            | InterviewEvent::QuestionsPlanned(_)
            | InterviewEvent::PlanningFailed(_)
            | InterviewEvent::InterviewStarted(_)
            | InterviewEvent::AnswerDrafted(_)
            | InterviewEvent::TimeExtended(_)
            | InterviewEvent::EvaluationFailed(_)
            | InterviewEvent::BetterAnswerWritten(_)
            | InterviewEvent::InterviewPaused(_)
            | InterviewEvent::InterviewResumed(_)
            | InterviewEvent::InterviewAbandoned(_)
            | InterviewEvent::InterviewDiscarded(_)
            | InterviewEvent::InterviewCompleted(_) => {}
        }
    }

    /// Every answer that has a verdict, with the verdict.
    pub fn verdicts(&self) -> impl Iterator<Item = (AnswerId, &Evaluation)> {
        self.answers
            .iter()
            .filter_map(|answer| Some((answer.given.answer_id, &answer.verdict.as_ref()?.0.evaluation)))
    }

    /// Takes in what judging an answer again gave.
    pub fn judged_again(&mut self, answer_id: AnswerId, again: Rejudged) {
        let mut answers = self.answers.iter_mut();
        if let Some(answer) = answers.find(|answer| answer.given.answer_id == answer_id) {
            answer.again = again;
        }
    }

    /// Takes in what was found of the words between us and a model.
    pub fn exchanged(&mut self, answer_id: AnswerId, kept: ExchangeKept) {
        let mut answers = self.answers.iter_mut();
        if let Some(answer) = answers.find(|answer| answer.given.answer_id == answer_id) {
            answer.exchange = Some(kept);
        }
    }

    fn first_asked_as(&self, question_id: QuestionId) -> QuestionId {
        let retry = self.retries.iter().find(|(id, _)| *id == question_id);
        retry.map_or(question_id, |(_, first)| *first)
    }

    /// Whether an answer is the newest attempt at its question.
    fn counts(&self, answer: &AnswerNode) -> bool {
        let question = self.first_asked_as(answer.given.question_id);
        !self.answers.iter().any(|other| {
            self.first_asked_as(other.given.question_id) == question
                && other.given.attempt > answer.given.attempt
        })
    }

    /// How many verdicts could not be come to again.
    pub fn not_judged_again(&self) -> usize {
        let not = |answer: &&AnswerNode| answer.verdict.is_some() && matches!(answer.again, Rejudged::Not(_));
        self.answers.iter().filter(not).count()
    }

    /// Prints the tree and gives how many numbers and places differ from what they recompute to.
    ///
    /// # Errors
    /// The output cannot be written.
    pub fn print(&self, delivery_rubric: &DeliveryRubric, out: &mut impl Write) -> io::Result<u32> {
        let mut sheet = Sheet::new(out);
        match &self.report {
            None => sheet.line(0, "no report was issued yet")?,
            Some((report, leaf)) => self.print_total(report, *leaf, &mut sheet)?,
        }
        for answer in &self.answers {
            self.print_answer(answer, &mut sheet)?;
            if let Some((measured, leaf)) = &answer.delivery {
                delivery::print(measured, &place(*leaf), delivery_rubric, &mut sheet)?;
            }
        }
        Ok(sheet.differences())
    }

    fn print_total(
        &self,
        report: &ReportIssued,
        leaf: Leaf,
        sheet: &mut Sheet<'_, impl Write>,
    ) -> io::Result<()> {
        // In the order of the decision: a sum in another order may round another way.
        let mut scores: Vec<(AnswerId, Score)> = self
            .answers
            .iter()
            .filter(|answer| self.counts(answer))
            .filter_map(|answer| Some((answer.given.answer_id, answer.verdict.as_ref()?.0.overall)))
            .collect();
        scores.sort_by_key(|(answer_id, _)| *answer_id);
        let scores: Vec<Score> = scores.into_iter().map(|(_, score)| score).collect();
        let recomputed = score::mean(&scores);
        let words =
            format!("total {} = mean of {} answers  {}", shown(report.overall), scores.len(), place(leaf));
        let difference = (recomputed != report.overall).then(|| format!("recomputed {}", shown(recomputed)));
        sheet.checked(0, &words, difference)?;
        if report.answers as usize != self.answers.len() {
            let difference = Some(format!("{} were given", self.answers.len()));
            sheet.checked(0, &format!("{} answers in the report", report.answers), difference)?;
        }
        Ok(())
    }

    fn print_answer(&self, answer: &AnswerNode, sheet: &mut Sheet<'_, impl Write>) -> io::Result<()> {
        let AnswerSubmitted { answer_id, question_id, text, .. } = &answer.given;
        let Some((evaluated, leaf)) = &answer.verdict else {
            return sheet.line(1, &format!("answer {answer_id} has no verdict  {}", place(answer.submitted)));
        };
        let evaluation = &evaluated.evaluation;
        let recomputed = score::overall(&evaluation.ratings);
        let words = format!(
            "answer {answer_id} score {} by {} under {}  {}",
            shown(Some(evaluated.overall)),
            evaluation.evaluator,
            evaluation.rubric,
            place(*leaf)
        );
        let differs = recomputed != Some(evaluated.overall);
        sheet.checked(1, &words, differs.then(|| format!("recomputed {}", shown(recomputed))))?;
        if let Some(stood_in) = &evaluation.stood_in_for {
            sheet.line(2, &format!("stood in for {}: {}", stood_in.evaluator, stood_in.reason))?;
        }
        if let (Some(exchange), Some(kept)) = (&evaluation.exchange, &answer.exchange) {
            print_exchange(exchange, kept, sheet)?;
        }
        let answer_text = text.present().map(String::as_str);
        Verdict { recorded: evaluation, again: &answer.again, answer: answer_text }.print(sheet)?;
        sheet.line(2, &format!("answered by {}", place(answer.submitted)))?;
        match self.questions.iter().find(|(id, _)| id == question_id) {
            Some((_, asked)) => sheet.line(2, &format!("asked by {}", place(*asked))),
            None => Ok(()),
        }
    }
}

fn print_exchange(
    exchange: &Exchange,
    kept: &ExchangeKept,
    sheet: &mut Sheet<'_, impl Write>,
) -> io::Result<()> {
    let words = format!("{} of {} asked by {}", exchange.samples, exchange.model, exchange.prompt);
    match kept {
        ExchangeKept::AsRecorded { calls } => {
            sheet.line(2, &format!("{words}, {calls} calls, as the hashes of both sides have it"))
        }
        ExchangeKept::Changed => {
            sheet.checked(2, &words, Some("what is kept of it has other hashes".to_owned()))
        }
        // With the key the words are gone, as they should be.
        ExchangeKept::Lost(why) if exchange.prompt_hash.present().is_none() => {
            sheet.line(2, &format!("{words}: {why}"))
        }
        ExchangeKept::Lost(why) => sheet.checked(2, &words, Some(why.clone())),
    }
}

fn shown(score: Option<Score>) -> String {
    score.map_or_else(|| "none".to_owned(), |score| format!("{:.1}", score.value()))
}

fn place(leaf: Leaf) -> String {
    format!("[position {} event {}]", leaf.position, leaf.event_id)
}
