//! A backlog of 100,000 events onto the stream, beside a raw pipelined publish of the same bytes.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use async_nats::HeaderMap;
use async_nats::jetstream::consumer::{DeliverPolicy, pull};
use async_nats::jetstream::stream::{Config, StorageType};
use bytes::Bytes;
use futures::StreamExt as _;
use interaura_adapters::jetstream::STREAM;
use interaura_domain::ports::event_log::EventLog as _;
use interaura_tests::database::Database;
use interaura_tests::nats::Nats;
use tokio_util::sync::CancellationToken;

use crate::figure::{Bound, Figure, Report, median};

const ROUNDS: usize = 3;
/// Publishes whose acknowledgements are outstanding, in the baseline.
const PIPELINE: usize = 1_000;

struct Message {
    subject: String,
    headers: HeaderMap,
    payload: Bytes,
}

/// Events per second of our relay, from its start until the stream holds the whole log.
async fn ours(database: &Database, nats: &Nats) -> f64 {
    let store = database.store();
    let head = store.head().await.unwrap().0;
    let stream = nats.stream(&store).await;
    stream.ensure().await.unwrap();
    let context = async_nats::jetstream::new(nats.connect().await);
    let stop = CancellationToken::new();
    let started = Instant::now();
    let relay = tokio::spawn({
        let stop = stop.clone();
        async move { stream.relay(stop).await }
    });
    loop {
        let stream = context.get_stream(STREAM).await.unwrap();
        if stream.cached_info().state.last_sequence >= head {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let seconds = started.elapsed().as_secs_f64();
    stop.cancel();
    relay.await.unwrap().unwrap();
    f64::from(u32::try_from(head).unwrap()) / seconds
}

async fn messages(nats: &Nats, count: u64) -> Vec<Message> {
    let context = async_nats::jetstream::new(nats.connect().await);
    let stream = context.get_stream(STREAM).await.unwrap();
    let config = pull::OrderedConfig { deliver_policy: DeliverPolicy::All, ..pull::OrderedConfig::default() };
    let consumer = stream.create_consumer(config).await.unwrap();
    let read = consumer.messages().await.unwrap().take(usize::try_from(count).unwrap());
    read.map(|message| {
        let message = message.unwrap().message;
        let headers = message.headers.unwrap();
        Message { subject: message.subject.to_string(), headers, payload: message.payload }
    })
    .collect()
    .await
}

/// Events per second of a bare publisher into a stream of the same kind.
async fn raw(nats: &Nats, messages: &[Message]) -> f64 {
    let context = async_nats::jetstream::new(nats.connect().await);
    let config = Config {
        name: STREAM.to_owned(),
        subjects: vec!["interaura.events.>".to_owned()],
        storage: StorageType::File,
        ..Config::default()
    };
    context.create_stream(config).await.unwrap();
    let started = Instant::now();
    let mut outstanding = VecDeque::with_capacity(PIPELINE);
    for message in messages {
        if outstanding.len() == PIPELINE {
            let oldest: async_nats::jetstream::context::PublishAckFuture = outstanding.pop_front().unwrap();
            oldest.await.unwrap();
        }
        let (subject, headers) = (message.subject.clone(), message.headers.clone());
        let sent = context.publish_with_headers(subject, headers, message.payload.clone()).await.unwrap();
        outstanding.push_back(sent);
    }
    for acknowledgement in outstanding {
        acknowledgement.await.unwrap();
    }
    f64::from(u32::try_from(messages.len()).unwrap()) / started.elapsed().as_secs_f64()
}

/// Both in turn, each into a server of its own.
pub(crate) async fn measure(report: &mut Report, database: &Database) {
    let head = database.store().head().await.unwrap().0;
    let (mut our_rates, mut raw_rates) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let nats = Nats::start().await;
        our_rates.push(ours(database, &nats).await);
        let messages = messages(&nats, head).await;
        drop(nats);
        raw_rates.push(raw(&Nats::start().await, &messages).await);
    }
    report.add(&Figure {
        name: "relay".to_owned(),
        value: median(our_rates),
        unit: "events/s",
        baseline: Some(median(raw_rates)),
        bound: Bound::AtLeast,
        must: 0.5,
        goal: 0.8,
    });
}
