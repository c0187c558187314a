//! Clauses of the answer beside the clauses of the points that they are about: one says of the same thing what the other
//! denies of it, or the opposite.
//!
//! [`super::polarity`] compares words that both name; here the clauses share what they speak of and differ in what they say:
//! "silence proves nothing" and "silence tells me that they follow", "stays up for half an hour" and "lies down for thirty
//! minutes", "a delay is harmless" and "a delay moves the end".

use std::collections::{BTreeMap, BTreeSet};

use interaura_domain::interview::words::{self, Word, number};

/// So much has to be shared where clauses are compared by their words alone; what the question holds counts half.
const SHARED: f64 = 1.5;
/// The same as a share of the shorter clause,
const SHARE: f64 = 0.4;
/// and where a single word that stands nowhere else ties them together.
const SHARE_BY_ONE_WORD: f64 = 0.3;

/// They begin a new clause.
const BEGIN: &[&str] = &[
    "but", "because", "whereas", "although", "since", "so", "which", "while", "then", "where", "who", "what",
    "whom", "whose", "that",
];

/// Subjects that let "and" begin a new clause, and end a condition where no comma does.
const SUBJECTS: &[&str] = &["i", "it", "we", "they", "he", "she", "you", "this"];

/// What stands behind the subject of a clause that a condition leads to.
const AUXILIARIES: &[&str] = &[
    "will", "would", "is", "are", "can", "cannot", "must", "should", "has", "have", "does", "may", "won't",
    "can't",
];

/// Conditions are the same from so many shared words on,
const SHARED_CONDITION: usize = 3;
/// that make up this share of the shorter one.
const SHARE_OF_CONDITION: f64 = 0.6;

/// They put what follows, up to a comma, under a condition.
const CONDITIONS: &[&str] = &["if", "unless", "when", "whenever", "until", "once", "provided"];

/// A clause with one of these as its object is denied as a whole.
const NO_OBJECT: &[&str] = &["nothing", "nobody", "none"];

/// They end in "less" and deny nothing, or name a thing.
const NOT_LACKING: &[&str] = &[
    "unless",
    "regardless",
    "nevertheless",
    "nonetheless",
    "wireless",
    "stateless",
    "serverless",
    "contactless",
    "stainless",
    "headless",
    "passwordless",
    "seamless",
];

/// Opposites that stand for each other wherever two clauses speak of the same; not those that depend on who is meant, as
/// "before" and "after", "debit" and "credit".
const OPPOSITES: &[(&str, &str)] = &[
    ("up", "down"),
    ("upright", "lying"),
    ("upright", "flat"),
    ("upright", "lie"),
    ("raise", "lower"),
    ("increase", "reduce"),
    ("increase", "decrease"),
    ("rise", "fall"),
    ("high", "low"),
    ("higher", "lower"),
    ("always", "never"),
    ("fast", "slow"),
    ("faster", "slower"),
    ("open", "closed"),
    ("safe", "dangerous"),
    ("safe", "unsafe"),
    ("allow", "forbid"),
    ("allow", "prevent"),
    ("stop", "continue"),
    ("give", "withhold"),
    ("include", "exclude"),
    ("accept", "reject"),
    ("hot", "cold"),
    ("inside", "outside"),
    ("above", "below"),
    ("over", "under"),
    ("early", "late"),
    ("lock", "unlock"),
    ("better", "worse"),
    ("clean", "dirty"),
    ("wet", "dry"),
    ("full", "empty"),
    ("enough", "insufficient"),
    ("likely", "unlikely"),
    ("mandatory", "optional"),
    ("necessary", "unnecessary"),
    ("capitalise", "expense"),
    ("alone", "together"),
];

/// What a clause speaks of, and whether it is denied.
#[derive(Debug, Clone, Default)]
pub(super) struct Clause {
    /// Stems of its words with a meaning, and its numbers; without what stands under a condition.
    stems: BTreeSet<String>,
    /// Those of its condition, in the clause itself or right before it.
    condition: BTreeSet<String>,
    /// All its words.
    texts: BTreeSet<String>,
    denials: usize,
    /// "Proves nothing": the stems before it.
    of_nothing: BTreeSet<String>,
    /// "Harmless".
    lacks: bool,
    is_conditional: bool,
}

impl Clause {
    /// The clauses of a text.
    pub(super) fn all(text: &str) -> Vec<Self> {
        let text = text.replace("half an hour", "30 minutes").replace("per cent", "percent");
        let mut found = Vec::new();
        let mut condition = BTreeSet::new();
        for part in text.split([',', ';', ':', '.', '!', '?', '(', ')', '\u{2013}', '\u{2014}']) {
            let words = words::words(part);
            for piece in pieces(&words) {
                let mut clause = Self::of(piece);
                if clause.stems.is_empty() {
                    condition.append(&mut clause.condition);
                } else {
                    clause.condition.append(&mut condition);
                    found.push(clause);
                }
            }
        }
        found
    }

