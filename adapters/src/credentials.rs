//! Passwords (Argon2id), verification links and sessions, in tables beside the log.
//!
//! Tokens are random; the tables keep their hashes, so that a copy of the database opens nothing.

mod attempts;
mod password;

use std::sync::Arc;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use interaura_domain::ids::CandidateId;
use interaura_domain::ports::clock::Clock;
use interaura_domain::ports::commands::Companion;
use interaura_domain::ports::credentials::{Credentials, CredentialsError, Session};
use interaura_domain::ports::key_ring::KeyRing;
use rand::Rng as _;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use sqlx::PgPool;
use uuid::Uuid;

use self::attempts::Attempts;

/// How long a verification link counts.
const VERIFICATION_HOURS: i64 = 24;
/// How long a session lasts.
const SESSION_DAYS: i64 = 30;

/// Credentials in Postgres.
pub struct PostgresCredentials {
    pool: PgPool,
    keys: Arc<dyn KeyRing>,
    clock: Arc<dyn Clock>,
    attempts: Attempts,
}

impl PostgresCredentials {
    /// Credentials in a migrated database.
    pub fn new(pool: PgPool, keys: Arc<dyn KeyRing>, clock: Arc<dyn Clock>) -> Self {
        Self { pool, keys, clock, attempts: Attempts::default() }
    }

    fn address(&self, email: &str) -> interaura_domain::envelope::KeyedHash {
        self.keys.keyed_hash("address/1", email.trim().to_lowercase().as_bytes())
    }
}

fn unavailable(source: sqlx::Error) -> CredentialsError {
    CredentialsError::Unavailable(source.into())
}

fn fresh_token() -> SecretString {
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes).into()
}

fn token_hash(token: &SecretString) -> Vec<u8> {
    Sha256::digest(token.expose_secret()).to_vec()
}

#[async_trait]
impl Credentials for PostgresCredentials {
    async fn enrol(
        &self,
        candidate_id: CandidateId,
        email: &str,
        name: &str,
        password: &SecretString,
    ) -> Result<Vec<Companion>, CredentialsError> {
        password::check_strength(password, &[email, name])?;
        let hash = password::hash(password.clone()).await?;
        Ok(vec![
            Companion::ReserveAddress { address: self.address(email), candidate_id },
            Companion::StorePassword { candidate_id, hash },
        ])
    }

    async fn authenticate(
        &self,
        email: &str,
        password: &SecretString,
    ) -> Result<Option<CandidateId>, CredentialsError> {
        let address = self.address(email);
        let now = self.clock.now();
        if let Some(seconds) = self.attempts.wait(&address, now) {
            return Err(CredentialsError::TooManyAttempts { seconds });
        }
        let known: Option<(Uuid, String)> = sqlx::query_as(
            "SELECT candidate_id, hash FROM addresses JOIN passwords USING (candidate_id) WHERE address = $1",
        )
        .bind(&address.0)
        .fetch_optional(&self.pool)
        .await
        .map_err(unavailable)?;
        let (candidate_id, hash) = known.unzip();
        if password::verify(password.clone(), hash.map(SecretString::from)).await? {
            self.attempts.forget(&address);
            return Ok(candidate_id.map(CandidateId));
        }
        self.attempts.failed(address, now);
        Ok(None)
    }

    async fn issue_verification(&self, candidate_id: CandidateId) -> Result<SecretString, CredentialsError> {
        let token = fresh_token();
        sqlx::query(
            "WITH gone AS (DELETE FROM verification_tokens WHERE expires_at < $3) \
             INSERT INTO verification_tokens (token_hash, candidate_id, expires_at) VALUES ($1, $2, $4)",
        )
        .bind(token_hash(&token))
        .bind(candidate_id.0)
        .bind(self.clock.now())
        .bind(self.clock.now() + Duration::hours(VERIFICATION_HOURS))
        .execute(&self.pool)
        .await
        .map_err(unavailable)?;
        Ok(token)
    }

    async fn check_verification(
        &self,
        token: &SecretString,
    ) -> Result<Option<CandidateId>, CredentialsError> {
        let owner: Option<Uuid> = sqlx::query_scalar(
            "SELECT candidate_id FROM verification_tokens WHERE token_hash = $1 AND expires_at > $2",
        )
        .bind(token_hash(token))
        .bind(self.clock.now())
        .fetch_optional(&self.pool)
        .await
        .map_err(unavailable)?;
        Ok(owner.map(CandidateId))
    }

    async fn open_session(
        &self,
        candidate_id: CandidateId,
    ) -> Result<(SecretString, Session), CredentialsError> {
        let token = fresh_token();
        let expires_at = self.clock.now() + Duration::days(SESSION_DAYS);
        sqlx::query(
            "WITH gone AS (DELETE FROM sessions WHERE expires_at < $3) \
             INSERT INTO sessions (token_hash, candidate_id, expires_at) VALUES ($1, $2, $4)",
        )
        .bind(token_hash(&token))
        .bind(candidate_id.0)
        .bind(self.clock.now())
        .bind(expires_at)
        .execute(&self.pool)
        .await
        .map_err(unavailable)?;
        Ok((token, Session { candidate_id, expires_at }))
    }

    async fn session(&self, token: &SecretString) -> Result<Option<Session>, CredentialsError> {
        let found: Option<(Uuid, DateTime<Utc>)> = sqlx::query_as(
            "SELECT candidate_id, expires_at FROM sessions WHERE token_hash = $1 AND expires_at > $2",
        )
        .bind(token_hash(token))
        .bind(self.clock.now())
        .fetch_optional(&self.pool)
        .await
        .map_err(unavailable)?;
        Ok(found.map(|(id, expires_at)| Session { candidate_id: CandidateId(id), expires_at }))
    }

    async fn close_session(&self, token: &SecretString) -> Result<(), CredentialsError> {
        sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
            .bind(token_hash(token))
            .execute(&self.pool)
            .await
            .map_err(unavailable)?;
        Ok(())
    }

    async fn forget(&self, candidate_id: CandidateId) -> Result<(), CredentialsError> {
        let mut transaction = self.pool.begin().await.map_err(unavailable)?;
        for table in ["addresses", "passwords", "verification_tokens", "sessions"] {
            sqlx::query(&format!("DELETE FROM {table} WHERE candidate_id = $1"))
                .bind(candidate_id.0)
                .execute(&mut *transaction)
                .await
                .map_err(unavailable)?;
        }
        transaction.commit().await.map_err(unavailable)
    }
}
