//! A logon that succeeds after many that failed.

use std::collections::{BTreeMap, BTreeSet};

use super::failed_logons;
use crate::detect::bursts::Burst;
use crate::detect::finding::{Finding, Severity};
use crate::detect::log::{Act, Ended, Mark, Track};
use crate::detect::page::Page;
use crate::detect::settings::Setting;
use crate::detect::span::HOUR;
use crate::detect::{Rule, Skipped, View, or_none};

const WITHIN: Setting = Setting::span("within", HOUR, "so soon after the last failure");

/// A logon that succeeds after a burst of failed ones.
pub(super) struct LogonAfterFailures;

static PAGE: Page = Page {
    id: "logon-after-failures",
    title: "A logon that succeeds after many failed ones",
    severity: Severity::Critical,
    what: "During or after failures that failed-logons-by-address or failed-logons-by-user finds, a logon \
succeeds from an address that they came from, no later than `within` after the last of them; if the failures were \
all for one user, as this user.",
    why: "A guessed password looks exactly like this. Look at what the session did next, and lock the user.",
    normal: "Successes from addresses without failures, at whatever time.",
    tuning: "What counts as many failures is set for the two other rules: this one follows them. Lengthen \
`within` for attackers who wait.",
    false_positives: "A person who remembered the password in the end, or a program that was given the new \
password: the address is one of yours.",
    blind: "Whoever guesses right from an address that never failed. Where lines do not state outcomes, \
a failed logon is inferred from its empty actor.",
    settings: &[WITHIN],
};

impl Rule for LogonAfterFailures {
    fn page(&self) -> &'static Page {
        &PAGE
    }

    fn look(&self, view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
        let by_address = failed_logons::by_address(view);
        let by_address = by_address.into_iter().map(|(_, burst)| (burst, None));
        let by_user = failed_logons::by_user(view);
        let by_user = by_user.into_iter().map(|((_, user), burst)| (burst, Some(user)));
        let mut logons: BTreeMap<_, Vec<&Track>> = BTreeMap::new();
        for track in view.tracks.iter().filter(|track| track.is(Act::Logon, Ended::Allowed)) {
            logons.entry((&track.project, track.address)).or_default().push(track);
        }
        // One success after a burst of both kinds is one finding.
        let mut found: BTreeMap<_, (Mark, Burst<'_>, &Track)> = BTreeMap::new();
        for (burst, user) in by_address.chain(by_user) {
            let until = burst.last.time.saturating_add(view.told.span(&WITHIN));
            let from = burst.tracks.iter().filter(|failed| failed.address.is_some());
            let from: BTreeSet<_> = from.map(|failed| (&failed.project, failed.address)).collect();
            let of_user = |track: &&&Track| {
                user.as_ref().is_none_or(|user| track.user.as_ref() == Some(user))
            };
            for track in from.iter().filter_map(|from| logons.get(from)).flatten().filter(of_user) {
                if let Some(mark) = track.within(burst.reached, until) {
                    let key = (&track.project, &track.user, track.address, mark);
                    let same = Burst { tracks: burst.tracks.clone(), marks: Vec::new(), ..burst };
                    found.entry(key).or_insert((mark, same, track));
                }
            }
        }
        let mut findings: Vec<Finding> = Vec::new();
        let mut known = BTreeSet::new();
        for (mark, burst, track) in found.into_values() {
            let user = track.user.as_deref().unwrap_or("somebody");
            let address = track.address.map(|ip| ip.to_string()).unwrap_or_default();
            let when = if mark < burst.last { "during" } else { "after" };
            let summary =
                format!("{user} logged on from {address} {when} {} failed logons", burst.count);
            let began = burst.first.time.to_string();
            let identity = [or_none(track.user.as_ref()), &address, &began];
            let mut finding = Finding::new(&PAGE, &[track], &identity, summary);
            // As the same user from the same address on several instances, it is the first that counts.
            if !known.insert(finding.fingerprint.clone()) {
                continue;
            }
            finding.inferred |= burst.tracks.iter().any(|failed| failed.inferred);
            let marks = vec![burst.first, burst.last, mark];
            findings.push(finding.proven(marks).of(burst.count + 1));
        }
        Ok(findings)
    }
}
