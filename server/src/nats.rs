//! Connects to NATS by an address that may carry credentials.

use std::str::FromStr as _;
use std::time::Duration;

use anyhow::Context as _;
use async_nats::{Client, ConnectOptions, ServerAddr};
use secrecy::{ExposeSecret as _, SecretString};

/// Connects to `url`, with its user part as user and password, or as token when it has no password.
///
/// The client library ignores credentials in an address, so they are taken out of it here.
///
/// # Errors
///
/// When the address cannot be parsed, or the server cannot be reached or refuses us. The message
/// never holds the credentials.
pub async fn connect(url: &SecretString) -> anyhow::Result<Client> {
    let address = ServerAddr::from_str(url.expose_secret())
        .map_err(|_| anyhow::anyhow!("the NATS address cannot be parsed"))?;
    let options = ConnectOptions::new().name("interaura").connection_timeout(Duration::from_secs(5));
    let options = match (address.username(), address.password()) {
        (Some(user), Some(password)) => options.user_and_password(user.to_owned(), password.to_owned()),
        (Some(token), None) => options.token(token.to_owned()),
        (None, _) => options,
    };
    options
        .connect(&address)
        .await
        .with_context(|| format!("could not connect to NATS at {}:{}", address.host(), address.port()))
}
