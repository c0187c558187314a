//! Words of a text, with their stems and places.

use std::fmt::Display;
use std::sync::LazyLock;

use regex::Regex;
use rust_stemmers::{Algorithm, Stemmer};

/// A word as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    /// As written: `Node`, `C++`, `.NET`, `&`.
    pub written: &'a str,
    /// The first byte in the text.
    pub start: usize,
    /// In lower case and, where it is a plain English word, without its ending: `manag`, `c++`. An
    /// ampersand is `and`.
    pub stem: String,
}

impl Word<'_> {
    /// One past the last byte in the text.
    pub fn end(&self) -> usize {
        self.start + self.written.len()
    }

    /// Whether the first letter is a capital.
    pub fn is_capitalised(&self) -> bool {
        self.written.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
    }

    /// Whether no letter is small.
    pub fn is_all_capitals(&self) -> bool {
        self.is_capitalised() && !self.written.chars().any(char::is_lowercase)
    }
}

static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x) (?: [\p{L}\p{N}] [\p{L}\p{N}\p{M}]* (?: ['’] \p{L}{1,2} \b )? (?: \+{1,2} | \# )? | & )",
    )
    .ok()
});

/// The words of a text, in order.
///
/// Signs that belong to a name stay with it (`C++`, `C#`, `.NET`); others part words, so `Node.js` is
/// two and `CI/CD` too. A possessive ending is not part of the stem.
pub fn words(text: &str) -> Vec<Word<'_>> {
    let Some(pattern) = WORD.as_ref() else { return Vec::new() };
    pattern
        .find_iter(text)
        .map(|found| {
            let start = start_with_dot(text, found.start(), found.as_str());
            let written = &text[start..found.end()];
            Word { written, start, stem: stem(written) }
        })
        .collect()
}

/// The stems of the words of a text, in order.
pub fn stems(text: &str) -> impl Iterator<Item = String> {
    words(text).into_iter().map(|word| word.stem)
}

/// A count with its noun: `1 word`, `2 words`.
pub fn counted<N: Copy + Display + From<u8> + PartialEq>(count: N, noun: &str) -> String {
    if count == N::from(1) { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// The first letters of `.NET` are a name with a dot; those of `Node.js` and of `end.Next` are not.
fn start_with_dot(text: &str, start: usize, word: &str) -> usize {
    let before = &text[..start];
    let Some(before_dot) = before.strip_suffix('.') else { return start };
    let opens = !before_dot.ends_with(|c: char| c.is_alphanumeric() || c == '.');
    if opens && word.starts_with(char::is_alphabetic) { start - 1 } else { start }
}

fn stem(written: &str) -> String {
    if written == "&" {
        return "and".to_owned();
    }
    let lower = written.to_lowercase().replace('’', "'");
    let plain = lower.strip_suffix("'s").unwrap_or(&lower);
    if plain.len() <= 3 || !plain.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'\'') {
        return plain.to_owned();
    }
    let plain = american(plain);
    Stemmer::create(Algorithm::English).stem(&plain).into_owned()
}

/// British spellings of word parts that resumes and job posts are full of, with American ones.
const SPELLINGS: [(&str, &str); 14] = [
    ("isation", "ization"),
    ("modell", "model"),
    ("labell", "label"),
    ("counsell", "counsel"),
    ("travell", "travel"),
    ("behaviour", "behavior"),
    ("colour", "color"),
    ("favour", "favor"),
    ("labour", "labor"),
    ("licence", "license"),
    ("centre", "center"),
    ("catalogue", "catalog"),
    ("paediatric", "pediatric"),
    ("judgement", "judgment"),
];

/// The same for endings behind certain letters: `optimise`, but not `raise` and `supervise`.
const ENDINGS: [(&str, &str); 9] = [
    ("ise", "ize"),
    ("ises", "izes"),
    ("ised", "ized"),
    ("iser", "izer"),
    ("isers", "izers"),
    ("ising", "izing"),
    ("yse", "yze"),
    ("ysed", "yzed"),
    ("ysing", "yzing"),
];

/// A word as spelled in the United States, so that both spellings have one stem. Some words come out
/// misspelled (`supervize`), always in the same way.
fn american(word: &str) -> String {
    let mut word = word.to_owned();
    for (british, american) in SPELLINGS {
        word = word.replace(british, american);
    }
    for (british, american) in ENDINGS {
        if let Some(root) = word.strip_suffix(british)
            && root.ends_with(['l', 'm', 'n', 'd', 'h', 't', 'r'])
        {
            return format!("{root}{american}");
        }
    }
    match word.as_str() {
        "programme" | "programmes" => "program".to_owned(),
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Vec<&str> {
        words(text).into_iter().map(|word| word.written).collect()
    }

    #[test]
    fn signs_that_belong_to_a_name_stay_with_it() {
        assert_eq!(written("C++, C#/.NET and F#."), ["C++", "C#", ".NET", "and", "F#"]);
    }

    #[test]
    fn one_of_a_thing_is_singular() {
        assert_eq!([0_u64, 1, 2].map(|count| counted(count, "word")), ["0 words", "1 word", "2 words"]);
    }

    #[test]
    fn other_signs_part_words() {
        assert_eq!(
            written("Node.js (CI/CD); R&D, e-mail."),
            ["Node", "js", "CI", "CD", "R", "&", "D", "e", "mail"]
        );
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for form in ["manage", "Managed", "managing", "manages", "MANAGE"] {
            assert_eq!(stem(form), "manag");
        }
        assert_eq!(stem("patient’s"), stem("patients"));
    }

    #[test]
    fn british_and_american_spellings_have_one_stem() {
        for (british, american) in [
            ("optimisation", "optimization"),
            ("organised", "organizing"),
            ("analyse", "analyzed"),
            ("prioritising", "prioritize"),
            ("modelling", "modeling"),
            ("licence", "license"),
            ("programmes", "program"),
        ] {
            assert_eq!(stem(british), stem(american), "{british}");
        }
    }

    #[test]
    fn short_words_keep_their_ending() {
        assert_eq!(stem("AWS"), "aws");
        assert_eq!(stem("IOS"), "ios");
    }

    #[test]
    fn a_word_knows_its_place() {
        let text = "Größe: .NET";
        let found = words(text);
        assert_eq!(&text[found[1].start..found[1].end()], ".NET");
    }
}
