//! Situation, task, action, result: which sentence of a told experience tells which part.
//!
//! A sentence is read by cue phrases, by who did what in the past tense, by numbers that changed
//! and by its place; then what these rules say is weighed beside its words and the order of the parts
//! (`learnt.rs`). Nothing is drawn: the same words give the same parts.

mod cues;
mod learnt;
mod outcome;
mod verbs;

use crate::interview::evaluation::{StarPart, StarSpan};
use crate::interview::sentences::Sentence;
use crate::interview::words::{self, Word, number, ratio};
use crate::personal::Personal;
use crate::score::Evidence;
use crate::text::Span;

use self::outcome::Outcome;

pub use learnt::features;
pub use verbs::Deeds;

/// A sentence, with the part that it tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The sentence.
    pub sentence: Sentence,
    /// The part; `None` where it tells none.
    pub part: Option<StarPart>,
    /// What the person did in it.
    pub deeds: Deeds,
    /// Whether it says what changed: a number, or a change for the better or worse.
    pub change: bool,
}

/// How well the four parts are told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StarShape {
    /// How fully each part is told, 0 to 1: situation, task, action, result.
    pub told: [f64; 4],
    /// Share of neighbouring parts that stand in the order of the four, 0 to 1; 1 with one part or none.
    pub order: f64,
    /// Own steps in the past tense: "I rang the ward".
    pub own_steps: usize,
    /// Steps of "we".
    pub shared_steps: usize,
    /// Sentences about what one would do, not what one did.
    pub hypothetical: usize,
    /// Whether a result names what changed.
    pub result_with_change: bool,
}

const PARTS: [StarPart; 4] = [StarPart::Situation, StarPart::Task, StarPart::Action, StarPart::Result];
/// A sentence tells a part from this strength on.
const ENOUGH: f64 = 0.8;
/// A sentence that only its place tells has at least so many words.
const LEAST_TOLD: usize = 3;
/// A part is fully told at these numbers of words: situation, task, action, result.
const FULL: [f64; 4] = [14.0, 9.0, 30.0, 12.0];

/// Reads which part each sentence tells.
pub fn read(sentences: &[Sentence]) -> Vec<Told> {
    let mut told = read_by_rules(sentences);
    learnt::settle(&mut told);
    told
}

/// The same by the rules alone.
pub fn read_by_rules(sentences: &[Sentence]) -> Vec<Told> {
    let last = number(sentences.len().saturating_sub(1)).max(1.0);
    let mut told: Vec<Told> = Vec::with_capacity(sentences.len());
    for (index, sentence) in sentences.iter().enumerate() {
        let words = words::words(&sentence.text);
        let place = if sentences.len() == 1 { 0.5 } else { number(index) / last };
        let deeds = Deeds::of(&words);
        let outcome = Outcome::of(&words, deeds);
        let change = outcome.harm_stayed_away || cues::tells_change(&words);
        let before = told.last().and_then(|told| told.part);
        let part = part_of(&words, deeds, outcome.looks_back, change, place, before);
        told.push(Told { sentence: sentence.clone(), part, deeds, change });
    }
    settle(&mut told);
    told
}

/// Reads again what the words of a sentence alone did not tell, by where it stands around the deeds: what comes before the
/// first is the setting, and what comes after the last, without a deed of one's own, is what came of it. Where no deed is
/// told, a task stands for them.
fn settle(told: &mut [Told]) {
    let acts = |one: &Told| one.part == Some(StarPart::Action) && one.deeds.own + one.deeds.shared > 0;
    let is_task = |one: &Told| one.part == Some(StarPart::Task);
    let first = told.iter().position(acts).or_else(|| told.iter().position(is_task));
    let last = told.iter().rposition(acts).or_else(|| told.iter().rposition(is_task));
    let (Some(first), Some(last)) = (first, last) else { return };
    let ends = |part: Option<StarPart>| part == Some(StarPart::Result);
    // Who begins with the result tells the setting after it.
    let begins = told.iter().take_while(|one| ends(one.part)).count().min(first);
    let opens =
        told[begins..first].iter().position(|one| ends(one.part)).map_or(first, |result| begins + result);
    let is_event = told[begins..opens].iter().any(|one| one.part == Some(StarPart::Situation));
    for one in &mut told[begins..opens] {
        if one.part.is_none() && is_told(one) && (is_past(one) || is_event) {
            one.part = Some(StarPart::Situation);
        }
    }
    for one in &mut told[last + 1..] {
        let is_deed = one.deeds.own + one.deeds.shared > 0;
        let is_open = match one.part {
            None | Some(StarPart::Action) => true,
            // A story may be told from its end: "At my last job there was a caller".
            Some(StarPart::Situation) => !sets_scene(one),
            Some(StarPart::Task | StarPart::Result) => false,
        };
        if is_open && !is_deed && is_told(one) && is_past(one) {
            one.part = Some(StarPart::Result);
        }
    }
}

