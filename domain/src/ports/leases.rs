//! Lets one worker at a time do what must not be done twice at once.

use std::time::Duration;

use async_trait::async_trait;

use super::Cause;

/// A right that ends by itself unless it is renewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// What it is about: `speech.<interview>`.
    pub name: String,
    /// Rises with every change of hands.
    pub revision: u64,
}

/// Lets one worker at a time do something.
#[async_trait]
pub trait Leases: Send + Sync {
    /// Takes a lease if nobody has it; `None` while somebody does.
    ///
    /// # Errors
    /// The store of leases cannot be reached.
    async fn claim(&self, name: &str, holder: &str) -> Result<Option<Lease>, Cause>;

    /// Keeps a lease for another [`Self::lifetime`]; `None` where it went to somebody else.
    ///
    /// # Errors
    /// The store of leases cannot be reached.
    async fn renew(&self, lease: &Lease, holder: &str) -> Result<Option<Lease>, Cause>;

    /// Gives a lease back early.
    ///
    /// # Errors
    /// The store of leases cannot be reached.
    async fn release(&self, lease: Lease) -> Result<(), Cause>;

    /// How long a lease lasts without renewal.
    fn lifetime(&self) -> Duration;
}
