//! Digests, random strings and comparison, for authentication and keys.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use md5::Md5;
use sha2::{Digest, Sha256};

use crate::hex::hex;

/// The realm of Atlas' digest challenge.
pub const REALM: &str = "MMS Public API";

/// MD5, as HTTP Digest wants it.
pub fn md5_hex(text: &str) -> String {
    hex(&Md5::digest(text.as_bytes()))
}

/// SHA-256 of a secret: enough for random secrets, which cannot be guessed from a dictionary.
pub fn sha256_hex(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// What the server side of Digest stores instead of a secret.
pub fn ha1(user: &str, secret: &str) -> String {
    md5_hex(&format!("{user}:{REALM}:{secret}"))
}

/// Compares in a time that does not depend on where the difference is.
pub fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |acc, (x, y)| acc | (x ^ y)) == 0
}

/// Random bytes from the operating system.
///
/// # Errors
/// The system has no random numbers.
pub fn random<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// A random string of 43 characters that a URL or a header takes as it is.
pub fn random_token() -> Result<String, getrandom::Error> {
    Ok(URL_SAFE_NO_PAD.encode(random::<32>()?))
}

/// A random string of 32 hexadecimal digits.
pub fn random_hex() -> Result<String, getrandom::Error> {
    Ok(hex(&random::<16>()?))
}

/// A random UUID (RFC 9562, version 4).
pub fn random_uuid() -> Result<String, getrandom::Error> {
    let mut bytes = random::<16>()?;
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    Ok(uuid(&hex(&bytes)))
}

/// The first 32 hexadecimal digits, grouped as those of a UUID are.
pub fn uuid(digits: &str) -> String {
    let part = |range: std::ops::Range<usize>| digits.get(range).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", part(0..8), part(8..12), part(12..16), part(16..20), part(20..32))
}

/// Lower-case letters, for the public half of an API key.
pub fn random_letters<const N: usize>() -> Result<String, getrandom::Error> {
    Ok(random::<N>()?.iter().map(|byte| char::from(b'a' + byte % 26)).collect())
}

/// The `n`th id that follows from a seed: 24 hexadecimal digits.
pub fn derived_id(seed: &str, n: i64) -> String {
    sha256_hex(&format!("{seed}/{n}"))[..24].to_owned()
}
