//! `interaura dead-letters`: events that a read model could not apply, or that a reaction gave up.
//!
//! Each has an id that says where it is parked: `dashboard/17`, `report_issuing/17`.

mod parked_id;

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use interaura_adapters::cursors::{ParkedReaction, PostgresCursors};
use interaura_domain::envelope::Position;
use interaura_domain::ports::event_log::EventLog as _;
use interaura_domain::ports::signals::View;
use interaura_projections::dead_letters::{discard, list, retry};
use interaura_workers::reaction::{ReactionError, ReactionLoop};

use self::parked_id::{ParkedId, Place};
use super::connected::Connected;
use crate::assets::Assets;
use crate::config::Config;
use crate::roles::Role;
use crate::views::for_view;
use crate::wiring::Wiring;

/// What `interaura dead-letters` is told.
#[derive(Debug, Args)]
pub(super) struct DeadLetters {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Every parked event with its id, and those that wait behind it.
    List,
    /// Apply parked events to their read model, or have their reaction work them off, again.
    Retry {
        /// One event, `dashboard/17` or `report_issuing/17`; or all of a read model or reaction, `dashboard`.
        /// A read model takes a candidate's events in order: all of that candidate's are retried.
        id: ParkedId,
    },
    /// Forget one parked event for good. In a read model, retry those that waited behind it then.
    Discard {
        /// The event, `dashboard/17` or `report_issuing/17`.
        #[arg(value_parser = parked_id::of_one_event)]
        id: (Place, Position),
    },
}

impl DeadLetters {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        let connected = Connected::open(config).await?;
        let outcome = match &self.action {
            Action::List => list_all(&connected).await,
            Action::Retry { id: ParkedId { place: Place::ReadModel(view), position } } => {
                retry_read_model(&connected, *view, *position).await
            }
            Action::Retry { id: ParkedId { place: Place::Reaction(name), position } } => {
                retry_reaction(&connected, config, name, *position).await
            }
            Action::Discard { id: (place, position) } => discard_one(&connected, place, *position).await,
        };
        connected.close().await;
        outcome
    }
}

async fn list_all(connected: &Connected) -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout();
    for letter in list(&connected.pool).await? {
        let error = letter.error.as_deref().unwrap_or("waits behind an earlier event");
        writeln!(out, "{}/{}\tread model\t{}\t{error}", letter.view, letter.position, letter.event_type)?;
    }
    for ParkedReaction { reaction, position, event_type, error } in cursors(connected).parked().await? {
        writeln!(out, "{reaction}/{position}\treaction\t{event_type}\t{error}")?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn retry_read_model(
    connected: &Connected,
    view: View,
    position: Option<Position>,
) -> anyhow::Result<ExitCode> {
    let Connected { pool, keys, store, .. } = connected;
    let here = async || -> sqlx::Result<usize> {
        let parked = list(pool).await?.into_iter().filter(|letter| letter.view == view.name());
        let asked_for = |at: i64| position.is_none_or(|Position(position)| at == position.cast_signed());
        Ok(parked.filter(|letter| asked_for(letter.position)).count())
    };
    if here().await? == 0 {
        return nothing_is_parked(&Place::ReadModel(view), position);
    }
    let applied = for_view!(view, retry(pool, &**keys, store, position));
    let applied = applied.map_err(|cause| anyhow::anyhow!(cause))?;
    let left = here().await?;
    let mut out = std::io::stdout();
    writeln!(out, "read model {}: {applied} events applied", view.name())?;
    if left == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(out, "{left} failed again and stay parked, or wait behind one that did")?;
    Ok(ExitCode::FAILURE)
}

async fn retry_reaction(
    connected: &Connected,
    config: &Config,
    name: &str,
    position: Option<Position>,
) -> anyhow::Result<ExitCode> {
    let cursors = cursors(connected);
    let asked_for = |parked: &ParkedReaction| {
        parked.reaction == name && position.is_none_or(|at| parked.position == at.0.cast_signed())
    };
    let parked: Vec<ParkedReaction> = cursors.parked().await?.into_iter().filter(asked_for).collect();
    if parked.is_empty() {
        return nothing_is_parked(&Place::Reaction(name.to_owned()), position);
    }
    let reaction = reaction(connected, config, name).await?;
    let mut out = std::io::stdout();
    let mut outcome = ExitCode::SUCCESS;
    for ParkedReaction { position, .. } in parked {
        let position = Position(position.cast_unsigned());
        let before = Position(position.0.saturating_sub(1));
        let read = connected.store.read_after(before, 1).await.map_err(|cause| anyhow::anyhow!(cause))?;
        let recorded = read.first().with_context(|| format!("the log has no event at {}", position.0))?;
        match reaction.retry(recorded).await {
            Ok(()) => {
                cursors.forget_parked(name, position).await?;
                writeln!(out, "{name}/{}: done, or nothing was left to do", position.0)?;
            }
            // What lies beneath the cause may repeat what the event holds.
            Err(ReactionError::Retry(cause) | ReactionError::GiveUp(cause)) => {
                writeln!(out, "{name}/{}: failed again and stays parked: {cause}", position.0)?;
                outcome = ExitCode::FAILURE;
            }
        }
    }
    Ok(outcome)
}

/// A reaction with all it needs, as the role `work` has it.
async fn reaction(connected: &Connected, config: &Config, name: &str) -> anyhow::Result<ReactionLoop> {
    let assets = Assets::new(&config.data.assets_dir);
    for asset in Role::Work.assets().iter().filter(|asset| !asset.can_be_missing()) {
        assets.ensure(*asset).await?;
    }
    let reactions = Wiring::new(config, &connected.urls, &assets).await?.reactions()?;
    let mut named = reactions.into_iter().filter(|running| running.reaction.name() == name);
    named.next().with_context(|| format!("this version has no reaction {name}; it can be discarded alone"))
}

async fn discard_one(connected: &Connected, place: &Place, position: Position) -> anyhow::Result<ExitCode> {
    let found = match place {
        Place::ReadModel(view) => discard(&connected.pool, *view, position).await?,
        Place::Reaction(name) => cursors(connected).forget_parked(name, position).await?,
    };
    if !found {
        return nothing_is_parked(place, Some(position));
    }
    writeln!(std::io::stdout(), "{place}/{}: forgotten", position.0)?;
    Ok(ExitCode::SUCCESS)
}

fn nothing_is_parked(place: &Place, position: Option<Position>) -> anyhow::Result<ExitCode> {
    let id = ParkedId { place: place.clone(), position };
    anyhow::bail!("nothing is parked as {id}; `interaura dead-letters list` shows what is")
}

fn cursors(connected: &Connected) -> PostgresCursors {
    PostgresCursors::new(connected.pool.clone())
}
