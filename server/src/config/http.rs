//! Where the app listens and how browsers reach it.

use std::net::{IpAddr, SocketAddr};

use anyhow::ensure;
use reqwest::Url;

use super::Environment;
use super::variable::{Kind, Unset, Variable};

/// Where the app listens and how browsers reach it.
#[derive(Debug, Clone)]
pub struct HttpConfig {
    /// The address to bind, from `INTERAURA_LISTEN`; `127.0.0.1:8080` by default.
    pub listen: SocketAddr,
    /// What links in mails and reports start with, from `INTERAURA_PUBLIC_URL`; `http://` and the
    /// listening address by default.
    pub public_url: Url,
    /// Where `/metrics` is served, from `INTERAURA_METRICS_LISTEN`. By default beside the app, if
    /// only this machine reaches it, and nowhere else.
    pub metrics_listen: Option<SocketAddr>,
}

pub(super) const VARIABLES: &[Variable] = &[
    Variable {
        name: "INTERAURA_LISTEN",
        meaning: "The address that the app listens on.",
        kind: Kind::SocketAddress,
        default: Unset::As("127.0.0.1:8080"),
    },
    Variable {
        name: "INTERAURA_PUBLIC_URL",
        meaning: "How browsers reach the app; links in mails start with it.",
        kind: Kind::Url(&["http", "https"]),
        default: Unset::Otherwise("http:// and the address that the app listens on"),
    },
    Variable {
        name: "INTERAURA_METRICS_LISTEN",
        meaning: "The address that /metrics is served on, by every role.",
        kind: Kind::SocketAddress,
        default: Unset::Otherwise(
            "beside the app, if it listens on this machine alone and its public address is this machine too",
        ),
    },
];

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
        let metrics_listen = environment.parsed("INTERAURA_METRICS_LISTEN", str::parse::<SocketAddr>)?;
        Ok(Self { listen, public_url, metrics_listen })
    }

    /// Whether only this machine is meant to reach the app: it listens on the loopback interface, and
    /// no proxy stands before it.
    pub fn is_local(&self) -> bool {
        let host = self.public_url.host_str().unwrap_or_default();
        let names_this_machine = match host.trim_matches(['[', ']']).parse::<IpAddr>() {
            Ok(address) => address.is_loopback(),
            Err(_) => host == "localhost" || host.ends_with(".localhost"),
        };
        self.listen.ip().is_loopback() && names_this_machine
    }
}
