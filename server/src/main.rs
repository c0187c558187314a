//! The `interaura` binary.

use std::process::ExitCode;

use clap::Parser;
use interaura_adapters::embedder::minilm::run_each_text_on_one_thread;
use interaura_server::commands::Cli;

fn main() -> ExitCode {
    let cli = Cli::parse();
    // A child runs under tight limits: no runtime, no threads of ours.
    if let Some(ended) = cli.contained_child() {
        return ended;
    }
    start(cli)
}

#[expect(unsafe_code, reason = "an environment variable is set while there is one thread")]
fn start(cli: Cli) -> ExitCode {
    // SAFETY: no thread was started yet.
    unsafe { run_each_text_on_one_thread() };
    run(cli)
}

#[tokio::main]
async fn run(cli: Cli) -> ExitCode {
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        eprintln!("interaura: a TLS provider was installed before main");
    }
    cli.run().await
}
