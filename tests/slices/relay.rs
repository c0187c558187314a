//! The log on the stream: each event once, in order, whatever happens to relays and stream.

use futures::future::join_all;
use interaura_adapters::event_store::{EventStore, LogFilter};
use interaura_adapters::jetstream::signals::relay_wake;
use interaura_adapters::jetstream::{EventJetStream, STREAM, StreamError};
use interaura_domain::ids::CandidateId;
use interaura_domain::ports::event_log::EventLog as _;
use interaura_projections::dashboard::Dashboard;
use interaura_tests::database::Database;
use interaura_tests::eventually;
use interaura_tests::follower::Follower;
use interaura_tests::nats::Nats;
use interaura_tests::story::{answer, candidate, started_interview};
use tokio::task::AbortHandle;
use tokio_util::sync::CancellationToken;

/// A relay that runs until it is aborted.
fn relay(stream: &EventJetStream) -> AbortHandle {
    let stream = stream.clone();
    tokio::spawn(async move { stream.relay(CancellationToken::new()).await.unwrap() }).abort_handle()
}

/// Waits until the stream holds what the log holds.
async fn caught_up(nats: &Nats, store: &EventStore) {
    let context = async_nats::jetstream::new(nats.connect().await);
    eventually("the stream has the whole log", async || {
        let stream = context.get_stream(STREAM).await.ok()?;
        let state = &stream.cached_info().state;
        (state.last_sequence == store.head().await.unwrap().0 && state.messages == state.last_sequence)
            .then_some(())
    })
    .await;
}

/// The message ids of the stream, in order of their sequences, which must equal the positions.
async fn streamed(nats: &Nats) -> Vec<String> {
    let context = async_nats::jetstream::new(nats.connect().await);
    let stream = context.get_stream(STREAM).await.unwrap();
    let mut ids = Vec::new();
    for sequence in 1..=stream.cached_info().state.last_sequence {
        let message = stream.get_raw_message(sequence).await.unwrap();
        let header = |name: &str| message.headers.get(name).unwrap().to_string();
        assert_eq!(header("Interaura-Position"), sequence.to_string());
        ids.push(header("Nats-Msg-Id"));
    }
    ids
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_as_the_page_of_the_stream_describes_it() {
    let (database, nats) = (Database::create().await, Nats::start().await);
    let store = database.store();
    candidate(&store, "Ada").await;
    relay(&nats.stream(&store).await);
    caught_up(&nats, &store).await;
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/asyncapi.json");
    let page: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(page).unwrap()).unwrap();
    let headers = &page["components"]["schemas"]["headers"];
    let context = async_nats::jetstream::new(nats.connect().await);
    let stream = context.get_stream(STREAM).await.unwrap();
    for sequence in 1..=store.head().await.unwrap().0 {
        let message = stream.get_raw_message(sequence).await.unwrap();
        let event_type = message.subject.split('.').nth(3).unwrap();
        assert!(page["components"]["messages"][format!("{event_type}.v1")].is_object(), "{event_type}");
        for (name, _) in message.headers.iter() {
            assert!(headers["properties"][name.to_string()].is_object(), "{name} is not described");
        }
        for name in headers["required"].as_array().unwrap() {
            assert!(message.headers.get(name.as_str().unwrap()).is_some(), "{name} is missing");
        }
    }
}

