//! ffmpeg and ffprobe in children, and what their ends mean.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::io;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use interaura_domain::ports::recording_assembler::AssemblerError;
use interaura_domain::recording::event::RecordingFailure;
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::Command;

use super::contained::NOT_STARTED;
use super::{Limits, unavailable};

/// Of what a child says, this much is looked at, in bytes.
const WORDS: u64 = 8 * 1024;
/// The longest that a recording plays, in seconds.
const LONGEST_S: f64 = 24.0 * 60.0 * 60.0;

/// A take that can be played.
pub(super) struct Take {
    pub(super) path: PathBuf,
    /// How long after the first take it began.
    pub(super) offset_ms: u64,
    pub(super) duration_ms: u64,
}

/// How children are started.
pub(super) struct Ffmpeg {
    pub(super) program: PathBuf,
    pub(super) args: Vec<OsString>,
    pub(super) limits: Limits,
}

impl Ffmpeg {
    /// Makes a take of what came: with its duration, without what is broken or no picture or sound.
    pub(super) async fn mend(&self, raw: &Path, mended: &Path) -> Result<u64, AssemblerError> {
        let before = ["-fflags", "+genpts+discardcorrupt", "-f", "matroska", "-i"];
        let after = ["-map", "0:v:0?", "-map", "0:a:0?", "-c", "copy", "-f", "webm"];
        self.write(&before, raw, &after, mended).await?;
        self.duration_ms(mended).await
    }

    /// Joins takes into a file that can be played from any moment; takes keep their distance.
    pub(super) async fn join(
        &self,
        takes: &[Take],
        folder: &Path,
        joined: &Path,
    ) -> Result<u64, AssemblerError> {
        let mut list = String::new();
        for (place, take) in takes.iter().enumerate() {
            let next = takes.get(place + 1).map(|next| next.offset_ms.saturating_sub(take.offset_ms));
            let length = next.unwrap_or(take.duration_ms).max(take.duration_ms);
            let name = take.path.file_name().unwrap_or_default().to_string_lossy();
            let (seconds, rest) = (length / 1_000, length % 1_000);
            // Writing to a string does not fail.
            let _ = writeln!(list, "file '{name}'\nduration {seconds}.{rest:03}");
        }
        let script = folder.join("takes.txt");
        tokio::fs::write(&script, list).await.map_err(unavailable)?;
        let before = ["-f", "concat", "-safe", "1", "-i"];
        let after = ["-map", "0", "-c", "copy", "-cues_to_front", "1", "-f", "webm"];
        self.write(&before, &script, &after, joined).await?;
        self.duration_ms(joined).await
    }

    async fn write(
        &self,
        before: &[&str],
        from: &Path,
        after: &[&str],
        to: &Path,
    ) -> Result<(), AssemblerError> {
        let mut arguments: Vec<OsString> = vec!["ffmpeg".into()];
        let quiet = ["-nostdin", "-hide_banner", "-v", "error", "-n", "-protocol_whitelist", "file"];
        arguments.extend(quiet.iter().chain(before).map(OsString::from));
        arguments.push(from.into());
        arguments.extend(after.iter().map(OsString::from));
        arguments.push(to.into());
        self.run(arguments).await.map(drop)
    }

    async fn duration_ms(&self, file: &Path) -> Result<u64, AssemblerError> {
        let mut arguments: Vec<OsString> = vec!["ffprobe".into()];
        let asked = ["-hide_banner", "-v", "error", "-protocol_whitelist", "file", "-f", "matroska"];
        arguments.extend(asked.iter().map(OsString::from));
        let shown = ["-show_entries", "format=duration", "-of", "default=nokey=1:noprint_wrappers=1"];
        arguments.extend(shown.iter().map(OsString::from));
        arguments.push(file.into());
        let said = self.run(arguments).await?;
        let seconds = String::from_utf8_lossy(&said).trim().parse::<f64>().ok();
        let seconds = seconds.filter(|seconds| (0.001..=LONGEST_S).contains(seconds));
        let seconds = seconds.ok_or(AssemblerError::Refused(RecordingFailure::Unreadable))?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "up to a day")]
        Ok((seconds * 1_000.0).round() as u64)
    }

    /// What a child printed.
    async fn run(&self, arguments: Vec<OsString>) -> Result<Vec<u8>, AssemblerError> {
        let mut child = Command::new(&self.program)
            .args(&self.args)
            .arg(self.limits.memory_bytes.to_string())
            .arg(self.limits.cpu_s.to_string())
            .arg(self.limits.file_bytes.to_string())
            .args(arguments)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(unavailable)?;
        let (Some(output), Some(complaint)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(unavailable(io::Error::other("a child has no pipes")));
        };
        let talk = async {
            let (said, complained) = tokio::join!(words(output), words(complaint));
            let status = child.wait().await?;
            io::Result::Ok(Output { status, stdout: said?, stderr: complained? })
        };
        match tokio::time::timeout(self.limits.wall, talk).await {
            Err(_) => Err(AssemblerError::Refused(RecordingFailure::TooCostly)),
            Ok(Err(error)) => Err(unavailable(error)),
            Ok(Ok(output)) => judge(output),
        }
    }
}

/// The first words; the rest is read and dropped, so that nobody waits for a full pipe.
async fn words(mut stream: impl AsyncRead + Unpin) -> io::Result<Vec<u8>> {
    let mut words = Vec::new();
    (&mut stream).take(WORDS).read_to_end(&mut words).await?;
    tokio::io::copy(&mut stream, &mut tokio::io::sink()).await?;
    Ok(words)
}

fn judge(output: Output) -> Result<Vec<u8>, AssemblerError> {
    if output.status.success() {
        return Ok(output.stdout);
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    if output.status.code() == Some(NOT_STARTED.into()) {
        let words = "ffmpeg cannot be started; install Debian's package ffmpeg";
        return Err(AssemblerError::Unavailable(words.into()));
    }
    if complaint.contains("No space left on device") {
        return Err(unavailable(io::ErrorKind::StorageFull.into()));
    }
    let for_cost = matches!(output.status.signal(), Some(libc::SIGXCPU | libc::SIGXFSZ | libc::SIGKILL));
    let costly =
        for_cost || complaint.contains("Cannot allocate memory") || complaint.contains("File too large");
    let reason = if costly { RecordingFailure::TooCostly } else { RecordingFailure::Unreadable };
    Err(AssemblerError::Refused(reason))
}

#[cfg(test)]
mod tests {
    use std::process::ExitStatus;

    use super::*;

    fn judged(raw: i32, complaint: &str) -> String {
        let output =
            Output { status: ExitStatus::from_raw(raw), stdout: Vec::new(), stderr: complaint.into() };
        format!("{:?}", judge(output).unwrap_err())
    }

    #[test]
    fn a_childs_end_says_whose_fault_it_was() {
        assert!(judged(1 << 8, "EBML header parsing failed").contains("Unreadable"));
        assert!(judged(libc::SIGXCPU, "").contains("TooCostly"));
        assert!(judged(libc::SIGXFSZ, "").contains("TooCostly"));
        assert!(judged(libc::SIGSEGV, "").contains("Unreadable"));
        assert!(judged(1 << 8, "x.webm: Cannot allocate memory").contains("TooCostly"));
        assert!(
            judged(1 << 8, "av_interleaved_write_frame(): No space left on device").contains("Unavailable")
        );
        assert!(judged(127 << 8, "").contains("Unavailable"));
    }
}
