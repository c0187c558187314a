//! A read model as documents: one row of JSON per key, sealed with its candidate's key.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use interaura_domain::envelope::{PARTITIONS, RecordedEvent};
use interaura_domain::event::{AnyEvent, DecodeError};
use interaura_domain::ids::CandidateId;
use interaura_domain::ports::key_ring::{KeyRing, KeyRingError};
use interaura_domain::ports::signals::View;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

mod packing;
mod rows;

pub(crate) use self::rows::{Row, copy_in, load, open, store};

/// A read model: which row an event concerns, and what it changes there.
///
/// `apply` may see any event of its candidate and must give the same row for the same events.
pub trait DocumentView: Send + Sync + 'static {
    /// Its name; the table has the same.
    const VIEW: View;
    /// What a row holds.
    type Row: Serialize + DeserializeOwned + Default + Send + Sync + Clone;

    /// The row that an event concerns, if any.
    fn key(event: &AnyEvent, recorded: &RecordedEvent) -> Option<Uuid>;

    /// Changes the row.
    ///
    /// # Errors
    /// The event contradicts the row, which is left as it was.
    fn apply(row: &mut Self::Row, event: &AnyEvent, recorded: &RecordedEvent) -> Result<(), Contradiction>;
}

/// An event that contradicts the row it concerns.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Contradiction(pub &'static str);

