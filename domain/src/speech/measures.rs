//! The measures of speech: pure arithmetic over words and their times.

use serde::{Deserialize, Serialize};

use super::SpokenWord;

/// A silence that a listener notices, in ms.
const PAUSE_MS: u64 = 700;
/// A silence that parts two stretches of speech, in ms; it is no part of the time spoken.
pub const LONG_PAUSE_MS: u64 = 2_000;
/// With fewer words than this no rate is told: it would say more about chance than about speech.
const ENOUGH_WORDS: usize = 20;
/// The same for the time spoken, in ms.
const ENOUGH_SPEECH_MS: u64 = 8_000;
/// The window of the pace over time, in ms, and how far apart its points are.
const WINDOW_MS: u64 = 15_000;
const STEP_MS: u64 = 5_000;

/// Words that make what follows less sure.
const HEDGES: [&str; 20] = [
    "maybe",
    "perhaps",
    "probably",
    "possibly",
    "somewhat",
    "basically",
    "actually",
    "honestly",
    "hopefully",
    "guess",
    "kinda",
    "sorta",
    "i think",
    "i guess",
    "kind of",
    "sort of",
    "a bit",
    "a little",
    "i suppose",
    "not sure",
];

/// Words that open a clause: a pause before them is none in its middle.
const OPENERS: [&str; 16] = [
    "and", "but", "so", "because", "then", "which", "when", "while", "or", "if", "after", "before",
    "although", "that", "where", "who",
];

/// A stretch of speech with its place on a time line of the caller's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Utterance<'a> {
    /// When its first word begins, in ms of the time line.
    pub start_ms: u64,
    /// Its words.
    pub words: &'a [SpokenWord],
}

/// A filler where it was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FillerUse {
    /// The word, in lower case.
    pub text: String,
    /// When, in ms of the time line.
    pub at_ms: u64,
}

/// A word that hedges, or that is said twice in a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordUse {
    /// The words, in lower case.
    pub text: String,
    /// When, in ms of the time line.
    pub at_ms: u64,
}

/// How fast somebody spoke around a moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PacePoint {
    /// The middle of the window, in ms of the time line.
    pub at_ms: u64,
    /// Words per minute of speech within it.
    pub words_per_minute: f64,
}

/// Where a pause stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PauseKind {
    /// Before the first word: thinking, which costs nothing.
    Planning,
    /// Between sentences or clauses, where a listener expects it.
    Between,
    /// In the middle of a clause, where a listener waits.
    MidClause,
}

/// A silence that a listener notices: 0.7 s or longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// When it begins, in ms of the time line.
    pub start_ms: u64,
    /// How long it is.
    pub duration_ms: u64,
    /// Where it stands.
    pub kind: PauseKind,
}

/// How somebody spoke. Rates are `None` under 20 words or 8 seconds of speech.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Measures {
    /// Words that say something; fillers are not counted.
    pub words: usize,
    /// The time spoken, pauses of 2 s and more left out.
    pub speech_ms: u64,
    /// Words that say something per minute of speech.
    pub words_per_minute: Option<f64>,
    /// The same over time.
    pub pace: Vec<PacePoint>,
    /// Every filler with its time.
    pub fillers: Vec<FillerUse>,
    /// Fillers per minute of speech.
    pub fillers_per_minute: Option<f64>,
    /// Fillers per 100 words that say something.
    pub fillers_per_100_words: Option<f64>,
    /// Noticeable silences.
    pub pauses: Vec<Pause>,
    /// The longest stretch without a pause of 2 s.
    pub longest_monologue_ms: u64,
    /// Words said twice in a row: `the the`.
    pub repetitions: Vec<WordUse>,
    /// Words that make what follows less sure.
    pub hedges: Vec<WordUse>,
}

/// A word on the time line.
struct Placed<'a> {
    word: &'a SpokenWord,
    plain: String,
    start_ms: u64,
    end_ms: u64,
}

