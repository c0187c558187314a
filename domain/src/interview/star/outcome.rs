//! Results that no fixed phrase tells: harm that did not come, and what has held since.
//!
//! "Afterwards no order was lost", "nobody has complained since", "the fault never came back" are told
//! by who or what is denied, by a word for trouble, and by words that look back. Only what happened
//! counts: what would, will or should be is no result.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

use super::verbs::Deeds;
use crate::interview::words::{self, Word};

/// What a sentence tells of how things turned out.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Outcome {
    /// How strongly it looks back on what came after, 0 to 1.
    pub(super) looks_back: f64,
    /// Whether it says that harm did not come, or did not come again.
    pub(super) harm_stayed_away: bool,
}

impl Outcome {
    pub(super) fn of(words: &[Word], deeds: Deeds) -> Self {
        if !is_told(words) {
            return Self::default();
        }
        let harm_stayed_away = is_denied(words);
        let acts = deeds.own + deeds.shared > 0;
        let looks_back = if has_held_since(words) || harm_stayed_away && comes_after(words) {
            1.0
        } else if comes_after(words) && !acts && (deeds.past_state || has_any(words, STATES)) {
            0.5
        } else {
            0.0
        };
        Self { looks_back, harm_stayed_away }
    }
}

/// Whether a sentence holds a verb of the past, or says how things are now.
pub(super) fn speaks_of_past(words: &[Word]) -> bool {
    words.iter().any(|word| is_past(word) || word.text == "now")
}

fn is_past(word: &Word) -> bool {
    PAST.contains(&word.text.as_str()) || word.text.ends_with("ed") && word.text.len() > 3
}

/// Whether the sentence speaks of what was or has been, and not of what would be.
fn is_told(words: &[Word]) -> bool {
    let stays = words::holds_any(words, SINCE);
    (stays || words.iter().any(is_past)) && !words.iter().any(is_unreal) && !words::holds_any(words, AIMS)
}

/// `would`, `if`, and `may` but not the month.
fn is_unreal(word: &Word) -> bool {
    UNREAL.contains(&word.text.as_str()) && word.written != "May"
}

/// A denial near a word for trouble: `no order was lost`, `lost no order`, `the error did not return`.
fn is_denied(words: &[Word]) -> bool {
    let stemmer = Stemmer::create(Algorithm::English);
    let among =
        |stems: &BTreeSet<String>, place: usize| stems.contains(stemmer.stem(&words[place].text).as_ref());
    let trouble = |place: usize| among(&TROUBLE_STEMS, place);
    (0..words.len()).filter(|at| denies(words, *at)).any(|at| {
        let mut after = at + 1..(at + 1 + REACH).min(words.len());
        let mut before = at.saturating_sub(REACH)..at;
        let lost = at > 0 && LOSES.contains(&words[at - 1].text.as_str());
        lost || after.clone().any(|place| trouble(place) && reaches(words, at, place))
            || before.any(trouble) && after.any(|place| among(&AGAIN_STEMS, place))
    })
}

/// Whether a denial at `at` is of the trouble at `place`, and not of a deed between them: `no order was
/// lost`, but neither `nobody checked the error` nor `I did not see the error`.
fn reaches(words: &[Word], at: usize, place: usize) -> bool {
    let between = &words[at + 1..place];
    let bears = |word: &Word| BEARS.contains(&word.text.as_str());
    let denies_deed = words[at].text == "didn't"
        || words[at].text == "never"
        || words[at].text == "not" && at > 0 && words[at - 1].text == "did";
    match between.iter().find(|word| !matches!(word.text.as_str(), "ever" | "even" | "once")) {
        Some(first) if denies_deed && !bears(first) => false,
        Some(_) | None => between.iter().all(|word| !word.text.ends_with("ed") || bears(word)),
    }
}

/// `no`, `nobody`, `never`, `didn't`; not the `no` of `no longer than`, nor `not only`.
fn denies(words: &[Word], at: usize) -> bool {
    let word = words[at].text.as_str();
    let next = words.get(at + 1).map_or("", |next| next.text.as_str());
    let counts = !matches!((word, next), ("not", "only" | "just") | ("no", "matter" | "doubt" | "idea"));
    counts && (DENIALS.contains(&word) || word.ends_with("n't"))
}

