//! Reads dates and ranges of dates in the notations that resumes use.

use std::ops::Range;

use super::YearMonth;
use super::lines::plain;

/// A range of dates as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DateRange {
    pub(super) start: YearMonth,
    /// `None` for a range that is still open.
    pub(super) end: Option<YearMonth>,
    /// Where it stands in the line, in bytes.
    pub(super) bytes: Range<usize>,
}

#[derive(Debug, Clone)]
struct Token {
    what: Piece,
    bytes: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Number { value: i32, digits: usize },
    Word(String),
    Sign(char),
}

/// The ranges of dates in `line`, in order.
pub(super) fn ranges_in(line: &str) -> Vec<DateRange> {
    let tokens = tokens_of(line);
    let mut ranges = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match range_at(&tokens, at) {
            Some((start, end, next)) => {
                ranges.push(DateRange {
                    start,
                    end,
                    bytes: tokens[at].bytes.start..tokens[next - 1].bytes.end,
                });
                at = next;
            }
            None => at += 1,
        }
    }
    ranges
}

/// The single dates in `line`, in order, with their places in bytes.
pub(super) fn dates_in(line: &str) -> Vec<(YearMonth, Range<usize>)> {
    let tokens = tokens_of(line);
    let mut dates = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match date_at(&tokens, at) {
            Some((date, next)) => {
                dates.push((date, tokens[at].bytes.start..tokens[next - 1].bytes.end));
                at = next;
            }
            None => at += 1,
        }
    }
    dates
}

fn tokens_of(line: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut characters = line.char_indices().peekable();
    while let Some((start, first)) = characters.next() {
        if first.is_whitespace() {
            continue;
        }
        let kind = kind_of(first);
        let mut end = start + first.len_utf8();
        if kind != Kind::Sign {
            while let Some((_, next)) = characters.next_if(|(_, next)| joins(kind, kind_of(*next))) {
                end += next.len_utf8();
            }
        }
        tokens.push(Token { what: piece(&line[start..end], kind, first), bytes: start..end });
    }
    tokens
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Digit,
    Letter,
    Wide,
    Sign,
}

fn kind_of(character: char) -> Kind {
    match character {
        '0'..='9' => Kind::Digit,
        '\u{3040}'..='\u{9fff}' => Kind::Wide,
        letter if letter.is_alphabetic() => Kind::Letter,
        _ => Kind::Sign,
    }
}

/// `2013a` is a word, `2012年` is a number and a sign for the year.
fn joins(kind: Kind, next: Kind) -> bool {
    match kind {
        Kind::Digit | Kind::Letter => matches!(next, Kind::Digit | Kind::Letter),
        Kind::Wide => next == Kind::Wide,
        Kind::Sign => false,
    }
}

fn piece(text: &str, kind: Kind, first: char) -> Piece {
    match (kind, text.parse::<i32>()) {
        (Kind::Sign, _) => Piece::Sign(first),
        (Kind::Digit, Ok(value)) => Piece::Number { value, digits: text.len() },
        _ => Piece::Word(plain(text)),
    }
}

type Found = (YearMonth, Option<YearMonth>, usize);

fn range_at(tokens: &[Token], at: usize) -> Option<Found> {
    months_of_one_year(tokens, at).or_else(|| {
        let since = is_word(tokens, at, &SINCE);
        let (start, next) = date_at(tokens, at + usize::from(since))?;
        let Some(after) = separator_at(tokens, next) else {
            return since.then_some((start, None, next));
        };
        if let Some(after) = present_at(tokens, after) {
            return Some((start, None, after));
        }
        let (end, after) = date_at(tokens, after).or_else(|| short_year_at(tokens, after, start.year))?;
        is_before(start, end).then_some((start, Some(end), after))
    })
}

/// `Jan – Mar 2019`.
fn months_of_one_year(tokens: &[Token], at: usize) -> Option<Found> {
    let first = month_at(tokens, at)?;
    let next = at + 1 + usize::from(is_sign(tokens, at + 1, ".,"));
    let after = separator_at(tokens, next)?;
    month_at(tokens, after)?;
    let (end, next) = date_at(tokens, after)?;
    let start = YearMonth { year: end.year, month: Some(first) };
    is_before(start, end).then_some((start, Some(end), next))
}

/// `2016 – 18`.
fn short_year_at(tokens: &[Token], at: usize, start: i32) -> Option<(YearMonth, usize)> {
    let at = at + usize::from(is_sign(tokens, at, "'’‘"));
    match tokens.get(at)?.what {
        Piece::Number { value, digits: 2 } => {
            let year = start - start.rem_euclid(100) + value;
            (year >= start).then_some((YearMonth { year, month: None }, at + 1))
        }
        _ => None,
    }
}

fn is_before(start: YearMonth, end: YearMonth) -> bool {
    match (start.month, end.month) {
        (Some(first), Some(last)) => (start.year, first) <= (end.year, last),
        _ => start.year <= end.year,
    }
}

