//! Comparing what is read back with what was expected. It decides about a lost answer.

use std::time::Duration;

use super::rounds::Sent;
use super::settling::{self, Settling};
use super::stage::ReadsBack;
use super::{Change, Expect, ReadBack};
use crate::context::Context;
use crate::error::{ApiFacts, Error, Kind, Result};

/// Adds to an error after which a change may have been made that this is unknown.
pub(super) fn unknown(error: Error) -> Error {
    match error.api_facts().may_be_done {
        true => error.hint("it is unknown whether it was applied: check before sending it again"),
        false => error,
    }
}

/// How long another state than the earlier and the expected one may be an even earlier one, where an
/// object is changed several times in a row.
const OTHERWISE: Duration = Duration::from_secs(2);

/// Reads everything back: once, unless it shows what was before the change was accepted, which may
/// be read for a moment longer.
pub(super) async fn verify(
    context: &Context,
    sent: Sent,
    read_back: &ReadsBack<'_>,
) -> Vec<(Change, Result<()>)> {
    let Sent { outcomes, cut_short, .. } = sent;
    let worth = outcomes.iter().any(|(_, o)| o.as_ref().map_or_else(is_unclear, |()| true));
    if !worth {
        return outcomes;
    }
    let found = match cut_short {
        true => Err(Error::new(Kind::Interrupted, "interrupted")),
        false => settled(context, &outcomes, read_back).await,
    };
    let found = match found {
        Ok(found) => found,
        Err(error) => {
            context.ui.warn(format!("what was sent could not be read back: {error}"));
            let facts = || ApiFacts { may_be_done: true, ..ApiFacts::default() };
            let unverified = || Error::new(error.kind(), "sent, but not verified").api(facts());
            let untold = |outcome: Result<()>| match outcome {
                Ok(()) => Err(unverified()),
                Err(error) => Err(unknown(error)),
            };
            return outcomes.into_iter().map(|(c, outcome)| (c, untold(outcome))).collect();
        }
    };
    let judged = |(change, outcome)| {
        let outcome = judge(context, &change, outcome, &found);
        (change, outcome)
    };
    outcomes.into_iter().map(judged).collect()
}

/// Reads back, and again as long as what was accepted is not seen, within the time that it may take.
async fn settled(
    context: &Context,
    outcomes: &[(Change, Result<()>)],
    read_back: &ReadsBack<'_>,
) -> Result<ReadBack> {
    let client = context.client()?;
    let mut settling = Settling::default();
    loop {
        let found = context.signals.interruptible(read_back()).await?;
        let accepted = outcomes.iter().filter(|(_, outcome)| outcome.is_ok());
        let unseen = accepted.map(|(change, _)| change).filter(|change| !is_so(change, &found));
        let patience = unseen.map(|change| match is_otherwise(change, &found) {
            true => OTHERWISE,
            false => settling::LONGEST,
        });
        match patience.max() {
            Some(longest) if settling.pause(client, longest).await => {}
            _ => return Ok(found),
        }
    }
}

/// Whether what is read back is what an accepted request leads to.
fn is_so(change: &Change, found: &ReadBack) -> bool {
    matches!(change.expect, Expect::Going) || change.expect.holds(&change.object, found)
}

fn is_unclear(error: &Error) -> bool {
    error.api_facts().may_be_done
}

fn judge(context: &Context, change: &Change, outcome: Result<()>, found: &ReadBack) -> Result<()> {
    let holds = change.expect.holds(&change.object, found);
    match outcome {
        Ok(()) if is_so(change, found) => Ok(()),
        Ok(()) => Err(otherwise(change, found)),
        Err(error) if is_unclear(&error) && !change.expect.proves() => Err(unknown(error)),
        Err(error) if is_unclear(&error) && holds => {
            let lost = error.api_facts().status.map_or_else(
                || "the answer was lost".to_owned(),
                |status| format!("the answer was {status}"),
            );
            let name = &change.object.name;
            context.ui.note(format!("{name}: {lost}; reading it back shows that it was done"));
            Ok(())
        }
        Err(error) if is_unclear(&error) => Err(error.hint(match is_otherwise(change, found) {
            true => {
                "reading it back shows another change, and it is unknown whether this one was \
                 made"
            }
            false => "reading it back does not show the change, which may still come: check before sending it again",
        })),
        Err(error) => Err(error),
    }
}

/// Accepted, but not so: the server has done nothing, or somebody else has changed it since.
fn otherwise(change: &Change, found: &ReadBack) -> Error {
    let lacking = change.expect.lacking(found);
    if !is_otherwise(change, found) {
        let why = format!("accepted, but reading it back does not show the change{lacking}");
        return Error::failed(why);
    }
    let why = match found.contains_key(change.expect.read(&change.object)) {
        true => {
            format!("accepted, but reading it back shows another change made after it{lacking}")
        }
        false => "accepted, but it is gone: another change was made after it".to_owned(),
    };
    Error::new(Kind::Conflict, why).hint("check the current state before sending it again")
}

/// Whether what is read back is neither the earlier state nor the expected one.
fn is_otherwise(change: &Change, found: &ReadBack) -> bool {
    let there = found.get(change.expect.read(&change.object));
    change.before.is_some() && !change.is_untouched(there.map(Box::as_ref))
}
