//! The few calls to the operating system that the standard library does not offer.
//!
//! All `unsafe` code of this crate is here, each use with its reason.

use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

use tokio::process::Command;

/// A request to a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signal {
    /// SIGINT; Postgres takes it as "disconnect everybody, then stop cleanly".
    Interrupt,
    /// SIGTERM.
    Terminate,
    /// SIGKILL.
    Kill,
}

impl Signal {
    fn number(self) -> libc::c_int {
        match self {
            Self::Interrupt => libc::SIGINT,
            Self::Terminate => libc::SIGTERM,
            Self::Kill => libc::SIGKILL,
        }
    }
}

/// Sends `signal` to the process `pid`.
pub(crate) fn send(signal: Signal, pid: u32) -> io::Result<()> {
    kill(signal, libc::pid_t::try_from(pid).map_err(io::Error::other)?)
}

/// Sends `signal` to each process of the group that `leader` leads.
pub(crate) fn send_to_group(signal: Signal, leader: u32) -> io::Result<()> {
    kill(signal, -libc::pid_t::try_from(leader).map_err(io::Error::other)?)
}

fn kill(signal: Signal, pid: libc::pid_t) -> io::Result<()> {
    #[expect(unsafe_code, reason = "kill(2) has no safe wrapper; it takes no pointers")]
    // SAFETY: `kill` takes two integers and touches no memory of ours.
    let result = unsafe { libc::kill(pid, signal.number()) };
    if result == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// The user whose rights this process has.
pub(crate) fn effective_uid() -> u32 {
    #[expect(unsafe_code, reason = "geteuid(2) has no safe wrapper; it cannot fail")]
    // SAFETY: `geteuid` takes nothing, always succeeds and touches no memory of ours.
    unsafe {
        libc::geteuid()
    }
}

/// Bytes that an unprivileged user can still write where `path` is.
pub(crate) fn free_bytes(path: &Path) -> io::Result<u64> {
    let path = std::ffi::CString::new(path.as_os_str().as_bytes()).map_err(io::Error::other)?;
    let mut answer = std::mem::MaybeUninit::<libc::statvfs>::uninit();
    #[expect(unsafe_code, reason = "statvfs(3) has no safe wrapper")]
    // SAFETY: `path` ends with a NUL and lives through the call, `answer` is large enough for what
    // is written, and it is read only after success.
    let answer = unsafe {
        if libc::statvfs(path.as_ptr(), answer.as_mut_ptr()) != 0 {
            return Err(io::Error::last_os_error());
        }
        answer.assume_init()
    };
    Ok(widen(answer.f_bavail).saturating_mul(widen(answer.f_frsize)))
}

/// The fields of `statvfs` differ in width between platforms.
fn widen(count: impl Into<u64>) -> u64 {
    count.into()
}

/// Has the kernel send `signal` to the child when the thread that spawned it ends, which a killed
/// process's threads do too. Linux only; elsewhere the next start deals with what was left behind.
pub(crate) fn signal_on_parent_death(command: &mut Command, signal: Signal) {
    if cfg!(target_os = "linux") {
        set_parent_death_signal(command, signal);
    }
}

#[cfg(target_os = "linux")]
fn set_parent_death_signal(command: &mut Command, signal: Signal) {
    let parent = std::process::id();
    let number = signal.number();
    let prepare = move || {
        #[expect(unsafe_code, reason = "prctl(2) and getppid(2) have no safe wrapper")]
        // SAFETY: both take integers only and are safe to call between fork and exec.
        let (result, parent_now) = unsafe { (libc::prctl(libc::PR_SET_PDEATHSIG, number), libc::getppid()) };
        if result != 0 {
            return Err(io::Error::last_os_error());
        }
        // The parent may have died before the request was in place.
        if u32::try_from(parent_now) != Ok(parent) {
            return Err(io::Error::from_raw_os_error(libc::ESRCH));
        }
        Ok(())
    };
    #[expect(unsafe_code, reason = "the parent-death signal can only be set in the child")]
    // SAFETY: `prepare` neither allocates nor locks; it makes two system calls.
    unsafe {
        command.pre_exec(prepare);
    }
}

#[cfg(not(target_os = "linux"))]
fn set_parent_death_signal(_: &mut Command, _: Signal) {}
