//! Words written like names, and whether the sources hold them.

use std::collections::BTreeSet;

use rust_stemmers::{Algorithm, Stemmer};

use super::known_names;
use crate::interview::words::Word;
use crate::text::Span;

/// Words in capitals that name nobody.
const NO_NAMES: &[&str] = &[
    "eur",
    "usd",
    "gbp",
    "chf",
    "kg",
    "km",
    "cm",
    "mm",
    "mb",
    "gb",
    "tb",
    "kb",
    "kwh",
    "am",
    "pm",
    "i",
    "i'm",
    "i'd",
    "i'll",
    "i've",
    "ok",
    "situation",
    "task",
    "action",
    "result",
    "star",
    "english",
];

/// A title is not longer, in words.
const LONGEST_TITLE: usize = 4;

/// The words of the sources, in the forms in which names are compared.
pub(super) struct OwnNames {
    words: BTreeSet<String>,
    stems: BTreeSet<String>,
    /// The first letters of the words in order, to know what an abbreviation stands for.
    initials: String,
    abbreviations: BTreeSet<String>,
}

impl OwnNames {
    pub(super) fn of(words: &[Word]) -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        let bare: Vec<&str> = words.iter().map(bare).collect();
        Self {
            stems: bare.iter().map(|word| stemmer.stem(word).into_owned()).collect(),
            initials: bare.iter().filter_map(|word| word.chars().next()).collect(),
            abbreviations: words
                .iter()
                .filter(|word| is_abbreviation(&word.written))
                .map(|word| word.text.clone())
                .collect(),
            words: bare.into_iter().map(str::to_owned).collect(),
        }
    }

    /// Whether each of the words stands in the sources, in this or another form.
    pub(super) fn hold_all(&self, words: &[Word]) -> bool {
        let stemmer = Stemmer::create(Algorithm::English);
        words.iter().all(|word| {
            let word = bare(word);
            self.words.contains(word)
                || self.stems.contains(&*stemmer.stem(word))
                || self.holds_form_of(word)
                || self.holds_long_form(word)
                || word.chars().count() > 2 && is_lower_abbreviation(word) && self.initials.contains(word)
        })
    }

    /// `American` for `America`, `Dec` for `December`.
    fn holds_form_of(&self, word: &str) -> bool {
        let length = word.chars().count();
        self.words.iter().any(|own| {
            let shorter = own.chars().count().min(length);
            let long_enough = shorter >= 6 || shorter >= 3 && is_month_start(word, own);
            long_enough && (own.starts_with(word) || word.starts_with(own.as_str()))
        })
    }

    /// `ICU` where the sources tell of intensive care.
    fn holds_long_form(&self, word: &str) -> bool {
        known_names::SHORT_FORMS
            .iter()
            .any(|(short, long)| *short == word && long.split(' ').all(|long| self.words.contains(long)))
    }

    /// Whether the sources hold these words shortened to their first letters: `KPI`.
    pub(super) fn abbreviate(&self, words: &[Word]) -> bool {
        let initials: String = words.iter().filter_map(|word| word.text.chars().next()).collect();
        words.len() > 1 && self.abbreviations.contains(&initials)
    }
}

fn bare(word: &Word) -> &str {
    word.text.strip_suffix("'s").unwrap_or(&word.text)
}

fn is_month_start(word: &str, own: &str) -> bool {
    known_names::DAYS_AND_MONTHS.iter().any(|name| name.starts_with(word) && name.starts_with(own))
}

fn is_abbreviation(written: &str) -> bool {
    (2..=6).contains(&written.chars().count()) && written.chars().all(char::is_uppercase)
}

fn is_lower_abbreviation(word: &str) -> bool {
    (2..=6).contains(&word.chars().count()) && word.chars().all(char::is_alphabetic)
}

/// The words of a text that are written like names; capitals side by side are one name.
///
/// `starts` are the characters at which sentences begin: there a capital says nothing, unless another
/// follows or the word is a name that many people or firms have.
pub(super) fn named(text: &str, words: &[Word], starts: &[u32]) -> Vec<Span> {
    let signs: Vec<char> = text.chars().collect();
    let opens = |word: &Word| {
        starts.iter().any(|start| opens_at(&signs, *start, word.span.start)) || follows_opening(&signs, word)
    };
    let mut found: Vec<Span> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let word = &words[at];
        if NO_NAMES.contains(&bare(word)) || !is_name_like(&word.written) {
            at += 1;
            continue;
        }
        let mut last = at;
        while words.get(last + 1).is_some_and(|next| {
            is_name_like(&next.written)
                && side_by_side(&signs, &words[last], next)
                && !NO_NAMES.contains(&bare(next))
        }) {
            last += 1;
        }
        let first = if opens(word) && !is_name_anywhere(word) { at + 1 } else { at };
        let first = if first > last && last > at { last } else { first };
        if first <= last {
            found.push(Span { start: words[first].span.start, end: words[last].span.end });
        }
        at = last + 1;
    }
    found
}

/// What somebody says to have been: `As head chef I…`, without the first word.
pub(super) fn titles(words: &[Word], starts: &[u32]) -> Vec<Span> {
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let opens = at == 0 || starts.contains(&word.span.start);
        if !(opens && word.text == "as") {
            continue;
        }
        let title: Vec<&Word> = words[at + 1..]
            .iter()
            .take(LONGEST_TITLE)
            .take_while(|word| {
                !word.is_function_word() || matches!(word.text.as_str(), "a" | "an" | "the" | "of")
            })
            .collect();
        if let (Some(first), Some(last)) = (title.first(), title.last()) {
            found.push(Span { start: first.span.start, end: last.span.end });
        }
    }
    found
}

/// A sentence may open with signs before its first word.
fn opens_at(signs: &[char], start: u32, word: u32) -> bool {
    start <= word && signs[start as usize..word as usize].iter().all(|c| !c.is_alphanumeric())
}

/// After a colon, a dash, a bullet or an opening quote a capital is usual.
fn follows_opening(signs: &[char], word: &Word) -> bool {
    let before = signs[..word.span.start as usize].iter().rev().find(|c| !matches!(c, ' ' | '\t'));
    before.is_none_or(|c| ":–—-•*\n\"“‘(>".contains(*c))
}

fn side_by_side(signs: &[char], left: &Word, right: &Word) -> bool {
    let between = &signs[left.span.end as usize..right.span.start as usize];
    let initial = left.written.chars().count() == 1;
    between.iter().all(|c| matches!(c, ' ' | '&' | '-' | '/') || *c == '.' && initial)
}

fn is_name_like(written: &str) -> bool {
    let letters = written.chars().any(char::is_alphabetic);
    let upper = written.chars().any(char::is_uppercase);
    let digit_after_letter =
        written.starts_with(char::is_alphabetic) && written.chars().any(|c| c.is_ascii_digit());
    letters && (upper && !written.starts_with(|c: char| c.is_ascii_digit()) || digit_after_letter)
}

/// Capitals beyond the first letter, digits, or a name that is known: a name even where a sentence begins.
fn is_name_anywhere(word: &Word) -> bool {
    let written =
        word.written.strip_suffix("'s").or_else(|| word.written.strip_suffix("’s")).unwrap_or(&word.written);
    let inner = written.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit());
    inner || known_names::is_known(bare(word))
}
