//! How well the live path sees and hears, and what that costs: one line of JSON per figure.
//!
//! `make bench-live DATA=<folder>` reads `<folder>/faces` and `<folder>/speech`; without it the small
//! pictures and clips in the repository. ONLY=speech, ONLY=vision, ONLY=rooms or ONLY=offline measures these alone.
//! Exit status 1 where a *must* is missed.

#![expect(clippy::unwrap_used, reason = "a benchmark stops where something is wrong")]

#[path = "../spine/cpu.rs"]
mod cpu;
#[path = "../spine/figure.rs"]
#[expect(dead_code, reason = "the spine's benchmark uses all of it")]
mod figure;
mod offline_rooms;
mod rooms;
mod speech;
mod vision;

use std::path::PathBuf;

use self::figure::Report;

/// Whether a part was asked for, or none.
#[expect(clippy::disallowed_methods, reason = "a benchmark has no configuration but its environment")]
fn is_wanted(part: &str) -> bool {
    std::env::var("ONLY").map_or(true, |only| only.split(',').any(|name| name == part))
}

#[tokio::main]
async fn main() {
    // Cargo hands over flags of its own, too.
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let folder =
        folder.map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures"), PathBuf::from);
    let mut report = Report::default();
    let faces = folder.join("faces");
    let bare_ms = if is_wanted("vision") || is_wanted("rooms") {
        vision::measure(&faces, &mut report).await
    } else {
        None
    };
    if let Some(bare_ms) = bare_ms.filter(|_| is_wanted("rooms")) {
        rooms::measure(&faces, bare_ms, &mut report).await;
    }
    if is_wanted("offline") {
        offline_rooms::measure(&faces, &folder.join("speech"), &mut report).await;
    }
    if is_wanted("speech") {
        speech::measure(&folder.join("speech"), &mut report).await;
    }
    std::process::exit(report.status());
}
