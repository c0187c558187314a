//! `interaura services`: Postgres and NATS for the time of one command, or until Ctrl-C.

use std::ffi::OsString;
use std::io::Write as _;
use std::os::unix::fs::DirBuilderExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::{ExitCode, ExitStatus};
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use tokio::process::{Child, Command};
use tokio_util::sync::CancellationToken;

use super::up;
use crate::assets::Assets;
use crate::config::Config;
use crate::embedded::{Embedded, Spawner};
use crate::secret::random_hex;
use crate::shutdown;
use crate::unix::{self, Signal};

/// A command in the terminal's foreground has got the Ctrl-C itself; after this long it is told.
const BEFORE_TELLING: Duration = Duration::from_secs(1);

/// How long the command may take to end once it was told.
const BEFORE_KILLING: Duration = Duration::from_secs(15);

/// What `interaura services` is told.
#[derive(Debug, Args)]
pub(super) struct Services {
    /// Where the data is kept; without it, in a temporary folder that is removed afterwards.
    #[arg(long)]
    dir: Option<PathBuf>,
    /// The command to run, after `--`; without it, the addresses are printed until Ctrl-C.
    #[arg(last = true)]
    command: Vec<OsString>,
}

impl Services {
    pub(super) async fn run(self, mut config: Config) -> anyhow::Result<ExitCode> {
        let shutdown = shutdown::listen()?;
        // The command asks for services of its own, whatever addresses this shell happens to hold.
        config.services = crate::config::ServicesConfig::default();
        let assets = Assets::new(&config.data.assets_dir);
        let temporary = match &self.dir {
            Some(dir) => {
                config.data.dir = std::path::absolute(dir)?;
                None
            }
            None => Some(TemporaryDir::create(&config.data.temporary_dir)?),
        };
        if let Some(temporary) = &temporary {
            config.data.dir.clone_from(&temporary.path);
        }
        let needed = Embedded::assets(&config);
        let Some(services) = up::start(&config, &assets, needed, &shutdown).await? else {
            return Ok(ExitCode::from(130));
        };
        let code = self.use_services(&services, &assets, &shutdown).await;
        if temporary.is_some() {
            services.stop_and_forget().await?;
        } else {
            services.stop().await;
        }
        code
    }

    async fn use_services(
        &self,
        services: &Embedded,
        assets: &Assets,
        shutdown: &CancellationToken,
    ) -> anyhow::Result<ExitCode> {
        let Some((program, arguments)) = self.command.split_first() else {
            let mut out = std::io::stdout();
            writeln!(out, "DATABASE_URL={}", services.database_url())?;
            writeln!(out, "NATS_URL={}", services.nats_url())?;
            out.flush()?;
            shutdown.cancelled().await;
            return Ok(ExitCode::SUCCESS);
        };
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env("DATABASE_URL", services.database_url())
            .env("NATS_URL", services.nats_url())
            .env("INTERAURA_ASSETS", assets.dir())
            .env("INTERAURA_MODEL_DIR", assets.model_dir())
            .env("INTERAURA_PDFIUM", assets.pdfium_library())
            .env("INTERAURA_BINARY", std::env::current_exe().context("could not find this binary")?);
        unix::signal_on_parent_death(&mut command, Signal::Terminate);
        let spawner = Spawner::start()?;
        let mut child =
            spawner.spawn(command).await.with_context(|| format!("could not run {}", program.display()))?;
        let status = tokio::select! {
            status = child.wait() => status,
            () = shutdown.cancelled() => end(&mut child).await,
        };
        Ok(exit_code(status.context("could not wait for the command")?))
    }
}

async fn end(child: &mut Child) -> std::io::Result<ExitStatus> {
    if let Ok(status) = tokio::time::timeout(BEFORE_TELLING, child.wait()).await {
        return status;
    }
    if let Some(pid) = child.id() {
        unix::send(Signal::Terminate, pid)?;
    }
    if let Ok(status) = tokio::time::timeout(BEFORE_KILLING, child.wait()).await {
        return status;
    }
    child.start_kill()?;
    child.wait().await
}

/// As a shell has it: 128 and the signal's number for a command that a signal ended.
fn exit_code(status: ExitStatus) -> ExitCode {
    let code = match (status.code(), status.signal()) {
        (Some(code), _) => code,
        (None, Some(signal)) => 128 + signal,
        (None, None) => 1,
    };
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}

/// A folder that goes when this is dropped.
#[derive(Debug)]
struct TemporaryDir {
    path: PathBuf,
}

impl TemporaryDir {
    /// Passable, because another user may run the services in it.
    fn create(parent: &std::path::Path) -> anyhow::Result<Self> {
        let path = parent.join(format!("interaura-{}", random_hex(6)?));
        std::fs::DirBuilder::new()
            .mode(0o711)
            .create(&path)
            .with_context(|| format!("could not create {}", path.display()))?;
        Ok(Self { path })
    }
}

impl Drop for TemporaryDir {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.path) {
            tracing::warn!("could not remove {}: {error}", self.path.display());
        }
    }
}
