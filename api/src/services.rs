//! What the browser's requests reach.

use std::collections::BTreeMap;
use std::sync::Arc;

use interaura_domain::account::Account;
use interaura_domain::attention::Attention;
use interaura_domain::interview::Interview;
use interaura_domain::interview::delivery::DeliveryRubric;
use interaura_domain::interview::rubric::Rubric;
use interaura_domain::ports::blob_store::BlobStore;
use interaura_domain::ports::clock::Clock;
use interaura_domain::ports::commands::Commands;
use interaura_domain::ports::credentials::Credentials;
use interaura_domain::ports::event_log::EventLog;
use interaura_domain::ports::key_ring::KeyRing;
use interaura_domain::ports::live_media::LiveMedia;
use interaura_domain::ports::mailer::Mailer;
use interaura_domain::ports::score_auditor::ScoreAuditor;
use interaura_domain::ports::signals::Signals;
use interaura_domain::recording::Recording;
use interaura_domain::resume::Resume;
use interaura_domain::role::{RoleProfile, RoleSlug};
use interaura_domain::transcript::Transcript;
use interaura_projections::read_models::ReadModels;

use crate::graphql::persisted::Operations;
use crate::graphql::watch::Feeds;

/// A role with the number of its questions.
#[derive(Debug, Clone)]
pub struct CatalogueEntry {
    /// The role.
    pub profile: RoleProfile,
    /// Questions of its own.
    pub questions: usize,
}

/// The roles that can be chosen.
pub type Catalogue = BTreeMap<RoleSlug, CatalogueEntry>;

/// Hosts outside this machine that do part of the work.
#[derive(Debug, Clone, Default)]
pub struct ThirdParties {
    /// Words questions and judges answers.
    pub language_model: Option<String>,
    /// Writes down what is said.
    pub speech: Option<String>,
}

/// What the browser's requests reach. Cloning shares it.
#[derive(Clone)]
pub struct Services {
    /// Accounts.
    pub accounts: Arc<dyn Commands<Account>>,
    /// Resumes.
    pub resumes: Arc<dyn Commands<Resume>>,
    /// Interviews.
    pub interviews: Arc<dyn Commands<Interview>>,
    /// What was said in them.
    pub transcripts: Arc<dyn Commands<Transcript>>,
    /// What was seen in them.
    pub attentions: Arc<dyn Commands<Attention>>,
    /// Recordings of them.
    pub recordings: Arc<dyn Commands<Recording>>,
    /// Passwords and sessions.
    pub credentials: Arc<dyn Credentials>,
    /// Files.
    pub blobs: Arc<dyn BlobStore>,
    /// Keyed hashes.
    pub keys: Arc<dyn KeyRing>,
    /// Who owns a stream.
    pub log: Arc<dyn EventLog>,
    /// What changed.
    pub signals: Arc<dyn Signals>,
    /// What is shown.
    pub read_models: ReadModels,
    /// The rows that somebody watches.
    pub feeds: Feeds,
    /// The outbox, in development.
    pub mailer: Arc<dyn Mailer>,
    /// The roles that can be chosen.
    pub roles: Arc<Catalogue>,
    /// What levels mean.
    pub rubric: Arc<Rubric>,
    /// What levels of delivery mean.
    pub delivery_rubric: Arc<DeliveryRubric>,
    /// What pages send and are told while they are live.
    pub media: Arc<dyn LiveMedia>,
    /// What recomputes scores.
    pub auditor: Arc<dyn ScoreAuditor>,
    /// Who else sees what candidates say.
    pub third_parties: ThirdParties,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Whether cookies go over TLS only.
    pub secure_cookies: bool,
    /// Whether the outbox may be read by anybody who reaches the server.
    pub show_outbox: bool,
    /// Which GraphQL operations are carried out.
    pub operations: Operations,
}
