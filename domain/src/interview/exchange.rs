//! What was asked of a language model, and what it said, so that an audit can hold a verdict against it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::personal::Personal;
use crate::resume::event::BlobRef;

/// How a model was asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ModelParameters {
    /// How freely words are chosen; 0 takes the likeliest.
    pub temperature: f64,
    /// Chooses among equally likely words, where the server takes one; further samples count on from it.
    pub seed: u64,
    /// The most tokens of one answer.
    pub max_answer_tokens: u32,
}

/// A record of what was asked of a model. Hashes of somebody's words confirm a guess at them, so they are
/// personal too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Exchange {
    /// The prompt's file and version: `evaluate_answer.v1`.
    pub prompt: String,
    /// The model's name.
    pub model: String,
    /// How it was asked.
    pub parameters: ModelParameters,
    /// How many answers were taken together.
    pub samples: u8,
    /// SHA-256 over the requests' bodies, hexadecimal.
    pub prompt_hash: Personal<String>,
    /// SHA-256 over the answers' bodies, hexadecimal.
    pub response_hash: Personal<String>,
    /// Where the bodies are, sealed.
    pub blob: Option<BlobRef>,
    /// The bodies, on their way to the blob.
    #[serde(skip)]
    pub bodies: Option<ExchangeBodies>,
}

/// One request and its answer, as they went over the wire; a stream is put together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelCall {
    /// The body that was sent.
    pub request: String,
    /// The body that came.
    pub response: String,
}

/// All calls of an exchange, in order, those that a second try replaced too.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ExchangeBodies {
    /// The calls.
    pub calls: Vec<ModelCall>,
}

impl ExchangeBodies {
    /// As they are stored.
    ///
    /// # Panics
    /// Never: texts can be written as JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("texts are written as JSON")
    }

    /// As they were stored.
    ///
    /// # Errors
    /// The bytes hold something else.
    pub fn from_json(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(bytes)
    }

    /// SHA-256 over the requests, hexadecimal.
    pub fn prompt_hash(&self) -> String {
        hash(self.calls.iter().map(|call| &call.request))
    }

    /// SHA-256 over the answers, hexadecimal.
    pub fn response_hash(&self) -> String {
        hash(self.calls.iter().map(|call| &call.response))
    }
}

impl Exchange {
    /// Whether bodies are those whose hashes were recorded; `None` where the hashes were erased.
    pub fn is_of(&self, bodies: &ExchangeBodies) -> Option<bool> {
        let (prompt, response) = (self.prompt_hash.present()?, self.response_hash.present()?);
        Some(*prompt == bodies.prompt_hash() && *response == bodies.response_hash())
    }
}

/// Each text with its length before it, so that no two lists of texts are hashed alike.
fn hash<'a>(texts: impl Iterator<Item = &'a String>) -> String {
    let mut digest = Sha256::new();
    for text in texts {
        digest.update(text.len().to_be_bytes());
        digest.update(text.as_bytes());
    }
    let mut text = String::new();
    for byte in digest.finalize() {
        text.push(hexadecimal(byte >> 4));
        text.push(hexadecimal(byte & 15));
    }
    text
}

fn hexadecimal(digit: u8) -> char {
    char::from_digit(u32::from(digit), 16).unwrap_or('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bodies(calls: &[(&str, &str)]) -> ExchangeBodies {
        let call = |(request, response): &(&str, &str)| ModelCall {
            request: (*request).to_owned(),
            response: (*response).to_owned(),
        };
        ExchangeBodies { calls: calls.iter().map(call).collect() }
    }

    #[test]
    fn other_bodies_have_other_hashes() {
        let one = bodies(&[("ab", "c"), ("d", "e")]);
        assert_ne!(one.prompt_hash(), bodies(&[("a", "c"), ("bd", "e")]).prompt_hash());
        assert_ne!(one.response_hash(), bodies(&[("ab", "c"), ("d", "f")]).response_hash());
        assert_eq!(ExchangeBodies::from_json(one.to_json().as_bytes()).unwrap(), one);
    }
}
