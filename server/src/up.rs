//! What `interaura up` does once Postgres and NATS answer.

use tokio_util::sync::CancellationToken;

use crate::assets::Assets;
use crate::config::Config;
use crate::embedded::ServiceUrls;

/// Serves the app until `shutdown` is cancelled.
///
/// # Errors
///
/// When a part cannot start, or ends by itself.
pub async fn serve(
    config: Config,
    urls: ServiceUrls,
    assets: Assets,
    shutdown: CancellationToken,
) -> anyhow::Result<()> {
    let (_, _) = (urls, assets);
    tracing::info!(
        http.listen = %config.http.listen,
        "services are up; nothing is served yet"
    );
    shutdown.cancelled().await;
    Ok(())
}
