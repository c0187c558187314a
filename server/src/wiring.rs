//! The only place that names adapters together.

mod recomputing;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use interaura_adapters::answer_evaluator::embedded::EmbeddedEvaluator;
use interaura_adapters::answer_evaluator::model::ModelEvaluator;
use interaura_adapters::answer_evaluator::model_first::ModelFirst;
use interaura_adapters::answer_evaluator::several_readings::SeveralReadings;
use interaura_adapters::blob_store::SealedBlobs;
use interaura_adapters::chat_model::ChatModel;
use interaura_adapters::clock::SystemClock;
use interaura_adapters::credentials::PostgresCredentials;
use interaura_adapters::cursors::PostgresCursors;
use interaura_adapters::embedder::lazy::LazyMiniLm;
use interaura_adapters::event_store::EventStore;
use interaura_adapters::jetstream::signals::{NatsSignals, relay_wake};
use interaura_adapters::jetstream::{EventJetStream, check_server};
use interaura_adapters::key_ring::PostgresKeyRing;
use interaura_adapters::leases::JetStreamLeases;
use interaura_adapters::live_media::NatsMedia;
use interaura_adapters::mailer::Outbox;
use interaura_adapters::pair_scorer::{LazyPairScorer, PairScoring};
use interaura_adapters::question_writer::library::LibraryWriter;
use interaura_adapters::question_writer::model_first::ModelFirstWriter;
use interaura_adapters::recording_assembler::{FfmpegAssembler, Limits};
use interaura_adapters::resume_matcher::EmbeddedMatcher;
use interaura_adapters::resume_matcher::model_first::ModelFirstMatcher;
use interaura_adapters::resume_reader::ContainedReader;
use interaura_adapters::role_library::RoleLibrary;
use interaura_adapters::skill_lexicon;
use interaura_api::graphql::persisted::Operations;
use interaura_api::graphql::watch::Feeds;
use interaura_api::services::{Catalogue, CatalogueEntry, Services, ThirdParties};
use interaura_domain::ids::BlobId;
use interaura_domain::interview::delivery::DeliveryRubric;
use interaura_domain::ports::answer_evaluator::AnswerEvaluator;
use interaura_domain::ports::clock::Clock;
use interaura_domain::ports::embedder::Embedder;
use interaura_domain::ports::frame_analyser::FrameAnalyser;
use interaura_domain::ports::key_ring::KeyRing;
use interaura_domain::ports::question_writer::QuestionWriter;
use interaura_domain::ports::resume_matcher::ResumeMatcher;
use interaura_domain::ports::speech_to_text::SpeechToText;
use interaura_domain::resume::skill_lexicon::SkillLexicon;
use interaura_projections::read_models::ReadModels;
use interaura_projections::runner::Runner;
use interaura_workers::account_closing::AccountClosing;
use interaura_workers::answer_evaluation::AnswerEvaluation;
use interaura_workers::contest_judging::ContestJudging;
use interaura_workers::delivery_measuring::DeliveryMeasuring;
use interaura_workers::email_delivery::EmailDelivery;
use interaura_workers::frame_analysis::FrameAnalysis;
use interaura_workers::question_writing::QuestionWriting;
use interaura_workers::reaction::{Reaction, ReactionLoop};
use interaura_workers::recording_assembly::RecordingAssembly;
use interaura_workers::report_issuing::ReportIssuing;
use interaura_workers::resume_matching::ResumeMatching;
use interaura_workers::resume_parsing::ResumeParsing;
use interaura_workers::speech_transcription::SpeechTranscription;
use sqlx::PgPool;
use tokio::sync::Semaphore;

use crate::assets::Assets;
use crate::config::{Config, StorageConfig};
use crate::database;
use crate::embedded::ServiceUrls;
use crate::metrics::Metrics;
use crate::score_audit::ScoreAudit;

pub use self::recomputing::{Judge, rescoring, score_audit};