/// Why a batch was not projected.
#[derive(Debug, thiserror::Error)]
pub enum ProjectionError {
    /// The database is away or refuses.
    #[error("the read model cannot be written")]
    Database(#[from] sqlx::Error),
    /// A row or event cannot be opened.
    #[error("a row cannot be opened")]
    Key(#[from] KeyRingError),
    /// A row is not what this version wrote.
    #[error("a row cannot be understood")]
    Row(#[from] serde_json::Error),
    /// An event is not what any version wrote.
    #[error("an event cannot be understood")]
    Decode(#[from] DecodeError),
    /// An event contradicts its row.
    #[error("an event contradicts its row")]
    Contradiction(#[from] Contradiction),
}

impl ProjectionError {
    /// What is wrong, for whoever looks after parked events; what an event holds is not repeated.
    pub fn words(&self) -> String {
        match self {
            Self::Decode(error) => error.to_string(),
            Self::Contradiction(error) => error.to_string(),
            Self::Database(_) | Self::Key(_) | Self::Row(_) => self.to_string(),
        }
    }

    /// Whether the events are at fault, rather than the database.
    pub fn is_about_the_events(&self) -> bool {
        match self {
            Self::Row(_) | Self::Decode(_) | Self::Contradiction(_) | Self::Key(KeyRingError::Broken) => true,
            Self::Database(sqlx::Error::Database(error)) => {
                error.code().is_some_and(|code| code.starts_with("22") || code.starts_with("23"))
            }
            Self::Database(_) | Self::Key(_) => false,
        }
    }
}

/// What a batch changed.
#[derive(Debug, Default)]
pub struct Projected {
    /// The rows that changed.
    pub rows: BTreeSet<Uuid>,
}

/// Whether events go to the live generation, whatever its number is, or to one that is being filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    /// The one that is read.
    Live,
    /// The one with this number.
    Number(i32),
}

/// Makes the checkpoints of a generation, at position 0.
///
/// # Errors
/// The database refuses.
pub async fn open_generation(connection: &mut PgConnection, view: View, generation: i32) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO checkpoints (view, generation, partition, position) \
         SELECT $1, $2, partition, 0 FROM generate_series(0, $3 - 1) partition ON CONFLICT DO NOTHING",
    )
    .bind(view.name())
    .bind(generation)
    .bind(i32::from(PARTITIONS))
    .execute(connection)
    .await?;
    Ok(())
}

/// Applies a batch, in order, in one transaction with its checkpoints.
///
/// # Errors
/// The database is away, or an event cannot be applied; nothing was changed then.
pub async fn project<V: DocumentView>(
    pool: &PgPool,
    keys: &dyn KeyRing,
    generation: Generation,
    events: &[RecordedEvent],
) -> Result<Projected, ProjectionError> {
    let mut transaction = pool.begin().await?;
    let generation = match generation {
        Generation::Number(number) => number,
        Generation::Live => {
            sqlx::query_scalar("SELECT live FROM projection_generations WHERE view = $1 FOR SHARE")
                .bind(V::VIEW.name())
                .fetch_one(&mut *transaction)
                .await?
        }
    };
    let projected = project_in::<V>(&mut transaction, keys, generation, events).await?;
    transaction.commit().await?;
    Ok(projected)
}

/// Applies a batch inside a transaction of the caller's.
///
/// # Errors
/// As [`project`]; the caller must roll back.
pub async fn project_in<V: DocumentView>(
    connection: &mut PgConnection,
    keys: &dyn KeyRing,
    generation: i32,
    events: &[RecordedEvent],
) -> Result<Projected, ProjectionError> {
    let partitions: BTreeSet<i16> = events.iter().map(|event| event.partition().0.cast_signed()).collect();
    let partitions: Vec<i16> = partitions.into_iter().collect();
    let reached: HashMap<i16, i64> = sqlx::query_as(
        "SELECT partition, position FROM checkpoints WHERE view = $1 AND generation = $2 AND partition = ANY ($3) \
         ORDER BY partition FOR UPDATE",
    )
    .bind(V::VIEW.name())
    .bind(generation)
    .bind(&partitions)
    .fetch_all(&mut *connection)
    .await?
    .into_iter()
    .collect();
    let new = |event: &&RecordedEvent| {
        let checkpoint = reached.get(&event.partition().0.cast_signed()).copied().unwrap_or(0);
        event.position.0 > checkpoint.cast_unsigned()
    };
    let fresh: Vec<&RecordedEvent> = events.iter().filter(new).collect();
    let mut erased = erased(keys, fresh.iter().copied()).await?;
    erased.extend(
        fresh.iter().filter(|event| closes_account(event)).map(|event| event.metadata.candidate_id.0),
    );
    let kept: Vec<&RecordedEvent> =
        fresh.iter().copied().filter(|event| !erased.contains(&event.metadata.candidate_id.0)).collect();
    let parked = parked_candidates(connection, V::VIEW, generation, &kept).await?;
    let (waiting, free): (Vec<_>, Vec<_>) =
        kept.iter().copied().partition(|event| parked.contains(&event.metadata.candidate_id.0));
    queue_behind(connection, V::VIEW, generation, &waiting).await?;
    let mut projected = apply_all::<V>(connection, keys, generation, &free).await?;
    projected.rows.extend(drop_rows(connection, V::VIEW, generation, &erased).await?);
    advance(connection, V::VIEW, generation, &fresh).await?;
    Ok(projected)
}

/// Whether nothing is kept of a candidate from this event on.
pub(crate) fn closes_account(event: &RecordedEvent) -> bool {
    event.event_type == "account_closed"
}

/// Those of the candidates of some events whose key was destroyed.
pub(crate) async fn erased(
    keys: &dyn KeyRing,
    events: impl Iterator<Item = &RecordedEvent>,
) -> Result<HashSet<Uuid>, KeyRingError> {
    let candidates: BTreeSet<CandidateId> = events.map(|event| event.metadata.candidate_id).collect();
    let candidates: Vec<CandidateId> = candidates.into_iter().collect();
    keys.fetch_ahead(&candidates).await?;
    let mut erased = HashSet::new();
    for candidate_id in candidates {
        if keys.key(candidate_id).await?.is_none() {
            erased.insert(candidate_id.0);
        }
    }
    Ok(erased)
}

/// Deletes what a generation keeps of some candidates; gives the keys of the rows that were there.
pub(crate) async fn drop_rows(
    connection: &mut PgConnection,
    view: View,
    generation: i32,
    candidates: &HashSet<Uuid>,
) -> sqlx::Result<Vec<Uuid>> {
    if candidates.is_empty() {
        return Ok(Vec::new());
    }
    let candidates: Vec<Uuid> = candidates.iter().copied().collect();
    sqlx::query("DELETE FROM dead_letters WHERE view = $1 AND generation = $2 AND candidate_id = ANY ($3)")
        .bind(view.name())
        .bind(generation)
        .bind(&candidates)
        .execute(&mut *connection)
        .await?;
    let view = view.name();
    sqlx::query_scalar(&format!(
        "DELETE FROM {view} WHERE generation = $1 AND candidate_id = ANY ($2) RETURNING key"
    ))
    .bind(generation)
    .bind(&candidates)
    .fetch_all(connection)
    .await
}

/// Applies events to their rows and writes these; checkpoints are the caller's business.
pub(crate) async fn apply_all<V: DocumentView>(
    connection: &mut PgConnection,
    keys: &dyn KeyRing,
    generation: i32,
    events: &[&RecordedEvent],
) -> Result<Projected, ProjectionError> {
    let mut concerned = Vec::new();
    for recorded in events {
        let event = AnyEvent::decode(recorded)?;
        if let Some(key) = V::key(&event, recorded) {
            concerned.push((key, event, *recorded));
        }
    }
    let wanted: BTreeSet<Uuid> = concerned.iter().map(|(key, ..)| *key).collect();
    let mut rows = load::<V>(connection, keys, generation, &wanted).await?;
    for (key, event, recorded) in &concerned {
        let row = rows.entry(*key).or_insert_with(|| Row::of(recorded));
        V::apply(&mut row.content, event, recorded)?;
    }
    store::<V>(connection, keys, generation, rows.iter()).await?;
    Ok(Projected { rows: wanted })
}

async fn parked_candidates(
    connection: &mut PgConnection,
    view: View,
    generation: i32,
    events: &[&RecordedEvent],
) -> sqlx::Result<HashSet<Uuid>> {
    let candidates: HashSet<Uuid> = events.iter().map(|event| event.metadata.candidate_id.0).collect();
    let parked: Vec<Uuid> = sqlx::query_scalar(
        "SELECT DISTINCT candidate_id FROM dead_letters \
         WHERE view = $1 AND generation = $2 AND candidate_id = ANY ($3)",
    )
    .bind(view.name())
    .bind(generation)
    .bind(candidates.into_iter().collect::<Vec<_>>())
    .fetch_all(connection)
    .await?;
    Ok(parked.into_iter().collect())
}

async fn queue_behind(
    connection: &mut PgConnection,
    view: View,
    generation: i32,
    events: &[&RecordedEvent],
) -> sqlx::Result<()> {
    for event in events {
        sqlx::query(
            "INSERT INTO dead_letters (view, generation, position, candidate_id, event_type) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        )
        .bind(view.name())
        .bind(generation)
        .bind(event.position.0.cast_signed())
        .bind(event.metadata.candidate_id.0)
        .bind(&event.event_type)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Moves the checkpoints of the partitions forward, never back.
pub(crate) async fn advance(
    connection: &mut PgConnection,
    view: View,
    generation: i32,
    events: &[&RecordedEvent],
) -> sqlx::Result<()> {
    let mut reached: BTreeMap<i16, i64> = BTreeMap::new();
    for event in events {
        reached.insert(event.partition().0.cast_signed(), event.position.0.cast_signed());
    }
    if reached.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "UPDATE checkpoints c SET position = n.position FROM unnest($3::smallint[], $4::bigint[]) n (partition, position) \
         WHERE c.view = $1 AND c.generation = $2 AND c.partition = n.partition AND c.position < n.position",
    )
    .bind(view.name())
    .bind(generation)
    .bind(reached.keys().copied().collect::<Vec<_>>())
    .bind(reached.values().copied().collect::<Vec<_>>())
    .execute(connection)
    .await?;
    Ok(())
}
