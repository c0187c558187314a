//! The door through which GraphQL comes.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::http::ALL_WEBSOCKET_PROTOCOLS;
use async_graphql_axum::{GraphQLProtocol, GraphQLRequest, GraphQLResponse, GraphQLWebSocket};
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use interaura_domain::ports::credentials::Credentials;

use crate::caller::{Caller, has_our_origin, is_our_own};
use crate::graphql::Schema;
use crate::services::Services;

/// How often the session behind an open socket is looked at: signing out ends it within this time.
const SESSION_LOOK: Duration = Duration::from_secs(5);

/// What the door needs.
#[derive(Clone)]
pub struct Endpoint {
    /// The schema.
    pub schema: Schema,
    /// Where sessions are.
    pub services: Services,
}

/// One operation over HTTP.
pub async fn execute(
    State(endpoint): State<Endpoint>,
    headers: HeaderMap,
    request: GraphQLRequest,
) -> Response {
    if !is_our_own(&headers) {
        return (StatusCode::FORBIDDEN, "send the header x-interaura-client, from our own pages")
            .into_response();
    }
    match Caller::of(&headers, &*endpoint.services.credentials).await {
        Ok(caller) => {
            let response = endpoint.schema.execute(request.into_inner().data(caller)).await;
            GraphQLResponse::from(response).into_response()
        }
        Err(error) => unavailable(&error),
    }
}

/// Subscriptions over a WebSocket.
pub async fn upgrade(
    State(endpoint): State<Endpoint>,
    headers: HeaderMap,
    protocol: GraphQLProtocol,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !has_our_origin(&headers) {
        return (StatusCode::FORBIDDEN, "only our own pages may subscribe").into_response();
    }
    let caller = match Caller::of(&headers, &*endpoint.services.credentials).await {
        Ok(caller) => caller,
        Err(error) => return unavailable(&error),
    };
    upgrade.protocols(ALL_WEBSOCKET_PROTOCOLS).max_message_size(256 * 1024).on_upgrade(
        move |socket| async move {
            let mut data = async_graphql::Data::default();
            let signed_out = signed_out(endpoint.services.credentials.clone(), caller.clone());
            data.insert(caller);
            let serving = GraphQLWebSocket::new(socket, endpoint.schema, protocol).with_data(data).serve();
            tokio::select! {
                () = serving => {}
                () = signed_out => {}
            }
        },
    )
}

/// Waits until a caller's session is over; for ever where there is none to end.
async fn signed_out(credentials: Arc<dyn Credentials>, caller: Caller) {
    let (Some(_), Some(token)) = (caller.candidate_id, caller.token) else {
        return std::future::pending().await;
    };
    loop {
        tokio::time::sleep(SESSION_LOOK).await;
        // An outage is no sign-out.
        if matches!(credentials.session(&token).await, Ok(None)) {
            return;
        }
    }
}

fn unavailable(error: &(dyn std::error::Error + 'static)) -> Response {
    tracing::error!(error, "a session could not be looked up");
    (StatusCode::SERVICE_UNAVAILABLE, "the server cannot look up your session now; try again in a moment")
        .into_response()
}