    fn of(words: &[Word]) -> Self {
        let mut clause = Self::default();
        for (at, word) in words.iter().enumerate() {
            let text = word.text.as_str();
            let next = words.get(at + 1).map_or("", |next| next.text.as_str());
            let before = at.checked_sub(1).map_or("", |before| words[before].text.as_str());
            let is_led_to = at > 2 && SUBJECTS.contains(&text) && AUXILIARIES.contains(&next);
            if is_led_to && words.first().is_some_and(|first| CONDITIONS.contains(&first.text.as_str())) {
                clause.is_conditional = false;
            }
            clause.is_conditional |=
                CONDITIONS.contains(&text) && before != "at" || text == "long" && next == "as";
            clause.texts.insert(text.to_owned());
            let is_object = NO_OBJECT.contains(&text) && at > 0;
            if is_object {
                clause.of_nothing.clone_from(&clause.stems);
            }
            if is_object || denies(text, next) {
                clause.denials += 1;
            } else if lacks(text) {
                clause.lacks = true;
            } else if clause.is_conditional {
                clause.condition.extend(stem(word));
            } else {
                clause.stems.extend(stem(word));
            }
        }
        clause
    }

    /// With what stands under a condition.
    fn all_stems(&self) -> BTreeSet<&String> {
        self.stems.union(&self.condition).collect()
    }

    /// How alike it is to another: what they share, conditions and all, as the size of the two would have it.
    fn alike(&self, other: &Self, asked: &[String]) -> f64 {
        let (one, other) = (self.all_stems(), other.all_stems());
        let weights = one.intersection(&other).map(|stem| if asked.contains(stem) { 0.5 } else { 1.0 });
        weights.sum::<f64>() / (number(one.len()) * number(other.len())).sqrt().sqrt()
    }

    /// What it shares with another, and what that weighs.
    fn shared<'a>(&'a self, other: &'a Self, asked: &[String]) -> (Vec<&'a String>, f64) {
        let shared: Vec<&String> = self.stems.intersection(&other.stems).collect();
        let weight = shared.iter().map(|stem| if asked.contains(*stem) { 0.5 } else { 1.0 }).sum();
        (shared, weight)
    }
}

/// The clauses of one side, and how often each stem stands in them.
#[derive(Debug, Default)]
pub(super) struct Side {
    clauses: Vec<(usize, Clause)>,
    often: BTreeMap<String, usize>,
}

impl Side {
    /// Of texts with their numbers.
    pub(super) fn of<'a>(texts: impl Iterator<Item = (usize, &'a str)>) -> Self {
        let mut side = Self::default();
        for (index, text) in texts {
            for clause in Clause::all(text) {
                for stem in &clause.stems {
                    *side.often.entry(stem.clone()).or_default() += 1;
                }
                side.clauses.push((index, clause));
            }
        }
        side
    }

    /// Which of the points is turned round, each with the sentence that does it.
    pub(super) fn turned(points: &Self, said: &Self, asked: &[String]) -> BTreeMap<usize, usize> {
        let mut turned = BTreeMap::new();
        for (sentence, clause) in &said.clauses {
            let alike = |(_, point): &&(usize, Clause)| point.alike(clause, asked);
            let Some((index, point)) = points.clauses.iter().max_by(|a, b| alike(a).total_cmp(&alike(b)))
            else {
                continue;
            };
            let (shared, weight) = point.shared(clause, asked);
            let is_unique = |stem: &&&String| {
                let once = |side: &Self| side.often.get(**stem) == Some(&1);
                once(points) && once(said) && !asked.contains(**stem)
            };
            let tied = Tied {
                weight,
                share: number(shared.len()) / number(point.stems.len().min(clause.stems.len()).max(1)),
                by: shared.iter().filter(is_unique).map(|stem| (**stem).clone()).collect(),
            };
            if tied.are_opposed(point, clause) {
                turned.entry(*index).or_insert(*sentence);
            }
        }
        turned
    }
}

/// How a clause of the answer and one of a point hang together.
struct Tied {
    weight: f64,
    share: f64,
    /// Stems that stand once on each side and nowhere else.
    by: BTreeSet<String>,
}

impl Tied {
    fn are_opposed(&self, point: &Clause, said: &Clause) -> bool {
        let is_strong = self.weight >= SHARED && self.share >= SHARE;
        let by_one = self.share >= SHARE_BY_ONE_WORD && !self.by.is_empty();
        if point.denials > 1 || said.denials > 1 {
            return false;
        }
        let opposites = opposites(point, said);
        if opposites > 0 {
            return opposites == 1 && point.denials == said.denials && (is_strong || by_one);
        }
        let is_plain = |one: &Clause| one.denials == 0 && !one.lacks && !one.is_conditional;
        let of_nothing = |one: &Clause, other: &Clause| {
            is_plain(other)
                && self.share >= SHARE_BY_ONE_WORD
                && self.by.iter().any(|stem| one.of_nothing.contains(stem))
        };
        let lacking = |one: &Clause, other: &Clause| {
            one.lacks
                && one.denials == 0
                && other.denials == 0
                && !other.lacks
                && speak_of_the_same(one, other)
        };
        let is_denied = |one: &Clause| one.denials == 1 || one.lacks;
        if under_one_condition(point, said) && is_denied(point) != is_denied(said) {
            return true;
        }
        of_nothing(point, said) || of_nothing(said, point) || lacking(point, said) || lacking(said, point)
    }
}

