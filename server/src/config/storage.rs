//! Where files of candidates are kept.

use std::path::PathBuf;

use anyhow::{Context as _, bail, ensure};
use interaura_adapters::blob_store::S3Bucket;
use reqwest::Url;
use secrecy::SecretString;

use super::Environment;
use super::variable::{Kind, Unset, Variable};

/// Where files of candidates are kept, always sealed.
#[derive(Debug, Clone, Default)]
pub enum StorageConfig {
    /// The folder `blobs` in the data folder.
    #[default]
    DataFolder,
    /// Another folder, from `BLOB_STORE_URL`.
    Folder(PathBuf),
    /// A bucket, from `BLOB_STORE_URL` and the usual `AWS_` variables.
    S3(Box<S3Bucket>),
}

pub(super) const VARIABLES: &[Variable] = &[
    Variable {
        name: "BLOB_STORE_URL",
        meaning: "Where resumes and recordings are kept, sealed: s3://bucket or s3://bucket/folder, or file:///folder.",
        kind: Kind::Url(&["s3", "file"]),
        default: Unset::Otherwise("the folder blobs in the data folder"),
    },
    Variable {
        name: "AWS_ACCESS_KEY_ID",
        meaning: "The id of the key for an s3:// store.",
        kind: Kind::Text,
        default: Unset::Otherwise("the role of the machine is asked for"),
    },
    Variable {
        name: "AWS_SECRET_ACCESS_KEY",
        meaning: "The key for an s3:// store.",
        kind: Kind::Secret,
        default: Unset::Otherwise("the role of the machine is asked for"),
    },
    Variable {
        name: "AWS_SESSION_TOKEN",
        meaning: "What belongs to a key that is lent for a while.",
        kind: Kind::Secret,
        default: Unset::Otherwise("the key needs none"),
    },
    Variable {
        name: "AWS_REGION",
        meaning: "The region of an s3:// store.",
        kind: Kind::Text,
        default: Unset::Otherwise("us-east-1"),
    },
    Variable {
        name: "AWS_ENDPOINT_URL",
        meaning: "The address of an S3 server that is not Amazon's.",
        kind: Kind::Url(&["http", "https"]),
        default: Unset::Otherwise("Amazon's"),
    },
];

impl StorageConfig {
    pub(super) fn read(environment: &Environment<'_>) -> anyhow::Result<Self> {
        let key_id = environment.text("AWS_ACCESS_KEY_ID")?;
        let secret = environment.text("AWS_SECRET_ACCESS_KEY")?.map(SecretString::from);
        let session_token = environment.text("AWS_SESSION_TOKEN")?.map(SecretString::from);
        let region = environment.text("AWS_REGION")?.unwrap_or_else(|| "us-east-1".to_owned());
        let endpoint = environment.text("AWS_ENDPOINT_URL")?;
        let Some(url) = environment.parsed("BLOB_STORE_URL", Url::parse)? else {
            return Ok(Self::DataFolder);
        };
        ensure!(url.password().is_none(), "BLOB_STORE_URL holds no key; set AWS_SECRET_ACCESS_KEY");
        match url.scheme() {
            "file" => {
                let folder = url.to_file_path().ok().context("BLOB_STORE_URL names no folder")?;
                Ok(Self::Folder(folder))
            }
            "s3" => {
                let bucket =
                    url.host_str().context("BLOB_STORE_URL names no bucket: s3://bucket")?.to_owned();
                ensure!(
                    key_id.is_some() == secret.is_some(),
                    "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set together or not at all"
                );
                if let Some(endpoint) = &endpoint {
                    let scheme = Url::parse(endpoint).context("AWS_ENDPOINT_URL has an unusable value")?;
                    ensure!(
                        matches!(scheme.scheme(), "http" | "https"),
                        "AWS_ENDPOINT_URL must start with http:// or https://"
                    );
                }
                let prefix = url.path().trim_matches('/').to_owned();
                let bucket = S3Bucket { bucket, prefix, region, endpoint, key_id, secret, session_token };
                Ok(Self::S3(Box::new(bucket)))
            }
            other => bail!("BLOB_STORE_URL must start with s3:// or file://, not {other}://"),
        }
    }

    /// In one word, for the line at the start.
    pub fn name(&self) -> &'static str {
        match self {
            Self::DataFolder | Self::Folder(_) => "directory",
            Self::S3(_) => "s3",
        }
    }
}
