//! From a request to its answer, on the store's thread: authenticate, count, allow, negotiate,
//! and let the handler work within one transaction.

use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior};
use serde_json::Value;

use super::auth::Authenticator;
use super::rate::{RateLimits, RateStatus, Windows};
use super::refusal::ErrorReply;
use super::reply::Outcome;
use super::request::{Admitted, Prepared, Request};
use super::routes::{Params, Route};
use super::{negotiate, precondition};
use crate::local::clock::Clock;
use crate::local::domain::actor::{Actor, Realm};
use crate::local::domain::{Work, named};
use crate::privileges::catalogue::operations::{self, Caller};

/// What all requests share.
pub struct Shared {
    /// Authentication.
    pub gate: Authenticator,
    /// Rate windows.
    pub windows: Windows,
    /// Rate limits.
    pub limits: RateLimits,
    /// Time.
    pub clock: Clock,
}

/// A request for an operation of the table.
pub struct OperationCall {
    /// The request.
    pub request: Request,
    /// The operation's row, of whatever version.
    pub first: &'static Route,
    /// All of its rows, one per version.
    pub routes: Vec<&'static Route>,
    /// What the path names.
    pub params: Params,
    /// Whether objects in its answer link to themselves.
    pub object_links: bool,
}

impl OperationCall {
    /// Whether nothing is written in any case. A read that records an event writes.
    pub fn only_reads(&self) -> bool {
        self.routes.iter().all(|route| route.method == "GET" && route.after.is_none())
    }

    /// The realms that the path names, if any.
    fn realms(&self) -> Vec<Realm<'_>> {
        let project = self.params.find("groupId").map(Realm::Project);
        project.into_iter().chain(self.params.find("orgId").map(Realm::Organization)).collect()
    }
}

/// An answer, and what its headers and the log need besides.
pub struct Answer {
    /// The handler's answer, or a refusal before it.
    pub outcome: Outcome,
    /// The media type of a success.
    pub media_type: String,
    /// Rate limit of the caller.
    pub spent: Option<RateStatus>,
    /// Who called.
    pub caller: Option<String>,
}

impl Default for Answer {
    fn default() -> Self {
        let nothing = ErrorReply::not_found("RESOURCE_NOT_FOUND", "No such resource.");
        Answer { outcome: Err(nothing), media_type: String::new(), spent: None, caller: None }
    }
}

/// A request whose caller is authenticated and within its rate limit.
pub struct AuthenticatedCall {
    actor: Actor,
    now: Timestamp,
    answer: Answer,
}

/// Answers an operation without a preparation.
pub fn answer(shared: &Shared, db: &mut Connection, asked: &OperationCall) -> Answer {
    let mut answer = Answer::default();
    answer.outcome = at_once(shared, db, asked, &mut answer);
    answer
}

fn at_once(
    shared: &Shared,
    db: &mut Connection,
    asked: &OperationCall,
    answer: &mut Answer,
) -> Outcome {
    let prepared = Prepared::default();
    if asked.only_reads() {
        // One transaction is one snapshot of the store, and costs less than several.
        let tx = db.transaction_with_behavior(TransactionBehavior::Deferred)?;
        let (actor, now) = admit(shared, &tx, asked, answer)?;
        let attempt = Attempt { asked, actor: &actor, now, prepared: &prepared };
        let reply = (attempt.allow(&tx, answer)?.handler)(&attempt.call(&tx))?;
        tx.commit()?;
        return Ok(reply);
    }
    let (actor, now) = admit(shared, db, asked, answer)?;
    let attempt = Attempt { asked, actor: &actor, now, prepared: &prepared };
    attempt.perform(db, answer)
}

/// Identifies the caller of an operation with a preparation, and checks its permission.
///
/// # Errors
/// The refusal, if it may not.
pub fn begin(
    shared: &Shared,
    db: &Connection,
    asked: &OperationCall,
) -> Result<AuthenticatedCall, Box<Answer>> {
    let mut answer = Answer::default();
    let mut begin = || {
        let (actor, now) = admit(shared, db, asked, &mut answer)?;
        let prepared = Prepared::default();
        let attempt = Attempt { asked, actor: &actor, now, prepared: &prepared };
        attempt.allow(db, &mut answer)?;
        Ok((actor, now))
    };
    match begin() {
        Ok((actor, now)) => Ok(AuthenticatedCall { actor, now, answer }),
        Err(refusal) => Err(Box::new(Answer { outcome: Err(refusal), ..answer })),
    }
}

