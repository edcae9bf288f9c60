//! An event as a row of a listing.

use crate::audit::event::{Event, Micros};
use crate::ui::{Cell, Column, Listing};

/// What people want to know of an event.
#[derive(Debug, Clone)]
pub(super) struct EventRow {
    time: Option<Micros>,
    event: String,
    outcome: Option<&'static str>,
    outcome_is_inferred: bool,
    user: Option<String>,
    ip: Option<String>,
    processor: Option<String>,
    instance: Option<String>,
    session: Option<String>,
    detail: Option<String>,
}

impl EventRow {
    /// What an event of an instance says.
    pub(super) fn of(event: &Event<'_>, instance: Option<&str>) -> EventRow {
        EventRow {
            time: event.time,
            event: event.name().to_owned(),
            outcome: event.outcome.map(|outcome| outcome.name()),
            outcome_is_inferred: event.outcome_is_inferred,
            user: event.user.as_ref().map(|user| user.text.to_string()),
            ip: event.ip.as_deref().or(event.interface.as_deref()).map(str::to_owned),
            processor: event.processor().map(str::to_owned),
            instance: instance.map(str::to_owned),
            session: event.session.as_deref().map(str::to_owned),
            detail: event.detail.as_deref().map(str::to_owned),
        }
    }

    /// To the millisecond: events of one second have an order.
    fn time(&self) -> Cell {
        let time = self.time.and_then(Micros::timestamp);
        Cell::maybe(time.map(|time| format!("{time:.3}")))
    }

    fn outcome(&self) -> Cell {
        Cell::maybe(self.outcome.map(|outcome| match self.outcome_is_inferred {
            true => format!("{outcome} (inferred)"),
            false => outcome.to_owned(),
        }))
    }
}

/// How events are listed.
pub(super) static LISTING: Listing<EventRow> = Listing {
    columns: &[
        Column::identifying("time", EventRow::time),
        Column::identifying("event", |row| row.event.as_str().into()),
        Column::telling_apart("outcome", EventRow::outcome),
        Column::telling_apart("user", |row| Cell::maybe(row.user.as_deref())),
        Column::telling_apart("ip", |row| Cell::maybe(row.ip.as_deref())),
        Column::new("processor", |row| Cell::maybe(row.processor.as_deref())),
        Column::new("instance", |row| Cell::maybe(row.instance.as_deref())),
        Column::new("session", |row| Cell::maybe(row.session.as_deref())),
        Column::new("detail", |row| Cell::maybe(row.detail.as_deref())),
    ],
    default: 7,
    name: |row| row.event.clone(),
};
