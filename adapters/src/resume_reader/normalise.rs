//! Turns what a reader gives into plain text: one form for each letter, words whole, lines apart.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization as _;

/// The text in NFC with `\n` between lines: ligatures and spread words written out, words joined over
/// line ends, bullets of symbol fonts turned into `•`, and what cannot be shown left out.
pub fn normalise(raw: &str) -> String {
    let plain: String = plain_characters(raw).nfc().collect();
    let lines: Vec<String> = plain.split('\n').map(tidy_line).collect();
    let lines = join_words(lines);
    let mut text = String::with_capacity(plain.len());
    let mut empty = 0;
    for line in lines {
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty <= 1 && !(line.is_empty() && text.is_empty()) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text.truncate(text.trim_end().len());
    text
}

fn plain_characters(raw: &str) -> String {
    let mut plain = String::with_capacity(raw.len());
    let mut characters = raw.chars().peekable();
    let mut previous = '\n';
    while let Some(character) = characters.next() {
        let next = characters.peek().copied().unwrap_or('\n');
        match character {
            '\r' if next == '\n' => continue,
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => plain.push('\n'),
            '\t' => plain.push(' '),
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => (),
            control if control.is_control() => {
                let beside = previous.is_alphabetic() || next.is_alphabetic();
                match tex_ligature(control).filter(|_| beside) {
                    Some(ligature) => plain.push_str(ligature),
                    None if control == '\u{c}' || control == '\u{b}' => plain.push('\n'),
                    None => (),
                }
            }
            '\u{f0b7}' | '\u{f0a7}' | '\u{f0d8}' | '\u{f076}' | '\u{f0fc}' | '\u{f0a8}' | '\u{f06e}' => {
                plain.push('•');
            }
            '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}' | '\u{fffd}' => plain.push(' '),
            presented if is_presentation_form(presented) => plain.extend(std::iter::once(presented).nfkc()),
            space if space.is_whitespace() => plain.push(' '),
            // What a PDF calls a soft hyphen was drawn as a hyphen.
            '\u{ad}' | '\u{2010}' | '\u{2011}' => plain.push('-'),
            other => plain.push(other),
        }
        previous = character;
    }
    plain
}

/// Where a font names no letters, TeX's places for its ligatures come through as control characters.
fn tex_ligature(control: char) -> Option<&'static str> {
    Some(match control {
        '\u{b}' | '\u{1b}' => "ff",
        '\u{c}' | '\u{1c}' => "fi",
        '\u{1d}' => "fl",
        '\u{e}' | '\u{1e}' => "ffi",
        '\u{f}' | '\u{1f}' => "ffl",
        _ => return None,
    })
}

/// Ligatures, radicals that stand for whole characters, and letters of full or half width.
fn is_presentation_form(character: char) -> bool {
    matches!(character,
        '\u{fb00}'..='\u{fb06}' | '\u{fb13}'..='\u{fb17}' | '\u{2e80}'..='\u{2fd5}' | '\u{f900}'..='\u{faff}'
        | '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' | '\u{ff66}'..='\u{ff9f}')
}

fn tidy_line(line: &str) -> String {
    let line = if is_spread(line) { gather(line) } else { line.to_owned() };
    let mut tidy = String::with_capacity(line.len());
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        if !tidy.is_empty() {
            tidy.push(' ');
        }
        tidy.push_str(word);
    }
    tidy
}

/// Whether `line` holds four or more single digits or single capitals in a row.
fn is_spread(line: &str) -> bool {
    let mut run = 0;
    line.split(' ').filter(|word| !word.is_empty()).any(|word| {
        run = if is_single(word) { run + 1 } else { 0 };
        run >= 4
    })
}

fn is_single(word: &str) -> bool {
    let mut characters = word.chars();
    let single = characters.next().is_some_and(|first| first.is_uppercase() || first.is_ascii_digit());
    single && characters.next().is_none()
}

/// Closes single spaces in runs of four or more single characters; two or more spaces part words.
fn gather(line: &str) -> String {
    let mut gathered: Vec<String> = Vec::new();
    for stretch in line.split("  ").filter(|stretch| !stretch.trim().is_empty()) {
        let words: Vec<&str> = stretch.split(' ').filter(|word| !word.is_empty()).collect();
        let mut at = 0;
        while at < words.len() {
            let run = words[at..].iter().take_while(|word| is_single(word)).count();
            let take = run.max(1);
            if run >= 4 {
                gathered.push(words[at..at + run].concat());
            } else {
                gathered.extend(words[at..at + take].iter().map(|word| (*word).to_owned()));
            }
            at += take;
        }
    }
    gathered.join(" ")
}

