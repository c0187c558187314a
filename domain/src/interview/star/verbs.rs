//! Who did what: deeds in the past tense, states, and what was not done but would be.

use crate::interview::words::Word;

/// What a sentence says was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Deeds {
    /// Deeds of "I" in the past tense.
    pub own: usize,
    /// Deeds of "we" in the past tense.
    pub shared: usize,
    /// "I would", "I usually", "I always".
    pub hypothetical: usize,
    /// A state in the past: "was", "were", "had".
    pub past_state: bool,
}

impl Deeds {
    /// Reads the deeds of a sentence.
    pub fn of(words: &[Word]) -> Self {
        let mut deeds = Self::default();
        let mut doer: Option<(Doer, usize)> = None;
        for (at, word) in words.iter().enumerate() {
            match word.text.as_str() {
                // "Before I had said my name" tells when, not what was done.
                "i" | "we" if at > 0 && words[at - 1].text == "before" => doer = None,
                "i" => doer = Some((Doer::Own, at)),
                "we" => doer = Some((Doer::Shared, at)),
                "he" | "she" | "they" | "it" | "you" | "who" | "which" | "that" => doer = None,
                "i'd" | "i'll" | "we'd" | "we'll" => deeds.hypothetical += 1,
                "was" | "were" | "had" | "wasn't" | "weren't" => deeds.past_state = true,
                verb => {
                    let Some((who, since)) = doer else { continue };
                    let near = at - since <= 3 && words[since + 1..at].iter().all(is_between);
                    let joined = words[at - 1].text == "and" && at - since <= 14;
                    if near && matches!(verb, "would" | "usually" | "always" | "try" | "will") {
                        deeds.hypothetical += 1;
                        doer = None;
                    } else if (near || joined) && is_deed(verb) {
                        match who {
                            Doer::Own => deeds.own += 1,
                            Doer::Shared => deeds.shared += 1,
                        }
                    }
                }
            }
        }
        deeds
    }
}

#[derive(Clone, Copy)]
enum Doer {
    Own,
    Shared,
}

fn is_between(word: &Word) -> bool {
    word.text.ends_with("ly") || BETWEEN.contains(&word.text.as_str())
}

/// Whether a word is the past of a verb of doing.
pub(super) fn is_deed(word: &str) -> bool {
    (word.len() > 4 && word.ends_with("ed") && !NO_DEEDS.contains(&word)) || IRREGULAR.contains(&word)
}

const BETWEEN: &[&str] = &[
    "then", "also", "first", "just", "even", "still", "once", "both", "all", "myself", "next", "later",
    "always", "never", "and", "had", "have", "soon", "often",
];

/// They end like deeds but tell a state, a wish or a duty.
const NO_DEEDS: &[&str] = &[
    "needed",
    "wanted",
    "supposed",
    "excited",
    "worried",
    "scared",
    "interested",
    "tired",
    "liked",
    "loved",
    "hoped",
    "believed",
    "hundred",
    "indeed",
    "tasked",
    "assigned",
    "learned",
    "struggled",
    "failed",
    "noticed",
    "realised",
    "realized",
    "expected",
    "worked",
    "joined",
    "exceed",
    "proceed",
    "succeed",
    "seemed",
    "looked",
];

const IRREGULAR: &[&str] = &[
    "wrote", "built", "led", "made", "took", "told", "spoke", "met", "chose", "ran", "sat", "began", "held",
    "drew", "gave", "went", "put", "set", "cut", "brought", "taught", "sent", "split", "spent", "sought",
    "rang", "drove", "laid", "showed", "shown", "broke", "paid", "sold", "bought", "left", "stood", "stuck",
    "dug", "fed", "did", "rewrote", "rebuilt", "found", "kept", "got", "won", "threw", "swept", "woke",
    "hid", "caught", "wound", "shut", "tore", "spun", "let", "said", "came", "used", "read", "rolled",
    "undid", "forgave", "flew", "swapped", "walked", "asked", "added", "tried", "fixed", "moved", "owned",
    "ended", "faced", "named",
];
