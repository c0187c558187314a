//! A NATS server of a test's own, for the stream has one name.

use std::process::{Child, Command, Stdio};

use interaura_adapters::event_store::EventStore;
use interaura_adapters::jetstream::EventJetStream;
use interaura_server::assets::Asset;
use secrecy::SecretString;
use serde_json::Value;
use tempfile::TempDir;

use crate::{assets, eventually};

/// A NATS server with `JetStream`, ended with the test.
pub struct Nats {
    server: Child,
    /// Its address.
    pub url: SecretString,
    _dir: TempDir,
}

impl Nats {
    /// Starts one on a free port.
    pub async fn start() -> Self {
        let dir = TempDir::new().unwrap();
        let server = Command::new(assets().path(Asset::NatsServer).join("nats-server"))
            .args(["-js", "-a", "127.0.0.1", "-p", "-1", "-sd"])
            .arg(dir.path())
            .arg("--ports_file_dir")
            .arg(dir.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let ports = dir.path().join(format!("nats-server_{}.ports", server.id()));
        let url = eventually("NATS tells its port", async || {
            let ports: Value = serde_json::from_slice(&std::fs::read(&ports).ok()?).ok()?;
            Some(ports["nats"][0].as_str()?.to_owned())
        })
        .await;
        Self { server, url: url.into(), _dir: dir }
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.server.id()
    }

    /// A connection of its own.
    pub async fn connect(&self) -> async_nats::Client {
        eventually("NATS answers", async || interaura_server::nats::connect(&self.url).await.ok()).await
    }

    /// The stream, filled from a store, over a connection of its own.
    pub async fn stream(&self, store: &EventStore) -> EventJetStream {
        EventJetStream::new(self.connect().await, store.clone())
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
