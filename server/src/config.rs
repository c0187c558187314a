//! What the operator decides: read once from the environment, checked once, then passed around.
//!
//! This is the only place that reads environment variables. A value that cannot be used stops the
//! start with the name of its variable; a secret never appears in a message.

mod data;
mod http;
mod log;
mod model;
mod services;
mod speech;
mod storage;
mod variable;

use anyhow::Context as _;

pub use self::data::DataConfig;
pub use self::http::HttpConfig;
pub use self::log::LogConfig;
pub use self::model::ModelConfig;
pub use self::services::ServicesConfig;
pub use self::speech::SpeechConfig;
pub use self::storage::StorageConfig;
pub use self::variable::Variable;

/// The whole configuration, one field per section.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where files live on this machine.
    pub data: DataConfig,
    /// Where the app listens and how browsers reach it.
    pub http: HttpConfig,
    /// Postgres and NATS, when they are somebody else's.
    pub services: ServicesConfig,
    /// What hears interviews.
    pub speech: SpeechConfig,
    /// What words and judges.
    pub model: ModelConfig,
    /// Where files of candidates are kept.
    pub storage: StorageConfig,
    /// What is logged.
    pub log: LogConfig,
}

impl Config {
    /// Reads the configuration from the environment.
    ///
    /// # Errors
    ///
    /// Names the variable whose value cannot be used.
    pub fn from_env() -> anyhow::Result<Self> {
        #[expect(clippy::disallowed_methods, reason = "the environment is read here and nowhere else")]
        Self::read(&Environment::new(&|name| std::env::var_os(name)))
    }

    /// Reads it from these variables and no others.
    #[cfg(test)]
    pub(crate) fn of(variables: &[(&str, &str)]) -> anyhow::Result<Self> {
        Self::read(&Environment::new(&|name| {
            let found = variables.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| std::ffi::OsString::from(value))
        }))
    }

    fn read(environment: &Environment<'_>) -> anyhow::Result<Self> {
        Ok(Self {
            data: DataConfig::read(environment)?,
            http: HttpConfig::read(environment)?,
            services: ServicesConfig::read(environment)?,
            speech: SpeechConfig::read(environment)?,
            model: ModelConfig::read(environment)?,
            storage: StorageConfig::read(environment)?,
            log: LogConfig::read(environment)?,
        })
    }
}

/// Every variable that is read, in the order of the sections.
pub fn variables() -> impl Iterator<Item = &'static Variable> {
    let sections = [
        data::VARIABLES,
        http::VARIABLES,
        services::VARIABLES,
        speech::VARIABLES,
        model::VARIABLES,
        storage::VARIABLES,
        log::VARIABLES,
    ];
    sections.into_iter().flatten()
}

/// The variables a section reads its values from.
struct Environment<'a> {
    lookup: &'a dyn Fn(&str) -> Option<std::ffi::OsString>,
}

impl<'a> Environment<'a> {
    fn new(lookup: &'a dyn Fn(&str) -> Option<std::ffi::OsString>) -> Self {
        Self { lookup }
    }

    /// The value of `name`; a variable that is set but empty counts as unset.
    fn text(&self, name: &str) -> anyhow::Result<Option<String>> {
        let Some(value) = (self.lookup)(name) else {
            return Ok(None);
        };
        let value = value.into_string().map_err(|_| anyhow::anyhow!("{name} is not valid UTF-8"))?;
        let value = value.trim();
        Ok((!value.is_empty()).then(|| value.to_owned()))
    }

    /// The value of `name` as `parse` understands it.
    fn parsed<T, E>(&self, name: &str, parse: impl FnOnce(&str) -> Result<T, E>) -> anyhow::Result<Option<T>>
    where
        E: std::error::Error + Send + Sync + 'static,
    {
        self.text(name)?
            .map(|value| parse(&value).with_context(|| format!("{name} has an unusable value")))
            .transpose()
    }

