//! Whether a text says of a thing that it is so or that it is not: a denial of what a point affirms, and the other way round.
//!
//! By rule, for closeness of meaning does not see it: "can be kept secret" and "cannot be kept secret" are neighbours.

use std::collections::{BTreeMap, BTreeSet};

use interaura_domain::interview::words::{self, Word};

const NEGATIONS: &[&str] = &[
    "not", "never", "cannot", "neither", "nor", "hardly", "nothing", "nobody", "none", "avoid", "avoids",
    "avoiding",
];

/// "A copy is no backup" denies; "no copy is lost" denies something else.
const BEFORE_NO: &[&str] = &["is", "are", "was", "were", "be", "it's", "that's"];

/// A negation denies the first term after it, and the next one too where the first is one of these stems; what follows in
/// the same clause may be meant or not.
const WEAK: &[&str] = &[
    "keep", "kept", "make", "made", "take", "get", "let", "have", "aim", "use", "give", "go", "need", "want",
];

/// What is left out is neither said nor denied.
const LEFT_OUT: &[&str] =
    &["ignored", "ignore", "ignores", "ignoring", "excluded", "disregarded", "neglected"];

/// What is denied under a condition is not denied.
const CONDITIONS: &[&str] = &["if", "unless", "until", "when"];

/// They put what stands before them in the clause under a condition.
const CONDITIONS_BEHIND: &[&str] =
    &["as long as", "so long as", "provided that", "provided", "on condition that"];

/// "Not only", "no later than": these deny nothing.
const EMPTY_NEGATIONS: &[&str] =
    &["only", "just", "later", "more", "less", "fewer", "longer", "matter", "doubt", "merely"];

/// Where what is denied ends, besides a comma or a full stop.
const BOUNDARIES: &[&str] = &[
    "but", "because", "so", "since", "while", "whereas", "although", "unless", "until", "if", "when",
    "which", "and", "then",
];

/// They deny all that follows them in the sentence,
const DENYING_FRAMES: &[&str] = &[
    "it is not true that",
    "it's not true that",
    "it isn't true that",
    "it is not the case that",
    "it's not the case that",
    "it isn't the case that",
    "it is not so that",
    "it is untrue that",
    "it is false that",
    "it's false that",
    "it is wrong that",
    "it is incorrect that",
    "it is a myth that",
    "it's a myth that",
    "it is a lie that",
    "it is a misconception that",
    "i do not believe that",
    "i don't believe that",
    "i do not think that",
    "i don't think that",
    "i do not agree that",
    "i don't agree that",
    "i disagree that",
    "i doubt that",
    "i deny that",
];
/// and these all that stands before them.
const DENYING_ENDS: &[&str] = &[
    "which is false",
    "which is not true",
    "which isn't true",
    "which is untrue",
    "which is a myth",
    "which is a lie",
    "is a myth",
    "are myths",
    "is a lie",
    "is not true",
    "isn't true",
    "is untrue",
];
/// From here on a sentence no longer denies as a whole.
const TURNS: &[&str] = &["but", "rather", "instead", "actually", "however", "they", "it"];

/// What a term in a clause is under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Affirmed,
    Denied,
    Unclear,
}

/// Terms with whether each is denied; one that is affirmed here and denied there has both.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Polarity {
    terms: BTreeMap<String, BTreeSet<bool>>,
    /// Affirmed in a clause that denies nothing.
    clearly: BTreeSet<String>,
    negations: usize,
    /// One clause denies twice: "what can't close isn't counted".
    twice: bool,
    /// "..., not whether ...": what stands before is said to be less than something else.
    contrasts: bool,
}

impl Polarity {
    pub(super) fn of(text: &str) -> Self {
        let mut found = Self::default();
        for sentence in text.split_inclusive(['.', '!', '?', ';']) {
            for (part, is_denied) in divided(sentence) {
                let read = Self::of_clauses(&part);
                found.take_in(if is_denied { read.turned() } else { read });
            }
        }
        found
    }

    fn of_clauses(text: &str) -> Self {
        let mut found = Self::default();
        let mut is_led_to = false;
        for clause in text.split_inclusive([',', ';', ':', '.', '!', '?', '(', ')', '\u{2013}', '\u{2014}']) {
            let words = words::words(clause);
            let leads = words.first().is_some_and(|word| CONDITIONS.contains(&word.text.as_str()));
            let is_under_condition = std::mem::replace(&mut is_led_to, leads && clause.ends_with(','));
            let before = found.negations;
            if words.iter().any(|word| LEFT_OUT.contains(&word.text.as_str())) {
                found.unclear(&words);
                continue;
            }
            found.read(&words, is_under_condition);
            found.contrasts |= words.first().is_some_and(|word| word.text == "not");
            found.twice |= found.negations >= before + 2;
            if found.negations == before {
                found.clearly.extend(words::content_stems(&words));
            }
        }
        found
    }

