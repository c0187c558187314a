//! The `interaura` binary.

use std::process::ExitCode;

use clap::Parser;
use interaura_server::commands::Cli;

#[tokio::main]
async fn main() -> ExitCode {
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        eprintln!("interaura: a TLS provider was installed before main");
    }
    Cli::parse().run().await
}
