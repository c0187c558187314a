//! One process at a time owns a data directory.

use std::fs::File;
use std::io::{Read as _, Seek as _, Write as _};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt as _, fchown};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use super::ServiceUrls;
use crate::unix;

const LOCK_FILE: &str = "interaura.lock";
const ADDRESS_FILE: &str = "services.json";

/// Holds the data directory until it is dropped, or the process ends in whichever way.
#[derive(Debug)]
pub(super) struct InstanceLock {
    _file: File,
    addresses: PathBuf,
}

/// A process that owns a data directory now.
#[derive(Debug, Clone)]
pub struct Running {
    /// Its process id, when it could be read.
    pub pid: Option<u32>,
    /// Its services, once they are up.
    pub urls: Option<ServiceUrls>,
}

#[derive(Serialize, Deserialize)]
struct Addresses {
    database_url: String,
    nats_url: String,
}

impl InstanceLock {
    /// Takes the data directory `dir`, creating it when it is missing.
    pub(super) fn take(dir: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(dir).with_context(|| format!("could not create {}", dir.display()))?;
        let mut file = open(&dir.join(LOCK_FILE))?;
        if file.try_lock().is_err() {
            let owner = match owner(&mut file) {
                Some(pid) => format!("interaura (process {pid})"),
                None => "interaura".to_owned(),
            };
            bail!(
                "{owner} already runs on {}; stop it first, or give this one a data directory of \
                 its own with INTERAURA_DATA",
                dir.display()
            );
        }
        file.set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| writeln!(file, "{}", std::process::id()))
            .with_context(|| format!("could not write {}", dir.join(LOCK_FILE).display()))?;
        let addresses = dir.join(ADDRESS_FILE);
        Ok(Self { _file: file, addresses })
    }

    /// Tells other commands of the same user where the services are.
    pub(super) fn publish(&self, urls: &ServiceUrls) -> anyhow::Result<()> {
        let addresses = Addresses {
            database_url: urls.database.expose_secret().to_owned(),
            nats_url: urls.nats.expose_secret().to_owned(),
        };
        // A file left by another user or mode is not written through.
        let _ = std::fs::remove_file(&self.addresses);
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true).mode(0o600);
        options
            .open(&self.addresses)
            .map_err(anyhow::Error::from)
            .and_then(|file| Ok(serde_json::to_writer(file, &addresses)?))
            .with_context(|| format!("could not write {}", self.addresses.display()))
    }
}

impl Drop for InstanceLock {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.addresses);
    }
}

/// The process that owns the data directory `dir` now, if one does.
pub fn running(dir: &Path) -> Option<Running> {
    let mut file = File::open(dir.join(LOCK_FILE)).ok()?;
    if file.try_lock_shared().is_ok() {
        return None;
    }
    let addresses = std::fs::read(dir.join(ADDRESS_FILE)).ok();
    let addresses = addresses.and_then(|json| serde_json::from_slice::<Addresses>(&json).ok());
    Some(Running {
        pid: owner(&mut file),
        urls: addresses.map(|addresses| ServiceUrls {
            database: SecretString::from(addresses.database_url),
            nats: SecretString::from(addresses.nats_url),
        }),
    })
}

fn open(path: &Path) -> anyhow::Result<File> {
    let mut options = std::fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    options
        .open(path)
        .and_then(|file| {
            // Root leaves it to the directory's owner, who may run the next start.
            if unix::effective_uid() == 0 {
                let dir = path.parent().map(std::fs::metadata).transpose()?;
                fchown(&file, dir.as_ref().map(MetadataExt::uid), dir.as_ref().map(MetadataExt::gid))?;
            }
            Ok(file)
        })
        .with_context(|| format!("could not open {}", path.display()))
}

fn owner(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}