fn date_at(tokens: &[Token], at: usize) -> Option<(YearMonth, usize)> {
    match &tokens.get(at)?.what {
        Piece::Word(word) => {
            let month = month_named(word).map(Some).or_else(|| is_season(word).then_some(None))?;
            let mut next = at + 1 + usize::from(is_sign(tokens, at + 1, "."));
            let day = number_at(tokens, next, 2).filter(|day| (1..=31).contains(day));
            if day.is_some()
                && is_year(tokens, next + 1 + usize::from(is_sign(tokens, next + 1, ","))).is_some()
            {
                next += 1;
            }
            next += usize::from(is_sign(tokens, next, ",/-") || is_word(tokens, next, &["de", "of", "del"]));
            named_year(tokens, next).map(|(year, next)| (YearMonth { year, month }, next))
        }
        Piece::Number { value, digits: 1 | 2 } => numbered_month(tokens, at, *value),
        Piece::Number { digits: 4, .. } => Some(year_first(tokens, at, is_year(tokens, at)?)),
        Piece::Number { .. } | Piece::Sign(_) => None,
    }
}

/// A year behind the name of a month: `2019`, `'19`.
fn named_year(tokens: &[Token], at: usize) -> Option<(i32, usize)> {
    if let Some(year) = is_year(tokens, at) {
        return Some((year, at + 1));
    }
    if !is_sign(tokens, at, "'’‘`") {
        return None;
    }
    let short = number_at(tokens, at + 1, 2)?;
    Some((if short < 60 { 2000 + short } else { 1900 + short }, at + 2))
}

/// `03/2019`, `15.03.2019`, `15 March 2019`.
fn numbered_month(tokens: &[Token], at: usize, value: i32) -> Option<(YearMonth, usize)> {
    if month_at(tokens, at + 1).is_some() && (1..=31).contains(&value) {
        return date_at(tokens, at + 1);
    }
    if !is_sign(tokens, at + 1, "/.-‐") {
        return None;
    }
    if let Some(year) = is_year(tokens, at + 2) {
        return Some((YearMonth { year, month: Some(month(value)?) }, at + 3));
    }
    let second = number_at(tokens, at + 2, 2)?;
    if !is_sign(tokens, at + 3, "/.-") {
        return None;
    }
    let year = is_year(tokens, at + 4)?;
    let american = is_sign(tokens, at + 1, "/") && value <= 12;
    let month = month(if american { value } else { second })?;
    Some((YearMonth { year, month: Some(month) }, at + 5))
}

/// `2019`, `2019-03`, `2019/03/15`, `2019年3月`.
fn year_first(tokens: &[Token], at: usize, year: i32) -> (YearMonth, usize) {
    let numbered = number_at(tokens, at + 2, 2).and_then(month);
    let wide = is_word(tokens, at + 1, &["年"]);
    let signed = is_sign(tokens, at + 1, "/.-") && is_tight(tokens, at, at + 2);
    match numbered {
        Some(month) if wide => {
            let next = at + 3 + usize::from(is_word(tokens, at + 3, &["月"]));
            (YearMonth { year, month: Some(month) }, next)
        }
        Some(month) if signed && two_digits(tokens, at + 2) => {
            let day = is_sign(tokens, at + 3, "/.-")
                && is_tight(tokens, at + 2, at + 4)
                && two_digits(tokens, at + 4);
            (YearMonth { year, month: Some(month) }, at + if day { 5 } else { 3 })
        }
        Some(_) | None => (YearMonth { year, month: None }, at + 1 + usize::from(wide)),
    }
}

fn two_digits(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| matches!(token.what, Piece::Number { digits: 2, .. }))
}

fn is_tight(tokens: &[Token], first: usize, last: usize) -> bool {
    tokens
        .get(first..=last)
        .is_some_and(|run| run.windows(2).all(|pair| pair[0].bytes.end == pair[1].bytes.start))
}

fn separator_at(tokens: &[Token], at: usize) -> Option<usize> {
    let signs = tokens[at.min(tokens.len())..]
        .iter()
        .take_while(|token| {
            matches!(token.what, Piece::Sign('-' | '–' | '—' | '−' | '‐' | '~' | '〜' | '→' | '～' | '―'))
        })
        .count();
    if signs > 0 {
        return Some(at + signs);
    }
    let worded =
        is_word(tokens, at, &["to", "until", "till", "bis", "a", "au", "hasta", "al", "through", "thru"]);
    worded.then_some(at + 1)
}

const SINCE: [&str; 6] = ["since", "seit", "depuis", "desde", "ab", "from"];

const PRESENT: [&str; 26] = [
    "present",
    "now",
    "current",
    "currently",
    "today",
    "ongoing",
    "date",
    "heute",
    "aujourd",
    "actuel",
    "actuellement",
    "actualidad",
    "actual",
    "actualmente",
    "presente",
    "hoy",
    "heden",
    "jetzt",
    "gegenwartig",
    "至今",
    "現在",
    "现在",
    "オンゴーイング",
    "maintenant",
    "oggi",
    "continuing",
];

