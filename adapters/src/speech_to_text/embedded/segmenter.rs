//! Cuts a stream into stretches of speech, at its pauses.
//!
//! In frames of 10 ms. Somebody speaks where the voice model says so, or where it is at least not sure of the
//! opposite and the sound stands clear of the noise: that is what hums, laughter and whispering look like.

use std::collections::VecDeque;

use super::silero::{CHUNK, Silero};

/// Samples in one frame.
pub(super) const FRAME: usize = 160;
/// Samples that the energy of one frame is taken over.
const WINDOW: usize = 400;
/// What is certainly no rumble, in Hz.
const HIGH_PASS: f32 = 80.0;

/// The voice model believes in speech from here on,
const VOICE_ON: f32 = 0.5;
/// and until here.
const VOICE_OFF: f32 = 0.35;
/// What is loud is speech where the voice model allows at least this,
const VOICE_ALLOWED: f32 = 0.03;
/// it stands this far above the noise, in dB,
const ABOVE_NOISE: f32 = 18.0;
/// is louder than this, in dBFS,
const AUDIBLE: f32 = -58.0;
/// and stays so for this many frames.
const LOUD_FRAMES: usize = 8;

/// The noise is the tenth part of this many frames that is the most quiet,
const NOISE_FRAMES: usize = 301;
/// rises by this much a frame at most, in dB,
const NOISE_RISE: f32 = 0.03;
/// and lies between these, in dBFS, where the stream begins.
const LEAST_NOISE: f32 = -75.0;
const FIRST_NOISE: f32 = -60.0;

/// A stretch begins this long before speech is found: vowels that fade in are found late.
pub(super) const BEFORE: usize = 50;
/// It ends at most this long after speech.
const AFTER: usize = 40;
/// After this silence a stretch is over,
const CLOSING: usize = 60;
/// or after this one, once it is long.
const CLOSING_LONG: usize = 25;
const LONG: usize = 700;
/// Longer ones are cut where they are most quiet.
const LONGEST: usize = 1_000;
/// How far back such a cut is looked for.
const CUT_WITHIN: usize = 300;
/// After this silence a stretch may be over.
const PAUSE: usize = 30;
/// Stretches with less speech are noises.
const LEAST_SPEECH: usize = 10;

/// A stretch of speech, in frames of the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The last frame in which somebody spoke.
    pub(super) last_spoken: usize,
}

impl Segment {
    /// Whether another segment holds the same speech: it may end in more silence.
    pub(super) fn says_the_same_as(&self, other: &Self) -> bool {
        self.start == other.start && self.last_spoken == other.last_spoken
    }
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// A segment is over.
    Closed(Segment),
    /// The open segment paused; unless somebody goes on, this is it.
    Paused(Segment),
}

/// The segment that is not over yet.
#[derive(Debug, Clone, Copy)]
struct Open {
    start: usize,
    last_spoken: usize,
    spoken: usize,
    is_pause_told: bool,
}

/// One stream being cut.
pub(super) struct Segmenter {
    listener: Listener,
    cutter: Cutter,
}

impl Segmenter {
    pub(super) fn new(silero: Silero) -> Self {
        Self { listener: Listener::new(silero), cutter: Cutter::default() }
    }

    /// Where the open segment begins.
    pub(super) fn open_since(&self) -> Option<usize> {
        self.cutter.open.map(|open| open.start)
    }

    /// Whether somebody spoke in the last tenth of a second.
    pub(super) fn is_speaking(&self) -> bool {
        self.cutter.open.is_some_and(|open| self.cutter.history.end() - open.last_spoken <= 10)
    }

    /// From which frame on audio may still be wanted.
    pub(super) fn needed_from(&self) -> usize {
        let earliest = self.cutter.history.end().saturating_sub(BEFORE + LOUD_FRAMES);
        self.open_since().unwrap_or_else(|| earliest.max(self.cutter.closed_until))
    }

