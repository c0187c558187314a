//! Puts the characters of a page together to text, with what their places on the page tell.

use unicode_normalization::char::compose;

/// A character on a page, with its box in points, y upwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    pub(super) character: char,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
    pub(super) top: f32,
    /// Not in the file: a space or line end that pdfium put in.
    pub(super) generated: bool,
}

impl Glyph {
    fn middle(&self) -> f32 {
        f32::midpoint(self.left, self.right)
    }

    fn width(&self) -> f32 {
        (self.right - self.left).max(0.0)
    }
}

/// Where pdfium joined a word over a line end, it leaves one of these in place of the hyphen.
const JOINED: [char; 2] = ['\u{2}', '\u{fffe}'];

/// The text of a page. A word that pdfium joined over a line end is taken apart again, because whether
/// the hyphen belongs to the word is better told from the whole text.
pub(super) fn text_of(glyphs: &[Glyph]) -> String {
    let mut text = String::with_capacity(glyphs.len() + glyphs.len() / 8);
    let mut skip = 0;
    for (index, glyph) in glyphs.iter().enumerate() {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        if JOINED.contains(&glyph.character) {
            if starts_new_line(glyphs, index) {
                text.push_str("-\n");
            } else {
                text.push('\u{fffd}');
            }
            continue;
        }
        match mark_of(glyph.character).and_then(|mark| accented(glyphs, index, mark)) {
            Some(Accented::Next(letter)) => {
                text.push(letter);
                skip = 1;
            }
            Some(Accented::Previous(letter)) => {
                text.pop();
                text.push(letter);
            }
            None if is_letter_space(glyphs, index) => (),
            None => text.push(glyph.character),
        }
    }
    text
}

/// Whether [`text_of`] asks where any of these characters stands: an accent, a joined word, spread letters.
pub(super) fn need_places(characters: impl Iterator<Item = char>) -> bool {
    let mut singles = 0;
    let mut last = ' ';
    let mut spread = false;
    for character in characters {
        if JOINED.contains(&character) || mark_of(character).is_some() {
            return true;
        }
        match character {
            ' ' if last.is_uppercase() => (),
            letter if letter.is_uppercase() && last == ' ' => singles += 1,
            _ => singles = 0,
        }
        spread |= singles >= 4;
        last = character;
    }
    spread
}

fn starts_new_line(glyphs: &[Glyph], index: usize) -> bool {
    let before = glyphs[..index].iter().rev().find(|glyph| !glyph.generated);
    let after = glyphs[index + 1..].iter().find(|glyph| !glyph.generated);
    match (before, after) {
        (Some(before), Some(after)) => {
            after.top < before.bottom + 0.3 * (before.top - before.bottom) || after.right < before.left
        }
        (before, None) => before.is_some(),
        (None, Some(_)) => false,
    }
}

/// The combining form of an accent that stands for itself. TeX draws accents as characters of their own.
fn mark_of(character: char) -> Option<char> {
    Some(match character {
        '`' | '\u{2cb}' => '\u{300}',
        '\u{b4}' | '\u{2ca}' => '\u{301}',
        '^' | '\u{2c6}' => '\u{302}',
        '~' | '\u{2dc}' => '\u{303}',
        '\u{af}' | '\u{2c9}' => '\u{304}',
        '\u{2d8}' => '\u{306}',
        '\u{2d9}' => '\u{307}',
        '\u{a8}' => '\u{308}',
        '\u{2da}' | '\u{b0}' => '\u{30a}',
        '\u{2dd}' => '\u{30b}',
        '\u{2c7}' => '\u{30c}',
        '\u{b8}' => '\u{327}',
        '\u{2db}' => '\u{328}',
        mark @ '\u{300}'..='\u{36f}' => mark,
        _ => return None,
    })
}

enum Accented {
    Next(char),
    Previous(char),
}

