//! Deepgram's live transcription, over a WebSocket.
//!
//! A session outlives its connections: audio is kept until its words are final, and another connection
//! hears again what was not, its times moved to where the audio stands in the session. A refusal, or
//! failures in a row, end the session, and with it what this engine can do for the interview.

mod backlog;
mod connection;
mod message;
mod pace;
mod session;
mod utterances;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures::SinkExt as _;
use interaura_domain::ports::speech_to_text::{SpeechError, SpeechSession, SpeechToText};
use secrecy::SecretString;

pub use self::connection::ConnectError;
use self::session::{CLOSE_STREAM, LiveSession};

/// Where Deepgram is, unless told otherwise.
pub const DEFAULT_URL: &str = "wss://api.deepgram.com";
/// The model, unless told otherwise.
pub const DEFAULT_MODEL: &str = "nova-2";

/// How long things may take.
#[derive(Debug, Clone, Copy)]
pub struct Timings {
    /// Until a connection is open.
    pub connect: Duration,
    /// From audio to any word about it; in silence there is one a second too.
    pub answer: Duration,
    /// Without audio until the connection is kept alive; Deepgram closes it after 10 seconds.
    pub keep_alive: Duration,
    /// Until a connection that was never given audio is hung up: no word keeps it alive.
    pub unused: Duration,
    /// From the wish for final words to them; little audio may have no answer.
    pub finalize: Duration,
    /// Before the first try anew; each further one waits twice as long, all of them with jitter.
    pub pause: Duration,
    /// Failures in a row that end the session.
    pub failures: u32,
}

impl Default for Timings {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(4),
            answer: Duration::from_secs(8),
            keep_alive: Duration::from_secs(4),
            unused: Duration::from_secs(8),
            finalize: Duration::from_millis(1_500),
            pause: Duration::from_millis(250),
            failures: 3,
        }
    }
}

#[derive(Debug)]
struct Settings {
    key: SecretString,
    url: String,
    model: String,
    timings: Timings,
}

/// Deepgram's live transcription.
#[derive(Debug, Clone)]
pub struct Deepgram {
    settings: Arc<Settings>,
    name: String,
}

impl Deepgram {
    /// With a key, an address like [`DEFAULT_URL`] and a model like [`DEFAULT_MODEL`].
    pub fn new(key: SecretString, url: &str, model: &str) -> Self {
        Self::with_timings(key, url, model, Timings::default())
    }

    /// The same with timings of one's own.
    pub fn with_timings(key: SecretString, url: &str, model: &str, timings: Timings) -> Self {
        let settings = Settings { key, url: url.to_owned(), model: model.to_owned(), timings };
        Self { settings: Arc::new(settings), name: format!("deepgram/{model}") }
    }

    /// Whether the key and the model are good for a session; costs nothing.
    ///
    /// # Errors
    /// They are not, or nobody can say within the time of a connection.
    pub async fn check(&self) -> Result<(), ConnectError> {
        let mut socket = connection::connect(&self.settings).await?;
        let farewell = async {
            // Whoever let us in has answered; how it ends does not matter.
            let _ = socket.send(CLOSE_STREAM.into()).await;
            let _ = socket.close(None).await;
        };
        let _ = tokio::time::timeout(Duration::from_secs(1), farewell).await;
        Ok(())
    }
}

#[async_trait]
impl SpeechToText for Deepgram {
    fn name(&self) -> &str {
        &self.name
    }

    async fn open(&self) -> Result<Box<dyn SpeechSession>, SpeechError> {
        Ok(Box::new(LiveSession::open(Arc::clone(&self.settings)).await?))
    }
}
