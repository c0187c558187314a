//! The text and outline of a resume, from its events.

use interaura_domain::event::AnyEvent;
use interaura_domain::ids::{CandidateId, ResumeId};
use interaura_domain::ports::Cause;
use interaura_domain::ports::blob_store::BlobStore;
use interaura_domain::ports::event_log::EventLog;
use interaura_domain::resume::analysis::{TermFinding, TermKind};
use interaura_domain::resume::event::{LongText, ResumeEvent, ResumeTextExtracted};
use interaura_domain::role::WantedTerm;
use uuid::Uuid;

/// What was read out of a resume, with its text; `None` while it is not read, or once it was erased.
pub(crate) async fn read_resume(
    log: &dyn EventLog,
    blobs: &dyn BlobStore,
    owner: CandidateId,
    resume_id: ResumeId,
) -> Result<Option<(String, ResumeTextExtracted)>, Cause> {
    let mut extracted = None;
    for recorded in log.read_stream("resume", resume_id.0).await? {
        if recorded.metadata.candidate_id != owner {
            return Ok(None);
        }
        if let AnyEvent::Resume(ResumeEvent::ResumeTextExtracted(event)) = AnyEvent::decode(&recorded)? {
            extracted = Some(event);
        }
    }
    let Some(extracted) = extracted else { return Ok(None) };
    let text = match &extracted.text {
        LongText::Inline(text) => text.present().cloned(),
        LongText::Blob(blob) => {
            let bytes = blobs.get(owner, blob.blob_id).await?;
            Some(String::from_utf8(bytes.to_vec())?)
        }
    };
    Ok(text.map(|text| (text, extracted)))
}

/// What a post wants, as a match of the resume with it found, heaviest first; empty where that is not there or erased.
pub(crate) async fn wanted_by_post(
    log: &dyn EventLog,
    owner: CandidateId,
    resume_id: ResumeId,
    match_id: Uuid,
) -> Result<Vec<WantedTerm>, Cause> {
    for recorded in log.read_stream("resume", resume_id.0).await? {
        if recorded.metadata.candidate_id != owner {
            break;
        }
        let AnyEvent::Resume(ResumeEvent::ResumeAnalysed(event)) = AnyEvent::decode(&recorded)? else {
            continue;
        };
        if event.match_id == match_id {
            let terms = event.outcome.into_present().map(|outcome| outcome.terms).unwrap_or_default();
            let wanted = |term: TermFinding| WantedTerm {
                name: term.term,
                need: term.need,
                weight: term.weight,
                synonyms: Vec::new(),
            };
            let named = terms.into_iter().filter(|term| term.kind == TermKind::Term);
            return Ok(named.map(wanted).collect());
        }
    }
    Ok(Vec::new())
}
