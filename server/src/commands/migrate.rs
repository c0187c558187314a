//! `interaura migrate`: brings the database and the stream to this version, then ends.

use std::io::Write as _;
use std::process::ExitCode;

use interaura_adapters::jetstream::{check_server, ensure_stream};

use super::role::urls;
use crate::config::Config;
use crate::database;

pub(super) async fn run(config: &Config) -> anyhow::Result<ExitCode> {
    let urls = urls(config)?;
    database::migrate(&urls.database).await?;
    let client = crate::nats::connect(&urls.nats).await?;
    check_server(&client).await?;
    ensure_stream(&client).await?;
    writeln!(std::io::stdout(), "the database and the stream are ready")?;
    Ok(ExitCode::SUCCESS)
}
