//! Which answers of an interview count in its total.
//!
//! Of each question the newest attempt counts. A follow-up asks for what an answer left out, so that its own
//! words are no whole answer: its verdict is on both together, and counts in place of the one on the first alone.
//! Verdicts that are older than this rule are on the follow-up alone, and both count.

use crate::ids::{AnswerId, QuestionId};

/// What stands between two answers that are judged together.
const BETWEEN: &str = "\n\n";

/// Two answers as one text.
pub fn joined(before: &str, answer: &str) -> String {
    format!("{}{answer}", opening(before))
}

/// What goes before the later answer where two are judged together.
pub fn opening(before: &str) -> String {
    format!("{}{BETWEEN}", before.trim_end())
}

/// An answer, as far as it decides which ones count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    /// Which answer.
    pub answer_id: AnswerId,
    /// The id under which its question was asked first.
    pub question_id: QuestionId,
    /// The attempt at the question, from 1.
    pub attempt: u32,
    /// The answer that its verdict is on as well; `None` too while it has no verdict.
    pub together_with: Option<AnswerId>,
}

/// Whether an answer's score is part of the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// It is.
    Counts,
    /// The verdict on it and on its follow-up together is.
    WithFollowUp,
    /// That of a newer attempt is.
    TriedAgain,
}

impl Counting {
    /// Whether an answer of these counts.
    pub fn of(answer: &Attempt, all: &[Attempt]) -> Self {
        let superseded = |one: &Attempt| {
            all.iter().any(|other| other.question_id == one.question_id && other.attempt > one.attempt)
        };
        let before = answer.together_with.and_then(|id| all.iter().find(|other| other.answer_id == id));
        if superseded(answer) || before.is_some_and(superseded) {
            return Self::TriedAgain;
        }
        let is_taken_up =
            all.iter().any(|other| other.together_with == Some(answer.answer_id) && !superseded(other));
        if is_taken_up { Self::WithFollowUp } else { Self::Counts }
    }

    /// Whether it is [`Counting::Counts`].
    pub fn counts(self) -> bool {
        match self {
            Self::Counts => true,
            Self::WithFollowUp | Self::TriedAgain => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn attempt(answer: u128, question: u128, attempt: u32, together_with: Option<u128>) -> Attempt {
        Attempt {
            answer_id: AnswerId(Uuid::from_u128(answer)),
            question_id: QuestionId(Uuid::from_u128(question)),
            attempt,
            together_with: together_with.map(|id| AnswerId(Uuid::from_u128(id))),
        }
    }

    fn of(all: &[Attempt]) -> Vec<Counting> {
        all.iter().map(|one| Counting::of(one, all)).collect()
    }

    #[test]
    fn the_verdict_on_both_counts_in_place_of_the_first() {
        let all = [attempt(1, 1, 1, None), attempt(2, 2, 1, Some(1)), attempt(3, 3, 1, None)];
        assert_eq!(of(&all), [Counting::WithFollowUp, Counting::Counts, Counting::Counts]);
    }

    #[test]
    fn verdicts_on_a_follow_up_alone_count_as_they_did() {
        let all = [attempt(1, 1, 1, None), attempt(2, 2, 1, None)];
        assert_eq!(of(&all), [Counting::Counts, Counting::Counts]);
    }

    #[test]
    fn a_newer_attempt_at_the_question_leaves_its_follow_up_behind() {
        let all = [attempt(1, 1, 1, None), attempt(2, 2, 1, Some(1)), attempt(3, 1, 2, None)];
        assert_eq!(of(&all), [Counting::TriedAgain, Counting::TriedAgain, Counting::Counts]);
    }

    #[test]
    fn a_newer_attempt_at_the_follow_up_counts_for_both() {
        let tried_again = attempt(3, 2, 2, None);
        let all = [attempt(1, 1, 1, None), attempt(2, 2, 1, Some(1)), tried_again];
        assert_eq!(of(&all), [Counting::Counts, Counting::TriedAgain, Counting::Counts]);
        let judged = Attempt { together_with: all[1].together_with, ..tried_again };
        let all = [all[0], all[1], judged];
        assert_eq!(of(&all), [Counting::WithFollowUp, Counting::TriedAgain, Counting::Counts]);
    }

    #[test]
    fn a_follow_up_that_was_answered_after_a_newer_attempt_is_judged_with_that_one() {
        let all = [attempt(1, 1, 1, None), attempt(3, 1, 2, None), attempt(2, 2, 1, Some(3))];
        assert_eq!(of(&all), [Counting::TriedAgain, Counting::WithFollowUp, Counting::Counts]);
    }
}
