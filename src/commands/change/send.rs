//! Sending, eight at once, and holding what is read back against what was wanted.

use futures_util::future::LocalBoxFuture;
use futures_util::{StreamExt, stream};

use super::{Change, Expect, ReadBack};
use crate::context::{Context, told_to_stop};
use crate::error::{Error, Kind, Result};

/// How many changes are under way at once.
const AT_ONCE: usize = 8;

pub(super) type Sent = Vec<(Change, Result<()>)>;

pub(super) async fn send(context: &Context, changes: Vec<Change>) -> Result<Sent> {
    let client = context.client()?;
    let progress = context.ui.progress_items("sending", changes.len() as u64);
    let mut waiting: Vec<Option<Change>> = changes.into_iter().map(Some).collect();
    let mut sent: Vec<(usize, Change, Result<()>)> = Vec::new();
    {
        let queue = waiting.iter_mut().enumerate().filter_map(|(i, c)| c.take().map(|c| (i, c)));
        // After Ctrl-C nothing new begins, and what is under way is waited for and reported.
        let interrupt = Box::pin(told_to_stop());
        let mut outcomes = stream::iter(queue)
            .take_until(interrupt)
            .map(|(index, change)| async move {
                let outcome = client.send(&change.call).await;
                (index, change, outcome.map(drop).map_err(Error::from))
            })
            .buffer_unordered(AT_ONCE);
        while let Some(outcome) = outcomes.next().await {
            progress.advance(1);
            sent.push(outcome);
        }
    }
    sent.sort_by_key(|(index, ..)| *index);
    let mut sent: Sent = sent.into_iter().map(|(_, change, outcome)| (change, outcome)).collect();
    let unsent = waiting.into_iter().flatten();
    sent.extend(unsent.map(|change| {
        let error = Error::new(Kind::Interrupted, "interrupted before it was sent; unchanged");
        (change, Err(error))
    }));
    Ok(sent)
}

/// Reads everything back once. An answer that was lost is decided by what is found.
pub(super) async fn verify<'a>(
    context: &Context,
    sent: Sent,
    read_back: impl FnOnce() -> LocalBoxFuture<'a, Result<ReadBack>>,
) -> Sent {
    let unclear =
        |error: &Error| error.api_facts().status.is_none() && error.kind() != Kind::Interrupted;
    let worth = sent.iter().any(|(_, o)| o.as_ref().map_or_else(unclear, |()| true));
    if !worth {
        return sent;
    }
    let found = match context.interruptible(read_back()).await {
        Ok(found) => found,
        Err(error) => {
            context.ui.warn(format!("what was sent could not be read back: {error}"));
            let kind = error.kind();
            let unverified = |(change, outcome): (Change, Result<()>)| {
                let outcome =
                    outcome.and_then(|()| Err(Error::new(kind, "sent, and not verified")));
                (change, outcome)
            };
            return sent.into_iter().map(unverified).collect();
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
            Err(error) if unclear(&error) && holds && change.expect.proves() => {
                context
                    .ui
                    .note(format!("{}: the answer was lost; read back, it is done", change.object));
                Ok(())
            }
            Err(error) if unclear(&error) && !change.expect.proves() => {
                Err(error.hint("whether it was applied cannot be told"))
            }
            Err(error) => Err(error),
        };
        (change, outcome)
    };
    sent.into_iter().map(judge).collect()
}
