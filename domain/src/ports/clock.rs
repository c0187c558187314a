//! Time and fresh ids, so that tests can hold them still.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Tells the time and makes ids.
pub trait Clock: Send + Sync {
    /// Now, in UTC.
    fn now(&self) -> DateTime<Utc>;

    /// A fresh UUID v7.
    fn new_id(&self) -> Uuid;
}