/// The bucket of leases.
const LEASES: &str = "INTERAURA_LEASES";
/// How long the blob store has for its first answer.
const STORE_ANSWERS: Duration = Duration::from_secs(30);
/// How long the parts of a recording may be on their way after the end of an interview.
const PARTS_ON_THEIR_WAY: Duration = Duration::from_secs(10);
/// How long the language model has for a piece of work, all tries together, before what is embedded stands in.
const MODEL_PATIENCE: Duration = Duration::from_secs(40);
/// How long a worker's lease lasts when it is not heard of any more.
const LEASE_LIFETIME: Duration = Duration::from_secs(6);

/// Everything that a role of the binary may need, made once.
pub struct Wiring {
    /// The database.
    pub pool: PgPool,
    /// Keys of candidates.
    pub keys: Arc<dyn KeyRing>,
    /// The log.
    pub store: EventStore,
    /// The stream.
    pub stream: EventJetStream,
    signals: Arc<NatsSignals>,
    media: Arc<NatsMedia>,
    leases: Arc<JetStreamLeases>,
    speech: Vec<Arc<dyn SpeechToText>>,
    frames: Option<Arc<dyn FrameAnalyser>>,
    chat: Option<Arc<ChatModel>>,
    chat_samples: u8,
    chat_patience: Duration,
    clock: Arc<dyn Clock>,
    blobs: Arc<SealedBlobs>,
    blobs_name: &'static str,
    credentials: Arc<PostgresCredentials>,
    mailer: Arc<Outbox>,
    roles: Arc<RoleLibrary>,
    skills: Arc<SkillLexicon>,
    embedder: Arc<dyn Embedder>,
    /// Belongs to the embedder: `None` where another stands in for it.
    scorer: Option<Arc<dyn PairScoring>>,
    pdfium: PathBuf,
    reading_program: PathBuf,
    assembling: PathBuf,
    public_url: String,
    local: bool,
    operations: Operations,
}

/// How often a model judges a disputed answer; the level in the middle counts.
const SAMPLES_OF_A_CONTEST: u8 = 5;

/// Which value of a measure of delivery is which level.
fn delivery_rubric() -> anyhow::Result<DeliveryRubric> {
    const RUBRIC: &str = include_str!("../../schemas/rubrics/interview_delivery.v1.json");
    Ok(DeliveryRubric::parse(RUBRIC)?)
}

fn blobs(config: &Config, keys: &Arc<dyn KeyRing>) -> anyhow::Result<SealedBlobs> {
    let keys = Arc::clone(keys);
    let blobs = match &config.storage {
        StorageConfig::DataFolder => SealedBlobs::in_directory(&config.data.dir.join("blobs"), keys),
        StorageConfig::Folder(folder) => SealedBlobs::in_directory(folder, keys),
        StorageConfig::S3(bucket) => SealedBlobs::in_s3(bucket, keys),
    };
    blobs.map_err(|error| anyhow::anyhow!(error)).context("could not open the blob store")
}

/// A model by its name, and what stands in for it.
fn first_of(chat: Option<&ChatModel>, embedded: &str) -> String {
    match chat {
        Some(chat) => format!("{} at {}, then {embedded}", chat.model(), chat.host()),
        None => embedded.to_owned(),
    }
}

