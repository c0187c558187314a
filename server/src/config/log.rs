//! What is logged.

use tracing_subscriber::EnvFilter;

use super::Environment;
use super::variable::{Kind, Unset, Variable};

/// What is logged.
#[derive(Debug, Clone)]
pub struct LogConfig {
    /// Directives such as `info,interaura_workers=debug`, from `INTERAURA_LOG`.
    pub filter: String,
}

pub(super) const VARIABLES: &[Variable] = &[Variable {
    name: "INTERAURA_LOG",
    meaning: "What is logged, to standard error: directives such as info,interaura_workers=debug.",
    kind: Kind::Text,
    default: Unset::As(LogConfig::DEFAULT),
}];

impl LogConfig {
    /// The directives in force when `INTERAURA_LOG` is unset: our own progress, and only warnings
    /// of the client library that otherwise reports each connection event.
    const DEFAULT: &str = "info,async_nats=warn";

    pub(super) fn read(environment: &Environment<'_>) -> anyhow::Result<Self> {
        let filter =
            environment.parsed("INTERAURA_LOG", |text| text.parse::<EnvFilter>().map(|_| text.to_owned()))?;
        Ok(Self { filter: filter.unwrap_or_else(|| Self::DEFAULT.to_owned()) })
    }
}
