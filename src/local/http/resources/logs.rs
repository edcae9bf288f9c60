//! Logs of stream processing instances, as compressed files.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;

use super::instances;
use crate::local::domain::audit::event::Failure;
use crate::local::domain::audit::{self, Log, Window, operational};
use crate::local::http::refusal::ErrorReply;
use crate::local::http::reply::{Body, Outcome, Reply};
use crate::local::http::request::Admitted;
use crate::local::http::routes::Route;

const AUDIT: &str = "/groups/{groupId}/streams/{tenantName}/auditLogs";
const OPERATIONAL: &str = "/groups/{groupId}/streams/{tenantName}:downloadOperationalLogs";

pub const ROUTES: &[Route] = &[
    Route::gzip("downloadGroupStreamAuditLogs", AUDIT, "2023-02-01", audit_log).then(audit_read),
    Route::gzip("downloadGroupStreamOperationalLogs", OPERATIONAL, "2025-03-12", operational_log)
        .then(operational_read),
];

fn audit_log(call: &Admitted<'_>) -> Outcome {
    let log = Log::of(call.work, instances::named(call))?;
    let window = window(call)?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    log.each(&window, |line| writeln!(gzip, "{line}"))?;
    file(call, gzip, &window, "audit.log.gz")
}

fn audit_read(call: &Admitted<'_>, outcome: &Outcome) -> Result<(), ErrorReply> {
    let failure = outcome.as_ref().err().map(|refused| match refused.status {
        403 => Failure::unauthorized(&refused.detail),
        _ => Failure { code: 1, detail: refused.detail.clone() },
    });
    Ok(audit::accessed(&call.work, instances::named(call), failure)?)
}

fn operational_log(call: &Admitted<'_>) -> Outcome {
    let log = Log::of(call.work, instances::named(call))?;
    let window = window(call)?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    for line in operational::lines(&log, &window)? {
        writeln!(gzip, "{line}")?;
    }
    file(call, gzip, &window, "queries.gz")
}

fn operational_read(call: &Admitted<'_>, outcome: &Outcome) -> Result<(), ErrorReply> {
    if outcome.is_ok() {
        operational::accessed(&call.work, instances::named(call))?;
    }
    Ok(())
}

/// The part of a log that the query names.
fn window(call: &Admitted<'_>) -> Result<Window, ErrorReply> {
    let seconds = |name: &str| match call.request.number(name)? {
        None => Ok(None),
        Some(seconds) => Timestamp::from_second(seconds).map(Some).map_err(|_| {
            ErrorReply::query(format!(
                "The query parameter {name} must be a time in epoch seconds."
            ))
        }),
    };
    let (end, start) = (seconds("endDate")?, seconds("startDate")?);
    Window::between(call.work.now, start, end, call.query("spName"))
        .ok_or_else(|| ErrorReply::query("startDate must not be later than endDate."))
}

fn file(call: &Admitted<'_>, gzip: GzEncoder<Vec<u8>>, window: &Window, suffix: &str) -> Outcome {
    let mut name = call.param("tenantName").to_owned();
    let moments = [window.start, window.end].map(whole);
    for part in window.processor.iter().chain(&moments) {
        name.push('_');
        name.push_str(part);
    }
    // A name is a quoted string in a header, and becomes a file: neither may be broken out of.
    let unsafe_here = |c: char| !c.is_ascii_graphic() || matches!(c, '"' | '\\' | '/');
    let filename = format!("{name}_{suffix}").replace(unsafe_here, "_");
    Ok(Reply { status: 200, body: Body::Gzip { bytes: gzip.finish()?, filename } })
}

/// A time to the second, as the file's name has it.
fn whole(time: Timestamp) -> String {
    Timestamp::from_second(time.as_second()).unwrap_or(time).to_string()
}
