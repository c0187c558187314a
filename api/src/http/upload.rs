//! Takes a resume file: checked at the door, sealed, stored; reading it happens later.

use axum::Json;
use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::{Bytes, BytesMut};
use interaura_domain::ids::{BlobId, CandidateId, CommandId, ResumeId};
use interaura_domain::ports::commands::{CommandRequest, Committed};
use interaura_domain::ports::resume_reader::{MediaType, Unreadable};
use interaura_domain::resume::MAX_RESUME_BYTES;
use interaura_domain::resume::command::{RejectResume, ResumeCommand, UploadResume};
use interaura_domain::resume::event::RejectionReason;
use interaura_domain::role::RoleSlug;
use serde::Serialize;
use uuid::Uuid;

use crate::caller::{Caller, is_our_own};
use crate::graphql::command::{context, derived_id};
use crate::services::Services;

/// The longest file name that is kept, in characters.
const MAX_FILE_NAME: usize = 200;

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
        Self { status, code, message: message.into() }
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

struct Form {
    command_id: CommandId,
    role: Option<RoleSlug>,
    file_name: String,
    file: Result<Bytes, Unreadable>,
}

/// Takes one file.
pub async fn resume(State(services): State<Services>, headers: HeaderMap, multipart: Multipart) -> Response {
    match take(&services, &headers, multipart).await {
        Ok(taken) => (StatusCode::ACCEPTED, Json(taken)).into_response(),
        Err(turned_away) => turned_away.into_response(),
    }
}

async fn take(services: &Services, headers: &HeaderMap, multipart: Multipart) -> Result<Taken, TurnedAway> {
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
    let form = read_form(multipart).await?;
    if let Some(role) = form.role.as_ref().filter(|role| !services.roles.contains_key(*role)) {
        let message = format!("there is no role {:?}; choose one of the list", role.0);
        return Err(TurnedAway::new(StatusCode::UNPROCESSABLE_ENTITY, "INVALID_INPUT", message));
    }
    let resume_id = ResumeId(derived_id(Some(owner), form.command_id, "resume"));
    let checked = form.file.clone().and_then(|file| Ok((sniff(&file)?, file)));
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

fn broken_form(error: &MultipartError) -> TurnedAway {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return TurnedAway::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "UNREADABLE",
            Unreadable::TooLarge.to_string(),
        );
    }
    let message = "the upload broke off; check your connection and try again";
    TurnedAway::new(StatusCode::BAD_REQUEST, "INVALID_INPUT", message)
}

async fn read_form(mut multipart: Multipart) -> Result<Form, TurnedAway> {
    let missing = |what: &str| {
        TurnedAway::new(StatusCode::BAD_REQUEST, "INVALID_INPUT", format!("the form has no field {what}"))
    };
    let (mut command_id, mut role) = (None, None);
    while let Some(mut field) = multipart.next_field().await.map_err(|error| broken_form(&error))? {
        match field.name() {
            Some("commandId") => {
                let text = field.text().await.map_err(|error| broken_form(&error))?;
                command_id = Some(text.trim().parse().map_err(|_| missing("commandId with a UUID"))?);
            }
            Some("role") => {
                let text = field.text().await.map_err(|error| broken_form(&error))?;
                role = Some(RoleSlug(text.trim().to_owned())).filter(|role| !role.0.is_empty());
            }
            Some("file") => {
                let file_name = field.file_name().unwrap_or("resume").chars().filter(|c| !c.is_control());
                let file_name = file_name.take(MAX_FILE_NAME).collect();
                let mut file = BytesMut::new();
                let mut too_large = false;
                while let Some(chunk) = field.chunk().await.map_err(|error| broken_form(&error))? {
                    too_large |= (file.len() + chunk.len()) as u64 > MAX_RESUME_BYTES;
                    if !too_large {
                        file.extend_from_slice(&chunk);
                    }
                }
                let file = if too_large { Err(Unreadable::TooLarge) } else { Ok(file.freeze()) };
                let command_id = command_id.ok_or_else(|| missing("commandId before the file"))?;
                return Ok(Form { command_id, role, file_name, file });
            }
            _ => {}
        }
    }
    Err(missing("file"))
}

/// What the bytes say that they are, whatever the name says.
fn sniff(file: &Bytes) -> Result<MediaType, Unreadable> {
    if file.is_empty() {
        return Err(Unreadable::Empty);
    }
    let beginning = &file[..file.len().min(1024)];
    if beginning.windows(5).any(|window| window == b"%PDF-") {
        return Ok(MediaType::Pdf);
    }
    if file.starts_with(b"PK\x03\x04") {
        return Ok(MediaType::Docx);
    }
    // A Word file with a password is an OLE container that holds an encrypted package.
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if file.starts_with(b"\xD0\xCF\x11\xE0")
        && file.windows(encrypted.len()).any(|window| window == encrypted)
    {
        return Err(Unreadable::Encrypted);
    }
    Err(Unreadable::UnknownFormat)
}

async fn store(
    services: &Services,
    owner: CandidateId,
    resume_id: ResumeId,
    form: Form,
    media_type: MediaType,
    file: Bytes,
) -> Result<Committed, TurnedAway> {
    let blob_id = BlobId(derived_id(Some(owner), form.command_id, "file"));
    let size_bytes = file.len() as u64;
    let fingerprint = services.keys.keyed_hash(&format!("resume/{owner}"), &file);
    let blob = services.blobs.put(owner, blob_id, file).await.map_err(|error| TurnedAway::fault(&error))?;
    let command = ResumeCommand::Upload(UploadResume {
        blob,
        fingerprint,
        media_type,
        file_name: form.file_name,
        size_bytes,
        target: form.role,
        uploaded_at: services.clock.now(),
    });
    send(services, owner, resume_id, form.command_id, command).await
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
    services.resumes.execute(request).await.map_err(|error| TurnedAway::fault(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_decide_what_a_file_is() {
        let sniffed = |bytes: &'static [u8]| sniff(&Bytes::from_static(bytes));
        assert_eq!(sniffed(b""), Err(Unreadable::Empty));
        assert_eq!(sniffed(b"junk\n%PDF-1.4"), Ok(MediaType::Pdf));
        assert_eq!(sniffed(b"PK\x03\x04word"), Ok(MediaType::Docx));
        assert_eq!(sniffed(b"\x89PNG\r\n"), Err(Unreadable::UnknownFormat));
        assert_eq!(sniffed(b"\xD0\xCF\x11\xE0"), Err(Unreadable::UnknownFormat));
    }
}
