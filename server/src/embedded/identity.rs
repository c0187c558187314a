//! Which user the services run as: this process's own, or an unprivileged one when this process is
//! root, because Postgres refuses to run as root.

use std::fs::{Metadata, OpenOptions, Permissions};
use std::io::Write as _;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::os::unix::fs::{fchown, lchown};
use std::path::Path;

use anyhow::Context as _;
use tokio::process::Command;

use crate::unix;

/// The users tried when this process is root, in this order: one made for us, then the one that
/// every Unix has.
const UNPRIVILEGED: [&str; 2] = ["interaura", "nobody"];

/// A user and group to run as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity {
    uid: u32,
    gid: u32,
    /// Whether this process must become that user first.
    switch: bool,
}

impl Identity {
    /// The identity for services whose data lies in `dir`.
    ///
    /// Root takes on the identity of the directory's owner, so that a user's data stays that
    /// user's; where root owns it, an unprivileged one.
    pub(super) fn choose(dir: &Path) -> anyhow::Result<Self> {
        let uid = unix::effective_uid();
        let owner = std::fs::metadata(dir).with_context(|| format!("could not look at {}", dir.display()))?;
        if uid != 0 {
            return Ok(Self { uid, gid: owner.gid(), switch: false });
        }
        let passwd = std::fs::read_to_string("/etc/passwd").context("could not read /etc/passwd")?;
        let known = |line: &(u32, u32, &str)| line.0 == owner.uid();
        if owner.uid() != 0
            && let Some((uid, gid, _)) = accounts(&passwd).find(known)
        {
            return Ok(Self { uid, gid, switch: true });
        }
        let found = UNPRIVILEGED.iter().find_map(|name| accounts(&passwd).find(|line| line.2 == *name));
        let (uid, gid, _) = found.context(
            "Postgres refuses to run as root and this machine has no user `nobody`; \
             create one with `useradd --system interaura`, or run interaura as an ordinary user",
        )?;
        Ok(Self { uid, gid, switch: true })
    }

    /// The user this process runs as already.
    pub(super) fn of_this_process() -> Self {
        Self { uid: unix::effective_uid(), gid: 0, switch: false }
    }

    /// The user's number.
    pub(super) fn uid(self) -> u32 {
        self.uid
    }

    /// Whether the services run as somebody else than this process.
    pub(super) fn switches(self) -> bool {
        self.switch
    }

    /// Has `command` run as this identity.
    pub(super) fn apply(self, command: &mut Command) {
        if self.switch {
            command.uid(self.uid).gid(self.gid);
        }
    }

    /// Creates `dir` for this identity alone, or takes it over when it is there.
    pub(super) fn own_dir(self, dir: &Path) -> anyhow::Result<()> {
        let prepare = || {
            if !dir.exists() {
                std::fs::create_dir(dir)?;
            }
            if !std::fs::symlink_metadata(dir)?.is_dir() {
                return Err(std::io::ErrorKind::NotADirectory.into());
            }
            if self.switch {
                lchown(dir, Some(self.uid), Some(self.gid))?;
            }
            std::fs::set_permissions(dir, Permissions::from_mode(0o700))
        };
        prepare().with_context(|| format!("could not make {} a folder of user {}", dir.display(), self.uid))
    }

    /// Writes a file that this identity alone may read. Its directory must be one that only this
    /// process's user may write to.
    pub(super) fn write(self, path: &Path, content: &str) -> anyhow::Result<()> {
        let write = || {
            if path.exists() {
                std::fs::remove_file(path)?;
            }
            let mut options = OpenOptions::new();
            let mut file = options.write(true).create_new(true).mode(0o600).open(path)?;
            file.write_all(content.as_bytes())?;
            if self.switch {
                fchown(&file, Some(self.uid), Some(self.gid))?;
            }
            Ok::<_, std::io::Error>(())
        };
        write().with_context(|| format!("could not write {}", path.display()))
    }

    /// Whether this identity can reach what is in `dir`: it may pass through each directory above.
    /// `dir` itself need not exist; what is not there yet is created passable.
    pub(super) fn can_reach(self, dir: &Path) -> bool {
        !self.switch
            || dir
                .ancestors()
                .filter_map(|ancestor| std::fs::metadata(ancestor).ok())
                .all(|metadata| self.can_pass(&metadata))
    }

    fn can_pass(self, metadata: &Metadata) -> bool {
        let mode = metadata.mode();
        if metadata.uid() == self.uid {
            mode & 0o100 != 0
        } else if metadata.gid() == self.gid {
            mode & 0o010 != 0
        } else {
            mode & 0o001 != 0
        }
    }
}

/// User number, group number and name of each line of `/etc/passwd`.
fn accounts(passwd: &str) -> impl Iterator<Item = (u32, u32, &str)> {
    passwd.lines().filter_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        let uid = fields.nth(1)?.parse().ok()?;
        let gid = fields.next()?.parse().ok()?;
        Some((uid, gid, name))
    })
}

#[cfg(test)]
mod tests {
    use super::accounts;

    #[test]
    fn accounts_are_read_from_the_password_file() {
        let passwd = "root:x:0:0:root:/root:/bin/bash\n+::::::\nnobody:x:65534:65533::/:/bin/false";
        let found: Vec<_> = accounts(passwd).collect();
        assert_eq!(found, [(0, 0, "root"), (65534, 65533, "nobody")]);
    }
}
