//! Where the app listens and how browsers reach it.

use std::net::SocketAddr;

use anyhow::{bail, ensure};
use interaura_api::graphql::persisted::Operations;
use interaura_api::http::host::names_this_machine;
use reqwest::Url;

use super::Environment;
use super::variable::{Kind, Unset, Variable};

/// Where the app listens and how browsers reach it.
#[derive(Debug, Clone)]
pub struct HttpConfig {
    /// The address to bind, from `INTERAURA_LISTEN`; `127.0.0.1:8080` by default.
    pub listen: SocketAddr,
    /// What links in mails and reports start with, from `INTERAURA_PUBLIC_URL`; `http://` and the
    /// listening address by default. Under its host, and as this machine, the app answers; under no other.
    pub public_url: Url,
    /// Where `/metrics` is served, from `INTERAURA_METRICS_LISTEN`. By default beside the app, if
    /// only this machine reaches it, and nowhere else.
    pub metrics_listen: Option<SocketAddr>,
    /// Which GraphQL operations are carried out, from `INTERAURA_GRAPHQL`: `open` for any, `persisted`
    /// for those of the web app alone. By default any, if only this machine reaches the app.
    pub operations: Operations,
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
        meaning: "How browsers reach the app; links in mails start with it. The app answers under its host and under \
                  the names of this machine alone.",
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
    Variable {
        name: "INTERAURA_GRAPHQL",
        meaning: "Which GraphQL operations are carried out: those of the web app alone, or any.",
        kind: Kind::Choice(&["persisted", "open"]),
        default: Unset::Otherwise(
            "open, if the app listens on this machine alone and its public address is this machine too; \
             else persisted",
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
        let operations = match environment.text("INTERAURA_GRAPHQL")?.as_deref() {
            Some("open") => Operations::Any,
            Some("persisted") => Operations::Persisted,
            Some(other) => bail!("INTERAURA_GRAPHQL must be open or persisted, not {other:?}"),
            None if is_local(listen, &public_url) => Operations::Any,
            None => Operations::Persisted,
        };
        Ok(Self { listen, public_url, metrics_listen, operations })
    }

    /// Whether only this machine is meant to reach the app: it listens on the loopback interface, and
    /// no proxy stands before it.
    pub fn is_local(&self) -> bool {
        is_local(self.listen, &self.public_url)
    }
}

fn is_local(listen: SocketAddr, public_url: &Url) -> bool {
    listen.ip().is_loopback() && names_this_machine(public_url.host_str().unwrap_or_default())
}
