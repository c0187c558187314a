//! Fillers by their sound: steady voiced stretches that no word covers.
//!
//! They give the decoder's fillers their times, and stand for those that it left out.

use std::f32::consts::PI;

use super::words::Word;

/// Samples from frame to frame, and in one frame: 10 and 40 ms.
const STEP: usize = 160;
const FRAME: usize = 640;
/// Seconds from frame to frame.
const STEP_SECONDS: f32 = 0.01;
/// Samples in one period of a voice: 400 to 70 Hz.
const SHORTEST_PERIOD: usize = 40;
const LONGEST_PERIOD: usize = 228;
/// Points of the Fourier transform, and how many of the frame's samples come before them.
const POINTS: usize = 512;
const LEFT_OUT: usize = 64;
/// Bands of the spectrum, between these frequencies in Hz.
const BANDS: usize = 12;
const LOWEST_BAND: f32 = 300.0;
const HIGHEST_BAND: f32 = 4_000.0;

/// How alike one period and the next are in a voice, at least.
const VOICED: f32 = 0.75;
/// How far under the loud parts a filler may lie, in dB.
const UNDER_LOUD: f32 = 16.0;
/// How much the spectrum may change in a frame,
const CHANGE: f32 = 4.8;
/// on average over a filler,
const MEAN_CHANGE: f32 = 2.6;
/// from so many frames before to so many after.
const CHANGE_OVER: usize = 5;
/// How many frames in a row may be missing.
const MOST_MISSING: usize = 3;
/// How long a filler lasts, in seconds.
const SHORTEST: f32 = 0.22;
const LONGEST: f32 = 1.2;
/// How far its pitch may lie from its middle, as a share.
const PITCH_DEVIATION: f32 = 0.04;
/// How much of it may be words.
const COVERED: f32 = 0.25;
/// High bands fall by this much where the mouth closes: "um", not "uh"; in dB.
const CLOSING_FALL: f32 = 6.0;
/// How far from its neighbouring words a filler may lie within them, in seconds.
const OVERLAP: f32 = 0.15;
/// What a filler that only its sound tells of is believed.
const BELIEVED: f32 = 0.5;

/// A stretch that sounds like a filler, in seconds from the start of the segment.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sound {
    pub(super) start: f32,
    pub(super) end: f32,
    /// Whether the mouth closes at its end.
    pub(super) is_closing: bool,
}

impl Sound {
    fn middle(&self) -> f32 {
        f32::midpoint(self.start, self.end)
    }
}

/// The frames of a segment.
struct Frames {
    voiced: Vec<f32>,
    pitch: Vec<f32>,
    energy: Vec<f32>,
    bands: Vec<[f32; BANDS]>,
}

/// Stretches of a segment that sound like fillers and are not covered by words.
pub(super) fn sounds(samples: &[f32], words: &[Word]) -> Vec<Sound> {
    let frames = Frames::of(samples);
    let count = frames.voiced.len();
    let mut energies = frames.energy.clone();
    energies.sort_by(f32::total_cmp);
    let Some(loud) = energies.get(count * 9 / 10) else { return Vec::new() };
    let changes: Vec<f32> = (0..count).map(|frame| frames.change(frame)).collect();
    let is_steady = |frame: usize| {
        frames.voiced[frame] > VOICED && frames.energy[frame] > loud - UNDER_LOUD && changes[frame] < CHANGE
    };
    let mut sounds = Vec::new();
    let mut frame = 0;
    while frame < count {
        if !is_steady(frame) {
            frame += 1;
            continue;
        }
        let (first, mut last, mut missing) = (frame, frame, 0);
        while frame < count && missing <= MOST_MISSING {
            if is_steady(frame) {
                (last, missing) = (frame, 0);
            } else {
                missing += 1;
            }
            frame += 1;
        }
        let sound = frames.sound(first, last);
        let is_filler = (SHORTEST..=LONGEST).contains(&(sound.end - sound.start))
            && mean(&changes[first..=last]) <= MEAN_CHANGE
            && deviation(&frames.pitch[first..=last]) <= PITCH_DEVIATION
            && covered(&sound, words) <= COVERED;
        if is_filler {
            sounds.push(sound);
        }
    }
    sounds
}

