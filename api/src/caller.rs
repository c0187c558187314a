//! Who sends a request: the session behind its cookie.

use axum::http::{HeaderMap, header};
use interaura_domain::ids::CandidateId;
use interaura_domain::ports::credentials::{Credentials, CredentialsError};
use secrecy::SecretString;

/// The cookie's name.
const COOKIE: &str = "interaura_session";
/// A header that another site's form cannot send.
const CLIENT: &str = "x-interaura-client";

/// Who sends a request.
#[derive(Clone, Default)]
pub struct Caller {
    /// Who is signed in.
    pub candidate_id: Option<CandidateId>,
    /// The token of the session.
    pub token: Option<SecretString>,
}

impl Caller {
    /// Looks the session up.
    ///
    /// # Errors
    /// The sessions cannot be read.
    pub async fn of(headers: &HeaderMap, credentials: &dyn Credentials) -> Result<Self, CredentialsError> {
        let Some(token) = cookie(headers) else { return Ok(Self::default()) };
        let session = credentials.session(&token).await?;
        Ok(Self { candidate_id: session.map(|session| session.candidate_id), token: Some(token) })
    }
}

fn cookie(headers: &HeaderMap) -> Option<SecretString> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('=').map(SecretString::from))
}

/// Whether a request comes from our own pages: a header that forms cannot send, and no foreign origin.
pub fn is_our_own(headers: &HeaderMap) -> bool {
    headers.contains_key(CLIENT) && has_our_origin(headers)
}

/// Whether the origin, where the browser names one, is the host that is asked.
pub fn has_our_origin(headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let origin = origin.to_str().ok().and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    origin.is_some() && origin == host
}

/// The header value that sets the cookie, or takes it away.
pub fn set_cookie(token: Option<&str>, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    match token {
        Some(token) => {
            format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{secure}", 30 * 24 * 60 * 60)
        }
        None => format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}"),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn a_form_of_another_site_is_not_our_own() {
        assert!(is_our_own(&headers(&[(CLIENT, "web"), ("host", "a.b:1"), ("origin", "http://a.b:1")])));
        assert!(is_our_own(&headers(&[(CLIENT, "web")])));
        assert!(!is_our_own(&headers(&[("host", "a.b:1"), ("origin", "http://a.b:1")])));
        assert!(!is_our_own(&headers(&[(CLIENT, "web"), ("host", "a.b:1"), ("origin", "http://evil.c")])));
        assert!(!is_our_own(&headers(&[(CLIENT, "web"), ("host", "a.b:1"), ("origin", "null")])));
    }

    #[test]
    fn the_session_is_found_among_other_cookies() {
        use secrecy::ExposeSecret as _;
        let found = cookie(&headers(&[("cookie", "theme=dark; interaura_session=abc; x=y")])).unwrap();
        assert_eq!(found.expose_secret(), "abc");
    }
}
