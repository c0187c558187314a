//! The app as `interaura up` wires it, on a database and a stream of its own.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use interaura_adapters::chat_model::ChatModel;
use interaura_adapters::embedder::hashed::HashedEmbedder;
use interaura_api::caller::set_cookie;
use interaura_api::graphql::persisted::Operations;
use interaura_domain::ids::CandidateId;
use interaura_domain::ports::frame_analyser::FrameAnalyser;
use interaura_domain::ports::speech_to_text::SpeechToText;
use interaura_server::config::{
    Config, DataConfig, HttpConfig, LogConfig, ModelConfig, ServicesConfig, SpeechConfig, StorageConfig,
};
use interaura_server::embedded::ServiceUrls;
use interaura_server::roles::{Role, background, router};
use interaura_server::wiring::Wiring;
use secrecy::ExposeSecret as _;
use tempfile::TempDir;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::browser::Browser;
use crate::database::{Database, MASTER_KEY};
use crate::nats::Nats;
use crate::{assets, environment};

/// Every role in this process, behind a port of its own. Words are compared by their stems, without a model.
pub struct App {
    /// Its parts.
    pub wiring: Wiring,
    /// Where it listens.
    pub address: SocketAddr,
    /// Its database.
    pub database: Database,
    /// Its stream's server.
    pub nats: Nats,
    roles: JoinSet<anyhow::Result<()>>,
    _server: tokio::task::JoinHandle<()>,
    dir: TempDir,
}

impl App {
    /// Starts it on a database of its own.
    pub async fn start() -> Self {
        Self::start_with(Operations::Any).await
    }

    /// Starts it with other operations open to the browser.
    pub async fn start_with(operations: Operations) -> Self {
        let mut app = Self::serve_wired(Database::create().await, operations, |wiring| wiring).await;
        app.roles = background(&app.wiring, &Role::ALL, &CancellationToken::new()).unwrap();
        app
    }

    /// Starts it with something that hears and something that sees.
    pub async fn start_live(engines: Vec<Arc<dyn SpeechToText>>, frames: Arc<dyn FrameAnalyser>) -> Self {
        let wire = |wiring: Wiring| wiring.with_speech(engines).with_frames(frames);
        let mut app = Self::serve_wired(Database::create().await, Operations::Any, wire).await;
        app.roles = background(&app.wiring, &Role::ALL, &CancellationToken::new()).unwrap();
        app
    }

    /// Starts it with a language model, which has so long for each piece of work.
    pub async fn start_with_model(chat: Arc<ChatModel>, patience: Duration) -> Self {
        let wire = |wiring: Wiring| wiring.with_chat_model(chat, patience);
        let mut app = Self::serve_wired(Database::create().await, Operations::Any, wire).await;
        app.roles = background(&app.wiring, &Role::ALL, &CancellationToken::new()).unwrap();
        app
    }

    /// Serves what a database holds; nothing happens by itself.
    pub async fn serve(database: Database) -> Self {
        Self::serve_wired(database, Operations::Any, |wiring| wiring).await
    }

    async fn serve_wired(
        database: Database,
        operations: Operations,
        wire: impl FnOnce(Wiring) -> Wiring,
    ) -> Self {
        install_tls();
        let (nats, dir) = (Nats::start().await, TempDir::new().unwrap());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let assets = assets();
        let config = Config {
            data: DataConfig {
                dir: dir.path().to_owned(),
                assets_dir: assets.dir().to_owned(),
                temporary_dir: dir.path().to_owned(),
                master_key: Some(MASTER_KEY.to_owned().into()),
            },
            http: HttpConfig {
                listen: address,
                public_url: reqwest::Url::parse(&format!("http://{address}")).unwrap(),
                metrics_listen: None,
                operations,
            },
            services: ServicesConfig::default(),
            speech: SpeechConfig::default(),
            model: ModelConfig::default(),
            storage: StorageConfig::default(),
            log: LogConfig { filter: "info".to_owned() },
        };
        nats.connect().await;
        let urls = ServiceUrls { database: database.url.clone().into(), nats: nats.url.clone() };
        let wiring = Wiring::new(&config, &urls, &assets).await.unwrap();
        let wiring = wire(wiring)
            .with_embedder(Arc::new(HashedEmbedder))
            .with_reading_program(environment("INTERAURA_BINARY").into());
        let router = router(&wiring, &config.http).unwrap();
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { wiring, address, database, nats, roles: JoinSet::new(), _server: server, dir }
    }

    /// A browser with no cookies yet.
    pub fn browser(&self) -> Browser {
        Browser::new(self.address)
    }

    /// How many files are kept of a candidate.
    pub fn files_of(&self, owner: CandidateId) -> usize {
        let folder = self.dir.path().join("blobs").join(owner.to_string());
        std::fs::read_dir(folder).map_or(0, Iterator::count)
    }

    /// A browser in which somebody is signed in already.
    pub async fn browser_of(&self, owner: CandidateId) -> Browser {
        let credentials = self.wiring.services().unwrap().credentials;
        let (token, _) = credentials.open_session(owner).await.unwrap();
        let browser = self.browser();
        browser.keep_cookie(&set_cookie(Some(token.expose_secret()), false));
        browser
    }
}

/// The HTTP client wants a provider even where it never speaks TLS.
pub fn install_tls() {
    // Somebody was faster: the same provider is there.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
