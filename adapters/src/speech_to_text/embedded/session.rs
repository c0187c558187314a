//! One stream being heard: what was cut is decoded in order, one segment at a time.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use interaura_domain::ports::Cause;
use interaura_domain::ports::speech_to_text::{Heard, SpeechError, SpeechSession};
use tokio::sync::OwnedSemaphorePermit;
use tokio::task::{self, JoinHandle};

use super::decoder::Effort;
use super::segmenter::{BEFORE, FRAME, Found, Segment, Segmenter};
use super::silero::Silero;
use super::words::{self, Word};
use super::{SAMPLES_PER_SECOND, Shared, fillers};

/// Frames in a second.
const FRAMES_PER_SECOND: usize = SAMPLES_PER_SECOND / FRAME;
/// How often silence is told of, in frames.
const SILENCE_EVERY: usize = FRAMES_PER_SECOND;
/// Speech is found this long after it began, at most, in frames.
const FOUND_WITHIN: usize = 14;
/// A pause of a shorter segment is not worth a decode of its own, in frames.
const LEAST_EARLY: usize = 400;
/// An open segment is shown from this length on, in frames,
const LEAST_INTERIM: usize = 150;
/// and again after so many.
const INTERIM_EVERY: usize = 200;
/// So many frames are looked back on to see what decoding costs,
const SPENT_WITHIN: usize = 30 * FRAMES_PER_SECOND;
/// at least so many are reckoned with,
const SPENT_AT_LEAST: usize = 5 * FRAMES_PER_SECOND;
/// a decode costs about this,
const INTERIM_COST: Duration = Duration::from_millis(500);
/// and interims leave the whole under a fifth of the time.
const SPENDABLE: u32 = 5;
/// Audio that waits beyond this is given up, in samples: a machine that falls behind this far never catches up.
const MOST_WAITING: usize = 10 * 60 * SAMPLES_PER_SECOND;

/// One stream being heard.
pub(super) struct Session {
    shared: Arc<Shared>,
    segmenter: Segmenter,
    audio: Audio,
    /// What is to be told, in this order.
    due: VecDeque<Due>,
    running: Option<Running>,
    /// The words of a segment that paused.
    early: Option<(Segment, Vec<Word>)>,
    /// The segment that paused and is not decoded yet.
    paused: Option<Segment>,
    told: VecDeque<Heard>,
    /// Up to which frame silence was told of, or a segment ended.
    done_until: usize,
    shown_at: usize,
    spent: VecDeque<(usize, Duration)>,
    /// Whether all that was said is being made final, and is to be once more after that.
    is_finalizing: bool,
    is_asked_again: bool,
}

/// What is told once it is its turn.
enum Due {
    Final {
        segment: Segment,
        samples: Vec<i16>,
    },
    /// Silence up to some ms of the stream, where all was to be made final.
    End {
        until_ms: u64,
    },
}

/// What a decode is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Final,
    /// The last words of a segment, if its pause goes on.
    Early,
    Interim,
}

/// A decode that is under way.
struct Running {
    purpose: Purpose,
    segment: Segment,
    stop: Arc<AtomicBool>,
    task: JoinHandle<Result<Decoded, Cause>>,
}

struct Decoded {
    /// `None` where it was stopped.
    words: Option<Vec<Word>>,
    took: Duration,
}

impl Session {
    pub(super) fn new(shared: Arc<Shared>, silero: Silero) -> Self {
        Self {
            shared,
            segmenter: Segmenter::new(silero),
            audio: Audio::default(),
            due: VecDeque::new(),
            running: None,
            early: None,
            paused: None,
            told: VecDeque::new(),
            done_until: 0,
            shown_at: 0,
            spent: VecDeque::new(),
            is_finalizing: false,
            is_asked_again: false,
        }
    }

    fn close(&mut self, segment: Segment) {
        let samples = self.audio.of(segment.start, segment.end);
        self.done_until = segment.end;
        self.paused = None;
        self.due.push_back(Due::Final { segment, samples });
        let mut waiting = 0;
        // The newest are kept.
        for due in self.due.iter_mut().rev() {
            let Due::Final { samples, .. } = due else { continue };
            waiting += samples.len();
            if waiting > MOST_WAITING && !samples.is_empty() {
                tracing::warn!("audio is given up: this machine cannot decode as fast as people speak");
                *samples = Vec::new();
            }
        }
    }

    fn tell_silence(&mut self) {
        if self.segmenter.open_since().is_some() || !self.due.is_empty() || self.is_deciding() {
            return;
        }
        let until = self.audio.frames().saturating_sub(BEFORE + FOUND_WITHIN);
        if until < self.done_until + SILENCE_EVERY {
            return;
        }
        self.done_until = until;
        self.tell_silence_until(ms(until));
    }

    fn tell_silence_until(&mut self, until_ms: u64) {
        if let Some(Heard::Silence { until_ms: told }) = self.told.back_mut() {
            *told = until_ms.max(*told);
        } else {
            self.told.push_back(Heard::Silence { until_ms });
        }
    }

