//! Who calls: an API key by Digest, or the holder of a token.

pub mod digest;
pub mod oauth;

use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::Value;

use self::digest::{Nonces, Verdict};
use super::refusal::ErrorReply;
use super::request::Request;
use crate::local::crypto;
use crate::local::domain::actor::{Actor, Identity};
use crate::local::store::docs::{self, kind};
use crate::local::store::principals::{self, Assignment};
use crate::privileges::catalogue::atlas_roles::ORGANIZATION_OWNER;

/// The name of the caller inside this process, for logs and audit events.
const IN_PROCESS: &str = "local";

/// Authenticates callers; remembers nonces within this process.
pub struct Authenticator {
    nonces: Nonces,
    token: String,
    key: Key,
}

/// An API key that lives as long as its server and is in no store.
pub struct Key {
    /// The public half.
    pub name: String,
    /// HA1 of the pair.
    pub ha1: String,
}

impl Authenticator {
    /// A gate that also lets this token and this key in, as an owner of every organisation.
    pub fn new(token: &str, key: Key) -> Self {
        Authenticator { nonces: Nonces::default(), token: crypto::sha256_hex(token), key }
    }

    /// Identifies the caller, or says how to authenticate.
    pub fn authenticate(
        &self,
        db: &Connection,
        now: Timestamp,
        request: &Request,
    ) -> Result<Actor, ErrorReply> {
        let header = request.header("authorization").unwrap_or_default();
        let (scheme, rest) = header.split_once(' ').unwrap_or((header, ""));
        if scheme.eq_ignore_ascii_case("bearer") {
            let digest = crypto::sha256_hex(rest.trim());
            if crypto::same(&digest, &self.token) {
                return Ok(owner_of_everything(db, now, Identity::Process, IN_PROCESS, request)?);
            }
            return match principals::token_holder(db, &digest, now)? {
                Some(principal) => Ok(Actor::of(principal, request.peer)),
                None => self.challenge(false),
            };
        }
        if !scheme.eq_ignore_ascii_case("digest") {
            return self.challenge(false);
        }
        let Some(claim) = digest::Claim::parse(rest) else {
            return self.challenge(false);
        };
        let is_own = claim.username == self.key.name;
        let stored = match is_own {
            true => None,
            false => principals::get(db, &claim.username)?,
        };
        // An unknown key is checked like a known one, against an HA1 that nothing hashes to.
        let ha1 = match &stored {
            _ if is_own => self.key.ha1.as_str(),
            Some(principal) => principal.secret_digest.as_str(),
            None => "",
        };
        match self.nonces.verify(&claim, request.method.as_str(), &request.target, ha1) {
            Verdict::Stale => self.challenge(true),
            Verdict::Wrong => self.challenge(false),
            Verdict::Valid if is_own => {
                Ok(owner_of_everything(db, now, Identity::ApiKey, &self.key.name, request)?)
            }
            Verdict::Valid => match stored {
                Some(principal) => Ok(Actor::of(principal, request.peer)),
                None => self.challenge(false),
            },
        }
    }

    fn challenge<T>(&self, stale: bool) -> Result<T, ErrorReply> {
        let nonce = self.nonces.issue()?;
        Err(ErrorReply::new(401, "UNEXPECTED_ERROR", "You are not authorized for this resource.")
            .header("www-authenticate", digest::challenge(&nonce, stale)))
    }
}

fn owner_of_everything(
    db: &Connection,
    now: Timestamp,
    identity: Identity,
    name: &str,
    request: &Request,
) -> rusqlite::Result<Actor> {
    let owner = |org: &Value| Assignment {
        role_name: ORGANIZATION_OWNER.api.into(),
        org_id: org["id"].as_str().map(str::to_owned),
        group_id: None,
    };
    Ok(Actor {
        identity,
        name: name.into(),
        id: crypto::derived_id(name, 0),
        roles: docs::list(db, now, kind::ORG, "", -1, 0)?.iter().map(owner).collect(),
        address: request.peer,
        session: None,
    })
}
