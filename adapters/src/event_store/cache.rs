//! Aggregates as they were after their last commit in this process.
//!
//! A stale entry does no harm: what it accepts is checked against the stream when it is appended,
//! and what it refuses is decided again on a fresh load.

use std::any::Any;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use lru::LruCache;
use uuid::Uuid;

const CACHED_AGGREGATES: NonZeroUsize = NonZeroUsize::new(4_096).expect("not zero");

type Entry = (u64, Box<dyn Any + Send>);

/// Aggregates by type and id.
pub(super) struct AggregateCache(Mutex<LruCache<(&'static str, Uuid), Entry>>);

impl Default for AggregateCache {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(CACHED_AGGREGATES)))
    }
}

impl AggregateCache {
    pub(super) fn get<A: Clone + 'static>(&self, stream: (&'static str, Uuid)) -> Option<(u64, A)> {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (sequence, state) = entries.get(&stream)?;
        Some((*sequence, state.downcast_ref::<A>()?.clone()))
    }

    pub(super) fn put<A: Send + 'static>(&self, stream: (&'static str, Uuid), sequence: u64, state: A) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.peek(&stream).is_none_or(|(known, _)| *known <= sequence) {
            entries.put(stream, (sequence, Box::new(state)));
        }
    }

    pub(super) fn forget(&self, stream: (&'static str, Uuid)) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop(&stream);
    }

    pub(super) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
