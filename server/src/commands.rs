//! The subcommands of `interaura`, one file each.

mod assets;
mod audit;
mod connected;
mod dead_letters;
mod doctor;
mod export;
mod known;
mod migrate;
mod rebuild;
mod replay;
mod rescore;
mod role;
pub mod schemas;
mod services;
mod up;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use interaura_adapters::recording_assembler::run_in_child;
use interaura_adapters::resume_reader::read_in_child;

use crate::config::Config;
use crate::logging;
use crate::roles::Role;

/// Mock interviews with scores that can be checked.
#[derive(Debug, Parser)]
#[command(name = "interaura", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run everything in this process; start Postgres and NATS where no address is given.
    Up,
    /// Serve the app over HTTP; other processes do the rest.
    Serve,
    /// Run the reactions: read resumes, write questions, evaluate answers, send mail.
    Work,
    /// Run the projections, which fill the read models.
    Project,
    /// Copy the log onto the stream; a second relay stands by until the first ends.
    Relay,
    /// Bring the database and the stream to this version, for roles that run apart.
    Migrate,
    /// Start Postgres and NATS, run a command with `DATABASE_URL` and `NATS_URL` set, stop both.
    Services(services::Services),
    /// Fetch everything that is downloaded: Postgres, NATS, the embedding model, the PDF library.
    Assets,
    /// Check each part and say what to do about a problem.
    Doctor(doctor::Doctor),
    /// Recompute every score of an interview, or verify the ledger.
    Audit(audit::Audit),
    /// Print events as lines of JSON.
    Replay(replay::Replay),
    /// Judge old answers under another rubric or evaluator and show what would shift; nothing is recorded.
    Rescore(rescore::Rescore),
    /// Write the log as Parquet files, by day and event type.
    Export(export::Export),
    /// Fill read models anew, beside those that are read, and swap them.
    Rebuild(rebuild::Rebuild),
    /// Look after events that a read model could not apply, or that a reaction gave up.
    DeadLetters(dead_letters::DeadLetters),
    /// Write the schemas of events, GraphQL, the stream and the environment into a folder.
    Schemas(schemas::Schemas),
    /// Run another program within limits; what the server starts for itself.
    #[command(hide = true)]
    RunContained {
        /// The limits, the program and what it is told.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<std::ffi::OsString>,
    },
    /// Read a resume from standard input; what the server starts for itself.
    #[command(hide = true)]
    ReadResume {
        /// What the reading child is told.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<std::ffi::OsString>,
    },
}

impl Cli {
    /// What a child under limits does, where this process is to be one.
    pub fn contained_child(&self) -> Option<ExitCode> {
        match &self.command {
            Command::ReadResume { arguments } => Some(read_in_child(arguments.clone())),
            Command::RunContained { arguments } => Some(run_in_child(arguments.clone())),
            _ => None,
        }
    }

    /// Runs the chosen command; a failure is told on standard error.
    pub async fn run(self) -> ExitCode {
        match self.dispatch().await {
            Ok(code) => code,
            Err(error) => {
                eprintln!("interaura: {error:#}");
                ExitCode::FAILURE
            }
        }
    }

    async fn dispatch(self) -> anyhow::Result<ExitCode> {
        let config = Config::from_env()?;
        logging::start(&config.log);
        match self.command {
            Command::Up => up::run(config).await,
            Command::Serve => role::run(Role::Serve, &config).await,
            Command::Work => role::run(Role::Work, &config).await,
            Command::Project => role::run(Role::Project, &config).await,
            Command::Relay => role::run(Role::Relay, &config).await,
            Command::Migrate => migrate::run(&config).await,
            Command::Services(services) => services.run(config).await,
            Command::Assets => assets::run(&config).await,
            Command::Doctor(doctor) => doctor.run(&config).await,
            Command::Audit(audit) => audit.run(&config).await,
            Command::Replay(replay) => replay.run(&config).await,
            Command::Rescore(rescore) => rescore.run(&config).await,
            Command::Export(export) => export.run(&config).await,
            Command::Rebuild(rebuild) => rebuild.run(&config).await,
            Command::DeadLetters(dead_letters) => dead_letters.run(&config).await,
            Command::Schemas(schemas) => schemas.run(),
            Command::ReadResume { arguments } => Ok(read_in_child(arguments)),
            Command::RunContained { arguments } => Ok(run_in_child(arguments)),
        }
    }
}
