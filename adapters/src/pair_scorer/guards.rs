//! Plain rules beside the network: the question given back, a list of terms, a phrase of the reference with the opposite
//! sign. The words are cut as in training.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::rounded;

/// Words that carry little meaning by themselves.
const STOP: &str = "a an the and or but if of to in on at by for with from as is are was were be been being am it its \
    this that these those there he she they them their his her we us our you your i me my do does did has have had will \
    would can could should may might must shall so than then too very just also into onto out up down over under about \
    which who whom what when where why how because while during each any some such no not nor only own same s t don now d \
    ll m o re ve y all both more most other";

const NEGATORS: [&str; 15] = [
    "not",
    "never",
    "cannot",
    "don't",
    "doesn't",
    "isn't",
    "aren't",
    "won't",
    "can't",
    "didn't",
    "wasn't",
    "weren't",
    "shouldn't",
    "wouldn't",
    "couldn't",
];

const UNTRUE: [&str; 5] =
    ["not true that", "not the case that", "not correct that", "it is false that", "it is wrong that"];

const OPPOSITES: [(&str, &str); 41] = [
    ("increase", "decrease"),
    ("increases", "decreases"),
    ("increased", "decreased"),
    ("more", "less"),
    ("open", "closed"),
    ("before", "after"),
    ("higher", "lower"),
    ("high", "low"),
    ("same", "different"),
    ("first", "last"),
    ("positive", "negative"),
    ("always", "never"),
    ("faster", "slower"),
    ("fast", "slow"),
    ("larger", "smaller"),
    ("large", "small"),
    ("add", "remove"),
    ("top", "bottom"),
    ("beginning", "end"),
    ("left", "right"),
    ("connected", "disconnected"),
    ("complete", "incomplete"),
    ("better", "worse"),
    ("longer", "shorter"),
    ("hot", "cold"),
    ("heavier", "lighter"),
    ("maximum", "minimum"),
    ("minimize", "maximize"),
    ("easy", "hard"),
    ("static", "dynamic"),
    ("public", "private"),
    ("input", "output"),
    ("inside", "outside"),
    ("true", "false"),
    ("greater", "smaller"),
    ("bigger", "smaller"),
    ("supervised", "unsupervised"),
    ("linear", "nonlinear"),
    ("strong", "weak"),
    ("full", "empty"),
    ("light", "dark"),
];

static STOP_WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| STOP.split_whitespace().collect());

/// Whether a piece of a word is one that carries little meaning.
pub(super) fn is_stop(piece: &str) -> bool {
    STOP_WORDS.contains(piece)
}

/// Words in lower case.
pub(super) fn words(text: &str) -> Vec<String> {
    static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("[a-z0-9]+(?:'[a-z]+)?").ok());
    let text = text.to_lowercase().replace('\u{2019}', "'");
    let Some(word) = WORD.as_ref() else { return Vec::new() };
    word.find_iter(&text).map(|found| found.as_str().to_owned()).collect()
}

fn stem(word: &str) -> &str {
    for ending in ["ingly", "edly", "ing", "ies", "ied", "es", "ed", "ly", "s"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() >= 3) {
            return stem;
        }
    }
    word
}

fn content(words: &[String]) -> Vec<&str> {
    let carries =
        |word: &&String| !is_stop(word) && (word.len() > 1 || word.chars().all(|c| c.is_ascii_digit()));
    words.iter().filter(carries).map(String::as_str).collect()
}

/// What is left of a mark, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Factors {
    /// Where the question is given back.
    pub echo: f64,
    /// Where terms are listed.
    pub list: f64,
    /// Where a phrase of the reference is turned round.
    pub opposite: f64,
}

impl Factors {
    /// Reads them off the texts; `late` is what the head says, for an answer that it takes for right is not held against.
    pub fn of(question: &str, reference: &str, answer: &str, late: f64) -> Self {
        let [echo, list, opposite] = weights(question, reference, answer, late);
        Self {
            echo: rounded(1.0 - 0.8 * echo),
            list: rounded(1.0 - 0.75 * list),
            opposite: rounded(1.0 - 0.3 * opposite),
        }
    }
}

/// Share of the reference's stems that are not in the question, which the answer names.
pub(super) fn new_terms_named(question: &str, reference: &str, answer: &str) -> f64 {
    let [asked, wanted, said] = [question, reference, answer].map(words);
    let stems = |words| -> BTreeSet<String> {
        content(words).into_iter().map(|word| stem(word).to_owned()).collect()
    };
    let (asked, said) = (stems(&asked), stems(&said));
    let mut wanted = stems(&wanted);
    wanted.retain(|stem| !asked.contains(stem));
    number(wanted.intersection(&said).count()) / number(wanted.len().max(1))
}

