//! Observations in batches of 50, one commit each, beside raw inserts of the same rows.
//!
//! The stream is one of the benchmark's own: what is measured is the way of a batch into the log.

use std::convert::Infallible;
use std::time::Instant;

use cqrs_es::event_sink::EventSink;
use cqrs_es::{Aggregate, DomainEvent};
use futures::future::join_all;
use interaura_adapters::event_store::EventStore;
use interaura_domain::ids::CandidateId;
use interaura_domain::ports::commands::Commands;
use interaura_tests::database::Database;
use interaura_tests::story::{fresh, request};
use serde::{Deserialize, Serialize};
use sqlx::{PgPool, Row as _};
use uuid::Uuid;

use crate::figure::{Bound, Figure, Report, median};

const ROUNDS: usize = 3;
const BATCH: u32 = 50;
/// Interviews at once.
const STREAMS: usize = 8;
const BATCHES_PER_STREAM: usize = 60;

/// What a camera frame says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Frame {
    captured_ms: u64,
    faces: u8,
    face_box: [f64; 4],
    yaw: f64,
    pitch: f64,
    roll: f64,
    toward_camera: bool,
    light: f64,
    confidence: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Observed {
    FrameObserved(Frame),
}

impl DomainEvent for Observed {
    fn event_type(&self) -> String {
        "frame_observed".to_owned()
    }

    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Observations;

impl Aggregate for Observations {
    const TYPE: &'static str = "observations";
    type Command = Vec<Frame>;
    type Event = Observed;
    type Error = Infallible;
    type Services = ();

    async fn handle(
        &mut self,
        frames: Vec<Frame>,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), Infallible> {
        for frame in frames {
            sink.write(Observed::FrameObserved(frame), self).await;
        }
        Ok(())
    }

    fn apply(&mut self, _: Observed) {}
}

fn frames(first: u32) -> Vec<Frame> {
    (first..first + BATCH)
        .map(|number| {
            let swing = f64::from(number % 97) / 97.0;
            Frame {
                captured_ms: u64::from(number) * 500,
                faces: 1,
                face_box: [212.5 + swing, 118.25 - swing, 190.0, 236.5],
                yaw: swing * 12.0 - 6.0,
                pitch: 3.0 - swing,
                roll: swing - 0.5,
                toward_camera: number % 5 != 0,
                light: 0.61 + swing / 10.0,
                confidence: 0.93,
            }
        })
        .collect()
}

async fn ours(store: &EventStore) -> f64 {
    let started = Instant::now();
    let streams = (0..STREAMS).map(|_| {
        let store = store.clone();
        tokio::spawn(async move {
            let (owner, stream) = (CandidateId(fresh()), fresh());
            for batch in 0..BATCHES_PER_STREAM {
                let first = u32::try_from(batch).unwrap() * BATCH;
                let request = request(owner, stream, fresh(), frames(first));
                Commands::<Observations>::execute(&store, request).await.unwrap();
            }
        })
    });
    join_all(streams).await.into_iter().for_each(|stream| stream.unwrap());
    per_second(started)
}

fn per_second(started: Instant) -> f64 {
    let events = f64::from(BATCH) * f64::from(u32::try_from(STREAMS * BATCHES_PER_STREAM).unwrap());
    events / started.elapsed().as_secs_f64()
}

/// The columns of a batch as they were stored.
#[derive(Clone, Default)]
struct Rows {
    positions: Vec<i64>,
    ids: Vec<Uuid>,
    streams: Vec<String>,
    sequences: Vec<i64>,
    payloads: Vec<String>,
    metadata: Vec<String>,
    owners: Vec<Uuid>,
    partitions: Vec<i16>,
}

/// What the last round of ours stored, stream by stream, in batches.
async fn stored(pool: &PgPool, after: i64) -> Vec<Vec<Rows>> {
    let rows = sqlx::query(
        "SELECT position, event_id, aggregate_id, sequence, payload::text, metadata::text, candidate_id, partition \
         FROM events WHERE position > $1 ORDER BY aggregate_id, sequence",
    )
    .bind(after)
    .fetch_all(pool)
    .await
    .unwrap();
    let batches: Vec<Rows> = rows
        .chunks(BATCH as usize)
        .map(|chunk| {
            let mut batch = Rows::default();
            for row in chunk {
                batch.positions.push(row.get(0));
                batch.ids.push(row.get(1));
                batch.streams.push(row.get(2));
                batch.sequences.push(row.get(3));
                batch.payloads.push(row.get(4));
                batch.metadata.push(row.get(5));
                batch.owners.push(row.get(6));
                batch.partitions.push(row.get(7));
            }
            batch
        })
        .collect();
    batches.chunks(BATCHES_PER_STREAM).map(<[Rows]>::to_vec).collect()
}

async fn raw(pool: &PgPool, streams: Vec<Vec<Rows>>) -> f64 {
    let started = Instant::now();
    let streams = streams.into_iter().map(|batches| {
        let pool = pool.clone();
        tokio::spawn(async move {
            for rows in batches {
                sqlx::query(
                    "INSERT INTO raw_events SELECT position, event_id, 'observations', stream, sequence, \
                     'frame_observed', '1', payload::json, metadata::json, owner, partition, now() \
                     FROM unnest($1::bigint[], $2::uuid[], $3::text[], $4::bigint[], $5::text[], $6::text[], \
                     $7::uuid[], $8::smallint[]) \
                     AS r (position, event_id, stream, sequence, payload, metadata, owner, partition)",
                )
                .bind(&rows.positions)
                .bind(&rows.ids)
                .bind(&rows.streams)
                .bind(&rows.sequences)
                .bind(&rows.payloads)
                .bind(&rows.metadata)
                .bind(&rows.owners)
                .bind(&rows.partitions)
                .execute(&pool)
                .await
                .unwrap();
            }
        })
    });
    join_all(streams).await.into_iter().for_each(|stream| stream.unwrap());
    per_second(started)
}

/// Both in turn; the raw table has the columns and indexes of the log.
pub(crate) async fn measure(report: &mut Report) {
    let database = Database::create().await;
    let store = database.store();
    sqlx::query("CREATE TABLE raw_events (LIKE events INCLUDING ALL)").execute(&database.pool).await.unwrap();
    ours(&store).await;
    let (mut our_rates, mut raw_rates) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let head: i64 =
            sqlx::query_scalar("SELECT position FROM event_head").fetch_one(&database.pool).await.unwrap();
        our_rates.push(ours(&store).await);
        let streams = stored(&database.pool, head).await;
        raw_rates.push(raw(&database.pool, streams).await);
    }
    report.add(&Figure {
        name: "observations/50".to_owned(),
        value: median(our_rates),
        unit: "events/s",
        baseline: Some(median(raw_rates)),
        bound: Bound::AtLeast,
        must: 0.5,
        goal: 0.8,
    });
}
