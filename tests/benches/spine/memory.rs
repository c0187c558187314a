//! What `interaura up` keeps in memory when nobody uses it, without Postgres and NATS.

use std::process::{Command, Stdio};
use std::time::Duration;

use interaura_tests::database::Database;
use interaura_tests::nats::Nats;
use interaura_tests::{environment, eventually};
use secrecy::ExposeSecret as _;
use tempfile::TempDir;

use crate::figure::{Bound, Figure, Report};

/// Until what the start needed is given back.
const SETTLE: Duration = Duration::from_secs(5);

pub(crate) async fn measure(report: &mut Report) {
    let (database, nats, dir) = (Database::create().await, Nats::start().await, TempDir::new().unwrap());
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let mut server = Command::new(environment("INTERAURA_BINARY"))
        .arg("up")
        .env("DATABASE_URL", &database.url)
        .env("NATS_URL", nats.url.expose_secret())
        .env("INTERAURA_DATA", dir.path())
        .env("INTERAURA_LISTEN", address.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let client = reqwest::Client::new();
    eventually("the server is ready", async || {
        client.get(format!("http://{address}/readyz")).send().await.ok()?.error_for_status().ok()
    })
    .await;
    tokio::time::sleep(SETTLE).await;
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    let kibibytes: f64 = resident.trim().trim_end_matches(" kB").parse().unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    report.add(&Figure {
        name: "memory".to_owned(),
        value: kibibytes / 1024.0,
        unit: "MiB",
        baseline: None,
        bound: Bound::AtMost,
        must: 400.0,
        goal: 200.0,
    });
}
