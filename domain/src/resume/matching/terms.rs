//! Looks for a phrase in a text by the stems of its words.
//!
//! Words are whole words: `Java` is not in `JavaScript`. Names that are ordinary words too (`Go`,
//! `Excel`, `IT`) must be spelled as names, and a single letter must stand where a name can.

use std::ops::Range;

use super::resume_text::{BULLETS, ResumeText};
use crate::words::{Word, words};

/// Words that a phrase may lack or have in between: `assessment of patients`.
const SMALL: [&str; 9] = ["of", "the", "a", "an", "in", "for", "to", "with", "on"];

/// Ordinary words that are names when they begin with a capital.
const ORDINARY: &str = " access asana backbone bootstrap chef concur cucumber cypress dart drift eclipse electron \
    ember epic excel express fabric flask flow flutter go hive jest julia looker make maya meteor mocha monday \
    nest next notion numbers office oracle outlook pages pandas pig play project puppet rails react ruby rust \
    salt scheme scratch sentry shell sketch slack spark splunk spring stata storm swift tableau teams unity \
    visio word workday zoom ";

/// Ordinary words that are abbreviations when all of their letters are capitals.
const ABBREVIATED: &str = " act aim all am an art as ask at be bit by can cap car cat do dot er fit he his hit if in \
    is it lab lean led less map mar may me mind my net no of on or pace pat pen pm pos race ram rest rip sad sap sat set \
    soap so spin star tap tip to top up us was we who ";

/// Names that stand in longer ones that are something else, by their stems: the shorter, the word
/// beside it, and whether that word stands behind.
const PART_OF: [(&str, &str, bool); 7] = [
    ("react", "nativ", true),
    ("java", "script", true),
    ("sql", "no", false),
    ("c", "object", false),
    ("go", "no", true),
    ("word", "press", true),
    ("swift", "payment", true),
];

/// What may stand beside a name of one or two letters in running text.
const BESIDE: &str = " and or in using with via like language programming developer engineer code script scripts \
    experience packages ";

/// A phrase made ready for looking it up.
#[derive(Debug)]
pub(super) struct Phrase<'p> {
    words: Vec<Word<'p>>,
    /// All letters in a row: `Node.js` is also written `NodeJS`.
    glued: String,
}

impl<'p> Phrase<'p> {
    pub(super) fn new(phrase: &'p str) -> Self {
        let all = words(phrase);
        let glued = all.iter().map(|word| word.written.to_lowercase()).collect();
        let telling: Vec<Word> = all.iter().filter(|word| !is_small(word)).cloned().collect();
        Self { words: if telling.is_empty() { all } else { telling }, glued }
    }

    /// The bytes of each place that has the phrase.
    pub(super) fn find_all(&self, text: &ResumeText) -> Vec<Range<usize>> {
        (0..text.words.len()).filter_map(|at| self.find_at(text, at)).collect()
    }

    fn find_at(&self, text: &ResumeText, at: usize) -> Option<Range<usize>> {
        let end = match self.words.as_slice() {
            [] => None,
            [only] => single_at(text, at, only).or_else(|| self.parted_at(text, at)),
            _ => self.sequence_at(text, at).or_else(|| self.glued_at(text, at)),
        }?;
        Some(text.words[at].start..end)
    }

    fn sequence_at(&self, text: &ResumeText, at: usize) -> Option<usize> {
        let mut place = at;
        for (number, wanted) in self.words.iter().enumerate() {
            let mut word = text.words.get(place)?;
            if number > 0 {
                while is_small(word) && goes_on(text, place) && word.stem != wanted.stem {
                    place += 1;
                    word = text.words.get(place)?;
                }
                if !goes_on(text, place) {
                    return None;
                }
            }
            if word.stem != wanted.stem {
                return None;
            }
            place += 1;
        }
        Some(text.words[place - 1].end())
    }

    /// `Node.js` as `NodeJS`.
    fn glued_at(&self, text: &ResumeText, at: usize) -> Option<usize> {
        let word = &text.words[at];
        (self.glued.len() >= 4 && word.written.to_lowercase() == self.glued).then(|| word.end())
    }

    /// `Frontend` as `front-end` or `Front End`.
    fn parted_at(&self, text: &ResumeText, at: usize) -> Option<usize> {
        if self.glued.len() < 5 {
            return None;
        }
        let next = text.words.get(at + 1).filter(|_| goes_on(text, at + 1))?;
        let (first, second) = (text.words[at].written.to_lowercase(), next.written.to_lowercase());
        (self.glued.strip_prefix(&first) == Some(second.as_str())).then(|| next.end())
    }
}

fn single_at(text: &ResumeText, at: usize, only: &Word) -> Option<usize> {
    let word = &text.words[at];
    let same = word.stem == only.stem && (!is_name(only.written) || is_written_as(word, only.written));
    (same && !is_part_of_other(text, at) && is_meant(text, at, only.written)).then(|| word.end())
}

/// Whether a word is a name and so has no other forms: `excellent` has the stem of `Excel`.
fn is_name(written: &str) -> bool {
    let lower = written.to_lowercase();
    let inner_capital = written.chars().skip(1).any(char::is_uppercase);
    inner_capital
        || written.starts_with(char::is_uppercase) && (lower.chars().count() <= 4 || has(ORDINARY, &lower))
}

