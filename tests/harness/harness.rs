//! What the tests share: a database and a stream of their own, stories to fill them with, and a browser.
//!
//! Nothing is shared between tests but the Postgres server that `interaura services` runs.

#![expect(clippy::unwrap_used, reason = "only tests use this crate, and they want to end there")]
#![expect(clippy::missing_panics_doc, reason = "each helper ends its test where a step fails")]

pub mod app;
pub mod binary;
pub mod browser;
pub mod database;
pub mod deepgram;
pub mod follower;
pub mod groq;
pub mod hostile;
pub mod live;
pub mod nats;
pub mod room;
pub mod s3;
pub mod sitting;
pub mod sound;
pub mod steady_page;
pub mod story;
pub mod tls;

use std::path::{Path, PathBuf};
use std::time::Duration;

use interaura_server::assets::Assets;

/// The longest that a test waits for something to become true.
const PATIENCE: Duration = Duration::from_secs(45);
/// How often it looks meanwhile.
const LOOK: Duration = Duration::from_millis(10);

/// A variable that `interaura services` sets for the tests.
#[expect(clippy::disallowed_methods, reason = "the one home of the environment in the tests")]
pub fn environment(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| {
        panic!("{name} is not set; run the tests with `interaura services -- cargo nextest run --workspace`")
    })
}

/// The downloads.
pub fn assets() -> Assets {
    Assets::new(PathBuf::from(environment("INTERAURA_ASSETS")))
}

/// A resume of the fixtures.
pub fn resume_fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/resumes").join(name)).unwrap()
}

/// Looks again and again until there is something, for 45 seconds.
pub async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(tokio::time::Instant::now() < deadline, "in vain waited until {what}");
        tokio::time::sleep(LOOK).await;
    }
}
