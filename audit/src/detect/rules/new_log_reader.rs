//! Somebody reads the audit log who did not before.

use crate::detect::baseline::{self, New};
use crate::detect::finding::{Finding, Severity, list};
use crate::detect::log::{Act, Ended, Track};
use crate::detect::page::Page;
use crate::detect::{Rule, Skipped, View, or_none};

/// Somebody who did not read the audit log before.
pub(super) struct NewLogReader;

static PAGE: Page = Page {
    id: "new-log-reader",
    title: "The audit log read by someone new",
    severity: Severity::Medium,
    what: "The audit log of an instance is downloaded by somebody who downloaded none in the part of the \
log that is learned from.",
    why: "The log tells who works from where, and what is noticed. Who prepares something, or wants to know \
whether they were seen, reads it.",
    normal: "A collector that reads the log every day. That you read it yourself is no news: the credential \
of this command is left alone.",
    tuning: "List those who may read it in `except-users`, by the public half of an API key, the id of a \
service account or the address of a person.",
    false_positives: "A new key of the same collector; a colleague who looks into something.",
    blind: "Who reads a copy of the log, in an archive or where it was exported to. Somebody who uses your \
own credential.",
    settings: &[],
};

impl Rule for NewLogReader {
    fn page(&self) -> &'static Page {
        &PAGE
    }

    fn look(&self, view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
        let is_reading = |track: &Track| track.is(Act::LogAccessed, Ended::Allowed);
        let new = baseline::new(view, is_reading, |track| track.user.clone())?;
        let finding = |new: New<'_, _>| {
            let logs = list(new.tracks.iter().filter_map(|track| track.instance.as_deref()));
            let from = list(new.tracks.iter().filter_map(|track| track.address));
            let from = if from.is_empty() { from } else { format!(", from {from}") };
            let summary =
                format!("{} read the audit log of {logs} for the first time{from}", new.key);
            Finding::new(&PAGE, &new.tracks, &[or_none(Some(&new.key))], summary)
        };
        Ok(new.into_iter().map(finding).collect())
    }
}
