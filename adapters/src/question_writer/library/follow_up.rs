//! One further question where an answer left a gap that can be named.

use interaura_domain::interview::evaluation::{Evaluation, StarPart};
use interaura_domain::interview::question::{Point, Question, QuestionKind};
use interaura_domain::interview::words;
use interaura_domain::ports::question_writer::FollowUp;
use interaura_domain::score;

use super::WRITER;

/// From this score on an answer is left as it is.
const STRONG: f64 = 80.0;
/// Who says less has passed the question; asking on would not help.
const FEWEST_WORDS: usize = 4;

/// The follow-up, where there is a gap worth a question.
pub(super) fn write(question: &Question, answer: &str, evaluation: &Evaluation) -> Option<FollowUp> {
    let strong = score::overall(&evaluation.ratings).is_some_and(|score| score.value() >= STRONG);
    if strong || words::words(answer).len() < FEWEST_WORDS {
        return None;
    }
    let untold = match question.kind {
        QuestionKind::Behavioural => about_the_story(evaluation),
        QuestionKind::Technical => None,
    };
    untold.or_else(|| open_point(question, evaluation).map(about_point))
}

fn about_the_story(evaluation: &Evaluation) -> Option<FollowUp> {
    let tells = |part| evaluation.star.iter().any(|span| span.part == part);
    let (text, gap) = if !tells(StarPart::Action) && evaluation.star.is_empty() {
        (
            "Could you choose one real occasion and tell me what you did, step by step?",
            "You have not told of a real occasion yet.",
        )
    } else if !tells(StarPart::Action) {
        ("What did you do yourself, step by step?", "You have not said what you did yourself.")
    } else if !tells(StarPart::Result) {
        (
            "What came of it in the end, and how could you tell that it had worked?",
            "You told what you did, but not what came of it.",
        )
    } else {
        return None;
    };
    Some(FollowUp {
        text: text.to_owned(),
        gap: gap.to_owned(),
        writer: WRITER.to_owned(),
        ..FollowUp::default()
    })
}

/// The first point that is not covered: points stand in the order of their weight.
fn open_point<'a>(question: &'a Question, evaluation: &Evaluation) -> Option<&'a Point> {
    evaluation
        .coverage
        .iter()
        .filter(|coverage| !coverage.covered)
        .find_map(|coverage| question.points.get(usize::from(coverage.index)))
}

fn about_point(point: &Point) -> FollowUp {
    let text = point.text.trim_end_matches('.');
    let gap = format!("You have not said yet: {text}.");
    FollowUp { text: point.probe.clone(), gap, writer: WRITER.to_owned(), ..FollowUp::default() }
}
