//! Audit logs of stream processing instances: what is written into them, and who reads them.

pub mod event;
pub mod operational;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use self::event::{AuditEvent, AuditKind, Entity, Failure};
use super::actor::Identity;
use super::instances::InstanceName;
use super::{Outcome, Work, text};
use crate::local::crypto;
use crate::local::store::audit;
use crate::local::store::docs::{self, kind};

/// What is fetched when no start is named.
const THIRTY_DAYS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Which part of a log is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The first moment.
    pub start: Timestamp,
    /// The moment after the last.
    pub end: Timestamp,
    /// What happens this very moment belongs to a log without an end.
    pub open: bool,
    /// The stream processor that was named, if one was.
    pub processor: Option<String>,
}

impl Window {
    /// From a moment to a moment; without an end to now, without a start the thirty days before.
    /// `None` if the start lies behind the end.
    pub fn between(
        now: Timestamp,
        start: Option<Timestamp>,
        end: Option<Timestamp>,
        processor: Option<String>,
    ) -> Option<Window> {
        let open = end.is_none();
        let end = end.unwrap_or(now);
        let before = || end.checked_sub(THIRTY_DAYS).unwrap_or(Timestamp::UNIX_EPOCH);
        let start = start.unwrap_or_else(before);
        (start <= end).then_some(Window { start, end, open, processor })
    }

    /// The moments as a half-open range.
    fn range(&self) -> (Timestamp, Timestamp) {
        (self.start, if self.open { Timestamp::MAX } else { self.end })
    }
}

/// The log of an instance, or of one that was deleted less than 30 days ago.
#[derive(Debug, Clone, Copy)]
pub struct Log<'a> {
    work: Work<'a>,
    instance: InstanceName<'a>,
}

impl<'a> Log<'a> {
    /// The log of an instance, which outlives the instance.
    ///
    /// # Errors
    /// Not found: there is no such instance, and was none.
    pub fn of(work: Work<'a>, instance: InstanceName<'a>) -> Outcome<Log<'a>> {
        match is_kept(&work, instance)? {
            true => Ok(Log { work, instance }),
            false => Err(instance.not_found()),
        }
    }

    /// Returns its lines within a window.
    pub fn each(
        &self,
        window: &Window,
        line: impl FnMut(&str) -> std::io::Result<()>,
    ) -> Outcome<()> {
        let InstanceName { project, name } = self.instance;
        let processor = window.processor.as_deref();
        Ok(audit::each(self.work.db, project, name, window.range(), processor, line)?)
    }
}

/// Whether the instance exists, or has not been gone for 30 days.
fn is_kept(work: &Work<'_>, instance: InstanceName<'_>) -> Outcome<bool> {
    let InstanceName { project, name } = instance;
    if work.get(kind::INSTANCE, project, name)?.is_some() {
        return Ok(true);
    }
    let deleted = audit::deleted(work.db, project, name)?;
    Ok(deleted.is_some_and(|time| work.now.duration_since(time) < audit::KEPT))
}

/// Writes the attempt to read a log into the log itself, whatever came of it; one that succeeded is
/// a project event too.
pub fn accessed(work: &Work<'_>, own: InstanceName<'_>, failure: Option<Failure>) -> Outcome<()> {
    audit::purge(work.db, work.now)?;
    if !is_kept(work, own)? {
        return Ok(());
    }
    if failure.is_none() {
        own.event(work, "STREAM_TENANT_AUDIT_LOGS")?;
    }
    let instance = work.get(kind::INSTANCE, own.project, own.name)?.unwrap_or_default();
    let entity = Entity {
        name: own.name.to_owned(),
        uid: text(&instance, "_id").to_owned(),
        kind: "audit_log",
        data: Value::Null,
    };
    record(work, own, &instance, AuditKind::LogAccessed, failure, Some(entity))
}

/// Writes into an instance's log that the actor, a database user, signed in to it, tried to, or
/// that its connection ended: of a connection that outlives the instance too, as long as its log is
/// kept.
pub(super) fn signed(
    work: &Work<'_>,
    own: InstanceName<'_>,
    done: AuditKind,
    failure: Option<Failure>,
) -> Outcome<()> {
    if !is_kept(work, own)? {
        return Ok(());
    }
    let instance = work.get(kind::INSTANCE, own.project, own.name)?.unwrap_or_default();
    record(work, own, &instance, done, failure, None)
}

/// Writes what the actor did, or tried to do, into an instance's log.
pub(super) fn record(
    work: &Work<'_>,
    own: InstanceName<'_>,
    instance: &Value,
    done: AuditKind,
    failure: Option<Failure>,
    entity: Option<Entity>,
) -> Outcome<()> {
    let processor = entity.as_ref().filter(|entity| entity.kind == "stream_processor");
    let processor = processor.map(|entity| entity.name.clone());
    let event = AuditEvent {
        time_ms: work.now.as_millisecond(),
        kind: done,
        failure,
        user: name(work),
        roles: roles(work, own.project)?,
        source: work.actor.address,
        host: instance["hostnames"][0].as_str().unwrap_or_default().to_owned(),
        session: session(work),
        entity,
    };
    let InstanceName { project, name } = own;
    let line = event.to_line();
    Ok(audit::append(work.db, project, name, work.now, processor.as_deref(), &line)?)
}

/// The actor as a log names it: a database user with the authentication database.
fn name(work: &Work<'_>) -> String {
    match &work.actor.identity {
        Identity::DatabaseUser { database, .. } => format!("{database}.{}", work.actor.name),
        _ => work.actor.name.clone(),
    }
}

/// The roles that the actor holds as it acts.
fn roles(work: &Work<'_>, project: &str) -> Outcome<Vec<String>> {
    if let Identity::DatabaseUser { .. } = &work.actor.identity {
        // A connection may outlive its user.
        let user = work.own_user()?.unwrap_or_default();
        let roles = user["roles"].as_array().into_iter().flatten();
        let named = |role| format!("{}.{}", text(role, "databaseName"), text(role, "roleName"));
        return Ok(roles.map(named).collect());
    }
    let org = docs::find(work.db, kind::PROJECT, project)?.map(|(org, _)| org);
    Ok(work.actor.held(org.as_deref(), Some(project)))
}

/// What ties events together. Where there are no sessions, one act is one, named by its actor and
/// its time.
fn session(work: &Work<'_>) -> String {
    if let Some(session) = &work.actor.session {
        return session.clone();
    }
    let (name, port) = (&work.actor.name, work.actor.address.port());
    crypto::uuid(&crypto::sha256_hex(&format!("{name} {port} {}", work.now)))
}
