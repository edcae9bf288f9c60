//! Audit logs of stream processing instances.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::instances;
use crate::local::access;
use crate::local::audit_event::{AuditEvent, AuditKind, Entity, Failure};
use crate::local::crypto;
use crate::local::refusal::Refusal;
use crate::local::reply::{Body, Outcome, Reply};
use crate::local::request::Call;
use crate::local::routes::Route;
use crate::local::store::audit;
use crate::local::store::docs::{self, kind};

pub const ROUTES: &[Route] = &[Route::gzip(
    "downloadGroupStreamAuditLogs",
    "/groups/{groupId}/streams/{tenantName}/auditLogs",
    "2023-02-01",
    download,
    accessed,
)];

/// What is fetched when no start is named.
const THIRTY_DAYS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Which part of a log is asked for.
pub(super) struct Window {
    /// The first moment.
    pub(super) start: Timestamp,
    /// The moment after the last.
    pub(super) end: Timestamp,
    /// What happens this very moment belongs to a log without an end.
    pub(super) open: bool,
    /// The stream processor that was named, if one was.
    pub(super) processor: Option<String>,
}

impl Window {
    /// The moments as a half-open range.
    pub(super) fn range(&self) -> (Timestamp, Timestamp) {
        (self.start, if self.open { Timestamp::MAX } else { self.end })
    }

    /// The name that the file is offered under.
    pub(super) fn filename(&self, instance: &str, suffix: &str) -> String {
        let mut name = instance.to_owned();
        let moments = [whole(self.start), whole(self.end)];
        for part in self.processor.iter().chain(&moments) {
            name.push('_');
            name.push_str(part);
        }
        // A name is a quoted string in a header, and becomes a file: neither may be broken out of.
        let unsafe_here = |c: char| !c.is_ascii_graphic() || matches!(c, '"' | '\\' | '/');
        format!("{name}_{suffix}").replace(unsafe_here, "_")
    }
}

/// Reads the window of a download of an instance's log, which outlives the instance.
pub(super) fn window(call: &Call<'_>) -> Result<Window, Refusal> {
    if !is_kept(call)? {
        return Err(instances::not_found(call));
    }
    let seconds = |name: &str| match call.request.number(name)? {
        None => Ok(None),
        Some(seconds) => Timestamp::from_second(seconds).map(Some).map_err(|_| {
            let detail = format!("The query parameter {name} is no time in epoch seconds.");
            Refusal::bad("INVALID_QUERY_PARAMETER", detail)
        }),
    };
    let named_end = seconds("endDate")?;
    let end = named_end.unwrap_or(call.now);
    let start = match seconds("startDate")? {
        Some(start) => start,
        None => end.checked_sub(THIRTY_DAYS).unwrap_or(Timestamp::UNIX_EPOCH),
    };
    if start > end {
        let detail = "startDate lies behind endDate.";
        return Err(Refusal::bad("INVALID_QUERY_PARAMETER", detail));
    }
    Ok(Window { start, end, open: named_end.is_none(), processor: call.query("spName") })
}

fn download(call: &Call<'_>) -> Outcome {
    let window = window(call)?;
    let instance = call.param("tenantName");
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    let processor = window.processor.as_deref();
    audit::each(call.db, call.project(), instance, window.range(), processor, |line| {
        gzip.write_all(line.as_bytes())?;
        gzip.write_all(b"\n")
    })?;
    let filename = window.filename(instance, "audit.log.gz");
    Ok(Reply { status: 200, body: Body::Gzip { bytes: gzip.finish()?, filename } })
}

/// A time to the second, as the file's name has it.
fn whole(time: Timestamp) -> String {
    Timestamp::from_second(time.as_second()).unwrap_or(time).to_string()
}

/// Whether the instance exists, or has not been gone for 30 days.
fn is_kept(call: &Call<'_>) -> rusqlite::Result<bool> {
    let name = call.param("tenantName");
    if docs::get(call.db, call.now, kind::INSTANCE, call.project(), name)?.is_some() {
        return Ok(true);
    }
    let deleted = audit::deleted(call.db, call.project(), name)?;
    Ok(deleted.is_some_and(|time| call.now.duration_since(time) < audit::KEPT))
}

/// Writes the attempt into the log itself, whatever came of it; a download is a project event too.
fn accessed(call: &Call<'_>, outcome: &Outcome) -> rusqlite::Result<()> {
    audit::purge(call.db, call.now)?;
    if !is_kept(call)? {
        return Ok(());
    }
    if outcome.is_ok() {
        call.event("STREAM_TENANT_AUDIT_LOGS", &[("instanceName", call.param("tenantName"))])?;
    }
    let (project, name) = (call.project(), call.param("tenantName"));
    let instance = docs::get(call.db, call.now, kind::INSTANCE, project, name)?.unwrap_or_default();
    let org = docs::find(call.db, kind::PROJECT, project)?.map(|(org, _)| org);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let event = AuditEvent {
        time_ms: call.now.as_millisecond(),
        kind: AuditKind::LogAccessed,
        failure: outcome.as_ref().err().map(|refusal| Failure {
            code: if refusal.status == 403 { 13 } else { 1 },
            detail: refusal.detail.clone(),
        }),
        user: call.principal.name.clone(),
        roles: access::held(call.principal, org.as_deref(), Some(project)),
        source: call.request.peer,
        host: text(&instance["hostnames"][0]),
        session: session(call),
        mechanism: "",
        entity: Some(Entity {
            name: name.to_owned(),
            uid: text(&instance["_id"]),
            kind: "audit_log",
            data: Value::Null,
        }),
    };
    audit::append(call.db, project, name, call.now, None, &event.to_line())
}

/// The API has no sessions: one request is one, named by its caller and its time.
pub(super) fn session(call: &Call<'_>) -> String {
    let (name, port) = (&call.principal.name, call.request.peer.port());
    let digest = crypto::sha256_hex(&format!("{name} {port} {}", call.now));
    let part = |range: std::ops::Range<usize>| digest.get(range).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", part(0..8), part(8..12), part(12..16), part(16..20), part(20..32))
}
