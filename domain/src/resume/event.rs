//! What happened to a resume.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::analysis::{MatchTarget, ResumeMatch};
use super::outline::ResumeOutline;
use crate::envelope::KeyedHash;
use crate::event::stored_events;
use crate::ids::BlobId;
use crate::interview::exchange::Exchange;
use crate::personal::Personal;
use crate::ports::resume_reader::{MediaType, PageLayout, Unreadable};
use crate::role::RoleSlug;
use crate::score::Score;

/// An event of a resume.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResumeEvent {
    /// The file was stored.
    ResumeUploaded(ResumeUploaded),
    /// Its text was read.
    ResumeTextExtracted(ResumeTextExtracted),
    /// It cannot be used.
    ResumeRejected(ResumeRejected),
    /// A match was asked for.
    ResumeMatchRequested(ResumeMatchRequested),
    /// A match is done.
    ResumeAnalysed(ResumeAnalysed),
    /// A match could not be made.
    ResumeMatchFailed(ResumeMatchFailed),
}

stored_events!(ResumeEvent {
    ResumeUploaded => "resume_uploaded", "1";
    ResumeTextExtracted => "resume_text_extracted", "1";
    ResumeRejected => "resume_rejected", "1";
    ResumeMatchRequested => "resume_match_requested", "1";
    ResumeAnalysed => "resume_analysed", "1";
    ResumeMatchFailed => "resume_match_failed", "1";
});

/// An object in the blob store, sealed with the candidate's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BlobRef {
    /// Its id.
    pub blob_id: BlobId,
    /// SHA-256 of the sealed bytes, hexadecimal.
    pub sealed_sha256: String,
    /// Size of the sealed bytes.
    pub sealed_bytes: u64,
}

/// Text that may be too long for an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LongText {
    /// The text.
    Inline(Personal<String>),
    /// Where the text is: UTF-8 in a sealed blob.
    Blob(BlobRef),
}

/// Why a file was turned away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RejectionReason {
    /// The file is at fault.
    Unreadable(Unreadable),
    /// The reader failed again and again; the file may be fine.
    ReaderUnavailable,
}

/// A file was uploaded and stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResumeUploaded {
    /// Where it is.
    pub blob: BlobRef,
    /// Tells an equal file of the same person.
    pub fingerprint: KeyedHash,
    /// What its bytes say that it is.
    pub media_type: MediaType,
    /// Its name as uploaded.
    pub file_name: Personal<String>,
    /// Size of the file.
    pub size_bytes: u64,
    /// What to match it against once it is read.
    pub target: Option<RoleSlug>,
    /// When.
    pub uploaded_at: DateTime<Utc>,
}

/// The text of the file is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResumeTextExtracted {
    /// The text, or where it is.
    pub text: LongText,
    /// What it says.
    pub outline: Personal<ResumeOutline>,
    /// How the page is built.
    pub layout: PageLayout,
    /// Pages, where the format has them.
    pub pages: Option<u32>,
    /// Confidence in the text, 0 to 1.
    pub confidence: f64,
    /// Agreement of two readers, 0 to 1.
    pub agreement: Option<f64>,
    /// Who read it, with version.
    pub reader: String,
    /// What the candidate should know.
    pub remarks: Vec<String>,
    /// When.
    pub extracted_at: DateTime<Utc>,
}

/// The file cannot be used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResumeRejected {
    /// Why.
    pub reason: RejectionReason,
    /// Its name, where it was turned away before it was stored.
    pub file_name: Option<Personal<String>>,
    /// When.
    pub rejected_at: DateTime<Utc>,
}

/// A match against a target was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResumeMatchRequested {
    /// Its id.
    pub match_id: Uuid,
    /// A role or a job post.
    pub target: Personal<MatchTarget>,
    /// When.
    pub requested_at: DateTime<Utc>,
}

/// The resume was matched against a target.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResumeAnalysed {
    /// The match that was asked for.
    pub match_id: Uuid,
    /// 0 to 100.
    pub score: Score,
    /// Terms, checks and suggestions.
    pub outcome: Personal<ResumeMatch>,
    /// Who matched, with version.
    pub analyser: String,
    /// What was asked of a model, where one was asked for suggestions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange: Option<Exchange>,
    /// When.
    pub analysed_at: DateTime<Utc>,
}

/// The match could not be made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResumeMatchFailed {
    /// The match that was asked for.
    pub match_id: Uuid,
    /// Why, without personal data.
    pub reason: String,
    /// When.
    pub failed_at: DateTime<Utc>,
}
