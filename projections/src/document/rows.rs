//! Rows of a read model in their table: sealed, loaded, written.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use interaura_domain::envelope::RecordedEvent;
use interaura_domain::ids::CandidateId;
use interaura_domain::ports::key_ring::{CandidateKey, KeyRing};
use interaura_domain::ports::signals::View;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::PgConnection;
use uuid::Uuid;

use super::packing::{Packer, unpack};
use super::{DocumentView, ProjectionError};

/// Midnight of 1 January 2000 UTC, from which Postgres counts.
const POSTGRES_EPOCH_MICROS: i64 = 946_684_800_000_000;

/// A row with what stands beside its document.
pub(crate) struct Row<R> {
    candidate_id: CandidateId,
    created_at: DateTime<Utc>,
    pub(crate) content: R,
}

impl<R> Row<R> {
    /// Whose it is.
    pub(crate) fn owner(&self) -> Uuid {
        self.candidate_id.0
    }
}

impl<R: Default> Row<R> {
    /// A new row, made by its first event.
    pub(crate) fn of(recorded: &RecordedEvent) -> Self {
        Self {
            candidate_id: recorded.metadata.candidate_id,
            created_at: recorded.recorded_at,
            content: R::default(),
        }
    }
}

/// The rows of some keys, where they exist.
pub(crate) async fn load<V: DocumentView>(
    connection: &mut PgConnection,
    keys: &dyn KeyRing,
    generation: i32,
    wanted: &BTreeSet<Uuid>,
) -> Result<HashMap<Uuid, Row<V::Row>>, ProjectionError> {
    let found: Vec<(Uuid, Uuid, DateTime<Utc>, Vec<u8>)> = sqlx::query_as(&format!(
        "SELECT key, candidate_id, created_at, doc FROM {} WHERE generation = $1 AND key = ANY ($2)",
        V::VIEW.name()
    ))
    .bind(generation)
    .bind(wanted.iter().copied().collect::<Vec<_>>())
    .fetch_all(connection)
    .await?;
    let owners: Vec<CandidateId> = found.iter().map(|(_, owner, ..)| CandidateId(*owner)).collect();
    keys.fetch_ahead(&owners).await?;
    let mut rows = HashMap::with_capacity(found.len());
    for (key, candidate_id, created_at, sealed) in found {
        let candidate_id = CandidateId(candidate_id);
        let Some(candidate_key) = keys.key(candidate_id).await? else { continue };
        let content = open(&*candidate_key, V::VIEW, key, &sealed)?;
        rows.insert(key, Row { candidate_id, created_at, content });
    }
    Ok(rows)
}

/// A row as the table keeps it.
struct SealedRow {
    key: Uuid,
    candidate_id: Uuid,
    created_at: DateTime<Utc>,
    doc: Vec<u8>,
}

/// Seals rows, in the order of the table's index.
async fn sealed<V: DocumentView>(
    keys: &dyn KeyRing,
    rows: impl Iterator<Item = (&Uuid, &Row<V::Row>)>,
) -> Result<Vec<SealedRow>, ProjectionError> {
    let rows: BTreeMap<&Uuid, &Row<V::Row>> = rows.collect();
    let owners: Vec<CandidateId> = rows.values().map(|row| row.candidate_id).collect();
    keys.fetch_ahead(&owners).await?;
    let mut sealed = Vec::with_capacity(rows.len());
    let mut packer = Packer::new();
    for (key, row) in rows {
        // Nothing is kept of a candidate whose key was destroyed.
        let Some(candidate_key) = keys.key(row.candidate_id).await? else { continue };
        sealed.push(SealedRow {
            key: *key,
            candidate_id: row.candidate_id.0,
            created_at: row.created_at,
            doc: seal(&*candidate_key, V::VIEW, *key, &row.content, &mut packer)?,
        });
    }
    Ok(sealed)
}

/// Writes rows, in a new place or over the old ones.
pub(crate) async fn store<V: DocumentView>(
    connection: &mut PgConnection,
    keys: &dyn KeyRing,
    generation: i32,
    rows: impl Iterator<Item = (&Uuid, &Row<V::Row>)>,
) -> Result<(), ProjectionError> {
    let (mut ids, mut candidates, mut created, mut docs) = (vec![], vec![], vec![], vec![]);
    for row in sealed::<V>(keys, rows).await? {
        ids.push(row.key);
        candidates.push(row.candidate_id);
        created.push(row.created_at);
        docs.push(row.doc);
    }
    if ids.is_empty() {
        return Ok(());
    }
    sqlx::query(&format!(
        "INSERT INTO {} (generation, key, candidate_id, created_at, doc) \
         SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::bytea[]) \
         ON CONFLICT (generation, key) DO UPDATE SET doc = excluded.doc",
        V::VIEW.name()
    ))
    .bind(generation)
    .bind(ids)
    .bind(candidates)
    .bind(created)
    .bind(docs)
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes rows of which the table has none yet: cheaper by far than [`store`].
pub(crate) async fn copy_in<V: DocumentView>(
    connection: &mut PgConnection,
    keys: &dyn KeyRing,
    generation: i32,
    rows: impl Iterator<Item = (&Uuid, &Row<V::Row>)>,
) -> Result<(), ProjectionError> {
    let rows = sealed::<V>(keys, rows).await?;
    if rows.is_empty() {
        return Ok(());
    }
    let table = V::VIEW.name();
    let statement =
        format!("COPY {table} (generation, key, candidate_id, created_at, doc) FROM STDIN (FORMAT binary)");
    let mut copy = connection.copy_in_raw(&statement).await?;
    copy.send(binary(generation, &rows)).await?;
    copy.finish().await?;
    Ok(())
}

/// Rows in the binary format of COPY: a signature, five fields a row, each behind its length, and an end mark.
fn binary(generation: i32, rows: &[SealedRow]) -> Vec<u8> {
    let mut bytes = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0".to_vec();
    for row in rows {
        let created_at = row.created_at.timestamp_micros() - POSTGRES_EPOCH_MICROS;
        bytes.extend(5_i16.to_be_bytes());
        for field in [
            generation.to_be_bytes().as_slice(),
            row.key.as_bytes(),
            row.candidate_id.as_bytes(),
            created_at.to_be_bytes().as_slice(),
            &row.doc,
        ] {
            // A document is far smaller than the 1 GiB that a field may have.
            bytes.extend(i32::try_from(field.len()).unwrap_or(i32::MAX).to_be_bytes());
            bytes.extend(field);
        }
    }
    bytes.extend((-1_i16).to_be_bytes());
    bytes
}

fn seal<R: Serialize>(
    key: &dyn CandidateKey,
    view: View,
    row: Uuid,
    content: &R,
    packer: &mut Packer,
) -> Result<Vec<u8>, ProjectionError> {
    Ok(key.seal(&place(view, row), &packer.pack(content)?)?)
}

/// Opens a stored document.
pub(crate) fn open<R: DeserializeOwned>(
    key: &dyn CandidateKey,
    view: View,
    row: Uuid,
    sealed: &[u8],
) -> Result<R, ProjectionError> {
    Ok(unpack(&key.open(&place(view, row), sealed)?)?)
}

fn place(view: View, row: Uuid) -> String {
    format!("{}/{row}", view.name())
}
