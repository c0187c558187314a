//! The roles apart: real processes on one Postgres and one NATS.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "this whole file is a test, its helper functions too")]

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use interaura_tests::browser::Browser;
use interaura_tests::database::{Database, MASTER_KEY};
use interaura_tests::nats::Nats;
use interaura_tests::sitting::Sitting;
use interaura_tests::{assets, environment, eventually};
use serde_json::json;
use tempfile::TempDir;

/// One database, one stream, and what processes of the binary need to share them.
struct Machines {
    database: Database,
    nats: Nats,
    address: SocketAddr,
    dir: TempDir,
}

/// A process with one role, killed with the test.
struct Process {
    child: Child,
    log: PathBuf,
}

fn free_address() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

impl Machines {
    async fn start() -> Self {
        let nats = Nats::start().await;
        nats.connect().await;
        let dir = TempDir::new().unwrap();
        Self { database: Database::create_empty().await, nats, address: free_address(), dir }
    }

    fn interaura(&self, command: &str) -> Command {
        use secrecy::ExposeSecret as _;
        let mut process = Command::new(environment("INTERAURA_BINARY"));
        process
            .arg(command)
            .env("DATABASE_URL", &self.database.url)
            .env("NATS_URL", self.nats.url.expose_secret())
            .env("INTERAURA_DATA", self.dir.path())
            .env("INTERAURA_ASSETS", assets().dir())
            .env("INTERAURA_LISTEN", self.address.to_string())
            .env("INTERAURA_MASTER_KEY", MASTER_KEY)
            .stdin(Stdio::null());
        process
    }

    fn run(&self, role: &str, name: &str) -> Process {
        self.spawn(self.interaura(role), name)
    }

    fn spawn(&self, mut process: Command, name: &str) -> Process {
        let log = self.dir.path().join(format!("{name}.log"));
        let file = std::fs::File::create(&log).unwrap();
        let child = process.stdout(Stdio::null()).stderr(file).spawn().unwrap();
        Process { child, log }
    }

    fn output(&self, command: &str) -> Output {
        self.interaura(command).output().unwrap()
    }
}

impl Process {
    fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    async fn says(&self, words: &str) {
        eventually(words, async || self.log().contains(words).then_some(())).await;
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}:\n{}", self.log.display(), self.log());
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn four_processes_carry_an_interview_and_a_standby_takes_over_the_relay() {
    let machines = Machines::start().await;
    assert!(machines.output("migrate").status.success());
    let _others = ["serve", "work", "project"].map(|role| machines.run(role, role));
    let mut active = machines.run("relay", "first");
    active.says("this relay is active").await;
    let figures = free_address();
    let mut second = machines.interaura("relay");
    second.env("INTERAURA_METRICS_LISTEN", figures.to_string());
    let standby = machines.spawn(second, "second");
    standby.says("this relay stands by").await;

    let browser = Browser::new(machines.address);
    let nothing = json!({});
    eventually("the server answers", async || browser.try_ask("{ roles { slug } }", &nothing).await).await;
    let mut sitting = Sitting::begin(&browser, 2).await;
    let mut answers = 0;
    let text =
        "My class would not settle, so I spoke with each pupil and we wrote rules. The noise was gone.";
    while sitting.answer(text).await {
        answers += 1;
        if answers == 1 {
            assert!(!standby.log().contains("this relay is active"));
            active.kill();
        }
    }
    standby.says("this relay is active").await;
    let page = Browser::new(figures).page("/metrics").await;
    assert!(page.contains("\ninteraura_relay_active 1\n"), "{page}");
    assert!(answers >= 2);
    let report = sitting.report().await;
    let evaluated = |answer: &serde_json::Value| answer["evaluation"] == "EVALUATED";
    let reported = report["answers"].as_array().unwrap();
    assert_eq!(reported.len(), answers, "{report}");
    assert!(reported.iter().all(evaluated), "{report}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_without_its_database_says_that_it_is_the_database() {
    let machines = Machines::start().await;
    assert!(machines.output("migrate").status.success());
    let relay = machines.run("relay", "relay");
    relay.says("this relay is active").await;
    let name = machines.database.url.rsplit('/').next().unwrap().split('?').next().unwrap();
    let server = Database::create_empty().await.pool;
    let gone = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false");
    sqlx::query(&gone).execute(&server).await.unwrap();
    sqlx::query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1")
        .bind(name)
        .execute(&server)
        .await
        .unwrap();
    relay.says("the log in Postgres cannot be read").await;
    assert!(!relay.log().contains("JetStream does not answer"), "{}", relay.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_apart_asks_for_the_migration_that_is_missing() {
    let machines = Machines::start().await;
    let refused = machines.output("relay");
    let words = String::from_utf8(refused.stderr).unwrap();
    assert!(!refused.status.success() && words.contains("run `interaura migrate`"), "{words}");
    for _ in 0..2 {
        let migrated = machines.output("migrate");
        assert!(migrated.status.success(), "{}", String::from_utf8_lossy(&migrated.stderr));
    }
    machines.run("relay", "relay").says("this relay is active").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_apart_makes_no_master_key_of_its_own() {
    let machines = Machines::start().await;
    assert!(machines.output("migrate").status.success());
    let refused = machines.interaura("serve").env_remove("INTERAURA_MASTER_KEY").output().unwrap();
    let words = String::from_utf8(refused.stderr).unwrap();
    assert!(!refused.status.success() && words.contains("INTERAURA_MASTER_KEY"), "{words}");
}
