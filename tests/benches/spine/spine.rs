//! What the spine costs, each figure beside a raw baseline of the same run (`make bench`).
//!
//! Run under `interaura services`, which gives it a Postgres that syncs to disk. One line of JSON per
//! figure; exit status 1 where a *must* is missed. `ONLY=append,relay` measures these alone.

#![expect(clippy::unwrap_used, reason = "a benchmark wants to end where a step fails")]
#![expect(clippy::disallowed_methods, reason = "a benchmark has no configuration of its own")]

mod append;
#[expect(dead_code, reason = "the live benchmark uses all of it")]
mod cpu;
mod dashboard;
mod figure;
mod freshness;
mod memory;
mod observations;
mod rebuild;
mod relay;
mod seed;

use interaura_tests::app::install_tls;
use interaura_tests::database::Database;

use self::figure::Report;

#[tokio::main]
async fn main() {
    install_tls();
    let only = std::env::var("ONLY").ok();
    let wanted = |part: &str| only.as_ref().is_none_or(|only| only.split(',').any(|one| one == part));
    let mut report = Report::default();
    if wanted("memory") {
        memory::measure(&mut report).await;
    }
    if wanted("append") {
        append::measure(&mut report).await;
    }
    if wanted("observations") {
        observations::measure(&mut report).await;
    }
    if wanted("freshness") {
        freshness::measure(&mut report).await;
    }
    if wanted("relay") || wanted("rebuild") || wanted("dashboard") {
        let database = Database::create().await;
        let candidates = seed::stories(&database).await;
        if wanted("relay") {
            relay::measure(&mut report, &database).await;
        }
        if wanted("rebuild") {
            rebuild::measure(&mut report, &database).await;
        }
        if wanted("dashboard") {
            seed::interviews(&database, &candidates).await;
            dashboard::measure(&mut report, database, &candidates).await;
        }
    }
    std::process::exit(report.status());
}