    /// Whether words are being found that stay.
    fn is_deciding(&self) -> bool {
        self.running.as_ref().is_some_and(|running| running.purpose == Purpose::Final)
    }

    /// Tells what can be told, and begins the decode that comes next.
    fn go_on(&mut self) {
        loop {
            if let Some(running) = &self.running {
                running.stop_unless_wanted(self.due.front());
                return;
            }
            match self.due.pop_front() {
                Some(Due::End { until_ms }) => {
                    self.tell_silence_until(until_ms);
                    self.is_finalizing = false;
                    if std::mem::take(&mut self.is_asked_again) {
                        self.make_final();
                    }
                }
                Some(Due::Final { segment, samples }) => {
                    let known = self.early.take().filter(|(early, _)| early.says_the_same_as(&segment));
                    if let Some((_, words)) = known {
                        self.tell_final(segment, &words);
                    } else {
                        self.begin(Purpose::Final, segment, samples, None);
                    }
                }
                None => return self.look_ahead(),
            }
        }
    }

    /// Decodes what may turn out not to be needed, where a processor is idle.
    fn look_ahead(&mut self) {
        if let Some(segment) = self.paused
            && let Ok(place) = Arc::clone(&self.shared.places).try_acquire_owned()
        {
            self.paused = None;
            let samples = self.audio.of(segment.start, segment.end);
            return self.begin(Purpose::Early, segment, samples, Some(place));
        }
        let Some(start) = self.segmenter.open_since().filter(|_| self.segmenter.is_speaking()) else {
            return;
        };
        let now = self.audio.frames();
        let is_time = now >= start + LEAST_INTERIM && now >= self.shown_at + INTERIM_EVERY;
        if !is_time || self.shared.places.available_permits() < self.shared.spare || !self.can_afford(now) {
            return;
        }
        if let Ok(place) = Arc::clone(&self.shared.places).try_acquire_owned() {
            let segment = Segment { start, end: now, last_spoken: now };
            self.shown_at = now;
            self.begin(Purpose::Interim, segment, self.audio.of(start, now), Some(place));
        }
    }

    fn can_afford(&mut self, now: usize) -> bool {
        self.spent.retain(|(at, _)| at + SPENT_WITHIN > now);
        let spent: Duration = self.spent.iter().map(|(_, took)| *took).sum();
        let over = ms((now + SPENT_AT_LEAST).min(SPENT_WITHIN));
        spent + INTERIM_COST < Duration::from_millis(over) / SPENDABLE
    }

    fn begin(
        &mut self,
        purpose: Purpose,
        segment: Segment,
        samples: Vec<i16>,
        place: Option<OwnedSemaphorePermit>,
    ) {
        let (shared, stop) = (Arc::clone(&self.shared), Arc::new(AtomicBool::new(false)));
        let stopped = Arc::clone(&stop);
        let task = tokio::spawn(async move {
            let place = match place {
                Some(place) => place,
                None => Arc::clone(&shared.places).acquire_owned().await?,
            };
            let decoding = task::spawn_blocking(move || {
                let decoded = decode(&shared, purpose, &samples, &stopped);
                drop(place);
                decoded
            });
            Ok(decoding.await?)
        });
        self.running = Some(Running { purpose, segment, stop, task });
    }

    fn settle(&mut self, purpose: Purpose, segment: Segment, decoded: Decoded) {
        self.spent.push_back((self.audio.frames(), decoded.took));
        match (purpose, decoded.words) {
            (Purpose::Final, words) => self.tell_final(segment, &words.unwrap_or_default()),
            (Purpose::Early, Some(words)) => {
                self.show(segment, &words);
                self.early = Some((segment, words));
            }
            (Purpose::Interim, Some(words)) => self.show(segment, &words),
            (Purpose::Early | Purpose::Interim, None) => {}
        }
    }

    fn show(&mut self, segment: Segment, words: &[Word]) {
        if self.due.is_empty() && !words.is_empty() {
            let (start_ms, words) = words::spoken(words, ms(segment.start));
            self.told.retain(|heard| !matches!(heard, Heard::Interim { .. }));
            self.told.push_back(Heard::Interim { start_ms, words });
        }
    }

    fn tell_final(&mut self, segment: Segment, words: &[Word]) {
        let (start_ms, words) = words::spoken(words, ms(segment.start));
        self.told.retain(|heard| !matches!(heard, Heard::Interim { .. }));
        self.told.push_back(Heard::Final { start_ms, until_ms: ms(segment.end), words });
    }

    fn make_final(&mut self) {
        if let Some(segment) = self.segmenter.close(self.audio.frames()) {
            self.close(segment);
        }
        self.paused = None;
        self.is_finalizing = true;
        self.done_until = self.audio.frames();
        self.due.push_back(Due::End { until_ms: self.audio.end_ms() });
    }
}