    fn path(&self, name: &str) -> Option<std::path::PathBuf> {
        (self.lookup)(name).filter(|value| !value.is_empty()).map(Into::into)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::BTreeSet;
    use std::path::Path;

    use interaura_api::graphql::persisted::Operations;
    use secrecy::ExposeSecret as _;

    use super::variable::Unset;
    use super::{Config, Environment, StorageConfig, variables};

    #[test]
    fn every_variable_that_is_read_is_described_and_in_the_readme() {
        let read = RefCell::new(BTreeSet::new());
        let lookup = |name: &str| {
            read.borrow_mut().insert(name.to_owned());
            None
        };
        Config::read(&Environment::new(&lookup)).unwrap();
        let described: BTreeSet<String> = variables().map(|variable| variable.name.to_owned()).collect();
        assert_eq!(read.into_inner(), described);
        let readme = include_str!("../../README.md");
        let untold: Vec<_> = described.iter().filter(|name| !readme.contains(&format!("`{name}`"))).collect();
        assert!(untold.is_empty(), "README.md does not tell of {untold:?}");
    }

    #[test]
    fn the_defaults_that_are_described_are_those_in_force() {
        let unset = format!("{:?}", Config::of(&[]).unwrap());
        for variable in variables() {
            if let Unset::As(text) = variable.default {
                assert_eq!(format!("{:?}", Config::of(&[(variable.name, text)]).unwrap()), unset);
            }
        }
    }

    #[test]
    fn nothing_needs_to_be_set() {
        let config = Config::of(&[]).unwrap();
        assert_eq!(config.http.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.http.public_url.as_str(), "http://127.0.0.1:8080/");
        assert!(config.data.dir.ends_with(".interaura"));
        assert!(config.data.assets_dir.ends_with(".interaura/assets"));
        assert!(config.services.database_url.is_none());
        assert!(config.services.nats_url.is_none());
    }

    #[test]
    fn assets_live_in_the_data_directory_unless_said_otherwise() {
        let config = Config::of(&[("INTERAURA_DATA", "/srv/interaura")]).unwrap();
        assert_eq!(config.data.assets_dir, Path::new("/srv/interaura/assets"));
        let config = Config::of(&[("INTERAURA_DATA", "/srv/a"), ("INTERAURA_ASSETS", "/srv/b")]).unwrap();
        assert_eq!(config.data.assets_dir, Path::new("/srv/b"));
    }

    #[test]
    fn a_bad_value_is_named() {
        for (name, value) in [
            ("INTERAURA_LISTEN", "8080"),
            ("INTERAURA_PUBLIC_URL", "ftp://example.test"),
            ("INTERAURA_METRICS_LISTEN", "localhost"),
            ("INTERAURA_GRAPHQL", "closed"),
            ("DATABASE_URL", "mysql://localhost/x"),
            ("NATS_URL", "nats://[oops"),
            ("DEEPGRAM_API_KEY", "with spaces"),
            ("BLOB_STORE_URL", "gs://bucket"),
            ("BLOB_STORE_URL", "bucket"),
            ("DEEPGRAM_URL", "ftp://example.test"),
            ("DEEPGRAM_MODEL", "nova-2&language=de"),
            ("GROQ_API_KEY", "with spaces"),
            ("GROQ_MODEL", "two words"),
            ("LLM_BASE_URL", "ftp://example.test"),
            ("LLM_BASE_URL", "https://me:hunter2@example.test/v1"),
            ("LLM_SAMPLES", "2"),
            ("INTERAURA_LOG", "info,=loud=er"),
        ] {
            let error = Config::of(&[(name, value)]).expect_err(name);
            assert!(format!("{error:#}").contains(name), "{name}: {error:#}");
        }
    }

    #[test]
    fn a_password_in_a_bad_url_is_not_repeated() {
        let error = Config::of(&[("DATABASE_URL", "mysql://me:hunter2@localhost/x")]).unwrap_err();
        assert!(!format!("{error:#}").contains("hunter2"));
        let config = Config::of(&[("DATABASE_URL", "postgres://me:hunter2@localhost/x")]).unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
        let url = config.services.database_url.unwrap();
        assert_eq!(url.expose_secret(), "postgres://me:hunter2@localhost/x");
    }

    #[test]
    fn an_app_behind_a_proxy_is_not_local() {
        let local = |listen, url| {
            let variables = [("INTERAURA_LISTEN", listen), ("INTERAURA_PUBLIC_URL", url)];
            Config::of(&variables).unwrap().http.is_local()
        };
        assert!(Config::of(&[]).unwrap().http.is_local());
        assert!(local("[::1]:8080", "http://localhost:8080"));
        assert!(!local("127.0.0.1:8080", "https://example.test"));
        assert!(!local("0.0.0.0:8080", "http://127.0.0.1:8080"));
    }

    #[test]
    fn only_pages_of_our_own_may_ask_where_others_can_reach_the_app() {
        let operations = |variables| Config::of(variables).unwrap().http.operations;
        assert_eq!(operations(&[]), Operations::Any);
        assert_eq!(operations(&[("INTERAURA_LISTEN", "0.0.0.0:80")]), Operations::Persisted);
        assert_eq!(operations(&[("INTERAURA_GRAPHQL", "persisted")]), Operations::Persisted);
        let open = [("INTERAURA_LISTEN", "0.0.0.0:80"), ("INTERAURA_GRAPHQL", "open")];
        assert_eq!(operations(&open), Operations::Any);
    }

    #[test]
    fn a_bucket_is_named_with_its_key() {
        let bucket = ("BLOB_STORE_URL", "s3://interviews/blobs/");
        let key = [("AWS_ACCESS_KEY_ID", "id"), ("AWS_SECRET_ACCESS_KEY", "hunter2")];
        let config = Config::of(&[bucket, key[0], key[1]]).unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
        let StorageConfig::S3(s3) = config.storage else { panic!("not a bucket") };
        assert_eq!((s3.bucket.as_str(), s3.prefix.as_str()), ("interviews", "blobs"));
        let half = Config::of(&[bucket, key[0]]).unwrap_err();
        assert!(format!("{half:#}").contains("AWS_SECRET_ACCESS_KEY"), "{half:#}");
        let folder = Config::of(&[("BLOB_STORE_URL", "file:///srv/blobs")]).unwrap();
        assert!(matches!(folder.storage, StorageConfig::Folder(folder) if folder == Path::new("/srv/blobs")));
        let inside = Config::of(&[("BLOB_STORE_URL", "s3://id:hunter2@interviews")]).unwrap_err();
        assert!(!format!("{inside:#}").contains("hunter2"));
    }

    #[test]
    fn an_empty_variable_counts_as_unset() {
        assert!(Config::of(&[("NATS_URL", " ")]).unwrap().services.nats_url.is_none());
    }
}