/// Measures what was said after `opened_ms`, a moment of the same time line.
pub fn measure(utterances: &[Utterance<'_>], opened_ms: u64) -> Measures {
    let placed: Vec<Placed<'_>> = utterances
        .iter()
        .flat_map(|utterance| {
            utterance.words.iter().map(|word| Placed {
                word,
                plain: word.plain(),
                start_ms: utterance.start_ms + u64::from(word.start_ms),
                end_ms: utterance.start_ms + u64::from(word.end_ms.max(word.start_ms)),
            })
        })
        .collect();
    let stretches = stretches(&placed);
    let speech_ms = stretches.iter().map(|(start, end)| end - start).sum();
    let words = placed.iter().filter(|one| !one.word.filler).count();
    let fillers: Vec<_> = placed
        .iter()
        .filter(|one| one.word.filler)
        .map(|one| FillerUse { text: one.plain.clone(), at_ms: one.start_ms })
        .collect();
    let enough = words >= ENOUGH_WORDS && speech_ms >= ENOUGH_SPEECH_MS;
    let per_minute = |count: usize| enough.then(|| rate(count, speech_ms, 60_000));
    Measures {
        words,
        speech_ms,
        words_per_minute: per_minute(words),
        pace: if enough { pace(&placed, &stretches) } else { Vec::new() },
        fillers_per_minute: per_minute(fillers.len()),
        fillers_per_100_words: enough.then(|| rate(fillers.len(), as_u64(words), 100)),
        pauses: pauses(&placed, opened_ms),
        longest_monologue_ms: stretches.iter().map(|(start, end)| end - start).max().unwrap_or(0),
        repetitions: repetitions(&placed),
        hedges: hedges(&placed),
        fillers,
    }
}

fn as_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// `count` per `unit` of `whole`, to one decimal.
fn rate(count: usize, whole: u64, unit: u32) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    let bounded = |number: u64| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    let rate = bounded(as_u64(count)) * f64::from(unit) / bounded(whole);
    (rate * 10.0).round() / 10.0
}

