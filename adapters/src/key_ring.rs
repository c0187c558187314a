//! Keys in Postgres, one per candidate, wrapped by a master key that Postgres never sees.

mod cipher;
pub mod sealing;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use async_trait::async_trait;
use hmac::{Hmac, KeyInit as _, Mac as _};
use interaura_domain::envelope::KeyedHash;
use interaura_domain::ids::CandidateId;
use interaura_domain::ports::key_ring::{CandidateKey, FORGOTTEN_WITHIN, KeyRing, KeyRingError};
use sha2::Sha256;
use sqlx::PgPool;
use uuid::Uuid;

pub use self::cipher::MasterKey;
use self::cipher::SealingKey;

/// How many opened keys are kept; beyond that all are forgotten and fetched again.
const CACHED_KEYS: usize = 10_000;

/// A key that was fetched: for a while it is not asked for again.
struct Opened {
    key: Arc<dyn CandidateKey>,
    at: Instant,
}

impl Opened {
    fn is_fresh(&self) -> bool {
        self.at.elapsed() < FORGOTTEN_WITHIN
    }
}

/// Keys in Postgres.
pub struct PostgresKeyRing {
    pool: PgPool,
    master: MasterKey,
    opened: Mutex<HashMap<CandidateId, Opened>>,
}

impl PostgresKeyRing {
    /// A key ring over a migrated database.
    pub fn new(pool: PgPool, master: MasterKey) -> Self {
        Self { pool, master, opened: Mutex::default() }
    }

    fn cached(&self, candidate_id: CandidateId) -> Option<Arc<dyn CandidateKey>> {
        let opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        opened.get(&candidate_id).filter(|opened| opened.is_fresh()).map(|opened| Arc::clone(&opened.key))
    }

    fn remember(&self, candidate_id: CandidateId, key: &Arc<dyn CandidateKey>) {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if opened.len() >= CACHED_KEYS {
            opened.clear();
        }
        opened.insert(candidate_id, Opened { key: Arc::clone(key), at: Instant::now() });
    }

    async fn stored(&self, candidate_id: CandidateId) -> Result<Option<Option<Vec<u8>>>, KeyRingError> {
        sqlx::query_scalar("SELECT wrapped FROM candidate_keys WHERE candidate_id = $1")
            .bind(candidate_id.0)
            .fetch_optional(&self.pool)
            .await
            .map_err(|source| KeyRingError::Unavailable(source.into()))
    }

    /// Makes a key, unless another process was faster.
    async fn make(&self, candidate_id: CandidateId) -> Result<(), KeyRingError> {
        let wrapped = self.master.wrap(&candidate_id.to_string(), &SealingKey::generate())?;
        sqlx::query(
            "INSERT INTO candidate_keys (candidate_id, wrapped) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        )
        .bind(candidate_id.0)
        .bind(wrapped)
        .execute(&self.pool)
        .await
        .map_err(|source| KeyRingError::Unavailable(source.into()))?;
        Ok(())
    }
}

#[async_trait]
impl KeyRing for PostgresKeyRing {
    async fn key(&self, candidate_id: CandidateId) -> Result<Option<Arc<dyn CandidateKey>>, KeyRingError> {
        if let Some(key) = self.cached(candidate_id) {
            return Ok(Some(key));
        }
        let stored = if let Some(stored) = self.stored(candidate_id).await? {
            stored
        } else {
            self.make(candidate_id).await?;
            self.stored(candidate_id).await?.flatten()
        };
        let Some(wrapped) = stored else { return Ok(None) };
        let key: Arc<dyn CandidateKey> = Arc::new(self.master.unwrap(&candidate_id.to_string(), &wrapped)?);
        self.remember(candidate_id, &key);
        Ok(Some(key))
    }

    async fn destroy(&self, candidate_id: CandidateId) -> Result<(), KeyRingError> {
        sqlx::query(
            "INSERT INTO candidate_keys (candidate_id, wrapped) VALUES ($1, NULL) \
             ON CONFLICT (candidate_id) DO UPDATE SET wrapped = NULL",
        )
        .bind(candidate_id.0)
        .execute(&self.pool)
        .await
        .map_err(|source| KeyRingError::Unavailable(source.into()))?;
        self.opened.lock().unwrap_or_else(PoisonError::into_inner).remove(&candidate_id);
        Ok(())
    }

    async fn fetch_ahead(&self, candidates: &[CandidateId]) -> Result<(), KeyRingError> {
        let unknown: HashSet<Uuid> = {
            let opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
            let known = |id: &&CandidateId| opened.get(id).is_some_and(Opened::is_fresh);
            candidates.iter().filter(|id| !known(id)).map(|id| id.0).collect()
        };
        if unknown.is_empty() {
            return Ok(());
        }
        let stored: Vec<(Uuid, Vec<u8>)> = sqlx::query_as(
            "SELECT candidate_id, wrapped FROM candidate_keys WHERE candidate_id = ANY ($1) AND wrapped IS NOT NULL",
        )
        .bind(unknown.into_iter().collect::<Vec<_>>())
        .fetch_all(&self.pool)
        .await
        .map_err(|source| KeyRingError::Unavailable(source.into()))?;
        for (candidate_id, wrapped) in stored {
            let candidate_id = CandidateId(candidate_id);
            let key: Arc<dyn CandidateKey> =
                Arc::new(self.master.unwrap(&candidate_id.to_string(), &wrapped)?);
            self.remember(candidate_id, &key);
        }
        Ok(())
    }

    fn keyed_hash(&self, purpose: &str, text: &[u8]) -> KeyedHash {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(self.master.hashing_key()).expect("any key length is taken");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(text);
        KeyedHash(hex::encode(mac.finalize().into_bytes()))
    }
}
