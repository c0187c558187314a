//! How well the live path sees, and what that costs: one line of JSON per figure.
//!
//! `make bench-live DATA=<folder>` reads `<folder>/faces`; without it the small pictures in the repository.
//! Exit status 1 where a *must* is missed.

#![expect(clippy::unwrap_used, reason = "a benchmark stops where something is wrong")]

#[path = "../spine/cpu.rs"]
mod cpu;
#[path = "../spine/figure.rs"]
#[expect(dead_code, reason = "the spine's benchmark uses all of it")]
mod figure;
mod rooms;
mod vision;

use std::path::PathBuf;

use self::figure::Report;

#[tokio::main]
async fn main() {
    // Cargo hands over flags of its own, too.
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let folder =
        folder.map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures"), PathBuf::from);
    let mut report = Report::default();
    let faces = folder.join("faces");
    let bare_ms = vision::measure(&faces, &mut report).await;
    if let Some(bare_ms) = bare_ms {
        rooms::measure(&faces, bare_ms, &mut report).await;
    }
    std::process::exit(report.status());
}
