//! A finding as a row.

use jiff::Timestamp;
use serde::Serialize;

use crate::audit::detect::{Finding, Log};
use crate::times::rfc3339;
use crate::ui::{Cell, Column, Listing};

/// A finding, as it is written.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FindingRow {
    severity: &'static str,
    rule: &'static str,
    summary: String,
    project: Option<String>,
    instances: Vec<String>,
    users: Vec<String>,
    addresses: Vec<String>,
    first: Option<String>,
    last: Option<String>,
    count: u64,
    inferred: bool,
    evidence: Vec<Line>,
    fingerprint: String,
    /// The command line to go on with.
    next: String,
}

/// A line that proves it.
#[derive(Debug, Serialize)]
struct Line {
    file: String,
    line: u64,
    time: Option<String>,
}

impl FindingRow {
    pub(super) fn new(finding: &Finding, log: &Log, next: String) -> FindingRow {
        let moment = |micros| Timestamp::from_microsecond(micros).ok().map(rfc3339);
        let line = |mark| {
            let (file, line) = (log.label(mark).to_owned(), mark.line);
            Line { file, line, time: moment(mark.time) }
        };
        FindingRow {
            severity: finding.severity.name(),
            rule: finding.rule,
            summary: finding.summary.clone(),
            project: finding.project.clone(),
            instances: finding.instances.clone(),
            users: finding.users.clone(),
            addresses: finding.addresses.iter().map(ToString::to_string).collect(),
            first: moment(finding.first),
            last: moment(finding.last),
            count: finding.count,
            inferred: finding.inferred,
            evidence: finding.evidence.iter().map(line).collect(),
            fingerprint: finding.fingerprint.clone(),
            next,
        }
    }
}

pub(super) static LISTING: Listing<FindingRow> = Listing {
    columns: &[
        Column::identifying("severity", |row| row.severity.into()),
        Column::telling_apart("last", |row| Cell::moment(row.last.as_deref())),
        Column::identifying("rule", |row| row.rule.into()),
        Column::whole("finding", |row| row.summary.as_str().into()),
        Column::new("evidence", |row| {
            Cell::List(row.evidence.iter().map(|at| format!("{}:{}", at.file, at.line)).collect())
        }),
        Column::new("count", |row| Cell::Count(row.count)),
        Column::new("first", |row| Cell::moment(row.first.as_deref())),
        Column::new("users", |row| Cell::List(row.users.clone())),
        Column::new("addresses", |row| Cell::List(row.addresses.clone())),
        Column::new("instances", |row| Cell::List(row.instances.clone())),
        Column::new("project", |row| Cell::maybe(row.project.clone())),
        Column::new("fingerprint", |row| row.fingerprint.as_str().into()),
        Column::new("next", |row| row.next.as_str().into()),
    ],
    default: 5,
    name: |row| row.fingerprint.clone(),
};