    fn take_in(&mut self, other: Self) {
        self.add(&other);
        self.clearly.extend(other.clearly);
        self.negations += other.negations;
        self.twice |= other.twice;
        self.contrasts |= other.contrasts;
    }

    /// The same under a denial of all of it: what denies within it then denies twice.
    fn turned(mut self) -> Self {
        self.twice |= self.negations > 0;
        for signs in self.terms.values_mut() {
            *signs = signs.iter().map(|is_denied| !is_denied).collect();
        }
        self.clearly.clear();
        self
    }

    /// Takes in a clause that says and denies at once: "stepped costs are ignored".
    fn unclear(&mut self, clause: &[Word]) {
        for stem in words::content_stems(clause) {
            self.terms.entry(stem).or_default().extend([true, false]);
        }
    }

    /// Takes in what another text says as well.
    pub(super) fn add(&mut self, other: &Self) {
        for (stem, signs) in &other.terms {
            self.terms.entry(stem.clone()).or_default().extend(signs);
        }
    }

    fn read(&mut self, clause: &[Word], is_under_condition: bool) {
        let mut scope = Scope::Affirmed;
        let mut is_condition = is_under_condition || words::holds_any(clause, CONDITIONS_BEHIND);
        let is_bound = is_condition;
        for (at, word) in clause.iter().enumerate() {
            let text = word.text.as_str();
            if BOUNDARIES.contains(&text) {
                scope = Scope::Affirmed;
                is_condition = is_bound || CONDITIONS.contains(&text);
            }
            let before = at.checked_sub(1).map_or("", |before| clause[before].text.as_str());
            let is_no = text == "no" && BEFORE_NO.contains(&before);
            if is_negation(text) || is_no {
                let next = clause.get(at + 1).map_or("", |word| word.text.as_str());
                if !EMPTY_NEGATIONS.contains(&next) {
                    scope = if is_condition { Scope::Unclear } else { Scope::Denied };
                    self.negations += 1;
                }
                continue;
            }
            if text == "no" || text == "without" {
                scope = Scope::Unclear;
            }
            for stem in words::content_stems(std::slice::from_ref(word)) {
                let is_weak = WEAK.contains(&stem.as_str());
                let signs = self.terms.entry(stem).or_default();
                match scope {
                    Scope::Affirmed => drop(signs.insert(false)),
                    Scope::Denied => {
                        signs.insert(true);
                        scope = if is_weak { Scope::Denied } else { Scope::Unclear };
                    }
                    Scope::Unclear => signs.extend([true, false]),
                }
            }
        }
    }

    /// Whether this sentence affirms a term that the point denies, or denies one that the point clearly affirms. A clause
    /// that denies twice may well say the same.
    ///
    /// What a point that is nearer says just so is right, whatever this point says of it.
    pub(super) fn contradicts(&self, point: &Self, whole_answer: &Self, other_points: &[&Self]) -> bool {
        if self.twice {
            return false;
        }
        self.terms.iter().any(|(stem, signs)| {
            let Some(wanted) = point.terms.get(stem) else { return false };
            let is_plain = whole_answer.terms.get(stem).is_none_or(|all| all.len() == 1);
            let is_clear = point.clearly.contains(stem) && !point.contrasts;
            let counts = is_clear || wanted.contains(&true);
            let is_said = other_points.iter().any(|other| other.terms.get(stem) == Some(signs));
            signs.len() == 1 && wanted.len() == 1 && signs != wanted && is_plain && counts && !is_said
        })
    }
}

/// A sentence in parts, each with whether it is denied as a whole.
fn divided(sentence: &str) -> Vec<(String, bool)> {
    let words = words::words(sentence);
    let characters: Vec<char> = sentence.chars().collect();
    let text = |from: usize, to: usize| characters[from.min(to)..to].iter().collect::<String>();
    let place = |phrases| {
        let span = words::places_of_any(&words, phrases).into_iter().next()?;
        Some((usize::try_from(span.start).ok()?, usize::try_from(span.end).ok()?.min(characters.len())))
    };
    if let Some((start, end)) = place(DENYING_FRAMES) {
        let behind = text(end, characters.len());
        let pieces: Vec<&str> = behind.split_inclusive(',').collect();
        let turns = |piece: &&str| {
            let first = words::words(piece).into_iter().next();
            first.is_some_and(|first| TURNS.contains(&first.text.as_str()))
        };
        let denied = pieces.iter().skip(1).position(turns).map_or(pieces.len(), |at| at + 1);
        return vec![
            (text(0, start), false),
            (pieces[..denied.min(pieces.len())].concat(), true),
            (pieces[denied.min(pieces.len())..].concat(), false),
        ];
    }
    match place(DENYING_ENDS) {
        Some((start, end)) => vec![(text(0, start), true), (text(end, characters.len()), false)],
        None => vec![(sentence.to_owned(), false)],
    }
}

fn is_negation(word: &str) -> bool {
    NEGATIONS.contains(&word) || word.ends_with("n't")
}

