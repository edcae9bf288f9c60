//! HTTP Digest (RFC 7616): `qop=auth` and none, MD5 and SHA-256, plain and `-sess`.

use http::{HeaderMap, HeaderValue, Method, header};
use md5::Md5;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest as _, Sha256};

use crate::hex::hex;

/// A hash of the protocol, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hash {
    Md5,
    Sha256,
}

impl Hash {
    fn hex(self, text: &str) -> String {
        match self {
            Hash::Md5 => hex(&Md5::digest(text)),
            Hash::Sha256 => hex(&Sha256::digest(text)),
        }
    }
}

/// What a server asks for, and how often its nonce was used.
#[derive(Debug, Clone)]
pub(super) struct Challenge {
    hash: Hash,
    session: bool,
    algorithm: Option<String>,
    realm: String,
    nonce: String,
    opaque: Option<String>,
    qop: bool,
    uses: u32,
}

impl Challenge {
    /// The strongest challenge of an answer that can be met.
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        headers
            .get_all(header::WWW_AUTHENTICATE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(schemes)
            .filter_map(|(scheme, parameters)| {
                scheme.eq_ignore_ascii_case("digest").then(|| Challenge::parse(&parameters))?
            })
            // The first among equals: a server lists what it prefers first.
            .reduce(|best, next| if next.hash > best.hash { next } else { best })
    }

    fn parse(parameters: &[(String, String)]) -> Option<Self> {
        let find = |name: &str| {
            let found = parameters.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.clone())
        };
        let algorithm = find("algorithm");
        let (hash, session) = match algorithm.as_deref().map(str::to_ascii_uppercase).as_deref() {
            None | Some("MD5") => (Hash::Md5, false),
            Some("MD5-SESS") => (Hash::Md5, true),
            Some("SHA-256") => (Hash::Sha256, false),
            Some("SHA-256-SESS") => (Hash::Sha256, true),
            Some(_) => return None,
        };
        let qop = match find("qop") {
            None => false,
            Some(offered) if offered.split(',').any(|q| q.trim() == "auth") => true,
            Some(_) => return None,
        };
        Some(Challenge {
            hash,
            session,
            algorithm,
            realm: find("realm")?,
            nonce: find("nonce")?,
            opaque: find("opaque"),
            qop,
            uses: 0,
        })
    }

    /// The `Authorization` of one request. `uri` is its target, query included.
    pub(super) fn sign(
        &mut self,
        user: &str,
        password: &SecretString,
        method: &Method,
        uri: &str,
        cnonce: &str,
    ) -> Option<HeaderValue> {
        self.uses += 1;
        let count = format!("{:08x}", self.uses);
        let Challenge { hash, realm, nonce, .. } = &*self;
        let mut secret = hash.hex(&format!("{user}:{realm}:{}", password.expose_secret()));
        if self.session {
            secret = hash.hex(&format!("{secret}:{nonce}:{cnonce}"));
        }
        let request = hash.hex(&format!("{method}:{uri}"));
        let response = if self.qop {
            hash.hex(&format!("{secret}:{nonce}:{count}:{cnonce}:auth:{request}"))
        } else {
            hash.hex(&format!("{secret}:{nonce}:{request}"))
        };
        let mut value = format!(
            "Digest username={}, realm={}, nonce={}, uri={}, response=\"{response}\"",
            quoted(user),
            quoted(realm),
            quoted(nonce),
            quoted(uri),
        );
        if let Some(algorithm) = &self.algorithm {
            value.push_str(&format!(", algorithm={algorithm}"));
        }
        if self.qop {
            value.push_str(&format!(", qop=auth, nc={count}"));
        }
        if self.qop || self.session {
            value.push_str(&format!(", cnonce={}", quoted(cnonce)));
        }
        if let Some(opaque) = &self.opaque {
            value.push_str(&format!(", opaque={}", quoted(opaque)));
        }
        let mut value = HeaderValue::from_str(&value).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The challenges of one header: a scheme and its parameters each, all separated by commas.
fn schemes(header: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut schemes: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for item in items(header) {
        let (head, value) = item.split_once('=').unwrap_or((item, ""));
        // A space before the `=` parts a new scheme from its first parameter.
        let name = match head.trim().split_once(' ') {
            Some((scheme, name)) => {
                schemes.push((scheme.to_owned(), Vec::new()));
                name.trim()
            }
            None if !item.contains('=') => {
                schemes.push((head.trim().to_owned(), Vec::new()));
                continue;
            }
            None => head.trim(),
        };
        if let Some((_, parameters)) = schemes.last_mut() {
            parameters.push((name.to_owned(), unquoted(value.trim())));
        }
    }
    schemes
}

/// Splits at commas outside quotes.
fn items(header: &str) -> impl Iterator<Item = &str> {
    let (mut inside, mut escaped) = (false, false);
    header
        .split(move |c| {
            match c {
                _ if escaped => escaped = false,
                '\\' if inside => escaped = true,
                '"' => inside = !inside,
                ',' if !inside => return true,
                _ => {}
            }
            false
        })
        .map(str::trim)
        .filter(|item| !item.is_empty())
}

fn unquoted(value: &str) -> String {
    let Some(inner) = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')) else {
        return value.to_owned();
    };
    let mut escaped = false;
    let keep = |c: &char| {
        escaped = *c == '\\' && !escaped;
        !escaped
    };
    inner.chars().filter(keep).collect()
}

#[cfg(test)]
#[path = "tests/digest.rs"]
mod tests;
