//! From samples to what the encoder takes in: the logarithm of the power in 80 mel bands, a hundred times a second.

use std::f64::consts::PI;

use super::matrix::{View, multiply};

/// Samples under one window, and between the beginnings of two.
const WINDOW: usize = 400;
pub(super) const STEP: usize = 160;
/// Frequencies told apart in a window.
const BINS: usize = WINDOW / 2 + 1;
/// Mel bands.
pub(super) const BANDS: usize = 80;
/// Nothing is quieter.
const LEAST_POWER: f32 = 1e-10;
/// What is this much quieter than the loudest, in powers of ten, counts as silence.
const DEPTH: f32 = 8.0;

/// Turns samples into mel bands.
pub(super) struct Mel {
    /// Cosines and sines of each frequency under a Hann window: a row for each sample.
    waves: Vec<f32>,
    /// How much of each frequency is in a band: a row for each band.
    filters: Vec<f32>,
}

impl Mel {
    /// `filters` has a row of 201 numbers for each of 80 bands; `None` where it has not.
    pub(super) fn new(filters: Vec<f32>) -> Option<Self> {
        (filters.len() == BANDS * BINS).then(|| Self { waves: waves(), filters })
    }

    /// The bands of so many frames of samples at 16 kHz, a row for each frame. Silence follows the samples.
    pub(super) fn bands(&self, samples: &[f32], frames: usize) -> Vec<f32> {
        let mut heard = vec![0.0; (frames + 2) * STEP + WINDOW];
        let before = WINDOW / 2;
        // A window is about its frame: the beginning is mirrored.
        for (place, value) in heard.iter_mut().take(before).enumerate() {
            *value = samples.get(before - place).copied().unwrap_or_default();
        }
        for (value, sample) in heard[before..].iter_mut().zip(samples) {
            *value = *sample;
        }
        let mut waves = vec![0.0; frames * 2 * BINS];
        let shape = (frames, 2 * BINS, WINDOW);
        multiply(&mut waves, 2 * BINS, shape, View::rows(&heard, STEP), View::rows(&self.waves, 2 * BINS));
        let mut powers = vec![0.0; frames * BINS];
        for (row, waves) in powers.chunks_exact_mut(BINS).zip(waves.chunks_exact(2 * BINS)) {
            let (cosines, sines) = waves.split_at(BINS);
            for ((power, cosine), sine) in row.iter_mut().zip(cosines).zip(sines) {
                *power = cosine * cosine + sine * sine;
            }
        }
        let mut bands = vec![0.0; frames * BANDS];
        let (left, right) = (View::rows(&powers, BINS), View::columns(&self.filters, BINS));
        multiply(&mut bands, BANDS, (frames, BANDS, BINS), left, right);
        for band in &mut bands {
            *band = band.max(LEAST_POWER).log10();
        }
        let quietest = bands.iter().copied().fold(f32::MIN, f32::max) - DEPTH;
        for band in &mut bands {
            *band = (band.max(quietest) + 4.0) / 4.0;
        }
        bands
    }
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "places in a window of 400")]
fn waves() -> Vec<f32> {
    let turn = |part: usize| 2.0 * PI * (part % WINDOW) as f64 / WINDOW as f64;
    let row = |sample: usize| {
        let window = 0.5 * (1.0 - turn(sample).cos());
        let cosines = (0..BINS).map(move |bin| window * turn(sample * bin).cos());
        let sines = (0..BINS).map(move |bin| window * turn(sample * bin).sin());
        cosines.chain(sines).map(|value| value as f32)
    };
    (0..WINDOW).flat_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_is_loudest_in_its_own_band() {
        // Band `n` takes frequencies 2n and 2n + 1, 40 Hz apart.
        let mut filters = vec![0.0; BANDS * BINS];
        for band in 0..BANDS {
            filters[band * BINS + 2 * band] = 1.0;
            filters[band * BINS + 2 * band + 1] = 1.0;
        }
        let mel = Mel::new(filters).unwrap();
        let tone: Vec<f32> =
            (0_u16..8_000).map(|at| (f32::from(at) * std::f32::consts::FRAC_PI_8).sin() * 0.5).collect();
        let bands = mel.bands(&tone, 100);
        let loudest = |frame: usize| {
            let row = &bands[frame * BANDS..(frame + 1) * BANDS];
            (0..BANDS).max_by(|left, right| row[*left].total_cmp(&row[*right])).unwrap()
        };
        // A sixteenth of the sampling rate is 1 kHz: the 25th frequency.
        assert_eq!((loudest(3), loudest(40)), (12, 12));
        let silence = &bands[90 * BANDS..];
        assert!(
            silence.iter().all(|value| (value - silence[0]).abs() < 1e-6),
            "nothing is heard after the end"
        );
    }

    #[test]
    fn filters_of_another_size_are_refused() {
        assert!(Mel::new(vec![0.0; 80 * 200]).is_none());
    }
}
