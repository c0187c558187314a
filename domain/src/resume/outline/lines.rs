//! Lines of a text with their places, and the shapes that lines have.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::text::Span;

/// A line that holds something, without the white space around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// What it says.
    pub(super) text: &'a str,
    /// Where it stands.
    pub(super) span: Span,
}

impl Line<'_> {
    /// Whether it begins with a bullet.
    pub(super) fn is_bullet(&self) -> bool {
        let mut characters = self.text.chars();
        match characters.next() {
            Some(first) if BULLETS.contains(first) => true,
            Some('-' | '–' | '*' | 'o' | '+') => characters.next() == Some(' '),
            Some(_) | None => false,
        }
    }

    /// What it says behind its bullet.
    pub(super) fn content(&self) -> &str {
        if self.is_bullet() {
            let mut characters = self.text.chars();
            characters.next();
            characters.as_str().trim_start()
        } else {
            self.text
        }
    }
}

/// Signs that open an item of a list.
pub(super) const BULLETS: &str = "•◦●○▪▫■□‣⁃·∙➢➤►▶❖✓✔★☆⋄◆◇➔→";

/// The lines of `text` that hold something.
pub(super) fn lines_of(text: &str) -> Vec<Line<'_>> {
    let mut at = 0_usize;
    let mut lines = Vec::new();
    for raw in text.split('\n') {
        let count = raw.chars().count();
        let trimmed = raw.trim();
        if !trimmed.is_empty() {
            let lead = raw.chars().take_while(|character| character.is_whitespace()).count();
            let start = at + lead;
            let end = start + trimmed.chars().count();
            if let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end)) {
                lines.push(Line { text: trimmed, span: Span { start, end } });
            }
        }
        at += count + 1;
    }
    lines
}

/// Lower case without accents, so that one spelling serves several languages.
pub(super) fn plain(text: &str) -> String {
    text.nfd().filter(|character| !is_combining_mark(*character)).flat_map(char::to_lowercase).collect()
}

/// The words of `text` in plain letters.
pub(super) fn plain_words(text: &str) -> Vec<String> {
    plain(text)
        .split(|character: char| !character.is_alphanumeric() && character != '+' && character != '#')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_their_places_in_characters() {
        let text = "é\n\n  • Rust \n";
        let lines = lines_of(text);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[1].span.quote(text), "• Rust");
        assert!(lines[1].is_bullet());
        assert_eq!(lines[1].content(), "Rust");
    }
}
