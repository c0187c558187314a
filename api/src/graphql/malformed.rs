//! Operations that cannot be read, or that ask for what there is not: a code for programs, words for people.

use std::sync::Arc;

use async_graphql::extensions::{
    Extension, ExtensionContext, ExtensionFactory, NextParseQuery, NextRequest, NextValidation,
};
use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{ErrorExtensionValues, Response, ServerError, ServerResult, ValidationResult, Variables};
use async_trait::async_trait;

/// Gives every error a code that has none yet.
pub(super) struct Malformed;

impl ExtensionFactory for Malformed {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait]
impl Extension for Malformed {
    async fn request(&self, ctx: &ExtensionContext<'_>, next: NextRequest<'_>) -> Response {
        let mut response = next.run(ctx).await;
        response.errors = coded(response.errors, "BAD_REQUEST");
        response
    }

    async fn parse_query(
        &self,
        ctx: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        let parsed = next.run(ctx, query, variables).await;
        parsed.map_err(|mut error| {
            error.message = words(&error);
            with_code(error, "GRAPHQL_PARSE_FAILED")
        })
    }

    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        next.run(ctx).await.map_err(|errors| coded(errors, "GRAPHQL_VALIDATION_FAILED"))
    }
}

fn coded(errors: Vec<ServerError>, code: &str) -> Vec<ServerError> {
    errors.into_iter().map(|error| with_code(error, code)).collect()
}

fn with_code(mut error: ServerError, code: &str) -> ServerError {
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    if extensions.get("code").is_none() {
        extensions.set("code", code);
    }
    error
}

/// What the parser says in one line; it draws the place over several.
fn words(error: &ServerError) -> String {
    let expected = error.message.rsplit("= ").next().unwrap_or_default().trim();
    let place = error.locations.first();
    let place = place.map(|place| format!(" at line {}, column {}", place.line, place.column));
    format!("this is not a GraphQL operation{}: {expected}", place.unwrap_or_default())
}
