//! The door: who may come in, and why not.

use interaura_domain::ports::Cause;
use interaura_domain::ports::speech_to_text::{SAMPLE_RATE, SpeechError};
use secrecy::ExposeSecret as _;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Error as SocketError;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::{HeaderValue, StatusCode, header};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

use super::Settings;

/// The largest message that is read, in bytes.
const MAX_MESSAGE: usize = 1 << 20;

/// An open connection.
pub(super) type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The key is wrong, or may not do this.
    #[error("Deepgram does not accept the key")]
    Key,
    /// The key is right, and nothing is left to pay with.
    #[error("Deepgram is out of credit")]
    Credit,
    /// The model or another part of the request is not known there.
    #[error("Deepgram does not know what is asked of it, answer {0}")]
    Request(u16),
    /// Worth trying again.
    #[error("Deepgram is not available")]
    Unavailable(#[source] Cause),
}

impl From<ConnectError> for SpeechError {
    fn from(error: ConnectError) -> Self {
        match error {
            ConnectError::Unavailable(source) => Self::Unavailable(source),
            refused => Self::Refused(refused.to_string()),
        }
    }
}

/// Opens a connection for audio.
pub(super) async fn connect(settings: &Settings) -> Result<Socket, ConnectError> {
    let unavailable = |error: SocketError| ConnectError::Unavailable(error.into());
    let mut request = address(settings).into_client_request().map_err(unavailable)?;
    let token = format!("Token {}", settings.key.expose_secret());
    let mut token = HeaderValue::from_str(&token).map_err(|_| ConnectError::Key)?;
    token.set_sensitive(true);
    request.headers_mut().insert(header::AUTHORIZATION, token);
    let limits =
        WebSocketConfig::default().max_message_size(Some(MAX_MESSAGE)).max_frame_size(Some(MAX_MESSAGE));
    let connecting = connect_async_with_config(request, Some(limits), true);
    match tokio::time::timeout(settings.timings.connect, connecting).await {
        Ok(Ok((socket, _))) => Ok(socket),
        Ok(Err(SocketError::Http(answer))) => Err(turned_away(answer.status())),
        Ok(Err(error)) => Err(unavailable(error)),
        Err(_) => Err(ConnectError::Unavailable("it does not answer in time".into())),
    }
}

fn address(settings: &Settings) -> String {
    let (scheme, rest) = settings.url.split_once("://").unwrap_or(("wss", &settings.url));
    let scheme = if matches!(scheme, "ws" | "http") { "ws" } else { "wss" };
    let (host, model) = (rest.trim_end_matches('/'), &settings.model);
    format!(
        "{scheme}://{host}/v1/listen?model={model}&language=en&encoding=linear16&sample_rate={SAMPLE_RATE}&channels=1\
         &interim_results=true&filler_words=true&punctuate=true&endpointing=300&utterance_end_ms=1000&vad_events=true"
    )
}

fn turned_away(status: StatusCode) -> ConnectError {
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => ConnectError::Key,
        StatusCode::PAYMENT_REQUIRED => ConnectError::Credit,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => {
            ConnectError::Unavailable(format!("it is busy, answer {status}").into())
        }
        status if status.is_client_error() => ConnectError::Request(status.as_u16()),
        status => ConnectError::Unavailable(format!("answer {status}").into()),
    }
}