/// `since` looks back where it stands last, before a time, or behind a perfect tense; otherwise it
/// may give a reason.
fn has_held_since(words: &[Word]) -> bool {
    if words::holds_any(words, SINCE) {
        return true;
    }
    let since = words.iter().position(|word| word.text == "since");
    since.is_some_and(|at| {
        let is_last = at + 1 == words.len();
        let perfect = words.iter().any(|word| PERFECT.contains(&word.text.as_str()));
        let next = words.get(at + 1).map_or("", |next| next.text.as_str());
        perfect && (is_last || TIMES.contains(&next))
    })
}

fn comes_after(words: &[Word]) -> bool {
    let later = |at: usize| words[at].text == "later" && at > 0;
    words::holds_any(words, AFTER)
        || has_held_since(words)
        || (0..words.len()).any(|at| {
            later(at) && PERIODS.contains(&words[at - 1].text.trim_end_matches('s'))
                || words[at].text == "within"
                    && words[at + 1..]
                        .iter()
                        .take(3)
                        .any(|word| PERIODS.contains(&word.text.trim_end_matches('s')))
        })
}

fn has_any(words: &[Word], of: &[&str]) -> bool {
    words.iter().any(|word| of.contains(&word.text.as_str()))
}

/// A denial reaches this many words.
const REACH: usize = 5;

const DENIALS: &[&str] =
    &["no", "not", "never", "nobody", "none", "nothing", "without", "zero", "neither", "nor", "cannot"];

const PAST: &[&str] = &[
    "was", "were", "had", "has", "have", "been", "did", "wasn't", "weren't", "hadn't", "hasn't", "haven't",
    "didn't", "lost", "went", "came", "got", "left", "fell", "broke", "made", "kept", "held", "ran", "stood",
    "saw", "took", "felt", "found", "won", "hurt", "i've", "we've", "they've",
];

const UNREAL: &[&str] = &[
    "would",
    "will",
    "should",
    "could",
    "might",
    "may",
    "shall",
    "must",
    "i'd",
    "we'd",
    "i'll",
    "we'll",
    "won't",
    "wouldn't",
    "shouldn't",
    "couldn't",
    "if",
    "hopefully",
    "want",
    "wanted",
    "hoped",
    "promised",
    "feared",
];

/// What was aimed at is not yet what came.
const AIMS: &[&str] = &[
    "make sure",
    "made sure",
    "making sure",
    "ensure",
    "had to",
    "needed to",
    "so that",
    "in order",
    "goal was",
    "aim was",
    "task was",
    "job was",
    "asked to",
    "to avoid",
    "to prevent",
];

/// Verbs whose object is the trouble that somebody had, or did not have.
const BEARS: &[&str] = &[
    "been",
    "cause",
    "caused",
    "experience",
    "experienced",
    "face",
    "faced",
    "get",
    "got",
    "had",
    "have",
    "logged",
    "raised",
    "receive",
    "received",
    "recorded",
    "report",
    "reported",
    "seen",
    "suffer",
    "suffered",
];

/// Verbs of losing before a denial: `lost no order`.
const LOSES: &[&str] =
    &["drop", "dropped", "dropping", "lose", "losing", "lost", "miss", "missed", "missing"];

const PERFECT: &[&str] = &["have", "has", "haven't", "hasn't", "i've", "we've", "they've", "been"];

const STATES: &[&str] = &["stayed", "remained", "kept", "ran", "worked", "held", "settled", "became"];

const SINCE: &[&str] = &[
    "since then",
    "ever since",
    "since that day",
    "since that",
    "since the change",
    "from then on",
    "from that day",
    "from that point",
    "from that moment",
    "to this day",
    "to date",
    "until today",
    "to the present day",
];

const AFTER: &[&str] = &[
    "afterwards",
    "afterward",
    "after that",
    "thereafter",
    "from now on",
    "in the following",
    "the following",
    "the day after",
    "the week after",
    "the month after",
    "the year after",
    "the next day",
    "the next week",
    "the next month",
    "the next quarter",
    "the next year",
    "the next morning",
    "the rest of the",
    "so far",
    "by the end",
    "in the end",
    "for the first time",
];

