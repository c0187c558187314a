//! What the job asks for, and which items of the library ask for it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use interaura_domain::interview::question::Requirement;
use interaura_domain::interview::requirements::names;
use interaura_domain::role::{Need, RoleProfile, WantedTerm};

use super::facts::Fact;
use crate::role_library::LibraryQuestion;

/// An interview shows no more than so many.
const MOST: usize = 40;
/// What asking for a requirement for the first time is worth, at its full weight.
const MUST: f64 = 1.2;
const NICE: f64 = 0.4;
/// One question is not worth more, whatever it asks for.
const MOST_WORTH: f64 = 1.8;

/// What the job asks for, the most important first.
#[derive(Debug)]
pub(super) struct Wants {
    terms: Vec<WantedTerm>,
    /// By item: the places of what it asks for.
    asked_by: BTreeMap<String, Vec<u8>>,
}

impl Wants {
    /// What a post asks for, or else the role.
    pub(super) fn new(post: &[WantedTerm], role: &RoleProfile, questions: &[LibraryQuestion]) -> Self {
        let mut terms: Vec<WantedTerm> = if post.is_empty() { &role.skills } else { post }.to_vec();
        terms.sort_by_key(|term| Reverse((term.need == Need::Must, term.weight)));
        terms.truncate(MOST);
        let asked_by = questions.iter().map(|item| (item.id.clone(), asked_by(item, role, &terms))).collect();
        Self { terms, asked_by }
    }

    /// As a plan keeps them.
    pub(super) fn requirements(&self) -> Vec<Requirement> {
        self.terms.iter().map(|term| Requirement { name: term.name.clone(), need: term.need }).collect()
    }

    /// What an item asks for, filled with a fact or as it stands.
    pub(super) fn covered(&self, item: &LibraryQuestion, fact: Option<&Fact>) -> Vec<u8> {
        let mut covered = self.asked_by.get(&item.id).cloned().unwrap_or_default();
        if let Some(fact) = fact {
            covered.extend(
                places(&self.terms).filter(|(_, term)| is_called(term, &fact.said)).map(|(at, _)| at),
            );
        }
        covered.sort_unstable();
        covered.dedup();
        covered
    }

    /// What asking an item is worth, where `covered` was asked for already.
    pub(super) fn worth(&self, item: &LibraryQuestion, covered: &BTreeSet<u8>) -> f64 {
        let asked = self.asked_by.get(&item.id).into_iter().flatten();
        let new = asked.filter(|place| !covered.contains(place));
        let worth = |term: &WantedTerm| {
            let most = match term.need {
                Need::Must => MUST,
                Need::Nice => NICE,
            };
            most * f64::from(term.weight) / 5.0
        };
        new.filter_map(|place| self.terms.get(usize::from(*place))).map(worth).sum::<f64>().min(MOST_WORTH)
    }
}

fn places(terms: &[WantedTerm]) -> impl Iterator<Item = (u8, &WantedTerm)> {
    (0..=u8::MAX).zip(terms)
}

/// The library says what an item asks the role for. What it does not say, and a post's own terms, are found by their words.
fn asked_by(item: &LibraryQuestion, role: &RoleProfile, terms: &[WantedTerm]) -> Vec<u8> {
    let skills: Vec<&WantedTerm> =
        role.skills.iter().filter(|skill| item.asks_for.contains(&skill.name)).collect();
    let is_asked = |term: &WantedTerm| {
        skills.iter().any(|skill| is_called(skill, &term.name))
            || ((item.asks_for.is_empty() || !role.skills.contains(term)) && is_named(item, term))
    };
    places(terms).filter(|(_, term)| is_asked(term)).map(|(place, _)| place).collect()
}

fn is_named(item: &LibraryQuestion, term: &WantedTerm) -> bool {
    let mut called = std::iter::once(&term.name).chain(&term.synonyms);
    called.any(|name| names(&item.text, &item.points, name))
}

fn is_called(term: &WantedTerm, name: &str) -> bool {
    term.name.eq_ignore_ascii_case(name) || term.synonyms.iter().any(|other| other.eq_ignore_ascii_case(name))
}
