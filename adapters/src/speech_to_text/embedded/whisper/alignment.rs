//! When tokens were said: the way through the sound along which they looked.
//!
//! As the `timing.py` of Whisper's authors does it: looks are brought to mean 0 and deviation 1 at each position, smoothed by a median
//! over time, averaged over heads; dynamic time warping finds the path.

/// Positions under the median.
const SMOOTHED: usize = 7;
const EPSILON: f32 = 1e-9;

/// At which position each of some tokens ends.
///
/// `looks` has for each token that was read the shares of each of `heads`, `sounds` at a time, the first `before` of
/// them for signs that come before the text; the one before the first token of the text is the last of these. Only the
/// first `heard` positions hold sound. One token fewer has an end than was read, but for the signs.
pub(super) fn ends(
    looks: &[Vec<f32>],
    before: usize,
    heads: usize,
    sounds: usize,
    heard: usize,
) -> Vec<usize> {
    let heard = heard.clamp(1, sounds.max(1));
    let (tokens, first) = (looks.len(), before.saturating_sub(1));
    if tokens <= before || heads == 0 || looks.iter().any(|look| look.len() < heads * sounds) {
        return Vec::new();
    }
    let mut costs = vec![0.0_f32; (tokens - first) * heard];
    let mut row = vec![0.0_f32; tokens * heard];
    for head in 0..heads {
        for (token, look) in looks.iter().enumerate() {
            row[token * heard..(token + 1) * heard]
                .copy_from_slice(&look[head * sounds..head * sounds + heard]);
        }
        standardise(&mut row, tokens, heard);
        for (costs, row) in costs.chunks_exact_mut(heard).zip(row[first * heard..].chunks_exact(heard)) {
            for (place, cost) in costs.iter_mut().enumerate() {
                *cost -= median(row, place);
            }
        }
    }
    path_beginnings(&costs, heard).into_iter().skip(1).collect()
}

/// Brings each column of `rows` rows to mean 0 and deviation 1.
#[expect(clippy::cast_precision_loss, reason = "there are a few hundred tokens")]
fn standardise(numbers: &mut [f32], rows: usize, columns: usize) {
    for column in 0..columns {
        let places = || (0..rows).map(|row| row * columns + column);
        let mean = places().map(|place| numbers[place]).sum::<f32>() / rows as f32;
        let square = |place: usize| (numbers[place] - mean).powi(2);
        let deviation = (places().map(square).sum::<f32>() / rows as f32 + EPSILON).sqrt();
        for place in places() {
            numbers[place] = (numbers[place] - mean) / deviation;
        }
    }
}

/// The median about a place; a row goes on beyond its ends as in a mirror.
fn median(row: &[f32], place: usize) -> f32 {
    let last = row.len() - 1;
    let mut around = [0.0; SMOOTHED];
    for (offset, value) in around.iter_mut().enumerate() {
        let at = (place + offset).abs_diff(SMOOTHED / 2);
        let at = if at > last { (2 * last).saturating_sub(at) } else { at };
        *value = row[at];
    }
    around.sort_unstable_by(f32::total_cmp);
    around[SMOOTHED / 2]
}

/// The cheapest way from the first row and column to the last, on which each step goes on by a row, a column or both:
/// at which column each row is entered.
fn path_beginnings(costs: &[f32], columns: usize) -> Vec<usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum Step {
        Both,
        Row,
        Column,
    }
    let rows = costs.len() / columns;
    let mut steps = vec![Step::Column; costs.len()];
    // What it costs to come to each place of the row above and of this one, with a border before the first column.
    let mut above = vec![f32::INFINITY; columns + 1];
    above[0] = 0.0;
    for row in 0..rows {
        let mut here = vec![f32::INFINITY; columns + 1];
        for column in 0..columns {
            let (both, down, along) = (above[column], above[column + 1], here[column]);
            let (step, cost) = if both < down && both < along {
                (Step::Both, both)
            } else if down < both && down < along {
                (Step::Row, down)
            } else {
                (Step::Column, along)
            };
            steps[row * columns + column] = step;
            here[column + 1] = cost + costs[row * columns + column];
        }
        above = here;
    }
    let mut beginnings = vec![0; rows];
    let (mut row, mut column) = (rows - 1, columns - 1);
    loop {
        beginnings[row] = column;
        let step = match (row, column) {
            (0, _) => break,
            (_, 0) => Step::Row,
            (_, _) => steps[row * columns + column],
        };
        row -= usize::from(step != Step::Column);
        column -= usize::from(step != Step::Row);
    }
    beginnings[0] = 0;
    beginnings
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks of one head at one place each, sharply.
    fn looking_at(places: &[usize], sounds: usize) -> Vec<Vec<f32>> {
        let look = |place: &usize| {
            (0..sounds).map(|at| if at.abs_diff(*place) <= 4 { 0.1 } else { 0.001 }).collect::<Vec<f32>>()
        };
        places.iter().map(look).collect()
    }

    #[test]
    fn a_token_ends_where_the_next_one_is_looked_at() {
        // Two signs, then four tokens of the text, which look 20 positions apart.
        let looks = looking_at(&[5, 5, 25, 45, 65, 85], 120);
        let ends = ends(&looks, 2, 1, 120, 100);
        assert_eq!(ends.len(), 4);
        for (place, end) in ends.iter().enumerate() {
            let expected = 15 + 20 * place;
            assert!(end.abs_diff(expected) <= 6, "{place}: {end} instead of about {expected}");
        }
    }

    #[test]
    fn ends_go_forward_and_stay_in_the_sound() {
        let looks = looking_at(&[60, 10, 50, 20, 90, 40], 120);
        let ends = ends(&looks, 1, 1, 120, 70);
        assert!(ends.is_sorted() && ends.iter().all(|end| *end < 70), "{ends:?}");
    }

    #[test]
    fn what_is_not_there_has_no_end() {
        assert_eq!(ends(&[], 4, 8, 100, 100), Vec::<usize>::new());
        assert_eq!(ends(&looking_at(&[1, 2], 10), 2, 1, 10, 10), Vec::<usize>::new());
    }

    #[test]
    fn one_odd_number_moves_no_median() {
        let row = [1.0, 1.0, 1.0, 9.0, 1.0, 1.0, 1.0, 1.0];
        assert!((0..8).all(|place| (median(&row, place) - 1.0).abs() < f32::EPSILON));
    }
}
