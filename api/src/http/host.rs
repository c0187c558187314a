//! Under which names the app answers.
//!
//! A page of another site can let its own name point to this machine (DNS rebinding): the browser then takes us
//! for that site, and shows it what we answer. What is asked under a name that is not ours is turned away.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// What machines ask, under whatever name they know; nothing in it is worth a page's while.
const UNDER_ANY_NAME: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// The name under which browsers reach the app, beside those of this machine itself.
#[derive(Debug, Clone)]
pub struct OwnHost(Arc<str>);

impl OwnHost {
    /// The host of the public address.
    pub fn new(host: &str) -> Self {
        Self(host.into())
    }

    fn is_asked(&self, request: &Request) -> bool {
        let named = match request.headers().get(header::HOST) {
            Some(host) => host.to_str().ok().and_then(|host| host.parse().ok()),
            // A browser always names one, in HTTP/2 beside the headers.
            None => match request.uri().authority() {
                Some(authority) => Some(authority.clone()),
                None => return true,
            },
        };
        named.is_some_and(|named: Authority| {
            named.host().eq_ignore_ascii_case(&self.0) || names_this_machine(named.host())
        })
    }
}

/// Whether a host is the loopback interface, by address or name.
pub fn names_this_machine(host: &str) -> bool {
    if let Ok(address) = host.trim_matches(['[', ']']).parse::<IpAddr>() {
        return address.is_loopback();
    }
    let host = host.to_ascii_lowercase();
    host == "localhost" || host.ends_with(".localhost")
}

/// Turns away what is asked under a name that is not ours.
pub(crate) async fn check(State(own): State<OwnHost>, request: Request, next: Next) -> Response {
    if own.is_asked(&request) || UNDER_ANY_NAME.contains(&request.uri().path()) {
        return next.run(request).await;
    }
    let words = format!(
        "Interaura does not answer under this name, for another site could use it to read what is yours. It \
         answers as {} and as localhost. If this name is yours, set INTERAURA_PUBLIC_URL to the address that \
         browsers show, and start again.\n",
        own.0
    );
    (StatusCode::MISDIRECTED_REQUEST, words).into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn asked(own: &str, host: Option<&str>) -> bool {
        let request = Request::get("/graphql");
        let request = host.into_iter().fold(request, |request, host| request.header(header::HOST, host));
        OwnHost::new(own).is_asked(&request.body(Body::empty()).unwrap())
    }

    #[test]
    fn the_public_name_and_this_machine_are_ours_with_any_port() {
        for host in
            ["practice.example", "Practice.Example:443", "localhost:5173", "127.0.0.1:8080", "[::1]:80"]
        {
            assert!(asked("practice.example", Some(host)), "{host}");
        }
        assert!(asked("[2001:db8::1]", Some("[2001:db8::1]:8080")));
        assert!(asked("practice.example", None));
    }

    #[test]
    fn no_other_name_is_ours() {
        for host in [
            "evil.example",
            "practice.example.evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "192.168.1.7:8080",
            "not a host",
            "",
        ] {
            assert!(!asked("practice.example", Some(host)), "{host}");
        }
    }
}
