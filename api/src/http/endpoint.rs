//! The door through which GraphQL comes.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::http::ALL_WEBSOCKET_PROTOCOLS;
use async_graphql_axum::{GraphQLProtocol, GraphQLResponse, GraphQLWebSocket};
use axum::Json;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{FromRequest as _, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use interaura_domain::ports::credentials::Credentials;
use serde_json::{Map, Value, json};

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

/// One operation over HTTP. Nothing of a request is read before it is known to be from our own pages.
pub async fn execute(State(endpoint): State<Endpoint>, request: Request) -> Response {
    if !is_our_own(request.headers()) {
        let words = "send the header x-interaura-client, from our own pages";
        return turned_away(StatusCode::FORBIDDEN, "FORBIDDEN", words);
    }
    let caller = match Caller::of(request.headers(), &*endpoint.services.credentials).await {
        Ok(caller) => caller,
        Err(error) => return unavailable(&error),
    };
    match operation(request).await {
        Ok(operation) => {
            GraphQLResponse::from(endpoint.schema.execute(operation.data(caller)).await).into_response()
        }
        Err(response) => response,
    }
}

/// The operation that a body holds.
async fn operation(request: Request) -> Result<async_graphql::Request, Response> {
    let body = Bytes::from_request(request, &()).await.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            turned_away(StatusCode::PAYLOAD_TOO_LARGE, "TOO_LONG", "the request is too long; shorten it")
        }
        status => turned_away(status, "BAD_REQUEST", "the request broke off; send it again"),
    })?;
    // An array would be taken for the fields of an operation in their order.
    let fields: serde_json::Result<Map<String, Value>> = serde_json::from_slice(&body);
    fields.and_then(|fields| serde_json::from_value(Value::Object(fields))).map_err(|error| {
        let words = format!(
            "the body is not a GraphQL request in JSON, like {{\"query\": \"{{ roles {{ slug }} }}\"}}: {error}"
        );
        turned_away(StatusCode::BAD_REQUEST, "BAD_REQUEST", &words)
    })
}

/// Subscriptions over a WebSocket.
pub async fn upgrade(
    State(endpoint): State<Endpoint>,
    headers: HeaderMap,
    protocol: GraphQLProtocol,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !has_our_origin(&headers) {
        return turned_away(StatusCode::FORBIDDEN, "FORBIDDEN", "only our own pages may subscribe");
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
    let words = "the server cannot look up your session now; try again in a moment";
    turned_away(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", words)
}

/// What GraphQL answers where nothing was carried out.
fn turned_away(status: StatusCode, code: &str, words: &str) -> Response {
    let error = json!({ "message": words, "extensions": { "code": code } });
    (status, Json(json!({ "data": null, "errors": [error] }))).into_response()
}