/// As written, in any case, and with the ending of a possessive or of a plural.
fn is_written_as(word: &Word, name: &str) -> bool {
    let (lower, name) = (word.written.to_lowercase().replace('’', "'"), name.to_lowercase());
    let rest = lower.strip_prefix(&name);
    rest.is_some_and(|rest| matches!(rest, "" | "s" | "'s"))
}

/// Whether a longer name, which is something else, has this word in it.
fn is_part_of_other(text: &ResumeText, at: usize) -> bool {
    let stem = text.words[at].stem.as_str();
    PART_OF.iter().filter(|(shorter, _, _)| *shorter == stem).any(|(_, beside, behind)| {
        let place = if *behind { Some(at + 1) } else { at.checked_sub(1) };
        let joined = goes_on(text, if *behind { at + 1 } else { at });
        let other = place.and_then(|place| text.words.get(place));
        joined && other.is_some_and(|other| other.stem == *beside)
    })
}

fn is_small(word: &Word) -> bool {
    SMALL.contains(&word.stem.as_str())
}

fn has(list: &str, word: &str) -> bool {
    list.contains(&format!(" {word} "))
}

/// Whether a phrase may go on from the word before `place` to that at `place`.
fn goes_on(text: &ResumeText, place: usize) -> bool {
    let Some(before) = place.checked_sub(1).and_then(|before| text.words.get(before)) else { return false };
    let Some(word) = text.words.get(place) else { return false };
    let gap = &text.text[before.end()..word.start];
    let line_breaks = gap.matches('\n').count();
    let blanks = gap.chars().filter(|c| *c == ' ').count();
    let sticks = gap.chars().all(|c| matches!(c, '-' | '‑' | '–' | '/' | '.' | '_' | '\'' | '’'));
    let parts = gap.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '/'));
    sticks && gap.chars().count() <= 1 || parts && line_breaks <= 1 && (line_breaks == 1 || blanks <= 2)
}

/// Whether the word at `at` is the name `name` and not an ordinary word spelled alike.
fn is_meant(text: &ResumeText, at: usize, name: &str) -> bool {
    let word = &text.words[at];
    let letters = name.chars().count();
    let lower = name.to_lowercase();
    if letters <= 2 && name.chars().all(char::is_alphabetic) {
        let spelled = word.written == name;
        return if letters == 1 || has(ORDINARY, &lower) {
            spelled && stands_as_name(text, at)
        } else {
            spelled || !has(ABBREVIATED, &lower) && lower == word.written
        };
    }
    if name.chars().all(char::is_uppercase) && has(ABBREVIATED, &lower) {
        return word.is_all_capitals();
    }
    if name.starts_with(char::is_uppercase) && has(ORDINARY, &lower) {
        return word.is_capitalised() && (!opens_sentence(text, at) || is_listed(text, at));
    }
    true
}

/// What separates the word from the words before and after.
fn around<'t>(text: &ResumeText<'t>, at: usize) -> (&'t str, &'t str) {
    let word = &text.words[at];
    let before = at.checked_sub(1).map_or(0, |before| text.words[before].end());
    let after = text.words.get(at + 1).map_or(text.text.len(), |next| next.start);
    (&text.text[before..word.start], &text.text[word.end()..after])
}

fn is_listed(text: &ResumeText, at: usize) -> bool {
    let (before, after) = around(text, at);
    let separates = |gap: &str| gap.contains([',', ';', '/', '|', '(', ')', ':', '\t']) || gap.contains("  ");
    let item = |gap: &str| gap.contains(BULLETS) && !gap.starts_with('-');
    separates(before) || separates(after) || item(after) || after.contains('\n') && before.contains('\n')
}

fn opens_sentence(text: &ResumeText, at: usize) -> bool {
    let (before, _) = around(text, at);
    at == 0 || before.contains(['.', '!', '?', '\n']) || before.contains(BULLETS)
}

/// Whether a name of one or two letters can stand here: `R, Python`, `in Go`, and neither `R&D`,
/// `Go to market`, `John C. Smith` nor `C-level`.
fn stands_as_name(text: &ResumeText, at: usize) -> bool {
    let (before, after) = around(text, at);
    let next = text.words.get(at + 1);
    let glued = at > 0 && matches!(before, "-" | "‑");
    if glued || after.starts_with('-') || next.is_some_and(|next| next.written == "&" && after.len() <= 1) {
        return false;
    }
    if after.starts_with(". ") && before == " " {
        return false;
    }
    let letters = |place: usize| text.words.get(place).map(|word| word.written);
    if (letters(at), letters(at + 1), letters(at + 2)) == (Some("R"), Some("and"), Some("D")) {
        return false;
    }
    let beside = |word: Option<&Word>| word.is_some_and(|word| has(BESIDE, &word.written.to_lowercase()));
    let previous = at.checked_sub(1).and_then(|previous| text.words.get(previous));
    let running = |gap: &str| gap.chars().all(|c| c == ' ') && gap.len() == 1;
    is_listed(text, at) || running(before) && beside(previous) || running(after) && beside(next)
}