fn present_at(tokens: &[Token], at: usize) -> Option<usize> {
    let at = at + usize::from(is_word(tokens, at, &["the", "la", "el", "ce", "l"]));
    let at = at + usize::from(is_sign(tokens, at, "'’"));
    if is_word(tokens, at, &["aujourd"]) {
        return Some((at + 3).min(tokens.len()));
    }
    is_word(tokens, at, &PRESENT).then_some(at + 1)
}

fn is_word(tokens: &[Token], at: usize, words: &[&str]) -> bool {
    matches!(tokens.get(at), Some(Token { what: Piece::Word(word), .. }) if words.contains(&word.as_str()))
}

fn is_sign(tokens: &[Token], at: usize, signs: &str) -> bool {
    matches!(tokens.get(at), Some(Token { what: Piece::Sign(sign), .. }) if signs.contains(*sign))
}

fn is_year(tokens: &[Token], at: usize) -> Option<i32> {
    number_at(tokens, at, 4).filter(|year| (1950..=2099).contains(year))
}

fn number_at(tokens: &[Token], at: usize, most_digits: usize) -> Option<i32> {
    match tokens.get(at)?.what {
        Piece::Number { value, digits } if digits <= most_digits => Some(value),
        _ => None,
    }
}

fn month_at(tokens: &[Token], at: usize) -> Option<u8> {
    match &tokens.get(at)?.what {
        Piece::Word(word) => month_named(word),
        Piece::Number { .. } | Piece::Sign(_) => None,
    }
}

fn month(number: i32) -> Option<u8> {
    u8::try_from(number).ok().filter(|month| (1..=12).contains(month))
}

/// Names of months in English, French, German and Spanish, whole or cut to three or more letters.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "janvier", "enero", "janner"],
    &["february", "februar", "fevrier", "febrero"],
    &["march", "marz", "mars", "marzo", "maerz", "mrz"],
    &["april", "avril", "abril"],
    &["may", "mai", "mayo"],
    &["june", "juni", "juin", "junio"],
    &["july", "juli", "juillet", "julio"],
    &["august", "aout", "agosto"],
    &["september", "septembre", "septiembre", "setiembre"],
    &["october", "oktober", "octobre", "octubre"],
    &["november", "novembre", "noviembre"],
    &["december", "dezember", "decembre", "diciembre"],
];

fn month_named(word: &str) -> Option<u8> {
    if word.chars().count() < 3 {
        return None;
    }
    let at = MONTHS.iter().position(|names| names.iter().any(|name| name.starts_with(word)))?;
    u8::try_from(at + 1).ok()
}

fn is_season(word: &str) -> bool {
    [
        "spring",
        "summer",
        "autumn",
        "fall",
        "winter",
        "sommer",
        "fruhling",
        "herbst",
        "ete",
        "printemps",
        "automne",
    ]
    .contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str) -> (YearMonth, Option<YearMonth>) {
        let mut ranges = ranges_in(line);
        assert_eq!(ranges.len(), 1, "{line}: {ranges:?}");
        let range = ranges.remove(0);
        (range.start, range.end)
    }

    fn ym(year: i32, month: u8) -> YearMonth {
        YearMonth { year, month: (month > 0).then_some(month) }
    }

    #[test]
    fn ranges_are_read_in_many_notations() {
        let expected = (ym(2016, 10), Some(ym(2018, 3)));
        for line in [
            "Engineer Oct 2016 – Mar 2018",
            "October 2016 - March 2018 | Berlin",
            "10/2016 – 03/2018",
            "10.2016 bis 03.2018",
            "2016-10 to 2018-03",
            "(Oct. 2016 — Mar. 2018)",
            "Oct ’16 – Mar ’18",
            "octobre 2016 à mars 2018",
            "octubre de 2016 hasta marzo de 2018",
            "01.10.2016 - 31.03.2018",
            "15 October 2016 – 2 March 2018",
            "October 1, 2016 – March 31, 2018",
            "2016年10月 〜 2018年3月",
        ] {
            assert_eq!(one(line), expected, "{line}");
        }
    }

    #[test]
    fn years_alone_and_shortened_are_ranges_too() {
        assert_eq!(one("2014 - 2016"), (ym(2014, 0), Some(ym(2016, 0))));
        assert_eq!(one("2014–16"), (ym(2014, 0), Some(ym(2016, 0))));
        assert_eq!(one("Jan – Mar 2019"), (ym(2019, 1), Some(ym(2019, 3))));
        assert_eq!(one("Summer 2019 – Fall 2020"), (ym(2019, 0), Some(ym(2020, 0))));
    }

    #[test]
    fn open_ranges_have_no_end() {
        for line in [
            "May 2020 – Present",
            "05/2020 - heute",
            "since May 2020",
            "mai 2020 – aujourd’hui",
            "mayo 2020 - actualidad",
        ] {
            assert_eq!(one(line), (ym(2020, 5), None), "{line}");
        }
    }

    #[test]
    fn telephone_numbers_and_backward_ranges_are_none() {
        for line in
            ["+1 415-555-0132", "2333/23 – 2333/23", "2020 - 2010", "served 2000 - 3000 users", "in May"]
        {
            assert_eq!(ranges_in(line), [], "{line}");
        }
    }
}
