//! Numbers with what they count: whether an answer gives another number than a point where the point's own is missing.

use interaura_domain::interview::words::{self, Word};

/// Words beside a number that say what it counts,
const NEAR: usize = 4;
/// and beside a large one, which often has no unit.
const NEAR_LARGE: usize = 8;
/// Numbers that differ by no more than this share are roughly the same: "nearly two days" for 1.7.
const ROUGHLY: f64 = 0.18;
/// Up to here anything may be counted.
const HANDFUL: f64 = 10.0;
/// Numbers from here on are compared by what stands beside them even without a unit: sums of money, volumes.
const LARGE: f64 = 1000.0;

/// Words between a number and its unit, or between two numbers that share one.
const BETWEEN: &[&str] = &[
    "or", "to", "and", "at", "a", "an", "about", "of", "per", "the", "least", "most", "full", "further",
    "more", "than", "by",
];

const NUMBER_WORDS: &[(&str, f64)] = &[
    ("zero", 0.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("eighteen", 18.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
];

/// A number, or a span from one to another, with what stands beside it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    low: f64,
    high: f64,
    unit: Option<String>,
    beside: Vec<String>,
    /// The word behind the unit, whatever it is: "more" in "10 per cent more".
    behind: Option<String>,
}

impl Quantity {
    /// The quantities of a text, in order.
    pub(super) fn all(words: &[Word]) -> Vec<Self> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let Some(low) = value(word) else {
                at += 1;
                continue;
            };
            let mut end = at;
            let mut high = low;
            let from = at.checked_sub(1).and_then(|before| words.get(before));
            let is_between = from.is_some_and(|word| word.text == "between");
            let is_to =
                words.get(at + 1).is_some_and(|word| word.text == "to" || is_between && word.text == "and");
            if let Some(upper) = words.get(at + 2).and_then(value).filter(|upper| is_to && *upper > low) {
                (high, end) = (upper, at + 2);
            }
            let near = if low >= LARGE { NEAR_LARGE } else { NEAR };
            let around = &words[at.saturating_sub(near)..(end + 1 + near).min(words.len())];
            let beside = words::content_stems(around).into_iter().filter(|stem| !is_digits(stem)).collect();
            let behind = behind(&words[end..]);
            found.push(Self { low, high, unit: unit(&words[end..]), beside, behind });
            at = end + 1;
        }
        found
    }

    /// Whether one lies within the other, or both are roughly the same; what is outside a span is not roughly in it.
    fn holds(&self, other: &Self) -> bool {
        let lies_in = |inner: &Self, outer: &Self| outer.low <= inner.low && inner.high <= outer.high;
        let roughly = |one: f64, two: f64| (one - two).abs() <= ROUGHLY * one.abs().min(two.abs());
        lies_in(self, other)
            || lies_in(other, self)
            || self.is_span() == other.is_span()
                && roughly(self.low, other.low)
                && roughly(self.high, other.high)
    }

    fn is_span(&self) -> bool {
        self.low < self.high
    }

    /// Whether another gives exactly one of this one's ends, of the same thing or without saying of what.
    fn gives(&self, other: &Self) -> bool {
        let is_end = |value: f64| (value - self.low).abs() < 1e-9 || (value - self.high).abs() < 1e-9;
        self.is_like(other) && is_end(other.low) && is_end(other.high)
    }

    /// Whether it gives the other: roughly, where both name the same unit, and exactly or within its span, where one names none.
    fn stands_for(&self, wanted: &Self) -> bool {
        let lies_in = wanted.low <= self.low && self.high <= wanted.high
            || self.low <= wanted.low && wanted.high <= self.high;
        self.is_like(wanted)
            && (lies_in || self.unit.is_some() && self.unit == wanted.unit && self.holds(wanted))
    }

    /// Whether both may count the same thing: their units do not differ.
    fn is_like(&self, other: &Self) -> bool {
        self.unit.is_none() || other.unit.is_none() || self.unit == other.unit
    }

    /// Whether it stands where another should: "33 per cent more" and "10 per cent more".
    fn has_place_of(&self, said: &Self) -> bool {
        self.unit.is_some() && self.unit == said.unit && self.behind.is_some() && self.behind == said.behind
    }

    /// Whether both count the same thing.
    fn is_comparable(&self, other: &Self) -> bool {
        if self.unit.is_some() && self.unit == other.unit {
            return true;
        }
        let shared = self.beside.iter().filter(|stem| other.beside.contains(stem)).count();
        // "Two modes" and "three layers" may stand beside the same words and count other things.
        let is_handful = self.high <= HANDFUL && other.high <= HANDFUL;
        shared >= 2 && !is_handful || (shared >= 1 && self.low >= LARGE && other.low >= LARGE)
    }
}

/// Whether a sentence gives a number that stands neither in the point nor in what else is known, in the place of one of the
/// point's that the answer does not give anywhere.
pub(super) fn differ(
    sentence: &[Quantity],
    point: &[Quantity],
    answer: &[Quantity],
    known: &Known<'_>,
) -> bool {
    let is_given =
        |wanted: &Quantity| answer.iter().any(|said| said.stands_for(wanted)) || known.gives(wanted);
    let missing: Vec<&Quantity> = point.iter().filter(|wanted| !is_given(wanted)).collect();
    sentence.iter().any(|said| {
        let is_known = point.iter().any(|one| one.is_like(said) && one.holds(said))
            || known.gives(said)
            || known.holds(said);
        !is_known && missing.iter().any(|wanted| wanted.is_comparable(said))
    })
}

