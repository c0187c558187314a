//! The one consumer loop: deliver, retry, park.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use cqrs_es::Aggregate;
use futures::future::join_all;
use interaura_domain::envelope::{Actor, CommandContext, Partition, RecordedEvent};
use interaura_domain::event::AnyEvent;
use interaura_domain::ids::CommandId;
use interaura_domain::ports::Cause;
use interaura_domain::ports::commands::{CommandError, CommandRequest, Commands};
use interaura_domain::ports::cursors::{CursorStore, Cursors};
use interaura_domain::ports::event_stream::{EventStream, Interest};
use interaura_domain::ports::key_ring::KeyRing;
use rand::RngExt as _;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// Events that are worked on at once; each candidate's stay in order.
const BATCH: usize = 64;
/// How long to wait for an event before looking at the stream anew.
const WAIT: Duration = Duration::from_secs(5);
/// How often one event is tried.
const TRIES: u32 = 5;
/// How often the stream is told that work goes on.
const EXTEND: Duration = Duration::from_secs(15);

/// Why a reaction did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum ReactionError {
    /// Worth trying again.
    #[error("to be tried again")]
    Retry(#[source] Cause),
    /// Trying again does not help.
    #[error("given up")]
    GiveUp(#[source] Cause),
}

/// What happens by itself after some events.
#[async_trait]
pub trait Reaction: Send + Sync {
    /// Its name; it never changes between releases, for its cursor is kept under it.
    fn name(&self) -> &'static str;

    /// The stored types of the events it follows.
    fn event_types(&self) -> &'static [&'static str];

    /// Whether it also works for candidates whose key was destroyed; all others have nothing left to do for them.
    fn is_for_the_erased(&self) -> bool {
        false
    }

    /// Does the work. Redelivery is normal: what is done already is success.
    ///
    /// # Errors
    /// The work could not be done.
    async fn react(&self, event: &AnyEvent, recorded: &RecordedEvent) -> Result<(), ReactionError>;

    /// Makes the failure visible as an event, after the last try.
    ///
    /// # Errors
    /// Not even that could be done.
    async fn give_up(&self, event: &AnyEvent, recorded: &RecordedEvent) -> Result<(), ReactionError>;
}

/// The context of a command that a reaction sends: its id follows from the event, the reaction and
/// the step, so that a redelivery has one effect.
pub fn context(recorded: &RecordedEvent, reaction: &str, step: &str) -> CommandContext {
    CommandContext {
        command_id: CommandId(derived_id(recorded, reaction, step)),
        correlation_id: recorded.metadata.correlation_id,
        causation_id: Some(recorded.metadata.event_id),
        actor: Actor::Reaction(reaction.to_owned()),
        candidate_id: recorded.metadata.candidate_id,
    }
}