impl Running {
    /// Stops what is shown only, when words that stay are waited for.
    fn stop_unless_wanted(&self, next: Option<&Due>) {
        let is_wanted = match (self.purpose, next) {
            (Purpose::Final, _) | (_, None) => true,
            (Purpose::Early, Some(Due::Final { segment, .. })) => self.segment.says_the_same_as(segment),
            (Purpose::Early | Purpose::Interim, Some(_)) => false,
        };
        if !is_wanted {
            self.stop.store(true, Ordering::Relaxed);
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(running) = &self.running {
            running.stop.store(true, Ordering::Relaxed);
        }
    }
}

#[async_trait]
impl SpeechSession for Session {
    async fn hear(&mut self, samples: &[i16]) -> Result<(), SpeechError> {
        self.audio.push(samples);
        for found in self.segmenter.take(samples.iter().copied().map(as_share)) {
            match found {
                Found::Closed(segment) => self.close(segment),
                Found::Paused(segment) if segment.end - segment.start >= LEAST_EARLY => {
                    self.paused = Some(segment);
                    if let Some(running) = &self.running
                        && running.purpose == Purpose::Interim
                    {
                        running.stop.store(true, Ordering::Relaxed);
                    }
                }
                Found::Paused(_) => {}
            }
        }
        if self.segmenter.is_speaking() {
            self.paused = None;
        }
        self.tell_silence();
        self.go_on();
        self.audio.forget(self.segmenter.needed_from());
        Ok(())
    }

    async fn heard(&mut self) -> Result<Heard, SpeechError> {
        loop {
            if let Some(heard) = self.told.pop_front() {
                return Ok(heard);
            }
            // With nothing under way, only more audio brings more words.
            let Some(running) = &mut self.running else { return std::future::pending().await };
            let decoded = (&mut running.task).await;
            let (purpose, segment) = (running.purpose, running.segment);
            self.running = None;
            let decoded = decoded.map_err(Cause::from).flatten().map_err(SpeechError::Unavailable)?;
            self.settle(purpose, segment, decoded);
            self.go_on();
        }
    }

    async fn finalize(&mut self) -> Result<(), SpeechError> {
        if !self.is_finalizing {
            self.make_final();
        } else if self.segmenter.open_since().is_some() {
            // Cutting what is said since can wait until that much is final.
            self.is_asked_again = true;
        } else if let Some(Due::End { until_ms }) = self.due.back_mut() {
            *until_ms = self.audio.end_ms();
            self.done_until = self.audio.frames();
        }
        self.go_on();
        Ok(())
    }
}

fn decode(shared: &Shared, purpose: Purpose, samples: &[i16], stop: &AtomicBool) -> Decoded {
    let started = Instant::now();
    if samples.is_empty() || stop.load(Ordering::Relaxed) {
        return Decoded { words: None, took: Duration::ZERO };
    }
    let samples: Vec<f32> = samples.iter().copied().map(as_share).collect();
    let effort = if purpose == Purpose::Interim { Effort::Quick } else { Effort::Thorough };
    let tokens = shared.whisper.decode(&samples, effort, stop);
    let words = tokens.map(|tokens| {
        let words = words::words(&tokens, seconds(samples.len()) + 0.1);
        let sounds = fillers::sounds(&samples, &words);
        words::with_phrases(&fillers::merged(words, sounds))
    });
    Decoded { words, took: started.elapsed() }
}

/// The end of a stream, as far as it may still be wanted.
#[derive(Default)]
struct Audio {
    /// Which sample of the stream is the first one here.
    first: usize,
    samples: Vec<i16>,
}

impl Audio {
    fn push(&mut self, samples: &[i16]) {
        self.samples.extend_from_slice(samples);
    }

    /// How long the stream is, in samples.
    fn end(&self) -> usize {
        self.first + self.samples.len()
    }

    /// How many whole frames the stream has.
    fn frames(&self) -> usize {
        self.end() / FRAME
    }

    fn end_ms(&self) -> u64 {
        as_u64(self.end() * 1_000 / SAMPLES_PER_SECOND)
    }

    fn of(&self, start: usize, end: usize) -> Vec<i16> {
        let place = |frame: usize| (frame * FRAME).saturating_sub(self.first).min(self.samples.len());
        self.samples[place(start)..place(end).max(place(start))].to_vec()
    }

    /// Forgets what lies more than a second before a frame.
    fn forget(&mut self, frame: usize) {
        let unneeded = (frame * FRAME).saturating_sub(self.first).min(self.samples.len());
        if unneeded > SAMPLES_PER_SECOND {
            self.samples.drain(..unneeded);
            self.first += unneeded;
        }
    }
}

fn ms(frame: usize) -> u64 {
    as_u64(frame) * 10
}

fn as_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn as_share(sample: i16) -> f32 {
    f32::from(sample) / 32_768.0
}

#[expect(clippy::cast_precision_loss, reason = "segments have tens of seconds")]
fn seconds(samples: usize) -> f32 {
    samples as f32 / SAMPLES_PER_SECOND as f32
}
