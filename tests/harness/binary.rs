//! The `interaura` binary, for what is done on the command line.

use std::path::Path;
use std::process::{Command, Output};

use secrecy::ExposeSecret as _;

use crate::database::{Database, MASTER_KEY};
use crate::nats::Nats;
use crate::{assets, environment};

/// A command of the binary on a database and a stream.
pub fn interaura(database: &Database, nats: &Nats, data: &Path) -> Command {
    let mut command = bare_interaura();
    command
        .env("DATABASE_URL", &database.url)
        .env("NATS_URL", nats.url.expose_secret())
        .env("INTERAURA_DATA", data)
        .env("INTERAURA_ASSETS", assets().dir())
        .env("INTERAURA_MASTER_KEY", MASTER_KEY);
    command
}

/// A command of the binary that is to end before it looks at a database.
pub fn bare_interaura() -> Command {
    Command::new(environment("INTERAURA_BINARY"))
}

/// Whether a command succeeded, and what it said on either stream.
pub fn said(output: &Output) -> (bool, String) {
    let words = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    (output.status.success(), words.concat())
}
