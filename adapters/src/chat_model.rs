//! A language model behind the chat completions of Groq, or of any server that speaks as `OpenAI`'s does.
//!
//! An ask ends within the time it was given, whatever the server does: with content that is whole, or with an
//! error that says in a few words why not. What a server does not take (a schema, a seed) is left out from then
//! on; one that keeps failing is left alone for a while, so that nobody waits for it with every answer.

mod asking;
mod body;
mod breaker;
mod door;
mod error;
pub mod exchange;
mod limits;
pub mod own_lines;
pub mod prompt;
mod stream;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rand::RngExt as _;
use reqwest::Url;
use secrecy::SecretString;
use tokio::time::Instant;

use self::body::Accepts;
use self::breaker::Breaker;
use self::exchange::Call;
use self::limits::Limits;
use self::prompt::Rendered;

pub use self::asking::{Asking, NoAnswer, json_in};
pub use self::error::ChatError;

/// Where Groq is.
pub const GROQ_URL: &str = "https://api.groq.com/openai/v1";
/// The model, unless told otherwise.
pub const DEFAULT_MODEL: &str = "openai/gpt-oss-120b";

/// How long things may take, and how often they are tried.
#[derive(Debug, Clone, Copy)]
pub struct Timings {
    /// Until a connection is open.
    pub connect: Duration,
    /// Until the first word of a stream.
    pub first_word: Duration,
    /// Between two words of a stream.
    pub next_word: Duration,
    /// Until a whole answer, where it does not come as a stream.
    pub answer: Duration,
    /// Before the first try anew; each further one waits twice as long, all of them with jitter.
    pub pause: Duration,
    /// Tries of one ask.
    pub tries: u32,
    /// How long a server is left alone after failures in a row; twice as long each time, ten times at most.
    pub rest: Duration,
}

impl Default for Timings {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(4),
            first_word: Duration::from_secs(12),
            next_word: Duration::from_secs(8),
            answer: Duration::from_secs(30),
            pause: Duration::from_millis(500),
            tries: 3,
            rest: Duration::from_secs(30),
        }
    }
}

/// Where the model is and what it is called.
#[derive(Debug, Clone)]
pub struct ChatSettings {
    /// The key; a server of one's own may need none.
    pub key: Option<SecretString>,
    /// The address before `/chat/completions`, like [`GROQ_URL`].
    pub base_url: Url,
    /// Its name, like [`DEFAULT_MODEL`].
    pub model: String,
    /// How long things may take.
    pub timings: Timings,
}

/// What is asked of the model.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The prompt with its words filled in.
    pub rendered: &'a Rendered,
    /// Chooses among equally likely words, where the server takes one.
    pub seed: u64,
    /// How freely words are chosen; 0 takes the likeliest.
    pub temperature: f64,
    /// The most tokens of an answer, reasoning included.
    pub max_answer_tokens: u32,
    /// Whether a person waits for it: it is streamed, so that a server that is stuck is found out soon.
    pub stream: bool,
    /// When the answer is of no use any more.
    pub until: Instant,
}

/// A whole answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The words.
    pub content: String,
    /// What was sent and what came, as they were.
    pub call: Call,
}

/// A language model somewhere else.
#[derive(Debug)]
pub struct ChatModel {
    settings: ChatSettings,
    http: reqwest::Client,
    accepts: Mutex<Accepts>,
    breaker: Mutex<Breaker>,
    limits: Mutex<Limits>,
}

impl ChatModel {
    /// Prepares to ask; nothing is sent yet.
    ///
    /// # Errors
    /// The HTTP client cannot be made.
    pub fn new(settings: ChatSettings) -> Result<Self, ChatError> {
        let http = reqwest::Client::builder()
            .connect_timeout(settings.timings.connect)
            // A key must not follow to another place.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| ChatError::Unreachable(error.into()))?;
        let accepts = Accepts::of(&settings.model);
        let breaker = Breaker::new(settings.timings.rest);
        Ok(Self {
            settings,
            http,
            accepts: Mutex::new(accepts),
            breaker: Mutex::new(breaker),
            limits: Mutex::new(Limits::default()),
        })
    }

    /// The model's name.
    pub fn model(&self) -> &str {
        &self.settings.model
    }

    /// The host that is asked, for people.
    pub fn host(&self) -> &str {
        self.settings.base_url.host_str().unwrap_or("no host")
    }

    /// How many tokens a prompt may have, beside an answer of so many.
    pub fn room(&self, max_answer_tokens: u32) -> u32 {
        lock(&self.limits).most_tokens().saturating_sub(max_answer_tokens)
    }

    /// Asks, again where that may help, within the time of the ask.
    ///
    /// # Errors
    /// There is no whole answer; the error says why.
    pub async fn ask(&self, ask: Ask<'_>) -> Result<Said, ChatError> {
        let tokens = ask.rendered.tokens() + ask.max_answer_tokens;
        if tokens > lock(&self.limits).most_tokens() {
            return Err(ChatError::TooLarge);
        }
        lock(&self.breaker).enter(Instant::now())?;
        let outcome = match tokio::time::timeout_at(ask.until, self.persist(ask, tokens)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(ChatError::OutOfTime),
        };
        lock(&self.breaker).leave(outcome.as_ref().err(), Instant::now());
        let told = outcome.as_ref().map_or_else(ChatError::word, |_| "ok");
        metrics::counter!("interaura_chat_asks_total", "outcome" => told).increment(1);
        outcome
    }

    async fn persist(&self, ask: Ask<'_>, tokens: u32) -> Result<Said, ChatError> {
        let mut tried = 0;
        loop {
            self.wait_for_turn(tokens, ask.until).await?;
            let sent = *lock(&self.accepts);
            let error = match self.try_once(ask, sent).await {
                Ok(said) => return Ok(said),
                Err(error) => error,
            };
            if let ChatError::Refused { message, .. } = &error
                && lock(&self.accepts).learn(sent, message)
            {
                continue;
            }
            tried += 1;
            if !error.is_passing() || tried >= self.settings.timings.tries {
                return Err(error);
            }
            let pause = self.settings.timings.pause * (1 << (tried - 1).min(5));
            let pause = match &error {
                ChatError::Busy { retry_after: Some(wait), .. } => *wait,
                _ => pause.mul_f64(rand::rng().random_range(0.5..1.5)),
            };
            if Instant::now() + pause >= ask.until {
                return Err(error);
            }
            tokio::time::sleep(pause).await;
        }
    }

    /// Waits until the server's own limits let so many tokens through.
    async fn wait_for_turn(&self, tokens: u32, until: Instant) -> Result<(), ChatError> {
        let now = Instant::now();
        let turn = lock(&self.limits).turn(tokens, now);
        if turn >= until {
            return Err(ChatError::Busy { status: 429, retry_after: Some(turn - now) });
        }
        tokio::time::sleep_until(turn).await;
        Ok(())
    }
}

/// Nothing here is left half done where a thread dies.
fn lock<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
