//! The score of an interview as a tree, from the total to the events it rests on, each number recomputed.

mod delivery;
mod sheet;
mod verdict;

use interaura_domain::envelope::RecordedEvent;
use interaura_domain::ids::{AnswerId, EvaluationId, QuestionId};
use interaura_domain::interview::counting::{Attempt, Counting, joined};
use interaura_domain::interview::delivery::{Delivery, DeliveryRubric};
use interaura_domain::interview::evaluation::Evaluation;
use interaura_domain::interview::event::{AnswerEvaluated, AnswerSubmitted, InterviewEvent, ReportIssued};
use interaura_domain::interview::exchange::Exchange;
use interaura_domain::ports::score_auditor::{AuditReport, AuditedEvent};
use interaura_domain::score::interval::ScoreInterval;
use interaura_domain::score::{self, Score, interval};

use self::sheet::Sheet;
use self::verdict::Verdict;

pub use self::verdict::Rejudged;

struct AnswerNode {
    given: AnswerSubmitted,
    submitted: AuditedEvent,
    /// Oldest first; the newest counts.
    verdicts: Vec<VerdictNode>,
    contests: Vec<AuditedEvent>,
    delivery: Option<(Delivery, AuditedEvent)>,
}

struct VerdictNode {
    evaluated: AnswerEvaluated,
    event: AuditedEvent,
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
    /// They are not in the blob store: a copy of the log alone has none.
    NotAtHand,
    /// They cannot be had, and why.
    Lost(String),
}

impl AnswerNode {
    /// The verdict that counts.
    fn verdict(&self) -> Option<&VerdictNode> {
        self.verdicts.last()
    }
}

/// The score of an interview as a tree.
#[derive(Default)]
pub struct ScoreTree {
    questions: Vec<(QuestionId, AuditedEvent)>,
    /// A question that was tried again, and under which id it was asked first.
    retries: Vec<(QuestionId, QuestionId)>,
    answers: Vec<AnswerNode>,
    report: Option<(ReportIssued, AuditedEvent)>,
}

