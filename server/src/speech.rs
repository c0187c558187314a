//! The services that hear interviews, as they are configured.

use std::sync::Arc;

use anyhow::bail;
use interaura_adapters::speech_to_text::deepgram::{ConnectError, Deepgram};
use interaura_domain::ports::speech_to_text::SpeechToText;

use crate::config::SpeechConfig;

/// Deepgram, where there is a key for it. A key that is wrong stops the start; a service that is away, or
/// out of credit, does not: another engine hears meanwhile.
///
/// # Errors
/// Names the variable that Deepgram does not accept.
pub(crate) async fn deepgram(config: &SpeechConfig) -> anyhow::Result<Option<Arc<dyn SpeechToText>>> {
    let Some(key) = &config.deepgram_key else { return Ok(None) };
    let deepgram = Deepgram::new(key.clone(), &config.deepgram_url, &config.deepgram_model);
    match deepgram.check().await {
        Ok(()) => {}
        Err(ConnectError::Key) => bail!("DEEPGRAM_API_KEY is set, and Deepgram does not accept it"),
        Err(ConnectError::Request(status)) => bail!(
            "Deepgram answers {status} to the model {:?}; set DEEPGRAM_MODEL or DEEPGRAM_URL to what it knows",
            config.deepgram_model
        ),
        Err(error @ (ConnectError::Credit | ConnectError::Unavailable(_))) => {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, "Deepgram cannot hear now; it is asked again with every interview");
        }
    }
    Ok(Some(Arc::new(deepgram)))
}
