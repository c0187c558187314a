//! Which requirements of a job a question asks for, by its words.

use std::collections::BTreeSet;

use super::question::{Point, Question, Requirement};
use super::sentences::sentences;
use super::words::{content_stems, words};

/// Whether one sentence of a question, or one of the points of a good answer, holds all words of a name.
pub fn names(text: &str, points: &[Point], name: &str) -> bool {
    let wanted: BTreeSet<String> = content_stems(&words(name)).into_iter().collect();
    let holds = |sentence: &str| {
        let stems: BTreeSet<String> = content_stems(&words(sentence)).into_iter().collect();
        wanted.is_subset(&stems)
    };
    let asked = sentences(text).into_iter().map(|sentence| sentence.text);
    !wanted.is_empty() && asked.chain(points.iter().map(|point| point.text.clone())).any(|one| holds(&one))
}

/// The requirements that a question names, by their places from 0.
pub fn named_by(question: &Question, requirements: &[Requirement]) -> Vec<u8> {
    let text = question.text.present().map_or("", String::as_str);
    let is_named = |one: &&(u8, &Requirement)| names(text, &question.points, &one.1.name);
    (0..=u8::MAX)
        .zip(requirements)
        .collect::<Vec<_>>()
        .iter()
        .filter(is_named)
        .map(|(place, _)| *place)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(text: &str) -> Point {
        Point { text: text.to_owned(), probe: String::new() }
    }

    #[test]
    fn a_name_has_to_stand_in_one_sentence() {
        let points = [point("Says how an index speeds up reads"), point("Names the cost for a database")];
        assert!(names("How do relational databases keep data safe?", &points, "relational database"));
        assert!(names("How would you speed this up?", &points, "indexes"));
        assert!(!names("How would you speed this up?", &points, "database index"));
        assert!(!names("How would you speed this up?", &points, "the"));
    }
}
