//! Where files live on this machine.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use secrecy::SecretString;

use super::Environment;
use super::variable::{Kind, Unset, Variable};

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

pub(super) const VARIABLES: &[Variable] = &[
    Variable {
        name: "INTERAURA_DATA",
        meaning: "Where everything lives that must survive a restart.",
        kind: Kind::Path,
        default: Unset::As(".interaura"),
    },
    Variable {
        name: "INTERAURA_ASSETS",
        meaning: "Where downloads live that can be fetched again.",
        kind: Kind::Path,
        default: Unset::Otherwise("the folder assets in the data folder"),
    },
    Variable {
        name: "INTERAURA_MASTER_KEY",
        meaning: "The key that wraps all others. Keep a copy: without it nothing personal can be read again.",
        kind: Kind::Key,
        default: Unset::Otherwise(
            "the file master.key in the data folder, which `interaura up` makes on its first start",
        ),
    },
];

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
