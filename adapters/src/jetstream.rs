//! The stream `INTERAURA_EVENTS`: filled by the relay, followed by projections and workers.

mod consumer;
pub mod relay;
pub mod signals;

use async_nats::Client;
use async_nats::jetstream::stream::{Config, DiscardPolicy, RetentionPolicy, StorageType};
use async_nats::jetstream::{Context, ErrorCode};
use interaura_domain::ports::Cause;

use crate::event_store::EventStore;

/// The stream's name.
pub const STREAM: &str = "INTERAURA_EVENTS";
/// What every subject of an event begins with.
const SUBJECTS: &str = "interaura.events";
/// Told after each commit, so that the relay need not poll.
const WAKE: &str = "interaura.wake";
/// The oldest server that knows what the stream relies on.
const OLDEST_SERVER: (u64, u64) = (2, 12);

/// Why the stream cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StreamError {
    /// The server cannot be reached.
    #[error("cannot reach NATS")]
    Connect(#[source] Cause),
    /// The server is too old, and would ignore what the stream relies on.
    #[error("NATS {found} is too old; 2.12 or newer is needed")]
    TooOld {
        /// Its version.
        found: String,
    },
    /// `JetStream` refuses or does not answer.
    #[error("JetStream does not answer")]
    Unavailable(#[source] Cause),
    /// The log cannot be read.
    #[error("the log in Postgres cannot be read")]
    Log(#[source] Cause),
    /// The stream holds more than the log, or other events: a database was restored or exchanged.
    #[error(
        "the stream and the log disagree at sequence {sequence}: {reason}. Restore the newer database, or delete \
         the stream {STREAM} so that it is filled again from this one"
    )]
    Disagree {
        /// Where.
        sequence: u64,
        /// How.
        reason: &'static str,
    },
}

fn unavailable(source: impl Into<Cause>) -> StreamError {
    StreamError::Unavailable(source.into())
}

fn no_log(source: impl Into<Cause>) -> StreamError {
    StreamError::Log(source.into())
}

/// Checks that the server behind a connection knows what the stream relies on.
///
/// # Errors
/// The server does not answer, or is too old: older ones ignore these features silently.
pub async fn check_server(client: &Client) -> Result<(), StreamError> {
    tokio::time::timeout(std::time::Duration::from_secs(15), client.flush())
        .await
        .map_err(|source| StreamError::Connect(source.into()))?
        .map_err(|source| StreamError::Connect(source.into()))?;
    let found = client.server_info().version;
    let mut numbers = found.split('.').map(|part| part.parse::<u64>().unwrap_or(0));
    if (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) < OLDEST_SERVER {
        return Err(StreamError::TooOld { found });
    }
    Ok(())
}

/// Makes the stream where there is none, for whoever has no log to follow it with.
///
/// # Errors
/// `JetStream` refuses or does not answer.
pub async fn ensure_stream(client: &Client) -> Result<(), StreamError> {
    ensure_in(&async_nats::jetstream::new(client.clone())).await
}

async fn ensure_in(context: &Context) -> Result<(), StreamError> {
    match context.get_stream(STREAM).await {
        Ok(_) => Ok(()),
        Err(error) => match error.kind() {
            async_nats::jetstream::context::GetStreamErrorKind::JetStream(cause)
                if cause.error_code() == ErrorCode::STREAM_NOT_FOUND =>
            {
                context.create_stream(config()).await.map_err(unavailable)?;
                Ok(())
            }
            _ => Err(unavailable(error)),
        },
    }
}

/// The stream of events. Cloning shares it.
#[derive(Clone)]
pub struct EventJetStream {
    client: Client,
    context: Context,
    store: EventStore,
}

impl EventJetStream {
    /// The stream behind a connection; events are opened through the store.
    pub fn new(client: Client, store: EventStore) -> Self {
        let context = async_nats::jetstream::new(client.clone());
        Self { client, context, store }
    }

    /// Makes the stream where there is none.
    ///
    /// # Errors
    /// `JetStream` refuses or does not answer.
    pub async fn ensure(&self) -> Result<(), StreamError> {
        ensure_in(&self.context).await
    }

    /// Deletes a consumer that is not needed any more.
    ///
    /// # Errors
    /// `JetStream` does not answer.
    pub async fn forget(&self, name: &str) -> Result<(), StreamError> {
        let stream = self.context.get_stream(STREAM).await.map_err(unavailable)?;
        stream.delete_consumer(name).await.map_err(unavailable)?;
        Ok(())
    }

    /// Deletes the stream, so that the relay fills it again.
    ///
    /// # Errors
    /// `JetStream` refuses or does not answer.
    pub async fn delete(&self) -> Result<(), StreamError> {
        self.context.delete_stream(STREAM).await.map_err(unavailable)?;
        Ok(())
    }
}

fn config() -> Config {
    Config {
        name: STREAM.to_owned(),
        description: Some("Every event of Interaura; the sequence is the position in the log".to_owned()),
        subjects: vec![format!("{SUBJECTS}.>")],
        retention: RetentionPolicy::Limits,
        discard: DiscardPolicy::New,
        storage: StorageType::File,
        max_messages: -1,
        max_bytes: -1,
        deny_delete: true,
        deny_purge: true,
        allow_direct: true,
        first_sequence: Some(1),
        duplicate_window: std::time::Duration::from_mins(2),
        ..Config::default()
    }
}