    /// Takes the next samples, from -1 to 1.
    pub(super) fn take(&mut self, samples: impl Iterator<Item = f32>) -> Vec<Found> {
        self.listener.take(samples);
        let mut found = Vec::new();
        while let Some((energy, voice)) = self.listener.next_frame() {
            self.cutter.step(energy, voice, &mut found);
        }
        found
    }

    /// Ends the open segment where the stream, of so many frames, ends for now.
    pub(super) fn close(&mut self, frames: usize) -> Option<Segment> {
        self.cutter.close(frames)
    }
}

/// Finds segments in what each frame sounds like.
#[derive(Default)]
struct Cutter {
    history: History,
    noise: Option<f32>,
    is_voice: bool,
    loud: usize,
    open: Option<Open>,
    /// Where the last segment ended: none begins before.
    closed_until: usize,
}

impl Cutter {
    fn close(&mut self, frames: usize) -> Option<Segment> {
        let open = self.open.take()?;
        if open.spoken < LEAST_SPEECH {
            return None;
        }
        let end = frames.min(open.last_spoken + 1 + AFTER);
        self.closed_until = end;
        Some(Segment { start: open.start, end, last_spoken: open.last_spoken })
    }

    fn step(&mut self, energy: f32, voice: f32, found: &mut Vec<Found>) {
        let frame = self.history.end();
        self.history.energies.push_back(energy);
        let noise = self.noise_at(energy);
        self.is_voice = voice >= VOICE_ON || (self.is_voice && voice >= VOICE_OFF);
        let is_loud = energy - noise >= ABOVE_NOISE && voice >= VOICE_ALLOWED && energy > AUDIBLE;
        self.loud = if is_loud { self.loud + 1 } else { 0 };
        let is_speech = self.is_voice || self.loud >= LOUD_FRAMES;
        self.history.speech.push_back(is_speech);
        if is_speech {
            self.speak(frame);
        } else {
            self.fall_silent(frame, found);
        }
        self.cut_if_too_long(frame, found);
        self.history.forget();
    }

    fn noise_at(&mut self, energy: f32) -> f32 {
        let mut recent: Vec<f32> = self.history.energies.iter().rev().take(NOISE_FRAMES).copied().collect();
        let place = recent.len() / 10;
        let quiet = *recent.select_nth_unstable_by(place, f32::total_cmp).1;
        let before = self.noise.unwrap_or(energy.min(FIRST_NOISE));
        let noise = quiet.min(before + NOISE_RISE).max(LEAST_NOISE);
        self.noise = Some(noise);
        noise
    }

    fn speak(&mut self, frame: usize) {
        // What is loud counts from where it began to be.
        let is_just_loud = !self.is_voice && self.loud == LOUD_FRAMES;
        let began = if is_just_loud { frame + 1 - LOUD_FRAMES } else { frame };
        let open = self.open.get_or_insert_with(|| Open {
            start: began.saturating_sub(BEFORE).max(self.closed_until),
            last_spoken: frame,
            spoken: 0,
            is_pause_told: false,
        });
        open.spoken += 1;
        open.last_spoken = frame;
        open.is_pause_told = false;
    }

    fn fall_silent(&mut self, frame: usize, found: &mut Vec<Found>) {
        let Some(open) = &mut self.open else { return };
        let silence = frame - open.last_spoken;
        let segment = Segment {
            start: open.start,
            end: open.last_spoken + 1 + AFTER.min(silence),
            last_spoken: open.last_spoken,
        };
        let is_enough = open.spoken >= LEAST_SPEECH;
        let closing = if frame.saturating_sub(open.start) > LONG { CLOSING_LONG } else { CLOSING };
        if silence >= closing {
            if is_enough {
                found.push(Found::Closed(segment));
                self.closed_until = segment.end;
            }
            self.open = None;
        } else if silence == PAUSE && !open.is_pause_told && is_enough {
            open.is_pause_told = true;
            found.push(Found::Paused(segment));
        }
    }

