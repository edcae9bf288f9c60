//! Signing in: by SCRAM-SHA-256 ([`conversation`]) and by a client certificate ([`x509`]).
//!
//! Who may is decided in [`crate::local::domain::users::sign_in`]; here is what both sides say, and
//! how long a client waits that gets it wrong.

mod conversation;
mod pauses;
mod scram;
#[cfg(test)]
mod tests;
mod x509;

use std::time::Duration;

pub(super) use conversation::{Step, go_on, start};
pub(super) use x509::{authenticate, speculate};

use self::conversation::Conversation;
use super::failure::{Code, Failure};
use super::plane::Plane;
use super::session::{Session, SignedIn};
use crate::local::domain::users::{Held, sign_in};

/// The longest name of a database, in bytes, and of a user, in characters: what is longer names
/// nobody, and need not be kept.
const LONGEST_DATABASE: usize = 63;
const LONGEST_NAME: usize = 1024;

/// How far signing in has come on a connection.
#[derive(Debug, Default)]
pub(super) struct Progress {
    conversation: Option<Conversation>,
    /// The number of the last conversation.
    last: i32,
    /// How many attempts have failed.
    failures: u32,
    /// How long the answer to the last one has to wait.
    pause: Option<Duration>,
}

impl Progress {
    fn next_id(&mut self) -> i32 {
        self.last = self.last.wrapping_add(1);
        self.last
    }

    /// How long the client is to wait for its answer, if it has just failed to sign in.
    pub(super) fn take_pause(&mut self) -> Option<Duration> {
        self.pause.take()
    }
}

/// The first message of a conversation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Begun<'a> {
    /// The authentication database.
    pub(super) database: &'a str,
    pub(super) mechanism: &'a str,
    pub(super) payload: &'a [u8],
    /// Whether the client does without the empty message at the end.
    pub(super) skip_empty: bool,
}

/// What an attempt came to; the answer to one that failed has to wait.
pub(super) fn counted<T>(session: &mut Session, attempt: Result<T, Failure>) -> Result<T, Failure> {
    if attempt.as_ref().is_err_and(|failure| failure.code == Code::AUTHENTICATION_FAILED) {
        session.progress.failures = session.progress.failures.saturating_add(1);
        session.progress.pause = Some(pauses::pause(session.progress.failures));
    }
    attempt
}

/// Checks that who has signed in is still there, and may still be on the instance. It need not be
/// asked before an action, which is checked against the user as it is.
///
/// # Errors
/// Nobody has signed in, or not any more.
pub(super) async fn present(
    plane: &Plane,
    session: &Session,
    command: &str,
) -> Result<(), Failure> {
    session.actor(command)?;
    let held = held(plane, session).await?;
    held.map(drop).ok_or_else(|| Failure::requires_authentication(command))
}

/// What who has signed in holds now; `None` if nobody has, or not any more.
///
/// # Errors
/// The store's.
pub(super) async fn held(plane: &Plane, session: &Session) -> Result<Option<Held>, Failure> {
    let Some(user) = &session.user else { return Ok(None) };
    plane.read(session.actor_of(user), |work| work.held_on_instance()).await
}

/// Signs out whoever has signed in: at their wish, or since the connection has ended. It is written
/// to the log once.
///
/// # Errors
/// The store's.
pub(super) async fn sign_out(plane: &Plane, session: &mut Session) -> Result<(), Failure> {
    session.progress.conversation = None;
    let Some(user) = session.user.take() else { return Ok(()) };
    plane.write(session.actor_of(&user), sign_in::sign_out).await
}

/// Whoever wants to sign in.
fn bounded(database: &str, name: &str, mechanism: &'static str) -> Result<SignedIn, Failure> {
    let fits = database.len() <= LONGEST_DATABASE && name.chars().count() <= LONGEST_NAME;
    let (database, name) = (database.to_owned(), name.to_owned());
    let who = || SignedIn { database, name, mechanism, row: None };
    fits.then(who).ok_or_else(Failure::authentication)
}

/// A connection is one user's at a time.
fn nobody_yet(session: &Session) -> Result<(), Failure> {
    match session.user {
        None => Ok(()),
        Some(_) => Err(Failure::new(
            Code::PROTOCOL,
            "this connection is authenticated already: log out first, or use another connection",
        )),
    }
}

fn offered(mechanism: &str, own: &str) -> Result<(), Failure> {
    if mechanism == own {
        return Ok(());
    }
    let text = format!(
        "Received authentication for mechanism {mechanism} which is unknown or not enabled"
    );
    Err(Failure::new(Code::MECHANISM_UNAVAILABLE, text))
}
