//! What a resume says, and how it matches its targets.

use chrono::{DateTime, Utc};
use interaura_domain::envelope::RecordedEvent;
use interaura_domain::event::AnyEvent;
use interaura_domain::ports::resume_reader::PageLayout;
use interaura_domain::ports::signals::View;
use interaura_domain::resume::analysis::{MatchTarget, ResumeMatch};
use interaura_domain::resume::event::{LongText, RejectionReason, ResumeEvent};
use interaura_domain::resume::outline::ResumeOutline;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::document::{Contradiction, DocumentView};

/// One resume.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ResumeInsightsRow {
    /// Its name as uploaded.
    pub file_name: Option<String>,
    /// Size of the file.
    pub size_bytes: u64,
    /// When it came.
    pub uploaded_at: Option<DateTime<Utc>>,
    /// Why it cannot be used.
    pub rejection: Option<RejectionReason>,
    /// What was read out of it.
    pub reading: Option<Reading>,
    /// In the order they were asked for.
    pub matches: Vec<MatchRow>,
}

/// What was read out of a resume.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reading {
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
}

/// A match that was asked for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MatchRow {
    /// Its id.
    pub match_id: Uuid,
    /// A role or a job post; `None` once erased.
    pub target: Option<MatchTarget>,
    /// When.
    pub requested_at: DateTime<Utc>,
    /// What came of it.
    pub outcome: Option<ResumeMatch>,
    /// Why nothing came of it.
    pub failure: Option<String>,
}

impl ResumeInsightsRow {
    fn requested(&mut self, match_id: Uuid) -> Result<&mut MatchRow, Contradiction> {
        let found = self.matches.iter_mut().find(|known| known.match_id == match_id);
        found.ok_or(Contradiction("the outcome of a match that nobody asked for"))
    }
}

/// The read model.
pub struct ResumeInsights;

impl DocumentView for ResumeInsights {
    const VIEW: View = View::ResumeInsights;
    type Row = ResumeInsightsRow;

    fn key(event: &AnyEvent, recorded: &RecordedEvent) -> Option<Uuid> {
        match event {
            AnyEvent::Resume(_) => Some(recorded.aggregate_id),
            AnyEvent::Account(_)
            | AnyEvent::Interview(_)
            | AnyEvent::Mail(_)
            | AnyEvent::Transcript(_)
            | AnyEvent::Attention(_)
            | AnyEvent::Recording(_) => None,
        }
    }

    fn apply(row: &mut ResumeInsightsRow, event: &AnyEvent, _: &RecordedEvent) -> Result<(), Contradiction> {
        let AnyEvent::Resume(event) = event else { return Ok(()) };
        match event {
            ResumeEvent::ResumeUploaded(event) => {
                row.file_name = event.file_name.present().cloned();
                row.size_bytes = event.size_bytes;
                row.uploaded_at = Some(event.uploaded_at);
            }
            ResumeEvent::ResumeTextExtracted(event) => {
                row.reading = Some(Reading {
                    text: event.text.clone(),
                    outline: event.outline.present().cloned().unwrap_or_default(),
                    layout: event.layout,
                    pages: event.pages,
                    confidence: event.confidence,
                    agreement: event.agreement,
                    reader: event.reader.clone(),
                    remarks: event.remarks.clone(),
                });
            }
            ResumeEvent::ResumeRejected(event) => {
                row.rejection = Some(event.reason);
                row.uploaded_at.get_or_insert(event.rejected_at);
                if let Some(name) = event.file_name.as_ref().and_then(|name| name.present()) {
                    row.file_name = Some(name.clone());
                }
            }
            ResumeEvent::ResumeMatchRequested(event) => row.matches.push(MatchRow {
                match_id: event.match_id,
                target: event.target.present().cloned(),
                requested_at: event.requested_at,
                outcome: None,
                failure: None,
            }),
            ResumeEvent::ResumeAnalysed(event) => {
                row.requested(event.match_id)?.outcome = event.outcome.present().cloned();
            }
            ResumeEvent::ResumeMatchFailed(event) => {
                row.requested(event.match_id)?.failure = Some(event.reason.clone());
            }
        }
        Ok(())
    }
}