/// Words with the sounds among them. Between two words that say something, the decoder's fillers and the sounds
/// are matched in order, the shorter list to the longer one with the least way between them. A filler takes the
/// time of its sound; a sound without one is a filler that the decoder left out.
pub(super) fn merged(words: Vec<Word>, mut sounds: Vec<Sound>) -> Vec<Word> {
    let mut merged = Vec::with_capacity(words.len() + sounds.len());
    let mut words = words.into_iter().peekable();
    let mut from = f32::MIN;
    loop {
        let mut fillers = Vec::new();
        while let Some(filler) = words.next_if(|word| word.is_filler) {
            fillers.push(filler);
        }
        let next = words.next();
        let to = next.as_ref().map_or(f32::MAX, |word| word.start);
        let is_between = |sound: &Sound| {
            let middle = sound.middle();
            middle > from - OVERLAP && middle < to + OVERLAP
        };
        let (between, rest) = sounds.into_iter().partition(is_between);
        sounds = rest;
        merged.extend(matched(fillers, between));
        let Some(word) = next else { return merged };
        from = word.end;
        merged.push(word);
    }
}

fn matched(mut fillers: Vec<Word>, sounds: Vec<Sound>) -> Vec<Word> {
    let said: Vec<f32> = fillers.iter().map(Word::middle).collect();
    let heard: Vec<f32> = sounds.iter().map(Sound::middle).collect();
    let pairs: Vec<(usize, usize)> = if said.len() <= heard.len() {
        nearest_in_order(&said, &heard)
    } else {
        nearest_in_order(&heard, &said).into_iter().map(|(sound, filler)| (filler, sound)).collect()
    };
    for (filler, sound) in &pairs {
        (fillers[*filler].start, fillers[*filler].end) = (sounds[*sound].start, sounds[*sound].end);
    }
    for (place, sound) in sounds.into_iter().enumerate() {
        if !pairs.iter().any(|(_, matched)| *matched == place) {
            fillers.push(Word {
                text: if sound.is_closing { "um" } else { "uh" }.to_owned(),
                start: sound.start,
                end: sound.end,
                confidence: BELIEVED,
                is_filler: true,
            });
        }
    }
    fillers.sort_by(|left, right| left.start.total_cmp(&right.start));
    fillers
}

/// Which of the more points goes with each of the fewer, in order and with the least way in all.
fn nearest_in_order(fewer: &[f32], more: &[f32]) -> Vec<(usize, usize)> {
    let mut least = vec![vec![f32::MAX; more.len() + 1]; fewer.len() + 1];
    least[0].fill(0.0);
    for (few, point) in fewer.iter().enumerate() {
        for (many, other) in more.iter().enumerate().skip(few) {
            let taken = least[few][many] + (point - other).abs();
            least[few + 1][many + 1] = least[few + 1][many].min(taken);
        }
    }
    let (mut few, mut many) = (fewer.len(), more.len());
    let mut pairs = Vec::with_capacity(few);
    while few > 0 && many > 0 {
        if many > few && least[few][many].total_cmp(&least[few][many - 1]).is_eq() {
            many -= 1;
        } else {
            (few, many) = (few - 1, many - 1);
            pairs.push((few, many));
        }
    }
    pairs
}

impl Frames {
    fn of(samples: &[f32]) -> Self {
        let edges = band_edges();
        let mut frames =
            Self { voiced: Vec::new(), pitch: Vec::new(), energy: Vec::new(), bands: Vec::new() };
        for frame in samples.windows(FRAME).step_by(STEP) {
            let middle = mean(frame);
            let centred: Vec<f32> = frame.iter().map(|sample| sample - middle).collect();
            let power = centred.iter().map(|sample| sample * sample).sum::<f32>() / as_f32(FRAME);
            let (voiced, period) = voice(&centred);
            frames.energy.push(10.0 * (power + 1e-10).log10());
            frames.voiced.push(voiced);
            frames.pitch.push(if period > 0 { 16_000.0 / as_f32(period) } else { 0.0 });
            frames.bands.push(bands(&centred, &edges));
        }
        frames
    }

    /// How much the spectrum changes around a frame, its loudness left aside.
    fn change(&self, frame: usize) -> f32 {
        let before = &self.bands[frame.saturating_sub(CHANGE_OVER)];
        let after = &self.bands[(frame + CHANGE_OVER).min(self.bands.len() - 1)];
        let steps: Vec<f32> = after.iter().zip(before).map(|(after, before)| after - before).collect();
        let louder = mean(&steps);
        mean(&steps.iter().map(|step| (step - louder).powi(2)).collect::<Vec<_>>()).sqrt()
    }

