//! Which items of the library are asked, and in which order.

use std::collections::BTreeSet;

use interaura_domain::interview::question::{InterviewMode, QuestionKind};
use interaura_domain::interview::words;
use interaura_domain::ports::question_writer::InterviewBrief;
use interaura_domain::role::ExperienceLevel;

use super::draw::Draw;
use super::facts::{Fact, UsableFacts};
use super::wants::Wants;
use crate::role_library::LibraryQuestion;

/// Between the first question and the last, difficulty rises by this much.
const RAMP: f64 = 1.4;
/// Costs of asking an item in a place; the cheapest is asked. Each of the first three is larger than all after it together.
const ASKED_BEFORE: f64 = 1000.0;
const OTHER_KIND: f64 = 100.0;
const NO_FACT: f64 = 10.0;
const SAME_TOPIC: f64 = 2.0;
const NEAR_TOPIC: f64 = 1.0;
const TAKES_FACT_AWAY: f64 = 0.4;
/// What is gained where an item takes up a topic on which the last answers were weak.
const TAKES_UP: f64 = 1.5;
/// What is drawn makes interviews differ without making them unsuitable.
const DRAWN: f64 = 1.0;

/// An item with the fact that it is filled with.
#[derive(Debug)]
pub(super) struct Chosen<'a> {
    pub(super) item: &'a LibraryQuestion,
    pub(super) fact: Option<Fact>,
}

/// What is asked, and what may be asked instead in a place, from 1.
#[derive(Debug)]
pub(super) struct Choice<'a> {
    pub(super) questions: Vec<Chosen<'a>>,
    pub(super) alternates: Vec<(u8, Chosen<'a>)>,
}

/// A place in the interview, with what it wants.
struct Place {
    kind: QuestionKind,
    difficulty: f64,
    about_resume: bool,
}

/// Chooses the questions in the order to ask them, and for each an easier and a harder one of its kind where some are left.
pub(super) fn choose<'a>(
    brief: &InterviewBrief,
    questions: &'a [LibraryQuestion],
    mut facts: UsableFacts,
    wants: &Wants,
) -> Choice<'a> {
    let mut draw = Draw::from_seed(brief.seed);
    let mut left: Vec<(&LibraryQuestion, f64)> = questions
        .iter()
        .map(|item| (item, draw.next_share() * DRAWN))
        .filter(|(item, _)| allowed(brief.mode, item.kind))
        .collect();
    let mut topics: Vec<&str> = Vec::new();
    let mut covered = BTreeSet::new();
    let mut chosen: Vec<Chosen<'a>> = Vec::new();
    for place in places(brief, !facts.is_empty()) {
        let cost = |(item, drawn): &(&LibraryQuestion, f64)| {
            let has_fact = facts.best_for(item).is_some();
            let of = |holds: bool, cost: f64| if holds { cost } else { 0.0 };
            of(brief.asked_before.contains(&item.id), ASKED_BEFORE)
                + of(item.kind != place.kind, OTHER_KIND)
                + of(place.about_resume && !has_fact, NO_FACT)
                + of(!place.about_resume && has_fact, TAKES_FACT_AWAY)
                + topic_cost(&item.topic, &topics)
                + (f64::from(item.difficulty) - place.difficulty).abs()
                + drawn
                - of(is_weak(item, brief), TAKES_UP)
                - wants.worth(item, &covered)
        };
        let costs: Vec<f64> = left.iter().map(cost).collect();
        let Some(cheapest) = (0..left.len()).min_by(|a, b| costs[*a].total_cmp(&costs[*b])) else { break };
        let (item, _) = left.remove(cheapest);
        topics.push(&item.topic);
        let fact = if place.about_resume { facts.take_for(item) } else { None };
        covered.extend(wants.covered(item, fact.as_ref()));
        chosen.push(Chosen { item, fact });
    }
    Choice { alternates: alternates(brief, &chosen, left), questions: chosen }
}

