//! Takes a resume file: checked at the door, sealed, stored; reading it happens later.

mod form;

use axum::Json;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use interaura_domain::envelope::KeyedHash;
use interaura_domain::event::AnyEvent;
use interaura_domain::ids::{BlobId, CandidateId, CommandId, ResumeId};
use interaura_domain::ports::commands::{CommandError, CommandRequest, Committed};
use interaura_domain::ports::resume_reader::{MediaType, Unreadable};
use interaura_domain::resume::command::{RejectResume, ResumeCommand, UploadResume};
use interaura_domain::resume::error::ResumeError;
use interaura_domain::resume::event::{RejectionReason, ResumeEvent};
use interaura_domain::resume::format;
use serde::Serialize;
use uuid::Uuid;

use self::form::Form;
use crate::caller::{Caller, is_our_own};
use crate::graphql::command::{context, derived_id};
use crate::services::Services;
use crate::words::sentence;

/// An upload that was taken.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Taken {
    resume_id: Uuid,
    position: String,
}

/// An upload that was turned away.
#[derive(Debug)]
struct TurnedAway {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl TurnedAway {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: sentence(&message.into()) }
    }

    fn used_for_another() -> Self {
        let message = "this upload was answered already, for another file; choose your file again";
        Self::new(StatusCode::CONFLICT, "COMMAND_ID_REUSED", message)
    }

    fn fault(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error, "an upload could not be taken");
        let message = "the server cannot take the file now; try again in a moment";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "BUSY", message)
    }
}

impl IntoResponse for TurnedAway {
    fn into_response(self) -> Response {
        let body = serde_json::json!({ "code": self.code, "message": self.message });
        (self.status, Json(body)).into_response()
    }
}

/// Takes one file.
pub async fn resume(
    State(services): State<Services>,
    headers: HeaderMap,
    mut multipart: Result<Multipart, MultipartRejection>,
) -> Response {
    match take(&services, &headers, multipart.as_mut().map_err(|_| ())).await {
        Ok(taken) => (StatusCode::ACCEPTED, Json(taken)).into_response(),
        Err(turned_away) => {
            // Whoever still sends hears the answer only once all of it was taken.
            if let Ok(multipart) = &mut multipart {
                form::read_to_end(multipart).await;
            }
            turned_away.into_response()
        }
    }
}

async fn take(
    services: &Services,
    headers: &HeaderMap,
    multipart: Result<&mut Multipart, ()>,
) -> Result<Taken, TurnedAway> {
    if !is_our_own(headers) {
        let message = "send the header x-interaura-client, from our own pages";
        return Err(TurnedAway::new(StatusCode::FORBIDDEN, "FORBIDDEN", message));
    }
    let caller =
        Caller::of(headers, &*services.credentials).await.map_err(|error| TurnedAway::fault(&error))?;
    let owner = caller.candidate_id.ok_or_else(|| {
        TurnedAway::new(
            StatusCode::UNAUTHORIZED,
            "NOT_SIGNED_IN",
            "sign in first, then upload the file again",
        )
    })?;
    let multipart = multipart.map_err(|()| {
        let message = "send the file as multipart/form-data; reload the page and try again";
        TurnedAway::new(StatusCode::BAD_REQUEST, "INVALID_INPUT", message)
    })?;
    let form = Form::read(multipart).await?;
    if let Some(role) = form.role.as_ref().filter(|role| !services.roles.contains_key(*role)) {
        let message = format!("there is no role {:?}; choose one of the list", role.0);
        return Err(TurnedAway::new(StatusCode::UNPROCESSABLE_ENTITY, "INVALID_INPUT", message));
    }
    let resume_id = ResumeId(derived_id(Some(owner), form.command_id, "resume"));
    let checked = form.file.clone().and_then(|file| Ok((format::sniff(&file)?, file)));
    match checked {
        Ok((media_type, file)) => {
            let committed = store(services, owner, resume_id, form, media_type, file).await?;
            Ok(Taken { resume_id: resume_id.0, position: committed.position.0.to_string() })
        }
        Err(reason) => {
            reject(services, owner, resume_id, form, reason).await?;
            Err(TurnedAway::new(StatusCode::UNPROCESSABLE_ENTITY, "UNREADABLE", reason.to_string()))
        }
    }
}

async fn store(
    services: &Services,
    owner: CandidateId,
    resume_id: ResumeId,
    form: Form,
    media_type: MediaType,
    file: Bytes,
) -> Result<Committed, TurnedAway> {
    let size_bytes = file.len() as u64;
    let fingerprint = services.keys.keyed_hash(&format!("resume/{owner}"), &file);
    // Another file under the same command id must not take the place of the one that is recorded.
    let blob_id = BlobId(derived_id(Some(owner), form.command_id, &format!("file {}", fingerprint.0)));
    let blob = services.blobs.put(owner, blob_id, file).await.map_err(|error| TurnedAway::fault(&error))?;
    let command = ResumeCommand::Upload(UploadResume {
        blob,
        fingerprint: fingerprint.clone(),
        media_type,
        file_name: form.file_name,
        size_bytes,
        target: form.role,
        uploaded_at: services.clock.now(),
    });
    let committed = send(services, owner, resume_id, form.command_id, command).await?;
    if committed.repeated
        && recorded_file(services, resume_id).await?.is_some_and(|known| known != fingerprint)
    {
        return Err(TurnedAway::used_for_another());
    }
    Ok(committed)
}

/// The fingerprint of the file that a resume was uploaded with.
async fn recorded_file(services: &Services, resume_id: ResumeId) -> Result<Option<KeyedHash>, TurnedAway> {
    let stream = services.log.read_stream("resume", resume_id.0).await;
    for recorded in stream.map_err(|cause| TurnedAway::fault(&*cause))? {
        let event = AnyEvent::decode(&recorded).map_err(|error| TurnedAway::fault(&error))?;
        if let AnyEvent::Resume(ResumeEvent::ResumeUploaded(event)) = event {
            return Ok(Some(event.fingerprint));
        }
    }
    Ok(None)
}

async fn reject(
    services: &Services,
    owner: CandidateId,
    resume_id: ResumeId,
    form: Form,
    reason: Unreadable,
) -> Result<Committed, TurnedAway> {
    let command = ResumeCommand::Reject(RejectResume {
        reason: RejectionReason::Unreadable(reason),
        file_name: Some(form.file_name),
        at_the_door: true,
        rejected_at: services.clock.now(),
    });
    send(services, owner, resume_id, form.command_id, command).await
}

async fn send(
    services: &Services,
    owner: CandidateId,
    resume_id: ResumeId,
    command_id: CommandId,
    command: ResumeCommand,
) -> Result<Committed, TurnedAway> {
    let context = context(owner, command_id);
    let request = CommandRequest { aggregate_id: resume_id.0, command, context, companions: Vec::new() };
    services.resumes.execute(request).await.map_err(|error| match error {
        CommandError::CommandIdReused | CommandError::Refused(ResumeError::AlreadyUploaded) => {
            TurnedAway::used_for_another()
        }
        error => TurnedAway::fault(&error),
    })
}
