//! The event store: decides through the aggregates, appends through one appender, reads by position.

mod appender;
mod cache;
mod commands;
mod erasure;
mod ledger;
mod log;
mod prepared;
mod repository;
mod upcasters;

/// What the stream needs of the log.
pub(crate) mod log_access {
    pub(crate) use super::log::{Unopened, head, read_after};
}

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use interaura_domain::ports::clock::Clock;
use interaura_domain::ports::key_ring::KeyRing;
use sqlx::PgPool;

use self::appender::Appender;
use self::cache::AggregateCache;
pub use self::ledger::{LedgerFault, LedgerReport};
pub use self::log::{LogFilter, StoredEvent};
pub use self::repository::LogRepository;

/// The migrations of the database.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../migrations");

/// Wakes whoever waits for new events; a lost wake-up is no error.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// The event store of one process. Cloning shares it.
#[derive(Clone)]
pub struct EventStore {
    pool: PgPool,
    keys: Arc<dyn KeyRing>,
    clock: Arc<dyn Clock>,
    appender: Appender,
    cache: Arc<AggregateCache>,
    deciding: Arc<AtomicUsize>,
    recorded_by: Arc<str>,
}

impl EventStore {
    /// An event store over a migrated database; starts its appender on the current runtime.
    ///
    /// `wake` is called after each commit. `recorded_by` is the version of the binary.
    pub fn new(
        pool: PgPool,
        keys: Arc<dyn KeyRing>,
        clock: Arc<dyn Clock>,
        recorded_by: &str,
        wake: Wake,
    ) -> Self {
        let deciding = Arc::new(AtomicUsize::new(0));
        Self {
            appender: Appender::start(pool.clone(), Arc::clone(&clock), Arc::clone(&deciding), wake),
            pool,
            keys,
            clock,
            cache: Arc::default(),
            deciding,
            recorded_by: recorded_by.into(),
        }
    }

    /// The pool that the store reads through.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// Counts a command as under way until the guard goes, so that the appender can wait for it.
    fn begin_deciding(&self) -> Deciding {
        self.deciding.fetch_add(1, Ordering::Relaxed);
        Deciding(Arc::clone(&self.deciding))
    }
}

/// A command under way that has not reached the appender yet.
struct Deciding(Arc<AtomicUsize>);

impl Drop for Deciding {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
