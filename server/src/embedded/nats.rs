//! Our own NATS server: `JetStream` on disk, one port of the loopback interface, a random password.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use secrecy::SecretString;
use tokio::process::Command;

use super::identity::Identity;
use super::leftovers;
use super::place::Place;
use super::supervisor::Service;
use crate::unix::Signal;

const USER: &str = "interaura";
const PROGRAM: &str = "nats-server";

/// A prepared configuration and how to run it.
#[derive(Debug)]
pub(super) struct Nats {
    identity: Identity,
    program: PathBuf,
    dir: PathBuf,
    config: PathBuf,
    password: String,
    port: u16,
    log: PathBuf,
}

impl Nats {
    /// Chooses the port and writes the configuration. `asset` is where the download was unpacked.
    ///
    /// The port of the last start is kept while it is free, so that whoever noted the address finds
    /// us again.
    pub(super) async fn prepare(place: &Place, asset: &Path) -> anyhow::Result<Self> {
        let config = place.file("nats.conf");
        leftovers::end(PROGRAM, text(&config)?, Self::STOP_SIGNAL).await?;
        let port_file = place.file("nats.port");
        let saved = std::fs::read_to_string(&port_file).ok();
        let saved = saved.and_then(|port| port.trim().parse().ok());
        let port = choose_port(saved)?;
        if saved != Some(port) {
            Identity::of_this_process().write(&port_file, &port.to_string())?;
        }
        let nats = Self {
            identity: place.identity(),
            program: asset.join(PROGRAM),
            dir: place.service_dir("nats")?,
            config,
            password: place.secret("nats.password")?,
            port,
            log: place.new_log("nats.log")?,
        };
        let settings = serde_json::json!({
            "listen": format!("127.0.0.1:{port}"),
            "server_name": place.cluster_name(),
            "jetstream": { "store_dir": text(&nats.dir)? },
            "authorization": { "user": USER, "password": nats.password },
        });
        nats.identity.write(&nats.config, &settings.to_string())?;
        Ok(nats)
    }

    /// The address, with its password.
    pub(super) fn url(&self) -> SecretString {
        let Self { password, port, .. } = self;
        SecretString::from(format!("nats://{USER}:{password}@127.0.0.1:{port}"))
    }
}

impl Service for Nats {
    const NAME: &'static str = "NATS";
    const STOP_SIGNAL: Signal = Signal::Terminate;
    const STOP_LIMIT: Duration = Duration::from_secs(10);
    /// Recovery reads the index of each stored block.
    const START_LIMIT: Duration = Duration::from_mins(2);

    async fn clear(&self) -> anyhow::Result<()> {
        leftovers::end(PROGRAM, text(&self.config)?, Self::STOP_SIGNAL).await
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("-c").arg(&self.config).current_dir(&self.dir);
        self.identity.apply(&mut command);
        command
    }

    async fn ready(&self) -> anyhow::Result<()> {
        let url = self.url();
        loop {
            if let Ok(client) = crate::nats::connect(&url).await
                && async_nats::jetstream::new(client).query_account().await.is_ok()
            {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn log(&self) -> &Path {
        &self.log
    }
}

/// `saved` while it is free, else any port that is.
fn choose_port(saved: Option<u16>) -> anyhow::Result<u16> {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let listener = match saved.map(bind) {
        Some(Ok(listener)) => listener,
        _ => bind(0).context("there is no free port on 127.0.0.1")?,
    };
    Ok(listener.local_addr()?.port())
}

fn text(path: &Path) -> anyhow::Result<&str> {
    path.to_str().with_context(|| format!("{} is not valid UTF-8, which NATS needs", path.display()))
}
