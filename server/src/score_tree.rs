//! The score of an interview as a tree, from the total to the events it rests on, each number recomputed.

use std::io::{self, Write};

use interaura_domain::envelope::RecordedEvent;
use interaura_domain::ids::{AnswerId, QuestionId};
use interaura_domain::interview::event::{AnswerEvaluated, InterviewEvent, ReportIssued};
use interaura_domain::score::{self, Rating, Score};

/// Where an event is.
#[derive(Debug, Clone, Copy)]
struct Leaf {
    position: u64,
    event_id: uuid::Uuid,
}

struct AnswerNode {
    answer_id: AnswerId,
    question_id: QuestionId,
    submitted: Leaf,
    verdict: Option<(AnswerEvaluated, Leaf)>,
}

/// The score of an interview as a tree.
#[derive(Default)]
pub struct ScoreTree {
    questions: Vec<(QuestionId, Leaf)>,
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
            InterviewEvent::AnswerSubmitted(event) => self.answers.push(AnswerNode {
                answer_id: event.answer_id,
                question_id: event.question_id,
                submitted: leaf,
                verdict: None,
            }),
            InterviewEvent::AnswerEvaluated(event) => {
                let mut answers = self.answers.iter_mut();
                if let Some(answer) = answers.find(|answer| answer.answer_id == event.answer_id) {
                    answer.verdict = Some((event.clone(), leaf));
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
            | InterviewEvent::InterviewCompleted(_) => {}
        }
    }

    /// Prints the tree and gives how many numbers differ from what they recompute to.
    ///
    /// # Errors
    /// The output cannot be written.
    pub fn print(&self, out: &mut impl Write) -> io::Result<u32> {
        let scores: Vec<Score> =
            self.answers.iter().filter_map(|answer| Some(answer.verdict.as_ref()?.0.overall)).collect();
        let mut differences = 0;
        match &self.report {
            None => writeln!(out, "no report was issued yet")?,
            Some((report, leaf)) => {
                let recomputed = score::mean(&scores);
                differences += u32::from(recomputed != report.overall);
                writeln!(
                    out,
                    "total {} recomputed {} = mean of {} answers{}  {}",
                    shown(report.overall),
                    shown(recomputed),
                    scores.len(),
                    mark(recomputed == report.overall),
                    place(*leaf)
                )?;
            }
        }
        for answer in &self.answers {
            differences += self.print_answer(answer, out)?;
        }
        Ok(differences)
    }

    fn print_answer(&self, answer: &AnswerNode, out: &mut impl Write) -> io::Result<u32> {
        let Some((evaluated, leaf)) = &answer.verdict else {
            writeln!(out, "  answer {} has no verdict  {}", answer.answer_id, place(answer.submitted))?;
            return Ok(0);
        };
        let ratings = &evaluated.evaluation.ratings;
        let recomputed = score::overall(ratings);
        let agrees = recomputed == Some(evaluated.overall);
        writeln!(
            out,
            "  answer {} score {} recomputed {}{}  by {} under {}  {}",
            answer.answer_id,
            shown(Some(evaluated.overall)),
            shown(recomputed),
            mark(agrees),
            evaluated.evaluation.evaluator,
            evaluated.evaluation.rubric,
            place(*leaf)
        )?;
        for rating in ratings {
            print_rating(rating, out)?;
        }
        writeln!(out, "    answered by {}", place(answer.submitted))?;
        if let Some((_, asked)) = self.questions.iter().find(|(id, _)| *id == answer.question_id) {
            writeln!(out, "    asked by {}", place(*asked))?;
        }
        Ok(u32::from(!agrees))
    }
}

fn print_rating(rating: &Rating, out: &mut impl Write) -> io::Result<()> {
    let name = format!("{:?}", rating.criterion).to_lowercase();
    match rating.level {
        None => writeln!(out, "    {name} not applicable"),
        Some(level) => {
            writeln!(out, "    {name} level {:.1} weight {}", level.value(), rating.weight)?;
            for feature in &rating.features {
                writeln!(out, "      {} = {}", feature.name, feature.value)?;
            }
            for evidence in &rating.evidence {
                writeln!(
                    out,
                    "      evidence at characters {} to {}",
                    evidence.span.start, evidence.span.end
                )?;
            }
            Ok(())
        }
    }
}

fn shown(score: Option<Score>) -> String {
    score.map_or_else(|| "none".to_owned(), |score| format!("{:.1}", score.value()))
}

fn mark(agrees: bool) -> &'static str {
    if agrees { "" } else { "  DIFFERS" }
}

fn place(leaf: Leaf) -> String {
    format!("[position {} event {}]", leaf.position, leaf.event_id)
}