/// Carries out a call, with what was prepared since.
pub fn finish(
    db: &mut Connection,
    asked: &OperationCall,
    begun: AuthenticatedCall,
    prepared: &Prepared,
) -> Answer {
    let AuthenticatedCall { actor, now, mut answer } = begun;
    let attempt = Attempt { asked, actor: &actor, now, prepared };
    answer.outcome = attempt.perform(db, &mut answer);
    answer
}

/// Who calls, and when; counts the call.
fn admit(
    shared: &Shared,
    db: &Connection,
    asked: &OperationCall,
    answer: &mut Answer,
) -> Result<(Actor, Timestamp), ErrorReply> {
    let (now, address) = (shared.clock.now(db)?, asked.request.peer);
    let limits = shared.limits;
    if limits.everything {
        spend(shared, &address.ip().to_string(), "everything", answer)?;
    }
    if operations::caller(asked.first.id) == Some(Caller::Anyone) {
        return Ok((Actor::nobody(address), now));
    }
    let actor = shared.gate.authenticate(db, now, &asked.request)?;
    answer.caller = Some(actor.name.clone());
    if !limits.everything {
        spend(shared, &actor.name, asked.first.family(), answer)?;
    }
    Ok((actor, now))
}

/// Counts a call, and refuses one too many.
fn spend(
    shared: &Shared,
    caller: &str,
    family: &'static str,
    answer: &mut Answer,
) -> Result<(), ErrorReply> {
    let RateLimits { per_minute: limit, minute, .. } = shared.limits;
    let spent = shared.windows.spend(caller, family, limit, minute);
    answer.spent = Some(spent);
    let Some(seconds) = spent.retry_after else { return Ok(()) };
    let detail = format!("More than {limit} calls a minute. Wait {seconds} seconds.");
    Err(ErrorReply::new(429, "RATE_LIMITED", detail).header("retry-after", seconds.to_string()))
}

/// An authenticated request that is being answered.
struct Attempt<'a> {
    asked: &'a OperationCall,
    actor: &'a Actor,
    now: Timestamp,
    prepared: &'a Prepared,
}

impl<'a> Attempt<'a> {
    fn call(&self, db: &'a Connection) -> Admitted<'a> {
        Admitted {
            work: Work { db, now: self.now, actor: self.actor },
            request: &self.asked.request,
            params: &self.asked.params,
            prepared: self.prepared,
            base: &self.asked.request.base,
            object_links: self.asked.object_links,
        }
    }

    /// The attempt, and what is done after it.
    fn perform(&self, db: &mut Connection, answer: &mut Answer) -> Outcome {
        let outcome = self.write(db, answer);
        if let Some(after) = self.asked.first.after {
            let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            after(&self.call(&tx), &outcome)?;
            tx.commit()?;
        }
        outcome
    }

    fn write(&self, db: &mut Connection, answer: &mut Answer) -> Outcome {
        let route = self.allow(db, answer)?;
        let behavior = match route.method {
            "GET" => TransactionBehavior::Deferred,
            _ => TransactionBehavior::Immediate,
        };
        let tx = db.transaction_with_behavior(behavior)?;
        let call = self.call(&tx);
        precondition::check(&call)?;
        let reply = (route.handler)(&call)?;
        tx.commit()?;
        Ok(reply)
    }

    /// The requested version, if the caller is permitted.
    fn allow(&self, db: &Connection, answer: &mut Answer) -> Result<&'static Route, ErrorReply> {
        let OperationCall { request, first, routes, .. } = self.asked;
        let (work, realms) = (Work { db, now: self.now, actor: self.actor }, self.asked.realms());
        work.authorize(first.id, realms.first().copied().unwrap_or(Realm::Anywhere))?;
        let route = negotiate::version(request, routes)?;
        answer.media_type = route.media_type();
        if !request.body.is_empty() {
            negotiate::content_type(request, route)?;
            // A body that is not JSON names nothing: the handler refuses it.
            if let Ok(body) = serde_json::from_slice::<Value>(&request.body) {
                named::check(&work, first.id, &body, &realms)?;
            }
        }
        Ok(route)
    }
}
