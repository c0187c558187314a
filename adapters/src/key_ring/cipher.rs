//! XChaCha20-Poly1305 with a random nonce before the ciphertext; the context is authenticated.

use std::path::Path;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use interaura_domain::ports::key_ring::{CandidateKey, KeyRingError};
use rand::Rng as _;
use secrecy::{ExposeSecret, SecretBox};
use sha2::Sha256;

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;

/// A key that seals.
pub(super) struct SealingKey {
    cipher: XChaCha20Poly1305,
    bytes: SecretBox<[u8; KEY_BYTES]>,
}

impl SealingKey {
    pub(super) fn generate() -> Self {
        let mut bytes = [0_u8; KEY_BYTES];
        rand::rng().fill_bytes(&mut bytes);
        Self::from_bytes(bytes)
    }

    fn from_bytes(bytes: [u8; KEY_BYTES]) -> Self {
        let cipher = XChaCha20Poly1305::new(&bytes.into());
        Self { cipher, bytes: SecretBox::new(Box::new(bytes)) }
    }
}

impl CandidateKey for SealingKey {
    fn seal(&self, context: &str, plain: &[u8]) -> Result<Vec<u8>, KeyRingError> {
        let mut nonce = [0_u8; NONCE_BYTES];
        rand::rng().fill_bytes(&mut nonce);
        let payload = Payload { msg: plain, aad: context.as_bytes() };
        let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| KeyRingError::Broken)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    fn open(&self, context: &str, sealed: &[u8]) -> Result<Vec<u8>, KeyRingError> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(KeyRingError::Broken)?;
        let payload = Payload { msg: sealed, aad: context.as_bytes() };
        self.cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| KeyRingError::Broken)
    }
}

/// The key that wraps all others. It lives in a file, or with the operator, never in the database.
pub struct MasterKey {
    wrapping: SealingKey,
    hashing: SecretBox<[u8; KEY_BYTES]>,
}

/// A master key that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MasterKeyError {
    /// The file cannot be read or written.
    #[error("cannot use the key file {path}")]
    File {
        /// Which file.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// It is not 64 hexadecimal digits.
    #[error("a master key is 64 hexadecimal digits")]
    Malformed,
}

impl MasterKey {
    /// Reads 64 hexadecimal digits.
    ///
    /// # Errors
    /// The text is something else.
    pub fn from_hex(text: &str) -> Result<Self, MasterKeyError> {
        let bytes = hex::decode(text.trim()).map_err(|_| MasterKeyError::Malformed)?;
        Ok(Self::from_bytes(bytes.try_into().map_err(|_| MasterKeyError::Malformed)?))
    }

    /// Reads the key from a file, which is made, readable by its owner only, where there is none.
    ///
    /// # Errors
    /// The file cannot be read, written or understood.
    pub fn from_file(path: &Path) -> Result<Self, MasterKeyError> {
        use std::io::Write as _;
        use std::os::unix::fs::OpenOptionsExt as _;
        let failed = |source| MasterKeyError::File { path: path.display().to_string(), source };
        match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
            Ok(mut file) => {
                let key = SealingKey::generate();
                file.write_all(hex::encode(key.bytes.expose_secret()).as_bytes()).map_err(failed)?;
                file.sync_all().map_err(failed)?;
                Ok(Self::from_bytes(*key.bytes.expose_secret()))
            }
            Err(source) if source.kind() == std::io::ErrorKind::AlreadyExists => {
                Self::from_hex(&std::fs::read_to_string(path).map_err(failed)?)
            }
            Err(source) => Err(failed(source)),
        }
    }

    fn from_bytes(bytes: [u8; KEY_BYTES]) -> Self {
        let derive = |purpose: &[u8]| -> [u8; KEY_BYTES] {
            let mut mac = Hmac::<Sha256>::new_from_slice(&bytes).expect("any key length is taken");
            mac.update(purpose);
            mac.finalize().into_bytes().into()
        };
        Self {
            wrapping: SealingKey::from_bytes(derive(b"wrapping/1")),
            hashing: SecretBox::new(Box::new(derive(b"hashing/1"))),
        }
    }

    pub(super) fn hashing_key(&self) -> &[u8] {
        self.hashing.expose_secret()
    }

    pub(super) fn wrap(&self, context: &str, key: &SealingKey) -> Result<Vec<u8>, KeyRingError> {
        self.wrapping.seal(context, key.bytes.expose_secret())
    }

    pub(super) fn unwrap(&self, context: &str, wrapped: &[u8]) -> Result<SealingKey, KeyRingError> {
        let bytes = self.wrapping.open(context, wrapped)?;
        Ok(SealingKey::from_bytes(bytes.try_into().map_err(|_| KeyRingError::Broken)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_opens_in_its_place_only() {
        let key = SealingKey::generate();
        let sealed = key.seal("here", b"Ada").unwrap();
        assert_eq!(key.open("here", &sealed).unwrap(), b"Ada");
        assert!(matches!(key.open("there", &sealed), Err(KeyRingError::Broken)));
    }

    #[test]
    fn a_changed_byte_is_noticed() {
        let key = SealingKey::generate();
        let mut sealed = key.seal("here", b"Ada").unwrap();
        sealed[NONCE_BYTES] ^= 1;
        assert!(matches!(key.open("here", &sealed), Err(KeyRingError::Broken)));
    }

    #[test]
    fn a_wrapped_key_belongs_to_one_candidate() {
        let master = MasterKey::from_bytes([7; KEY_BYTES]);
        let wrapped = master.wrap("one", &SealingKey::generate()).unwrap();
        assert!(master.unwrap("one", &wrapped).is_ok());
        assert!(master.unwrap("two", &wrapped).is_err());
    }
}
