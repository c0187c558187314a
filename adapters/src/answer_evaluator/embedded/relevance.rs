//! Relevance: does the answer speak to the question?

use std::collections::BTreeSet;

use interaura_domain::interview::question::QuestionKind;
use interaura_domain::interview::words::number;
use interaura_domain::score::Criterion;
use interaura_domain::score::formula::own_level;
use interaura_domain::text::Span;

use super::closeness::{closeness, together};
use super::coverage::CoveredPoint;
use super::reading::{Aside, Reading};
use super::{Judgement, evidence, feature, shortened};
use crate::pair_scorer::PairScore;

/// With fewer words of its own an answer is too short to tell.
const ENOUGH_WORDS: f64 = 20.0;

/// Judges relevance; `learnt` is what the scorer made of the answer.
pub(super) fn judge(reading: &Reading, coverage: &[CoveredPoint], learnt: Option<&PairScore>) -> Judgement {
    let whole = together(reading.own().map(|unit| (&unit.embedding, number(unit.words.len()).sqrt())));
    let question_similarity = closeness(&whole, &reading.question).max(0.0);
    let point_similarity = mean(coverage.iter().map(|point| point.features.similarity)).max(0.0);
    let best_point = coverage.iter().map(|point| point.features.similarity).fold(0.0, f64::max);
    let nearest = reading.own().map(|unit| unit.to_question).fold(0.0, f64::max);
    let on_topic = reading.share_on_topic();
    let own_words = number(reading.own_words());
    let list = reading.features.list_likeness();
    let occasion = tells_what_was_asked(reading);
    let mut features = vec![
        feature("question_similarity", question_similarity),
        feature("nearest_sentence_similarity", nearest),
        feature("point_similarity", point_similarity),
        feature("best_point_similarity", best_point),
        feature("share_on_topic", on_topic),
        feature("own_words", own_words),
        feature("mean_credit", mean(coverage.iter().map(|point| point.credit))),
        feature("new_words", number(new_words(reading))),
        feature("share_question_repeated", reading.share_aside(Aside::Echo)),
        feature("share_about_scoring", reading.share_aside(Aside::Scoring)),
        feature("share_said_before", reading.share_aside(Aside::Repeated)),
        feature("share_asked", reading.share_aside(Aside::Asked)),
        feature("share_taken_back", reading.share_aside(Aside::TakenBack)),
        feature("share_thrown_together", reading.share_aside(Aside::ThrownTogether)),
        feature("list_likeness", list),
        feature("real_occasion_if_asked", if occasion { 1.0 } else { 0.0 }),
        feature("is_technical", if reading.kind == QuestionKind::Technical { 1.0 } else { 0.0 }),
        feature("points", number(coverage.len())),
    ];
    if let Some(learnt) = learnt {
        features.push(feature("matched", learnt.matched));
        features.push(feature("found", mean(coverage.iter().filter_map(|point| point.found))));
    }
    let level = own_level(Criterion::Relevance, &features);
    let reached = (level - 1.0) / 4.0;
    Judgement {
        level,
        features,
        evidence: places(reading, reached).into_iter().map(|span| evidence(&reading.answer, span)).collect(),
        rationale: rationale(reading, reached),
    }
}

/// Different words with a meaning that the question does not hold.
fn new_words(reading: &Reading) -> usize {
    let said: BTreeSet<&String> = reading.own().flat_map(|unit| &unit.stems).collect();
    said.iter().filter(|stem| !reading.question_stems.contains(**stem)).count()
}

/// A question about an experience is answered by one: something done, not what one is like or would do.
fn tells_what_was_asked(reading: &Reading) -> bool {
    match reading.kind {
        QuestionKind::Behavioural => reading.told.iter().any(|told| told.deeds.own + told.deeds.shared > 0),
        QuestionKind::Technical => true,
    }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.collect();
    values.iter().sum::<f64>() / number(values.len().max(1))
}

/// The sentence nearest to the question; below the middle, also the one farthest from it.
fn places(reading: &Reading, reached: f64) -> Vec<Span> {
    let near = |unit: &&super::reading::Unit| unit.to_question.max(unit.to_points);
    let nearest = reading.own().filter(|unit| unit.on_topic()).max_by(|a, b| near(a).total_cmp(&near(b)));
    let farthest = reading.own().filter(|unit| !unit.on_topic()).min_by(|a, b| near(a).total_cmp(&near(b)));
    let mut found: Vec<Span> = nearest.map(|unit| unit.sentence.span).into_iter().collect();
    if reached < 0.6 {
        found.extend(farthest.map(|unit| unit.sentence.span));
        found.extend(reading.units.iter().find(|unit| unit.aside.is_some()).map(|unit| unit.sentence.span));
    }
    found.sort_unstable();
    found
}

fn rationale(reading: &Reading, reached: f64) -> String {
    if reading.features.words == 0 {
        return "There is no answer yet. Even two sentences are a start: say where it was and what you did."
            .to_owned();
    }
    if reading.share_aside(Aside::Scoring) >= 0.4 {
        return "This speaks about the scoring instead of the question. Answer the question as you would tell a person \
                across the table."
            .to_owned();
    }
    if reading.share_aside(Aside::TakenBack) > 0.0 {
        return "The answer takes back what it says before. Say what you hold to be right, and leave the rest out."
            .to_owned();
    }
    if reading.share_aside(Aside::ThrownTogether) > 0.0 {
        return "The right words are here, and not in an order that says anything. Say in sentences how they belong \
                together."
            .to_owned();
    }
    if reading.share_aside(Aside::Asked) >= 0.5 {
        return "This mostly asks. Say what you think the answer is, even where you are not sure of it."
            .to_owned();
    }
    if reading.share_aside(Aside::Echo) >= 0.5 {
        return "This mostly gives the question back. Leave its words out and begin with your own: what do you know, \
                or what did you do?"
            .to_owned();
    }
    if !tells_what_was_asked(reading) && number(reading.own_words()) >= ENOUGH_WORDS {
        return "The question asks for something that happened, and none is told yet. Choose one occasion and say what \
                you did in it."
            .to_owned();
    }
    if reading.features.list_likeness() > 0.6 {
        return "These are terms, not yet an answer. Put each one into a sentence that says what it does for the \
                question."
            .to_owned();
    }
    if number(reading.own_words()) < ENOUGH_WORDS {
        return "This is too short to tell whether it answers the question. Say two or three full sentences."
            .to_owned();
    }
    let away = reading.own().find(|unit| !unit.on_topic());
    match (reached, away) {
        (reached, _) if reached >= 0.8 => "You answered the question that was asked, from start to end.".to_owned(),
        (reached, Some(unit)) if reached >= 0.45 => format!(
            "You answered the question. The part \"{}\" leads away from it: tie it back, or leave it out.",
            shortened(&unit.sentence.text, 9)
        ),
        (reached, None) if reached >= 0.45 => {
            "You stay on the subject. Answer the question in your first sentence, then explain.".to_owned()
        }
        (reached, _) if reached >= 0.2 => {
            "You touch the subject, but the question itself is still open. Read it once more and answer it in your \
             first sentence."
                .to_owned()
        }
        _ => "This is about something else than the question. Read the question once more, and begin with a sentence \
              that answers it."
            .to_owned(),
    }
}
