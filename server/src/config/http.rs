//! Where the app listens and how browsers reach it.

use std::net::SocketAddr;

use anyhow::ensure;
use reqwest::Url;

use super::Environment;

/// Where the app listens and how browsers reach it.
#[derive(Debug, Clone)]
pub struct HttpConfig {
    /// The address to bind, from `INTERAURA_LISTEN`; `127.0.0.1:8080` by default.
    pub listen: SocketAddr,
    /// What links in mails and reports start with, from `INTERAURA_PUBLIC_URL`; `http://` and the
    /// listening address by default.
    pub public_url: Url,
}

impl HttpConfig {
    pub(super) fn read(environment: &Environment<'_>) -> anyhow::Result<Self> {
        let listen = environment
            .parsed("INTERAURA_LISTEN", str::parse::<SocketAddr>)?
            .unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080)));
        let public_url = match environment.parsed("INTERAURA_PUBLIC_URL", Url::parse)? {
            Some(url) => {
                ensure!(
                    matches!(url.scheme(), "http" | "https"),
                    "INTERAURA_PUBLIC_URL must start with http:// or https://, not {}://",
                    url.scheme()
                );
                url
            }
            None => Url::parse(&format!("http://{listen}"))?,
        };
        Ok(Self { listen, public_url })
    }
}
