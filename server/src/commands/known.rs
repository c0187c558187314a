//! What a log can hold, for arguments that name it: a misspelt word would otherwise find nothing, in silence.

use anyhow::ensure;
use clap::builder::PossibleValuesParser;
use interaura_adapters::event_store::{EventStore, LogFilter};
use interaura_domain::event::AnyEvent;

/// Takes the event types of this version, and names the nearest to others.
pub(super) fn event_types() -> PossibleValuesParser {
    PossibleValuesParser::new(AnyEvent::types())
}

/// Takes the kinds of aggregates of this version, and names the nearest to others.
pub(super) fn aggregate_types() -> PossibleValuesParser {
    PossibleValuesParser::new(AnyEvent::AGGREGATES)
}

/// Makes sure that the log holds an event of what an argument names.
///
/// # Errors
/// It holds none, or cannot be read.
pub(super) async fn ensure_there_is(store: &EventStore, what: &str, filter: LogFilter) -> anyhow::Result<()> {
    let found = store.stored(&filter, 1).await?;
    ensure!(!found.is_empty(), "the log holds no event of the {what}");
    Ok(())
}
