//! The service that hears interviews, when it is somebody else's.

use anyhow::ensure;
use interaura_adapters::speech_to_text::deepgram::{DEFAULT_MODEL, DEFAULT_URL};
use reqwest::Url;
use secrecy::SecretString;

use super::Environment;
use super::variable::{Kind, Unset, Variable};

/// The service that hears interviews.
#[derive(Debug, Clone)]
pub struct SpeechConfig {
    /// From `DEEPGRAM_API_KEY`; without it nothing is asked of Deepgram.
    pub deepgram_key: Option<SecretString>,
    /// From `DEEPGRAM_URL`.
    pub deepgram_url: String,
    /// From `DEEPGRAM_MODEL`.
    pub deepgram_model: String,
}

pub(super) const VARIABLES: &[Variable] = &[
    Variable {
        name: "DEEPGRAM_API_KEY",
        meaning: "The key for Deepgram, which then hears interviews first.",
        kind: Kind::Secret,
        default: Unset::Otherwise("speech stays on this machine"),
    },
    Variable {
        name: "DEEPGRAM_URL",
        meaning: "Where Deepgram is; another region, or your own.",
        kind: Kind::Url(&["wss", "ws", "https", "http"]),
        default: Unset::As(DEFAULT_URL),
    },
    Variable {
        name: "DEEPGRAM_MODEL",
        meaning: "The model of Deepgram's that hears.",
        kind: Kind::Text,
        default: Unset::As(DEFAULT_MODEL),
    },
];

impl Default for SpeechConfig {
    fn default() -> Self {
        Self {
            deepgram_key: None,
            deepgram_url: DEFAULT_URL.to_owned(),
            deepgram_model: DEFAULT_MODEL.to_owned(),
        }
    }
}

impl SpeechConfig {
    pub(super) fn read(environment: &Environment<'_>) -> anyhow::Result<Self> {
        let unset = Self::default();
        let url = environment.parsed("DEEPGRAM_URL", Url::parse)?;
        ensure!(
            url.as_ref().is_none_or(|url| {
                matches!(url.scheme(), "wss" | "ws" | "https" | "http") && url.query().is_none()
            }),
            "DEEPGRAM_URL must start with wss:// or ws:// and have no query"
        );
        let deepgram_url =
            url.map_or(unset.deepgram_url, |url| url.as_str().trim_end_matches('/').to_owned());
        let deepgram_model = environment.text("DEEPGRAM_MODEL")?.unwrap_or(unset.deepgram_model);
        ensure!(
            deepgram_model.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)),
            "DEEPGRAM_MODEL is the name of a model, like {DEFAULT_MODEL}"
        );
        let deepgram_key = environment.text("DEEPGRAM_API_KEY")?;
        ensure!(
            deepgram_key.as_ref().is_none_or(|key| key.chars().all(|c| c.is_ascii_graphic())),
            "DEEPGRAM_API_KEY holds characters that no key has"
        );
        Ok(Self { deepgram_key: deepgram_key.map(SecretString::from), deepgram_url, deepgram_model })
    }
}
