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

/// Ways to ask for a real occasion,
const OCCASION: [&str; 3] = [
    "Could you choose one real occasion and tell me what you did, step by step?",
    "Is there one time that you remember well? Take me through it from the beginning.",
    "Which occasion comes to mind, and what did you do first?",
];
/// for one's own steps,
const STEPS: [&str; 3] = [
    "What did you do yourself, step by step?",
    "Which part of that was yours, and how did you go about it?",
    "If I had watched you that day, what would I have seen you do?",
];
/// and for what came of it.
const RESULT: [&str; 4] = [
    "What came of it in the end, and how could you tell that it had worked?",
    "How did it turn out, and what was different afterwards?",
    "Where did things stand a few weeks later?",
    "What would the others involved say came out of it?",
];

/// The follow-up, where there is a gap worth a question. What was `asked` is not asked again in the same words.
pub(super) fn write(
    question: &Question,
    answer: &str,
    evaluation: &Evaluation,
    asked: &[&str],
) -> Option<FollowUp> {
    let strong = score::overall(&evaluation.ratings).is_some_and(|score| score.value() >= STRONG);
    if strong || words::words(answer).len() < FEWEST_WORDS {
        return None;
    }
    let untold = match question.kind {
        QuestionKind::Behavioural => about_the_story(evaluation, asked),
        QuestionKind::Technical => None,
    };
    untold.or_else(|| open_point(question, evaluation, asked).map(about_point))
}

fn about_the_story(evaluation: &Evaluation, asked: &[&str]) -> Option<FollowUp> {
    let tells = |part| evaluation.star.iter().any(|span| span.part == part);
    let (ways, gap) = if !tells(StarPart::Action) && evaluation.star.is_empty() {
        (&OCCASION[..], "You have not told of a real occasion yet.")
    } else if !tells(StarPart::Action) {
        (&STEPS[..], "You have not said what you did yourself.")
    } else if !tells(StarPart::Result) {
        (&RESULT[..], "You told what you did, but not what came of it.")
    } else {
        return None;
    };
    Some(FollowUp {
        text: (*ways.iter().find(|way| !asked.contains(way))?).to_owned(),
        gap: gap.to_owned(),
        writer: WRITER.to_owned(),
        ..FollowUp::default()
    })
}

/// The first point that is not covered: points stand in the order of their weight.
fn open_point<'a>(question: &'a Question, evaluation: &Evaluation, asked: &[&str]) -> Option<&'a Point> {
    evaluation
        .coverage
        .iter()
        .filter(|coverage| !coverage.covered)
        .filter_map(|coverage| question.points.get(usize::from(coverage.index)))
        .find(|point| !asked.contains(&point.probe.as_str()))
}

fn about_point(point: &Point) -> FollowUp {
    let text = point.text.trim_end_matches('.');
    let gap = format!("You have not said yet: {text}.");
    FollowUp { text: point.probe.clone(), gap, writer: WRITER.to_owned(), ..FollowUp::default() }
}
