//! Speech: how many words and fillers are heard rightly, when, and what that costs.
//!
//! Each clip goes through the port at the speed of speech, with a second and a half of silence behind it. Delays are
//! those of the clock; beside them stands the processor's time that passed meanwhile, which is what they come to on
//! a machine with nothing else to do. WER leaves fillers out on both sides: they are scored apart.

mod normal;
mod score;

use std::fs;
use std::path::Path;
use std::time::Duration;

use interaura_domain::live::{CHUNK_MS, CHUNK_SAMPLES};
use interaura_domain::ports::speech_to_text::{Heard, SpeechSession, SpeechToText as _};
use interaura_domain::speech::SpokenWord;
use interaura_tests::sound;
use serde::Deserialize;
use tokio::time::Instant;

use self::score::Fillers;
use crate::figure::{Bound, Figure, Report};

/// Silence after a clip, in chunks.
const SILENCE: usize = 15;
/// Words come this long after the silence in which an utterance ends: what the engine adds of it to the utterance is
/// shorter than the silence that closes it.
const CLOSING_REST_MS: u64 = 200;
/// Utterances that are longer end in a shorter silence, all of it theirs.
const LONG_MS: u64 = 6_500;

/// What is labelled in a clip's JSON.
#[derive(Deserialize)]
struct Clip {
    id: String,
    file: String,
    lang: String,
    style: String,
    transcript: Option<String>,
    transcript_source: Option<String>,
    words: Option<Vec<LabelledWord>>,
}

#[derive(Deserialize)]
struct LabelledWord {
    word: String,
    start: Option<f64>,
    end: Option<f64>,
}

/// What was heard in a clip.
struct Hearing {
    words: Vec<(u64, SpokenWord)>,
    delays: Vec<Delay>,
    interims: usize,
    seconds: f64,
    processor: f64,
}

/// How long words took from the end of the silence that closes their utterance, in ms.
struct Delay {
    clock: f64,
    processor: f64,
}

/// Errors and words of several clips.
#[derive(Default)]
struct Wrong {
    errors: usize,
    words: usize,
}

impl Clip {
    fn is_spontaneous(&self) -> bool {
        ["spontaneous", "elicited", "acted"].iter().any(|style| self.style.contains(style))
    }

    fn is_read(&self) -> bool {
        !self.is_spontaneous() && ["read", "prepared"].iter().any(|style| self.style.contains(style))
    }

    /// Sentences, not names and single phrases.
    fn is_prose(&self) -> bool {
        self.is_read() && !self.style.contains("phrase")
    }

    /// Whether the manifest itself says that the label is not what was said: it was recalled, or carries marks of
    /// things that are no words.
    fn is_label_doubtful(&self) -> bool {
        let source = self.transcript_source.as_deref().unwrap_or_default();
        ["unverified", "recalled", "marks kept"].iter().any(|sign| source.contains(sign))
    }

    /// The middle of each labelled filler, in seconds.
    fn labelled_fillers(&self) -> Vec<f64> {
        let fillers = self.words.iter().flatten().filter(|word| {
            let words = normal::words(&word.word);
            !words.is_empty() && words.iter().all(|word| normal::is_filler(word))
        });
        fillers.filter_map(|word| Some(f64::midpoint(word.start?, word.end?))).collect()
    }
}