/// Whether a sentence gives a number of the question, or one from nowhere, just where one of the point's should stand: "10 per
/// cent more" for "33 per cent more".
pub(super) fn replaces(
    sentence: &[Quantity],
    point: &[Quantity],
    answer: &[Quantity],
    known: &Known<'_>,
) -> bool {
    let is_missing =
        |wanted: &&Quantity| !answer.iter().any(|said| said.stands_for(wanted)) && !known.gives(wanted);
    let of_points = Known { asked: &[], ..known.clone() };
    sentence.iter().any(|said| {
        let is_right = point.iter().any(|one| one.is_like(said) && one.holds(said)) || of_points.gives(said);
        !is_right && point.iter().filter(is_missing).any(|wanted| wanted.has_place_of(said))
    })
}

/// Numbers that may be said beside those of a point.
#[derive(Debug, Clone, Default)]
pub(super) struct Known<'a> {
    /// Those of the other points,
    pub(super) of_points: Vec<&'a Quantity>,
    /// and those of the question.
    pub(super) asked: &'a [Quantity],
}

impl Known<'_> {
    fn gives(&self, said: &Quantity) -> bool {
        self.of_points.iter().copied().chain(self.asked).any(|one| one.gives(said))
    }

    /// Roughly one of the other points' own; a wide span of theirs lets nothing else pass.
    fn holds(&self, said: &Quantity) -> bool {
        let is_narrow = |one: &Quantity| one.high - one.low <= ROUGHLY * one.high.abs();
        self.of_points
            .iter()
            .any(|one| one.unit.is_some() && one.unit == said.unit && is_narrow(one) && one.holds(said))
    }
}

fn is_digits(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// The value of a number word: `three`.
pub(super) fn number_named(word: &str) -> Option<f64> {
    NUMBER_WORDS.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

fn value(word: &Word) -> Option<f64> {
    if is_digits(&word.text) {
        let digits: String = word.text.chars().filter(|c| *c != ',').collect();
        return digits.trim_end_matches(|c: char| c.is_alphabetic() || c == '%').parse().ok();
    }
    number_named(&word.text)
}

/// The first word after a number that says something, up to a comma: a list or a span of numbers shares the unit at its end.
fn unit(from_number: &[Word]) -> Option<String> {
    // "Fourteen and try" counts no tries; "10 and 20 drops" counts drops.
    let joins = |word: &Word| matches!(word.text.as_str(), "and" | "or" | "to");
    if from_number.get(1).is_some_and(joins) && from_number.get(2).is_none_or(|word| value(word).is_none()) {
        return None;
    }
    let joined =
        from_number.windows(2).take(NEAR).take_while(|pair| pair[1].span.start <= pair[0].span.end + 1);
    let word = joined
        .filter_map(|pair| pair.get(1))
        .find(|word| value(word).is_none() && !BETWEEN.contains(&word.text.as_str()))
        .filter(|word| !word.is_function_word())?;
    let stem = words::content_stems(std::slice::from_ref(word)).into_iter().next()?;
    Some(if stem == "cent" { "percent".to_owned() } else { stem })
}

/// Words of degree that say what a number behind a unit is for.
const DEGREE: &[&str] =
    &["more", "less", "fewer", "higher", "lower", "longer", "shorter", "above", "below", "off", "over"];

fn behind(from_number: &[Word]) -> Option<String> {
    let near = from_number.iter().skip(1).take(3);
    near.map(|word| word.text.clone()).find(|text| DEGREE.contains(&text.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(said: &str, wanted: &str) -> bool {
        let read = |text: &str| Quantity::all(&words::words(text));
        differ(&read(said), &read(wanted), &read(said), &Known::default())
    }

    #[test]
    fn a_wide_span_of_another_point_lets_no_wrong_number_pass() {
        let read = |text: &str| Quantity::all(&words::words(text));
        let (point, other) =
            (read("to at least 75 degrees in the middle"), read("grow fastest between 8 and 63 degrees"));
        let known = Known { of_points: other.iter().collect(), asked: &[] };
        let said = read("I warm it to at least 45 degrees in the middle");
        assert!(differ(&said, &point, &said, &known));
    }

    #[test]
    fn a_number_of_the_question_in_the_place_of_the_answer_is_wrong() {
        let read = |text: &str| Quantity::all(&words::words(text));
        let (point, asked) = (read("that is about 33 percent more"), read("you grant 10 percent off"));
        let known = Known { of_points: Vec::new(), asked: &asked };
        let wrong = |said: &str| replaces(&read(said), &point, &read(said), &known);
        assert!(wrong("We have to sell 10 percent more."));
        assert!(!wrong("After 10 percent off we have to sell a third more."));
    }

    #[test]
    fn another_number_of_the_same_thing_is_wrong() {
        assert!(wrong("I'd set it to about 24 drops a minute.", "gives about 42 drops a minute"));
        assert!(wrong("within 720 hours", "works best within hours and not later than 72 hours"));
        assert!(wrong("It was 60 per cent", "Target saturation is 88 to 92 percent"));
        assert!(wrong("I need qualified pipeline of 300,000", "600,000 of qualified pipeline"));
    }

    #[test]
    fn a_number_within_the_span_or_beside_the_right_one_is_not() {
        assert!(!wrong("about 110 a minute", "at 100 to 120 a minute"));
        assert!(!wrong("thirty compressions, then 2 breaths", "30 compressions to two breaths"));
        assert!(!wrong("The first 42 drops took 3 minutes", "about 42 drops a minute"));
        assert!(!wrong("Last year I had 3 trainees", "Repeats it after about five minutes"));
        assert!(!wrong(
            "The machine has two modes of operation, free and clamped",
            "The machine has three layers, free and clamped"
        ));
    }
}
