//! Calls as they are kept for an audit.

use interaura_domain::interview::exchange::{Exchange, ExchangeBodies, ModelCall, ModelParameters};
use serde_json::Value;

use super::ChatError;
use super::prompt::Prompt;

/// A request and its answer.
pub type Call = ModelCall;

/// The words of an answer's body.
///
/// # Errors
/// It is no answer, or not all of one.
pub fn content_of(response: &str) -> Result<String, ChatError> {
    let body: Value = serde_json::from_str(response).map_err(|_| ChatError::Unreadable)?;
    let choice = &body["choices"][0];
    let content = choice["message"]["content"].as_str();
    match choice["finish_reason"].as_str() {
        Some("length") => Err(ChatError::CutShort),
        _ => content
            .filter(|words| !words.trim().is_empty())
            .map(ToOwned::to_owned)
            .ok_or(ChatError::Unreadable),
    }
}

/// The record of calls, with their bodies to be kept.
pub fn record(
    prompt: &Prompt,
    model: &str,
    parameters: ModelParameters,
    samples: u8,
    calls: Vec<Call>,
) -> Exchange {
    let bodies = ExchangeBodies { calls };
    Exchange {
        prompt: prompt.id().to_owned(),
        model: model.to_owned(),
        parameters,
        samples,
        prompt_hash: bodies.prompt_hash().into(),
        response_hash: bodies.response_hash().into(),
        blob: None,
        bodies: Some(bodies),
    }
}
