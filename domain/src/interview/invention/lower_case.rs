//! Names and techniques that many people write without capitals.

use super::InventionKind;
use super::known_names;
use crate::interview::words::{self, Word};
use crate::text::Span;

/// Names that are ordinary words where they have no capital.
const ORDINARY: &[&str] = &[
    "adobe",
    "amazon",
    "apple",
    "august",
    "jack",
    "jaguar",
    "jordan",
    "mark",
    "meta",
    "nice",
    "oracle",
    "pinterest",
    "ray",
    "stripe",
    "target",
    "wei",
];

/// `polish` is left out: it is done to texts.
const LANGUAGES: &[&str] = &[
    "arabic",
    "bengali",
    "cantonese",
    "chinese",
    "czech",
    "danish",
    "dutch",
    "finnish",
    "french",
    "german",
    "greek",
    "hebrew",
    "hindi",
    "hungarian",
    "italian",
    "japanese",
    "korean",
    "mandarin",
    "norwegian",
    "persian",
    "portuguese",
    "punjabi",
    "romanian",
    "russian",
    "spanish",
    "swedish",
    "tamil",
    "thai",
    "turkish",
    "ukrainian",
    "urdu",
    "vietnamese",
];

/// What one does with a method of that name says that one knows it.
const TECHNIQUES: &[&str] = &[
    "bloom filter",
    "bloom filters",
    "chaos engineering",
    "circuit breaker",
    "circuit breakers",
    "consistent hashing",
    "domain driven design",
    "event sourcing",
    "extreme programming",
    "gradient boosting",
    "load balancer",
    "load balancers",
    "load balancing",
    "message queue",
    "message queues",
    "monte carlo",
    "pair programming",
    "random forest",
    "random forests",
    "service mesh",
    "sharding",
    "six sigma",
    "test driven development",
    "two phase commit",
    "value stream mapping",
];

/// The names and techniques of a text that stand there in lower case.
pub(super) fn claims(text_words: &[Word]) -> Vec<(Span, InventionKind)> {
    let is_name = |word: &&Word| {
        let bare = word.text.strip_suffix("'s").unwrap_or(&word.text);
        let is_lower = word.written.chars().all(|sign| !sign.is_uppercase());
        let is_known = known_names::is_known(bare) && !ORDINARY.contains(&bare);
        is_lower && (is_known || LANGUAGES.contains(&bare))
    };
    let names = text_words.iter().filter(is_name).map(|word| (word.span, InventionKind::Name));
    let techniques = words::places_of_any(text_words, TECHNIQUES);
    names.chain(techniques.into_iter().map(|span| (span, InventionKind::Technology))).collect()
}
