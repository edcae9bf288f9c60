//! From a request to its answer, on the store's thread: authenticate, count, allow, negotiate,
//! and let the handler work within one transaction.

use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior};

use super::auth::Gate;
use super::clock::Clock;
use super::rate::{RateLimits, Spent, Windows};
use super::refusal::Refusal;
use super::reply::Outcome;
use super::request::{Call, Request};
use super::routes::{Params, Route};
use super::store::principals::Principal;
use super::{access, named, negotiate, precondition};
use crate::privileges::catalogue::operations::{self, Caller};

/// What all requests share.
pub struct Shared {
    /// Authentication.
    pub gate: Gate,
    /// Rate windows.
    pub windows: Windows,
    /// Rate limits.
    pub limits: RateLimits,
    /// Time.
    pub clock: Clock,
    /// Scheme, host and port of the server.
    pub base: String,
}

/// An answer, and what its headers and the log say beside it.
pub struct Answer {
    /// The handler's answer, or the refusal on the way to it.
    pub outcome: Outcome,
    /// The media type of a success.
    pub media_type: String,
    /// Rate limit of the caller.
    pub spent: Option<Spent>,
    /// Who called.
    pub principal: Option<String>,
}

/// Answers an operation of the table.
pub fn answer(
    shared: &Shared,
    db: &mut Connection,
    request: &Request,
    routes: &[&'static Route],
    params: &Params,
) -> Answer {
    let mut answer = Answer {
        outcome: Err(Refusal::not_found("RESOURCE_NOT_FOUND", "No such resource.")),
        media_type: String::new(),
        spent: None,
        principal: None,
    };
    answer.outcome = attempt(shared, db, request, routes, params, &mut answer);
    answer
}

fn attempt(
    shared: &Shared,
    db: &mut Connection,
    request: &Request,
    routes: &[&'static Route],
    params: &Params,
    answer: &mut Answer,
) -> Outcome {
    let Some(&first) = routes.first() else {
        return Err(Refusal::not_found("RESOURCE_NOT_FOUND", "No such resource."));
    };
    if first.method == "GET" && first.after.is_none() {
        // One look at the store is one snapshot of it, which also costs less than several.
        let tx = db.transaction_with_behavior(TransactionBehavior::Deferred)?;
        let (principal, now) = admit(shared, &tx, request, first, answer)?;
        let at = At { shared, request, params, principal: &principal, now };
        let reply = at.handle(&tx, at.allow(&tx, routes, first, answer)?)?;
        tx.commit()?;
        return Ok(reply);
    }
    let (principal, now) = admit(shared, db, request, first, answer)?;
    let at = At { shared, request, params, principal: &principal, now };
    let outcome = at.perform(db, routes, first, answer);
    if let Some(after) = first.after {
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        after(&at.call(&tx), &outcome)?;
        tx.commit()?;
    }
    outcome
}

/// Who calls, and when; counts the call.
fn admit(
    shared: &Shared,
    db: &Connection,
    request: &Request,
    first: &Route,
    answer: &mut Answer,
) -> Result<(Principal, Timestamp), Refusal> {
    let now = shared.clock.now(db)?;
    let limits = shared.limits;
    if limits.everything {
        spend(shared, &request.peer.ip().to_string(), "everything", answer)?;
    }
    if operations::caller(first.id) == Some(Caller::Anyone) {
        return Ok((anonymous(), now));
    }
    let principal = shared.gate.authenticate(db, now, request)?;
    answer.principal = Some(principal.name.clone());
    if !limits.everything {
        spend(shared, &principal.name, first.family(), answer)?;
    }
    Ok((principal, now))
}

/// Counts a call, and refuses one too many.
fn spend(
    shared: &Shared,
    caller: &str,
    family: &'static str,
    answer: &mut Answer,
) -> Result<(), Refusal> {
    let RateLimits { per_minute: limit, minute, .. } = shared.limits;
    let spent = shared.windows.spend(caller, family, limit, minute);
    answer.spent = Some(spent);
    let Some(seconds) = spent.retry_after else { return Ok(()) };
    let detail = format!("More than {limit} calls a minute. Wait {seconds} seconds.");
    Err(Refusal::new(429, "RATE_LIMITED", detail).header("retry-after", seconds.to_string()))
}

/// Where an authenticated request stands.
struct At<'a> {
    shared: &'a Shared,
    request: &'a Request,
    params: &'a Params,
    principal: &'a Principal,
    now: Timestamp,
}

impl<'a> At<'a> {
    fn call(&'a self, db: &'a Connection) -> Call<'a> {
        Call {
            db,
            request: self.request,
            params: self.params,
            principal: self.principal,
            now: self.now,
            base: &self.shared.base,
        }
    }

    fn perform(
        &self,
        db: &mut Connection,
        routes: &[&'static Route],
        first: &Route,
        answer: &mut Answer,
    ) -> Outcome {
        let route = self.allow(db, routes, first, answer)?;
        let behavior = match route.method {
            "GET" => TransactionBehavior::Deferred,
            _ => TransactionBehavior::Immediate,
        };
        let tx = db.transaction_with_behavior(behavior)?;
        precondition::check(&self.call(&tx), &tx)?;
        let reply = self.handle(&tx, route)?;
        tx.commit()?;
        Ok(reply)
    }

    /// The version that is asked for, where the caller may ask.
    fn allow(
        &self,
        db: &Connection,
        routes: &[&'static Route],
        first: &Route,
        answer: &mut Answer,
    ) -> Result<&'static Route, Refusal> {
        access::check(db, self.now, self.principal, first.id, self.params)?;
        let route = negotiate::version(self.request, routes)?;
        answer.media_type = route.media_type();
        if !self.request.body.is_empty() {
            negotiate::content_type(self.request, route)?;
            named::check(&self.call(db), first.id)?;
        }
        Ok(route)
    }

    fn handle(&self, db: &Connection, route: &Route) -> Outcome {
        (route.handler)(&self.call(db))
    }
}

/// The caller of what is public.
fn anonymous() -> Principal {
    Principal {
        name: String::new(),
        id: String::new(),
        secret_digest: String::new(),
        roles: Vec::new(),
    }
}