/// Whether two clauses with their conditions share enough words.
fn speak_of_the_same(one: &Clause, other: &Clause) -> bool {
    let (one, other) = (one.all_stems(), other.all_stems());
    let shared = number(one.intersection(&other).count());
    shared >= 2.0 * SHARED && shared / number(one.len().min(other.len()).max(1)) >= SHARE
}

/// Whether two clauses say what holds under the same condition.
fn under_one_condition(one: &Clause, other: &Clause) -> bool {
    let shared = one.condition.intersection(&other.condition).count();
    let shorter = one.condition.len().min(other.condition.len());
    shared >= SHARED_CONDITION && number(shared) / number(shorter.max(1)) >= SHARE_OF_CONDITION
}

/// In how many pairs one says the one and the other the other.
fn opposites(point: &Clause, said: &Clause) -> usize {
    let only = |one: &Clause, other: &Clause, a: &str, b: &str| {
        one.texts.contains(a) && !one.texts.contains(b) && other.texts.contains(b) && !other.texts.contains(a)
    };
    OPPOSITES.iter().filter(|(a, b)| only(point, said, a, b) || only(said, point, a, b)).count()
}

/// The pieces of a part of a sentence that are clauses of their own.
fn pieces(words: &[Word]) -> Vec<&[Word]> {
    let begins = |at: usize| {
        let text = words[at].text.as_str();
        let next = words.get(at + 1).map_or("", |next| next.text.as_str());
        BEGIN.contains(&text) || text == "and" && SUBJECTS.contains(&next)
    };
    let mut found = Vec::new();
    let mut from = 0;
    for at in (0..words.len()).filter(|at| begins(*at)) {
        found.push(&words[from..at]);
        from = at + 1;
    }
    found.push(&words[from..]);
    found
}

fn denies(word: &str, next: &str) -> bool {
    let is_empty = ["only", "just", "later", "more", "less", "fewer", "longer", "sooner", "matter", "doubt"]
        .contains(&next);
    let denies = ["not", "never", "cannot", "no", "nobody", "neither", "nor", "without", "hardly", "zero"]
        .contains(&word);
    (denies || word.ends_with("n't")) && !is_empty
}

/// "Harmless", "useless".
fn lacks(word: &str) -> bool {
    word.len() > 6 && word.ends_with("less") && !NOT_LACKING.contains(&word)
}

fn stem(word: &Word) -> Vec<String> {
    let digits = super::quantities::number_named(&word.text).map(|value| value.to_string());
    digits.map_or_else(|| words::content_stems(std::slice::from_ref(word)), |digits| vec![digits])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turned(point: &str, said: &str) -> bool {
        let side = |text| Side::of(std::iter::once((0, text)));
        !Side::turned(&side(point), &side(said), &[]).is_empty()
    }

    #[test]
    fn what_proves_nothing_cannot_tell_anything() {
        assert!(turned(
            "so silence or nodding proves nothing",
            "A row of nodding faces tells me that they follow"
        ));
        assert!(!turned(
            "so silence or nodding proves nothing",
            "A row of nodding faces doesn't tell me anything"
        ));
    }

    #[test]
    fn the_opposite_of_the_same_thing_is_turned_round() {
        let point = "Sits him upright, and keeps him up for about thirty minutes afterwards";
        assert!(turned(point, "I let him lie down for half an hour after the meal."));
        assert!(!turned(point, "I don't let him lie down for half an hour after the meal."));
        assert!(!turned(point, "He sits up for half an hour after the meal."));
    }

    #[test]
    fn what_is_harmless_does_no_harm() {
        let point = "A three-day slip elsewhere is harmless within its float";
        assert!(turned(point, "A slip of three days delays the end within its float."));
        assert!(!turned(point, "A slip of three days doesn't delay the end within its float."));
        assert!(turned(
            point,
            "If it slips by three days, that delays the end as long as there are three days of float."
        ));
    }

    #[test]
    fn under_the_same_condition_it_cannot_be_so_and_not_so() {
        let point = "It gives no protection when someone touches line and neutral at once, since nothing leaks to earth";
        assert!(turned(
            point,
            "If you touch line and neutral at once it will trip, because nothing leaks to earth."
        ));
        assert!(!turned(point, "If you touch line and neutral at once it will not trip."));
    }

    #[test]
    fn clauses_that_share_only_a_word_are_left_alone() {
        assert!(!turned("Keeps the valve above the tank", "The pump stands below the roof of the shed"));
        assert!(!turned("Ask for permission before the call", "They wait for no more than two minutes"));
    }
}
