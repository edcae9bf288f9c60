//! Events one by one, as timelines and sessions tell them.

use std::sync::Arc;

use serde::Serialize;

use crate::audit::event::Micros;
use crate::audit::folds::acts::Act;
use crate::times::rfc3339;
use crate::ui::Cell;

/// An event, and the line that tells of it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ActRow {
    time: Option<String>,
    event: String,
    outcome: Option<&'static str>,
    outcome_is_inferred: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<i64>,
    user: Option<String>,
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    processor: Option<String>,
    source: String,
    line: u64,
}

impl ActRow {
    pub(super) fn of(act: &Act) -> ActRow {
        ActRow {
            time: text(act.time),
            event: act.name().to_owned(),
            outcome: act.outcome.map(|outcome| outcome.name()),
            outcome_is_inferred: act.outcome_is_inferred,
            code: act.code,
            user: own(&act.user),
            from: own(&act.ip),
            processor: own(&act.processor),
            source: act.source.to_string(),
            line: act.line,
        }
    }

    /// For people: when, what, to what, how it ended if not well, and by whom if that is not clear.
    pub(super) fn line(&self, names_user: bool) -> String {
        let time = self.time.as_deref().unwrap_or("at no stated time");
        let processor = self.processor.as_deref().map(|name| format!(" {name}"));
        let failed = (self.outcome == Some("failure")).then(|| match self.code {
            Some(code) => format!(": failure ({code})"),
            None => ": failure".to_owned(),
        });
        let user = self.user.as_ref().filter(|_| names_user).map(|user| format!(" by {user}"));
        let more = [processor, user, failed].into_iter().flatten().collect::<String>();
        format!("{time}  {}{more}", self.event)
    }
}

/// A text of its own.
pub(super) fn own(text: &Option<Arc<str>>) -> Option<String> {
    text.as_deref().map(str::to_owned)
}

/// A moment as documents have it, RFC 3339 with all its digits.
pub(super) fn text(time: Option<Micros>) -> Option<String> {
    time?.timestamp().map(|time| time.to_string())
}

/// A moment as columns have it: evidence is read by the clock, not by how long it has been.
pub(super) fn cell(time: Option<Micros>) -> Cell {
    Cell::maybe(time.and_then(Micros::timestamp).map(rfc3339))
}
