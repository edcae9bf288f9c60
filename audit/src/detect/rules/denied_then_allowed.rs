//! Something that was denied and is allowed later.

use std::collections::BTreeMap;

use crate::detect::finding::{Finding, Severity};
use crate::detect::log::{Ended, Mark, Span, Track};
use crate::detect::page::Page;
use crate::detect::settings::Setting;
use crate::detect::span::{self, DAY};
use crate::detect::{Rule, Skipped, View, or_none};

const WITHIN: Setting = Setting::span("within", 7 * DAY, "so soon after it was denied");

/// Something that was denied a user and is allowed later.
pub(super) struct DeniedThenAllowed;

static PAGE: Page = Page {
    id: "denied-then-allowed",
    title: "Denied first, allowed later",
    severity: Severity::Medium,
    what: "An act on an instance is refused because the user has no privilege for it, and no later than \
`within` the same user does it on the same instance.",
    why: "Somebody's privileges grew in between: by a request that was granted, or by a way around one.",
    normal: "What is refused to a user stays refused, however often it is tried.",
    tuning: "Shorten `within` where privileges are often granted on request.",
    false_positives: "A colleague who asked for a role and got it. The project's events show who granted \
what, and whether that was asked for.",
    blind: "The log does not show the change of privileges itself: spctl events list does. Acts that only \
look at processors are not in the log at all.",
    settings: &[WITHIN],
};

impl Rule for DeniedThenAllowed {
    fn page(&self) -> &'static Page {
        &PAGE
    }

    fn look(&self, view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
        let within = view.told.span(&WITHIN);
        let mut groups: BTreeMap<_, (Vec<&Track>, Vec<&Track>)> = BTreeMap::new();
        for track in &view.tracks {
            let key = (&track.project, &track.instance, &track.user, track.act);
            let (denied, allowed) = groups.entry(key).or_default();
            match track.ended {
                Ended::Denied => denied.push(track),
                Ended::Allowed => allowed.push(track),
                Ended::Failed => {}
            }
        }
        let mut findings = Vec::new();
        for ((_, instance, user, act), (denied, allowed)) in groups {
            let Some(user) = user else { continue };
            let spans = denied.iter().flat_map(|track| &track.spans);
            let mut refused: Vec<Span> = spans.copied().collect();
            refused.sort_by_key(|span| span.last);
            let mut refused = refused.as_slice();
            // One refusal after another, until it is allowed; then again.
            while let Some((first, others)) = refused.split_first() {
                let after = |mark: Mark| {
                    let until = mark.time.saturating_add(within);
                    let marks =
                        allowed.iter().filter_map(|t| Some((t.within(mark.time, until)?, *t)));
                    marks.min_by_key(|(mark, _)| *mark)
                };
                let Some((mark, track)) = after(first.last) else {
                    refused = others;
                    continue;
                };
                let (before, later) = refused.split_at(refused.partition_point(|s| s.last < mark));
                refused = later;
                let what = act.name(Ended::Allowed);
                let last = before.last().map_or(first.last, |span| span.last);
                let waited = span::show(mark.time - last.time);
                let summary = format!("{user} was denied {what}, and allowed it {waited} later");
                let tracks = [denied.as_slice(), &[track]].concat();
                let began = first.first.time.to_string();
                let identity = [or_none(Some(user)), or_none(instance.as_ref()), &what, &began];
                let marks = before.iter().flat_map(|span| [span.first, span.last]).chain([mark]);
                let count = before.iter().map(|span| span.count).sum::<u64>() + 1;
                let finding = Finding::new(&PAGE, &tracks, &identity, summary);
                findings.push(finding.proven(marks.collect()).of(count));
            }
        }
        Ok(findings)
    }
}