impl Wiring {
    /// Connects to a migrated database and to NATS, and makes the adapters.
    ///
    /// # Errors
    /// A part cannot be reached or does not fit.
    pub async fn new(config: &Config, urls: &ServiceUrls, assets: &Assets) -> anyhow::Result<Self> {
        let pool = database::connect(&urls.database).await?;
        let client = crate::nats::connect(&urls.nats).await?;
        check_server(&client).await?;
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let master = database::master_key(config)?;
        let keys: Arc<dyn KeyRing> = Arc::new(PostgresKeyRing::new(pool.clone(), master));
        let store = EventStore::new(
            pool.clone(),
            Arc::clone(&keys),
            Arc::clone(&clock),
            concat!("interaura/", env!("CARGO_PKG_VERSION")),
            relay_wake(client.clone()),
        );
        let stream = EventJetStream::new(client.clone(), store.clone());
        stream.ensure().await?;
        let blobs = blobs(config, &keys)?;
        let checked = tokio::time::timeout(STORE_ANSWERS, blobs.check(BlobId(clock.new_id()))).await;
        checked
            .map_err(|_| anyhow::anyhow!("it does not answer"))
            .and_then(|checked| checked.map_err(|error| anyhow::anyhow!(error)))
            .context("the store of BLOB_STORE_URL and its AWS_ variables cannot be used")?;
        let deepgram = crate::speech::deepgram(&config.speech).await?;
        let chat = crate::model::chat_model(&config.model).await?;
        Ok(Self {
            credentials: Arc::new(PostgresCredentials::new(
                pool.clone(),
                Arc::clone(&keys),
                Arc::clone(&clock),
            )),
            mailer: Arc::new(Outbox::new(config.data.dir.join("outbox"), Arc::clone(&clock))),
            roles: Arc::new(RoleLibrary::load().context("the role library does not fit")?),
            skills: Arc::new(skill_lexicon::embedded()),
            embedder: Arc::new(LazyMiniLm::new(assets.model_dir())),
            scorer: Some(Arc::new(LazyPairScorer::new(assets.model_dir()))),
            pdfium: assets.pdfium_library(),
            reading_program: std::env::current_exe().context("could not find this binary")?,
            assembling: config.data.dir.join("assembling"),
            public_url: config.http.public_url.as_str().trim_end_matches('/').to_owned(),
            local: config.http.is_local(),
            operations: config.http.operations,
            blobs: Arc::new(blobs),
            blobs_name: config.storage.name(),
            media: Arc::new(NatsMedia::new(client.clone())),
            leases: Arc::new(JetStreamLeases::new(client.clone(), LEASES, LEASE_LIFETIME)),
            speech: deepgram.into_iter().collect(),
            frames: None,
            chat,
            chat_samples: config.model.samples,
            chat_patience: MODEL_PATIENCE,
            signals: Arc::new(NatsSignals::start(client)),
            pool,
            keys,
            store,
            stream,
            clock,
        })
    }

    /// The same with another embedder, and without the scorer that belongs to ours.
    #[must_use]
    pub fn with_embedder(mut self, embedder: Arc<dyn Embedder>) -> Self {
        self.embedder = embedder;
        self.scorer = None;
        self
    }

    /// The same with another program for the reading child, for where this process is not the `interaura` binary.
    #[must_use]
    pub fn with_reading_program(mut self, program: PathBuf) -> Self {
        self.reading_program = program;
        self
    }

    /// The same with other engines that hear; the first that works is used.
    #[must_use]
    pub fn with_speech(mut self, engines: Vec<Arc<dyn SpeechToText>>) -> Self {
        self.speech = engines;
        self
    }

    /// The same with engines that hear where those before them do not.
    #[must_use]
    pub fn and_speech(mut self, engines: Vec<Arc<dyn SpeechToText>>) -> Self {
        self.speech.extend(engines);
        self
    }

    /// The same with another language model, which has so long for each piece of work.
    #[must_use]
    pub fn with_chat_model(mut self, chat: Arc<ChatModel>, patience: Duration) -> Self {
        self.chat = Some(chat);
        self.chat_patience = patience;
        self
    }

    /// The same with something else that looks at frames.
    #[must_use]
    pub fn with_frames(mut self, analyser: Arc<dyn FrameAnalyser>) -> Self {
        self.frames = Some(analyser);
        self
    }

    /// Who may do what alone.
    pub fn leases(&self) -> &JetStreamLeases {
        &self.leases
    }

    /// What hears live interviews; `None` without an engine.
    pub fn speech_transcription(&self) -> Option<SpeechTranscription> {
        (!self.speech.is_empty()).then(|| SpeechTranscription {
            commands: Arc::new(self.store.clone()),
            media: self.media.clone(),
            leases: self.leases.clone(),
            engines: self.speech.clone(),
            clock: Arc::clone(&self.clock),
        })
    }

