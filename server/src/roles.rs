//! The roles of the binary: all of them in one process (`interaura up`), or each in processes of its own.
//!
//! Any number of processes may take on a role. HTTP is served by all of them; a projection, a reaction
//! and the relay are run by one at a time, while the others stand by for its end.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context as _;
use axum::Router;
use interaura_adapters::frame_analyser::opencv::OpenCvAnalyser;
use interaura_adapters::speech_to_text::embedded::WhisperEngine;
use interaura_api::http::host::OwnHost;
use interaura_domain::ports::frame_analyser::FrameAnalyser;
use interaura_domain::ports::speech_to_text::SpeechToText;
use interaura_projections::account_profile::AccountProfile;
use interaura_projections::analytics_trend::AnalyticsTrend;
use interaura_projections::dashboard::Dashboard;
use interaura_projections::interview_report::InterviewReport;
use interaura_projections::interview_room::InterviewRoom;
use interaura_projections::resume_insights::ResumeInsights;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use crate::assets::{Asset, Assets};
use crate::config::{Config, HttpConfig};
use crate::embedded::ServiceUrls;
use crate::wiring::Wiring;
use crate::{metrics, web_app};

/// How long open requests may take once the server is told to stop.
const GRACE: std::time::Duration = std::time::Duration::from_secs(3);

/// What a process can be there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The app, GraphQL and uploads over HTTP.
    Serve,
    /// The reactions: reading resumes, writing questions, evaluating answers, sending mail.
    Work,
    /// The projections, which fill the read models.
    Project,
    /// The relay, which copies the log onto the stream.
    Relay,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 4] = [Self::Serve, Self::Work, Self::Project, Self::Relay];

    /// The subcommand that runs it apart.
    pub fn name(self) -> &'static str {
        match self {
            Self::Serve => "serve",
            Self::Work => "work",
            Self::Project => "project",
            Self::Relay => "relay",
        }
    }

    /// Downloads that it uses, beside the two servers.
    pub fn assets(self) -> &'static [Asset] {
        match self {
            Self::Work => &[Asset::EmbeddingModel, Asset::Pdfium, Asset::Whisper, Asset::VoiceDetector],
            Self::Serve | Self::Project | Self::Relay => &[],
        }
    }
}

/// Runs some roles on a migrated database until `shutdown` is cancelled.
///
/// # Errors
///
/// When a part cannot start, or ends by itself.
pub async fn run(
    roles: &[Role],
    config: &Config,
    urls: &ServiceUrls,
    assets: &Assets,
    shutdown: &CancellationToken,
) -> anyhow::Result<()> {
    let mut wiring = Wiring::new(config, urls, assets).await?;
    if roles.contains(&Role::Work) {
        wiring = wiring.with_frames(frame_analyser()?).and_speech(speech_engines(assets));
    }
    wiring.announce();
    let mut background = background(&wiring, roles, shutdown)?;
    let listener = if roles.contains(&Role::Serve) { Some(listen(config.http.listen).await?) } else { None };
    if let Some(address) = config.http.metrics_listen {
        let (listener, router) = (listen(address).await?, wiring.metrics().router());
        background.spawn(async move { Ok(axum::serve(listener, router).await?) });
    }
    let beside_the_app = roles.contains(&Role::Serve) && shows_metrics(&config.http);
    if beside_the_app || config.http.metrics_listen.is_some() {
        let metrics = wiring.metrics();
        background.spawn(async move {
            metrics.keep_up().await;
            Ok(())
        });
    }
    let front = async {
        if let Some(listener) = listener {
            return serve(listener, router(&wiring, &config.http)?, shutdown).await;
        }
        shutdown.cancelled().await;
        Ok(())
    };
    tokio::pin!(front);
    let names: Vec<&str> = roles.iter().map(|role| role.name()).collect();
    tracing::info!(roles = names.join(", "), "started");
    if roles.contains(&Role::Serve) {
        tracing::info!(http.url = %config.http.public_url, "Interaura is ready: open {}", config.http.public_url);
    }
    let ended = loop {
        tokio::select! {
            ended = &mut front => break ended,
            Some(ended) = background.join_next() => match ended {
                Ok(Ok(())) => {}
                Ok(Err(error)) => break Err(error),
                Err(panic) => break Err(panic).context("a background task ended"),
            },
        }
    };
    background.shutdown().await;
    ended
}

