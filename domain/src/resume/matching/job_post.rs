//! Reads the wanted terms out of a pasted job post.

mod passages;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use self::passages::{Passage, Region, passages};
use super::TITLE_WEIGHT;
use crate::resume::outline::NamedSkill;
use crate::role::{Need, WantedTerm};
use crate::words::{stems, words};

/// Finds the skills that a text names; `SkillLexicon::find` is one.
pub type FindSkills = dyn Fn(&str) -> Vec<NamedSkill> + Send + Sync;

/// More would make each worth too little to act on.
const MOST_TERMS: usize = 36;
const MOST_PHRASES: usize = 10;
const LONGEST_PHRASE_WORDS: usize = 6;

/// Words after which a post says what it asks for.
static ASKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:experience(?:d)?|expertise|proficien(?:t|cy)|knowledge|understanding|familiar(?:ity)?|background|skills?|skilled|certifi(?:ed|cation)|degree)\s+(?:in|with|of)\s+(?:the\s+|an?\s+)?([^,;:.()\n•]{3,80})",
    )
    .ok()
});

/// Where an asked-for phrase ends.
static PHRASE_END: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\s(?:and|or|as|is|are|that|which|who|such|including|required|preferred|strongly|using|with|for|from|within|across|on|while|when|to|by|into|through|based|related|plus|a plus|at|in an?|in the)(?:\s|$)")
        .ok()
});

/// Words of rank, which say nothing of the work.
const RANKS: [&str; 26] = [
    "senior",
    "sr",
    "junior",
    "jr",
    "lead",
    "principal",
    "staff",
    "chief",
    "head",
    "director",
    "supervisor",
    "entry",
    "level",
    "mid",
    "i",
    "ii",
    "iii",
    "iv",
    "1",
    "2",
    "3",
    "remote",
    "hybrid",
    "contract",
    "intern",
    "various",
];

#[derive(Debug, Default)]
struct Mentions {
    name: String,
    count: u8,
    musts: u8,
    nices: u8,
    order: usize,
}

/// The terms that a post wants, heaviest first: the skills that it names, what it asks experience or
/// knowledge of, and its title.
///
/// A term is a must where the sentence or its section says so; what a post repeats weighs more.
/// Benefits, legal notices and words about the company are passed over.
pub fn wanted_from_post(
    title: &str,
    post: &str,
    find_skills: impl Fn(&str) -> Vec<NamedSkill>,
) -> Vec<WantedTerm> {
    let passages: Vec<Passage> =
        passages(post).into_iter().filter(|passage| passage.region != Region::Aside).collect();
    let asked = passages.iter().any(|passage| passage.region == Region::Required);
    let mut skills = BTreeMap::new();
    let mut phrases = BTreeMap::new();
    for passage in &passages {
        let need = passage.need(asked);
        let named: Vec<NamedSkill> = find_skills(passage.text);
        for skill in named.iter().filter(|skill| is_named(passage.text, skill)) {
            note(&mut skills, &skill.name, need);
        }
        if passage.region != Region::Duties {
            for phrase in asked_phrases(passage.text) {
                if find_skills(&phrase).is_empty() {
                    note(&mut phrases, &phrase, need);
                }
            }
        }
    }
    let mut wanted = ranked(skills, 3);
    wanted.extend(ranked(phrases, 2).into_iter().take(MOST_PHRASES));
    if let Some(title) = title_term(title) {
        let known = wanted.iter().any(|term| term.name.eq_ignore_ascii_case(&title));
        if !known {
            wanted.push(WantedTerm {
                name: title,
                need: Need::Nice,
                weight: TITLE_WEIGHT,
                synonyms: Vec::new(),
            });
        }
    }
    wanted.sort_by_key(|term| (term.need == Need::Nice, Reverse(term.weight)));
    wanted.truncate(MOST_TERMS);
    wanted
}

/// Whether a post that says these words means this skill. A lexicon may know a product by its last
/// word (`cloud` as a cloud of one company); in small letters that is the common word.
fn is_named(passage: &str, skill: &NamedSkill) -> bool {
    let written = skill.span.quote(passage);
    let common = !written.contains(char::is_whitespace) && !written.contains(char::is_uppercase);
    let name: Vec<String> = stems(&skill.name).collect();
    let part_of_name = name.len() > 1 && stems(&written).all(|stem| name.contains(&stem));
    !(common && part_of_name)
}

fn note(mentions: &mut BTreeMap<String, Mentions>, name: &str, need: Need) {
    let order = mentions.len();
    let key = stems(name).collect::<Vec<_>>().join(" ");
    if key.is_empty() {
        return;
    }
    let entry = mentions.entry(key).or_insert_with(|| Mentions {
        name: name.to_owned(),
        order,
        ..Mentions::default()
    });
    entry.count = entry.count.saturating_add(1);
    match need {
        Need::Must => entry.musts = entry.musts.saturating_add(1),
        Need::Nice => entry.nices = entry.nices.saturating_add(1),
    }
}

fn ranked(mentions: BTreeMap<String, Mentions>, weight: u8) -> Vec<WantedTerm> {
    let mut all: Vec<Mentions> = mentions.into_values().collect();
    all.sort_by_key(|one| (one.musts == 0, Reverse(one.count), one.order));
    all.into_iter()
        .map(|one| {
            let need = if one.musts > 0 { Need::Must } else { Need::Nice };
            let repeated = u8::from(one.count >= 2) + u8::from(one.count >= 4);
            let weight = weight - u8::from(need == Need::Nice) + repeated;
            WantedTerm { name: one.name, need, weight: weight.clamp(1, 5), synonyms: Vec::new() }
        })
        .collect()
}

/// `applied machine learning` out of `5+ years of experience with applied machine learning in an …`.
fn asked_phrases(text: &str) -> Vec<String> {
    let (Some(asks), Some(end)) = (ASKS.as_ref(), PHRASE_END.as_ref()) else { return Vec::new() };
    asks.captures_iter(text)
        .filter_map(|captures| captures.get(1))
        .filter_map(|asked| {
            let asked = asked.as_str();
            let phrase = end.find(asked).map_or(asked, |end| &asked[..end.start()]).trim();
            let found = words(phrase);
            let first = found.first()?;
            let last = found.get(LONGEST_PHRASE_WORDS - 1).or(found.last())?;
            let phrase = &phrase[first.start..last.end()];
            let letters = phrase.chars().filter(|c| c.is_alphabetic()).count();
            let tells = found.len() >= 2 || first.is_capitalised();
            (tells && letters >= 4).then(|| phrase.to_owned())
        })
        .collect()
}

/// `Data Analyst` out of `Acme: Senior Data Analyst II (remote)`.
fn title_term(title: &str) -> Option<String> {
    let plain = title.split('(').next().unwrap_or(title);
    let part = plain.rsplit([':', '|', '–', '—']).next().unwrap_or(plain);
    let part = part.split(" - ").max_by_key(|piece| piece.len()).unwrap_or(part);
    let part = part.split(',').next().unwrap_or(part);
    let kept: Vec<&str> = part
        .split_whitespace()
        .filter(|word| !RANKS.contains(&word.to_lowercase().trim_end_matches('.')))
        .filter(|word| !(word.starts_with("GS") && word.ends_with(|c: char| c.is_ascii_digit())))
        .take(LONGEST_PHRASE_WORDS)
        .collect();
    (!kept.is_empty()).then(|| kept.join(" "))
}