impl ScoreTree {
    /// Takes in an event of the interview, in order.
    pub fn add(&mut self, event: &InterviewEvent, recorded: &RecordedEvent) {
        let leaf = AuditedEvent { position: recorded.position, event_id: recorded.metadata.event_id };
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
                verdicts: Vec::new(),
                contests: Vec::new(),
                delivery: None,
            }),
            InterviewEvent::AnswerEvaluated(event) => {
                if let Some(answer) = self.answer(event.answer_id) {
                    let again = Rejudged::Not("nobody asked".to_owned());
                    answer.verdicts.push(VerdictNode {
                        evaluated: event.clone(),
                        event: leaf,
                        again,
                        exchange: None,
                    });
                }
            }
            InterviewEvent::ScoreContested(event) => {
                if let Some(answer) = self.answer(event.answer_id) {
                    answer.contests.push(leaf);
                }
            }
            InterviewEvent::DeliveryMeasured(event) => {
                if let Some(answer) = self.answer(event.answer_id) {
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
            | InterviewEvent::ContestFailed(_)
            | InterviewEvent::InterviewPaused(_)
            | InterviewEvent::InterviewResumed(_)
            | InterviewEvent::InterviewAbandoned(_)
            | InterviewEvent::InterviewDiscarded(_)
            | InterviewEvent::InterviewCompleted(_) => {}
        }
    }

    fn answer(&mut self, answer_id: AnswerId) -> Option<&mut AnswerNode> {
        self.answers.iter_mut().find(|answer| answer.given.answer_id == answer_id)
    }

    /// Every verdict, those too that do not count any more.
    pub fn verdicts(&self) -> impl Iterator<Item = (EvaluationId, AnswerId, &Evaluation)> {
        let verdicts = self.answers.iter().flat_map(|answer| &answer.verdicts);
        verdicts.map(|VerdictNode { evaluated, .. }| {
            (evaluated.evaluation_id, evaluated.answer_id, &evaluated.evaluation)
        })
    }

    /// Takes in what judging an answer again gave.
    pub fn judged_again(&mut self, evaluation_id: EvaluationId, again: Rejudged) {
        if let Some(verdict) = self.verdict(evaluation_id) {
            verdict.again = again;
        }
    }

    /// Takes in what was found of the words between us and a model.
    pub fn exchanged(&mut self, evaluation_id: EvaluationId, kept: ExchangeKept) {
        if let Some(verdict) = self.verdict(evaluation_id) {
            verdict.exchange = Some(kept);
        }
    }

    fn verdict(&mut self, evaluation_id: EvaluationId) -> Option<&mut VerdictNode> {
        let mut verdicts = self.answers.iter_mut().flat_map(|answer| &mut answer.verdicts);
        verdicts.find(|verdict| verdict.evaluated.evaluation_id == evaluation_id)
    }

    fn first_asked_as(&self, question_id: QuestionId) -> QuestionId {
        let retry = self.retries.iter().find(|(id, _)| *id == question_id);
        retry.map_or(question_id, |(_, first)| *first)
    }

    fn attempts(&self) -> Vec<Attempt> {
        let attempt = |answer: &AnswerNode| Attempt {
            answer_id: answer.given.answer_id,
            question_id: self.first_asked_as(answer.given.question_id),
            attempt: answer.given.attempt,
            together_with: answer.verdict().and_then(|verdict| verdict.evaluated.together_with),
        };
        self.answers.iter().map(attempt).collect()
    }

    fn counting(&self, answer: &AnswerNode) -> Counting {
        let attempts = self.attempts();
        let own = attempts.iter().find(|one| one.answer_id == answer.given.answer_id);
        own.map_or(Counting::Counts, |own| Counting::of(own, &attempts))
    }

    /// The words that a verdict is on; `None` where they were erased.
    fn judged_words(&self, answer: &AnswerNode, verdict: &AnswerEvaluated) -> Option<String> {
        let own = answer.given.text.present()?;
        let Some(before) = verdict.together_with else { return Some(own.clone()) };
        let before = self.answers.iter().find(|other| other.given.answer_id == before)?;
        Some(joined(before.given.text.present()?, own))
    }

    /// The tree with each number recomputed.
    pub fn report(&self, delivery_rubric: &DeliveryRubric) -> AuditReport {
        let mut sheet = Sheet::default();
        match &self.report {
            None => sheet.line(0, "no report was issued yet"),
            Some((report, event)) => self.print_total(report, *event, &mut sheet),
        }
        for answer in &self.answers {
            self.print_answer(answer, &mut sheet);
            if let Some((measured, event)) = &answer.delivery {
                delivery::print(measured, *event, delivery_rubric, &mut sheet);
            }
        }
        let verdicts = self.answers.iter().flat_map(|answer| &answer.verdicts);
        let not_judged_again = verdicts.filter(|verdict| matches!(verdict.again, Rejudged::Not(_))).count();
        let (lines, differences) = sheet.into_parts();
        AuditReport { lines, differences, not_judged_again }
    }

    fn print_total(&self, report: &ReportIssued, event: AuditedEvent, sheet: &mut Sheet) {
        // In the order of the decision: a sum in another order may round another way.
        let mut counting: Vec<(AnswerId, &AnswerEvaluated)> = self
            .answers
            .iter()
            .filter(|answer| self.counting(answer).counts())
            .filter_map(|answer| Some((answer.given.answer_id, &answer.verdict()?.evaluated)))
            .collect();
        counting.sort_by_key(|(answer_id, _)| *answer_id);
        let scores: Vec<Score> = counting.iter().map(|(_, verdict)| verdict.overall).collect();
        let recomputed = score::mean(&scores);
        let words = format!("total {} = mean of {} answers", shown(report.overall), scores.len());
        let difference = (recomputed != report.overall).then(|| format!("recomputed {}", shown(recomputed)));
        sheet.checked(0, &words, difference);
        sheet.held_by(event);
        if let Some(recorded) = report.overall_interval {
            let of_answers = counting.iter().map(|(_, verdict)| verdict.overall_interval);
            let differs = interval::mean_interval(of_answers) != Some(recorded);
            let words = between(recorded, "its answers'");
            sheet.checked(0, &words, differs.then(|| "its answers' intervals give another".to_owned()));
        }
        if report.answers as usize != self.answers.len() {
            let difference = Some(format!("{} were given", self.answers.len()));
            sheet.checked(0, &format!("{} answers in the report", report.answers), difference);
        }
    }

    fn print_answer(&self, answer: &AnswerNode, sheet: &mut Sheet) {
        let AnswerSubmitted { answer_id, question_id, .. } = &answer.given;
        if answer.verdicts.is_empty() {
            sheet.line(1, &format!("answer {answer_id} has no verdict"));
            sheet.held_by(answer.submitted);
            return;
        }
        let counting = match self.counting(answer) {
            Counting::Counts => "",
            Counting::WithFollowUp => ", counts together with its follow-up",
            Counting::TriedAgain => ", a newer attempt counts",
        };
        // The one that counts first.
        for (age, verdict) in answer.verdicts.iter().rev().enumerate() {
            let counting = if age > 0 { ", does not count any more" } else { counting };
            let words = self.judged_words(answer, &verdict.evaluated);
            print_verdict(verdict, counting, words.as_deref(), sheet);
        }
        for contest in &answer.contests {
            sheet.line(2, "contested by the candidate");
            sheet.held_by(*contest);
        }
        sheet.line(2, "answered");
        sheet.held_by(answer.submitted);
        if let Some((_, asked)) = self.questions.iter().find(|(id, _)| id == question_id) {
            sheet.line(2, "asked");
            sheet.held_by(*asked);
        }
    }
}

