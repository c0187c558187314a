//! Tells columns of text from the places of the lines on a page.

use super::glyphs::Glyph;

/// A piece of a line that nothing wide interrupts.
#[derive(Debug, Clone, Copy)]
struct Piece {
    left: f32,
    right: f32,
    bottom: f32,
    top: f32,
    letters: usize,
}

/// What share of the letters a column must hold: dates in the margin are none.
const LEAST_SHARE: f32 = 0.17;

/// What share may lie across the gap between two columns: a name over both, for instance.
const CROSSING_SHARE: f32 = 0.30;

/// Columns of text that stand side by side: 1 to 3, 0 where there is too little text to tell.
pub(super) fn count(glyphs: &[Glyph]) -> u8 {
    let pieces = pieces_of(glyphs);
    if pieces.len() < 8 {
        return u8::from(!pieces.is_empty());
    }
    split(&pieces, letters(&pieces).max(1.0), 3)
}

/// `all` counts the letters of the page: a column must hold its share of them, not of another column.
fn split(pieces: &[Piece], all: f32, most: u8) -> u8 {
    if most <= 1 {
        return 1;
    }
    let left = pieces.iter().map(|piece| piece.left).fold(f32::INFINITY, f32::min);
    let right = pieces.iter().map(|piece| piece.right).fold(f32::NEG_INFINITY, f32::max);
    let gaps = (15_u8..=85).step_by(1).map(|percent| left + (right - left) * f32::from(percent) / 100.0);
    let best = gaps
        .filter_map(|gap| sides(pieces, all, gap))
        .min_by(|one, other| one.crossing.total_cmp(&other.crossing));
    match best {
        Some(best) => 1 + split(&best.left, all, most - 1).max(split(&best.right, all, most - 1)),
        None => 1,
    }
}

struct Sides {
    left: Vec<Piece>,
    right: Vec<Piece>,
    crossing: f32,
}

/// The pieces on both sides of `gap`, if they are two columns.
fn sides(pieces: &[Piece], all: f32, gap: f32) -> Option<Sides> {
    let (left, rest): (Vec<Piece>, Vec<Piece>) = pieces.iter().partition(|piece| piece.right <= gap);
    let (right, across): (Vec<Piece>, Vec<Piece>) = rest.iter().partition(|piece| piece.left >= gap);
    let crossing = letters(&across) / all;
    let narrow = letters(&left) / all < LEAST_SHARE || letters(&right) / all < LEAST_SHARE;
    if narrow || crossing > CROSSING_SHARE || left.len() < 4 || right.len() < 4 {
        return None;
    }
    (beside(&left, &right) >= 0.5).then_some(Sides { left, right, crossing })
}

fn letters(pieces: &[Piece]) -> f32 {
    pieces.iter().map(|piece| f32::from(u16::try_from(piece.letters).unwrap_or(u16::MAX))).sum()
}

/// How much of the height of the shorter side lies beside the other, 0 to 1.
fn beside(left: &[Piece], right: &[Piece]) -> f32 {
    let reach = |pieces: &[Piece]| {
        let bottom = pieces.iter().map(|piece| piece.bottom).fold(f32::INFINITY, f32::min);
        let top = pieces.iter().map(|piece| piece.top).fold(f32::NEG_INFINITY, f32::max);
        (bottom, top)
    };
    let ((low, high), (other_low, other_high)) = (reach(left), reach(right));
    let shorter = (high - low).min(other_high - other_low).max(1.0);
    (high.min(other_high) - low.max(other_low)) / shorter
}

/// Breaks the characters into pieces at line ends and at gaps wider than one and a half letters are high.
fn pieces_of(glyphs: &[Glyph]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open: Option<Piece> = None;
    for glyph in glyphs.iter().filter(|glyph| !glyph.generated && !glyph.character.is_whitespace()) {
        if glyph.right <= glyph.left || glyph.top <= glyph.bottom {
            continue;
        }
        let height = glyph.top - glyph.bottom;
        match open.as_mut() {
            Some(piece)
                if (glyph.bottom - piece.bottom).abs() < height
                    && glyph.left >= piece.left
                    && glyph.left - piece.right < 1.5 * height =>
            {
                piece.right = piece.right.max(glyph.right);
                piece.letters += 1;
            }
            _ => {
                pieces.extend(open.take());
                let Glyph { left, right, bottom, top, .. } = *glyph;
                open = Some(Piece { left, right, bottom, top, letters: 1 });
            }
        }
    }
    pieces.extend(open);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(left: f32, letters: usize, lines: u8) -> Vec<Glyph> {
        let mut glyphs = Vec::new();
        for line in 0..lines {
            let bottom = 700.0 - 12.0 * f32::from(line);
            let mut left = left;
            for _ in 0..letters {
                let (right, top) = (left + 5.0, bottom + 10.0);
                glyphs.push(Glyph { character: 'x', left, right, bottom, top, generated: false });
                left = right;
            }
        }
        glyphs
    }

    #[test]
    fn two_blocks_side_by_side_are_two_columns() {
        let mut glyphs = block(40.0, 30, 20);
        glyphs.extend(block(300.0, 40, 20));
        assert_eq!(count(&glyphs), 2);
    }

    #[test]
    fn dates_in_the_margin_are_no_column() {
        let mut glyphs = block(40.0, 80, 20);
        glyphs.extend(block(500.0, 8, 20));
        assert_eq!(count(&glyphs), 1);
    }

    #[test]
    fn a_page_without_text_has_none() {
        assert_eq!(count(&[]), 0);
    }
}
