//! In rounds: look again, ask again if it is no longer what was shown, send while the look is
//! fresh. A batch that takes long, or has to wait, takes several.

use std::collections::{HashMap, HashSet};
use std::time::Instant;

use super::seen::{self, Differing};
use super::send::{self, Look, Outcome};
use super::settling::{self, Settling};
use super::stage::{Looks, Planned};
use super::{Change, ObjectId, preview};
use crate::atlas::{ApiError, Client};
use crate::context::Context;
use crate::error::{Error, Kind, Result};

/// How often an object is computed again without a question, and how many rounds in a row may pass
/// in which nothing can be sent.
const MOST_TIMES: u32 = 3;

/// The outcome of the changes of one stage, before they are read back.
#[derive(Default)]
pub(super) struct Sent {
    pub(super) outcomes: Vec<(Change, Result<()>)>,
    /// Whether waiting for answers was cut short.
    pub(super) cut_short: bool,
    /// Objects that were not in the stage when it was shown.
    pub(super) further: Vec<ObjectId>,
}

/// Sends the changes of a stage, each right after a look has confirmed that it is still as shown.
/// `known` are objects that were already reported; `before` is called with what is sent
/// next.
pub(super) async fn all(
    context: &Context,
    planned: Planned<'_>,
    mut known: HashSet<ObjectId>,
    mut before: impl FnMut(&[Change]) -> Result<()>,
) -> Result<Sent> {
    let Planned { plan, look } = planned;
    let client = context.client()?;
    known.extend(plan.changes.iter().flat_map(Change::objects));
    let mut rounds = Rounds {
        context,
        client,
        verb: plan.verb,
        known,
        pending: plan.changes,
        questions: Vec::new(),
        times: HashMap::new(),
        idle: 0,
        settling: Settling::default(),
        unsettled: false,
        sent: Sent::default(),
    };
    while !rounds.pending.is_empty() {
        if rounds.client.is_stopped() {
            rounds.give_up(send::unsent());
            break;
        }
        let (ready, look) = rounds.look(look.as_ref()).await;
        if !ready.is_empty() {
            match before(&ready) {
                Ok(()) => rounds.send(ready, look).await,
                Err(error) => {
                    rounds.pending.extend(ready);
                    rounds.give_up(error);
                }
            }
        }
        rounds.ask();
    }
    Ok(rounds.sent)
}

struct Rounds<'a> {
    context: &'a Context,
    client: &'a Client,
    verb: &'static str,
    /// All objects that were to be changed, or were refused when that was shown.
    known: HashSet<ObjectId>,
    /// What is still to be sent, as it was shown last.
    pending: Vec<Change>,
    /// What is to be asked about again.
    questions: Vec<Differing>,
    /// How often an object was found changed.
    times: HashMap<ObjectId, u32>,
    /// How many rounds have gone by in which nothing was sent.
    idle: u32,
    /// How long there has been waiting for what is not known everywhere yet.
    settling: Settling,
    /// Whether there is such waiting: a single change then tells when it is over.
    unsettled: bool,
    sent: Sent,
}

