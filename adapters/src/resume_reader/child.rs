//! The parent's side: starts a child, feeds it, and says how it ended.

use std::ffi::OsString;
use std::io;
use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Command;

use super::limits::Limits;
use super::reading::{ReaderName, Reading, Reply};
use interaura_domain::ports::resume_reader::Unreadable;

/// What is started for each child.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) path: PathBuf,
    pub(super) args: Vec<OsString>,
    pub(super) pdfium: PathBuf,
}

/// How a child ended.
#[derive(Debug, PartialEq)]
pub(super) enum Outcome {
    /// It read the file.
    Read(Box<Reading>),
    /// It says why it cannot.
    Refused(Unreadable),
    /// It fell over the file.
    Crashed,
    /// It was ended for the time, memory or output it took.
    Exhausted,
}

/// Of what a dying child says, this much is looked at, in bytes.
const LAST_WORDS: u64 = 4096;

/// Runs one child on `file` for at most `wall`.
///
/// # Errors
/// The child cannot be started, or its reader cannot run whatever the file.
pub(super) async fn run(
    program: &Program,
    reader: ReaderName,
    file: Bytes,
    limits: &Limits,
    wall: Duration,
) -> io::Result<Outcome> {
    let mut child = Command::new(&program.path)
        .args(&program.args)
        .arg(reader.word())
        .arg(limits.memory_bytes.to_string())
        .arg(limits.cpu_s.to_string())
        .arg(&program.pdfium)
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let (Some(mut input), Some(output), Some(complaint)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return Err(io::Error::other("a child has no pipes"));
    };
    let talk = async {
        let feed = async move {
            // A child that dies early closes the pipe; how it died says more than that.
            let _ = input.write_all(&file).await;
            drop(input);
        };
        let said = at_most(output, limits.output_bytes);
        let complained = at_most(complaint, LAST_WORDS);
        let ((), said, complained) = tokio::join!(feed, said, complained);
        let status = child.wait().await?;
        io::Result::Ok((status, said?, complained?))
    };
    let Ok(ended) = tokio::time::timeout(wall, talk).await else {
        return Ok(Outcome::Exhausted);
    };
    let (status, said, complained) = ended?;
    if said.len() as u64 > limits.output_bytes {
        return Ok(Outcome::Exhausted);
    }
    judge(status, &said, &complained)
}

/// Reads up to one byte more than `limit`, so that the caller sees that there was more; the rest of the
/// stream is dropped, and a child that goes on writing is ended by the broken pipe.
async fn at_most(stream: impl AsyncRead + Unpin, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.take(limit + 1).read_to_end(&mut bytes).await?;
    Ok(bytes)
}

fn judge(status: ExitStatus, said: &[u8], complained: &[u8]) -> io::Result<Outcome> {
    if status.success() {
        let line = said.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
        return match serde_json::from_slice(line) {
            Ok(Reply::Read(reading)) => Ok(Outcome::Read(reading)),
            Ok(Reply::Refused(reason)) => Ok(Outcome::Refused(reason)),
            Ok(Reply::Broken(fault)) => Err(io::Error::other(fault)),
            Err(fault) => Err(io::Error::other(fault)),
        };
    }
    if let Some(code @ (64 | 70 | 74)) = status.code() {
        return Err(io::Error::other(format!("a reading child ended with {code}")));
    }
    let complained = String::from_utf8_lossy(complained);
    let out_of_memory = complained.contains("memory allocation of")
        || complained.contains("overflowed its stack")
        || complained.contains("bad_alloc");
    // pdfium ends itself by a trap when it gets no memory.
    let ended_for_cost =
        matches!(status.signal(), Some(libc::SIGXCPU | libc::SIGKILL | libc::SIGTRAP | libc::SIGILL));
    Ok(if out_of_memory || ended_for_cost { Outcome::Exhausted } else { Outcome::Crashed })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_is_the_last_line_whatever_a_library_printed() {
        let said = b"a library's chatter\n{\"refused\":\"encrypted\"}";
        let outcome = judge(ExitStatus::from_raw(0), said, b"").unwrap();
        assert_eq!(outcome, Outcome::Refused(Unreadable::Encrypted));
    }

    #[test]
    fn a_panic_is_a_crash_and_lack_of_memory_is_not() {
        let panicked = ExitStatus::from_raw(101 << 8);
        assert_eq!(judge(panicked, b"", b"thread 'main' panicked").unwrap(), Outcome::Crashed);
        let aborted = ExitStatus::from_raw(libc::SIGABRT);
        let complaint = b"memory allocation of 4294967296 bytes failed";
        assert_eq!(judge(aborted, b"", complaint).unwrap(), Outcome::Exhausted);
        assert_eq!(judge(ExitStatus::from_raw(libc::SIGXCPU), b"", b"").unwrap(), Outcome::Exhausted);
    }

    #[test]
    fn a_child_that_could_not_work_at_all_is_not_the_files_fault() {
        assert!(judge(ExitStatus::from_raw(64 << 8), b"", b"").is_err());
        assert!(judge(ExitStatus::from_raw(0), b"\n{\"broken\":\"no library\"}", b"").is_err());
    }
}
