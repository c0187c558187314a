//! Reads one number at a time: `1,200`, `1.2k`, `twelve hundred`, `doubled`, `two weeks`, `1/3`.

use crate::interview::words::Word;
use crate::text::Span;

use super::quantities::{Quantity, Reading, Sort, Stands};
use super::time_units::TimeUnit;

/// The number that begins with a word, if one does.
pub(super) fn quantity(signs: &[char], words: &[Word], at: usize) -> Option<Quantity> {
    let word = &words[at];
    if let Some(found) = fixed(words, at).or_else(|| quarter(words, at)).or_else(|| single_unit(words, at)) {
        return Some(found);
    }
    if let Some(readings) = in_passing(words, at) {
        return Some(Quantity { support_only: true, ..over(words, at, at, readings) });
    }
    let (mut values, mut last) = if word.is_digits() {
        digits(signs, words, at)?
    } else {
        let (value, last) = in_words(words, at)?;
        (vec![Reading::plain(value)], last)
    };
    if let Some((scale, next)) = words.get(last + 1).and_then(|next| Some((scale(&next.text)?, last + 1))) {
        for one in &mut values {
            one.value *= scale;
        }
        last = next;
    }
    sort_out(signs, words, at, last, &mut values);
    // `two of us`
    let of_us = text_at(words, last + 1) == "of" && text_at(words, last + 2) == "us";
    Some(Quantity { stands: stands(words, at), support_only: of_us, ..over(words, at, last, values) })
}

fn over(words: &[Word], first: usize, last: usize, readings: Vec<Reading>) -> Quantity {
    let span = Span { start: words[first].span.start, end: words[last].span.end };
    Quantity { span, readings, stands: Stands::Exactly, support_only: false, first, last }
}

fn text_at(words: &[Word], at: usize) -> &str {
    words.get(at).map_or("", |word| word.text.as_str())
}

/// What the words before a number say of it.
fn stands(words: &[Word], at: usize) -> Stands {
    let before = |by: usize| at.checked_sub(by).map_or("", |place| text_at(words, place));
    match (before(2), before(1)) {
        ("more", "than") | (_, "over" | "above") | ("at", "least") => Stands::Above,
        ("less" | "fewer", "than")
        | (_, "nearly" | "almost" | "under" | "below")
        | ("at", "most")
        | ("up", "to") => Stands::Below,
        (_, "about" | "around" | "roughly" | "some" | "approximately" | "circa") | ("close", "to") => {
            Stands::Near
        }
        _ => Stands::Exactly,
    }
}

/// `Q3`, `third quarter`.
fn quarter(words: &[Word], at: usize) -> Option<Quantity> {
    let word = text_at(words, at);
    let next = text_at(words, at + 1);
    let (number, last) = match word {
        "q1" => (1.0, at),
        "q2" => (2.0, at),
        "q3" => (3.0, at),
        "q4" => (4.0, at),
        _ if next == "quarter" => (ordinal(word).filter(|number| *number <= 4.0)?, at + 1),
        _ => return None,
    };
    let before = at.checked_sub(1).map_or("", |place| text_at(words, place));
    let reading = Reading { sort: Sort::QuarterOfYear, ..Reading::plain(number) };
    (!matches!(before, "a" | "one")).then(|| over(words, at, last, vec![reading]))
}

fn ordinal(word: &str) -> Option<f64> {
    const ORDINALS: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    let named = ORDINALS.iter().position(|one| *one == word).and_then(|place| u32::try_from(place + 1).ok());
    let digits = || {
        word.strip_suffix("st")
            .or(word.strip_suffix("nd"))
            .or(word.strip_suffix("rd"))
            .or(word.strip_suffix("th"))
    };
    named.map(f64::from).or_else(|| digits()?.parse().ok())
}

/// Words that claim no number, and support one.
fn in_passing(words: &[Word], at: usize) -> Option<Vec<Reading>> {
    let word = text_at(words, at);
    if word == "one"
        && small(text_at(words, at + 1)).is_none()
        && scale(text_at(words, at + 1)).is_none()
        && !matches!(text_at(words, at + 1), "hundred" | "percent" | "per")
    {
        return Some(vec![Reading::plain(1.0)]);
    }
    let unit = adverb(word)
        .or_else(|| TimeUnit::named(word))
        .map(|unit| Reading { unit: Some(unit), ..Reading::plain(1.0) });
    let number =
        if word.starts_with(|c: char| c.is_ascii_digit()) { None } else { ordinal(word).map(Reading::plain) };
    let readings: Vec<Reading> = unit.into_iter().chain(number).collect();
    (!readings.is_empty()).then_some(readings)
}

