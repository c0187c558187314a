//! A log, its relay, and read models that follow them.

use std::sync::Arc;

use interaura_adapters::event_store::EventStore;
use interaura_adapters::jetstream::EventJetStream;
use interaura_adapters::jetstream::signals::{NatsSignals, relay_wake};
use interaura_domain::envelope::Partition;
use interaura_domain::ports::event_log::EventLog as _;
use interaura_projections::document::DocumentView;
use interaura_projections::read_models::ReadModels;
use interaura_projections::runner::Runner;
use tokio_util::sync::CancellationToken;

use crate::database::Database;
use crate::eventually;
use crate::nats::Nats;

/// A log, its relay, and read models that follow them.
pub struct Follower {
    /// Where all of it is.
    pub database: Database,
    /// The stream's server.
    pub nats: Nats,
    /// The log.
    pub store: EventStore,
    /// The stream.
    pub stream: EventJetStream,
    /// The rows.
    pub rows: ReadModels,
    runner: Runner,
}

impl Follower {
    /// Starts a relay on a database.
    pub async fn start(database: Database) -> Self {
        let nats = Nats::start().await;
        let store = database.store_that_wakes(relay_wake(nats.connect().await));
        let stream = nats.stream(&store).await;
        stream.ensure().await.unwrap();
        let relay = stream.clone();
        tokio::spawn(async move { relay.relay(CancellationToken::new()).await.unwrap() });
        let runner = Runner {
            pool: database.pool.clone(),
            keys: database.keys(),
            stream: Arc::new(stream.clone()),
            signals: Arc::new(NatsSignals::start(nats.connect().await)),
        };
        let rows = ReadModels::new(database.pool.clone(), database.keys());
        Self { database, nats, store, stream, rows, runner }
    }

    /// Starts a projector.
    pub fn follow<V: DocumentView>(&self) {
        tokio::spawn(self.runner.clone().run::<V>());
    }

    /// Waits until a view has seen the whole log.
    pub async fn caught_up<V: DocumentView>(&self) {
        let last = self.store.head().await.unwrap();
        let event = self.store.read_after(interaura_domain::envelope::Position(last.0 - 1), 1).await.unwrap();
        let partition = Partition::of(event[0].metadata.candidate_id);
        eventually("the view has seen the whole log", async || {
            let reached: Option<i64> = sqlx::query_scalar(
                "SELECT position FROM checkpoints WHERE view = $1 AND partition = $2 \
                 AND generation = (SELECT live FROM projection_generations WHERE view = $1)",
            )
            .bind(V::VIEW.name())
            .bind(partition.0.cast_signed())
            .fetch_optional(&self.database.pool)
            .await
            .unwrap();
            (reached? >= last.0.cast_signed()).then_some(())
        })
        .await;
    }
}