    /// What looks at live interviews; `None` without an analyser.
    pub fn frame_analysis(&self) -> Option<FrameAnalysis> {
        let analyser = Arc::clone(self.frames.as_ref()?);
        Some(FrameAnalysis {
            commands: Arc::new(self.store.clone()),
            media: self.media.clone(),
            analyser,
            at_once: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            clock: Arc::clone(&self.clock),
        })
    }

    /// One line that says which adapter serves each port.
    pub fn announce(&self) {
        let speech: Vec<_> = self.speech.iter().map(|engine| engine.name()).collect();
        tracing::info!(
            question.writer = first_of(self.chat.as_deref(), "library"),
            answer.evaluator = first_of(self.chat.as_deref(), "embedded"),
            embedder = self.embedder.identity(),
            resume.suggestions = first_of(self.chat.as_deref(), "embedded"),
            resume.reader = "pdfium and pdf-extract, contained",
            sign_in = "password",
            mail = "outbox",
            frame.analyser = self.frames.as_ref().map_or("none", |analyser| analyser.name()),
            blobs = self.blobs_name,
            speech = speech.join(", then "),
            "adapters"
        );
    }

    /// What the browser's requests reach.
    ///
    /// # Errors
    /// The rubric does not fit.
    pub fn services(&self) -> anyhow::Result<Services> {
        let evaluator = self.embedded_evaluator()?;
        let entry = |profile: &interaura_domain::role::RoleProfile| CatalogueEntry {
            questions: self.roles.questions(&profile.slug).len(),
            profile: profile.clone(),
        };
        let roles: Catalogue =
            self.roles.roles().iter().map(|profile| (profile.slug.clone(), entry(profile))).collect();
        Ok(Services {
            accounts: Arc::new(self.store.clone()),
            resumes: Arc::new(self.store.clone()),
            interviews: Arc::new(self.store.clone()),
            transcripts: Arc::new(self.store.clone()),
            attentions: Arc::new(self.store.clone()),
            recordings: Arc::new(self.store.clone()),
            credentials: self.credentials.clone(),
            blobs: self.blobs.clone(),
            keys: Arc::clone(&self.keys),
            log: Arc::new(self.store.clone()),
            signals: self.signals.clone(),
            read_models: self.read_models(),
            feeds: Feeds::default(),
            mailer: self.mailer.clone(),
            roles: Arc::new(roles),
            rubric: Arc::new(evaluator.rubric().clone()),
            delivery_rubric: Arc::new(delivery_rubric()?),
            media: self.media.clone(),
            auditor: Arc::new(self.score_audit()?),
            third_parties: self.third_parties(),
            clock: Arc::clone(&self.clock),
            secure_cookies: self.public_url.starts_with("https://"),
            show_outbox: self.local,
            operations: self.operations,
        })
    }

    /// Who outside this machine does part of the work; a model that runs here is no third party.
    fn third_parties(&self) -> ThirdParties {
        let is_here = |host: &str| ["localhost", "127.0.0.1", "[::1]"].contains(&host);
        let model = self.chat.as_deref().map(ChatModel::host).filter(|host| !is_here(host));
        let deepgram = self.speech.iter().any(|engine| engine.name().starts_with("deepgram"));
        ThirdParties {
            language_model: model.map(str::to_owned),
            speech: deepgram.then(|| "Deepgram".to_owned()),
        }
    }

    /// What `/metrics` shows; this process counts from here on.
    pub fn metrics(&self) -> Metrics {
        Metrics::start(self.store.clone(), self.stream.clone())
    }

    fn read_models(&self) -> ReadModels {
        ReadModels::new(self.pool.clone(), Arc::clone(&self.keys))
    }

    /// What runs a projection.
    pub fn runner(&self) -> Runner {
        Runner {
            pool: self.pool.clone(),
            keys: Arc::clone(&self.keys),
            stream: Arc::new(self.stream.clone()),
            signals: self.signals.clone(),
        }
    }

