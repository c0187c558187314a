//! Verifies the ledger: each append's hash covers the one before and the bytes of its events.

use sha2::{Digest as _, Sha256};

use super::log::StoredEvent;
use super::prepared::event_hash;
use super::{EventStore, log};

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerReport {
    /// How many appends hold.
    pub appends: u64,
    /// How many events they cover.
    pub events: u64,
    /// The last hash, hexadecimal: an auditor who wrote it down can tell that nothing before it changed.
    pub head: String,
}

/// The first place where the chain does not hold.
#[derive(Debug, thiserror::Error)]
pub enum LedgerFault {
    /// A changed, missing or added event.
    #[error(
        "the append of positions {first} to {last} does not hold: an event was changed, removed or added"
    )]
    Broken {
        /// The first position of the append.
        first: u64,
        /// The last position of the append.
        last: u64,
    },
    /// The chain does not reach the head row, or goes beyond it.
    #[error("the ledger ends at position {ledger}, the log at {head}")]
    Incomplete {
        /// Where the ledger ends.
        ledger: u64,
        /// Where the log ends.
        head: u64,
    },
    /// It cannot be read.
    #[error("the ledger cannot be read")]
    Unreadable(#[from] sqlx::Error),
}

/// First and last position, hash, and the hash before it.
type ChainedRow = (i64, i64, Vec<u8>, Option<Vec<u8>>);

/// How many appends are read at once.
const PAGE: i64 = 500;

impl EventStore {
    /// Recomputes the whole chain from the stored bytes.
    ///
    /// # Errors
    /// The first place where it does not hold.
    pub async fn verify_ledger(&self) -> Result<LedgerReport, LedgerFault> {
        let mut hash = origin();
        let (mut appends, mut covered) = (0, 0_u64);
        loop {
            let rows: Vec<(i64, i64, Vec<u8>)> = sqlx::query_as(
                "SELECT first_position, last_position, hash FROM ledger WHERE last_position > $1 \
                 ORDER BY last_position LIMIT $2",
            )
            .bind(covered.cast_signed())
            .bind(PAGE)
            .fetch_all(&self.pool)
            .await?;
            if rows.is_empty() {
                break;
            }
            for (first, last, expected) in rows {
                let (first, last) = (first.cast_unsigned(), last.cast_unsigned());
                if first != covered + 1
                    || self.append_hash(&hash, first, last).await? != Some(expected.clone())
                {
                    return Err(LedgerFault::Broken { first, last });
                }
                hash = expected;
                covered = last;
                appends += 1;
            }
        }
        let head = log::head(&self.pool).await?;
        let stray = log::read_after(&self.pool, covered, 1).await?;
        if head != covered || !stray.is_empty() {
            return Err(LedgerFault::Incomplete { ledger: covered, head });
        }
        Ok(LedgerReport { appends, events: covered, head: hex::encode(hash) })
    }

    /// Recomputes the hashes of the appends that hold these positions, each from the recorded hash before it; gives
    /// how many appends these are. That the chain before them holds is for [`Self::verify_ledger`] to say.
    ///
    /// # Errors
    /// The first append that does not hold, or a position that no append holds.
    pub async fn verify_appends(&self, positions: &[u64]) -> Result<u64, LedgerFault> {
        let wanted: Vec<i64> = positions.iter().map(|position| position.cast_signed()).collect();
        let rows: Vec<ChainedRow> = sqlx::query_as(
            "SELECT DISTINCT l.first_position, l.last_position, l.hash, \
             (SELECT p.hash FROM ledger p WHERE p.last_position = l.first_position - 1) \
             FROM unnest($1::bigint[]) AS wanted (position) CROSS JOIN LATERAL \
             (SELECT * FROM ledger WHERE last_position >= wanted.position ORDER BY last_position LIMIT 1) l \
             ORDER BY l.last_position",
        )
        .bind(&wanted)
        .fetch_all(&self.pool)
        .await?;
        let holds = |position: &&i64| rows.iter().any(|(first, last, ..)| (first..=last).contains(position));
        if let Some(stray) = wanted.iter().find(|position| !holds(position)) {
            return Err(LedgerFault::Broken { first: stray.cast_unsigned(), last: stray.cast_unsigned() });
        }
        for (first, last, expected, previous) in &rows {
            let (first, last) = (first.cast_unsigned(), last.cast_unsigned());
            let previous = if first == 1 { Some(origin()) } else { previous.clone() };
            let Some(previous) = previous else { return Err(LedgerFault::Broken { first, last }) };
            if self.append_hash(&previous, first, last).await?.as_ref() != Some(expected) {
                return Err(LedgerFault::Broken { first, last });
            }
        }
        Ok(rows.len() as u64)
    }

    /// The hash of an append after another hash; `None` where one of its events is missing.
    async fn append_hash(&self, previous: &[u8], first: u64, last: u64) -> sqlx::Result<Option<Vec<u8>>> {
        let before = first.saturating_sub(1);
        let limit = u32::try_from(last.saturating_sub(before)).unwrap_or(u32::MAX);
        let events = log::read_after(&self.pool, before, limit).await?;
        let whole = events.iter().map(|event| event.position).eq(first..=last);
        Ok(whole.then(|| chained(previous, &events)))
    }
}

/// What the first append is chained to.
fn origin() -> Vec<u8> {
    Sha256::digest("interaura").to_vec()
}

fn chained(previous: &[u8], events: &[StoredEvent]) -> Vec<u8> {
    let mut hash = Sha256::new_with_prefix(previous);
    for event in events {
        hash.update(event_hash(
            event.event_id,
            (&event.aggregate_type, &event.aggregate_id),
            event.sequence,
            (&event.event_type, &event.event_version),
            &event.payload,
            &event.metadata,
        ));
    }
    hash.finalize().to_vec()
}