const TIMES: &[&str] = &[
    "then",
    "that",
    "this",
    "last",
    "early",
    "late",
    "mid",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "spring",
    "summer",
    "autumn",
    "winter",
    "launch",
    "day",
    "my",
];

const PERIODS: &[&str] =
    &["minute", "hour", "day", "night", "shift", "week", "month", "quarter", "year", "sprint"];

/// Words for trouble, compared by their stems.
const TROUBLE: &[&str] = &[
    "accident",
    "alarm",
    "alert",
    "argument",
    "backlog",
    "blame",
    "blocked",
    "breach",
    "break",
    "broke",
    "broken",
    "bug",
    "cancel",
    "cancellation",
    "claim",
    "clash",
    "collision",
    "complain",
    "complaint",
    "conflict",
    "corrupt",
    "crash",
    "damage",
    "defect",
    "delay",
    "dispute",
    "disruption",
    "downtime",
    "drop",
    "duplicate",
    "error",
    "escalate",
    "escalation",
    "fail",
    "failure",
    "fall",
    "fault",
    "fell",
    "fine",
    "fraud",
    "grievance",
    "harm",
    "hurt",
    "incident",
    "infection",
    "injured",
    "injury",
    "interruption",
    "issue",
    "late",
    "leak",
    "lose",
    "loss",
    "lost",
    "miss",
    "missed",
    "mistake",
    "objection",
    "outage",
    "overdue",
    "overrun",
    "overtime",
    "penalty",
    "problem",
    "quit",
    "refund",
    "regression",
    "reject",
    "resign",
    "return",
    "rework",
    "rollback",
    "shortage",
    "slip",
    "stolen",
    "stuck",
    "theft",
    "timeout",
    "trouble",
    "unhappy",
    "violation",
    "warning",
    "wrong",
];

/// Words for coming again.
const AGAIN: &[&str] = &[
    "again",
    "back",
    "came",
    "happen",
    "occur",
    "reappear",
    "recur",
    "repeat",
    "resurface",
    "return",
    "since",
];

static TROUBLE_STEMS: LazyLock<BTreeSet<String>> = LazyLock::new(|| stems_of(TROUBLE));
static AGAIN_STEMS: LazyLock<BTreeSet<String>> = LazyLock::new(|| stems_of(AGAIN));

fn stems_of(words: &[&str]) -> BTreeSet<String> {
    let stemmer = Stemmer::create(Algorithm::English);
    words.iter().map(|word| stemmer.stem(word).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(text: &str) -> Outcome {
        let words = words::words(text);
        Outcome::of(&words, Deeds::of(&words))
    }

    #[test]
    fn harm_that_stayed_away_is_an_outcome() {
        for told in [
            "Afterwards no order was lost.",
            "Since then nobody complained.",
            "We have not had an outage since.",
            "The fault never came back.",
            "After that, there were no more complaints from the ward.",
            "Nobody was hurt and we lost no customer.",
            "The migration finished without a single error and nothing was dropped.",
            "In the following six months not one delivery was late.",
            "The same bug hasn't returned to this day.",
            "Two weeks later there hadn't been another incident.",
        ] {
            let found = outcome(told);
            assert!(found.harm_stayed_away, "{told}: {found:?}");
        }
    }

    #[test]
    fn what_has_held_since_looks_back() {
        for told in [
            "We have not had an outage since.",
            "The team has used my checklist ever since.",
            "From that day deliveries left before seven.",
            "It has been stable since May.",
            "Afterwards no order was lost.",
        ] {
            assert!((outcome(told).looks_back - 1.0).abs() < f64::EPSILON, "{told}");
        }
        assert!(outcome("Afterwards the ward was calm.").looks_back > 0.4);
    }

    #[test]
    fn reasons_wishes_and_plain_denials_are_none() {
        for told in [
            "I called him since the line was dead.",
            "If we change it, no order will be lost.",
            "I promised that nobody would complain.",
            "I had to make sure that no order was lost.",
            "I did not know the answer.",
            "Nobody had checked the error log.",
            "At first I did not see the mistake.",
            "There was a problem and nobody knew the cause.",
            "Not only did I ask her, I wrote it down.",
            "In a good team nobody complains.",
            "Then I called the supplier and asked for a list.",
        ] {
            assert_eq!(outcome(told), Outcome::default(), "{told}");
        }
    }
}