fn print_verdict(node: &VerdictNode, counting: &str, answer: Option<&str>, sheet: &mut Sheet) {
    let AnswerEvaluated { answer_id, overall, overall_interval, evaluation, .. } = &node.evaluated;
    let recomputed = score::overall(&evaluation.ratings);
    let words = format!(
        "answer {answer_id} score {} by {} under {}{}{counting}",
        shown(Some(*overall)),
        evaluation.evaluator,
        evaluation.rubric,
        because(&node.evaluated),
    );
    let differs = recomputed != Some(*overall);
    sheet.checked(1, &words, differs.then(|| format!("recomputed {}", shown(recomputed))));
    sheet.held_by(node.event);
    if let Some(stood_in) = &evaluation.stood_in_for {
        sheet.line(2, &format!("stood in for {}: {}", stood_in.evaluator, stood_in.reason));
    }
    if let (Some(exchange), Some(kept)) = (&evaluation.exchange, &node.exchange) {
        print_exchange(exchange, kept, sheet);
    }
    if let Some(recorded) = overall_interval {
        let recomputed = interval::overall_interval(&evaluation.ratings);
        let words = between(*recorded, "its levels'");
        let differs = recomputed != Some(*recorded);
        sheet.checked(2, &words, differs.then(|| "its levels' intervals give another".to_owned()));
    }
    Verdict { recorded: evaluation, again: &node.again, answer }.print(sheet);
}

/// Why an answer has this verdict, where it is not a first one on its words alone.
fn because(evaluated: &AnswerEvaluated) -> String {
    let together = evaluated.together_with.map(|before| format!(", on answer {before} as well"));
    let again = if evaluated.is_judged_again() { ", judged again after a contest" } else { "" };
    format!("{}{again}", together.unwrap_or_default())
}

fn print_exchange(exchange: &Exchange, kept: &ExchangeKept, sheet: &mut Sheet) {
    let words = format!("{} of {} asked by {}", exchange.samples, exchange.model, exchange.prompt);
    match kept {
        ExchangeKept::AsRecorded { calls } => {
            sheet.line(2, &format!("{words}, {calls} calls, as the hashes of both sides have it"));
        }
        ExchangeKept::Changed => {
            sheet.checked(2, &words, Some("what is kept of it has other hashes".to_owned()));
        }
        ExchangeKept::NotAtHand => {
            sheet.line(2, &format!("{words}: not at hand here, so that nobody can say what was said"));
        }
        // With the key the words are gone, as they should be.
        ExchangeKept::Lost(why) if exchange.prompt_hash.present().is_none() => {
            sheet.line(2, &format!("{words}: {why}"));
        }
        ExchangeKept::Lost(why) => sheet.checked(2, &words, Some(why.clone())),
    }
}

fn shown(score: Option<Score>) -> String {
    score.map_or_else(|| "none".to_owned(), |score| format!("{:.1}", score.value()))
}

fn between(interval: ScoreInterval, whose: &str) -> String {
    format!("between {} and {}, from {whose} intervals", interval.low.value(), interval.high.value())
}
