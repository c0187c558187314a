//! Operations of the web app, known by the hash of their text: `schemas/graphql/persisted.json`.
//!
//! A page names what it wants and sends no text. Where others may reach the server, nothing else is
//! carried out: what can be asked is then known in advance.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextPrepareRequest};
use async_graphql::{ErrorExtensionValues, Request, ServerError, ServerResult, Value};
use async_trait::async_trait;

/// The texts by their hashes, as the web app was built with them.
static TEXTS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../schemas/graphql/persisted.json"))
        .expect("a test reads the list, too")
});

/// Which operations are carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operations {
    /// Those of the web app, by their hashes.
    Persisted,
    /// Any, and those of the web app by their hashes, too.
    Any,
}

/// Finds the text of a persisted operation, over HTTP and WebSocket alike.
pub(super) struct PersistedOperations(pub(super) Operations);

impl ExtensionFactory for PersistedOperations {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self(self.0))
    }
}

#[async_trait]
impl Extension for PersistedOperations {
    async fn prepare_request(
        &self,
        ctx: &ExtensionContext<'_>,
        mut request: Request,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<Request> {
        if self.0 == Operations::Persisted || request.query.is_empty() && hash(&request).is_some() {
            request.query = text(&request)?.to_owned();
        }
        next.run(ctx, request).await
    }
}

fn text(request: &Request) -> Result<&'static str, ServerError> {
    let Some(hash) = hash(request) else {
        return Err(refused(
            "PERSISTED_OPERATION_REQUIRED",
            "this server carries out the operations of its own pages only; name one by its hash in \
             extensions.persistedQuery.sha256Hash, or set INTERAURA_GRAPHQL=open",
        ));
    };
    TEXTS.get(hash).map(String::as_str).ok_or_else(|| {
        refused("PERSISTED_OPERATION_UNKNOWN", "this page is of another version than the server; reload it")
    })
}

fn hash(request: &Request) -> Option<&str> {
    let Value::Object(named) = request.extensions.get("persistedQuery")? else { return None };
    let Value::String(hash) = named.get("sha256Hash")? else { return None };
    Some(hash)
}

fn refused(code: &str, message: &str) -> ServerError {
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", code);
    let mut error = ServerError::new(message, None);
    error.extensions = Some(extensions);
    error
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use async_graphql::parser::parse_query;
    use sha2::{Digest as _, Sha256};

    use super::*;

    #[test]
    fn every_text_has_its_hash_and_can_be_read() {
        assert!(TEXTS.len() > 20);
        for (hash, text) in &*TEXTS {
            let mut digest = String::new();
            for byte in Sha256::digest(text.as_bytes()) {
                write!(digest, "{byte:02x}").unwrap();
            }
            assert_eq!(*hash, digest, "{text}");
            parse_query(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        }
    }
}
