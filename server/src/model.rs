//! The language model, as it is configured.

use std::sync::Arc;

use anyhow::{Context as _, bail};
use interaura_adapters::chat_model::{ChatError, ChatModel, ChatSettings, Timings};

use crate::config::ModelConfig;

/// The model, where one is wanted. A key or a name that is wrong stops the start; a server that is away does not:
/// what is embedded stands in meanwhile.
///
/// # Errors
/// Names the variable that the server does not accept.
pub(crate) async fn chat_model(config: &ModelConfig) -> anyhow::Result<Option<Arc<ChatModel>>> {
    if !config.is_wanted() {
        return Ok(None);
    }
    let settings = ChatSettings {
        key: config.key.clone(),
        base_url: config.base_url.parse().context("LLM_BASE_URL has an unusable value")?,
        model: config.model.clone(),
        timings: Timings::default(),
    };
    let chat = ChatModel::new(settings).context("could not prepare to ask the language model")?;
    let host = chat.host();
    match chat.check().await {
        Ok(true) => {}
        Ok(false) => tracing::info!(
            host,
            "the language model's server does not list its models; it is asked all the same"
        ),
        Err(ChatError::Key) if config.key.is_some() => {
            bail!("GROQ_API_KEY is set, and {host} does not accept it")
        }
        Err(ChatError::Key) => bail!("{host} wants a key; set GROQ_API_KEY"),
        Err(ChatError::Refused { code, .. }) if code == "model_not_found" => {
            bail!("{host} does not know the model {:?}; set GROQ_MODEL to one that it lists", config.model)
        }
        Err(ChatError::Refused { status, .. }) => {
            bail!("{host} answers {status} when asked for its models; check LLM_BASE_URL")
        }
        Err(error) => {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(
                host,
                error,
                "the language model cannot be asked now; what is embedded stands in meanwhile"
            );
        }
    }
    Ok(Some(Arc::new(chat)))
}