/// Whether at least two phrases say where or when it was.
fn sets_scene(one: &Told) -> bool {
    cues::count(&words::words(&one.sentence.text), cues::SITUATION) >= 2.0
}

fn is_past(one: &Told) -> bool {
    let words = words::words(&one.sentence.text);
    outcome::speaks_of_past(&words) || words.iter().any(|word| verbs::is_deed(&word.text))
}

/// Whether a sentence may tell something that happened: long enough, and not what one would or usually does.
fn is_told(one: &Told) -> bool {
    let words = words::words(&one.sentence.text);
    one.deeds.hypothetical == 0
        && words.len() >= LEAST_TOLD
        && !one.sentence.text.ends_with('?')
        && !words::holds_any(&words, cues::TELLS_NOTHING)
}

fn part_of(
    words: &[Word],
    deeds: Deeds,
    looks_back: f64,
    change: bool,
    place: f64,
    before: Option<StarPart>,
) -> Option<StarPart> {
    let steps = number(deeds.own.min(2)) + 0.6 * number(deeds.shared.min(2));
    let early = if place < 0.35 { 0.5 } else { 0.0 };
    let late = if place > 0.7 { 0.4 } else { 0.0 };
    let result_cue = cues::count(words, cues::RESULT).max(looks_back);
    let past_state = if deeds.past_state { 0.5 } else { 0.0 };
    let strengths = [
        cues::count(words, cues::SITUATION) + past_state * early * 2.0 + early * 0.4 - 0.3 * steps,
        1.3 * cues::count(words, cues::TASK) + if place < 0.6 { 0.2 } else { 0.0 },
        steps + 0.3 * cues::count(words, cues::SEQUENCE) - 0.8 * result_cue.min(1.0),
        1.3 * result_cue + if change { 0.6 } else { 0.0 } + if place > 0.35 { late } else { -0.6 },
    ];
    let (best, strength) =
        PARTS.iter().zip(strengths).fold((None, 0.0), |(part, most), (candidate, strength)| {
            if strength > most { (Some(*candidate), strength) } else { (part, most) }
        });
    if strength >= ENOUGH {
        return best;
    }
    let is_of_the_past = deeds.past_state || deeds.own + deeds.shared > 0 || change;
    match before {
        Some(StarPart::Situation) if deeds.past_state && place < 0.6 => Some(StarPart::Situation),
        Some(StarPart::Action) if is_of_the_past && deeds.hypothetical == 0 => Some(StarPart::Action),
        Some(StarPart::Result) if is_of_the_past && place > 0.6 => Some(StarPart::Result),
        Some(StarPart::Situation | StarPart::Task | StarPart::Action | StarPart::Result) | None => None,
    }
}

/// The told parts in the order of the answer; neighbours that tell the same part are one.
pub fn spans(told: &[Told], answer: &str) -> Vec<StarSpan> {
    let mut found: Vec<(StarPart, Span)> = Vec::new();
    let mut before = None;
    for one in told {
        let span = one.sentence.span;
        match (one.part, found.last_mut()) {
            (Some(part), Some(last)) if before == Some(part) => last.1.end = span.end,
            (Some(part), _) => found.push((part, span)),
            (None, _) => (),
        }
        before = one.part;
    }
    found
        .into_iter()
        .map(|(part, span)| {
            let quote = Personal::Present(span.quote(answer));
            StarSpan { part, evidence: Evidence { quote, span } }
        })
        .collect()
}

impl StarShape {
    /// Measures how well the parts are told.
    pub fn of(told: &[Told]) -> Self {
        let mut length = [0.0; 4];
        let mut order = Vec::new();
        for one in told {
            if let Some(part) = one.part {
                length[part as usize] += number(words::words(&one.sentence.text).len());
                order.push(part);
            }
        }
        order.dedup();
        let rising = order.windows(2).filter(|pair| pair[0] < pair[1]).count();
        let mut parts = [0.0; 4];
        for (part, (length, full)) in parts.iter_mut().zip(length.iter().zip(FULL)) {
            *part = (length / full).min(1.0);
        }
        let own_steps = told.iter().map(|one| one.deeds.own).sum();
        let shared_steps: usize = told.iter().map(|one| one.deeds.shared).sum();
        Self {
            told: parts,
            order: if order.len() < 2 { 1.0 } else { ratio(rising, order.len() - 1) },
            own_steps,
            shared_steps,
            hypothetical: told.iter().filter(|one| one.deeds.hypothetical > 0).count(),
            result_with_change: told.iter().any(|one| one.part == Some(StarPart::Result) && one.change),
        }
    }

    /// How fully a part is told, 0 to 1.
    pub fn of_part(&self, part: StarPart) -> f64 {
        self.told[part as usize]
    }
}

#[cfg(test)]
mod tests;
