//! What of the use of each action is recorded, and where.
//!
//! Source: the product page of the audit logs of stream processing, which lists the events of an instance's
//! log, and the API's list of types of project events.

use jiff::Timestamp;

use super::actions::{self, Action};

/// Where the use of an action is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trace {
    /// In the instance's audit log.
    Log,
    /// In the project's events alone, as this type.
    Events(&'static str),
    /// Nowhere.
    Nowhere,
}

/// The events of the log, by the documented names of their actions.
const IN_LOG: [(&str, &str); 6] = [
    ("createStreamProcessor", "createStreamProcessor"),
    ("startStreamProcessor", "startStreamProcessor"),
    ("stopStreamProcessor", "stopStreamProcessor"),
    ("dropStreamProcessor", "dropStreamProcessor"),
    ("processStreamProcessor", ".process()"),
    ("sampleStreamProcessor", ".sample()"),
];

/// The project's events, by the documented names of their actions.
const IN_EVENTS: [(&str, &str); 5] = [
    ("createStreamProcessor", "STREAM_PROCESSOR_CREATED"),
    ("modifyStreamProcessor", "STREAM_PROCESSOR_MODIFIED"),
    ("startStreamProcessor", "STREAM_PROCESSOR_STARTED"),
    ("stopStreamProcessor", "STREAM_PROCESSOR_STOPPED"),
    ("dropStreamProcessor", "STREAM_PROCESSOR_DROPPED"),
];

/// Actions that are of no use without another: the shell that runs a pipeline samples what comes of it.
const NEEDS: [(&str, &str); 1] = [("processStreamProcessor", "sampleStreamProcessor")];

/// Types of project events that tell of gaps in an instance's log.
pub const GAPS: [&str; 2] =
    ["STREAMS_AUDIT_LOG_CONFIGURATION_UPDATED", "STREAM_TENANT_AUDIT_LOGS_DELETED"];

/// From when on instances are always audited: 16 February 2026. Before, auditing could be off, and an
/// event that is not there proves nothing.
pub const ALWAYS_AUDITED: Timestamp = Timestamp::constant(1_771_200_000, 0);

/// Where the use of an action is recorded.
pub fn of(action: &Action) -> Trace {
    let is_own = |(name, _): &&(&str, &str)| *name == action.documented;
    match (IN_LOG.iter().find(is_own), IN_EVENTS.iter().find(is_own)) {
        (Some(_), _) => Trace::Log,
        (None, Some((_, event))) => Trace::Events(event),
        (None, None) => Trace::Nowhere,
    }
}

/// The action that an event of the log, as the product page names it, is the use of.
pub fn in_log(event: &str) -> Option<&'static Action> {
    found(&IN_LOG, event)
}

/// The action that a project event of this type is the use of.
pub fn in_events(event_type: &str) -> Option<&'static Action> {
    found(&IN_EVENTS, event_type)
}

/// The types of project events that are the use of an action.
pub fn event_types() -> impl Iterator<Item = &'static str> {
    IN_EVENTS.iter().map(|(_, event)| *event)
}

/// The actions that are of no use without this one.
pub fn needing(action: &Action) -> impl Iterator<Item = &'static Action> {
    let of_it = NEEDS.iter().filter(|(_, needed)| *needed == action.documented);
    of_it.filter_map(|(name, _)| actions::find(name))
}

fn found(table: &'static [(&str, &str)], event: &str) -> Option<&'static Action> {
    table.iter().find(|(_, known)| *known == event).and_then(|(name, _)| actions::find(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_name_actions_and_five_leave_no_trace_in_the_log() {
        for (name, _) in IN_LOG.iter().chain(&IN_EVENTS).chain(&NEEDS) {
            assert!(actions::find(name).is_some(), "{name}");
        }
        let unseen: Vec<_> =
            actions::ACTIONS.iter().filter(|action| of(action) != Trace::Log).collect();
        let names: Vec<_> = unseen.iter().map(|action| action.documented).collect();
        let expected = [
            "modifyStreamProcessor",
            "getStreamProcessor",
            "listStreamProcessors",
            "streamProcessorStats",
            "listConnections",
        ];
        assert_eq!(names, expected);
        assert_eq!(of(unseen[0]), Trace::Events("STREAM_PROCESSOR_MODIFIED"));
        assert_eq!(ALWAYS_AUDITED.to_string(), "2026-02-16T00:00:00Z");
    }
}