async fn logged(store: &EventStore) -> Vec<String> {
    let stored = store.stored(&LogFilter::default(), 100_000).await.unwrap();
    stored.iter().map(|event| event.event_id.to_string()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_relays_that_race_while_others_write_neither_repeat_nor_skip() {
    let (database, nats) = (Database::create().await, Nats::start().await);
    let store = database.store_that_wakes(relay_wake(nats.connect().await));
    join_all((0..100).map(|_| candidate(&store, "Ada"))).await;
    for _ in 0..2 {
        let stream = nats.stream(&store).await;
        tokio::spawn(async move { stream.relay_out_of_turn(CancellationToken::new()).await.unwrap() });
    }
    let writers = (0..4).map(|_| {
        let store = store.clone();
        tokio::spawn(async move {
            for _ in 0..25 {
                candidate(&store, "Grace").await;
            }
        })
    });
    join_all(writers).await.into_iter().for_each(|written| written.unwrap());
    caught_up(&nats, &store).await;
    let log = logged(&store).await;
    assert_eq!(log.len(), 800);
    assert_eq!(streamed(&nats).await, log);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_that_is_killed_again_and_again_loses_nothing() {
    let (database, nats) = (Database::create().await, Nats::start().await);
    let store = database.store();
    for _ in 0..10 {
        join_all((0..20).map(|_| candidate(&store, "Ada"))).await;
        let relay = relay(&nats.stream(&store).await);
        let context = async_nats::jetstream::new(nats.connect().await);
        eventually("the relay has begun", async || context.get_stream(STREAM).await.ok()).await;
        relay.abort();
    }
    relay(&nats.stream(&store).await);
    caught_up(&nats, &store).await;
    assert_eq!(streamed(&nats).await, logged(&store).await);
}

/// Waits until somebody's dashboard counts so many answers.
async fn counts(follower: &Follower, owner: CandidateId, answers: u32) -> u32 {
    eventually("the dashboard counts the answers", async || {
        let row = follower.rows.row::<Dashboard>(owner, owner.0).await.unwrap()?;
        (row.answers_given >= answers).then_some(row.answers_given)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_is_deleted_is_filled_again_and_nothing_counts_twice() {
    let followed = Follower::start(Database::create().await).await;
    followed.follow::<Dashboard>();
    let store = &followed.store;
    let owner = candidate(store, "Ada").await;
    let (interview, questions) = started_interview(store, owner, 3).await;
    answer(store, owner, interview, questions[0]).await;
    assert_eq!(counts(&followed, owner, 1).await, 1);
    followed.stream.delete().await.unwrap();
    caught_up(&followed.nats, store).await;
    assert_eq!(streamed(&followed.nats).await, logged(store).await);
    answer(store, owner, interview, questions[1]).await;
    assert_eq!(counts(&followed, owner, 2).await, 2);
    let parked: i64 = sqlx::query_scalar("SELECT count(*) FROM dead_letters")
        .fetch_one(&followed.database.pool)
        .await
        .unwrap();
    assert_eq!(parked, 0);
}

async fn disagreement(stream: &EventJetStream) -> (u64, &'static str) {
    let patience = std::time::Duration::from_secs(45);
    let end = tokio::time::timeout(patience, stream.relay(CancellationToken::new())).await.unwrap();
    match end {
        Err(StreamError::Disagree { sequence, reason }) => (sequence, reason),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_ahead_of_the_log_is_named_and_left_alone() {
    let (newer, older, nats) = (Database::create().await, Database::create().await, Nats::start().await);
    let store = newer.store();
    for _ in 0..3 {
        candidate(&store, "Ada").await;
    }
    let relay = relay(&nats.stream(&store).await);
    caught_up(&nats, &store).await;
    relay.abort();
    let restored = older.store();
    candidate(&restored, "Ada").await;
    let found = disagreement(&nats.stream(&restored).await).await;
    assert_eq!(found, (12, "the stream is ahead of the log"));
    assert_eq!(streamed(&nats).await, logged(&store).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_of_another_log_is_named_and_left_alone() {
    let (one, another, nats) = (Database::create().await, Database::create().await, Nats::start().await);
    let store = one.store();
    candidate(&store, "Ada").await;
    let relay = relay(&nats.stream(&store).await);
    caught_up(&nats, &store).await;
    relay.abort();
    let exchanged = another.store();
    for _ in 0..2 {
        candidate(&exchanged, "Grace").await;
    }
    let found = disagreement(&nats.stream(&exchanged).await).await;
    assert_eq!(found, (4, "they hold different events there"));
    assert_eq!(streamed(&nats).await, logged(&store).await);
}
