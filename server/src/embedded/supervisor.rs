//! Keeps one service running until it is told to stop.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow};
use tokio::process::{Child, Command};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::spawner::Spawner;
use crate::unix::{self, Signal};

const FIRST_BACKOFF: Duration = Duration::from_millis(100);
const LONGEST_BACKOFF: Duration = Duration::from_secs(5);

/// A service that ran this long is not failing over and over.
const HEALTHY_AFTER: Duration = Duration::from_secs(10);

/// What the supervisor must know about a service.
pub(super) trait Service: Send + Sync + 'static {
    /// What the operator calls it.
    const NAME: &'static str;
    /// How it is asked to stop; the kernel asks the same way when this process is killed.
    const STOP_SIGNAL: Signal;
    /// How long it may take to stop before it is killed.
    const STOP_LIMIT: Duration;
    /// How long it may take to answer after it was started.
    const START_LIMIT: Duration;

    /// Clears away what an earlier process of this service left behind.
    fn clear(&self) -> impl Future<Output = anyhow::Result<()>> + Send;

    /// The command that runs it in the foreground.
    fn command(&self) -> Command;

    /// Returns once it answers.
    fn ready(&self) -> impl Future<Output = anyhow::Result<()>> + Send;

    /// The file its output goes to.
    fn log(&self) -> &Path;
}

/// A running service and the task that looks after it. Dropping it tells the service to stop.
#[derive(Debug)]
pub(super) struct Supervised {
    pid: watch::Receiver<Option<u32>>,
    stop: DropGuard,
    task: JoinHandle<()>,
}

impl Supervised {
    /// Starts the service, waits until it answers, and looks after it from then on.
    ///
    /// # Errors
    ///
    /// When it ends, or does not answer in time; the message holds the end of its log.
    pub(super) async fn start<S: Service>(service: S, spawner: Spawner) -> anyhow::Result<Self> {
        let stop = CancellationToken::new();
        let started = Instant::now();
        let child = launch(&service, &spawner, &stop).await?;
        let (pid, pid_seen) = watch::channel(child.id());
        tracing::info!(
            service.name = S::NAME,
            service.pid = child.id(),
            "{} answers after {} ms",
            S::NAME,
            started.elapsed().as_millis()
        );
        let task = tokio::spawn(supervise(service, spawner, child, pid, stop.clone()));
        Ok(Self { pid: pid_seen, stop: stop.drop_guard(), task })
    }

    /// The process id, while it runs.
    pub(super) fn pid(&self) -> Option<u32> {
        *self.pid.borrow()
    }

    /// Stops the service and returns when it has ended.
    pub(super) async fn stop(self) {
        drop(self.stop);
        if self.task.await.is_err() {
            tracing::error!("the task that looks after a service failed");
        }
    }
}

async fn supervise<S: Service>(
    service: S,
    spawner: Spawner,
    mut child: Child,
    pid: watch::Sender<Option<u32>>,
    stop: CancellationToken,
) {
    let mut backoff = FIRST_BACKOFF;
    loop {
        let started = Instant::now();
        tokio::select! {
            biased;
            () = stop.cancelled() => return end::<S>(&mut child).await,
            status = child.wait() => {
                let status = status.map_or_else(|error| error.to_string(), |status| status.to_string());
                tracing::warn!(
                    service.name = S::NAME,
                    service.status = status,
                    "{} died ({status}); starting it again",
                    S::NAME
                );
            }
        }
        pid.send_replace(None);
        if started.elapsed() > HEALTHY_AFTER {
            backoff = FIRST_BACKOFF;
        }
        child = loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(backoff) => (),
            }
            backoff = (backoff * 2).min(LONGEST_BACKOFF);
            match launch(&service, &spawner, &stop).await {
                Ok(child) => break child,
                Err(_) if stop.is_cancelled() => return,
                Err(error) => tracing::error!(service.name = S::NAME, "{error:#}"),
            }
        };
        pid.send_replace(child.id());
        tracing::info!(service.name = S::NAME, service.pid = child.id(), "{} answers again", S::NAME);
    }
}

/// One start: the child that is returned answers.
async fn launch<S: Service>(
    service: &S,
    spawner: &Spawner,
    stop: &CancellationToken,
) -> anyhow::Result<Child> {
    service.clear().await?;
    let mut command = service.command();
    contain(&mut command, S::STOP_SIGNAL);
    let log = std::fs::OpenOptions::new()
        .append(true)
        .open(service.log())
        .with_context(|| format!("could not open {}", service.log().display()))?;
    command.stdout(log.try_clone()?).stderr(log);
    let mut child = spawner.spawn(command).await.with_context(|| format!("could not start {}", S::NAME))?;
    let outcome = tokio::select! {
        ready = service.ready() => ready,
        status = child.wait() => match status {
            Ok(status) => Err(anyhow!("{} ended while it started ({status})", S::NAME)),
            Err(error) => Err(error).context("could not wait for a process"),
        },
        () = tokio::time::sleep(S::START_LIMIT) => {
            Err(anyhow!("{} does not answer after {:?}", S::NAME, S::START_LIMIT))
        }
        () = stop.cancelled() => Err(anyhow!("{} was told to stop while it started", S::NAME)),
    };
    if let Err(error) = outcome {
        end::<S>(&mut child).await;
        return Err(error.context(format!(
            "{} did not start; {} ends with:\n{}",
            S::NAME,
            service.log().display(),
            tail(service.log())
        )));
    }
    Ok(child)
}

/// Sets a child apart from the terminal and the environment of this process, and ties its life to
/// this process's.
pub(super) fn contain(command: &mut Command, death_signal: Signal) {
    command
        .stdin(Stdio::null())
        .process_group(0)
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("LC_ALL", "C")
        .env("TZ", "UTC");
    unix::signal_on_parent_death(command, death_signal);
}

async fn end<S: Service>(child: &mut Child) {
    let Some(pid) = child.id() else {
        return;
    };
    if let Err(error) = unix::send(S::STOP_SIGNAL, pid) {
        tracing::warn!(service.name = S::NAME, "could not signal {}: {error}", S::NAME);
    }
    match tokio::time::timeout(S::STOP_LIMIT, child.wait()).await {
        Ok(Ok(status)) => {
            tracing::info!(service.name = S::NAME, "{} stopped ({status})", S::NAME);
        }
        Ok(Err(error)) => tracing::error!("could not wait for {}: {error}", S::NAME),
        Err(_) => {
            tracing::warn!(
                service.name = S::NAME,
                "{} did not stop in {:?}; killing it",
                S::NAME,
                S::STOP_LIMIT
            );
            if let Err(error) = child.kill().await {
                tracing::error!("could not kill {}: {error}", S::NAME);
            }
        }
    }
}

/// The last lines of a log.
pub(super) fn tail(path: &Path) -> String {
    let text = std::fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(12)..].join("\n")
}
