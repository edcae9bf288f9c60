//! A finding as a row.

use serde::Serialize;

use super::place::Place;
use super::suppress::Accepted;
use crate::privileges::findings::Finding;
use crate::ui::{Cell, Column, Listing};

/// What a finding is beside what is known and accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Status {
    /// Neither.
    New,
    /// In the baseline, and more by now.
    Grown,
    /// In the baseline.
    Known,
    /// Accepted, and why.
    Suppressed(Accepted),
}

/// A finding, as it is written.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FindingRow {
    severity: &'static str,
    rule: &'static str,
    name: &'static str,
    family: &'static str,
    pub(super) object: String,
    noun: &'static str,
    object_name: String,
    instance: Option<String>,
    finding: String,
    why: &'static str,
    pub(super) remedy: String,
    #[serde(serialize_with = "word")]
    pub(super) status: Status,
    file: Option<String>,
    line: Option<u64>,
    /// What a later run compares with, to tell whether it has grown.
    extent: Vec<String>,
    fingerprint: String,
}

impl FindingRow {
    pub(super) fn new(
        finding: &Finding,
        status: Status,
        place: Option<Place>,
        remedy: String,
    ) -> FindingRow {
        let (file, line) = place.map(|place| (place.file, place.line)).unzip();
        FindingRow {
            severity: finding.severity.name(),
            rule: finding.rule.id,
            name: finding.rule.name,
            family: finding.rule.family.name(),
            object: finding.object.to_string(),
            noun: finding.object.noun,
            object_name: finding.object.name.clone(),
            instance: finding.object.instance.clone(),
            finding: finding.summary.clone(),
            why: finding.rule.why,
            remedy,
            status,
            file,
            line,
            extent: finding.extent.told(),
            fingerprint: finding.fingerprint.clone(),
        }
    }

    pub(super) fn is_new(&self) -> bool {
        matches!(self.status, Status::New | Status::Grown)
    }

    pub(super) fn is_known(&self) -> bool {
        self.status == Status::Known
    }

    pub(super) fn is_suppressed(&self) -> bool {
        matches!(self.status, Status::Suppressed(_))
    }

    /// Where it stands, if it is of a file.
    pub(super) fn place(&self) -> Option<(&str, u64)> {
        Some((self.file.as_deref()?, self.line?))
    }
}

impl Status {
    pub(super) fn word(&self) -> &'static str {
        match self {
            Status::New | Status::Grown => "new",
            Status::Known => "known",
            Status::Suppressed(_) => "suppressed",
        }
    }
}

fn word<S: serde::Serializer>(status: &Status, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(status.word())
}

pub(super) static LISTING: Listing<FindingRow> = Listing {
    columns: &[
        Column::identifying("severity", |row| row.severity.into()),
        Column::identifying("rule", |row| row.rule.into()),
        Column::identifying("object", |row| row.object.as_str().into()),
        Column::new("finding", |row| row.finding.as_str().into()),
        Column::new("name", |row| row.name.into()),
        Column::new("family", |row| row.family.into()),
        Column::new("status", |row| row.status.word().into()),
        Column::new("why", |row| row.why.into()),
        Column::new("remedy", |row| row.remedy.as_str().into()),
        Column::new("file", |row| Cell::maybe(row.file.clone())),
        Column::new("line", |row| Cell::maybe(row.line.map(|line| line.to_string()))),
        Column::new("fingerprint", |row| row.fingerprint.as_str().into()),
    ],
    default: 4,
    name: |row| row.fingerprint.clone(),
};
