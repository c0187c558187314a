//! Finds and ends the processes that a killed predecessor left behind.
//!
//! They are recognised by their command line, which anybody may read: our servers carry the data
//! directory's own mark in theirs. Elsewhere than on Linux nothing is found, and Postgres's own
//! check of its data directory is the only guard.

use std::time::{Duration, Instant};

use crate::unix::{self, Signal};

/// How long a leftover may take to stop cleanly.
const GRACE: Duration = Duration::from_secs(10);

/// Ends each process that runs `program` and has `mark` in its command line.
///
/// They are first asked with `signal`, and killed when they do not listen. The caller owns the data
/// directory, so none of them can belong to a living `interaura`.
pub(super) async fn end(program: &str, mark: &str, signal: Signal) -> anyhow::Result<()> {
    let found = find(program, mark);
    if found.is_empty() {
        return Ok(());
    }
    tracing::info!("an earlier interaura left {program} running ({found:?}); stopping it");
    for pid in &found {
        let _ = unix::send(signal, *pid);
    }
    let deadline = Instant::now() + GRACE;
    let mut killed = false;
    loop {
        let left = find(program, mark);
        if left.is_empty() {
            return Ok(());
        }
        if Instant::now() > deadline {
            anyhow::ensure!(
                !killed || Instant::now() < deadline + GRACE,
                "{program} of an earlier interaura does not end, process {left:?}"
            );
            for pid in left {
                let _ = unix::send(Signal::Kill, pid);
            }
            killed = true;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn find(program: &str, mark: &str) -> Vec<u32> {
    let Ok(processes) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    let mut found: Vec<u32> = processes
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|pid| {
            std::fs::read(format!("/proc/{pid}/cmdline"))
                .is_ok_and(|line| is_ours(&String::from_utf8_lossy(&line), program, mark))
        })
        .collect();
    found.sort_unstable();
    found
}

/// A command line is the arguments, each ended by a NUL. Postgres's children replace theirs by one
/// text, `postgres: <cluster name>: ...`.
fn is_ours(command_line: &str, program: &str, mark: &str) -> bool {
    let first = command_line.split('\0').next().unwrap_or_default();
    let named = first.rsplit('/').next() == Some(program) || first.starts_with(&format!("{program}: {mark}"));
    named && command_line.contains(mark)
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn servers_are_told_from_bystanders() {
        let mark = "interaura-0011";
        let server = "/a/bin/postgres\0-D\0/d\0-c\0cluster_name=interaura-0011\0";
        let child = "postgres: interaura-0011: checkpointer \0\0\0";
        assert!(is_ours(server, "postgres", mark));
        assert!(is_ours(child, "postgres", mark));
        assert!(!is_ours("grep\0interaura-0011\0", "postgres", mark));
        assert!(!is_ours("/a/bin/postgres\0-D\0/other\0", "postgres", mark));
        assert!(!is_ours("postgres: interaura-9999: walwriter\0", "postgres", mark));
        assert!(!is_ours("", "postgres", mark));
    }
}
