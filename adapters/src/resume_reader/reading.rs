//! What a reading child says to its parent: one JSON document on its standard output.

use std::ffi::OsStr;

use interaura_domain::ports::resume_reader::{PageLayout, Unreadable};
use serde::{Deserialize, Serialize};

/// Which reader a child is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReaderName {
    /// pdfium.
    Pdfium,
    /// pdf-extract.
    PdfExtract,
    /// The DOCX reader.
    Docx,
}

impl ReaderName {
    /// The word for it on the command line.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Pdfium => "pdfium",
            Self::PdfExtract => "pdf-extract",
            Self::Docx => "docx",
        }
    }

    /// The reader that `word` names.
    pub(super) fn of(word: &OsStr) -> Option<Self> {
        [Self::Pdfium, Self::PdfExtract, Self::Docx].into_iter().find(|name| word == name.word())
    }
}

/// What one reader found in a file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct Reading {
    /// The text, normalised.
    pub(super) text: String,
    /// Pages of the file; 0 where it has none.
    pub(super) pages: u32,
    /// Pages whose text could be read.
    pub(super) pages_read: u32,
    /// Pages left out because the file is too long.
    pub(super) pages_left_out: u32,
    /// How the page is built.
    pub(super) layout: PageLayout,
    /// Whether pages are covered by drawings, as text turned into outlines is.
    pub(super) drawn: bool,
    /// Characters that could not be told, 0 to 1 of all.
    pub(super) unknown_share: f64,
}

/// The answer of a child.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Reply {
    /// It read the file.
    Read(Box<Reading>),
    /// The file cannot be read.
    Refused(Unreadable),
    /// The reader itself cannot run.
    Broken(String),
}

impl From<Result<Reading, Unreadable>> for Reply {
    fn from(result: Result<Reading, Unreadable>) -> Self {
        match result {
            Ok(reading) => Self::Read(Box::new(reading)),
            Err(reason) => Self::Refused(reason),
        }
    }
}
