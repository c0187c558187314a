//! Carries out commands: decide, append, and decide again where others were faster.

use std::fmt::{Debug, Write};
use std::time::Duration;

use async_trait::async_trait;
use cqrs_es::event_sink::EventSink;
use cqrs_es::{Aggregate, DomainEvent};
use interaura_domain::envelope::{Actor, MAX_EVENT_BYTES, Position};
use interaura_domain::event;
use interaura_domain::ids::CommandId;
use interaura_domain::ports::Cause;
use interaura_domain::ports::commands::{CommandError, CommandRequest, Commands, Committed};
use rand::RngExt as _;
use uuid::Uuid;

use super::EventStore;
use super::appender::Appended;
use super::prepared::{PlainEvent, Preparation, PrepareError, fingerprint};

/// How often a command is decided anew because others wrote to its stream.
const TRIES: u32 = 8;

/// Where the state that a decision rests on comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Basis {
    /// What this process committed last, or an empty stream where it knows none.
    Remembered,
    /// Read from the log just now.
    Loaded,
}

enum Step {
    Done(Committed),
    /// Decide again, on a fresh load.
    Again,
}

#[async_trait]
impl<A> Commands<A> for EventStore
where
    A: Aggregate<Services = ()> + Clone + 'static,
    A::Command: Debug + Clone + Send + Sync,
    A::Error: Send + Sync,
{
    async fn execute(
        &self,
        request: CommandRequest<A::Command>,
    ) -> Result<Committed, CommandError<A::Error>> {
        let outcome = self.carry_out::<A>(request).await;
        let labels = [("aggregate", A::TYPE), ("outcome", outcome_name(&outcome))];
        metrics::counter!("interaura_commands_total", &labels).increment(1);
        outcome
    }

    async fn load(&self, aggregate_id: Uuid) -> Result<A, Cause> {
        Ok(self.replay::<A>(aggregate_id).await?.1)
    }
}

impl EventStore {
    async fn carry_out<A>(
        &self,
        request: CommandRequest<A::Command>,
    ) -> Result<Committed, CommandError<A::Error>>
    where
        A: Aggregate<Services = ()> + Clone + 'static,
        A::Command: Debug + Clone + Send + Sync,
        A::Error: Send + Sync,
    {
        let mut basis = Basis::Remembered;
        for attempt in 0..TRIES {
            match self.attempt::<A>(&request, basis).await? {
                Step::Done(committed) => return Ok(committed),
                Step::Again => basis = Basis::Loaded,
            }
            if attempt > 0 {
                let pause = Duration::from_millis(2 << attempt);
                let pause = pause.mul_f64(rand::rng().random_range(0.2..1.0));
                tokio::time::sleep(pause).await;
            }
        }
        Err(CommandError::Busy)
    }

    async fn attempt<A>(
        &self,
        request: &CommandRequest<A::Command>,
        basis: Basis,
    ) -> Result<Step, CommandError<A::Error>>
    where
        A: Aggregate<Services = ()> + Clone + 'static,
        A::Command: Debug + Clone + Send + Sync,
        A::Error: Send + Sync,
    {
        let deciding = self.begin_deciding();
        let stream = (A::TYPE, request.aggregate_id);
        let (expected, mut state) = match basis {
            Basis::Remembered => self.cache.get::<A>(stream).unwrap_or_default(),
            Basis::Loaded => {
                self.replay::<A>(request.aggregate_id).await.map_err(CommandError::Unavailable)?
            }
        };
        let sink = EventSink::default();
        if let Err(refusal) = state.handle(request.command.clone(), &(), &sink).await {
            return match basis {
                Basis::Remembered => Ok(Step::Again),
                Basis::Loaded => self.first_answer::<A>(request).await?.ok_or(CommandError::Refused(refusal)),
            };
        }
        let events = sink.collect().await.iter().map(plain).collect::<Result<Vec<_>, _>>();
        let events = events.map_err(|source| CommandError::Unavailable(source.into()))?;
        let preparation =
            Preparation { keys: &*self.keys, clock: &*self.clock, recorded_by: &self.recorded_by };
        let command = preparation
            .prepare(stream, expected, &request.context, print_of::<A>(request), events, &request.companions)
            .await
            .map_err(|error| match error {
                PrepareError::TooLarge(bytes) => CommandError::TooLarge { bytes, limit: MAX_EVENT_BYTES },
                other => CommandError::Unavailable(other.into()),
            })?;
        drop(deciding);
        let appended = self.appender.append(command).await;
        match appended.map_err(|error| CommandError::Unavailable(error.into()))? {
            Appended::Done { position, sequence, repeated } => {
                if repeated {
                    self.cache.forget(stream);
                } else {
                    self.cache.put(stream, sequence, state);
                }
                Ok(Step::Done(Committed { position, sequence, repeated }))
            }
            Appended::Conflict => {
                self.cache.forget(stream);
                Ok(Step::Again)
            }
            Appended::AddressTaken => Err(CommandError::AddressTaken),
            Appended::CommandIdReused => Err(CommandError::CommandIdReused),
        }
    }