/// For each place the items that are left whose difficulty is nearest to a step less and to a step more.
fn alternates<'a>(
    brief: &InterviewBrief,
    chosen: &[Chosen<'a>],
    mut left: Vec<(&'a LibraryQuestion, f64)>,
) -> Vec<(u8, Chosen<'a>)> {
    let mut alternates = Vec::new();
    for (number, Chosen { item: planned, .. }) in (1..).zip(chosen) {
        for step in [-1, 1] {
            let wanted = planned.difficulty.saturating_add_signed(step);
            let suits = |item: &LibraryQuestion| {
                item.kind == planned.kind
                    && item.difficulty.cmp(&planned.difficulty) == wanted.cmp(&planned.difficulty)
                    && !brief.asked_before.contains(&item.id)
            };
            let cost = |(item, drawn): &(&LibraryQuestion, f64)| {
                let own: Vec<&str> = vec![&planned.topic];
                let elsewhere: Vec<&str> = chosen.iter().map(|one| one.item.topic.as_str()).collect();
                // What speaks of the same thing as the planned one is best; what another place speaks of is worst.
                f64::from(item.difficulty.abs_diff(wanted)) + drawn + topic_cost(&item.topic, &elsewhere)
                    - 1.5 * topic_cost(&item.topic, &own)
            };
            let suitable = (0..left.len()).filter(|at| suits(left[*at].0));
            let cheapest = suitable.min_by(|a, b| cost(&left[*a]).total_cmp(&cost(&left[*b])));
            if let Some(cheapest) = cheapest {
                let (item, _) = left.remove(cheapest);
                alternates.push((number, Chosen { item, fact: None }));
            }
        }
    }
    alternates
}

/// Whether an item is about a topic, or asks for a skill, on which the last answers were weak.
pub(super) fn is_weak(item: &LibraryQuestion, brief: &InterviewBrief) -> bool {
    if item.asks_for.iter().any(|skill| brief.weak_requirements.contains(skill)) {
        return true;
    }
    let weak: Vec<&str> = brief.weak_topics.iter().map(String::as_str).collect();
    topic_cost(&item.topic, &weak) > 0.0
}

fn allowed(mode: InterviewMode, kind: QuestionKind) -> bool {
    match mode {
        InterviewMode::Behavioural => kind == QuestionKind::Behavioural,
        InterviewMode::Technical => kind == QuestionKind::Technical,
        InterviewMode::Mixed => true,
    }
}

fn places(brief: &InterviewBrief, with_resume: bool) -> Vec<Place> {
    let count = brief.questions;
    let about_resume = if with_resume { share_about_resume(count) } else { 0 };
    let steps = f64::from(count.saturating_sub(1)).max(1.0);
    let middle = f64::from(brief.difficulty) + for_level(brief.level);
    (0..count)
        .map(|at| {
            let difficulty = middle + RAMP * (f64::from(at) / steps - 0.5);
            Place {
                kind: kind_at(brief.mode, at),
                difficulty: if count == 1 { middle } else { difficulty }.clamp(1.0, 5.0),
                about_resume: falls_on(at, u32::from(about_resume), u32::from(count)),
            }
        })
        .collect()
}

fn for_level(level: ExperienceLevel) -> f64 {
    match level {
        ExperienceLevel::Entry => -0.4,
        ExperienceLevel::Mid => 0.0,
        ExperienceLevel::Senior => 0.3,
        ExperienceLevel::Lead => 0.5,
    }
}

/// A mixed interview begins with an experience; two of five questions ask for one.
fn kind_at(mode: InterviewMode, at: u8) -> QuestionKind {
    let behavioural = |until: u32| (until * 2 + 3) / 5;
    let wanted = match mode {
        InterviewMode::Behavioural => true,
        InterviewMode::Technical => false,
        InterviewMode::Mixed => behavioural(u32::from(at) + 1) > behavioural(u32::from(at)),
    };
    if wanted { QuestionKind::Behavioural } else { QuestionKind::Technical }
}

/// 30 to 40 of a hundred, as near as whole questions allow.
fn share_about_resume(count: u8) -> u8 {
    let count = u32::from(count);
    let least = (count * 3).div_ceil(10);
    let most = count * 4 / 10;
    u8::try_from(if least <= most { least.midpoint(most) } else { most.max(u32::from(count > 1)) })
        .unwrap_or(0)
}

/// Spreads `some` of `all` places evenly.
fn falls_on(at: u8, some: u32, all: u32) -> bool {
    let at = u32::from(at);
    (at + 1) * some / all > at * some / all
}

fn topic_cost(topic: &str, topics: &[&str]) -> f64 {
    let stems = |topic: &str| -> BTreeSet<String> {
        words::content_stems(&words::words(topic)).into_iter().collect()
    };
    if topics.contains(&topic) {
        return SAME_TOPIC;
    }
    let own = stems(topic);
    if topics.iter().any(|other| !own.is_disjoint(&stems(other))) { NEAR_TOPIC } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_or_four_of_ten_questions_are_about_the_resume() {
        for count in [3, 5, 6, 8, 9, 10, 12, 15, 20] {
            let share = f64::from(share_about_resume(count)) / f64::from(count);
            assert!((0.3..=0.4).contains(&share), "{count}: {share}");
        }
    }

    #[test]
    fn questions_about_the_resume_are_spread_over_the_interview() {
        let places: Vec<u8> = (0..10).filter(|at| falls_on(*at, 3, 10)).collect();
        assert_eq!(places, [3, 6, 9]);
    }

    #[test]
    fn a_mixed_interview_begins_with_an_experience_and_holds_four_of_ten() {
        let kinds: Vec<QuestionKind> = (0..10).map(|at| kind_at(InterviewMode::Mixed, at)).collect();
        assert_eq!(kinds[0], QuestionKind::Behavioural);
        assert_eq!(kinds.iter().filter(|kind| **kind == QuestionKind::Behavioural).count(), 4);
    }
}
