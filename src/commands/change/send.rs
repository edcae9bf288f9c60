//! Sending, eight at once, and holding what is read back against what was wanted.

use std::cell::RefCell;
use std::pin::pin;
use std::time::Duration;

use futures_util::future::LocalBoxFuture;
use futures_util::{StreamExt, stream};
use tokio::time::sleep;

use super::{Change, Expect, ReadBack};
use crate::atlas::Client;
use crate::context::{Context, told_to_stop};
use crate::error::{ApiFacts, Error, Kind, Result};

/// How many changes are under way at once.
const AT_ONCE: usize = 8;

/// How long, after an interruption, answers are waited for.
const GRACE: Duration = Duration::from_secs(10);

/// From what wait on a person wonders what happens.
const NOTICED: Duration = Duration::from_millis(100);

pub(super) struct Sent {
    outcomes: Vec<(Change, Result<()>)>,
    /// Whether answers were no longer waited for.
    cut_short: bool,
}

/// How far one change has come.
enum State {
    Waiting,
    UnderWay,
    Answered(Result<()>),
}

pub(super) async fn send(context: &Context, changes: Vec<Change>) -> Result<Sent> {
    let client = context.client()?;
    let progress = context.ui.progress_items("sending", changes.len() as u64);
    let states: Vec<_> = changes.iter().map(|_| RefCell::new(State::Waiting)).collect();
    let all = stream::iter(changes.iter().zip(&states))
        .take_until(client.stopped())
        .map(async |(change, state)| {
            state.replace(State::UnderWay);
            let outcome = client.send(&change.call).await.map(drop).map_err(Error::from);
            state.replace(State::Answered(outcome));
        })
        .buffer_unordered(AT_ONCE)
        .for_each(async |()| progress.advance(1));
    let cut_short = to_the_end(context, client, all).await.is_none();
    drop(progress);
    let outcome = |state: RefCell<State>| match state.into_inner() {
        State::Answered(outcome) => outcome,
        State::UnderWay => Err(unanswered()),
        State::Waiting => {
            Err(Error::new(Kind::Interrupted, "interrupted before it was sent; unchanged"))
        }
    };
    let outcomes = changes.into_iter().zip(states.into_iter().map(outcome)).collect();
    Ok(Sent { outcomes, cut_short })
}

/// Waits for what was sent also after Ctrl-C or a request to end, since dropped it would leave
/// nobody who knows what it did: nothing new begins then, and what is on its way has a while. There
/// is nothing where it took longer, or a second signal came.
pub(super) async fn to_the_end<T>(
    context: &Context,
    client: &Client,
    work: impl Future<Output = T>,
) -> Option<T> {
    let mut work = pin!(work);
    tokio::select! {
        done = &mut work => return Some(done),
        () = told_to_stop() => client.stop_waiting(),
    }
    let again = told_to_stop();
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
        () = again => None,
        () = noticed => None,
    }
}

/// What was sent, and was no longer waited for.
pub(super) fn unanswered() -> Error {
    let facts = ApiFacts { may_be_done: true, ..ApiFacts::default() };
    Error::new(Kind::Interrupted, "interrupted before the answer came").api(facts)
}

/// Of an error after which a change may have been made: that nobody knows.
pub(super) fn unknown(error: Error) -> Error {
    match error.api_facts().may_be_done {
        true => error.hint("whether it was applied cannot be told: look before it is sent again"),
        false => error,
    }
}

/// Reads everything back once. An answer that was lost is decided by what is found.
pub(super) async fn verify<'a>(
    context: &Context,
    sent: Sent,
    read_back: impl FnOnce() -> LocalBoxFuture<'a, Result<ReadBack>>,
) -> Vec<(Change, Result<()>)> {
    let Sent { outcomes, cut_short } = sent;
    let unclear = |error: &Error| error.api_facts().may_be_done;
    let worth = outcomes.iter().any(|(_, o)| o.as_ref().map_or_else(unclear, |()| true));
    if !worth {
        return outcomes;
    }
    let found = match cut_short {
        true => Err(Error::new(Kind::Interrupted, "interrupted")),
        false => context.interruptible(read_back()).await,
    };
    let found = match found {
        Ok(found) => found,
        Err(error) => {
            context.ui.warn(format!("what was sent could not be read back: {error}"));
            let facts = || ApiFacts { may_be_done: true, ..ApiFacts::default() };
            let unverified = || Error::new(error.kind(), "sent, and not verified").api(facts());
            let untold = |outcome: Result<()>| match outcome {
                Ok(()) => Err(unverified()),
                Err(error) => Err(unknown(error)),
            };
            return outcomes.into_iter().map(|(c, outcome)| (c, untold(outcome))).collect();
        }
    };
    let judge = |(change, outcome): (Change, Result<()>)| {
        let holds = change.expect.holds(&change.object, &found);
        let outcome = match outcome {
            Ok(()) if holds || matches!(change.expect, Expect::Going) => Ok(()),
            Ok(()) => Err(Error::failed(format!(
                "accepted, but read back it is not as it should be{}",
                change.expect.lacking(&found)
            ))),
            Err(error) if unclear(&error) && !change.expect.proves() => Err(unknown(error)),
            Err(error) if unclear(&error) && holds => {
                let lost = error.api_facts().status.map_or_else(
                    || "the answer was lost".to_owned(),
                    |status| format!("the answer was {status}"),
                );
                context.ui.note(format!("{}: {lost}; read back, it is done", change.object));
                Ok(())
            }
            Err(error) if unclear(&error) => Err(error.hint(
                "read back, it is not done; it may still come: look before it is sent again",
            )),
            Err(error) => Err(error),
        };
        (change, outcome)
    };
    outcomes.into_iter().map(judge).collect()
}
