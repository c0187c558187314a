//! The form that an upload comes in, read as it arrives.

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;
use bytes::{Bytes, BytesMut};
use interaura_domain::ids::CommandId;
use interaura_domain::ports::resume_reader::Unreadable;
use interaura_domain::resume::MAX_RESUME_BYTES;
use interaura_domain::role::RoleSlug;

use super::TurnedAway;

/// The longest file name that is kept, in characters.
const MAX_FILE_NAME: usize = 200;

/// What the fields before the file say, and the file.
pub(super) struct Form {
    pub(super) command_id: CommandId,
    pub(super) role: Option<RoleSlug>,
    pub(super) file_name: String,
    pub(super) file: Result<Bytes, Unreadable>,
}

impl Form {
    /// Reads the fields up to the file, and the file up to its limit.
    pub(super) async fn read(multipart: &mut Multipart) -> Result<Self, TurnedAway> {
        let (mut command_id, mut role) = (None, None);
        while let Some(field) = multipart.next_field().await.map_err(|error| broken_off(&error))? {
            match field.name() {
                Some("commandId") => {
                    let text = field.text().await.map_err(|error| broken_off(&error))?;
                    command_id = Some(text.trim().parse().map_err(|_| no_command_id())?);
                }
                Some("role") => {
                    let text = field.text().await.map_err(|error| broken_off(&error))?;
                    role = Some(RoleSlug(text.trim().to_owned())).filter(|role| !role.0.is_empty());
                }
                Some("file") => {
                    let command_id = command_id.ok_or_else(no_command_id)?;
                    let file_name = field.file_name().unwrap_or("resume").chars().filter(|c| !c.is_control());
                    let file_name = file_name.take(MAX_FILE_NAME).collect();
                    return Ok(Self { command_id, role, file_name, file: file(field).await? });
                }
                _ => {}
            }
        }
        let message = "no file came with the upload; choose your resume and try again";
        Err(TurnedAway::new(StatusCode::BAD_REQUEST, "INVALID_INPUT", message))
    }
}

/// Takes what is left of a form, and forgets it.
pub(super) async fn read_to_end(multipart: &mut Multipart) {
    while let Ok(Some(mut field)) = multipart.next_field().await {
        while let Ok(Some(_)) = field.chunk().await {}
    }
}

/// The bytes of the file, read to their end even when they are too many, so that the answer is heard.
async fn file(mut field: Field<'_>) -> Result<Result<Bytes, Unreadable>, TurnedAway> {
    let mut file = BytesMut::new();
    let mut too_large = false;
    loop {
        match field.chunk().await {
            Ok(None) => break,
            Ok(Some(chunk)) => {
                too_large |= (file.len() + chunk.len()) as u64 > MAX_RESUME_BYTES;
                if !too_large {
                    file.extend_from_slice(&chunk);
                }
            }
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                too_large = true;
                break;
            }
            Err(error) => return Err(broken_off(&error)),
        }
    }
    Ok(if too_large { Err(Unreadable::TooLarge) } else { Ok(file.freeze()) })
}

fn no_command_id() -> TurnedAway {
    let message =
        "the form needs a field commandId with a UUID before the file; reload the page and try again";
    TurnedAway::new(StatusCode::BAD_REQUEST, "INVALID_INPUT", message)
}

fn broken_off(error: &MultipartError) -> TurnedAway {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        let message = Unreadable::TooLarge.to_string();
        return TurnedAway::new(StatusCode::PAYLOAD_TOO_LARGE, "UNREADABLE", message);
    }
    let message = "the upload broke off; check your connection and try again";
    TurnedAway::new(StatusCode::BAD_REQUEST, "INVALID_INPUT", message)
}
