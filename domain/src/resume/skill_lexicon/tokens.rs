//! Cuts text into the tokens by which names of skills are compared.

use crate::text::Span;

/// A word with what stands around it.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a sign of its own, and any of them may stand together"
)]
pub(super) struct Token {
    /// As compared: lower case, points within left out (`Node.js` and `nodejs` are one).
    pub(super) key: String,
    /// As written.
    pub(super) written: String,
    pub(super) span: Span,
    /// A comma, a bullet or the like follows: a name does not go on behind it.
    pub(super) ends_item: bool,
    /// A sign of a list follows.
    pub(super) ends_in_list: bool,
    /// First of its line, or behind a bullet.
    pub(super) opens_line: bool,
    /// Last of its line.
    pub(super) ends_line: bool,
    /// First of a sentence.
    pub(super) opens_sentence: bool,
}

/// Signs that belong to names: `C++`, `C#`, `.NET`, `Node.js`.
fn belongs(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '+' | '#' | '.' | '_' | '\'' | '’')
}

/// The tokens of `text`. Hyphens and slashes part words without ending a name.
pub(super) fn tokens_of(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut word = String::new();
    let mut start = 0;
    let mut opening = Opening { line: true, sentence: true };
    let mut count = 0;
    for (index, character) in text.chars().chain(std::iter::once('\n')).enumerate() {
        count = index;
        if belongs(character) {
            if word.is_empty() {
                start = index;
            }
            word.push(character);
            continue;
        }
        if !word.is_empty() {
            push(&mut tokens, &word, start, &mut opening);
            word.clear();
        }
        separate(&mut tokens, character, &mut opening);
    }
    debug_assert_eq!(count, text.chars().count(), "every character was seen");
    tokens
}

struct Opening {
    line: bool,
    sentence: bool,
}

fn push(tokens: &mut Vec<Token>, word: &str, start: usize, opening: &mut Opening) {
    let written = word.trim_end_matches(['.', '\'', '’']);
    let lead = written.chars().take_while(|sign| matches!(sign, '\'' | '’' | '+' | '_')).count();
    let written: String = written.chars().skip(lead).collect();
    let written = written.strip_suffix("'s").or(written.strip_suffix("’s")).unwrap_or(&written).to_owned();
    let start = start + lead;
    let sentence_ends = word.ends_with('.') && written.chars().count() > 1;
    if written.chars().any(char::is_alphanumeric) {
        let end = start + written.chars().count();
        let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end)) else { return };
        tokens.push(Token {
            key: key_of(&written),
            written,
            span: Span { start, end },
            ends_item: sentence_ends,
            ends_in_list: false,
            opens_line: opening.line,
            ends_line: false,
            opens_sentence: opening.sentence,
        });
    }
    *opening = Opening { line: false, sentence: sentence_ends };
}

fn key_of(written: &str) -> String {
    let lower = written.to_lowercase();
    let (point, rest) =
        if let Some(rest) = lower.strip_prefix('.') { (".", rest) } else { ("", lower.as_str()) };
    format!("{point}{}", rest.replace(['.', '\'', '’'], ""))
}

fn separate(tokens: &mut [Token], character: char, opening: &mut Opening) {
    let Some(last) = tokens.last_mut() else {
        return;
    };
    match character {
        '\n' => {
            last.ends_line = true;
            opening.line = true;
        }
        ',' | ';' | '|' | '(' | ')' | '/' | '[' | ']' | '\t' => {
            last.ends_in_list = true;
            last.ends_item |= character != '/';
        }
        ':' => {
            last.ends_in_list = true;
            last.ends_item = true;
            opening.sentence = true;
        }
        '•' | '◦' | '●' | '▪' | '·' | '‣' | '○' | '■' | '⋄' => {
            last.ends_in_list |= !last.ends_line;
            last.ends_item = true;
            opening.sentence = true;
        }
        '!' | '?' => {
            last.ends_item = true;
            opening.sentence = true;
        }
        '&' => last.ends_item = true,
        _ => (),
    }
}
