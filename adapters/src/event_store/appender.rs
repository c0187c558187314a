//! The one task of a process that appends: collects what is waiting and writes it with one call.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use interaura_domain::envelope::Position;
use interaura_domain::ports::clock::Clock;
use rand::RngExt as _;
use secrecy::ExposeSecret;
use sqlx::{Connection as _, PgConnection, PgPool};
use tokio::sync::{mpsc, oneshot};

use super::Wake;
use super::prepared::PreparedCommand;

/// The most commands in one call.
const MAX_COMMANDS: usize = 256;
/// The most bytes in one call, but for a single command.
const MAX_BYTES: usize = 8 * 1024 * 1024;
/// How many commands may wait before callers have to.
const QUEUE: usize = 4_096;
/// How long a connection and a call may take before they are tried again.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
const CALL_LIMIT: Duration = Duration::from_secs(30);
/// How often a call is tried while the database is away.
const TRIES: u32 = 8;

/// What became of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Appended {
    Done { position: Position, sequence: u64, repeated: bool },
    Conflict,
    AddressTaken,
    CommandIdReused,
}

struct Waiting {
    command: PreparedCommand,
    reply: oneshot::Sender<Result<Appended, Arc<sqlx::Error>>>,
}

/// The door to the appending task. Cloning shares it.
#[derive(Clone)]
pub(super) struct Appender {
    queue: mpsc::Sender<Waiting>,
}

impl Appender {
    pub(super) fn start(pool: PgPool, clock: Arc<dyn Clock>, deciding: Arc<AtomicUsize>, wake: Wake) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let task = Task {
            pool,
            connection: None,
            clock,
            deciding,
            wake,
            waiting,
            held: VecDeque::new(),
            call_time: Duration::ZERO,
            expected: 0,
        };
        tokio::spawn(task.run());
        Self { queue }
    }

    /// Appends one command and waits for its place in the log.
    pub(super) async fn append(&self, command: PreparedCommand) -> Result<Appended, Arc<sqlx::Error>> {
        let (reply, answer) = oneshot::channel();
        let gone = || Arc::new(sqlx::Error::WorkerCrashed);
        self.queue.send(Waiting { command, reply }).await.map_err(|_| gone())?;
        answer.await.unwrap_or_else(|_| Err(gone()))
    }
}

struct Task {
    pool: PgPool,
    /// A connection of its own: one of the pool's would be tested before each call.
    connection: Option<PgConnection>,
    clock: Arc<dyn Clock>,
    /// Commands that were begun and have not arrived here yet.
    deciding: Arc<AtomicUsize>,
    wake: Wake,
    waiting: mpsc::Receiver<Waiting>,
    /// Commands that have to wait for the next call.
    held: VecDeque<Waiting>,
    /// How long a call takes lately.
    call_time: Duration,
    /// Commands that were under way when the last call ended: whoever was answered may soon come back.
    expected: usize,
}

impl Task {
    async fn run(mut self) {
        while let Some(batch) = self.collect().await {
            let started = Instant::now();
            let commands: Vec<&PreparedCommand> = batch.iter().map(|waiting| &waiting.command).collect();
            let outcome = self.append(&commands).await.map_err(Arc::new);
            self.call_time = (self.call_time * 7 + started.elapsed()) / 8;
            self.expected = batch.len() + self.held.len() + self.waiting.len();
            match outcome {
                Ok(verdicts) => {
                    measure(&commands, &verdicts, started.elapsed());
                    for (waiting, verdict) in batch.into_iter().zip(verdicts) {
                        let _ = waiting.reply.send(Ok(verdict));
                    }
                    (self.wake)();
                }
                Err(error) => {
                    for waiting in batch {
                        let _ = waiting.reply.send(Err(Arc::clone(&error)));
                    }
                }
            }
        }
    }

    /// Waits for a command and takes along what else is there, or is about to be.
    ///
    /// While other commands are being decided, or their senders were answered just now, waiting a
    /// fraction of a call for them saves them a whole one; with nobody else about, the call starts
    /// at once.
    async fn collect(&mut self) -> Option<Vec<Waiting>> {
        if self.held.is_empty() {
            let first = self.waiting.recv().await?;
            self.held.push_back(first);
        }
        self.drain();
        let patience = (self.call_time / 2).min(Duration::from_millis(2));
        let deadline = tokio::time::Instant::now() + patience;
        while self.held.len() < MAX_COMMANDS && self.others_are_about() {
            match tokio::time::timeout_at(deadline, self.waiting.recv()).await {
                Ok(Some(waiting)) => self.held.push_back(waiting),
                Ok(None) | Err(_) => break,
            }
            self.drain();
        }
        Some(self.take_batch())
    }

