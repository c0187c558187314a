//! Sends commands on behalf of the caller.

use async_graphql::{Context, Error, ID};
use cqrs_es::Aggregate;
use interaura_domain::envelope::{Actor, CommandContext};
use interaura_domain::ids::{CandidateId, CommandId, CorrelationId};
use interaura_domain::ports::commands::{CommandError, CommandRequest, Commands, Committed, Companion};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::fault::{fault, not_signed_in};
use super::refusal::{IntoRefusal, Refusal, RefusalCode};
use crate::caller::Caller;
use crate::services::Services;

/// What became of a command.
pub(crate) type Outcome = Result<Committed, Refusal>;

/// The context of a command that a candidate sends.
pub(crate) fn context(candidate_id: CandidateId, command_id: CommandId) -> CommandContext {
    CommandContext {
        command_id,
        correlation_id: CorrelationId(command_id.0),
        causation_id: None,
        actor: Actor::Candidate,
        candidate_id,
    }
}

/// The id of what a command makes: the same for the same command of the same candidate (UUID v8).
pub(crate) fn derived_id(owner: Option<CandidateId>, command_id: CommandId, what: &str) -> Uuid {
    let owner = owner.map(|owner| owner.to_string()).unwrap_or_default();
    let digest = Sha256::digest(format!("{owner}\0{command_id}\0{what}"));
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// Who is signed in.
pub(crate) fn candidate(ctx: &Context<'_>) -> Result<CandidateId, Error> {
    ctx.data::<Caller>()?.candidate_id.ok_or_else(not_signed_in)
}

/// An id out of the request; unknown shapes are as unknown as unknown ids.
pub(crate) fn parsed(id: &ID) -> Result<Uuid, Refusal> {
    id.parse().map_err(|_| Refusal::not_found())
}

/// The command's id out of the request.
pub(crate) fn command_id(id: &ID) -> Result<CommandId, Refusal> {
    id.parse().map_err(|_| {
        Refusal::of_field("commandId", RefusalCode::InvalidInput, "a command id is a UUID made by the client")
    })
}

/// Sends a command.
pub(crate) async fn send<A>(
    commands: &dyn Commands<A>,
    aggregate_id: Uuid,
    command: A::Command,
    context: CommandContext,
    companions: Vec<Companion>,
) -> Result<Outcome, Error>
where
    A: Aggregate,
    A::Command: Send + Clone,
    A::Error: IntoRefusal + Send + Sync + 'static,
{
    match commands.execute(CommandRequest { aggregate_id, command, context, companions }).await {
        Ok(committed) => Ok(Ok(committed)),
        Err(CommandError::Refused(refusal)) => Ok(Err(refusal.into_refusal())),
        Err(CommandError::AddressTaken) => Ok(Err(Refusal::of_field(
            "email",
            RefusalCode::AddressTaken,
            "there is an account with this address already; sign in instead",
        ))),
        Err(CommandError::CommandIdReused) => Ok(Err(Refusal::of_field(
            "commandId",
            RefusalCode::CommandIdReused,
            "this command id was used for another command; reload the page and try again",
        ))),
        Err(CommandError::TooLarge { .. }) => {
            Ok(Err(Refusal::new(RefusalCode::TooLong, "this is too long to be stored; shorten it")))
        }
        Err(CommandError::Busy) => {
            Ok(Err(Refusal::new(RefusalCode::Busy, "the server is busy; try again in a moment")))
        }
        Err(CommandError::Unavailable(cause)) => Err(fault(&*cause)),
    }
}

/// Whether a stream exists and is the caller's.
pub(crate) async fn owns(
    services: &Services,
    owner: CandidateId,
    aggregate_type: &str,
    id: Uuid,
) -> Result<bool, Error> {
    let found = services.log.owner(aggregate_type, id).await.map_err(|cause| fault(&*cause))?;
    Ok(found == Some(owner))
}