/// First parts of words that keep their hyphen over a line end.
const KEEPING: [&str; 24] = [
    "all", "back", "co", "cross", "cutting", "data", "end", "front", "full", "high", "in", "large", "long",
    "low", "multi", "non", "on", "open", "part", "real", "self", "third", "user", "well",
];

fn join_words(lines: Vec<String>) -> Vec<String> {
    if !lines.iter().any(|line| line.ends_with('-')) {
        return lines;
    }
    let known: HashSet<String> =
        lines.iter().flat_map(|line| line.split_whitespace()).map(|word| bare(word).to_lowercase()).collect();
    let mut joined: Vec<String> = Vec::with_capacity(lines.len());
    for line in lines {
        match joined.last_mut().and_then(|last| join(last, &line, &known)) {
            Some(rest) => joined.push(rest),
            None => joined.push(line),
        }
    }
    joined
}

/// Moves the end of a broken word from `next` to the end of `line`; gives what is left of `next`.
fn join(line: &mut String, next: &str, known: &HashSet<String>) -> Option<String> {
    let head = line.strip_suffix('-')?.rsplit(' ').next()?.to_owned();
    let (tail, rest) = next.split_once(' ').unwrap_or((next, ""));
    let (end, begin) = (head.chars().next_back()?, tail.chars().next()?);
    if !end.is_alphanumeric() || !begin.is_alphanumeric() {
        return None;
    }
    let whole = format!("{head}{tail}");
    let hyphened = format!("{head}-{tail}");
    let stands = |word: &str| known.contains(&bare(word).to_lowercase());
    let is_plain = end.is_lowercase()
        && begin.is_lowercase()
        && !head.contains(['/', '.', '@', '_', '-'])
        && !KEEPING.contains(&head.to_lowercase().as_str());
    let drops_hyphen = stands(&whole) || is_plain && !stands(&hyphened);
    if drops_hyphen {
        line.pop();
    }
    line.push_str(tail);
    Some(rest.to_owned())
}

fn bare(word: &str) -> &str {
    word.trim_matches(|character: char| !character.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ligatures_are_written_out_whatever_stood_for_them() {
        assert_eq!(normalise("Scienti\u{fb01}c o\u{fb03}ce"), "Scientific office");
        assert_eq!(
            normalise("Scienti\u{1c}c di\u{1b}erent \u{1d}ow O\u{1e}ce"),
            "Scientific different flow Office"
        );
    }

    #[test]
    fn words_are_joined_over_line_ends_and_keep_hyphens_that_are_theirs() {
        assert_eq!(normalise("would prefer-\nably like"), "would preferably\nlike");
        assert_eq!(normalise("a well-\nknown thing"), "a well-known\nthing");
        assert_eq!(normalise("No-\nInsulation"), "No-Insulation");
        assert_eq!(
            normalise("github.com/x/computing-with-\npython here"),
            "github.com/x/computing-with-python\nhere"
        );
        assert_eq!(normalise("fault-tolerant; fault-\ntolerant"), "fault-tolerant; fault-tolerant");
        assert_eq!(normalise("2019 -\n2020"), "2019 -\n2020");
        assert_eq!(normalise("en\u{ad}\nterprise multi\u{ad}account"), "enterprise\nmulti-account");
    }

    #[test]
    fn spread_letters_and_digits_come_together() {
        assert_eq!(normalise("E D U C A T I O N"), "EDUCATION");
        assert_eq!(normalise("W O R K   H I S T O R Y"), "WORK HISTORY");
        assert_eq!(normalise("since 2 0 2 0 here"), "since 2020 here");
        assert_eq!(normalise("C and R at I B M"), "C and R at I B M");
    }

    #[test]
    fn glyphs_of_icon_fonts_leave_no_trace_and_bullets_become_bullets() {
        assert_eq!(normalise("\u{f095} 555 0100"), "555 0100");
        assert_eq!(normalise("\u{f0b7} Led a team"), "• Led a team");
    }

    #[test]
    fn empty_lines_are_kept_once() {
        assert_eq!(normalise("\r\n\r\na\r\n\r\n\r\n\r\nb\u{a0} c  \n"), "a\n\nb c");
    }

    #[test]
    fn normalising_twice_changes_nothing() {
        for text in ["prefer-\nably no-\nInsul", "E D U C A T I O N", "a\u{308} \u{fb01}"] {
            let once = normalise(text);
            assert_eq!(normalise(&once), once);
        }
    }
}