impl Rounds<'_> {
    fn end(&mut self, change: Change, error: Error) {
        self.sent.outcomes.push((change, Err(error)));
    }

    /// Nothing of what is pending is sent, for this reason.
    fn give_up(&mut self, error: Error) {
        let kind = error.kind();
        let same = || match kind {
            Kind::Interrupted => send::unsent(),
            _ => Error::new(kind, "not sent, for the same reason; unchanged"),
        };
        let mut error = Some(error);
        for change in std::mem::take(&mut self.pending) {
            let error = error.take().unwrap_or_else(same);
            self.end(change, error);
        }
    }

    /// What of the pending changes can be sent as it was shown.
    async fn look(&mut self, look: Option<&Looks<'_>>) -> (Vec<Change>, Look) {
        let began = Instant::now();
        let anew = match look {
            Some(look) => tokio::select! {
                anew = look() => anew.map(Some),
                () = self.client.stopped() => Err(send::unsent()),
            },
            None => Ok(None),
        };
        let looked = Look::since(began, self.client);
        let ready = match anew {
            Ok(None) => std::mem::take(&mut self.pending),
            Ok(Some(mut anew)) => match anew.held.take() {
                None => self.compare(anew),
                Some(error) => {
                    self.give_up(error);
                    Vec::new()
                }
            },
            Err(_) if self.client.is_stopped() => Vec::new(),
            Err(error) => {
                self.give_up(
                    error
                        .hint("it was not sent, because the current state could not be read again"),
                );
                Vec::new()
            }
        };
        (ready, looked)
    }

    fn compare(&mut self, anew: super::Plan) -> Vec<Change> {
        let seen = seen::sort(std::mem::take(&mut self.pending), anew, &self.known);
        for change in seen.settled {
            let object = &change.object;
            let why = format!("unchanged: {object}: it is already so by now");
            self.context.ui.note_about(object, why);
        }
        for (change, error) in seen.refused {
            self.end(change, error);
        }
        let mut ready = seen.same;
        for other in seen.other {
            match self.context.ui.assumes_yes() {
                true => ready.extend(self.assume(other)),
                false => self.questions.push(other),
            }
        }
        ready
    }

    /// Changes that nobody is asked about: they are still made if they mean the same.
    fn assume(&mut self, other: Differing) -> Vec<Change> {
        let Some(first) = other.now.first() else { return Vec::new() };
        let object = first.object.clone();
        let same = other.means_the_same();
        if same && self.counts(&object) {
            let why = format!("{object} was changed in the meantime; computed again:");
            self.context.ui.note_about(&object, why);
            preview::show_changes(self.context, self.verb, &other.now);
            return other.now;
        }
        let why = match (other.shown.is_empty(), same) {
            (true, _) => "it was not among the changes that were shown; unchanged",
            (_, true) => "it keeps being changed; unchanged",
            (_, false) => {
                "it was changed in the meantime, and would now gain or lose something else; unchanged"
            }
        };
        if other.shown.is_empty() {
            self.sent.further.push(object);
        }
        preview::show_changes(self.context, self.verb, &other.now);
        let mut changes = if other.shown.is_empty() { other.now } else { other.shown }.into_iter();
        if let Some(change) = changes.next() {
            let error = Error::new(Kind::Conflict, why);
            self.end(
                change,
                error.hint("the current state is shown above; run the command again to apply this"),
            );
        }
        for change in changes {
            self.end(change, Error::new(Kind::Conflict, why));
        }
        Vec::new()
    }

    /// Counts that an object was found changed; returns whether to go on.
    fn counts(&mut self, object: &ObjectId) -> bool {
        let times = self.times.entry(object.clone()).or_default();
        *times += 1;
        *times <= MOST_TIMES
    }

    async fn send(&mut self, mut ready: Vec<Change>, look: Look) {
        if self.unsettled && ready.len() > 1 {
            self.pending.extend(ready.drain(1..));
        }
        let (outcomes, cut_short) = send::part(self.context, self.client, &ready, look).await;
        self.sent.cut_short |= cut_short;
        let is_stale = |outcome: &Outcome| matches!(outcome, Outcome::Stale(_));
        let all_stale = outcomes.iter().all(is_stale);
        self.idle = if all_stale { self.idle + 1 } else { 0 };
        let waits = outcomes.iter().any(is_stale).then(|| ready.first().map(|c| c.call.clone()));
        let mut unsettled = Vec::new();
        for (change, outcome) in ready.into_iter().zip(outcomes) {
            match outcome {
                Outcome::Ended(outcome) => self.sent.outcomes.push((change, outcome)),
                Outcome::Stale(error) if self.idle > MOST_TIMES => {
                    let error = change.error(error);
                    self.end(change, error);
                }
                Outcome::Stale(_) => self.pending.push(change),
                Outcome::Unsettled(error) => unsettled.push((change, error)),
                Outcome::Overtaken if self.counts(&change.object) => self.pending.push(change),
                Outcome::Overtaken => {
                    let why = "it keeps being changed; unchanged";
                    self.end(change, Error::new(Kind::Conflict, why));
                }
            }
        }
        if let Some(call) = waits.flatten() {
            self.client.rest(&call).await;
        }
        self.settle(unsettled).await;
    }

    /// Waits for what is not known everywhere yet, so that these are sent again; each refusal proves
    /// that nothing was done. What is refused when there is no patience left has failed.
    async fn settle(&mut self, refused: Vec<(Change, ApiError)>) {
        let Some((first, error)) = refused.first() else {
            self.unsettled = false;
            return;
        };
        if !self.unsettled {
            let why =
                format!("{error}; a recent change may not be known everywhere yet: reading again");
            self.context.ui.note_about(&first.object, why);
        }
        self.unsettled = self.settling.pause(self.client, settling::LONGEST).await;
        for (change, error) in refused {
            // After an interruption, it is among what was not sent.
            match self.unsettled || self.client.is_stopped() {
                true => self.pending.push(change),
                false => {
                    let error = change.error(error);
                    self.end(change, error);
                }
            }
        }
    }

    /// Shows and asks about what is no longer as shown; what is agreed to is read again.
    fn ask(&mut self) {
        for other in std::mem::take(&mut self.questions) {
            let Some(object) = other.now.first().map(|first| first.object.clone()) else {
                continue;
            };
            let error = match self.agrees(&object, &other.now) {
                Ok(true) => {
                    self.known.insert(object);
                    self.pending.extend(other.now);
                    continue;
                }
                Ok(false) => Error::usage("not confirmed; unchanged"),
                Err(error) => error,
            };
            for change in other.shown {
                self.end(change, error.again());
            }
        }
    }

    fn agrees(&self, object: &ObjectId, now: &[Change]) -> Result<bool> {
        if self.client.is_stopped() {
            return Err(send::unsent());
        }
        self.context.ui.note_about(object, format!("{object} is no longer as shown:"));
        preview::show_changes(self.context, self.verb, now);
        // After an interrupted question, no further one is asked.
        let answer = self.context.ui.confirm(&format!("{} {object}?", self.verb));
        answer.inspect_err(|_| self.client.stop_waiting())
    }
}
