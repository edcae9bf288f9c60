//! Signing in by the certificate that the client has shown in its TLS handshake.

use super::bounded;
use crate::local::domain::Work;
use crate::local::domain::users::sign_in::{self, EXTERNAL, MONGODB_X509};
use crate::local::wire::failure::Failure;
use crate::local::wire::plane::Plane;
use crate::local::wire::session::Session;

/// Signs in the subject of the certificate, which the client may name itself, too; returns its
/// name.
///
/// # Errors
/// The mechanism is unknown, the client has shown no certificate of this name, or nobody of this
/// name may sign in; or somebody has signed in already.
pub(in crate::local::wire) async fn authenticate(
    plane: &Plane,
    session: &mut Session,
    database: &str,
    mechanism: &str,
    name: Option<&str>,
) -> Result<String, Failure> {
    super::nobody_yet(session)?;
    super::offered(mechanism, MONGODB_X509)?;
    let named = name.or(session.subject.as_deref()).ok_or_else(Failure::authentication)?;
    let mut who = bounded(database, named, MONGODB_X509)?;
    let proved = session.subject.as_ref() == Some(&who.name) && who.database == EXTERNAL;
    let job = move |work: &Work<'_>| sign_in::sign_in(work, MONGODB_X509, proved);
    let row = plane.write(session.actor_of(&who), job).await?;
    who.row = Some(row.ok_or_else(Failure::authentication)?);
    let name = who.name.clone();
    session.user = Some(who);
    Ok(name)
}

/// As [`authenticate`], for a client that does not know yet whether it can, and asks again if it
/// gets no answer: an attempt that fails is none.
pub(in crate::local::wire) async fn speculate(
    plane: &Plane,
    session: &mut Session,
    database: &str,
    name: Option<&str>,
) -> Option<String> {
    let subject = session.subject.clone()?;
    let who = bounded(database, &subject, MONGODB_X509).ok()?;
    let admitted = |work: &Work<'_>| sign_in::is_admitted(work, MONGODB_X509);
    if !plane.read(session.actor_of(&who), admitted).await.ok()? {
        return None;
    }
    if name.is_some_and(|name| name != who.name) {
        return None;
    }
    authenticate(plane, session, database, MONGODB_X509, name).await.ok()
}
