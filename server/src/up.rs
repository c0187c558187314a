//! What `interaura up` does once Postgres and NATS answer: every role in this process.

use anyhow::Context as _;
use interaura_projections::account_profile::AccountProfile;
use interaura_projections::analytics_trend::AnalyticsTrend;
use interaura_projections::dashboard::Dashboard;
use interaura_projections::interview_report::InterviewReport;
use interaura_projections::interview_room::InterviewRoom;
use interaura_projections::resume_insights::ResumeInsights;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tower_http::compression::CompressionLayer;

use crate::assets::Assets;
use crate::config::Config;
use crate::embedded::ServiceUrls;
use crate::web_app;
use crate::wiring::Wiring;

/// How long open requests may take once the server is told to stop.
const GRACE: std::time::Duration = std::time::Duration::from_secs(3);

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
    let wiring = Wiring::new(&config, &urls, &assets).await?;
    wiring.announce();
    let mut background = background(&wiring, &shutdown)?;
    let listener = tokio::net::TcpListener::bind(config.http.listen).await.with_context(|| {
        format!("could not listen on {}; set INTERAURA_LISTEN to another address", config.http.listen)
    })?;
    let router = interaura_api::router(wiring.services()?);
    let router = interaura_api::guarded(web_app::fallback(router)).layer(CompressionLayer::new().gzip(true));
    tracing::info!(http.url = %config.http.public_url, "Interaura is ready: open {}", config.http.public_url);
    let stop = shutdown.clone();
    let serving = axum::serve(listener, router).with_graceful_shutdown(async move { stop.cancelled().await });
    let serving = serving.into_future();
    tokio::pin!(serving);
    tokio::select! {
        served = &mut serving => {
            background.shutdown().await;
            return served.context("the web server ended");
        }
        ended = background.join_next() => match ended {
            Some(Ok(Err(error))) => return Err(error),
            Some(Err(panic)) => return Err(panic).context("a background task ended"),
            Some(Ok(Ok(()))) | None => {}
        },
        () = shutdown.cancelled() => {}
    }
    // Subscriptions never end by themselves.
    let _ = tokio::time::timeout(GRACE, serving).await;
    background.shutdown().await;
    Ok(())
}

/// Starts all that works by itself: the relay, every projection and every reaction.
///
/// # Errors
///
/// The rubric does not fit.
pub fn background(
    wiring: &Wiring,
    shutdown: &CancellationToken,
) -> anyhow::Result<JoinSet<anyhow::Result<()>>> {
    let mut background = JoinSet::new();
    let (stream, stop) = (wiring.stream.clone(), shutdown.clone());
    background.spawn(async move { stream.relay(stop).await.map_err(anyhow::Error::from) });
    project(wiring, &mut background);
    for reaction in wiring.reactions()? {
        background.spawn(async move {
            reaction.run().await;
            Ok(())
        });
    }
    Ok(background)
}

/// Starts every projection.
fn project(wiring: &Wiring, background: &mut JoinSet<anyhow::Result<()>>) {
    macro_rules! run {
        ($($view:ty),+) => {$({
            let runner = wiring.runner();
            background.spawn(async move {
                runner.run::<$view>().await;
                Ok(())
            });
        })+};
    }
    run!(AccountProfile, Dashboard, ResumeInsights, InterviewRoom, InterviewReport, AnalyticsTrend);
}
