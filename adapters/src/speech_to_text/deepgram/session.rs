//! One stream of audio being heard, over as many connections as it takes.

mod conversation;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use async_trait::async_trait;
use futures::{SinkExt as _, StreamExt as _};
use interaura_domain::ports::Cause;
use interaura_domain::ports::speech_to_text::{Heard, SpeechError, SpeechSession};
use rand::RngExt as _;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use self::conversation::{Conversation, Parting};
use super::Settings;
use super::backlog::Backlog;
use super::connection::{ConnectError, Socket, connect};
use super::utterances::Utterances;

/// What ends a stream: all that was sent is heard to its end.
pub(super) const CLOSE_STREAM: &str = r#"{"type":"CloseStream"}"#;
/// Audio that waits for words, in ms: more than this and the server has been away for too long.
const MOST_KEPT_MS: u64 = 90_000;
/// How long a farewell may take.
const FAREWELL: Duration = Duration::from_secs(1);

/// What is asked of a session.
enum Order {
    Hear(Vec<i16>),
    Finalize,
}

/// How a session ended; told to whoever asks.
enum Ending {
    Refused(String),
    Failed(String),
}

impl Ending {
    fn error(&self) -> SpeechError {
        match self {
            Self::Refused(reason) => SpeechError::Refused(reason.clone()),
            Self::Failed(why) => SpeechError::Unavailable(why.clone().into()),
        }
    }
}

/// One stream of audio; the connections belong to a task that ends with it.
pub(super) struct LiveSession {
    orders: UnboundedSender<Order>,
    heard: UnboundedReceiver<Heard>,
    ending: Arc<OnceLock<Ending>>,
}

impl LiveSession {
    /// Connects; refusals show here.
    pub(super) async fn open(settings: Arc<Settings>) -> Result<Self, SpeechError> {
        // Another engine may be ready: one try anew is enough.
        let mut failures = settings.timings.failures.saturating_sub(2);
        let socket = open(&settings, &mut failures).await?;
        let (orders, incoming) = unbounded_channel();
        let (outgoing, heard) = unbounded_channel();
        let ending = Arc::new(OnceLock::new());
        let task = Task {
            settings,
            orders: incoming,
            heard: outgoing,
            ending: Arc::clone(&ending),
            backlog: Backlog::default(),
            utterances: Utterances::default(),
            wanted: None,
            failures: 0,
        };
        tokio::spawn(task.run(socket));
        Ok(Self { orders, heard, ending })
    }

    fn order(&self, order: Order) -> Result<(), SpeechError> {
        self.orders.send(order).map_err(|_| self.ended())
    }

    fn ended(&self) -> SpeechError {
        let lost = || SpeechError::Unavailable("the session is over".into());
        self.ending.get().map_or_else(lost, Ending::error)
    }
}

#[async_trait]
impl SpeechSession for LiveSession {
    async fn hear(&mut self, samples: &[i16]) -> Result<(), SpeechError> {
        self.order(Order::Hear(samples.to_vec()))
    }

    async fn heard(&mut self) -> Result<Heard, SpeechError> {
        self.heard.recv().await.ok_or_else(|| self.ended())
    }

    async fn finalize(&mut self) -> Result<(), SpeechError> {
        self.order(Order::Finalize)
    }
}

/// Opens a connection, with as many tries as may fail in a row.
async fn open(settings: &Settings, failures: &mut u32) -> Result<Socket, ConnectError> {
    loop {
        let error = match connect(settings).await {
            Ok(socket) => return Ok(socket),
            Err(ConnectError::Unavailable(error)) => error,
            Err(refused) => return Err(refused),
        };
        wait_after_failure(settings, failures, error).await?;
    }
}

/// Waits before the next try.
///
/// # Errors
/// There were too many failures in a row.
async fn wait_after_failure(
    settings: &Settings,
    failures: &mut u32,
    error: Cause,
) -> Result<(), ConnectError> {
    *failures += 1;
    if *failures >= settings.timings.failures {
        return Err(ConnectError::Unavailable(error));
    }
    tracing::debug!(failures, error = &*error as &dyn std::error::Error, "Deepgram is tried again");
    let pause = settings.timings.pause * 2_u32.saturating_pow(*failures - 1);
    let jitter = rand::rng().random_range(0.5..1.5);
    tokio::time::sleep(pause.mul_f64(jitter)).await;
    Ok(())
}

/// What outlives a connection.
struct Task {
    settings: Arc<Settings>,
    orders: UnboundedReceiver<Order>,
    heard: UnboundedSender<Heard>,
    ending: Arc<OnceLock<Ending>>,
    backlog: Backlog,
    utterances: Utterances,
    /// Up to where final words are asked for and not yet told, in ms.
    wanted: Option<u64>,
    /// In a row.
    failures: u32,
}

impl Task {
    async fn run(mut self, socket: Socket) {
        let ending = match self.talk(socket).await {
            Ok(()) => return,
            Err(ConnectError::Unavailable(error)) => Ending::Failed(error.to_string()),
            Err(refused) => Ending::Refused(refused.to_string()),
        };
        // Set before the channels close, so that whoever finds them closed finds the reason.
        let _ = self.ending.set(ending);
    }

    /// Talks until nobody listens any more.
    async fn talk(&mut self, mut socket: Socket) -> Result<(), ConnectError> {
        loop {
            let (socket_then, parting) = Conversation::new(self, socket).run().await;
            match parting {
                Parting::Done => {
                    bid_farewell(socket_then).await;
                    return Ok(());
                }
                Parting::Idle => {
                    if let Some(heard) = self.utterances.pause() {
                        self.tell(heard);
                    }
                    bid_farewell(socket_then).await;
                    if !self.wait_for_audio().await {
                        return Ok(());
                    }
                }
                Parting::Lost(error) => {
                    drop(socket_then);
                    wait_after_failure(&self.settings, &mut self.failures, error).await?;
                }
                Parting::Overdue => {
                    let error = "words are too far behind the audio".into();
                    return Err(ConnectError::Unavailable(error));
                }
            }
            self.utterances.forget_interim();
            socket = open(&self.settings, &mut self.failures).await?;
        }
    }

    /// Takes an order; what was asked for can be told at once where nothing is left to hear.
    fn take(&mut self, order: Order) {
        match order {
            Order::Hear(samples) => self.backlog.push(&samples),
            Order::Finalize => {
                let end_ms = self.backlog.end_ms();
                if self.backlog.is_settled() {
                    let heard = self.utterances.finish(end_ms);
                    self.tell(heard);
                } else {
                    self.wanted = Some(end_ms);
                }
            }
        }
    }

    /// Tells what was heard; nobody listens where the session was dropped, which the orders say too.
    fn tell(&mut self, heard: Heard) {
        let _ = self.heard.send(heard);
    }

    /// Waits without a connection; `false` where the session was dropped.
    async fn wait_for_audio(&mut self) -> bool {
        while self.backlog.is_settled() {
            match self.orders.recv().await {
                Some(order) => self.take(order),
                None => return false,
            }
        }
        true
    }
}

async fn bid_farewell(mut socket: Socket) {
    let farewell = async {
        if socket.send(CLOSE_STREAM.into()).await.is_ok() {
            while let Some(Ok(_)) = socket.next().await {}
        }
    };
    let _ = tokio::time::timeout(FAREWELL, farewell).await;
}
