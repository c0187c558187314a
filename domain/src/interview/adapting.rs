//! How hard the next question is: as planned, or easier or harder after what the last answers showed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AnswerStatus, Asked, Interview};
use crate::ids::QuestionId;
use crate::interview::question::Question;
use crate::score::Score;

/// So many answers are looked back on. One alone tells little: its score is uncertain by more than a step.
const LOOKS_BACK: usize = 2;
/// From these means on questions are a step harder, and two.
const HARDER: [f64; 2] = [70.0, 85.0];
/// Up to these means they are a step easier, and two.
const EASIER: [f64; 2] = [45.0, 30.0];

/// Why another question than the planned one is asked.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Adaptation {
    /// The difficulty of the planned question, 1 to 5.
    pub planned_difficulty: u8,
    /// So many steps harder was wanted; negative for easier. The nearest that was left is asked.
    pub steps: i8,
    /// The mean score of the answers looked back on.
    pub mean: Score,
}

/// So many steps harder; negative for easier.
fn steps(mean: f64) -> i8 {
    let count = |holds: [bool; 2]| holds.into_iter().map(i8::from).sum::<i8>();
    count(HARDER.map(|from| mean >= from)) - count(EASIER.map(|to| mean <= to))
}

impl Interview {
    /// The mean score of the last two judged answers to planned questions, first attempts; `None` while there are fewer.
    fn lately(&self) -> Option<f64> {
        let is_planned = |asked: &&Asked| asked.follow_up_to.is_none() && asked.retry_of.is_none();
        let score = |asked: &Asked| {
            self.answers.values().find(|answer| answer.question_id == asked.question_id).and_then(|answer| {
                match answer.status {
                    AnswerStatus::Evaluated { overall } => Some(overall.value()),
                    AnswerStatus::AwaitingEvaluation | AnswerStatus::Failed => None,
                }
            })
        };
        let scores: Vec<f64> =
            self.asked.iter().rev().filter(is_planned).filter_map(score).take(LOOKS_BACK).collect();
        (scores.len() == LOOKS_BACK).then(|| scores.iter().sum::<f64>() / 2.0)
    }

    /// The question for a place, from 1: the planned one, or of those that may stand in for it the nearest to the
    /// difficulty that the last answers call for.
    pub(super) fn suited(&self, number: u8) -> Option<(QuestionId, &Question, Option<Adaptation>)> {
        let planned = self.plan.get(usize::from(number).checked_sub(1)?)?;
        let as_planned = (planned.question_id, &planned.question, None);
        let Some((mean, steps)) =
            self.lately().map(|mean| (mean, steps(mean))).filter(|(_, steps)| *steps != 0)
        else {
            return Some(as_planned);
        };
        let planned_difficulty = planned.question.difficulty;
        let wanted = planned_difficulty.saturating_add_signed(steps).clamp(1, 5);
        let away = |question: &Question| question.difficulty.abs_diff(wanted);
        let others = self.alternates.iter().filter(|one| one.number == number);
        let nearest = others.min_by_key(|one| away(&one.question));
        let Some(other) = nearest.filter(|one| away(&one.question) < away(&planned.question)) else {
            return Some(as_planned);
        };
        let adaptation = Adaptation { planned_difficulty, steps, mean: Score::clamped(mean) };
        Some((other.question_id, &other.question, Some(adaptation)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strong_answers_call_for_harder_questions_and_weak_ones_for_easier() {
        let by_mean = [95.0, 85.0, 84.9, 70.0, 69.9, 45.1, 45.0, 30.1, 30.0, 0.0];
        assert_eq!(by_mean.map(steps), [2, 2, 1, 1, 0, 0, -1, -1, -2, -2]);
    }
}
