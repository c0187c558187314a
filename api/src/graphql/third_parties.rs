//! Who else gets to see what candidates say and upload.

use async_graphql::{Context, Object, Result, SimpleObject};

use crate::services::Services;

/// Hosts outside this machine that do part of the work; null where this machine does it.
#[derive(SimpleObject)]
pub struct ThirdParties {
    /// Gets questions, answers, and the lines of resumes without contact details.
    language_model: Option<String>,
    /// Gets the sound of spoken answers.
    speech: Option<String>,
}

/// Queries about third parties.
#[derive(Default)]
pub struct ThirdPartiesQuery;

#[Object]
impl ThirdPartiesQuery {
    /// Who outside this machine does part of the work.
    async fn third_parties(&self, ctx: &Context<'_>) -> Result<ThirdParties> {
        let known = &ctx.data::<Services>()?.third_parties;
        Ok(ThirdParties { language_model: known.language_model.clone(), speech: known.speech.clone() })
    }
}
