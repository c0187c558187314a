//! Whether words in place of the candidate's own say what those say.

use interaura_domain::interview::sentences::sentences;
use interaura_domain::interview::words::{self, Word, number};
use interaura_domain::text::Span;

/// More of the meaning than this may not be new.
const MOST_NEW: f64 = 1.0 / 3.0;
/// A word or two may always be.
const FEWEST_NEW: usize = 2;
/// Forms of one word begin alike: `decide`, `decision`.
const SAME_START: usize = 4;

const DENIALS: &[&str] = &[
    "no", "not", "never", "cannot", "neither", "nor", "hardly", "nothing", "nobody", "none", "without",
    "failed", "refused",
];

/// "Not only" denies nothing.
const EMPTY_DENIALS: &[&str] =
    &["only", "just", "later", "more", "less", "fewer", "longer", "matter", "doubt"];

/// They open parts of an answer and claim nothing.
const OPENINGS: &[&str] = &["situat", "task", "action", "result", "final", "first", "second", "outcom"];

/// Whether `text` denies what the candidate affirms around the quote, or affirms what is denied there.
pub(super) fn turns_around(text: &str, quote: Span, answer: &str) -> bool {
    let own = clauses(&around(quote, answer, 0));
    clauses(text).iter().any(|said| {
        let stems = words::content_stems(said);
        let alike = |clause: &[Word]| {
            let own = words::content_stems(clause);
            stems.iter().filter(|stem| holds(&own, stem)).count()
        };
        let most = own.iter().map(|clause| alike(clause)).max().unwrap_or(0);
        let mut nearest = own.iter().filter(|clause| alike(clause) == most);
        most > 0 && nearest.all(|clause| denies(clause) != denies(said))
    })
}

/// Whether a good part of `text` is said neither in the sentences of the quote nor in those beside them.
pub(super) fn adds(text: &str, quote: Span, answer: &str) -> bool {
    let near = words::content_stems(&words::words(&around(quote, answer, 1)));
    let mut stems = words::content_stems(&words::words(text));
    stems.sort();
    stems.dedup();
    let new = stems.iter().filter(|stem| !OPENINGS.contains(&stem.as_str()) && !holds(&near, stem)).count();
    new >= FEWEST_NEW && number(new) > number(stems.len()) * MOST_NEW
}

/// The sentences that a quote is from, and so many beside them.
fn around(quote: Span, answer: &str, beside: usize) -> String {
    let all: Vec<Span> = sentences(answer).iter().map(|sentence| sentence.span).collect();
    let touches = |span: &Span| span.start < quote.end && quote.start < span.end;
    let (Some(first), Some(last)) = (all.iter().position(touches), all.iter().rposition(touches)) else {
        return quote.quote(answer);
    };
    let (first, last) = (first.saturating_sub(beside), (last + beside).min(all.len() - 1));
    Span { start: all[first].start, end: all[last].end }.quote(answer)
}

fn clauses(text: &str) -> Vec<Vec<Word>> {
    let ends = [',', ';', ':', '.', '!', '?', '(', ')', '\n', '\u{2013}', '\u{2014}'];
    let parts = text.split(ends).map(words::words);
    parts
        .flat_map(|part| part.split(|word| word.text == "but").map(<[Word]>::to_vec).collect::<Vec<_>>())
        .filter(|clause| !clause.is_empty())
        .collect()
}

fn denies(clause: &[Word]) -> bool {
    clause.iter().enumerate().any(|(at, word)| {
        let next = clause.get(at + 1).map_or("", |word| word.text.as_str());
        let is_denial = DENIALS.contains(&word.text.as_str()) || word.text.ends_with("n't");
        is_denial && !EMPTY_DENIALS.contains(&next)
    })
}

fn holds(own: &[String], stem: &str) -> bool {
    let start = |text: &str| text.chars().take(SAME_START).collect::<String>();
    own.iter().any(|own| {
        own == stem
            || stem.chars().count() > SAME_START
                && own.chars().count() > SAME_START
                && start(own) == start(stem)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str =
        "I did not lead the migration, I only wrote notes. The shop had an outage and the errors fell.";

    fn span(quote: &str) -> Span {
        let start = ANSWER.find(quote).unwrap();
        Span::of_bytes(ANSWER, start, start + quote.len()).unwrap()
    }

    #[test]
    fn a_denial_stays_one_and_a_claim_too() {
        let quote = span("lead the migration");
        assert!(turns_around("I led the migration.", quote, ANSWER));
        assert!(!turns_around("The migration was not led by me, I wrote notes.", quote, ANSWER));
        assert!(!turns_around("I wrote notes.", quote, ANSWER));
        assert!(turns_around("The errors never fell.", span("the errors fell"), ANSWER));
        assert!(!turns_around("Not only did the errors fall.", span("the errors fell"), ANSWER));
    }

    #[test]
    fn what_is_for_a_good_part_new_is_found() {
        let quote = span("the errors fell");
        assert!(adds("Overnight the errors fell and everybody thanked me.", quote, ANSWER));
        assert!(adds("I won an award for ending the outage of the shop.", quote, ANSWER));
        assert!(!adds("As a result, the shop's errors fell after the outage.", quote, ANSWER));
        assert!(!adds("I wrote the notes of the migration.", span("I only wrote notes"), ANSWER));
    }
}