    fn cut_if_too_long(&mut self, frame: usize, found: &mut Vec<Found>) {
        let Some(open) = self.open.filter(|open| frame.saturating_sub(open.start) >= LONGEST) else { return };
        let cut = self.history.quietest(frame - CUT_WITHIN, frame - 4) + 2;
        found.push(Found::Closed(Segment { start: open.start, end: cut, last_spoken: cut }));
        self.closed_until = cut;
        let spoken = self.history.speech_since(cut);
        self.open = Some(Open { start: cut, spoken, ..open });
    }
}

/// Turns samples into the energy of each frame and how likely somebody speaks in it.
struct Listener {
    silero: Silero,
    filtered: f32,
    before: f32,
    window: VecDeque<f32>,
    energies: VecDeque<f32>,
    chunk: Vec<f32>,
    /// What the voice model said of chunks that frames still lie in, and which the first one is.
    voices: VecDeque<f32>,
    first_voice: usize,
    /// The next frame to be told.
    frame: usize,
}

impl Listener {
    fn new(silero: Silero) -> Self {
        Self {
            silero,
            filtered: 0.0,
            before: 0.0,
            window: VecDeque::with_capacity(WINDOW),
            energies: VecDeque::new(),
            chunk: Vec::with_capacity(CHUNK),
            voices: VecDeque::new(),
            first_voice: 0,
            frame: 0,
        }
    }

    fn take(&mut self, samples: impl Iterator<Item = f32>) {
        let pass = 1.0 - 2.0 * std::f32::consts::PI * HIGH_PASS / 16_000.0;
        for sample in samples {
            self.filtered = pass * (self.filtered + sample - self.before);
            self.before = sample;
            self.window.push_back(self.filtered);
            if self.window.len() == WINDOW {
                self.energies.push_back(decibels(self.window.make_contiguous()));
                self.window.drain(..FRAME);
            }
            self.chunk.push(sample);
            if let Ok(chunk) = <&[f32; CHUNK]>::try_from(self.chunk.as_slice()) {
                self.voices.push_back(self.silero.judge(chunk));
                self.chunk.clear();
            }
        }
    }

    fn next_frame(&mut self) -> Option<(f32, f32)> {
        // The middle of the frame's window decides which chunk it belongs to.
        let chunk = (self.frame * FRAME + WINDOW / 2) / CHUNK;
        while self.first_voice < chunk && self.voices.pop_front().is_some() {
            self.first_voice += 1;
        }
        let voice = *self.voices.front().filter(|_| self.first_voice == chunk)?;
        let energy = self.energies.pop_front()?;
        self.frame += 1;
        Some((energy, voice))
    }
}

/// The last frames of a stream: as many as a segment can have.
#[derive(Default)]
struct History {
    first: usize,
    energies: VecDeque<f32>,
    speech: VecDeque<bool>,
}

impl History {
    /// The frame after the last one.
    fn end(&self) -> usize {
        self.first + self.speech.len()
    }

    fn forget(&mut self) {
        while self.speech.len() > LONGEST {
            self.energies.pop_front();
            self.speech.pop_front();
            self.first += 1;
        }
    }

    /// Where the 50 ms that begin in some frames are most quiet.
    fn quietest(&self, from: usize, to: usize) -> usize {
        let loudness = |frame: usize| -> f32 {
            self.energies.iter().skip(frame.saturating_sub(self.first)).take(5).sum()
        };
        (from..to).min_by(|left, right| loudness(*left).total_cmp(&loudness(*right))).unwrap_or(from)
    }

    fn speech_since(&self, frame: usize) -> usize {
        let since = self.speech.iter().skip(frame.saturating_sub(self.first));
        since.filter(|is_speech| **is_speech).count()
    }
}

