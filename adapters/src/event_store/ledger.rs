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

/// How many appends are read at once.
const PAGE: i64 = 500;

impl EventStore {
    /// Recomputes the whole chain from the stored bytes.
    ///
    /// # Errors
    /// The first place where it does not hold.
    pub async fn verify_ledger(&self) -> Result<LedgerReport, LedgerFault> {
        let mut hash: Vec<u8> = Sha256::digest("interaura").to_vec();
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
                let limit = u32::try_from(last.saturating_sub(covered)).unwrap_or(u32::MAX);
                let events = log::read_after(&self.pool, covered, limit).await?;
                let whole =
                    first == covered + 1 && events.iter().map(|event| event.position).eq(first..=last);
                hash = chained(&hash, &events);
                if !whole || hash != expected {
                    return Err(LedgerFault::Broken { first, last });
                }
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