/// Stretches of speech without a long pause, with their start and end.
fn stretches(placed: &[Placed<'_>]) -> Vec<(u64, u64)> {
    let mut stretches: Vec<(u64, u64)> = Vec::new();
    for one in placed {
        match stretches.last_mut() {
            Some((_, end)) if one.start_ms < *end + LONG_PAUSE_MS => *end = (*end).max(one.end_ms),
            _ => stretches.push((one.start_ms, one.end_ms)),
        }
    }
    stretches
}

fn pace(placed: &[Placed<'_>], stretches: &[(u64, u64)]) -> Vec<PacePoint> {
    let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else { return Vec::new() };
    let mut points = Vec::new();
    let mut from = first.0;
    while from + WINDOW_MS / 2 <= last.1 {
        let to = from + WINDOW_MS;
        let spoken: u64 =
            stretches.iter().map(|(start, end)| (*end).min(to).saturating_sub((*start).max(from))).sum();
        let words =
            placed.iter().filter(|one| !one.word.filler && (from..to).contains(&one.start_ms)).count();
        if spoken >= WINDOW_MS / 3 {
            let words_per_minute = rate(words, spoken, 60_000);
            points.push(PacePoint { at_ms: from + WINDOW_MS / 2, words_per_minute });
        }
        from += STEP_MS;
    }
    points
}

fn pauses(placed: &[Placed<'_>], opened_ms: u64) -> Vec<Pause> {
    let mut pauses = Vec::new();
    if let Some(first) = placed.first() {
        let duration_ms = first.start_ms.saturating_sub(opened_ms);
        if duration_ms >= PAUSE_MS {
            pauses.push(Pause { start_ms: opened_ms, duration_ms, kind: PauseKind::Planning });
        }
    }
    for pair in placed.windows(2) {
        let [before, after] = pair else { continue };
        let duration_ms = after.start_ms.saturating_sub(before.end_ms);
        if duration_ms < PAUSE_MS {
            continue;
        }
        let ends = before.word.text.ends_with(['.', '?', '!', ',', ';', ':']);
        let opens = OPENERS.contains(&after.plain.as_str());
        let kind = if ends || opens { PauseKind::Between } else { PauseKind::MidClause };
        pauses.push(Pause { start_ms: before.end_ms, duration_ms, kind });
    }
    pauses
}

fn repetitions(placed: &[Placed<'_>]) -> Vec<WordUse> {
    let said: Vec<_> = placed.iter().filter(|one| !one.word.filler && !one.plain.is_empty()).collect();
    said.windows(2)
        .filter(|pair| pair[0].plain == pair[1].plain && !pair[0].word.text.ends_with(['.', '?', '!']))
        .map(|pair| WordUse { text: format!("{0} {0}", pair[0].plain), at_ms: pair[0].start_ms })
        .collect()
}

fn hedges(placed: &[Placed<'_>]) -> Vec<WordUse> {
    let said: Vec<_> = placed.iter().filter(|one| !one.word.filler).collect();
    let mut found = Vec::new();
    for (place, one) in said.iter().enumerate() {
        let two = said.get(place + 1).map(|next| format!("{} {}", one.plain, next.plain));
        let hedge = two.into_iter().chain([one.plain.clone()]).find(|text| HEDGES.contains(&text.as_str()));
        if let Some(text) = hedge {
            found.push(WordUse { text, at_ms: one.start_ms });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of 300 ms each, one every 400 ms; `…` is a silence of a second more, `*` marks a filler.
    fn speak(text: &str) -> Vec<SpokenWord> {
        let mut at = 0;
        let mut words = Vec::new();
        for word in text.split_whitespace() {
            if word == "…" {
                at += 1_000;
                continue;
            }
            words.push(SpokenWord {
                text: word.trim_end_matches('*').to_owned(),
                start_ms: at,
                end_ms: at + 300,
                confidence: 1.0,
                filler: word.ends_with('*'),
            });
            at += 400;
        }
        words
    }

    fn of(words: &[SpokenWord]) -> Measures {
        measure(&[Utterance { start_ms: 5_000, words }], 1_000)
    }

    #[test]
    fn words_per_minute_count_what_says_something() {
        let spoken = speak(&"one two um* ".repeat(20));
        let measures = of(&spoken);
        assert_eq!((measures.words, measures.fillers.len(), measures.speech_ms), (40, 20, 23_900));
        assert_eq!(measures.words_per_minute, Some(100.4));
        assert_eq!(measures.fillers_per_100_words, Some(50.0));
        assert_eq!(measures.fillers[1].at_ms, 5_000 + 5 * 400);
    }

    #[test]
    fn too_little_speech_has_no_rate() {
        let measures = of(&speak("just a few words um*"));
        assert_eq!((measures.words_per_minute, measures.fillers_per_minute), (None, None));
        assert!(measures.pace.is_empty());
        assert_eq!(measures.fillers.len(), 1, "what was said is still counted");
    }

    #[test]
    fn a_long_silence_is_no_part_of_the_time_spoken() {
        let spoken = speak("one … … … two");
        let measures = of(&spoken);
        assert_eq!((measures.speech_ms, measures.longest_monologue_ms), (600, 300));
    }

    #[test]
    fn a_pause_is_told_by_where_it_stands() {
        use PauseKind::{Between, MidClause, Planning};
        let kinds = |text| of(&speak(text)).pauses.into_iter().map(|pause| pause.kind).collect::<Vec<_>>();
        assert_eq!(kinds("I fixed the … queue"), [Planning, MidClause]);
        assert_eq!(kinds("I fixed it. … Then we left"), [Planning, Between]);
        assert_eq!(kinds("I fixed it … and we left"), [Planning, Between]);
    }

    #[test]
    fn repeated_and_hedging_words_are_found_across_fillers() {
        let measures = of(&speak("the um* the plan was I think kind of good"));
        let texts = |uses: &[WordUse]| uses.iter().map(|one| one.text.clone()).collect::<Vec<_>>();
        assert_eq!(texts(&measures.repetitions), ["the the"]);
        assert_eq!(texts(&measures.hedges), ["i think", "kind of"]);
    }

    #[test]
    fn the_pace_is_told_over_time() {
        let mut text = "one two ".repeat(40);
        text.push_str(&"three … ".repeat(20));
        let pace = of(&speak(&text)).pace;
        let (first, last) = (pace.first().unwrap(), pace.last().unwrap());
        assert!(first.words_per_minute > 1.5 * last.words_per_minute, "{first:?} {last:?}");
    }

    #[test]
    fn nothing_said_is_no_fault() {
        assert_eq!(measure(&[], 0), Measures::default());
    }
}