    /// A run of frames, from the middle of the first one's first half to that of the last one's second.
    fn sound(&self, first: usize, last: usize) -> Sound {
        let brightness = |frame: usize| {
            let bands = &self.bands[frame];
            mean(&bands[BANDS / 2..]) - mean(&bands[..BANDS / 4])
        };
        let last_quarter = last - (last - first) / 4;
        let over = |frames: std::ops::Range<usize>| mean(&frames.map(brightness).collect::<Vec<_>>());
        let before = over(first..last_quarter.max(first + 1));
        Sound {
            start: as_f32(first) * STEP_SECONDS + 0.01,
            end: as_f32(last) * STEP_SECONDS + 0.03,
            is_closing: over(last_quarter..last + 1) < before - CLOSING_FALL,
        }
    }
}

/// How alike one period and the next are, and how many samples that period has.
fn voice(frame: &[f32]) -> (f32, usize) {
    let (mut best, mut period) = (0.0, 0);
    for lag in (SHORTEST_PERIOD..=LONGEST_PERIOD).step_by(2) {
        let (mut now, mut later, mut both) = (1e-9_f32, 0.0_f32, 0.0_f32);
        for (sample, other) in frame.iter().zip(&frame[lag..]) {
            now += sample * sample;
            later += other * other;
            both += sample * other;
        }
        let alike = both / (now * later + 1e-12).sqrt();
        // The shortest of several periods is the pitch.
        if alike > best + 0.02 {
            (best, period) = (alike, lag);
        }
    }
    (best, period)
}

/// Where each band begins, in points of the transform; as wide as each other on a logarithmic scale.
fn band_edges() -> [usize; BANDS + 1] {
    let mut share = -1.0;
    [(); BANDS + 1].map(|()| {
        share += 1.0;
        let log = LOWEST_BAND.ln() + (HIGHEST_BAND / LOWEST_BAND).ln() * share / as_f32(BANDS);
        point(log.exp() / 16_000.0 * as_f32(POINTS))
    })
}

/// The loudness of each band, in dB.
fn bands(frame: &[f32], edges: &[usize; BANDS + 1]) -> [f32; BANDS] {
    let mut real = [0.0; POINTS];
    for (place, (value, sample)) in real.iter_mut().zip(&frame[LEFT_OUT..]).enumerate() {
        *value = sample * (0.5 - 0.5 * (2.0 * PI * as_f32(place) / as_f32(POINTS - 1)).cos());
    }
    let mut imaginary = [0.0; POINTS];
    transform(&mut real, &mut imaginary);
    let mut bands = [0.0; BANDS];
    for (place, band) in bands.iter_mut().enumerate() {
        let points = edges[place]..edges[place + 1].max(edges[place] + 1);
        let power: f32 = points.map(|point| real[point].powi(2) + imaginary[point].powi(2)).sum();
        *band = 10.0 * (power + 1e-6).log10();
    }
    bands
}

/// The Fourier transform, in place.
fn transform(real: &mut [f32; POINTS], imaginary: &mut [f32; POINTS]) {
    for place in 1..POINTS {
        let other = place.reverse_bits() >> (usize::BITS - POINTS.trailing_zeros());
        if place < other {
            real.swap(place, other);
            imaginary.swap(place, other);
        }
    }
    let mut length = 2;
    while length <= POINTS {
        let angle = -2.0 * PI / as_f32(length);
        for step in 0..length / 2 {
            let (sin, cos) = (angle * as_f32(step)).sin_cos();
            for start in (0..POINTS).step_by(length) {
                let (left, right) = (start + step, start + step + length / 2);
                let turned =
                    (real[right] * cos - imaginary[right] * sin, real[right] * sin + imaginary[right] * cos);
                (real[right], imaginary[right]) = (real[left] - turned.0, imaginary[left] - turned.1);
                real[left] += turned.0;
                imaginary[left] += turned.1;
            }
        }
        length *= 2;
    }
}

