//! Many processors dropped at once.

use std::sync::Arc;

use crate::detect::bursts::{Burst, bursts};
use crate::detect::finding::{Finding, Severity, list};
use crate::detect::log::{Act, Ended, Track};
use crate::detect::page::Page;
use crate::detect::settings::Setting;
use crate::detect::span::{self, MINUTE};
use crate::detect::{Rule, Skipped, View, or_none};

const COUNT: Setting = Setting::count("count", 3, "so many processors dropped");
const WITHIN: Setting = Setting::span("within", 10 * MINUTE, "in so short a time");

/// Many processors dropped by one user.
pub(super) struct DropBurst;

static PAGE: Page = Page {
    id: "drop-burst",
    title: "Many processors dropped in a short time",
    severity: Severity::High,
    what: "One user drops at least `count` stream processors within `within`, on whichever instances of the \
project.",
    why: "A dropped processor is gone, with its definition and its state. Who destroys on purpose, or runs a \
script against the wrong project, drops one after another.",
    normal: "A processor is dropped now and then, and made anew.",
    tuning: "Raise `count`, or list in `except-users` the programs that deploy by dropping and creating.",
    false_positives: "A deployment, or an instance that is being cleared on purpose.",
    blind: "A processor that is deleted with its whole instance is in the project's events alone, and so is \
a change of a definition that makes a processor useless.",
    settings: &[COUNT, WITHIN],
};

impl Rule for DropBurst {
    fn page(&self) -> &'static Page {
        &PAGE
    }

    fn look(&self, view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
        // Those of a crowd are of several users.
        let is_one = |track: &&Track| !(track.is_crowd && track.user.is_none());
        let drops = view.tracks.iter().copied().filter(|t| t.is(Act::Drop, Ended::Allowed));
        let drops = drops.filter(is_one);
        let key = |track: &Track| Some((track.project.clone(), track.user.clone()));
        let found = bursts(drops, key, view.told.count(&COUNT), view.told.span(&WITHIN));
        let finding = |((_, user), burst): ((_, Option<Arc<str>>), Burst<'_>)| {
            let names = list(burst.tracks.iter().filter_map(|track| track.object.as_deref()));
            let names = if names.is_empty() { names } else { format!(": {names}") };
            let summary = format!(
                "{} dropped {} processors in {}{names}",
                user.as_deref().unwrap_or("somebody"),
                burst.count,
                span::show(burst.last.time - burst.first.time),
            );
            let began = burst.first.time.to_string();
            Finding::new(&PAGE, &burst.tracks, &[or_none(user.as_ref()), &began], summary)
                .proven(burst.marks)
                .of(burst.count)
        };
        Ok(found.into_iter().map(finding).collect())
    }
}
