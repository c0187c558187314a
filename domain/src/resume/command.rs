//! What can be asked of a resume.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::analysis::{MatchTarget, ResumeMatch};
use super::event::{BlobRef, LongText, RejectionReason};
use super::outline::ResumeOutline;
use crate::envelope::KeyedHash;
use crate::ports::resume_reader::{MediaType, PageLayout};
use crate::role::RoleSlug;

/// A request to a resume.
#[derive(Debug, Clone, PartialEq)]
pub enum ResumeCommand {
    /// The file was stored.
    Upload(UploadResume),
    /// Its text was read.
    RecordText(Box<RecordText>),
    /// It cannot be used.
    Reject(RejectResume),
    /// Match it against a target.
    RequestMatch(RequestMatch),
    /// The match is done.
    RecordAnalysis(Box<RecordAnalysis>),
    /// The match could not be made.
    RecordMatchFailure(RecordMatchFailure),
}

/// The file was stored, sealed.
#[derive(Debug, Clone, PartialEq)]
pub struct UploadResume {
    /// Where it is.
    pub blob: BlobRef,
    /// Tells an equal file of the same person.
    pub fingerprint: KeyedHash,
    /// What its bytes say that it is.
    pub media_type: MediaType,
    /// Its name as uploaded.
    pub file_name: String,
    /// 1 to 10 MiB.
    pub size_bytes: u64,
    /// What to match it against once it is read.
    pub target: Option<RoleSlug>,
    /// Now.
    pub uploaded_at: DateTime<Utc>,
}

/// The text was read.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordText {
    /// The text, or where it is.
    pub text: LongText,
    /// What it says.
    pub outline: ResumeOutline,
    /// How the page is built.
    pub layout: PageLayout,
    /// Pages, where the format has them.
    pub pages: Option<u32>,
    /// 0 to 1.
    pub confidence: f64,
    /// Agreement of two readers, 0 to 1.
    pub agreement: Option<f64>,
    /// Who read it.
    pub reader: String,
    /// What the candidate should know.
    pub remarks: Vec<String>,
    /// The id of the match that follows where a target was named at upload.
    pub match_id: Uuid,
    /// Now.
    pub extracted_at: DateTime<Utc>,
}

/// The file cannot be used.
#[derive(Debug, Clone, PartialEq)]
pub struct RejectResume {
    /// Why.
    pub reason: RejectionReason,
    /// Its name as uploaded.
    pub file_name: Option<String>,
    /// Whether it was turned away before it was stored.
    pub at_the_door: bool,
    /// Now.
    pub rejected_at: DateTime<Utc>,
}

/// Asks for a match.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestMatch {
    /// Its id.
    pub match_id: Uuid,
    /// A role or a job post.
    pub target: MatchTarget,
    /// Now.
    pub requested_at: DateTime<Utc>,
}

/// The match is done.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordAnalysis {
    /// Its id.
    pub match_id: Uuid,
    /// What came of it.
    pub outcome: ResumeMatch,
    /// Now.
    pub analysed_at: DateTime<Utc>,
}

/// The match could not be made.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordMatchFailure {
    /// Its id.
    pub match_id: Uuid,
    /// Why, without personal data.
    pub reason: String,
    /// Now.
    pub failed_at: DateTime<Utc>,
}
