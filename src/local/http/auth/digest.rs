//! HTTP Digest, the server's side: MD5, `qop=auth`, as Atlas challenges.
//!
//! Nonces live in this process only: a nonce of another process answers `stale=true`, upon which
//! a client takes the new one. `nc` may arrive out of order, as it does from parallel clients;
//! one pair of nonce and count is accepted once.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::local::crypto::{self, REALM};

const LIFETIME: Duration = Duration::from_secs(300);
/// A flood of challenges must not fill the memory.
const MOST_NONCES: usize = 10_000;

/// The `WWW-Authenticate` header, in the words of Atlas.
pub fn challenge(nonce: &str, stale: bool) -> String {
    format!(
        "Digest realm=\"{REALM}\", domain=\"\", nonce=\"{nonce}\", algorithm=MD5, \
         qop=\"auth\", stale={stale}"
    )
}

/// What an `Authorization: Digest` header says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The public half of the key.
    pub username: String,
    realm: String,
    nonce: String,
    uri: String,
    response: String,
    qop: String,
    nc: String,
    cnonce: String,
}

impl Claim {
    /// Reads the header behind the scheme; `None` when a part is missing or malformed.
    pub fn parse(header: &str) -> Option<Claim> {
        let mut parts = parameters(header)?;
        if !parts.remove("algorithm").unwrap_or_else(|| "MD5".into()).eq_ignore_ascii_case("MD5") {
            return None;
        }
        let mut take = |name: &str| parts.remove(name);
        Some(Claim {
            username: take("username")?,
            realm: take("realm")?,
            nonce: take("nonce")?,
            uri: take("uri")?,
            response: take("response")?,
            qop: take("qop")?,
            nc: take("nc")?,
            cnonce: take("cnonce")?,
        })
    }

    fn expected(&self, method: &str, ha1: &str) -> String {
        let ha2 = crypto::md5_hex(&format!("{method}:{}", self.uri));
        let Claim { nonce, nc, cnonce, qop, .. } = self;
        crypto::md5_hex(&format!("{ha1}:{nonce}:{nc}:{cnonce}:{qop}:{ha2}"))
    }
}

/// `a="b, c", d=e` as a map with lower-case names.
fn parameters(text: &str) -> Option<HashMap<String, String>> {
    let mut parts = HashMap::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (name, behind) = rest.split_once('=')?;
        let (value, behind) = match behind.trim_start().strip_prefix('"') {
            Some(quoted) => unquote(quoted)?,
            None => {
                let (value, behind) = behind.split_once(',').unwrap_or((behind, ""));
                (value.trim().to_owned(), behind)
            }
        };
        parts.insert(name.trim().to_ascii_lowercase(), value);
        rest = behind.trim_start_matches([' ', '\t', ',']);
    }
    Some(parts)
}

/// The text up to the closing quote, without its escapes, and what follows.
fn unquote(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => value.push(chars.next()?.1),
            c => value.push(c),
        }
    }
    None
}

/// The result of checking a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The secret is right, and the pair of nonce and count is new.
    Valid,
    /// The secret is right, but the nonce is unknown, too old, or already used with this count.
    Stale,
    /// Anything else.
    Wrong,
}

/// The nonces that this process has issued.
#[derive(Default)]
pub struct Nonces {
    issued: Mutex<HashMap<String, Nonce>>,
}

struct Nonce {
    since: Instant,
    used: HashSet<u32>,
}

impl Nonces {
    /// A new nonce.
    ///
    /// # Errors
    /// The system has no randomness to give.
    pub fn issue(&self) -> Result<String, getrandom::Error> {
        let nonce = crypto::random_token()?;
        let mut issued = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        if issued.len() >= MOST_NONCES {
            issued.retain(|_, nonce| nonce.since.elapsed() < LIFETIME);
        }
        if issued.len() >= MOST_NONCES {
            issued.clear();
        }
        issued.insert(nonce.clone(), Nonce { since: Instant::now(), used: HashSet::new() });
        Ok(nonce)
    }

    /// Judges a claim about a request.
    pub fn verify(&self, claim: &Claim, method: &str, target: &str, ha1: &str) -> Verdict {
        let Ok(count) = u32::from_str_radix(&claim.nc, 16) else {
            return Verdict::Wrong;
        };
        let plausible = claim.realm == REALM && claim.qop == "auth" && claim.uri == target;
        if !plausible || !crypto::same(&claim.response, &claim.expected(method, ha1)) {
            return Verdict::Wrong;
        }
        let mut issued = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = issued
            .get_mut(&claim.nonce)
            .filter(|nonce| nonce.since.elapsed() < LIFETIME)
            .is_some_and(|nonce| nonce.used.insert(count));
        if fresh { Verdict::Valid } else { Verdict::Stale }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TARGET: &str = "/api/atlas/v2/groups?pageNum=1";

    fn claim(nonce: &str, nc: &str, target: &str, secret: &str) -> Claim {
        let mut claim = Claim::parse(&format!(
            "username=\"abcdefgh\", realm=\"{REALM}\", nonce=\"{nonce}\", uri=\"{target}\", \
             cnonce=\"x, \\\"y\", nc={nc}, qop=auth, response=\"\", algorithm=MD5"
        ))
        .unwrap();
        claim.response = claim.expected("GET", &crypto::ha1("abcdefgh", secret));
        claim
    }

    fn verify(nonces: &Nonces, claim: &Claim) -> Verdict {
        nonces.verify(claim, "GET", TARGET, &crypto::ha1("abcdefgh", "s3cret"))
    }

    #[test]
    fn the_rfc_s_example_is_understood() {
        // RFC 2617, 3.5
        let claim = Claim::parse(
            "username=\"Mufasa\", realm=\"testrealm@host.com\", \
             nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", qop=auth, \
             nc=00000001, cnonce=\"0a4f113b\", response=\"\", opaque=\"5ccc\"",
        )
        .unwrap();
        let ha1 = crypto::md5_hex("Mufasa:testrealm@host.com:Circle Of Life");
        assert_eq!(claim.expected("GET", &ha1), "6629fae49393a05397450978507c4ef1");
    }

    #[test]
    fn counts_may_arrive_out_of_order_but_only_once() {
        let nonces = Nonces::default();
        let nonce = nonces.issue().unwrap();
        for nc in ["00000003", "00000001", "00000002"] {
            assert_eq!(verify(&nonces, &claim(&nonce, nc, TARGET, "s3cret")), Verdict::Valid);
        }
        let again = claim(&nonce, "00000002", TARGET, "s3cret");
        assert_eq!(verify(&nonces, &again), Verdict::Stale);
    }

    #[test]
    fn wrong_secrets_targets_and_nonces_are_told_apart() {
        let nonces = Nonces::default();
        let nonce = nonces.issue().unwrap();
        let judge = |claim| verify(&nonces, &claim);
        assert_eq!(judge(claim("unknown", "00000001", TARGET, "s3cret")), Verdict::Stale);
        assert_eq!(judge(claim("unknown", "00000001", TARGET, "guess")), Verdict::Wrong);
        assert_eq!(judge(claim(&nonce, "00000001", "/api/atlas/v2", "s3cret")), Verdict::Wrong);
        assert_eq!(judge(claim(&nonce, "zz", TARGET, "s3cret")), Verdict::Wrong);
        assert_eq!(Claim::parse("username=\"a"), None);
    }
}
