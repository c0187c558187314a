//! Random secrets for services that only this machine can reach.

use std::fs::File;
use std::io::Read as _;

use anyhow::Context as _;

/// `bytes` random bytes as hexadecimal text, from the operating system.
pub(crate) fn random_hex(bytes: usize) -> anyhow::Result<String> {
    let mut buffer = vec![0; bytes];
    File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut buffer))
        .context("could not read random bytes from /dev/urandom")?;
    Ok(hex::encode(buffer))
}