pub(crate) async fn measure(folder: &Path, report: &mut Report) {
    let engine = sound::engine();
    let (mut read, mut sure, mut prose, mut spontaneous) =
        (Wrong::default(), Wrong::default(), Wrong::default(), Wrong::default());
    let (mut fillers, mut distances, mut delays) = (Fillers::default(), vec![], vec![]);
    let (mut seconds, mut processor) = (0.0, 0.0);
    // The models are read once, whatever is heard.
    drop(engine.open().await.unwrap());
    for clip in clips(folder).into_iter().filter(|clip| clip.lang == "en") {
        let samples = sound::samples(&folder.join(&clip.file));
        let hearing = hear(&mut *engine.open().await.unwrap(), &samples).await;
        seconds += hearing.seconds;
        processor += hearing.processor;
        let heard = hearing.plain();
        let said = clip.transcript.as_deref().map(normal::words);
        describe(&clip, said.as_deref(), &hearing);
        delays.extend(hearing.delays);
        let Some(said) = said else { continue };
        let at: Vec<f64> = hearing.words.iter().filter_map(filler_middle).collect();
        distances.extend(score::distances(&clip.labelled_fillers(), &at));
        let counted = score::fillers(&said, &heard);
        fillers.found += counted.found;
        fillers.invented += counted.invented;
        fillers.missed += counted.missed;
        let wrong = score::errors(&said, &heard);
        let kinds = [
            (&mut read, clip.is_read()),
            (&mut sure, clip.is_read() && !clip.is_label_doubtful()),
            (&mut prose, clip.is_prose()),
            (&mut spontaneous, clip.is_spontaneous()),
        ];
        for (kind, _) in kinds.into_iter().filter(|(_, is_one)| *is_one) {
            kind.errors += wrong.0;
            kind.words += wrong.1;
        }
    }
    read.report(report, "live/speech/wer_read", 0.08, 0.04);
    sure.report(report, "live/speech/wer_read_sure_labels", 0.08, 0.04);
    prose.report(report, "live/speech/wer_read_prose", 0.08, 0.04);
    spontaneous.report(report, "live/speech/wer_spontaneous", 0.25, 0.15);
    fillers.report(report);
    times(report, &distances);
    at_most(report, "live/speech/real_time_factor", processor / seconds, "CPU s per s", 0.3, 0.2);
    report_delays(report, &delays);
}

fn clips(folder: &Path) -> Vec<Clip> {
    let manifest = fs::read_to_string(folder.join("MANIFEST.tsv")).unwrap();
    let ids = manifest.lines().skip(1).filter_map(|row| row.split('\t').next());
    ids.map(|id| {
        let json = fs::read(folder.join(id).with_extension("json")).unwrap();
        serde_json::from_slice(&json).unwrap()
    })
    .collect()
}

/// Speaks a clip to a session, 100 ms each 100 ms, while what is heard is listened to.
async fn hear(session: &mut dyn SpeechSession, samples: &[i16]) -> Hearing {
    let began = processor_seconds();
    let count = samples.len().div_ceil(CHUNK_SAMPLES) + SILENCE;
    let mut spoken = samples.to_vec();
    spoken.resize(count * CHUNK_SAMPLES, 0);
    let start = Instant::now();
    // When the audio up to the end of each chunk was given, by both clocks.
    let mut given: Vec<(f64, f64)> = Vec::with_capacity(count);
    let mut hearing =
        Hearing { words: vec![], delays: vec![], interims: 0, seconds: seconds_of(samples), processor: 0.0 };
    let mut last_at = 0;
    for chunk in spoken.chunks(CHUNK_SAMPLES) {
        let place = u32::try_from(given.len() + 1).unwrap();
        let due = start + Duration::from_millis(CHUNK_MS) * place;
        while let Ok(heard) = tokio::time::timeout_at(due, session.heard()).await {
            hearing.take(heard.unwrap(), &given, start, &mut last_at);
        }
        session.hear(chunk).await.unwrap();
        given.push((start.elapsed().as_secs_f64(), processor_seconds()));
    }
    session.finalize().await.unwrap();
    let end_ms = u64::try_from(count).unwrap() * CHUNK_MS;
    while last_at < end_ms {
        let heard = session.heard().await.unwrap();
        hearing.take(heard, &given, start, &mut last_at);
    }
    hearing.processor = processor_seconds() - began;
    hearing
}

impl Hearing {
    fn take(&mut self, heard: Heard, given: &[(f64, f64)], start: Instant, last_at: &mut u64) {
        match heard {
            Heard::Interim { .. } => self.interims += 1,
            Heard::Silence { until_ms } => *last_at = until_ms,
            Heard::Final { start_ms, until_ms, words } => {
                *last_at = until_ms;
                let is_long = until_ms - start_ms > LONG_MS;
                let closed = until_ms + if is_long { 0 } else { CLOSING_REST_MS };
                let chunk = usize::try_from(closed.div_ceil(CHUNK_MS)).unwrap().clamp(1, given.len());
                let (clock, processor) = given[chunk - 1];
                self.delays.push(Delay {
                    clock: (start.elapsed().as_secs_f64() - clock) * 1_000.0,
                    processor: (processor_seconds() - processor) * 1_000.0,
                });
                let words = words.into_iter().map(|word| (start_ms + u64::from(word.start_ms), word));
                self.words.extend(words);
            }
        }
    }

