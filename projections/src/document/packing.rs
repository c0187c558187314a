//! Documents as bytes: JSON, compressed before it is sealed, for what is sealed does not compress.

use serde::Serialize;
use serde::de::{DeserializeOwned, Error as _};
use snap::raw::{Decoder, Encoder, decompress_len};

/// What a compressed document begins with; one that is not begins with a brace.
const SNAPPY: u8 = 1;
/// The longest document that is unpacked, in bytes.
const MAX_DOCUMENT: usize = 64 * 1024 * 1024;

/// Packs documents, one after the other, with one set of tables.
pub(super) struct Packer {
    encoder: Encoder,
}

impl Packer {
    pub(super) fn new() -> Self {
        Self { encoder: Encoder::new() }
    }

    /// A document as bytes.
    pub(super) fn pack<R: Serialize>(&mut self, content: &R) -> serde_json::Result<Vec<u8>> {
        let json = serde_json::to_vec(content)?;
        let mut packed = vec![0; 1 + snap::raw::max_compress_len(json.len())];
        packed[0] = SNAPPY;
        // Only a document of gigabytes does not fit; such a one is kept as it is.
        match self.encoder.compress(&json, &mut packed[1..]) {
            Ok(length) => {
                packed.truncate(1 + length);
                Ok(packed)
            }
            Err(_) => Ok(json),
        }
    }
}

/// The document that was packed; those of before are plain JSON.
///
/// # Errors
/// The bytes are not what was packed.
pub(super) fn unpack<R: DeserializeOwned>(packed: &[u8]) -> serde_json::Result<R> {
    let Some((&SNAPPY, compressed)) = packed.split_first() else { return serde_json::from_slice(packed) };
    let length = decompress_len(compressed).map_err(serde_json::Error::custom)?;
    if length > MAX_DOCUMENT {
        return Err(serde_json::Error::custom("the document is too long"));
    }
    let json = Decoder::new().decompress_vec(compressed).map_err(serde_json::Error::custom)?;
    serde_json::from_slice(&json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_document_is_shorter_and_unpacks() {
        let document: Vec<String> = vec!["I spoke with each pupil alone.".to_owned(); 50];
        let packed = Packer::new().pack(&document).unwrap();
        assert!(packed.len() * 5 < serde_json::to_vec(&document).unwrap().len());
        assert_eq!(unpack::<Vec<String>>(&packed).unwrap(), document);
    }

    #[test]
    fn a_document_of_before_is_read_as_it_is() {
        assert_eq!(unpack::<Vec<u8>>(b"[1,2]").unwrap(), [1, 2]);
    }

    #[test]
    fn torn_bytes_are_an_error() {
        for torn in [&b""[..], &[SNAPPY], &[SNAPPY, 0xff, 0xff, 0xff, 0xff, 0x0f, 0], &[SNAPPY, 9, 0]] {
            assert!(unpack::<Vec<u8>>(torn).is_err(), "{torn:?}");
        }
    }
}