/// How far the pitch lies from its middle in three frames of four.
fn deviation(pitch: &[f32]) -> f32 {
    let mut sorted = pitch.to_vec();
    sorted.sort_by(f32::total_cmp);
    let middle = sorted[sorted.len() / 2];
    let mut away: Vec<f32> = pitch.iter().map(|pitch| (pitch - middle).abs() / middle.max(1.0)).collect();
    away.sort_by(f32::total_cmp);
    away[away.len() * 3 / 4]
}

/// How much of a sound is words that say something.
fn covered(sound: &Sound, words: &[Word]) -> f32 {
    let words = words.iter().filter(|word| !word.is_filler);
    let shared: f32 =
        words.map(|word| (word.end.min(sound.end) - word.start.max(sound.start)).max(0.0)).sum();
    shared / (sound.end - sound.start)
}

fn mean(values: &[f32]) -> f32 {
    values.iter().sum::<f32>() / as_f32(values.len().max(1))
}

#[expect(clippy::cast_precision_loss, reason = "segments have thousands of frames")]
fn as_f32(count: usize) -> f32 {
    count as f32
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a point of the transform")]
fn point(value: f32) -> usize {
    value as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, start: f32, end: f32) -> Word {
        let is_filler = matches!(text, "um" | "uh");
        Word { text: text.to_owned(), start, end, confidence: 0.9, is_filler }
    }

    fn sound(start: f32, end: f32) -> Sound {
        Sound { start, end, is_closing: false }
    }

    fn told(words: &[Word]) -> Vec<(&str, f32)> {
        words.iter().map(|word| (word.text.as_str(), word.start)).collect()
    }

    #[test]
    fn a_filler_takes_the_time_of_its_sound() {
        let words = vec![word("so", 0.0, 0.2), word("um", 0.2, 1.1), word("we", 1.5, 1.7)];
        let merged = merged(words, vec![sound(0.9, 1.3)]);
        assert_eq!(told(&merged), [("so", 0.0), ("um", 0.9), ("we", 1.5)]);
    }

    #[test]
    fn a_sound_without_a_filler_is_one_that_was_left_out() {
        let words = vec![word("so", 0.0, 0.2), word("we", 1.5, 1.7)];
        let closing = Sound { is_closing: true, ..sound(0.9, 1.3) };
        let merged = merged(words, vec![closing, sound(2.0, 2.4)]);
        assert_eq!(told(&merged), [("so", 0.0), ("um", 0.9), ("we", 1.5), ("uh", 2.0)]);
        assert!(merged[1].is_filler && merged[3].is_filler);
    }

    #[test]
    fn of_several_fillers_each_takes_the_nearest_sound_in_order() {
        let words = vec![word("uh", 0.0, 0.4), word("um", 1.0, 1.4), word("uh", 2.0, 2.4)];
        let merged = merged(words, vec![sound(1.1, 1.5), sound(2.6, 3.0)]);
        assert_eq!(told(&merged), [("uh", 0.0), ("um", 1.1), ("uh", 2.6)]);
    }

    #[test]
    fn sounds_do_not_move_past_words() {
        let words = vec![word("uh", 0.0, 0.4), word("we", 1.0, 1.2), word("go", 3.0, 3.2)];
        let merged = merged(words, vec![sound(2.0, 2.4)]);
        assert_eq!(told(&merged), [("uh", 0.0), ("we", 1.0), ("uh", 2.0), ("go", 3.0)]);
    }

    /// Half a second of a voice at 120 Hz between two of silence.
    #[test]
    fn a_steady_voice_is_a_sound_unless_words_cover_it() {
        let voice = |at: usize| {
            let time = as_f32(at) / 16_000.0;
            (1..20).map(|over| (2.0 * PI * 120.0 * as_f32(over) * time).sin() / as_f32(over)).sum::<f32>()
                * 0.1
        };
        let samples: Vec<f32> =
            (0..24_000).map(|at| if (8_000..16_000).contains(&at) { voice(at) } else { 0.0 }).collect();
        let found = sounds(&samples, &[]);
        assert_eq!(found.len(), 1);
        assert!((found[0].start - 0.5).abs() < 0.1 && (found[0].end - 1.0).abs() < 0.1, "{found:?}");
        assert!(sounds(&samples, &[word("yes", 0.4, 1.1)]).is_empty());
        assert!(sounds(&[0.0; 100], &[]).is_empty());
    }
}
