//! Speech to text on this machine: Whisper (base), cut at pauses that Silero finds.
//!
//! A stream is cut into segments where people pause, and each is decoded as soon as it is over: what comes
//! out then stays. While somebody speaks on, the open segment is decoded now and then where a processor is
//! idle, so that the words can be seen. Long segments are decoded 0.3 s into a pause already; if it goes on,
//! that was the last word.

mod decoder;
mod fillers;
mod segmenter;
mod session;
mod silero;
mod whisper;
mod words;

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use interaura_domain::ports::Cause;
use interaura_domain::ports::speech_to_text::{SpeechError, SpeechSession, SpeechToText};
use tokio::sync::{OnceCell, Semaphore};
use tokio::task;

use self::decoder::Whisper;
use self::session::Session;
use self::silero::{Silero, Weights};

const SAMPLES_PER_SECOND: usize = 16_000;

/// Where the models lie.
#[derive(Debug, Clone)]
pub struct SpeechModels {
    /// Whisper base in whisper.cpp's format.
    pub whisper: PathBuf,
    /// Silero's voice detector for 16 kHz, as safetensors.
    pub silero: PathBuf,
}

/// Hears with Whisper. The models are read when the first stream begins.
pub struct WhisperEngine {
    models: SpeechModels,
    places: usize,
    shared: OnceCell<Arc<Shared>>,
}

/// What all streams share.
struct Shared {
    whisper: Whisper,
    voice: Arc<Weights>,
    /// Decodes that may run at once.
    places: Arc<Semaphore>,
    /// As many of them must be free before one begins that can be done without.
    spare: usize,
}

impl WhisperEngine {
    /// Decodes up to `at_once` segments side by side, each on one thread.
    pub fn new(models: SpeechModels, at_once: usize) -> Self {
        Self { models, places: at_once.max(1), shared: OnceCell::new() }
    }

    async fn shared(&self) -> Result<Arc<Shared>, Cause> {
        let load = async || {
            let (models, places) = (self.models.clone(), self.places);
            let loading = task::spawn_blocking(move || Shared::load(&models, places));
            loading.await?.map(Arc::new)
        };
        self.shared.get_or_try_init(load).await.cloned()
    }
}

impl Shared {
    fn load(models: &SpeechModels, places: usize) -> Result<Self, Cause> {
        let started = std::time::Instant::now();
        let voice = Weights::load(&models.silero)?;
        let whisper = Whisper::load(&models.whisper)?;
        let elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(speech.elapsed_ms = elapsed_ms, "the speech models are loaded");
        Ok(Self {
            whisper,
            voice: Arc::new(voice),
            places: Arc::new(Semaphore::new(places)),
            spare: places.min(2),
        })
    }
}

#[async_trait]
impl SpeechToText for WhisperEngine {
    fn name(&self) -> &'static str {
        "whisper-base/2"
    }

    async fn open(&self) -> Result<Box<dyn SpeechSession>, SpeechError> {
        let shared = self.shared().await.map_err(SpeechError::Unavailable)?;
        let silero = Silero::new(Arc::clone(&shared.voice));
        Ok(Box::new(Session::new(shared, silero)))
    }
}
