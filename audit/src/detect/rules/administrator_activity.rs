//! What administrators do.

use std::collections::BTreeMap;

use crate::detect::finding::{Finding, Severity, list, number};
use crate::detect::log::{Act, Track};
use crate::detect::page::Page;
use crate::detect::{Rule, Skipped, View, or_none};

/// Somebody acts with an administrator's role.
pub(super) struct AdministratorActivity;

static PAGE: Page = Page {
    id: "administrator-activity",
    title: "Somebody acts as an administrator",
    severity: Severity::Low,
    what: "A user gets something done while holding a role that administers everything. Reading the log \
does not count: new-log-reader is about that.",
    why: "Stream processing needs no administrator. Who works as one can do anything else as well, and so can \
whoever gets hold of the password.",
    normal: "Users with the roles of stream processing, or with roles made for them.",
    tuning: "List administrators who may be there in `except-users`; or set `severity` to \"high\" once there \
are none.",
    false_positives: "Somebody whose task it is, for as long as it takes.",
    blind: "The log names the roles at that moment as the instance saw them: a custom role that allows as \
much has another name. Where lines name no roles, nothing is found.",
    settings: &[],
};

impl Rule for AdministratorActivity {
    fn page(&self) -> &'static Page {
        &PAGE
    }

    fn look(&self, view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
        let mut groups: BTreeMap<_, Vec<&Track>> = BTreeMap::new();
        let acts = view.tracks.iter().filter(|t| t.is_done() && t.act != Act::LogAccessed);
        for track in acts {
            if let Some(role) = &track.role {
                groups.entry((&track.project, &track.user, role)).or_default().push(track);
            }
        }
        let finding = |((_, user, role), tracks): ((_, &Option<_>, &_), Vec<&Track>)| {
            let sum = |is: &dyn Fn(&Track) -> bool| {
                tracks.iter().filter(|t| is(t)).map(|t| t.count()).sum::<u64>()
            };
            let logons = sum(&|track| track.act == Act::Logon);
            let others = sum(&|track| track.act != Act::Logon);
            let summary = format!(
                "{} acted as {role}: {} and {}, from {}",
                user.as_deref().unwrap_or("somebody"),
                number(logons, "logon"),
                number(others, "other act"),
                list(tracks.iter().filter_map(|track| track.address)),
            );
            Finding::new(&PAGE, &tracks, &[or_none(user.as_ref()), or_none(Some(role))], summary)
        };
        Ok(groups.into_iter().map(finding).collect())
    }
}