/// How much an answer gives the question back, lists terms, or says the opposite of a phrase; each 0 to 1.
fn weights(question: &str, reference: &str, answer: &str, late: f64) -> [f64; 3] {
    let (said, asked) = (words(answer), words(question));
    let told: Vec<&str> = content(&said).into_iter().map(stem).collect();
    let asked: BTreeSet<&str> = content(&asked).into_iter().map(stem).collect();
    let share = number(told.iter().filter(|word| asked.contains(*word)).count()) / number(told.len().max(1));
    let function_words = 1.0 - number(told.len()) / number(said.len().max(1));
    let doubt = (-late).clamp(0.0, 1.0);
    let echo = if said.len() >= 3 { ((share - 0.6) / 0.3).clamp(0.0, 1.0) * doubt } else { 0.0 };
    let list = if said.len() >= 4 { ((0.15 - function_words) / 0.15).clamp(0.0, 1.0) * doubt } else { 0.0 };
    let weight = (25.0 / number(said.len().max(1))).min(1.0);
    let flip = if flips(reference, answer) { weight } else { 0.0 };
    [echo, list, flip]
}

/// Stems, each with whether a negation stands right before it; the negations are left out.
fn signed(words: &[String]) -> Vec<(String, bool)> {
    let (mut signed, mut is_negated) = (Vec::new(), false);
    for word in words {
        if NEGATORS.contains(&word.as_str()) {
            is_negated = true;
            if word == "cannot" || word == "can't" {
                signed.push(("can".to_owned(), false));
            }
            continue;
        }
        signed.push((stem(word).to_owned(), is_negated));
        is_negated = false;
    }
    signed
}

type Pairs<'a> = BTreeMap<(&'a str, &'a str), BTreeSet<bool>>;

fn pairs(signed: &[(String, bool)]) -> Pairs<'_> {
    let mut pairs = Pairs::new();
    for pair in signed.windows(2) {
        if let [(first, _), (second, is_negated)] = pair {
            pairs.entry((first, second)).or_default().insert(*is_negated);
        }
    }
    pairs
}

/// Whether the answer says a phrase of the reference with the opposite sign, or the opposite word between the same
/// neighbours. It finds few of them, and hardly ever one that is none.
fn flips(reference: &str, answer: &str) -> bool {
    let (wanted, said) = (words(reference), words(answer));
    let (wanted_signed, said_signed) = (signed(&wanted), signed(&said));
    let (wanted_pairs, said_pairs) = (pairs(&wanted_signed), pairs(&said_signed));
    let is_turned = said_pairs.iter().any(|(pair, signs)| {
        wanted_pairs.get(pair).is_some_and(|other| signs.len() == 1 && other.len() == 1 && signs != other)
    });
    let (wanted_text, said_text) = (wanted.join(" "), said.join(" "));
    let is_untrue = UNTRUE.iter().any(|phrase| said_text.contains(phrase) && !wanted_text.contains(phrase));
    is_turned || is_untrue || has_opposite(&wanted_signed, &said_signed)
}

fn has_opposite(wanted: &[(String, bool)], said: &[(String, bool)]) -> bool {
    let both = OPPOSITES.iter().flat_map(|(one, other)| [(*one, *other), (*other, *one)]);
    let opposites: BTreeMap<&str, &str> = both.map(|(one, other)| (stem(one), stem(other))).collect();
    let holds = |words: &[(String, bool)], stem: &str| words.iter().any(|(word, _)| word == stem);
    said.iter().enumerate().any(|(at, (word, _))| {
        let Some(other) = opposites.get(word.as_str()) else { return false };
        let Some(place) = wanted.iter().position(|(word, _)| word == other) else { return false };
        if holds(wanted, word) || holds(said, other) {
            return false;
        }
        let same = |one: Option<usize>, two: Option<usize>| match (one, two) {
            (Some(one), Some(two)) => {
                said.get(one).zip(wanted.get(two)).is_some_and(|(one, two)| one.0 == two.0)
            }
            (None, _) | (_, None) => false,
        };
        same(at.checked_sub(1), place.checked_sub(1)) || same(Some(at + 1), Some(place + 1))
    })
}

#[expect(clippy::cast_precision_loss, reason = "a text has some hundred words")]
fn number(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_opposite_of_a_phrase_is_found() {
        assert!(flips("the current does not flow", "the current does flow here"));
        assert!(flips("pressure rises when volume is low", "pressure rises when volume is high"));
        assert!(!flips("the current does not flow", "no current can be seen"));
    }

    #[test]
    fn the_question_given_back_counts_little() {
        let question = "Why does bread rise when it is baked?";
        let Factors { echo, .. } =
            Factors::of(question, "Yeast makes gas", "Bread does rise when it is baked", -2.0);
        assert!(echo < 0.3, "{echo}");
    }
}
