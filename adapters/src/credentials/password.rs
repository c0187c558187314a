//! Argon2id, and the strength of a password.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use interaura_domain::ports::credentials::{CredentialsError, WeakPassword};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Semaphore;

/// The shortest and the longest password, in characters.
const LENGTH: std::ops::RangeInclusive<usize> = 10..=128;

/// Words that this product brings to mind.
const OF_THE_PRODUCT: [&str; 5] = ["interaura", "interview", "interviews", "mock", "resume"];

/// What must be left of a password without those words, the name and the address, in letters and digits.
const LEAST_OF_ONES_OWN: usize = 6;

/// Each hash takes 19 MiB; a flood of sign-ins must not take them all at once.
static HASHING: Semaphore = Semaphore::const_new(2);

/// Verified against where an address is unknown, so that the answer takes as long.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password").unwrap_or_default());

/// Refuses passwords that are too short, too long, or easily guessed.
pub(super) fn check_strength(password: &SecretString, own_words: &[&str]) -> Result<(), WeakPassword> {
    let text = password.expose_secret();
    let length = text.chars().count();
    if !LENGTH.contains(&length) {
        return Err(WeakPassword {
            reason: format!(
                "a password has {} to {} characters; this one has {length}",
                LENGTH.start(),
                LENGTH.end()
            ),
            advice: vec!["Use a few words that do not belong together.".to_owned()],
        });
    }
    let parts = own_words.iter().flat_map(|words| words.split(|c: char| !c.is_alphanumeric()));
    let own: Vec<&str> = own_words
        .iter()
        .copied()
        .chain(parts)
        .chain(OF_THE_PRODUCT)
        .filter(|word| word.chars().count() > 2)
        .collect();
    if left_without(text, &own) < LEAST_OF_ONES_OWN {
        return Err(WeakPassword {
            reason: "this password is made of your name, your address or the name of this product".to_owned(),
            advice: vec!["Use a few words that nobody would connect with you.".to_owned()],
        });
    }
    let estimate = zxcvbn::zxcvbn(text, &own);
    if estimate.score() >= zxcvbn::Score::Three {
        return Ok(());
    }
    let feedback = estimate.feedback();
    let reason = feedback
        .and_then(zxcvbn::feedback::Feedback::warning)
        .map_or_else(|| "this password is easy to guess".to_owned(), |warning| warning.to_string());
    let advice =
        feedback.map(|f| f.suggestions().iter().map(ToString::to_string).collect()).unwrap_or_default();
    Err(WeakPassword { reason, advice })
}

/// How many letters and digits are left of a password without some words, the longest of them first.
fn left_without(password: &str, words: &[&str]) -> usize {
    let mut words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let left = words.iter().fold(password.to_lowercase(), |left, word| left.replace(word, ""));
    left.chars().filter(|c| c.is_alphanumeric()).count()
}

fn hash_now(password: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(Argon2::default().hash_password(password.as_bytes())?.to_string())
}

/// A PHC string of Argon2id with a fresh salt.
pub(super) async fn hash(password: SecretString) -> Result<SecretString, CredentialsError> {
    let hash = on_worker(move || hash_now(password.expose_secret())).await?;
    Ok(hash.map_err(|error| CredentialsError::Unavailable(error.to_string().into()))?.into())
}

/// Whether a password has a hash; `false`, after the same work, without one.
pub(super) async fn verify(
    password: SecretString,
    hash: Option<SecretString>,
) -> Result<bool, CredentialsError> {
    on_worker(move || {
        let expected = hash.as_ref().map_or(NOBODY.as_str(), |hash| hash.expose_secret());
        let matches = PasswordHash::new(expected).is_ok_and(|expected| {
            Argon2::default().verify_password(password.expose_secret().as_bytes(), &expected).is_ok()
        });
        matches && hash.is_some()
    })
    .await
}

async fn on_worker<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, CredentialsError> {
    let _turn = HASHING.acquire().await.map_err(|error| CredentialsError::Unavailable(error.into()))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| CredentialsError::Unavailable(error.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_and_personal_passwords_are_refused() {
        for weak in ["short", "password123", "adalovelace1", "qwertyuiop"] {
            assert!(
                check_strength(&weak.into(), &["ada.lovelace@example.org", "Ada Lovelace"]).is_err(),
                "{weak}"
            );
        }
        for weak in [
            "interaura interaura",
            "Interaura-2026!",
            "mock interview 1",
            "example interview",
            "Interaura Ada",
        ] {
            let weakness = check_strength(&weak.into(), &["ada@example.org", "Ada"]);
            assert!(weakness.is_err(), "{weak}");
        }
        for strong in
            ["violet otter mends 7 kettles", "ada keeps violet otters", "interview seven violet otters"]
        {
            assert!(check_strength(&strong.into(), &["ada@example.org", "Ada"]).is_ok(), "{strong}");
        }
    }

    #[tokio::test]
    async fn a_password_has_its_own_hash_only() {
        let hash = hash("violet otter".into()).await.unwrap();
        assert!(verify("violet otter".into(), Some(hash.clone())).await.unwrap());
        assert!(!verify("violet other".into(), Some(hash)).await.unwrap());
        assert!(!verify("nobody has this password".into(), None).await.unwrap());
    }
}