/// An id that follows from the event, the reaction and the step (UUID v8).
pub fn derived_id(recorded: &RecordedEvent, reaction: &str, step: &str) -> Uuid {
    let digest = Sha256::digest(format!("{}\0{reaction}\0{step}", recorded.metadata.event_id));
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// Sends a command; refusals that say "done already" are success.
///
/// # Errors
/// Another refusal, or an outage.
pub async fn send<A>(
    commands: &dyn Commands<A>,
    aggregate_id: Uuid,
    command: A::Command,
    context: CommandContext,
    is_done: impl Fn(&A::Error) -> bool + Send,
) -> Result<(), ReactionError>
where
    A: Aggregate,
    A::Command: Send + Clone,
    A::Error: Send + Sync + 'static,
{
    let request = CommandRequest { aggregate_id, command, context, companions: Vec::new() };
    match commands.execute(request).await {
        Ok(_) => Ok(()),
        Err(CommandError::Refused(refusal)) if is_done(&refusal) => Ok(()),
        Err(CommandError::Refused(refusal)) => Err(ReactionError::GiveUp(Box::new(refusal))),
        Err(error @ CommandError::TooLarge { .. }) => Err(ReactionError::GiveUp(error.to_string().into())),
        Err(CommandError::Unavailable(source)) => Err(ReactionError::Retry(source)),
        Err(error) => Err(ReactionError::Retry(error.to_string().into())),
    }
}

/// Runs one reaction.
pub struct ReactionLoop {
    /// Where events come from.
    pub stream: Arc<dyn EventStream>,
    /// Where the reaction's cursor is.
    pub cursors: Arc<dyn CursorStore>,
    /// Whose events are erased.
    pub keys: Arc<dyn KeyRing>,
    /// What to do.
    pub reaction: Arc<dyn Reaction>,
}

impl ReactionLoop {
    /// Works off an event that was parked, once. What was done already is success, and so is what has
    /// nothing left to do, for instance because its failure was recorded and the candidate went on.
    ///
    /// # Errors
    /// It cannot be worked off now either.
    pub async fn retry(&self, recorded: &RecordedEvent) -> Result<(), ReactionError> {
        if self.is_erased(recorded).await.map_err(ReactionError::Retry)? {
            return Ok(());
        }
        let event = AnyEvent::decode(recorded).map_err(|error| ReactionError::GiveUp(error.into()))?;
        self.reaction.react(&event, recorded).await
    }

    /// Runs for ever. Outages are waited for; an event that cannot be worked off is parked.
    pub async fn run(self) {
        let mut pause = Duration::from_millis(50);
        loop {
            if let Err(outage) = self.run_while_well(&mut pause).await {
                self.tell_outage(&*outage);
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(Duration::from_secs(2));
            }
        }
    }

    fn tell_outage(&self, error: &(dyn std::error::Error + 'static)) {
        tracing::warn!(reaction = self.reaction.name(), error, "a reaction waits for its servers");
    }

    fn tell_retry(&self, recorded: &RecordedEvent, error: &(dyn std::error::Error + 'static)) {
        let reaction = self.reaction.name();
        tracing::warn!(reaction, event.position = recorded.position.0, error, "a reaction is tried again");
    }

    fn tell_parked(&self, recorded: &RecordedEvent, error: &(dyn std::error::Error + 'static)) {
        let reaction = self.reaction.name();
        tracing::error!(
            reaction,
            event.position = recorded.position.0,
            error,
            "an event that a reaction gave up was parked; `interaura dead-letters list` shows it"
        );
    }

    async fn run_while_well(&self, pause: &mut Duration) -> Result<(), Cause> {
        let name = self.reaction.name();
        let (mut turn, cursors) = self.cursors.take_turn(name).await?;
        let interest =
            Interest { event_types: self.reaction.event_types().iter().map(ToString::to_string).collect() };
        let mut consumer = self.stream.consume(&format!("reaction-{name}"), &interest, cursors.floor).await?;
        loop {
            let batch = consumer.next_batch(BATCH, WAIT).await?;
            *pause = Duration::from_millis(50);
            let Some(last) = batch.last() else {
                turn.check().await?;
                consumer.extend().await?;
                continue;
            };
            let work = self.work_off(&batch, &cursors);
            tokio::pin!(work);
            loop {
                match tokio::time::timeout(EXTEND, &mut work).await {
                    Ok(outcome) => break outcome?,
                    Err(_) => consumer.extend().await?,
                }
            }
            self.cursors.all_done(name, last.position).await?;
            consumer.acknowledge(last.position).await?;
        }
    }

    /// Works off a batch: partitions side by side, the events of one partition in order.
    async fn work_off(&self, batch: &[RecordedEvent], cursors: &Cursors) -> Result<(), Cause> {
        let mut partitions: BTreeMap<Partition, Vec<&RecordedEvent>> = BTreeMap::new();
        for event in batch.iter().filter(|event| !cursors.has_done(event)) {
            partitions.entry(event.partition()).or_default().push(event);
        }
        let work = partitions.into_values().map(|events| async move {
            for event in events {
                self.work_on(event).await?;
                self.cursors.done(self.reaction.name(), event).await?;
            }
            Ok(())
        });
        join_all(work).await.into_iter().collect()
    }

    /// Whether nothing is left to do, because what the event was about was erased.
    async fn is_erased(&self, recorded: &RecordedEvent) -> Result<bool, Cause> {
        let key = self.keys.key(recorded.metadata.candidate_id).await?;
        Ok(key.is_none() && !self.reaction.is_for_the_erased())
    }

    async fn work_on(&self, recorded: &RecordedEvent) -> Result<(), Cause> {
        if self.is_erased(recorded).await? {
            self.count("erased");
            return Ok(());
        }
        let event = match AnyEvent::decode(recorded) {
            Ok(event) => event,
            Err(error) => {
                self.tell_parked(recorded, &error);
                return self.park(recorded, &error.to_string()).await;
            }
        };
        let mut attempt = 1;
        loop {
            match self.reaction.react(&event, recorded).await {
                Ok(()) => {
                    self.count("done");
                    return Ok(());
                }
                Err(ReactionError::Retry(error)) if attempt < TRIES => {
                    self.count("retried");
                    self.tell_retry(recorded, &*error);
                    let pause = Duration::from_millis(200 << attempt);
                    let pause = pause.mul_f64(rand::rng().random_range(0.5..1.5));
                    tokio::time::sleep(pause).await;
                    attempt += 1;
                }
                // The account was closed meanwhile.
                Err(_) if self.is_erased(recorded).await? => {
                    self.count("erased");
                    return Ok(());
                }
                Err(ReactionError::Retry(error) | ReactionError::GiveUp(error)) => {
                    if let Err(error) = self.reaction.give_up(&event, recorded).await {
                        let error = &error as &dyn std::error::Error;
                        tracing::error!(
                            reaction = self.reaction.name(),
                            error,
                            "a failure could not be recorded"
                        );
                    }
                    self.tell_parked(recorded, &*error);
                    return self.park(recorded, &error.to_string()).await;
                }
            }
        }
    }

    fn count(&self, outcome: &'static str) {
        let labels = [("reaction", self.reaction.name()), ("outcome", outcome)];
        metrics::counter!("interaura_reactions_total", &labels).increment(1);
    }

    async fn park(&self, recorded: &RecordedEvent, error: &str) -> Result<(), Cause> {
        self.count("parked");
        self.cursors.park(self.reaction.name(), recorded, error).await
    }
}
