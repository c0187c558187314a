//! What is judged, and which answers count: of a follow-up both its answer and the one that it takes up.

use super::counting::{Attempt, Counting, joined};
use super::question::Question;
use super::{Answer, Asked, Interview};
use crate::ids::{AnswerId, QuestionId};

/// What a verdict is on: an answer, or a follow-up's together with the one that it takes up.
#[derive(Debug, Clone, PartialEq)]
pub struct ToJudge<'a> {
    /// The question; of a follow-up the one that it takes up.
    pub question: &'a Question,
    /// The follow-up that was asked in between.
    pub follow_up: Option<&'a Question>,
    /// What was said to both; `None` where it was erased.
    pub answer: Option<String>,
    /// The answer that the follow-up takes up.
    pub together_with: Option<AnswerId>,
}

impl Interview {
    /// What a verdict on an answer is on; `None` where the answer was not given.
    pub fn to_judge(&self, answer_id: AnswerId) -> Option<ToJudge<'_>> {
        let answer = self.answers.get(&answer_id)?;
        let question = &self.asked_for(answer)?.question;
        let alone = ToJudge { question, follow_up: None, answer: answer.text.clone(), together_with: None };
        let Some(before) = self.together_with(answer_id) else { return Some(alone) };
        let first = self.answers.get(&before)?;
        Some(ToJudge {
            question: &self.asked_for(first)?.question,
            follow_up: Some(question),
            answer: first.text.as_deref().zip(answer.text.as_deref()).map(|(one, other)| joined(one, other)),
            together_with: Some(before),
        })
    }

    pub(super) fn asked_for(&self, answer: &Answer) -> Option<&Asked> {
        self.asked.iter().find(|asked| asked.question_id == answer.question_id)
    }

    /// The answers as far as they decide which ones count, in the order of their ids.
    pub(super) fn attempts(&self) -> Vec<Attempt> {
        let attempt = |(answer_id, answer): (&AnswerId, &Answer)| {
            let asked = self.asked_for(answer);
            Attempt {
                answer_id: *answer_id,
                question_id: asked.and_then(|asked| asked.retry_of).unwrap_or(answer.question_id),
                attempt: asked.map_or(1, |asked| asked.attempt),
                together_with: answer.together_with,
            }
        };
        self.answers.iter().map(attempt).collect()
    }

    /// Whether this answer's score is part of the total.
    pub fn counts(&self, answer_id: AnswerId) -> bool {
        let attempts = self.attempts();
        let answer = attempts.iter().find(|one| one.answer_id == answer_id);
        answer.is_some_and(|answer| Counting::of(answer, &attempts).counts())
    }

    /// The answers that count.
    pub(super) fn counting(&self) -> impl Iterator<Item = &Answer> {
        let attempts = self.attempts();
        let counts: Vec<bool> = attempts.iter().map(|one| Counting::of(one, &attempts).counts()).collect();
        self.answers.values().zip(counts).filter_map(|(answer, counts)| counts.then_some(answer))
    }

    /// The answer that the verdict on a follow-up is on as well: the newest attempt at its question that was handed in
    /// before. Where there is a verdict it stays as it is.
    pub(super) fn together_with(&self, answer_id: AnswerId) -> Option<AnswerId> {
        let answer = self.answers.get(&answer_id)?;
        if answer.verdict.is_some() {
            return answer.together_with;
        }
        let followed = self.asked_for(answer)?.follow_up_to?;
        let first = |id: QuestionId| {
            let asked = self.asked.iter().find(|asked| asked.question_id == id);
            asked.and_then(|asked| asked.retry_of).unwrap_or(id)
        };
        let attempts = self.attempts();
        let before = attempts.iter().filter(|one| {
            one.question_id == first(followed)
                && self
                    .answers
                    .get(&one.answer_id)
                    .is_some_and(|other| other.submitted_at <= answer.submitted_at)
        });
        before.max_by_key(|one| one.attempt).map(|one| one.answer_id)
    }
}
