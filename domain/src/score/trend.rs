//! Whether scores changed over time by more than they are uncertain.

/// So many scores at either end are compared, where there are as many.
const COMPARED: usize = 3;

/// A score or level over several answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// The mean.
    pub value: f64,
    /// Half the width of its 90 % interval; `None` where that is not known.
    pub noise: Option<f64>,
}

/// Which way scores went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// By more than the noise.
    Up,
    /// By more than the noise.
    Down,
    /// Nobody can tell.
    WithinNoise,
}

/// How scores changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// The newest, on average, less those before them.
    pub difference: f64,
    /// Half the width of the 90 % interval of the difference.
    pub noise: f64,
    /// So many at either end were compared.
    pub compared: usize,
}

impl Change {
    /// Which way.
    pub fn direction(self) -> Direction {
        match self.difference {
            difference if difference > self.noise => Direction::Up,
            difference if difference < -self.noise => Direction::Down,
            _ => Direction::WithinNoise,
        }
    }
}

/// The newest three values against the three before, or fewer where there are fewer; `values` come oldest first. `None`
/// for less than two, or where the noise of one is not known.
///
/// Errors of interviews are taken as independent of each other: what the evaluator gets wrong in the same way every time is
/// in all of them alike, and no part of a change.
pub fn change(values: &[Measured]) -> Option<Change> {
    let compared = COMPARED.min(values.len() / 2);
    let (rest, newest) = values.split_at(values.len() - compared);
    let before = rest.split_at(rest.len().saturating_sub(compared)).1;
    let ((then, then_noise), (now, now_noise)) = (mean(before)?, mean(newest)?);
    Some(Change { difference: now - then, noise: then_noise.hypot(now_noise), compared })
}

fn mean(values: &[Measured]) -> Option<(f64, f64)> {
    let noises: Option<Vec<f64>> = values.iter().map(|one| one.noise).collect();
    let squares: f64 = noises?.iter().map(|noise| noise * noise).sum();
    let count = u32::try_from(values.len()).ok().filter(|count| *count > 0)?;
    let sum: f64 = values.iter().map(|one| one.value).sum();
    Some((sum / f64::from(count), squares.sqrt() / f64::from(count)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(values: &[f64], noise: f64) -> Vec<Measured> {
        values.iter().map(|value| Measured { value: *value, noise: Some(noise) }).collect()
    }

    #[test]
    fn what_is_less_than_the_noise_is_no_change() {
        let change = change(&measured(&[50.0, 58.0], 8.0)).unwrap();
        assert_eq!((change.difference, change.compared), (8.0, 1));
        assert!((change.noise - 11.3).abs() < 0.05, "{change:?}");
        assert_eq!(change.direction(), Direction::WithinNoise);
    }

    #[test]
    fn over_more_interviews_the_same_difference_is_one() {
        let change = change(&measured(&[10.0, 50.0, 51.0, 49.0, 58.0, 57.0, 59.0], 8.0)).unwrap();
        assert_eq!((change.difference, change.compared), (8.0, 3));
        assert_eq!(change.direction(), Direction::Up);
        let falling: Vec<Measured> =
            measured(&[50.0, 51.0, 49.0, 58.0, 57.0, 59.0], 8.0).into_iter().rev().collect();
        assert_eq!(super::change(&falling).unwrap().direction(), Direction::Down);
    }

    #[test]
    fn one_score_or_an_unknown_noise_is_compared_with_nothing() {
        assert_eq!(change(&measured(&[50.0], 8.0)), None);
        let mut values = measured(&[50.0, 90.0], 8.0);
        values[0].noise = None;
        assert_eq!(change(&values), None);
    }
}