#[expect(clippy::cast_precision_loss, reason = "a window has a few hundred samples")]
fn decibels(window: &[f32]) -> f32 {
    let power = window.iter().map(|sample| sample * sample).sum::<f32>() / window.len() as f32;
    10.0 * (power + 1e-10).log10()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noise, a clear voice, and a hum that the voice model is not sure of: dBFS and how likely it is a voice.
    const NOISE: (f32, f32) = (-70.0, 0.01);
    const VOICE: (f32, f32) = (-25.0, 0.95);
    const HUM: (f32, f32) = (-30.0, 0.1);

    fn told(cutter: &mut Cutter, frames: usize, sound: (f32, f32)) -> Vec<Found> {
        let mut found = Vec::new();
        for frame in 0..frames {
            // No sound is perfectly even.
            let wobble = if frame % 2 == 0 { 0.5 } else { 0.0 };
            cutter.step(sound.0 + wobble, sound.1, &mut found);
        }
        found
    }

    #[test]
    fn a_segment_begins_before_speech_and_ends_after_a_silence() {
        let mut cutter = Cutter::default();
        told(&mut cutter, 200, NOISE);
        assert!(told(&mut cutter, 300, VOICE).is_empty());
        let segment = Segment { start: 150, end: 500 + 30, last_spoken: 499 };
        assert_eq!(told(&mut cutter, 40, NOISE), [Found::Paused(Segment { end: 529 + 1, ..segment })]);
        let closed = Segment { end: 540, ..segment };
        assert_eq!(told(&mut cutter, 100, NOISE), [Found::Closed(closed)]);
        assert!(closed.says_the_same_as(&segment));
    }

    #[test]
    fn a_click_is_no_segment() {
        let mut cutter = Cutter::default();
        told(&mut cutter, 200, NOISE);
        told(&mut cutter, 4, VOICE);
        assert!(told(&mut cutter, 200, NOISE).is_empty());
        assert!(cutter.open.is_none());
    }

    #[test]
    fn a_hum_is_speech_once_it_lasts() {
        let mut cutter = Cutter::default();
        told(&mut cutter, 200, NOISE);
        told(&mut cutter, 7, HUM);
        assert!(cutter.open.is_none());
        told(&mut cutter, 20, HUM);
        assert_eq!(cutter.open.map(|open| open.start), Some(150));
        let found = told(&mut cutter, 100, NOISE);
        assert!(matches!(found[..], [Found::Paused(_), Found::Closed(_)]), "{found:?}");
    }

    #[test]
    fn a_loud_room_is_no_speech() {
        let mut cutter = Cutter::default();
        assert!(told(&mut cutter, 1_000, (-30.0, 0.01)).is_empty());
        assert!(cutter.open.is_none());
    }

    #[test]
    fn who_goes_on_for_long_is_cut_at_short_pauses_or_where_it_is_quiet() {
        let mut cutter = Cutter::default();
        told(&mut cutter, 800, VOICE);
        let found = told(&mut cutter, 26, NOISE);
        assert!(matches!(found[..], [Found::Closed(Segment { start: 0, end: 825, .. })]), "{found:?}");

        let mut cutter = Cutter::default();
        told(&mut cutter, 900, VOICE);
        told(&mut cutter, 6, (-45.0, 0.9));
        let found = told(&mut cutter, 200, VOICE);
        let [Found::Closed(cut)] = found[..] else { panic!("{found:?}") };
        assert!((900..906).contains(&cut.end), "{cut:?}");
        assert_eq!(cutter.open.map(|open| open.start), Some(cut.end), "nothing is lost");
    }

    #[test]
    fn what_is_open_can_be_closed_at_any_time() {
        let mut cutter = Cutter::default();
        told(&mut cutter, 300, VOICE);
        let closed = cutter.close(303);
        assert_eq!(closed, Some(Segment { start: 0, end: 303, last_spoken: 299 }));
        assert_eq!(cutter.close(303), None);
        told(&mut cutter, 50, VOICE);
        assert_eq!(cutter.open.map(|open| open.start), Some(303), "no audio is heard twice");
    }

    #[test]
    fn only_the_last_frames_are_kept() {
        let mut cutter = Cutter::default();
        told(&mut cutter, 5_000, NOISE);
        assert_eq!((cutter.history.energies.len(), cutter.history.end()), (LONGEST, 5_000));
    }
}
