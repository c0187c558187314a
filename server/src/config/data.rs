//! Where files live on this machine.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use secrecy::SecretString;

use super::Environment;

/// Where files live on this machine.
#[derive(Debug, Clone)]
pub struct DataConfig {
    /// Everything that must survive a restart, from `INTERAURA_DATA`; `./.interaura` by default.
    /// Absolute, but it need not exist.
    pub dir: PathBuf,
    /// Downloads that can be fetched again, from `INTERAURA_ASSETS`; `assets` in
    /// [`dir`](Self::dir) by default.
    pub assets_dir: PathBuf,
    /// Where the system keeps temporary files.
    pub temporary_dir: PathBuf,
    /// The key that wraps all others, from `INTERAURA_MASTER_KEY`: 64 hexadecimal digits; the file
    /// `master.key` in [`dir`](Self::dir) by default, made on the first start.
    pub master_key: Option<SecretString>,
}

impl DataConfig {
    pub(super) fn read(environment: &Environment<'_>) -> anyhow::Result<Self> {
        let dir = environment.path("INTERAURA_DATA").unwrap_or_else(|| ".interaura".into());
        let dir = absolute("INTERAURA_DATA", &dir)?;
        let assets_dir = match environment.path("INTERAURA_ASSETS") {
            Some(assets) => absolute("INTERAURA_ASSETS", &assets)?,
            None => dir.join("assets"),
        };
        let master_key = environment.text("INTERAURA_MASTER_KEY")?.map(SecretString::from);
        Ok(Self { dir, assets_dir, temporary_dir: std::env::temp_dir(), master_key })
    }
}

fn absolute(name: &str, path: &Path) -> anyhow::Result<PathBuf> {
    std::path::absolute(path).with_context(|| format!("{name} has an unusable value"))
}
