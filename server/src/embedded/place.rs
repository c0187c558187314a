//! Where the services keep their files.
//!
//! That is `services` in the data directory, unless this process is root and the user that runs the
//! services cannot reach it there (root's home is closed to others); then it is a folder of
//! `/var/lib/interaura` that is named after the data directory.

use std::fs::Permissions;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use sha2::{Digest as _, Sha256};

use super::identity::Identity;
use crate::config::DataConfig;
use crate::secret::random_hex;

/// Where root keeps what other users must reach.
const SHARED_STATE: &str = "/var/lib/interaura";

/// `sockaddr_un` holds 108 bytes on Linux and 104 on macOS, one of them a NUL.
const SOCKET_PATH_LIMIT: usize = 103;

/// The name Postgres gives its socket, in front of which the directory goes.
const SOCKET_NAME: &str = "/.s.PGSQL.5432";

/// The folders of one data directory's services.
#[derive(Debug)]
pub(super) struct Place {
    identity: Identity,
    base: PathBuf,
    hash: String,
    temporary_dir: PathBuf,
}

impl Place {
    /// Chooses and creates the folder.
    pub(super) fn prepare(config: &DataConfig) -> anyhow::Result<Self> {
        let data_dir = std::fs::canonicalize(&config.dir)
            .with_context(|| format!("could not find {}", config.dir.display()))?;
        let identity = Identity::choose(&data_dir)?;
        let hash = short_hash(&data_dir);
        let inside = data_dir.join("services");
        let base = choose_base(identity, &inside, &Path::new(SHARED_STATE).join(&hash))?;
        if base != inside {
            tracing::info!(
                data.dir = %data_dir.display(),
                services.dir = %base.display(),
                "user {} runs Postgres and NATS and cannot reach {}; their files are in {}",
                identity.uid(),
                data_dir.display(),
                base.display()
            );
        }
        create_passable(&base)?;
        let temporary_dir = config.temporary_dir.clone();
        Ok(Self { identity, base, hash, temporary_dir })
    }

    /// Who runs the services.
    pub(super) fn identity(&self) -> Identity {
        self.identity
    }

    /// A name that no other data directory's processes bear.
    pub(super) fn cluster_name(&self) -> String {
        format!("interaura-{}", self.hash)
    }

    /// The folder of one service, which only [`identity`](Self::identity) may enter.
    pub(super) fn service_dir(&self, name: &str) -> anyhow::Result<PathBuf> {
        let dir = self.base.join(name);
        if let Ok(metadata) = std::fs::metadata(&dir) {
            ensure!(
                self.identity.switches() || metadata.uid() == self.identity.uid(),
                "{} belongs to user {}, who ran interaura before; run it as that user, or as root: \
                 chown -R {} {}",
                dir.display(),
                metadata.uid(),
                self.identity.uid(),
                self.base.display()
            );
        }
        self.identity.own_dir(&dir)?;
        Ok(dir)
    }

