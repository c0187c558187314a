//! The subcommands of `interaura`, one file each.

mod assets;
mod doctor;
mod services;
mod up;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;
use crate::logging;

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
    /// Start Postgres and NATS, run a command with `DATABASE_URL` and `NATS_URL` set, stop both.
    Services(services::Services),
    /// Fetch everything that is downloaded: Postgres, NATS, the embedding model, the PDF library.
    Assets,
    /// Check each part and say what to do about a problem.
    Doctor(doctor::Doctor),
}

impl Cli {
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
            Command::Services(services) => services.run(config).await,
            Command::Assets => assets::run(&config).await,
            Command::Doctor(doctor) => doctor.run(&config).await,
        }
    }
}
