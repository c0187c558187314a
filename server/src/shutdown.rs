//! One token for "stop now", cancelled by Ctrl-C, SIGTERM or a closed terminal.

use anyhow::Context as _;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// Starts to listen for the signals that ask the process to stop.
///
/// The first one cancels the token. Later ones are swallowed, so that an impatient second Ctrl-C
/// cannot cut a clean stop short; every stop is bounded in time.
///
/// # Errors
///
/// When the signals cannot be listened to.
pub fn listen() -> anyhow::Result<CancellationToken> {
    let token = CancellationToken::new();
    for kind in [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()] {
        let mut stream = signal(kind).context("could not listen for signals")?;
        let token = token.clone();
        tokio::spawn(async move {
            while stream.recv().await.is_some() {
                token.cancel();
            }
        });
    }
    Ok(token)
}
