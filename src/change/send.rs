//! Sending, eight at a time, while what was read is fresh.

use std::cell::RefCell;
use std::pin::pin;
use std::time::{Duration, Instant};

use futures_util::{StreamExt, stream};
use http::StatusCode;
use tokio::time::sleep;

use super::Change;
use crate::atlas::{ApiError, Client};
use crate::context::Context;
use crate::error::{ApiFacts, Error, Kind, Result};

/// How many changes are in progress at a time.
const AT_ONCE: usize = 8;

/// How long to wait for answers after an interruption.
const GRACE: Duration = Duration::from_secs(10);

/// How long a wait may be before a person wonders what is happening.
const NOTICED: Duration = Duration::from_millis(100);

/// How old what was read may be when a change that depends on it is sent.
pub(super) const FRESH: Duration = Duration::from_secs(10);

/// When a look was taken, and how many waits for a rate limit there had been by then.
#[derive(Clone, Copy)]
pub(super) struct Look {
    at: Instant,
    waits: u64,
}

impl Look {
    /// A look that began then and has just ended.
    pub(super) fn since(began: Instant, client: &Client) -> Self {
        // A look that takes longer than it lasts is as fresh as it can be.
        let at = if began.elapsed() < FRESH { began } else { Instant::now() };
        Look { at, waits: client.waits() }
    }

    fn is_fresh(self, client: &Client) -> bool {
        self.at.elapsed() < FRESH && client.waits() == self.waits
    }
}

/// The outcome of one change.
pub(super) enum Outcome {
    /// It was answered, or its outcome is unknown.
    Ended(Result<()>),
    /// It was not sent, since what it depends on must be read again; the error is what to report if
    /// that does not end.
    Stale(ApiError),
    /// It was refused, since the object was changed between the look and the sending.
    Overtaken,
    /// It was refused, so that nothing was done, for something that the look had found otherwise: it
    /// was changed a moment ago, which is not known everywhere yet. The error is what to report if
    /// that does not end.
    Unsettled(ApiError),
}

/// How far one change has come.
enum ChangeProgress {
    Waiting,
    UnderWay,
    Answered(Outcome),
}

/// Sends what it can while the look is fresh; also returns whether waiting was cut short.
pub(super) async fn part(
    context: &Context,
    client: &Client,
    changes: &[Change],
    look: Look,
) -> (Vec<Outcome>, bool) {
    let progress = context.ui.progress_items("sending", changes.len() as u64);
    let states: Vec<_> = changes.iter().map(|_| RefCell::new(ChangeProgress::Waiting)).collect();
    let is_fresh = || look.is_fresh(client);
    let all = stream::iter(changes.iter().zip(&states))
        .take_until(client.stopped())
        .map(async |(change, state)| {
            state.replace(ChangeProgress::UnderWay);
            let answer = client.send_while(&change.conditional(), &is_fresh).await;
            state.replace(ChangeProgress::Answered(match answer {
                Ok(_) => Outcome::Ended(Ok(())),
                Err(error) if error.is_stale() => Outcome::Stale(error),
                Err(error) if error.status() == Some(StatusCode::PRECONDITION_FAILED) => {
                    Outcome::Overtaken
                }
                Err(error) if is_unsettled(&error) => Outcome::Unsettled(error),
                Err(error) => Outcome::Ended(Err(change.error(error))),
            }));
        })
        .buffer_unordered(AT_ONCE)
        .for_each(async |()| progress.advance(1));
    let cut_short = to_the_end(context, client, all).await.is_none();
    drop(progress);
    let outcome = |state: RefCell<ChangeProgress>| match state.into_inner() {
        ChangeProgress::Answered(outcome) => outcome,
        ChangeProgress::UnderWay => Outcome::Ended(Err(unanswered())),
        ChangeProgress::Waiting => Outcome::Ended(Err(unsent())),
    };
    (states.into_iter().map(outcome).collect(), cut_short)
}

/// What Atlas and the local control plane answer where a request gives, or changes, what does not
/// exist, or deletes a role that is in use. What is planned rests on a look that has found it
/// otherwise, so that this is all but certainly a matter of time.
const UNSETTLED: [&str; 5] = [
    "ATLAS_CUSTOM_ROLE_IN_USE",
    "UNSUPPORTED_ROLE",
    "ATLAS_CUSTOM_ROLE_NOT_FOUND",
    "STREAM_CONNECTION_INVALID_DB_ROLE",
    "USERNAME_NOT_FOUND",
];

/// Whether it was refused for one of these by the API itself, which then has done nothing.
fn is_unsettled(error: &ApiError) -> bool {
    error.status().is_some_and(|status| status.is_client_error())
        && !error.may_be_done()
        && error.error_code().is_some_and(|code| UNSETTLED.contains(&code))
}

/// Waits for what was sent even after Ctrl-C or a request to end, since its outcome would otherwise
/// be unknown: nothing new is started then, and what is in progress gets some time. `None` if it
/// took longer, or a second signal came.
pub(super) async fn to_the_end<T>(
    context: &Context,
    client: &Client,
    work: impl Future<Output = T>,
) -> Option<T> {
    let mut work = pin!(work);
    let mut signals = context.signals.incoming();
    tokio::select! {
        done = &mut work => return Some(done),
        () = signals.next() => client.stop_waiting(),
    }
    let noticed = async {
        sleep(NOTICED).await;
        let seconds = GRACE.as_secs();
        context.ui.note(format!(
            "interrupted: waiting up to {seconds} s for the answer to what was sent; interrupt again to stop"
        ));
        sleep(GRACE).await;
    };
    tokio::select! {
        done = &mut work => Some(done),
        () = signals.next() => None,
        () = noticed => None,
    }
}

/// What was not sent because of an interruption.
pub(super) fn unsent() -> Error {
    Error::new(Kind::Interrupted, "interrupted before it was sent; unchanged")
}

/// What was sent, but whose answer was not waited for.
pub(super) fn unanswered() -> Error {
    let facts = ApiFacts { may_be_done: true, ..ApiFacts::default() };
    Error::new(Kind::Interrupted, "interrupted before the answer arrived").api(facts)
}
