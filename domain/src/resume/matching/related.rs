//! Finds a wanted term by its meaning.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Meanings;
use super::evidence::Evidence;
use super::resume_text::{Line, ResumeText};
use crate::resume::analysis::TermMatch;
use crate::resume::outline::SectionKind;
use crate::role::WantedTerm;
use crate::words::{Word, words};

/// Closeness from which a phrase counts as related (all-MiniLM-L6-v2).
///
/// Seen: of 585 skills that people found in job posts in other words, this and the two below find 302
/// by their own words, and 665 times one by the words of another (with one threshold for all: 370 and
/// 1207); on resumes, what lies below was mostly chance.
const RELATED_FROM: f64 = 0.58;

/// The same where words in common bring the two near whatever the rest says, or where the term names no
/// field at all.
const RELATED_DESPITE_FROM: f64 = 0.64;

/// The same for a name: who has worked with a thing writes what it is called.
const NAME_RELATED_FROM: f64 = 0.72;

/// A phrase that is nearer to another wanted term by more than this speaks for that one.
const CLEARLY_NEARER: f64 = 0.03;

/// Words that name no field by themselves: what shares only these is not related yet.
const GENERIC: &str = " analysi applic approach area build busi case client code comput control creat custom data deliv \
    deliveri design develop document engin environ experi framework general handl implement inform knowledg \
    languag maintain manag method model oper organ perform plan platform process product program project \
    qualiti report research respons servic side skill softwar solut specialist strategi support system team \
    technic techniqu technolog test tool train use user web work write ";

/// A line of at most this many words is one phrase; of a longer one its clauses are too.
const SHORT_LINE_WORDS: usize = 9;

const LONGEST_PHRASE_WORDS: usize = 40;

/// A few words of the resume that may mean what is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    /// The words, with single spaces.
    pub(super) words: String,
    range: Range<usize>,
}

/// What a term is compared by.
pub(super) fn meaning_of(term: &WantedTerm) -> String {
    term.name.clone()
}

/// The lines that tell of the person's work and knowledge, and the clauses of the longer ones.
pub(super) fn phrases(text: &ResumeText) -> Vec<Phrase> {
    text.lines
        .iter()
        .filter(|line| !line.is_heading && may_tell(line))
        .flat_map(|line| phrases_of(text, line))
        .collect()
}

fn may_tell(line: &Line) -> bool {
    match line.section {
        SectionKind::Header | SectionKind::References | SectionKind::Interests => false,
        SectionKind::Summary
        | SectionKind::Experience
        | SectionKind::Education
        | SectionKind::Skills
        | SectionKind::Projects
        | SectionKind::Certifications
        | SectionKind::Awards
        | SectionKind::Publications
        | SectionKind::Languages
        | SectionKind::Volunteering
        | SectionKind::Other => true,
    }
}

fn phrases_of(text: &ResumeText, line: &Line) -> Vec<Phrase> {
    let whole = phrase(text, line.range.clone());
    let count = whole.words.split(' ').count();
    let mut found = Vec::new();
    if count > SHORT_LINE_WORDS {
        let mut start = line.range.start;
        let content = &text.text[line.range.clone()];
        for part in content.split_inclusive([',', ';', '.', ':', '(', ')', '|', '•']) {
            let clause = phrase(text, start..start + part.len());
            start += part.len();
            if (2..=LONGEST_PHRASE_WORDS).contains(&clause.words.split(' ').count())
                && clause.words != whole.words
            {
                found.push(clause);
            }
        }
    }
    if (2..=LONGEST_PHRASE_WORDS).contains(&count) {
        found.insert(0, whole);
    }
    found
}

