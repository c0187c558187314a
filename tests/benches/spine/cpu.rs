//! Processor time of this process and of the Postgres server that it uses.

use sqlx::PgPool;

/// Clock ticks per second that `/proc` counts in; the same on every Linux architecture of today.
const TICKS: f64 = 100.0;

/// Seconds of processor time that a process used; with those of its ended children if asked.
struct Times {
    parent: u32,
    own: f64,
    children: f64,
}

fn times(pid: u32) -> Option<Times> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name, in parentheses, may hold anything.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |index: usize| fields.get(index)?.parse::<f64>().ok();
    Some(Times {
        parent: fields.get(1)?.parse().ok()?,
        own: (ticks(11)? + ticks(12)?) / TICKS,
        children: (ticks(13)? + ticks(14)?) / TICKS,
    })
}

/// The process that all backends of a server are children of.
pub(crate) async fn postmaster(pool: &PgPool) -> u32 {
    let backend: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(pool).await.unwrap();
    times(backend.unsigned_abs()).unwrap().parent
}

/// Seconds of processor time used so far by this process and by a Postgres server.
pub(crate) fn used(postmaster: u32) -> f64 {
    let own = times(std::process::id()).unwrap().own;
    let server = times(postmaster).unwrap();
    let pids = std::fs::read_dir("/proc").unwrap().flatten().filter_map(|entry| {
        let pid: u32 = entry.file_name().to_str()?.parse().ok()?;
        times(pid).filter(|times| times.parent == postmaster)
    });
    own + server.own + server.children + pids.map(|times| times.own).sum::<f64>()
}

/// Seconds of processor time used so far by one process.
pub(crate) fn of_process(pid: u32) -> f64 {
    times(pid).unwrap().own
}
