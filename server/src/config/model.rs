//! The language model that words and judges, when it is somebody else's.

use anyhow::ensure;
use interaura_adapters::chat_model::{DEFAULT_MODEL, GROQ_URL};
use reqwest::Url;
use secrecy::SecretString;

use super::Environment;
use super::variable::{Kind, Unset, Variable};

/// The language model that words and judges.
#[derive(Debug, Clone)]
pub struct ModelConfig {
    /// From `GROQ_API_KEY`.
    pub key: Option<SecretString>,
    /// From `LLM_BASE_URL`.
    pub base_url: String,
    /// From `GROQ_MODEL`.
    pub model: String,
    /// From `LLM_SAMPLES`: how many verdicts are taken together, 1 to 9.
    pub samples: u8,
}

pub(super) const VARIABLES: &[Variable] = &[
    Variable {
        name: "GROQ_API_KEY",
        meaning: "The key for Groq, or for the server of LLM_BASE_URL; its model then words questions and judges answers.",
        kind: Kind::Secret,
        default: Unset::Otherwise(
            "words stay on this machine, unless LLM_BASE_URL names a server that needs no key",
        ),
    },
    Variable {
        name: "GROQ_MODEL",
        meaning: "The name of the model, as its server knows it.",
        kind: Kind::Text,
        default: Unset::As(DEFAULT_MODEL),
    },
    Variable {
        name: "LLM_BASE_URL",
        meaning: "Where the model is: any server with OpenAI's chat completions, without the path /chat/completions.",
        kind: Kind::Url(&["https", "http"]),
        default: Unset::As(GROQ_URL),
    },
    Variable {
        name: "LLM_SAMPLES",
        meaning: "How many verdicts of the model are taken for one answer: its levels are their medians.",
        kind: Kind::Choice(&["1", "3", "5", "7", "9"]),
        default: Unset::As("1"),
    },
];

impl Default for ModelConfig {
    fn default() -> Self {
        Self { key: None, base_url: GROQ_URL.to_owned(), model: DEFAULT_MODEL.to_owned(), samples: 1 }
    }
}

impl ModelConfig {
    /// Whether there is a model to ask: a key for one, or a server of one's own.
    pub fn is_wanted(&self) -> bool {
        self.key.is_some() || self.base_url != GROQ_URL
    }

    pub(super) fn read(environment: &Environment<'_>) -> anyhow::Result<Self> {
        let unset = Self::default();
        let url = environment.parsed("LLM_BASE_URL", Url::parse)?;
        ensure!(
            url.as_ref().is_none_or(|url| {
                let plain = url.query().is_none() && url.username().is_empty() && url.password().is_none();
                matches!(url.scheme(), "https" | "http") && url.has_host() && plain
            }),
            "LLM_BASE_URL must start with https:// or http://, and hold neither a query nor a password"
        );
        let base_url = url.map_or(unset.base_url, |url| url.as_str().trim_end_matches('/').to_owned());
        let model = environment.text("GROQ_MODEL")?.unwrap_or(unset.model);
        ensure!(
            model.len() <= 200 && model.chars().all(|c| c.is_ascii_graphic()),
            "GROQ_MODEL is the name of a model, like {DEFAULT_MODEL}"
        );
        let key = environment.text("GROQ_API_KEY")?;
        ensure!(
            key.as_ref().is_none_or(|key| key.chars().all(|c| c.is_ascii_graphic())),
            "GROQ_API_KEY holds characters that no key has"
        );
        let samples = environment.parsed("LLM_SAMPLES", str::parse::<u8>)?.unwrap_or(unset.samples);
        ensure!(matches!(samples, 1 | 3 | 5 | 7 | 9), "LLM_SAMPLES is 1, 3, 5, 7 or 9");
        Ok(Self { key: key.map(SecretString::from), base_url, model, samples })
    }
}