/// Words that are a number by themselves.
fn fixed(words: &[Word], at: usize) -> Option<Quantity> {
    let (next, after) = (text_at(words, at + 1), text_at(words, at + 2));
    let times = |many: f64| {
        vec![Reading::plain(many), Reading::percent((many - 1.0) * 100.0), Reading::percent(many * 100.0)]
    };
    let vague = |least: f64| {
        Some((vec![Reading { sort: Sort::Vague, ..Reading::plain(least) }], Stands::Exactly, at))
    };
    let (readings, stands, last) = match text_at(words, at) {
        "double" if next.starts_with("check") => None,
        "double" | "doubled" | "doubling" | "doubles" | "twice" | "twofold" => {
            Some((times(2.0), Stands::Ratio, at))
        }
        "triple" | "tripled" | "tripling" | "triples" | "threefold" => Some((times(3.0), Stands::Ratio, at)),
        "quadruple" | "quadrupled" | "fourfold" => Some((times(4.0), Stands::Ratio, at)),
        "half" if matches!(next, "a" | "an") && TimeUnit::named(after).is_some() => Some((
            vec![Reading { unit: TimeUnit::named(after), ..Reading::plain(0.5) }],
            Stands::Exactly,
            at + 2,
        )),
        "half" if TimeUnit::named(next).is_some() => Some((
            vec![Reading { unit: TimeUnit::named(next), ..Reading::plain(0.5) }],
            Stands::Exactly,
            at + 1,
        )),
        "half" | "halved" | "halving" | "halves" => {
            let stands = match stands(words, at) {
                Stands::Exactly => Stands::Ratio,
                told => told,
            };
            Some((vec![Reading::plain(0.5), Reading::percent(50.0)], stands, at))
        }
        "dozens" => vague(12.0),
        "hundreds" => vague(100.0),
        "thousands" => vague(1_000.0),
        "millions" => vague(1e6),
        "billions" => vague(1e9),
        "couple" => Some((vec![Reading::plain(2.0)], Stands::Exactly, at)),
        _ => None,
    }?;
    Some(Quantity { stands, ..over(words, at, last, readings) })
}

fn adverb(word: &str) -> Option<TimeUnit> {
    TimeUnit::named(match word {
        "hourly" => "hour",
        "daily" => "day",
        "weekly" => "week",
        "monthly" => "month",
        "quarterly" => "quarter",
        "yearly" | "annual" | "annually" => "year",
        _ => return None,
    })
}

/// `a week`, `one year`, `two thirds`.
fn single_unit(words: &[Word], at: usize) -> Option<Quantity> {
    let many = match text_at(words, at) {
        "a" | "an" | "one" | "1" => 1.0,
        "two" | "2" => 2.0,
        "three" | "3" => 3.0,
        _ => return None,
    };
    let next = text_at(words, at + 1);
    let part = match next.strip_suffix('s').unwrap_or(next) {
        "third" => Some(many / 3.0),
        "quarter" => Some(many / 4.0),
        "fifth" => Some(many / 5.0),
        "tenth" => Some(many / 10.0),
        "twelfth" => Some(many / 12.0),
        _ => None,
    };
    if next == "quarter" && text_at(words, at + 2) == "of" && matches!(text_at(words, at + 4), "year") {
        let reading = Reading { unit: TimeUnit::named("quarter"), ..Reading::plain(many) };
        return Some(over(words, at, at + 4, vec![reading]));
    }
    let unit = TimeUnit::named(next);
    let mut readings: Vec<Reading> =
        part.iter().flat_map(|value| [Reading::plain(*value), Reading::percent(value * 100.0)]).collect();
    readings.extend(unit.map(|unit| Reading { unit: Some(unit), ..Reading::plain(many) }));
    // `a second nurse`
    readings.extend(ordinal(next).filter(|_| !readings.is_empty()).map(Reading::plain));
    let stands = if part.is_some() { stands(words, at) } else { Stands::Exactly };
    (!readings.is_empty()).then(|| Quantity { stands, ..over(words, at, at + 1, readings) })
}

/// A number in digits, with a suffix like `k`; `None` for the number of an item of a list.
fn digits(signs: &[char], words: &[Word], at: usize) -> Option<(Vec<Reading>, usize)> {
    let word = &words[at];
    let (start, end) = (word.span.start as usize, word.span.end as usize);
    let opens_line =
        signs[..start].iter().rev().find(|c| !matches!(c, ' ' | '\t')).is_none_or(|c| *c == '\n');
    if opens_line
        && signs.get(end).is_some_and(|c| matches!(c, '.' | ')'))
        && signs.get(end + 1).is_none_or(|c| c.is_whitespace())
    {
        return None;
    }
    // `18 400`
    let grouped = words.get(at + 1).filter(|next| {
        let one_space =
            next.span.start == word.span.end + 1 && signs.get(end).is_some_and(|c| c.is_whitespace());
        let all_digits = |word: &Word| word.text.chars().all(|c| c.is_ascii_digit());
        one_space && all_digits(word) && word.text.len() <= 3 && all_digits(next) && next.text.len() == 3
    });
    if let Some(value) = grouped.and_then(|next| parsed(&format!("{}{}", word.text, next.text))) {
        return Some((vec![Reading::plain(value)], at + 1));
    }
    let length =
        word.text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(word.text.len());
    let (number, suffix) = word.text.split_at(length);
    let value = parsed(number)?;
    let below =
        words.get(at + 1).filter(|next| signs.get(end) == Some(&'/') && next.span.start == word.span.end + 1);
    if let Some(below) =
        below.and_then(|below| parsed(&below.text)).filter(|below| value < *below && *below <= 20.0)
    {
        let part = value / below;
        return Some((vec![Reading::plain(part), Reading::percent(part * 100.0)], at + 1));
    }
    let scaled = |by: f64| vec![Reading::plain(value * by)];
    let readings = match suffix {
        "k" => scaled(1e3),
        "m" => vec![Reading::plain(value * 1e6), Reading::plain(value)],
        "mn" | "mio" => scaled(1e6),
        "b" | "bn" => scaled(1e9),
        "s" => vec![Reading::plain(value), Reading { unit: TimeUnit::named("s"), ..Reading::plain(value) }],
        other => vec![Reading { unit: TimeUnit::named(other), ..Reading::plain(value) }],
    };
    Some((readings, at))
}