    fn others_are_about(&self) -> bool {
        self.held.len() < self.expected || self.deciding.load(Ordering::Relaxed) > 0
    }

    fn drain(&mut self) {
        while self.held.len() < MAX_COMMANDS
            && let Ok(waiting) = self.waiting.try_recv()
        {
            self.held.push_back(waiting);
        }
    }

    /// Takes from the front what can go together: one command per aggregate, command id and address.
    fn take_batch(&mut self) -> Vec<Waiting> {
        let mut batch = Vec::with_capacity(self.held.len());
        let mut left = VecDeque::new();
        let (mut aggregates, mut ids, mut bytes) = (HashSet::new(), HashSet::new(), 0);
        let mut addresses = HashSet::new();
        for waiting in self.held.drain(..) {
            let command = &waiting.command;
            let fits =
                batch.is_empty() || (batch.len() < MAX_COMMANDS && bytes + command.bytes() <= MAX_BYTES);
            let stream = (command.aggregate_type, command.aggregate_id);
            // Whether the first claim to an address stands is known after its call only.
            let claimed = command.address.as_ref().is_some_and(|address| addresses.contains(address));
            if fits && !claimed && !aggregates.contains(&stream) && !ids.contains(&command.command_id) {
                bytes += command.bytes();
                ids.insert(command.command_id);
                addresses.extend(command.address.clone());
                batch.push(waiting);
            } else {
                left.push_back(waiting);
            }
            aggregates.insert(stream);
        }
        self.held = left;
        batch
    }

    /// Calls the database, again after a moment while it is away: command ids make that safe.
    async fn append(&mut self, commands: &[&PreparedCommand]) -> Result<Vec<Appended>, sqlx::Error> {
        let mut attempt = 0;
        loop {
            match self.call(commands).await {
                Err(error) if attempt + 1 < TRIES && is_passing(&error) => {
                    let pause = Duration::from_millis(50 << attempt.min(5));
                    let pause = pause.mul_f64(rand::rng().random_range(0.5..1.5));
                    tokio::time::sleep(pause).await;
                    attempt += 1;
                }
                outcome => return outcome,
            }
        }
    }

    /// One call over the task's connection, which is made anew after any failure.
    async fn call(&mut self, commands: &[&PreparedCommand]) -> Result<Vec<Appended>, sqlx::Error> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.connect().await?,
        };
        let called = tokio::time::timeout(CALL_LIMIT, self.call_over(&mut connection, commands)).await;
        let verdicts = called.map_err(|_| sqlx::Error::PoolTimedOut)??;
        self.connection = Some(connection);
        Ok(verdicts)
    }

    async fn connect(&self) -> Result<PgConnection, sqlx::Error> {
        let options = self.pool.connect_options();
        let connecting = PgConnection::connect_with(&options);
        tokio::time::timeout(CONNECT_LIMIT, connecting).await.map_err(|_| sqlx::Error::PoolTimedOut)?
    }

    async fn call_over(
        &self,
        connection: &mut PgConnection,
        commands: &[&PreparedCommand],
    ) -> Result<Vec<Appended>, sqlx::Error> {
        let events = || {
            commands.iter().zip(1_i64..).flat_map(|(command, number)| {
                command.events.iter().map(move |event| (number, *command, event))
            })
        };
        let rows: Vec<(i16, Option<i64>, Option<i64>)> = sqlx::query_as(
            "SELECT verdict, last_position, last_sequence FROM append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, \
             $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        )
        .bind(commands.iter().map(|c| c.command_id).collect::<Vec<_>>())
        .bind(commands.iter().map(|c| c.aggregate_type).collect::<Vec<_>>())
        .bind(commands.iter().map(|c| c.aggregate_id.to_string()).collect::<Vec<_>>())
        .bind(commands.iter().map(|c| c.fingerprint.as_slice()).collect::<Vec<_>>())
        .bind(commands.iter().map(|c| c.expected.cast_signed()).collect::<Vec<_>>())
        .bind(commands.iter().map(|c| i64::try_from(c.events.len()).unwrap_or(i64::MAX)).collect::<Vec<_>>())
        .bind(commands.iter().map(|c| c.candidate_id).collect::<Vec<_>>())
        .bind(commands.iter().map(|c| c.address.as_deref()).collect::<Vec<_>>())
        .bind(commands.iter().map(|c| c.password.as_ref().map(ExposeSecret::expose_secret)).collect::<Vec<_>>())
        .bind(events().map(|(number, ..)| number).collect::<Vec<_>>())
        .bind(events().map(|(.., e)| e.event_id).collect::<Vec<_>>())
        .bind(events().map(|(.., e)| e.event_type.as_str()).collect::<Vec<_>>())
        .bind(events().map(|(.., e)| e.event_version.as_str()).collect::<Vec<_>>())
        .bind(events().map(|(.., e)| e.payload.as_str()).collect::<Vec<_>>())
        .bind(events().map(|(.., e)| e.metadata.as_str()).collect::<Vec<_>>())
        .bind(events().map(|(_, c, _)| c.partition.cast_signed()).collect::<Vec<_>>())
        .bind(events().map(|(.., e)| e.hash.as_slice()).collect::<Vec<_>>())
        .bind(self.clock.now())
        .fetch_all(connection)
        .await?;
        if rows.len() != commands.len() {
            return Err(sqlx::Error::Protocol("the appending function lost a command".to_owned()));
        }
        rows.into_iter().map(verdict).collect()
    }
}

