//! Reads the text of a resume file. Files are hostile: an adapter reads them contained.

use async_trait::async_trait;
use bytes::Bytes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A kind of file that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MediaType {
    /// `application/pdf`
    Pdf,
    /// `application/vnd.openxmlformats-officedocument.wordprocessingml.document`
    Docx,
}

/// What a reader got out of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadResume {
    /// The text, lines separated by `\n`, NFKC where ligatures were.
    pub text: String,
    /// Pages; `None` for a DOCX, which has none until it is laid out.
    pub pages: Option<u32>,
    /// How the page is built, as far as it can be told.
    pub layout: PageLayout,
    /// Confidence in the text, 0 to 1.
    pub confidence: f64,
    /// How far two readers agree, 0 to 1 (word F1); `None` where one alone read it.
    pub agreement: Option<f64>,
    /// Who read it, with version: `pdfium/152 (checked by pdf-extract/0.12)`.
    pub reader: String,
    /// What the candidate should know: `the last 180 of 208 pages were left out`.
    pub remarks: Vec<String>,
}

/// How a page is built, as far as it can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct PageLayout {
    /// Columns of text side by side on most of the first page; 0 where unknown.
    pub columns: u8,
    /// Pictures.
    pub images: u32,
    /// Tables (DOCX only).
    pub tables: u32,
    /// Text in text boxes, headers or footers, that many systems skip (DOCX only).
    pub floating_text: bool,
}

/// Why a file holds no resume that can be read. Each has words for the candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Unreadable {
    /// Zero bytes.
    #[error("the file is empty; choose the file again, perhaps it was still being saved")]
    Empty,
    /// Over the limit on size.
    #[error("the file is larger than 10 MB; save it without large pictures and upload it again")]
    TooLarge,
    /// Neither PDF nor DOCX, whatever its name says.
    #[error("this is neither a PDF nor a Word (.docx) file; export your resume as PDF and upload that")]
    UnknownFormat,
    /// A password is needed.
    #[error("the file is protected by a password; save a copy without the password and upload that")]
    Encrypted,
    /// Broken or cut off.
    #[error("the file is damaged or incomplete; export it again and upload the new file")]
    Damaged,
    /// Pictures of text only.
    #[error(
        "this file is a scan: it holds pictures of pages and no text; export it from the program you wrote it in, or run text recognition (OCR) first"
    )]
    ImageOnly,
    /// Text without content.
    #[error("there is no text in this file; check that you chose the right one, or export it again as PDF")]
    NoText,
    /// It took too much time or memory to read.
    #[error("reading this file took too much time or memory; export it again as a plain PDF and upload that")]
    TooComplex,
}

/// Why reading failed.
#[derive(Debug, thiserror::Error)]
pub enum ResumeReaderError {
    /// The file is at fault: trying again does not help.
    #[error(transparent)]
    Refused(#[from] Unreadable),
    /// The reader is at fault: worth trying again.
    #[error("the resume reader is not available")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Reads the text of a resume file.
#[async_trait]
pub trait ResumeReader: Send + Sync {
    /// Reads one file within limits on time, memory and output.
    ///
    /// # Errors
    /// The file cannot be read, or the reader cannot run.
    async fn read(&self, file: Bytes, media_type: MediaType) -> Result<ReadResume, ResumeReaderError>;
}
