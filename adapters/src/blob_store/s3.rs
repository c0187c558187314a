//! A bucket that speaks S3, at Amazon or elsewhere.

use std::sync::Arc;
use std::time::Duration;

use interaura_domain::ports::Cause;
use object_store::aws::AmazonS3Builder;
use object_store::path::Path as ObjectPath;
use object_store::prefix::PrefixStore;
use object_store::{BackoffConfig, ClientOptions, ObjectStore, RetryConfig};
use secrecy::{ExposeSecret as _, SecretString};

/// How long one request may take.
const REQUEST: Duration = Duration::from_mins(1);
/// How long a request is tried again.
const RETRY: Duration = Duration::from_secs(20);

/// Where a bucket is, and who asks.
#[derive(Debug, Clone)]
pub struct S3Bucket {
    /// Its name.
    pub bucket: String,
    /// What the name of every object begins with; empty for nothing.
    pub prefix: String,
    /// Its region.
    pub region: String,
    /// The address of a server that is not Amazon's; plain HTTP where it says so.
    pub endpoint: Option<String>,
    /// The id of a key; without one the machine's own role is asked for.
    pub key_id: Option<String>,
    /// The key.
    pub secret: Option<SecretString>,
    /// What belongs to a key that is lent for a while.
    pub session_token: Option<SecretString>,
}

impl S3Bucket {
    pub(super) fn open(&self) -> Result<Arc<dyn ObjectStore>, Cause> {
        let is_plain = self.endpoint.as_ref().is_some_and(|endpoint| endpoint.starts_with("http://"));
        let client = ClientOptions::new().with_timeout(REQUEST).with_allow_http(is_plain);
        let retry = RetryConfig { max_retries: 4, retry_timeout: RETRY, backoff: BackoffConfig::default() };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&self.bucket)
            .with_region(&self.region)
            .with_client_options(client)
            .with_retry(retry);
        if let Some(endpoint) = &self.endpoint {
            builder = builder.with_endpoint(endpoint.trim_end_matches('/'));
        }
        if let Some(key_id) = &self.key_id {
            builder = builder.with_access_key_id(key_id);
        }
        if let Some(secret) = &self.secret {
            builder = builder.with_secret_access_key(secret.expose_secret());
        }
        if let Some(token) = &self.session_token {
            builder = builder.with_token(token.expose_secret());
        }
        let store = builder.build()?;
        Ok(if self.prefix.is_empty() {
            Arc::new(store)
        } else {
            Arc::new(PrefixStore::new(store, ObjectPath::from(self.prefix.as_str())))
        })
    }
}
