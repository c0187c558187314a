//! Reads resumes in child processes.
//!
//! A resume is a file from a stranger, and its parsers are large. Each reader therefore runs in a child
//! of its own: this binary, started again with a hidden subcommand, an empty environment and hard limits
//! on memory, time, files and output. Whatever a file does to a reader, it costs that child and nothing
//! else. A PDF is read twice, by pdfium and by pdf-extract, in two children: the better text is kept,
//! and how far they agree is part of the confidence.

pub mod agreement;
mod child;
mod columns;
mod docx;
mod docx_parts;
mod entry;
mod glyphs;
pub(crate) mod limits;
pub mod normalise;
mod pdf;
mod reading;
mod verdict;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use interaura_domain::ports::resume_reader::{
    MediaType, ReadResume, ResumeReader, ResumeReaderError, Unreadable,
};
use interaura_domain::resume::format;
use tokio::sync::Semaphore;

use self::child::Program;
use self::reading::ReaderName;

pub use self::entry::read_in_child;
pub use self::limits::Limits;

/// The largest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 10 * 1024 * 1024;

/// Reads PDF and DOCX files, each in child processes of its own.
#[derive(Debug, Clone)]
pub struct ContainedReader {
    program: Arc<Program>,
    limits: Limits,
    running: Arc<Semaphore>,
}

impl ContainedReader {
    /// A reader that starts `program` with `args` for each child; that program hands the arguments that
    /// follow them to [`read_in_child`] before it does anything else.
    ///
    /// `pdfium` is the path of the shared library of pdfium.
    pub fn new(program: PathBuf, args: Vec<String>, pdfium: PathBuf) -> Self {
        Self::with_limits(program, args, pdfium, Limits::default())
    }

    /// The same with limits of one's own.
    pub fn with_limits(program: PathBuf, args: Vec<String>, pdfium: PathBuf, limits: Limits) -> Self {
        let args = args.into_iter().map(OsString::from).collect();
        let running = Arc::new(Semaphore::new(limits.children.max(1)));
        Self { program: Arc::new(Program { path: program, args, pdfium }), limits, running }
    }

    async fn read_pdf(&self, file: Bytes) -> Result<ReadResume, ResumeReaderError> {
        let first = self.run(ReaderName::Pdfium, file.clone(), self.limits.wall);
        let check = self.run(ReaderName::PdfExtract, file, self.limits.wall.min(self.limits.check_wall));
        let (first, check) = tokio::join!(first, check);
        tokio::task::spawn_blocking(move || verdict::on_pdf(first?, check?))
            .await
            .map_err(|panic| ResumeReaderError::Unavailable(Box::new(panic)))?
    }

    async fn run(
        &self,
        reader: ReaderName,
        file: Bytes,
        wall: Duration,
    ) -> Result<child::Outcome, ResumeReaderError> {
        let turn = tokio::time::timeout(self.limits.queue, self.running.acquire())
            .await
            .map_err(|_| unavailable("all reading children are busy"))?
            .map_err(|_| unavailable("the reader is shutting down"))?;
        let outcome = child::run(&self.program, reader, file, &self.limits, wall).await;
        drop(turn);
        outcome.map_err(|source| ResumeReaderError::Unavailable(Box::new(source)))
    }
}

#[async_trait]
impl ResumeReader for ContainedReader {
    async fn read(&self, file: Bytes, media_type: MediaType) -> Result<ReadResume, ResumeReaderError> {
        if file.len() > MAX_FILE_BYTES {
            return Err(Unreadable::TooLarge.into());
        }
        let format = format::sniff(&file)?;
        if format != media_type {
            tracing::debug!(resume.named = ?media_type, resume.found = ?format, "a resume is not what its name says");
        }
        match format {
            MediaType::Pdf => self.read_pdf(file).await,
            MediaType::Docx => {
                let outcome = self.run(ReaderName::Docx, file, self.limits.wall).await?;
                verdict::on_docx(outcome)
            }
        }
    }
}

fn unavailable(why: &'static str) -> ResumeReaderError {
    ResumeReaderError::Unavailable(why.into())
}
