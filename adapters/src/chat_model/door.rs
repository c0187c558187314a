//! One request to the server, and what its answer means.

use futures::StreamExt as _;
use reqwest::{Response, StatusCode, header};
use secrecy::ExposeSecret as _;
use serde_json::Value;
use tokio::time::{Instant, timeout, timeout_at};

use super::body::Accepts;
use super::exchange::{Call, content_of};
use super::stream::Streamed;
use super::{Ask, ChatError, ChatModel, Said, lock};

/// The longest body that is read, in bytes.
const LONGEST: usize = 1 << 20;

impl ChatModel {
    /// Whether the key is good and the model known; asks nothing of the model. `Ok(false)`: the server does not
    /// list its models.
    ///
    /// # Errors
    /// They are not, or nobody can say within the time of a try.
    pub async fn check(&self) -> Result<bool, ChatError> {
        let request = self.signed(self.http.get(self.address("models")))?;
        let answer = async {
            let response = request.send().await.map_err(|error| ChatError::Unreachable(error.into()))?;
            let status = response.status();
            let body = read(response).await?;
            Ok((status, body))
        };
        let waited = timeout(self.settings.timings.first_word, answer).await;
        let (status, body) = waited.map_err(|_| ChatError::TimedOut)??;
        if matches!(status, StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED) {
            return Ok(false);
        }
        if !status.is_success() {
            return Err(refusal(status, &body, None));
        }
        let list: Value = serde_json::from_str(&body).map_err(|_| ChatError::Unreadable)?;
        let Some(models) = list["data"].as_array() else { return Ok(false) };
        if models.iter().any(|model| model["id"] == self.settings.model.as_str()) {
            return Ok(true);
        }
        let message = format!("the server does not list the model {:?}", self.settings.model);
        Err(ChatError::Refused { status: 404, code: "model_not_found".to_owned(), message })
    }

    /// Asks once.
    pub(super) async fn try_once(&self, ask: Ask<'_>, accepts: Accepts) -> Result<Said, ChatError> {
        let timings = &self.settings.timings;
        let request = accepts.body(&self.settings.model, &ask);
        let post = self.http.post(self.address("chat/completions"));
        let post = self.signed(post)?.header(header::CONTENT_TYPE, "application/json").body(request.clone());
        let patience = if ask.stream { timings.first_word } else { timings.answer };
        let deadline = Instant::now() + patience;
        let sent = timeout_at(deadline, post.send()).await.map_err(|_| ChatError::TimedOut)?;
        let response = sent.map_err(unsent)?;
        let retry_after = lock(&self.limits).note(response.headers(), Instant::now());
        let status = response.status();
        if !status.is_success() {
            let body = timeout_at(deadline, read(response)).await.map_err(|_| ChatError::TimedOut)??;
            return Err(refusal(status, &body, retry_after));
        }
        let streamed = response.headers().get(header::CONTENT_TYPE);
        let streamed = streamed.is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
        let response = if streamed {
            self.read_stream(response, deadline).await?
        } else {
            timeout_at(deadline, read(response)).await.map_err(|_| ChatError::TimedOut)??
        };
        let content = content_of(&response)?;
        Ok(Said { content, call: Call { request, response } })
    }

    async fn read_stream(&self, response: Response, first: Instant) -> Result<String, ChatError> {
        let mut streamed = Streamed::default();
        let mut deadline = first;
        let mut bytes = response.bytes_stream();
        while !streamed.is_done() {
            match timeout_at(deadline, bytes.next()).await {
                Err(_) => return Err(ChatError::TimedOut),
                Ok(None) => break,
                Ok(Some(Err(_))) => return Err(ChatError::BrokeOff),
                Ok(Some(Ok(bytes))) => streamed.take(&bytes)?,
            }
            deadline = Instant::now() + self.settings.timings.next_word;
        }
        Ok(streamed.end()?.to_string())
    }

    fn address(&self, path: &str) -> String {
        format!("{}/{path}", self.settings.base_url.as_str().trim_end_matches('/'))
    }

    fn signed(&self, request: reqwest::RequestBuilder) -> Result<reqwest::RequestBuilder, ChatError> {
        let Some(key) = &self.settings.key else { return Ok(request) };
        let value = format!("Bearer {}", key.expose_secret());
        let mut value = header::HeaderValue::from_str(&value).map_err(|_| ChatError::Key)?;
        value.set_sensitive(true);
        Ok(request.header(header::AUTHORIZATION, value))
    }
}

/// A connection that ends where an answer should begin was there.
fn unsent(error: reqwest::Error) -> ChatError {
    if error.is_connect() { ChatError::Unreachable(error.into()) } else { ChatError::BrokeOff }
}

/// A body, as far as one may be long.
async fn read(response: Response) -> Result<String, ChatError> {
    let mut body = Vec::new();
    let mut bytes = response.bytes_stream();
    while let Some(next) = bytes.next().await {
        body.extend_from_slice(&next.map_err(|_| ChatError::BrokeOff)?);
        if body.len() > LONGEST {
            return Err(ChatError::Unreadable);
        }
    }
    String::from_utf8(body).map_err(|_| ChatError::Unreadable)
}

fn refusal(status: StatusCode, body: &str, retry_after: Option<std::time::Duration>) -> ChatError {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let error = &body["error"];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    // Some servers say no more than `{"error": "words"}`.
    let message = if error.is_string() { text(error) } else { text(&error["message"]) };
    let code = text(&error["code"]);
    match status.as_u16() {
        401 | 403 => ChatError::Key,
        413 => ChatError::TooLarge,
        400 if code == "context_length_exceeded" => ChatError::TooLarge,
        400 if code == "json_validate_failed" => ChatError::NoForm,
        // 498 is Groq's "no capacity left".
        408 | 409 | 425 | 429 | 498 | 499 | 500.. => ChatError::Busy { status: status.as_u16(), retry_after },
        status => ChatError::Refused { status, code, message },
    }
}