    /// A file beside the services' folders, which only this process's user may replace.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.base.join(name)
    }

    /// The secret kept in the file `name`; a new one when there is none yet.
    pub(super) fn secret(&self, name: &str) -> anyhow::Result<String> {
        let path = self.file(name);
        match std::fs::read_to_string(&path) {
            Ok(secret) if !secret.trim().is_empty() => Ok(secret.trim().to_owned()),
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("could not read {}", path.display()))
            }
            _ => {
                let secret = random_hex(24)?;
                Identity::of_this_process().write(&path, &secret)?;
                Ok(secret)
            }
        }
    }

    /// An empty log file; the one before it is kept as `<name>.1`.
    pub(super) fn new_log(&self, name: &str) -> anyhow::Result<PathBuf> {
        let path = self.file(name);
        if path.exists() {
            let before = self.file(&format!("{name}.1"));
            std::fs::rename(&path, &before)
                .with_context(|| format!("could not rename {}", path.display()))?;
        }
        Identity::of_this_process().write(&path, "")?;
        Ok(path)
    }

    /// A folder for Postgres's socket whose name is short enough for the operating system.
    pub(super) fn socket_dir(&self) -> anyhow::Result<PathBuf> {
        let inside = self.base.join("run");
        if fits_socket(&inside) {
            self.identity.own_dir(&inside)?;
            return Ok(inside);
        }
        let uid = self.identity.uid();
        let short = self.short_socket_dir();
        let created = std::fs::DirBuilder::new().mode(0o700).create(&short);
        match created {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
                return Err(error).with_context(|| format!("could not create {}", short.display()));
            }
            Err(_) => ensure_private(&short, uid)?,
            Ok(()) => (),
        }
        self.identity.own_dir(&short)?;
        Ok(short)
    }

    fn short_socket_dir(&self) -> PathBuf {
        let name = format!("interaura-{}-{}", self.identity.uid(), self.hash);
        let short = self.temporary_dir.join(&name);
        if fits_socket(&short) && self.identity.can_reach(&self.temporary_dir) {
            short
        } else {
            Path::new("/tmp").join(name)
        }
    }

    /// Removes what lies outside of the data directory.
    pub(super) fn remove_outside(&self) -> anyhow::Result<()> {
        let outside = Path::new(SHARED_STATE).join(&self.hash);
        for dir in [outside, self.short_socket_dir()] {
            match std::fs::remove_dir_all(&dir) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(error).with_context(|| format!("could not remove {}", dir.display()));
                }
                _ => (),
            }
        }
        Ok(())
    }

    /// `dir`, or a copy of it where the services' user can reach it.
    pub(super) fn reachable_copy(&self, dir: &Path) -> anyhow::Result<PathBuf> {
        if self.identity.can_reach(dir) {
            return Ok(dir.to_owned());
        }
        let name = dir.file_name().context("a download has no name")?;
        let assets = Path::new(SHARED_STATE).join("assets");
        create_passable(&assets)?;
        let (copy, partial) = (assets.join(name), assets.join(format!(".{}.{}", name.display(), self.hash)));
        if copy.exists() {
            return Ok(copy);
        }
        tracing::info!(
            "user {} cannot reach {}; copying it to {}",
            self.identity.uid(),
            dir.display(),
            copy.display()
        );
        if partial.exists() {
            std::fs::remove_dir_all(&partial)?;
        }
        copy_dir(dir, &partial).with_context(|| format!("could not copy {}", dir.display()))?;
        match std::fs::rename(&partial, &copy) {
            Err(_) if copy.exists() => {
                std::fs::remove_dir_all(&partial)?;
                Ok(copy)
            }
            other => {
                other.with_context(|| format!("could not put {} in place", copy.display()))?;
                Ok(copy)
            }
        }
    }
}

/// What is there decides first, so that a change of permissions cannot make data seem lost.
fn choose_base(identity: Identity, inside: &Path, outside: &Path) -> anyhow::Result<PathBuf> {
    let reachable = identity.can_reach(inside);
    if inside.join("postgres").exists() || inside.join("nats").exists() {
        if !reachable {
            bail!(
                "user {} cannot reach {}, where earlier data is; make the directories above it \
                 passable (chmod o+x), or move them elsewhere and set INTERAURA_DATA",
                identity.uid(),
                inside.display()
            );
        }
        return Ok(inside.to_owned());
    }
    let earlier_outside = identity.switches() && outside.exists();
    let base = if reachable && !earlier_outside { inside } else { outside };
    Ok(base.to_owned())
}

/// Creates what is missing of `dir`, passable for everybody whatever the umask says.
fn create_passable(dir: &Path) -> anyhow::Result<()> {
    let missing: Vec<&Path> = dir.ancestors().take_while(|dir| !dir.exists()).collect();
    for dir in missing.into_iter().rev() {
        std::fs::create_dir(dir)
            .and_then(|()| std::fs::set_permissions(dir, Permissions::from_mode(0o755)))
            .with_context(|| format!("could not create {}", dir.display()))?;
    }
    Ok(())
}

/// Temporary directories are open to everybody: one that is not ours could be a trap.
fn ensure_private(dir: &Path, uid: u32) -> anyhow::Result<()> {
    let metadata = std::fs::symlink_metadata(dir)?;
    let closed_to_others = metadata.mode().trailing_zeros() >= 6;
    ensure!(
        metadata.is_dir() && metadata.uid() == uid && closed_to_others,
        "{} exists and is not a private folder of user {uid}; remove it",
        dir.display()
    );
    Ok(())
}

fn fits_socket(dir: &Path) -> bool {
    dir.as_os_str().len() + SOCKET_NAME.len() <= SOCKET_PATH_LIMIT
}

fn short_hash(path: &Path) -> String {
    let digest = Sha256::digest(path.as_os_str().as_encoded_bytes());
    hex::encode(&digest[..8])
}

fn copy_dir(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir(to)?;
    std::fs::set_permissions(to, Permissions::from_mode(0o755))?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_dir(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}
