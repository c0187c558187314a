//! Makes one file of the parts of a recording, with ffmpeg.
//!
//! Parts are bytes from a stranger, and ffmpeg is large. It runs in child processes without an environment,
//! with hard limits on time, memory and files; it is told which format to expect, copies streams without
//! decoding them, and reaches nothing but files of its own folder, which goes when the work is done.

mod contained;
mod ffmpeg;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use interaura_domain::ports::recording_assembler::{
    AssembledFile, AssemblerError, Assembly, RecordingAssembler,
};
use interaura_domain::recording::event::RecordingFailure;
use tempfile::TempDir;
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

pub use self::contained::run_in_child;
use self::ffmpeg::Ffmpeg;

/// What the folders of unfinished work are called.
const FOLDER: &str = "recording-";
/// Work that is older was left by a process that died.
const ABANDONED: Duration = Duration::from_hours(1);

/// What joining may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Address space of a child, in bytes.
    pub memory_bytes: u64,
    /// Processor time of a child, in seconds.
    pub cpu_s: u64,
    /// Time on the clock for a child.
    pub wall: Duration,
    /// The largest file that a child may write, in bytes.
    pub file_bytes: u64,
    /// How many recordings are joined at once.
    pub at_once: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            memory_bytes: 1 << 30,
            cpu_s: 120,
            wall: Duration::from_mins(4),
            file_bytes: 3 << 30,
            at_once: 2,
        }
    }
}

/// Joins parts with ffmpeg.
pub struct FfmpegAssembler {
    ffmpeg: Arc<Ffmpeg>,
    folder: PathBuf,
    turns: Arc<Semaphore>,
}

impl FfmpegAssembler {
    /// Works in a folder, which is made where there is none. For each child it starts `program` with `args`;
    /// that program hands the arguments that follow them to [`run_in_child`] before it does anything else.
    pub fn new(program: PathBuf, args: Vec<String>, folder: PathBuf, limits: Limits) -> Self {
        let args = args.into_iter().map(OsString::from).collect();
        let turns = Arc::new(Semaphore::new(limits.at_once.max(1)));
        Self { ffmpeg: Arc::new(Ffmpeg { program, args, limits }), folder, turns }
    }

    /// Makes a folder that only this user reads, and takes away what dead processes left.
    fn workplace(folder: &Path) -> std::io::Result<TempDir> {
        std::fs::create_dir_all(folder)?;
        for entry in std::fs::read_dir(folder)?.flatten() {
            let is_ours = entry.file_name().to_string_lossy().starts_with(FOLDER);
            let age =
                entry.metadata().and_then(|found| found.modified()).ok().and_then(|at| at.elapsed().ok());
            if is_ours && age.is_some_and(|age| age > ABANDONED) {
                // Somebody else may have been faster.
                let _ = std::fs::remove_dir_all(entry.path());
            }
        }
        tempfile::Builder::new().prefix(FOLDER).tempdir_in(folder)
    }
}

fn unavailable(error: std::io::Error) -> AssemblerError {
    AssemblerError::Unavailable(error.into())
}

#[async_trait]
impl RecordingAssembler for FfmpegAssembler {
    fn name(&self) -> &'static str {
        "ffmpeg/1"
    }

    async fn begin(&self) -> Result<Box<dyn Assembly>, AssemblerError> {
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        let turn = turn.map_err(|closed| AssemblerError::Unavailable(closed.into()))?;
        let place = Self::workplace(&self.folder).map_err(unavailable)?;
        Ok(Box::new(Work { ffmpeg: Arc::clone(&self.ffmpeg), place, takes: Vec::new(), open: None, turn }))
    }
}

/// A take that is being written.
struct RawTake {
    path: PathBuf,
    offset_ms: u64,
}

struct Work {
    ffmpeg: Arc<Ffmpeg>,
    place: TempDir,
    takes: Vec<RawTake>,
    open: Option<File>,
    turn: OwnedSemaphorePermit,
}

impl Work {
    async fn close(&mut self) -> Result<(), AssemblerError> {
        if let Some(mut file) = self.open.take() {
            file.flush().await.map_err(unavailable)?;
        }
        Ok(())
    }

    /// Mends each take; those that cannot be mended are left out.
    async fn mended(&self) -> Result<Vec<ffmpeg::Take>, AssemblerError> {
        let mut mended = Vec::new();
        let mut refusal = RecordingFailure::Empty;
        for (number, raw) in self.takes.iter().enumerate() {
            let path = self.place.path().join(format!("take-{number}.webm"));
            match self.ffmpeg.mend(&raw.path, &path).await {
                Ok(duration_ms) => mended.push(ffmpeg::Take { path, offset_ms: raw.offset_ms, duration_ms }),
                Err(AssemblerError::Refused(reason)) => {
                    tracing::warn!(?reason, "a take of a recording cannot be used");
                    refusal = reason;
                }
                Err(error) => return Err(error),
            }
            tokio::fs::remove_file(&raw.path).await.map_err(unavailable)?;
        }
        if mended.is_empty() { Err(AssemblerError::Refused(refusal)) } else { Ok(mended) }
    }
}

#[async_trait]
impl Assembly for Work {
    async fn take(&mut self, offset_ms: u64) -> Result<(), AssemblerError> {
        self.close().await?;
        let path = self.place.path().join(format!("raw-{}.webm", self.takes.len()));
        self.open = Some(File::create_new(&path).await.map_err(unavailable)?);
        self.takes.push(RawTake { path, offset_ms });
        Ok(())
    }

    async fn part(&mut self, bytes: Bytes) -> Result<(), AssemblerError> {
        if self.open.is_none() {
            self.take(0).await?;
        }
        match &mut self.open {
            Some(file) => file.write_all(&bytes).await.map_err(unavailable),
            None => Ok(()),
        }
    }

    async fn finish(mut self: Box<Self>) -> Result<Box<dyn AssembledFile>, AssemblerError> {
        self.close().await?;
        let takes = self.mended().await?;
        let offset_ms = takes[0].offset_ms;
        let path = self.place.path().join("recording.webm");
        let duration_ms = self.ffmpeg.join(&takes, self.place.path(), &path).await?;
        let file = File::open(&path).await.map_err(unavailable)?;
        Ok(Box::new(Joined { file, offset_ms, duration_ms, _place: self.place, _turn: self.turn }))
    }
}

struct Joined {
    file: File,
    offset_ms: u64,
    duration_ms: u64,
    _place: TempDir,
    _turn: OwnedSemaphorePermit,
}

#[async_trait]
impl AssembledFile for Joined {
    fn offset_ms(&self) -> u64 {
        self.offset_ms
    }

    fn duration_ms(&self) -> u64 {
        self.duration_ms
    }

    fn media_type(&self) -> &'static str {
        "video/webm"
    }

    async fn next(&mut self, bytes: usize) -> Result<Bytes, AssemblerError> {
        let mut piece = BytesMut::with_capacity(bytes);
        while piece.len() < bytes {
            let wanted = (bytes - piece.len()) as u64;
            let read = (&mut self.file).take(wanted).read_buf(&mut piece).await.map_err(unavailable)?;
            if read == 0 {
                break;
            }
        }
        Ok(piece.freeze())
    }
}
