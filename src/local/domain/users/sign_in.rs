//! Signing in to an instance: who may, what it is to be proved against, and what the instance's log
//! says of it. The actor is whom the client wants to be.
//!
//! A wrong password, a name that nobody has, an expired user, one without a password, one of another
//! authentication database and one whose scopes do not reach the instance take the same course to
//! the same answer: only the log tells who was meant.

use super::{UserName, Verifier, row, scram, verifier};
use crate::local::crypto;
use crate::local::domain::audit::event::{AuditKind, Failure};
use crate::local::domain::instances::{self, InstanceName};
use crate::local::domain::refusal::{Reason, Refusal, Subject};
use crate::local::domain::{Outcome, Work, audit, text};
use crate::local::store::meta;
use crate::local::store::scram::Key;

/// By a password.
pub const SCRAM_SHA_256: &str = "SCRAM-SHA-256";
/// By a client certificate, whose subject is the name.
pub const MONGODB_X509: &str = "MONGODB-X509";
/// The authentication database of users who are known by what another authority says of them.
pub const EXTERNAL: &str = "$external";

/// What the actor's password is to be proved against; `None` as long as the store has no secret
/// (see [`make_secret`]).
pub fn challenge(work: &Work<'_>) -> Outcome<Option<Verifier>> {
    let (user, _) = connected(work)?;
    let Some(secret) = meta::get(work.db, meta::DECOY_SECRET)? else { return Ok(None) };
    let decoy = scram::decoy(&secret, user);
    Ok(Some(verifier(work, user)?.unwrap_or(decoy)))
}

/// Gives the store the secret that the salts of unknown names are derived from, unless it has one.
pub fn make_secret(work: &Work<'_>) -> Outcome<()> {
    if meta::get(work.db, meta::DECOY_SECRET)?.is_none() {
        meta::set(work.db, meta::DECOY_SECRET, crypto::random_token()?)?;
    }
    Ok(())
}

/// Checks the proof that the actor knows its password, over what both sides have said; returns the
/// server's signature, and which of those who had the name it is. A proof that could not be read is
/// checked like any other.
pub fn prove(work: &Work<'_>, said: &str, proof: Option<&Key>) -> Outcome<Option<(Key, i64)>> {
    let Some(verifier) = challenge(work)? else { return Ok(None) };
    let signature = scram::check(&verifier, said.as_bytes(), proof.unwrap_or(&Key::default()));
    let admitted = is_admitted(work, SCRAM_SHA_256)?;
    let signature = signature.filter(|_| proof.is_some() && admitted);
    Ok(signature.zip(row(work, connected(work)?.0)?))
}

/// Whether the actor may sign in to the instance now, by this mechanism, if it is who it says.
pub fn is_admitted(work: &Work<'_>, mechanism: &str) -> Outcome<bool> {
    let (name, instance) = connected(work)?;
    let user = work.database_user()?;
    let exists = match instances::get(work, instance) {
        Ok(_) => true,
        Err(Refusal { reason: Reason::NotFound, .. }) => false,
        Err(failure) => return Err(failure),
    };
    let fits = user.is_some_and(|user| {
        let has_certificate = matches!(text(&user, "x509Type"), "CUSTOMER" | "MANAGED");
        (has_certificate && name.database == EXTERNAL) == (mechanism == MONGODB_X509)
    });
    Ok(exists && fits)
}

/// Signs the actor in, if it has proved who it is and is admitted still; either is written to the
/// instance's log. Returns which of those who had the name it is, if it is signed in.
pub fn sign_in(work: &Work<'_>, mechanism: &'static str, proved: bool) -> Outcome<Option<i64>> {
    let (user, instance) = connected(work)?;
    let done = is_admitted(work, mechanism)? && proved;
    let failure = (!done).then(Failure::authentication);
    audit::signed(work, instance, AuditKind::Logon(mechanism), failure)?;
    if done { row(work, user) } else { Ok(None) }
}

/// Writes that the actor's connection has ended, or that it has signed out.
pub fn sign_out(work: &Work<'_>) -> Outcome<()> {
    let (_, instance) = connected(work)?;
    audit::signed(work, instance, AuditKind::Logoff, None)
}

/// The actor as a user, and the instance that it signs in to.
fn connected<'a>(work: &Work<'a>) -> Outcome<(UserName<'a>, InstanceName<'a>)> {
    work.connected().ok_or_else(|| {
        let detail = "only database users sign in to instances";
        Refusal::new(Reason::NotPermitted, Subject::Operation, "signing in", detail)
    })
}
