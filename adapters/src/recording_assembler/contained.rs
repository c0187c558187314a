//! The child's side: binds itself, then becomes another program.

use std::ffi::OsString;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, ExitCode};

use crate::resume_reader::limits::set;

/// Ends the child where the other program cannot be started; as a shell does.
pub(super) const NOT_STARTED: u8 = 127;
/// Files that the other program may hold open.
const OPEN_FILES: u64 = 64;

/// Binds this process to the limits in the arguments, then becomes the program that they name: bytes of
/// address space, seconds of processor time, bytes of a file, program, its arguments.
///
/// To be called with the arguments that follow the hidden subcommand, before any thread, runtime or
/// configuration exists. It comes back only to tell that it failed.
pub fn run_in_child(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut arguments = arguments.into_iter();
    let mut number = || arguments.next()?.to_str()?.parse::<u64>().ok();
    let (Some(memory_bytes), Some(cpu_s), Some(file_bytes)) = (number(), number(), number()) else {
        return ExitCode::from(64);
    };
    let Some(program) = arguments.next() else { return ExitCode::from(64) };
    let mut command = Command::new(program);
    command.args(arguments).env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin");
    match bind(memory_bytes, cpu_s, file_bytes) {
        Ok(()) => {
            // It comes back only where it failed.
            drop(command.exec());
            ExitCode::from(NOT_STARTED)
        }
        Err(_) => ExitCode::from(71),
    }
}

fn bind(memory_bytes: u64, cpu_s: u64, file_bytes: u64) -> io::Result<()> {
    set(libc::RLIMIT_CORE, 0)?;
    set(libc::RLIMIT_FSIZE, file_bytes)?;
    set(libc::RLIMIT_NOFILE, OPEN_FILES)?;
    set(libc::RLIMIT_CPU, cpu_s)?;
    set(libc::RLIMIT_AS, memory_bytes)
}
