//! Which question was open when a chunk was spoken.

use std::collections::VecDeque;

use interaura_domain::ids::QuestionId;

/// The most changes that are remembered; nobody is asked this often within the audio that a page keeps.
const MOST: usize = 100;

/// From which chunk on which question is answered, in order.
#[derive(Default)]
pub(super) struct Questions {
    asked: VecDeque<(u64, Option<QuestionId>)>,
}

impl Questions {
    /// A question holds from a chunk on. A page says so again whenever somebody begins to hear it.
    pub(super) fn ask(&mut self, from: u64, question: Option<QuestionId>) {
        self.asked.retain(|(other, _)| *other != from);
        let place = self.asked.partition_point(|(other, _)| *other < from);
        self.asked.insert(place, (from, question));
        if self.asked.len() > MOST {
            self.asked.pop_front();
        }
    }

    /// The question that was open when a chunk was spoken; no earlier chunk is asked for after it. An utterance
    /// is asked for by its end: whoever is asked while speaking answers that question.
    pub(super) fn at(&mut self, chunk: u64) -> Option<QuestionId> {
        while self.asked.get(1).is_some_and(|(from, _)| *from <= chunk) {
            self.asked.pop_front();
        }
        self.asked.front().filter(|(from, _)| *from <= chunk).and_then(|(_, question)| *question)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn question(number: u128) -> QuestionId {
        QuestionId(Uuid::from_u128(number))
    }

    #[test]
    fn a_question_holds_from_its_chunk_to_the_next_one() {
        let mut questions = Questions::default();
        questions.ask(30, Some(question(2)));
        questions.ask(11, Some(question(1)));
        questions.ask(20, None);
        let open: Vec<_> = [10, 11, 19, 20, 29, 30, 99].map(|chunk| questions.at(chunk)).into();
        assert_eq!(
            open,
            [None, Some(question(1)), Some(question(1)), None, None, Some(question(2)), Some(question(2))]
        );
    }

    #[test]
    fn what_is_said_again_changes_nothing_and_takes_no_room() {
        let mut questions = Questions::default();
        for _ in 0..10 {
            questions.ask(1, Some(question(1)));
            questions.ask(5, Some(question(2)));
        }
        assert_eq!(questions.asked.len(), 2);
        (0..10_000).for_each(|from| questions.ask(from, Some(question(3))));
        assert_eq!(questions.asked.len(), MOST);
        assert_eq!(questions.at(9_999), Some(question(3)));
    }
}
