//! Numbers of a text, and whether a number of the sources says the same: outright, rounded as told, or as the ratio
//! of two.

use crate::interview::words::Word;
use crate::text::Span;

use super::figures;
use super::time_units::TimeUnit;

/// How far a rounded number may be from the one that it rounds, as a share.
const ROUNDING: f64 = 0.10;
/// Two numbers are told together within so many words.
const NEARBY: usize = 12;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Plain,
    Percent,
    Money,
    /// `hundreds`, `thousands`: the value is the least that it can mean.
    Vague,
    /// A quarter of a year, by its number.
    QuarterOfYear,
}

/// Which numbers a number may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// For itself alone.
    Exactly,
    /// `about`: for those around it.
    Near,
    /// `nearly`: for those a little above... of which it falls short.
    Below,
    /// `over`: for those a little more.
    Above,
    /// `doubled`: for two numbers, the one so many times the other.
    Ratio,
}

/// One way of reading a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reading {
    pub(super) value: f64,
    pub(super) sort: Sort,
    pub(super) unit: Option<TimeUnit>,
}

/// A number with all the ways in which it can be read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    /// Its words.
    pub(super) span: Span,
    pub(super) readings: Vec<Reading>,
    pub(super) stands: Stands,
    /// Seen in passing, like `weekly`: it supports a claim and is none.
    pub(super) support_only: bool,
    /// Its first word and its last.
    pub(super) first: usize,
    pub(super) last: usize,
}

impl Quantity {
    /// Whether the numbers of the sources say the same.
    pub(super) fn is_told_by(&self, own: &[Self]) -> bool {
        let any = |told: &dyn Fn(Reading, Reading) -> bool| {
            let others = || own.iter().flat_map(|own| &own.readings);
            self.readings.iter().any(|one| others().any(|other| told(*one, *other)))
        };
        let has_percent = own.iter().flat_map(|own| &own.readings).any(|one| one.sort == Sort::Percent);
        self.support_only
            || any(&|one, other| one.is_told_by(other, has_percent, same))
            || any(&|one, other| {
                one.is_told_by(other, has_percent, |told, own| self.stands.covers(told, own))
            })
            || self.stands == Stands::Ratio && self.is_ratio_of(own)
    }

    /// Whether one number of the sources is so many times the one before it: `from 40 to 120`.
    fn is_ratio_of(&self, own: &[Self]) -> bool {
        let Some(times) = self.readings.first().map(|one| one.value) else { return false };
        own.windows(2).filter(|pair| pair[1].first - pair[0].last <= NEARBY).any(|pair| {
            let to = || pair[1].readings.iter();
            pair[0].readings.iter().any(|from| {
                to().any(|to| {
                    from.sort == to.sort
                        && from.value > 0.0
                        && (to.value / from.value / times - 1.0).abs() <= ROUNDING
                })
            })
        })
    }
}

impl Stands {
    fn covers(self, told: f64, own: f64) -> bool {
        let near = (own - told).abs() <= ROUNDING * own.abs();
        match self {
            Self::Exactly => false,
            Self::Near | Self::Ratio => near,
            Self::Below => near && own < told,
            Self::Above => near && own > told,
        }
    }
}

impl Reading {
    pub(super) fn plain(value: f64) -> Self {
        Self { value, sort: Sort::Plain, unit: None }
    }

    pub(super) fn percent(value: f64) -> Self {
        Self { value, sort: Sort::Percent, unit: None }
    }

    fn is_told_by(self, own: Self, has_percent: bool, covers: impl Fn(f64, f64) -> bool) -> bool {
        let same_sort = match (self.sort, own.sort) {
            (Sort::Vague, Sort::Plain | Sort::Money) => {
                return own.value >= self.value && own.value < self.value * 1_000.0;
            }
            // `from 14 percent to 20`
            (Sort::Percent, Sort::Plain) => has_percent && own.unit.is_none(),
            (Sort::Plain, Sort::Plain | Sort::Money | Sort::Percent) => true,
            (Sort::Vague | Sort::Plain | Sort::Percent | Sort::Money | Sort::QuarterOfYear, other) => {
                self.sort == other
            }
        };
        same_sort
            && match (self.unit, own.unit) {
                (Some(unit), Some(other)) => unit
                    .in_units_of(self.value, other)
                    .is_some_and(|value| same(value, own.value) || covers(value, own.value)),
                (Some(_), None) => false,
                (None, _) => covers(self.value, own.value),
            }
    }
}

fn same(left: f64, right: f64) -> bool {
    (left - right).abs() <= 1e-6 * left.abs().max(right.abs()).max(1.0)
}

/// The numbers of a text, in its order.
pub(super) fn of(text: &str, words: &[Word]) -> Vec<Quantity> {
    let signs: Vec<char> = text.chars().collect();
    let mut found: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match figures::quantity(&signs, words, at) {
            Some(quantity) => {
                at = quantity.last + 1;
                found.push(quantity);
            }
            None => at += 1,
        }
    }
    share_units(words, &mut found);
    note_shares(words, &mut found);
    found
}

/// `7 of 10` are 70 percent.
fn note_shares(words: &[Word], found: &mut [Quantity]) {
    for at in 1..found.len() {
        let between = &words[found[at - 1].last + 1..found[at].first];
        let between: Vec<&str> = between.iter().map(|word| word.text.as_str()).collect();
        let value = |of: &Quantity| of.readings.first().map_or(0.0, |one| one.value);
        let (part, whole) = (value(&found[at - 1]), value(&found[at]));
        if matches!(between.as_slice(), ["of" | "from" | "in"] | ["out", "of"]) && part < whole {
            found[at - 1].readings.push(Reading::percent(part * 100.0 / whole));
        }
    }
}

/// `3 to 4 weeks`: what follows the second number counts for the first.
fn share_units(words: &[Word], found: &mut [Quantity]) {
    for at in (1..found.len()).rev() {
        let between = &words[found[at - 1].last + 1..found[at].first];
        let joined = between.iter().all(|word| matches!(word.text.as_str(), "to" | "or" | "and"));
        let bare = found[at - 1].readings.iter().all(|one| one.unit.is_none() && one.sort == Sort::Plain);
        if joined && between.len() <= 1 && bare && !found[at].support_only && !found[at - 1].support_only {
            let readings: Vec<Reading> = found[at - 1]
                .readings
                .iter()
                .flat_map(|one| {
                    let others = found[at].readings.iter();
                    others.map(|other| Reading { value: one.value, ..*other }).chain([*one])
                })
                .collect();
            found[at - 1].readings = readings;
        }
    }
}
