//! Sound of fixtures, and what an engine hears in it.

use std::path::Path;
use std::time::Duration;

use interaura_adapters::speech_to_text::embedded::WhisperEngine;
use interaura_domain::live::{CHUNK_MS, CHUNK_SAMPLES};
use interaura_domain::ports::speech_to_text::{Heard, SpeechSession};
use tokio::time::timeout;

/// Longer than an engine takes for the words of one segment, on a machine with much to do.
const PATIENCE: Duration = Duration::from_mins(2);

/// The samples of a WAV file: 16-bit, one channel, 16 kHz.
pub fn samples(path: &Path) -> Vec<i16> {
    let file = std::fs::read(path).unwrap();
    let mut rest = &file[12..];
    loop {
        let size = usize::try_from(u32::from_le_bytes(rest[4..8].try_into().unwrap())).unwrap();
        let body = &rest[8..(8 + size).min(rest.len())];
        match &rest[..4] {
            b"fmt " => {
                let rate = u32::from_le_bytes(body[4..8].try_into().unwrap());
                assert_eq!((body[2], rate, body[14]), (1, 16_000, 16), "{} is not as wanted", path.display());
            }
            b"data" => {
                return body.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect();
            }
            _ => {}
        }
        rest = &rest[8 + size + size % 2..];
    }
}

/// The engine of this machine, with the downloaded models.
pub fn engine() -> WhisperEngine {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    WhisperEngine::new(crate::assets().speech_models(), cores)
}

/// Gives a session all samples at once, in chunks as a page sends them, asks for final words and returns what was
/// heard until the end of the audio.
pub async fn heard_of(session: &mut dyn SpeechSession, samples: &[i16]) -> Vec<Heard> {
    let chunks = samples.chunks(CHUNK_SAMPLES);
    let end_ms = u64::try_from(chunks.len()).unwrap() * CHUNK_MS;
    for chunk in chunks {
        let mut whole = chunk.to_vec();
        whole.resize(CHUNK_SAMPLES, 0);
        session.hear(&whole).await.unwrap();
    }
    session.finalize().await.unwrap();
    let mut all = Vec::new();
    loop {
        let heard = timeout(PATIENCE, session.heard()).await.expect("words come").unwrap();
        let until = match &heard {
            Heard::Interim { .. } => 0,
            Heard::Final { until_ms, .. } | Heard::Silence { until_ms } => *until_ms,
        };
        all.push(heard);
        if until >= end_ms {
            return all;
        }
    }
}
