//! What a reading child may use, and how it binds itself to that.

use std::io;
use std::time::Duration;

/// What reading one file may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Address space that a child may take beyond what its program maps at the start, in bytes.
    pub memory_bytes: u64,
    /// Processor time of a child, in seconds.
    pub cpu_s: u64,
    /// Time on the clock for a child.
    pub wall: Duration,
    /// Time on the clock for the child that only checks another.
    pub check_wall: Duration,
    /// How long a file may wait for its turn.
    pub queue: Duration,
    /// How many children run at once.
    pub children: usize,
    /// What a child may print, in bytes.
    pub output_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            memory_bytes: 1 << 30,
            cpu_s: 12,
            wall: Duration::from_secs(12),
            check_wall: Duration::from_secs(6),
            queue: Duration::from_secs(8),
            children: 4,
            output_bytes: 4 << 20,
        }
    }
}

/// Files that a child may hold open: its three pipes, the library and the fonts it looks at.
const OPEN_FILES: u64 = 32;

/// Binds this process to `memory_bytes` beyond what it maps now, to `cpu_s` of processor time, to no
/// new files and no core dump. There is no way back.
///
/// # Errors
/// The system refuses a limit.
pub(super) fn bind_this_process(memory_bytes: u64, cpu_s: u64) -> io::Result<()> {
    set(libc::RLIMIT_CORE, 0)?;
    set(libc::RLIMIT_FSIZE, 0)?;
    set(libc::RLIMIT_NOFILE, OPEN_FILES)?;
    set(libc::RLIMIT_CPU, cpu_s)?;
    set(libc::RLIMIT_AS, mapped_bytes()?.saturating_add(memory_bytes))
}

/// What this process maps now: the binary carries models, which must not count against the file.
fn mapped_bytes() -> io::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmSize:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kib.map(|kib| kib.saturating_mul(1024))
        .ok_or_else(|| io::Error::other("the size of the process is not told"))
}

/// Binds this process to a limit of one kind.
///
/// # Errors
/// The system refuses it.
pub(crate) fn set(resource: libc::__rlimit_resource_t, value: u64) -> io::Result<()> {
    let limit = libc::rlimit { rlim_cur: value, rlim_max: value };
    #[expect(unsafe_code, reason = "setrlimit reads one struct that lives for the call")]
    let refused = unsafe { libc::setrlimit(resource, &raw const limit) } != 0;
    if refused { Err(io::Error::last_os_error()) } else { Ok(()) }
}
