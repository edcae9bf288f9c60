//! An event as a row of a listing, and as what is computed of its line.

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use crate::audit::event::{Event, Micros};
use crate::audit::source::Source;
use crate::ui::{Cell, Column, Listing};

/// What an event says, in the same words whatever the shape of its line. As the last key of a document
/// this is what was computed of the line.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct EventRow {
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "instant")]
    time: Option<Timestamp>,
    event: String,
    /// Whether the line leaves open which event of several it is.
    #[serde(skip_serializing_if = "is_false")]
    event_is_ambiguous: bool,
    outcome: Option<&'static str>,
    /// Whether the line states no outcome.
    #[serde(skip_serializing_if = "is_false")]
    outcome_is_inferred: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    roles: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ip: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    port: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mechanism: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    processor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    project: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
}

fn instant<S: Serializer>(time: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&time.map_or(Cell::Empty, Cell::Instant).machine())
}

fn is_false(value: &bool) -> bool {
    !value
}

impl EventRow {
    /// What an event says that stands in this line of this source.
    pub(super) fn at(event: &Event<'_>, source: &Source, line: u64) -> EventRow {
        EventRow {
            project: source.project.as_deref().map(str::to_owned),
            source: Some(source.label.as_ref().to_owned()),
            line: Some(line),
            ..EventRow::of(event, source.instance.as_deref())
        }
    }

    /// What an event of an instance says.
    pub(super) fn of(event: &Event<'_>, instance: Option<&str>) -> EventRow {
        let text = |text: &Option<std::borrow::Cow<'_, str>>| text.as_deref().map(str::to_owned);
        EventRow {
            time: event.time.and_then(Micros::timestamp),
            event: event.name().to_owned(),
            event_is_ambiguous: event.kind_is_ambiguous,
            outcome: event.outcome.map(|outcome| outcome.name()),
            outcome_is_inferred: event.outcome_is_inferred,
            code: event.code,
            detail: text(&event.detail),
            user: event.user.as_ref().map(|user| user.text.clone().into_owned()),
            roles: event.roles.iter().map(|role| role.clone().into_owned()).collect(),
            // Where a socket was used there is no address, but its name.
            ip: text(&event.ip).or_else(|| text(&event.interface)),
            port: event.port,
            mechanism: text(&event.mechanism),
            processor: event.processor().map(str::to_owned),
            session: text(&event.session),
            project: None,
            instance: instance.map(str::to_owned),
            source: None,
            line: None,
        }
    }

    /// `failure`, or `failure*` where the line does not say so.
    fn outcome(&self) -> Cell {
        let mark = if self.outcome_is_inferred { INFERRED } else { "" };
        Cell::maybe(self.outcome.map(|outcome| format!("{outcome}{mark}")))
    }
}

/// Marks an outcome that no line states.
pub(super) const INFERRED: &str = "*";

/// How events are listed.
pub(super) static LISTING: Listing<EventRow> = Listing {
    columns: &[
        Column::identifying("time", |row| row.time.map_or(Cell::Empty, Cell::Instant)),
        Column::telling_apart("event", |row| row.event.as_str().into()),
        Column::identifying("outcome", EventRow::outcome),
        Column::telling_apart("user", |row| Cell::maybe(row.user.as_deref())),
        Column::telling_apart("ip", |row| Cell::maybe(row.ip.as_deref())),
        Column::new("processor", |row| Cell::maybe(row.processor.as_deref())),
        Column::new("instance", |row| Cell::maybe(row.instance.as_deref())),
        Column::new("project", |row| Cell::maybe(row.project.as_deref())),
        Column::new("port", |row| Cell::maybe(row.port.map(|port| port.to_string()))),
        Column::new("code", |row| Cell::maybe(row.code.map(|code| code.to_string()))),
        Column::new("detail", |row| Cell::maybe(row.detail.as_deref())),
        Column::new("roles", |row| Cell::List(row.roles.clone())),
        Column::new("mechanism", |row| Cell::maybe(row.mechanism.as_deref())),
        Column::telling_apart("session", |row| Cell::maybe(row.session.as_deref())),
        Column::telling_apart("source", |row| Cell::maybe(row.source.as_deref())),
        Column::telling_apart("line", |row| Cell::maybe(row.line.map(|line| line.to_string()))),
    ],
    default: 7,
    name: |row| row.event.clone(),
};
