//! Faults: what is not the user's doing. Refusals are data; these are GraphQL errors.

use async_graphql::{Error, ErrorExtensions as _};

/// Nobody is signed in.
pub(crate) fn not_signed_in() -> Error {
    Error::new("sign in first").extend_with(|_, extensions| extensions.set("code", "UNAUTHENTICATED"))
}

/// Something failed; the log has it, the user gets words.
pub(crate) fn fault(error: &(dyn std::error::Error + 'static)) -> Error {
    tracing::error!(error, "a request failed");
    Error::new("the server cannot answer now; try again in a moment")
        .extend_with(|_, extensions| extensions.set("code", "UNAVAILABLE"))
}