    /// What a command was answered when it was carried out before.
    async fn first_answer<A>(
        &self,
        request: &CommandRequest<A::Command>,
    ) -> Result<Option<Step>, CommandError<A::Error>>
    where
        A: Aggregate,
        A::Command: Debug,
    {
        let CommandId(command_id) = request.context.command_id;
        let known: Option<(Vec<u8>, i64, i64)> =
            sqlx::query_as("SELECT fingerprint, position, sequence FROM commands WHERE command_id = $1")
                .bind(command_id)
                .fetch_optional(&self.pool)
                .await
                .map_err(|source| CommandError::Unavailable(source.into()))?;
        match known {
            None => Ok(None),
            Some((print, ..)) if print != print_of::<A>(request) => Err(CommandError::CommandIdReused),
            Some((_, position, sequence)) => Ok(Some(Step::Done(Committed {
                position: Position(position.cast_unsigned()),
                sequence: sequence.cast_unsigned(),
                repeated: true,
            }))),
        }
    }

    /// The aggregate from its events, with the sequence of the last one.
    async fn replay<A: Aggregate>(&self, aggregate_id: Uuid) -> Result<(u64, A), Cause> {
        let mut state = A::default();
        let mut last = 0;
        for stored in self.stored_stream(A::TYPE, aggregate_id).await? {
            last = stored.sequence;
            let recorded = self.open(stored).await?;
            state.apply(event::typed(&recorded.event_type, &recorded.payload)?);
        }
        Ok((last, state))
    }
}

fn outcome_name<E: std::error::Error>(outcome: &Result<Committed, CommandError<E>>) -> &'static str {
    match outcome {
        Ok(Committed { repeated: false, .. }) => "committed",
        Ok(Committed { repeated: true, .. }) => "repeated",
        Err(CommandError::Refused(_)) => "refused",
        Err(CommandError::AddressTaken) => "address_taken",
        Err(CommandError::CommandIdReused) => "command_id_reused",
        Err(CommandError::TooLarge { .. }) => "too_large",
        Err(CommandError::Busy) => "busy",
        Err(CommandError::Unavailable(_)) => "unavailable",
    }
}

fn plain<E: DomainEvent>(event: &E) -> Result<PlainEvent, serde_json::Error> {
    Ok(PlainEvent {
        event_type: event.event_type(),
        event_version: event.event_version(),
        payload: serde_json::to_string(event)?,
    })
}

/// What tells a repeated command from another under the same id.
///
/// A person's command is what they sent: all of it but the times, which the server adds anew on each
/// try. A reaction's is its kind alone, for what it found may be worded otherwise the second time.
fn print_of<A: Aggregate>(request: &CommandRequest<A::Command>) -> [u8; 32]
where
    A::Command: Debug,
{
    let command = match request.context.actor {
        Actor::Candidate => without_times(&format!("{:?}", request.command)),
        Actor::Reaction(_) => {
            let mut kind = FirstWord(String::new());
            let _ = write!(kind, "{:?}", request.command);
            kind.0
        }
    };
    fingerprint(A::TYPE, request.aggregate_id, &command)
}

/// A text without its moments in time, `2026-11-22T09:00:00.123456Z`.
fn without_times(text: &str) -> String {
    /// How a moment begins: digits, and what stands between them.
    const SHAPE: &[u8] = b"0000-00-00T00:00:00";
    let bytes = text.as_bytes();
    let is_time = |at: usize| {
        let shape = bytes.get(at..at + SHAPE.len());
        shape.is_some_and(|found| {
            found.iter().zip(SHAPE).all(|(byte, shape)| match shape {
                b'0' => byte.is_ascii_digit(),
                other => byte == other,
            })
        })
    };
    let mut kept = String::with_capacity(text.len());
    let mut after = 0;
    for (at, character) in text.char_indices() {
        if at < after {
            continue;
        }
        if character.is_ascii_digit() && is_time(at) {
            let fraction = &bytes[at + SHAPE.len()..];
            let more = fraction.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
            after = at + SHAPE.len() + more;
        } else {
            kept.push(character);
        }
    }
    kept
}

/// Takes the first word of what is written, and then refuses more.
struct FirstWord(String);

impl Write for FirstWord {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        let word = text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
        self.0.push_str(word);
        if word.len() == text.len() { Ok(()) } else { Err(std::fmt::Error) }
    }
}

#[cfg(test)]
mod tests {
    use super::without_times;

    #[test]
    fn times_are_left_out_and_nothing_else() {
        let sent = "SubmitAnswer { text: \"Zürich 2026-11-22\", submitted_at: 2026-11-22T09:00:00.123456Z }";
        let kept = "SubmitAnswer { text: \"Zürich 2026-11-22\", submitted_at: Z }";
        assert_eq!(without_times(sent), kept);
        assert_eq!(without_times("2026-11-22T09:00:0"), "2026-11-22T09:00:0");
    }
}
