//! Reads the wanted terms out of a pasted job post.

mod passages;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use self::passages::{Passage, Region, passages};
use super::Wanted;
use crate::resume::outline::{NamedSkill, names_a_title};
use crate::role::{Need, WantedTerm};
use crate::words::{stems, words};

/// Finds the skills that a text names; `SkillLexicon::find` is one.
pub type FindSkills = dyn Fn(&str) -> Vec<NamedSkill> + Send + Sync;

/// More would make each worth too little to act on.
const MOST_TERMS: usize = 36;
const MOST_PHRASES: usize = 10;
/// What goes on for longer is a clause and no term, and cut short it would be neither.
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

/// What posts say.
static CUES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix) \b (?: requirements? | require[ds] | responsib\w+ | qualifications? | qualified | duties | candidates?
        | applicants? | appl(?:y|ication|ications) | hiring | hire | vacancy | vacancies | salary | wages? | benefits
        | full[\ -]time | part[\ -]time | permanent | remote | hybrid | contract | experienced? | skills? | skilled
        | degree | diploma | certifi(?:ed|cate|cation) | licen[cs]ed? | proficien(?:t|cy) | knowledge\ of
        | familiar(?:ity)?\ with | ability\ to | able\ to | must\ have | nice\ to\ have | a\ plus | preferred | join
        | we(?:\ are|['’]re)\ (?:looking|seeking) | looking\ for | you(?:\ will|['’]ll) | your\ role | the\ role | role
        | position | job | team | employer | employees? | employment | company | reports?\ to | manager | department
        | shifts? | years\ of | background\ in | expertise | opportunity | deadline ) \b",
    )
    .ok()
});

/// What posts say too, and other texts as well.
static HINTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix) \b (?: hours? | days?\ a\ week | weekends? | nights? | earl(?:y|ies) | lates | rota | overtime | pay | paid
        | pension | holidays? | leave | bonus | commission | uniform | training | mentor\w* | colleagues? | in\ charge\ of
        | years? | registration | registered | references? | dbs | an\ hour | per\ hour | based\ (?:in|near|at) | office
        | from\ home | wanted | needed | welcome | you | your | you['’](?:ll|d|re|ve)
        | we\ (?:would\ like|need|want|look|offer|ask|pay|hire|expect|hope|welcome|seek) ) \b
        | [£$€]\s?\d | \b\d+(?:[.,]\d+)?\s?k\b",
    )
    .ok()
});

/// So many terms and different cues make a post, one of them a cue.
const FEWEST_SIGNS: usize = 3;

/// A post that names nothing from a list has a cue and so many cues and hints, unless its first line is a title.
const FEWEST_SIGNS_UNNAMED: usize = 6;

/// Below a title it says something, too.
const FEWEST_WORDS_UNNAMED: usize = 20;

/// A longer first line is a sentence.
const LONGEST_TITLE_WORDS: usize = 14;

/// A text is a list of terms where one word of so many is one.
const LISTED_SHARE: usize = 4;

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

/// What a post wants: the skills that it names, what it asks experience or knowledge of, and its title.
/// `None` where the text does not read as a job post.
///
/// A term is a must where the sentence or its section says so; what a post repeats weighs more.
/// Benefits, legal notices and words about the company are passed over.
pub fn wanted_from_post(
    title: &str,
    post: &str,
    find_skills: impl Fn(&str) -> Vec<NamedSkill>,
) -> Option<Wanted> {
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
    wanted.sort_by_key(|term| (term.need == Need::Nice, Reverse(term.weight)));
    wanted.truncate(MOST_TERMS);
    let work = work_of(title, &passages);
    reads_as_post(title, post, &wanted).then(|| Wanted::of_post(wanted, title_term(title), work))
}

/// The lines that say what the work is, the title first.
fn work_of(title: &str, passages: &[Passage]) -> Vec<String> {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = passages.iter().map(|passage| passage.text.split_whitespace().collect::<Vec<_>>().join(" "));
    let telling = lines.filter(|line| line.contains(' ') && !title.starts_with(line.as_str()));
    std::iter::once(title.clone()).filter(|title| !title.is_empty()).chain(telling).collect()
}

/// Whether a text reads as a job post: it says several of the things that posts say, has the title of a job
/// above, or is hardly more than a list of what a resume can show.
///
/// Many posts for good jobs name nothing from a list: they say what the person will do.
fn reads_as_post(title: &str, post: &str, wanted: &[WantedTerm]) -> bool {
    let (said, count) = (different(&CUES, post), words(post).len());
    if wanted.is_empty() {
        let hinted = different(&HINTS, post);
        let titled = is_title(title) && count >= FEWEST_WORDS_UNNAMED && said + hinted > 0;
        return titled || said >= FEWEST_SIGNS || said > 0 && said + hinted >= FEWEST_SIGNS_UNNAMED;
    }
    let named: usize = wanted.iter().map(|term| words(&term.name).len()).sum();
    let spoken = said > 0 && said + wanted.len() >= FEWEST_SIGNS;
    spoken || LISTED_SHARE * named >= count
}

/// How many different things a text says of those that a pattern knows.
fn different(pattern: &LazyLock<Option<Regex>>, text: &str) -> usize {
    pattern.as_ref().map_or(0, |pattern| {
        pattern.find_iter(text).map(|found| found.as_str().to_lowercase()).collect::<BTreeSet<_>>().len()
    })
}

fn is_title(line: &str) -> bool {
    let count = words(line).len();
    (1..=LONGEST_TITLE_WORDS).contains(&count) && !line.trim_end().ends_with('.') && names_a_title(line)
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
            let (first, last) = (found.first()?, found.last()?);
            if found.len() > LONGEST_PHRASE_WORDS {
                return None;
            }
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