    /// Every reaction, each with its loop.
    ///
    /// # Errors
    /// The rubric does not fit.
    pub fn reactions(&self) -> anyhow::Result<Vec<ReactionLoop>> {
        let reactions: [Arc<dyn Reaction>; 10] = [
            Arc::new(self.resume_parsing()),
            Arc::new(self.resume_matching()?),
            Arc::new(self.question_writing()?),
            Arc::new(self.answer_evaluation()?),
            Arc::new(self.contest_judging()?),
            Arc::new(ReportIssuing {
                commands: Arc::new(self.store.clone()),
                clock: Arc::clone(&self.clock),
            }),
            Arc::new(self.delivery_measuring()?),
            Arc::new(self.email_delivery()),
            Arc::new(self.recording_assembly()),
            Arc::new(self.account_closing()),
        ];
        let run = |reaction| ReactionLoop {
            stream: Arc::new(self.stream.clone()),
            cursors: Arc::new(PostgresCursors::new(self.pool.clone())),
            keys: Arc::clone(&self.keys),
            reaction,
        };
        Ok(reactions.into_iter().map(run).collect())
    }

    fn delivery_measuring(&self) -> anyhow::Result<DeliveryMeasuring> {
        Ok(DeliveryMeasuring {
            commands: Arc::new(self.store.clone()),
            transcripts: Arc::new(self.store.clone()),
            attentions: Arc::new(self.store.clone()),
            rubric: Arc::new(delivery_rubric()?),
            clock: Arc::clone(&self.clock),
        })
    }

    fn resume_parsing(&self) -> ResumeParsing {
        let program = self.reading_program.clone();
        let reader = ContainedReader::new(program, vec!["read-resume".to_owned()], self.pdfium.clone());
        ResumeParsing {
            commands: Arc::new(self.store.clone()),
            blobs: self.blobs.clone(),
            reader: Arc::new(reader),
            skills: Arc::clone(&self.skills),
            clock: Arc::clone(&self.clock),
        }
    }

    fn resume_matching(&self) -> anyhow::Result<ResumeMatching> {
        let skills = Arc::clone(&self.skills);
        let find_skills = Box::new(move |text: &str| skills.find(text));
        let matcher = EmbeddedMatcher::new(Arc::clone(&self.roles), Arc::clone(&self.embedder), find_skills);
        let matcher: Arc<dyn ResumeMatcher> = match &self.chat {
            None => Arc::new(matcher),
            Some(chat) => {
                let (chat, skills) = (Arc::clone(chat), Arc::clone(&self.skills));
                Arc::new(ModelFirstMatcher::new(chat, Arc::new(matcher), skills, self.chat_patience)?)
            }
        };
        Ok(ResumeMatching {
            commands: Arc::new(self.store.clone()),
            log: Arc::new(self.store.clone()),
            blobs: self.blobs.clone(),
            matcher,
            clock: Arc::clone(&self.clock),
        })
    }

    fn question_writing(&self) -> anyhow::Result<QuestionWriting> {
        let library = LibraryWriter::new(Arc::clone(&self.roles), Arc::clone(&self.embedder));
        let writer: Arc<dyn QuestionWriter> = match &self.chat {
            None => Arc::new(library),
            Some(chat) => {
                let (chat, skills) = (Arc::clone(chat), Arc::clone(&self.skills));
                Arc::new(ModelFirstWriter::new(chat, Arc::new(library), skills, self.chat_patience / 2)?)
            }
        };
        Ok(QuestionWriting {
            commands: Arc::new(self.store.clone()),
            log: Arc::new(self.store.clone()),
            blobs: self.blobs.clone(),
            read_models: self.read_models(),
            writer,
            clock: Arc::clone(&self.clock),
        })
    }

    fn evaluator(&self) -> anyhow::Result<Arc<dyn AnswerEvaluator>> {
        self.model_first(Arc::new(self.embedded_evaluator()?), self.chat_samples, self.chat_patience)
    }