    /// The words as they are compared.
    fn plain(&self) -> Vec<String> {
        self.words.iter().flat_map(|(_, word)| normal::words(&word.text)).collect()
    }
}

#[expect(clippy::cast_precision_loss, reason = "an interview has millions of ms")]
fn filler_middle((at, word): &(u64, SpokenWord)) -> Option<f64> {
    let middle = *at as f64 + f64::from(word.end_ms - word.start_ms) / 2.0;
    word.filler.then_some(middle / 1_000.0)
}

/// A line for people.
fn describe(clip: &Clip, said: Option<&[String]>, hearing: &Hearing) {
    let heard = hearing.plain();
    let (errors, words) = said.map_or((0, 0), |said| score::errors(said, &heard));
    let delays: Vec<_> = hearing.delays.iter().map(|delay| format!("{:.0}", delay.clock)).collect();
    let line = format!(
        "{}: {errors}/{words} wrong, {:.3} CPU s per s, {} interims, delays {} ms: {}",
        clip.id,
        hearing.processor / hearing.seconds,
        hearing.interims,
        delays.join(" "),
        heard.join(" "),
    );
    #[expect(clippy::print_stderr, reason = "figures go to the standard output")]
    {
        eprintln!("{line}");
    }
}

impl Wrong {
    fn report(&self, report: &mut Report, name: &str, must: f64, goal: f64) {
        if self.words > 0 {
            at_most(report, name, share(self.errors, self.words), "wrong words per word", must, goal);
        }
    }
}

impl Fillers {
    fn report(self, report: &mut Report) {
        if self.found + self.missed == 0 {
            return;
        }
        let precision = share(self.found, self.found + self.invented);
        let recall = share(self.found, self.found + self.missed);
        let f1 = share(2 * self.found, 2 * self.found + self.invented + self.missed);
        at_least(report, "live/speech/filler_precision", precision, "share of those heard", 0.6, 0.9);
        at_least(report, "live/speech/filler_recall", recall, "share of those said", 0.6, 0.9);
        at_least(report, "live/speech/filler_f1", f1, "F1", 0.75, 0.9);
    }
}

fn times(report: &mut Report, distances: &[Option<f64>]) {
    let found: Vec<f64> = distances.iter().copied().flatten().collect();
    if !found.is_empty() {
        let near = found.iter().filter(|distance| **distance <= 0.5).count();
        let unit = "share of labelled ones found within 0.5 s";
        at_least(report, "live/speech/filler_times", share(near, found.len()), unit, 0.9, 1.0);
    }
}

fn report_delays(report: &mut Report, delays: &[Delay]) {
    let shares = [("p50", 50, 1_500.0), ("p95", 95, 1_500.0), ("p99", 99, 2_500.0)];
    for (name, percent, must) in shares {
        let clock = percentile(delays.iter().map(|delay| delay.clock), percent);
        at_most(report, &format!("live/speech/caption_delay_{name}"), clock, "ms", must, must / 2.0);
        let processor = percentile(delays.iter().map(|delay| delay.processor), percent);
        let name = format!("live/speech/caption_delay_processor_{name}");
        at_most(report, &name, processor, "CPU ms", must, must / 2.0);
    }
}

fn percentile(values: impl Iterator<Item = f64>, percent: usize) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get((values.len() * percent).div_ceil(100).max(1) - 1).copied().unwrap_or_default()
}

fn at_most(report: &mut Report, name: &str, value: f64, unit: &'static str, must: f64, goal: f64) {
    figure(report, name, value, unit, (Bound::AtMost, must, goal));
}

fn at_least(report: &mut Report, name: &str, value: f64, unit: &'static str, must: f64, goal: f64) {
    figure(report, name, value, unit, (Bound::AtLeast, must, goal));
}

fn figure(report: &mut Report, name: &str, value: f64, unit: &'static str, wanted: (Bound, f64, f64)) {
    let (bound, must, goal) = wanted;
    report.add(&Figure { name: name.to_owned(), value, unit, baseline: None, bound, must, goal });
}

#[expect(clippy::cast_precision_loss, reason = "there are a few thousand words")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[expect(clippy::cast_precision_loss, reason = "a clip has a few minutes")]
fn seconds_of(samples: &[i16]) -> f64 {
    samples.len() as f64 / 16_000.0
}

/// What this process has used of the processors, in seconds; hundredths are as fine as the kernel tells.
fn processor_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program, in brackets, may hold spaces.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let ticks = fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}