fn parsed(number: &str) -> Option<f64> {
    let groups: Vec<&str> = number.trim_end_matches(['.', ',']).split(',').collect();
    let thousands =
        groups.len() > 1 && groups[1..].iter().all(|group| group.len() == 3 || group.contains('.'));
    groups.join(if thousands { "" } else { "." }).parse().ok()
}

/// The value of number words from a place on, and the last of them.
fn in_words(words: &[Word], at: usize) -> Option<(f64, usize)> {
    let (mut total, mut group, mut last) = (0.0, 0.0, None);
    let mut place = at;
    while let Some(word) = words.get(place) {
        let text = word.text.as_str();
        if let Some(value) = small(text) {
            // `twenty five` is one number, `five ten` are two.
            let fits = group <= 0.0
                || group % 100.0 >= 20.0 && group % 10.0 <= 0.0 && value < 10.0
                || group >= 100.0 && group % 100.0 <= 0.0;
            if !fits {
                break;
            }
            group += value;
        } else if text == "hundred" {
            group = f64::max(group, 1.0) * 100.0;
        } else if text == "dozen" {
            group = f64::max(group, 1.0) * 12.0;
        } else if let Some(scale) = scale(text) {
            total += f64::max(group, 1.0) * scale;
            group = 0.0;
        } else if text == "and"
            && last.is_some()
            && group >= 100.0
            && words.get(place + 1).is_some_and(|next| small(&next.text).is_some())
        {
            place += 1;
            continue;
        } else {
            break;
        }
        last = Some(place);
        place += 1;
    }
    Some((total + group, last?))
}

/// What stands around a number and says what it counts.
fn sort_out(signs: &[char], words: &[Word], at: usize, last: usize, readings: &mut [Reading]) {
    let end = words[last].span.end as usize;
    let sign = signs[end..].iter().find(|c| **c != ' ').copied();
    let before = (words[at].span.start as usize).checked_sub(1).and_then(|place| signs.get(place));
    let next = |by: usize| text_at(words, last + by);
    let percent = sign == Some('%')
        || matches!(next(1), "percent" | "pct" | "percentage")
        || next(1) == "per" && next(2) == "cent";
    let money = before.is_some_and(|c| "$€£¥".contains(*c))
        || sign.is_some_and(|c| "$€£¥".contains(c))
        || matches!(
            next(1),
            "dollars" | "dollar" | "euros" | "euro" | "pounds" | "usd" | "eur" | "gbp" | "bucks"
        );
    let sort = match (percent, money) {
        (true, _) => Sort::Percent,
        (false, true) => Sort::Money,
        (false, false) => Sort::Plain,
    };
    readings.iter_mut().filter(|one| one.sort == Sort::Plain).for_each(|one| one.sort = sort);
    if sort != Sort::Plain || readings.iter().any(|one| one.unit.is_some()) {
        return;
    }
    let between = ["full", "whole", "more", "long", "short", "of", "further", "extra", "working", "business"];
    let unit =
        TimeUnit::named(next(1)).or_else(|| TimeUnit::named(next(2)).filter(|_| between.contains(&next(1))));
    if let Some(unit) = unit.filter(|_| next(1) != "s") {
        for one in readings.iter_mut() {
            one.unit = Some(unit);
        }
    }
}

fn scale(word: &str) -> Option<f64> {
    match word {
        "thousand" | "k" => Some(1e3),
        "million" | "mn" => Some(1e6),
        "billion" | "bn" => Some(1e9),
        _ => None,
    }
}

fn small(word: &str) -> Option<f64> {
    const UNITS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let place =
        |list: &[&str]| list.iter().position(|one| *one == word).and_then(|place| u32::try_from(place).ok());
    place(&UNITS).map(f64::from).or_else(|| place(&TENS).map(|place| f64::from(place + 2) * 10.0))
}