    /// A model, where there is one, and who stands by for it.
    fn model_first(
        &self,
        standby: Arc<dyn AnswerEvaluator>,
        samples: u8,
        patience: Duration,
    ) -> anyhow::Result<Arc<dyn AnswerEvaluator>> {
        let Some(chat) = &self.chat else { return Ok(standby) };
        let rubric = EmbeddedEvaluator::new(Arc::clone(&self.embedder))?.rubric().clone();
        let skills = Arc::clone(&self.skills);
        let model = ModelEvaluator::new(Arc::clone(chat), rubric, skills, patience)?;
        Ok(Arc::new(ModelFirst::new(model, standby, samples)))
    }

    fn answer_evaluation(&self) -> anyhow::Result<AnswerEvaluation> {
        Ok(AnswerEvaluation {
            commands: Arc::new(self.store.clone()),
            log: Arc::new(self.store.clone()),
            blobs: self.blobs.clone(),
            evaluator: self.evaluator()?,
            clock: Arc::clone(&self.clock),
        })
    }

    fn contest_judging(&self) -> anyhow::Result<ContestJudging> {
        Ok(ContestJudging {
            commands: Arc::new(self.store.clone()),
            log: Arc::new(self.store.clone()),
            blobs: self.blobs.clone(),
            evaluator: self.second_opinion()?,
            clock: Arc::clone(&self.clock),
        })
    }

    /// What judges disputed answers: a model with more samples where there is one, else the embedded evaluator in
    /// several readings.
    fn second_opinion(&self) -> anyhow::Result<Arc<dyn AnswerEvaluator>> {
        let samples = self.chat_samples.max(SAMPLES_OF_A_CONTEST);
        // Nobody sits before it and waits: each sample has the time of a verdict.
        self.model_first(self.several_readings()?, samples, self.chat_patience * u32::from(samples))
    }

    fn several_readings(&self) -> anyhow::Result<Arc<dyn AnswerEvaluator>> {
        Ok(Arc::new(SeveralReadings::new(Arc::new(self.embedded_evaluator()?))))
    }

    fn embedded_evaluator(&self) -> anyhow::Result<EmbeddedEvaluator<dyn Embedder>> {
        let evaluator = EmbeddedEvaluator::new(Arc::clone(&self.embedder))?;
        Ok(match &self.scorer {
            Some(scorer) => evaluator.with_scorer(Arc::clone(scorer)),
            None => evaluator,
        })
    }

    /// What recomputes scores.
    ///
    /// # Errors
    /// The rubric does not fit.
    pub fn score_audit(&self) -> anyhow::Result<ScoreAudit> {
        let evaluator = self.embedded_evaluator()?;
        Ok(ScoreAudit {
            store: self.store.clone(),
            blobs: self.blobs.clone(),
            second_opinion: self.several_readings()?,
            rubric: evaluator.rubric().clone(),
            evaluator: Arc::new(evaluator),
            delivery_rubric: delivery_rubric()?,
            one_at_a_time: Semaphore::new(1),
        })
    }

    fn recording_assembly(&self) -> RecordingAssembly {
        let program = self.reading_program.clone();
        let args = vec!["run-contained".to_owned()];
        let assembler = FfmpegAssembler::new(program, args, self.assembling.clone(), Limits::default());
        RecordingAssembly {
            commands: Arc::new(self.store.clone()),
            interviews: Arc::new(self.store.clone()),
            blobs: self.blobs.clone(),
            assembler: Arc::new(assembler),
            patience: PARTS_ON_THEIR_WAY,
            clock: Arc::clone(&self.clock),
        }
    }

    fn account_closing(&self) -> AccountClosing {
        AccountClosing {
            log: Arc::new(self.store.clone()),
            keys: Arc::clone(&self.keys),
            blobs: self.blobs.clone(),
            credentials: self.credentials.clone(),
            records: Arc::new(self.store.clone()),
            mailer: self.mailer.clone(),
        }
    }

    fn email_delivery(&self) -> EmailDelivery {
        EmailDelivery {
            accounts: Arc::new(self.store.clone()),
            mails: Arc::new(self.store.clone()),
            credentials: self.credentials.clone(),
            mailer: self.mailer.clone(),
            public_url: self.public_url.clone(),
            clock: Arc::clone(&self.clock),
        }
    }
}
