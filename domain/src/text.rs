//! Places in a text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A half-open range of a text, counted in Unicode scalar values (`char`s), not bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    /// The first character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
}

impl Span {
    /// The range of `text` from byte `start` to byte `end`, both on character boundaries.
    ///
    /// Returns `None` where a boundary is not one, or the text is too long to count in 32 bits.
    pub fn of_bytes(text: &str, start: usize, end: usize) -> Option<Self> {
        let before = text.get(..start)?.chars().count();
        let inside = text.get(start..end)?.chars().count();
        Some(Self { start: u32::try_from(before).ok()?, end: u32::try_from(before + inside).ok()? })
    }

    /// The characters of `text` in this range; what lies past the end of the text is left out.
    pub fn quote(self, text: &str) -> String {
        text.chars().skip(self.start as usize).take(self.len()).collect()
    }

    /// The number of characters.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Whether the range holds no character.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_counts_characters_and_not_bytes() {
        let text = "é Rust";
        let span = Span::of_bytes(text, 3, 7).unwrap();
        assert_eq!(span, Span { start: 2, end: 6 });
        assert_eq!(span.quote(text), "Rust");
    }
}