/// The letter that the accent at `index` stands above or below, with the accent.
fn accented(glyphs: &[Glyph], index: usize, mark: char) -> Option<Accented> {
    let accent = &glyphs[index];
    let covers =
        |letter: &Glyph| letter.width() > 0.0 && (letter.left..=letter.right).contains(&accent.middle());
    let composed = |letter: &Glyph| compose(dotted(letter.character), mark).filter(|_| covers(letter));
    if let Some(letter) = glyphs.get(index + 1).and_then(composed) {
        return Some(Accented::Next(letter));
    }
    let previous = index.checked_sub(1).and_then(|at| glyphs.get(at)).and_then(composed);
    previous.map(Accented::Previous)
}

fn dotted(letter: char) -> char {
    if letter == '\u{131}' { 'i' } else { letter }
}

/// Whether the space at `index` only spreads the letters of a heading: it stands between two single
/// capitals of a run of four or more, and is no wider than the spaces around it.
fn is_letter_space(glyphs: &[Glyph], index: usize) -> bool {
    if glyphs[index].character != ' ' {
        return false;
    }
    let reach = |step: isize| {
        let mut gaps = Vec::new();
        let mut at = index.cast_signed();
        loop {
            let (near, far) = (at + step, at + 2 * step);
            let get = |at: isize| usize::try_from(at).ok().and_then(|at| glyphs.get(at));
            let (Some(letter), behind) = (get(near), get(far)) else { break gaps };
            if !letter.character.is_uppercase() {
                break gaps;
            }
            let space = behind.filter(|glyph| glyph.character == ' ');
            let ends = behind.is_none_or(|glyph| glyph.character.is_control());
            let Some(next) = space.and_then(|_| get(at + 3 * step)) else {
                gaps.extend(ends.then_some(f32::NAN));
                break gaps;
            };
            gaps.push(if step > 0 { next.left - letter.right } else { letter.left - next.right });
            at = far;
            if gaps.len() > 24 {
                break gaps;
            }
        }
    };
    let (before, after) = (reach(-1), reach(1));
    if before.is_empty() || after.is_empty() || before.len() + after.len() < 4 {
        return false;
    }
    let (Some(left), Some(right)) =
        (index.checked_sub(1).and_then(|at| glyphs.get(at)), glyphs.get(index + 1))
    else {
        return false;
    };
    let mut gaps: Vec<f32> = before.into_iter().chain(after).filter(|gap| !gap.is_nan()).collect();
    let own = right.left - left.right;
    gaps.push(own);
    gaps.sort_by(f32::total_cmp);
    let usual = gaps[gaps.len() / 2].max(0.1);
    own <= usual * 1.8
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of glyphs 10 wide and 10 high; `|` moves on by another 10 without a glyph.
    fn line(text: &str, bottom: f32) -> Vec<Glyph> {
        let mut left = 0.0;
        let mut glyphs = Vec::new();
        for character in text.chars() {
            if character != '|' {
                let generated = character == ' ' || character == '\n';
                let top = bottom + 10.0;
                glyphs.push(Glyph { character, left, right: left + 10.0, bottom, top, generated });
            }
            left += 10.0;
        }
        glyphs
    }

    #[test]
    fn an_accent_over_a_letter_becomes_part_of_it() {
        let mut glyphs = line("G\u{a8}ung", 0.0);
        glyphs[1].left = 21.0;
        glyphs[1].right = 29.0;
        assert_eq!(text_of(&glyphs), "Güng");
    }

    #[test]
    fn an_accent_beside_a_letter_stays_an_apostrophe() {
        assert_eq!(text_of(&line("l\u{b4}avion", 0.0)), "l\u{b4}avion");
    }

    #[test]
    fn a_spread_heading_keeps_its_words() {
        assert_eq!(text_of(&line("S K I L L S", 0.0)), "SKILLS");
        assert_eq!(text_of(&line("W O R K ||H I S T O R Y", 0.0)), "WORK HISTORY");
        assert_eq!(text_of(&line("A B", 0.0)), "A B");
    }

    #[test]
    fn a_word_joined_over_a_line_end_is_told_from_a_glyph_without_a_meaning() {
        let mut glyphs = line("prefer\u{2}", 20.0);
        glyphs.extend(line("ably", 0.0));
        assert_eq!(text_of(&glyphs), "prefer-\nably");
        assert_eq!(text_of(&line("\u{fffe}nancial", 0.0)), "\u{fffd}nancial");
    }
}