/// What looks at camera frames: as many at once as there are cores.
fn frame_analyser() -> anyhow::Result<Arc<dyn FrameAnalyser>> {
    Ok(Arc::new(OpenCvAnalyser::new(cores()).context("the models of the frame analyser cannot be loaded")?))
}

/// What hears on this machine: as many segments at once as there are cores. None where its models are missing.
fn speech_engines(assets: &Assets) -> Vec<Arc<dyn SpeechToText>> {
    if ![Asset::Whisper, Asset::VoiceDetector].iter().all(|asset| assets.is_present(*asset)) {
        tracing::warn!(
            "the speech models are missing: interviews are typed; `interaura assets` fetches them"
        );
        return Vec::new();
    }
    vec![Arc::new(WhisperEngine::new(assets.speech_models(), cores()))]
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!(
            "could not listen on {address}; set INTERAURA_LISTEN or INTERAURA_METRICS_LISTEN to another address"
        )
    })
}

/// Everything that is answered over HTTP.
///
/// # Errors
///
/// The rubric does not fit.
pub fn router(wiring: &Wiring, config: &HttpConfig) -> anyhow::Result<Router> {
    let metrics = if shows_metrics(config) { wiring.metrics().router() } else { metrics::elsewhere() };
    let router = interaura_api::router(wiring.services()?).merge(metrics);
    let own = OwnHost::new(config.public_url.host_str().unwrap_or_default());
    Ok(interaura_api::guarded(web_app::fallback(router), own).layer(compression()))
}

/// What is compressed: not recordings, of which a range is asked for, and which are compressed as they are.
fn compression() -> CompressionLayer<impl Predicate> {
    let but_media = DefaultPredicate::new().and(NotForContentType::const_new("video/"));
    CompressionLayer::new().gzip(true).compress_when(but_media)
}

/// Whether the app's own address shows the figures: unless they have one, and if only this machine asks.
fn shows_metrics(config: &HttpConfig) -> bool {
    config.metrics_listen.is_none() && config.is_local()
}

async fn serve(listener: TcpListener, router: Router, shutdown: &CancellationToken) -> anyhow::Result<()> {
    let stop = shutdown.clone();
    let serving = axum::serve(listener, router).with_graceful_shutdown(async move { stop.cancelled().await });
    // Subscriptions never end by themselves.
    let patience = async {
        shutdown.cancelled().await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        served = serving.into_future() => served.context("the web server ended"),
        () = patience => Ok(()),
    }
}

/// Starts what works by itself in some roles: the relay, the projections, the reactions.
///
/// # Errors
///
/// The rubric does not fit, or the binary cannot be found again for the reading child.
pub fn background(
    wiring: &Wiring,
    roles: &[Role],
    shutdown: &CancellationToken,
) -> anyhow::Result<JoinSet<anyhow::Result<()>>> {
    let mut background = JoinSet::new();
    for role in roles {
        match role {
            Role::Serve => {}
            Role::Work => work(wiring, &mut background)?,
            Role::Project => project(wiring, &mut background),
            Role::Relay => {
                let (stream, stop) = (wiring.stream.clone(), shutdown.clone());
                background.spawn(async move { stream.relay(stop).await.map_err(anyhow::Error::from) });
            }
        }
    }
    Ok(background)
}

/// Starts every reaction.
fn work(wiring: &Wiring, background: &mut JoinSet<anyhow::Result<()>>) -> anyhow::Result<()> {
    for reaction in wiring.reactions()? {
        background.spawn(async move {
            reaction.run().await;
            Ok(())
        });
    }
    if let Some(speech) = wiring.speech_transcription() {
        background.spawn(async move {
            speech.run().await;
            Ok(())
        });
    }
    if let Some(frames) = wiring.frame_analysis() {
        background.spawn(async move {
            frames.run().await;
            Ok(())
        });
    }
    Ok(())
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