/// Whether one text has the opposite of a word of the other beside the same neighbour, and not that word.
pub(super) fn has_opposite(said: &[Word], wanted: &[Word]) -> bool {
    let holds = |words: &[Word], text: &str| words.iter().any(|word| word.text == text);
    let beside = |words: &[Word], text: &str| -> BTreeSet<String> {
        let places = words.iter().enumerate().filter(|(_, word)| word.text == text).map(|(at, _)| at);
        places
            .flat_map(|at| {
                let before = at.checked_sub(1).map(|at| &words[at]);
                before.into_iter().chain(words.get(at + 1)).cloned().collect::<Vec<Word>>()
            })
            .flat_map(|word| words::content_stems(&[word]))
            .collect()
    };
    OPPOSITES.iter().flat_map(|(a, b)| [(*a, *b), (*b, *a)]).any(|(one, other)| {
        holds(wanted, one)
            && !holds(wanted, other)
            && holds(said, other)
            && !holds(said, one)
            && !beside(wanted, one).is_disjoint(&beside(said, other))
    })
}

const OPPOSITES: &[(&str, &str)] = &[
    ("more", "less"),
    ("higher", "lower"),
    ("high", "low"),
    ("increase", "decrease"),
    ("increases", "decreases"),
    ("increased", "decreased"),
    ("before", "after"),
    ("always", "never"),
    ("faster", "slower"),
    ("fast", "slow"),
    ("open", "closed"),
    ("safe", "unsafe"),
    ("valid", "invalid"),
    ("optimistic", "pessimistic"),
    ("synchronous", "asynchronous"),
    ("first", "last"),
    ("same", "different"),
    ("rise", "fall"),
    ("rises", "falls"),
    ("larger", "smaller"),
    ("long", "short"),
    ("longer", "shorter"),
    ("public", "private"),
    ("static", "dynamic"),
    ("mutable", "immutable"),
    ("strong", "weak"),
    ("positive", "negative"),
    ("connected", "disconnected"),
    ("internal", "external"),
    ("reads", "writes"),
    ("allow", "forbid"),
    ("true", "false"),
    ("encrypt", "decrypt"),
    ("separated", "connected"),
    ("enough", "insufficient"),
    ("likely", "unlikely"),
    ("minimum", "maximum"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn clash(said: &str, wanted: &str) -> bool {
        let (said, wanted) = (Polarity::of(said), Polarity::of(wanted));
        said.contradicts(&wanted, &said, &[])
    }

    #[test]
    fn what_another_point_says_just_so_is_right() {
        let [said, wanted, other] =
            ["It will not trip", "It trips at once", "It does not trip then"].map(Polarity::of);
        assert!(said.contradicts(&wanted, &said, &[]));
        assert!(!said.contradicts(&wanted, &said, &[&other]));
    }

    #[test]
    fn what_is_denied_under_a_condition_or_left_out_is_not_denied() {
        assert!(!clash("That doesn't delay the end as long as there is float", "A lost day delays the end"));
        assert!(!clash("It assumes that costs don't step up", "Stepped costs ignored"));
        assert!(!clash(
            "If the rate is small, it takes long to converge.",
            "When the rate is small, learning is slow. When it is too large, learning never converges."
        ));
    }

    #[test]
    fn a_denial_may_govern_a_whole_sentence() {
        let point = "An index lets the database find rows without reading the whole table";
        for said in [
            "It is a myth that an index lets the database find rows.",
            "I don't believe that an index lets the database find rows, or that it helps.",
            "An index lets the database find rows, which is false.",
        ] {
            assert!(clash(said, point), "{said}");
        }
        assert!(!clash("It is not true that an index is not used to find rows.", point));
        assert!(!clash(
            "It is a myth that views store data, but an index lets the database find rows.",
            point
        ));
        assert!(!clash("It is not true that it can be kept secret", "It cannot be kept secret"));
    }

    #[test]
    fn a_denial_on_one_side_only_is_a_clash() {
        assert!(clash("I wouldn't report it to my manager.", "Report to the manager at once"));
        assert!(clash("I say that I can keep it secret", "It cannot be kept secret, but is shared with few"));
        assert!(clash("A replica is a backup", "replication copies deletions and is no backup"));
        assert!(!clash("Safe methods never change it", "Safe methods must not change it"));
    }

    #[test]
    fn what_is_denied_ends_with_its_clause() {
        assert!(!clash("It is not late, so I report it", "I report it"));
        assert!(!clash("Not only did I report it, I wrote it down", "Report it and write it down"));
        assert!(!clash(
            "It doesn't show that it was checked",
            "It shows which code ran, not whether it was checked"
        ));
        assert!(!clash("What can't close isn't counted", "Only deals that can close count"));
    }

    #[test]
    fn the_opposite_word_is_seen() {
        let opposite = |said: &str, wanted: &str| has_opposite(&words::words(said), &words::words(wanted));
        assert!(opposite("It makes reads slower", "It makes reads faster"));
        assert!(!opposite("Reads get faster and writes slower", "Reads become faster"));
    }
}