fn phrase(text: &ResumeText, range: Range<usize>) -> Phrase {
    let words = text.text[range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.trim_end_matches([',', ';', '.', ':', '(', ')', '|', '•', ' ']).to_owned();
    Phrase { words, range }
}

/// The closeness from which a phrase counts as related to a term; `None` where it never does.
///
/// Sharing a word brings two texts near whatever the rest says (`email marketing` and `sending
/// email`, `server-side programming` and `linear programming`), so what shares a part of the term
/// has to be nearer. What has the whole of a one-word term, or a longer word with it inside (`Git` in
/// `GitHub`), was looked at word by word and refused.
pub fn closeness_needed(term: &str, phrase: &str) -> Option<f64> {
    let (wanted, said) = (words(term), words(phrase));
    if let [only] = wanted.as_slice()
        && said.iter().any(|word| is_like(word, only))
    {
        return None;
    }
    let stems = |words: &[Word]| -> BTreeSet<String> {
        words.iter().filter(|word| word.stem.len() > 2).map(|word| word.stem.clone()).collect()
    };
    let (wanted_stems, said_stems) = (stems(&wanted), stems(&said));
    let specific = |stem: &&String| !GENERIC.contains(&format!(" {stem} "));
    let shared: Vec<&String> = wanted_stems.intersection(&said_stems).collect();
    let names_no_field = !wanted_stems.iter().any(|stem| specific(&stem));
    let shares_no_field = !shared.iter().any(specific);
    let lacks_field = wanted_stems.difference(&said_stems).any(|stem| specific(&stem));
    let in_part = !shared.is_empty() && (shares_no_field || lacks_field);
    if is_name(&wanted) {
        return Some(NAME_RELATED_FROM);
    }
    let despite = names_no_field || in_part;
    Some(if despite { RELATED_DESPITE_FROM } else { RELATED_FROM })
}

/// The same word, or one that has the other inside: `Java` and `JavaScript`, `SQL` and `MySQL`.
fn is_like(said: &Word, only: &Word) -> bool {
    let (said, only) = (said.written.to_lowercase(), only.written.to_lowercase());
    said.contains(&only) && said.len() <= only.len() + 8
}

/// Whether a term is a name, which a resume that has the thing writes: `Kubernetes`, `gRPC`, `Power BI`.
pub(super) fn is_name(term: &[Word]) -> bool {
    let inner = |word: &Word| {
        word.written.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '+' | '#'))
    };
    let common = |word: &Word| COMMON_ENDINGS.iter().any(|ending| word.written.ends_with(ending));
    let named = |word: &Word| inner(word) || word.is_capitalised() && !common(word);
    !term.is_empty() && term.iter().all(named)
}

/// Endings of nouns that lists write with a capital, and that are no names.
const COMMON_ENDINGS: [&str; 13] =
    ["ing", "ion", "ions", "ment", "ship", "ity", "ance", "ence", "ness", "ics", "logy", "cy", "ies"];

/// The phrase nearest in meaning, where it is near enough; the earlier of two. A phrase speaks for the
/// wanted term that it is nearest to, and for no other.
pub(super) fn by_meaning(
    text: &ResumeText,
    phrases: &[Phrase],
    meanings: &Meanings,
    term: &WantedTerm,
    wanted: &[&WantedTerm],
) -> Option<Evidence> {
    let meaning = meanings.of(&meaning_of(term))?;
    let mut best: Option<(f64, &Phrase)> = None;
    for phrase in phrases {
        let Some(said) = meanings.of(&phrase.words) else { continue };
        let closeness = meaning.cosine(said);
        let near = closeness >= RELATED_FROM
            && best.is_none_or(|(most, _)| closeness > most)
            && closeness_needed(&term.name, &phrase.words).is_some_and(|needed| closeness >= needed);
        let nearer_to_another = || {
            let others = wanted.iter().filter(|other| other.name != term.name);
            others
                .filter_map(|other| meanings.of(&meaning_of(other)))
                .any(|other| other.cosine(said) > closeness + CLEARLY_NEARER)
        };
        if near && !nearer_to_another() {
            best = Some((closeness, phrase));
        }
    }
    let (closeness, phrase) = best?;
    let (quote, span) = text.quote(&phrase.range);
    let similarity = (closeness.min(1.0) * 1000.0).round() / 1000.0;
    Some(Evidence { how: TermMatch::Related, similarity, quote, span, found_as: None })
}