fn measure(commands: &[&PreparedCommand], verdicts: &[Appended], took: Duration) {
    let is_new = |verdict: &Appended| matches!(verdict, Appended::Done { repeated: false, .. });
    let new = commands.iter().zip(verdicts).filter(|(_, verdict)| is_new(verdict));
    let events = new.map(|(command, _)| command.events.len()).sum::<usize>();
    metrics::counter!("interaura_events_appended_total").increment(events as u64);
    metrics::histogram!("interaura_append_batch_commands").record(f64::from(clamped(commands.len())));
    metrics::histogram!("interaura_append_batch_events").record(f64::from(clamped(events)));
    metrics::histogram!("interaura_append_duration_seconds").record(took);
}

fn clamped(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn verdict((verdict, position, sequence): (i16, Option<i64>, Option<i64>)) -> Result<Appended, sqlx::Error> {
    match (verdict, position, sequence) {
        (1 | 2, Some(position), Some(sequence)) => Ok(Appended::Done {
            position: Position(position.cast_unsigned()),
            sequence: sequence.cast_unsigned(),
            repeated: verdict == 2,
        }),
        (3, ..) => Ok(Appended::Conflict),
        (4, ..) => Ok(Appended::AddressTaken),
        (5, ..) => Ok(Appended::CommandIdReused),
        other => Err(sqlx::Error::Protocol(format!("unknown verdict {other:?}"))),
    }
}

/// Whether the database is away rather than unwilling.
pub(super) fn is_passing(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Protocol(message) => !message.contains("verdict"),
        sqlx::Error::Database(error) => error.code().is_some_and(|code| {
            // Connection, shutdown and start-up of the server, and losers of a race for locks.
            code.starts_with("08")
                || code.starts_with("57P")
                || code == "40001"
                || code == "40P01"
                || code == "23505"
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemClock;

    fn claim(address: Option<&str>) -> Waiting {
        let command = PreparedCommand {
            command_id: SystemClock.new_id(),
            aggregate_type: "account",
            aggregate_id: SystemClock.new_id(),
            fingerprint: [0; 32],
            expected: 0,
            candidate_id: SystemClock.new_id(),
            partition: 0,
            address: address.map(str::to_owned),
            password: None,
            events: Vec::new(),
        };
        Waiting { command, reply: oneshot::channel().0 }
    }

    #[tokio::test]
    async fn two_claims_to_one_address_go_one_after_the_other() {
        let (_queue, waiting) = mpsc::channel(1);
        let mut task = Task {
            pool: sqlx::postgres::PgPoolOptions::new()
                .connect_lazy_with(sqlx::postgres::PgConnectOptions::new()),
            connection: None,
            clock: Arc::new(SystemClock),
            deciding: Arc::default(),
            wake: Arc::new(|| {}),
            waiting,
            held: [Some("ada"), Some("ada"), Some("grace"), None].map(claim).into(),
            call_time: Duration::ZERO,
            expected: 0,
        };
        let addresses = |batch: Vec<Waiting>| -> Vec<_> {
            batch.into_iter().map(|waiting| waiting.command.address).collect()
        };
        let named = |name: &str| Some(name.to_owned());
        assert_eq!(addresses(task.take_batch()), [named("ada"), named("grace"), None]);
        assert_eq!(addresses(task.take_batch()), [named("ada")]);
    }
}
