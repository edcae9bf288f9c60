//! Bursts of failed logons, by where they come from and by whom they are after.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use crate::detect::bursts::{Burst, bursts, share_of_failures};
use crate::detect::finding::{Finding, Severity, list};
use crate::detect::log::{Act, Ended, Track};
use crate::detect::page::Page;
use crate::detect::settings::Setting;
use crate::detect::span::{self, MINUTE};
use crate::detect::{Rule, Skipped, View, or_none};

const COUNT: Setting = Setting::count("count", 10, "so many failed logons");
const WITHIN: Setting = Setting::span("within", 10 * MINUTE, "in so short a time");
const SHARE: Setting =
    Setting::share("share", 0.5, "and at least this part of all logons at that time");

/// Many failed logons from one address.
pub(super) struct ByAddress;

/// Many failed logons as one user.
pub(super) struct ByUser;

pub(super) static BY_ADDRESS: Page = Page {
    id: "failed-logons-by-address",
    title: "Many failed logons from one address",
    severity: Severity::Medium,
    what: "At least `count` logons from one address fail within `within`, whoever they are for and on \
whichever instance, and at least the part `share` of all logons from there at that time fail.",
    why: "Somebody tries passwords: many for one user, or one for many users. It is also what a program \
with an expired password looks like.",
    normal: "A person mistypes a password a few times; a busy gateway has some failures among many \
successes.",
    tuning: "Raise `count` where an address stands for many people (a gateway, an office); list scanners \
that you run yourself in `except-addresses`.",
    false_positives: "A password that was changed where a program still uses the old one: the same user, \
from the address of your own program, at regular intervals.",
    blind: "An attempt that is spread over many addresses, or is slower than `within`. What an access list \
turns away never reaches the instance and is not in its log.",
    settings: &[COUNT, WITHIN, SHARE],
};

pub(super) static BY_USER: Page = Page {
    id: "failed-logons-by-user",
    title: "Many failed logons as one user",
    severity: Severity::Medium,
    what: "At least `count` logons as one user fail within `within`, from whichever addresses and on \
whichever instance, and at least the part `share` of all logons as this user at that time fail.",
    why: "Somebody is after this user's password, possibly from many addresses so that none of them stands \
out.",
    normal: "A person mistypes a password a few times.",
    tuning: "Raise `count` for programs that try again at once, or list them in `except-users` while their \
password is being changed.",
    false_positives: "A program with an old password. It comes from your own addresses, and does not stop.",
    blind: "One password tried for many users fails once for each: failed-logons-by-address finds that. A \
user who logs on all the time hides failures below `share`.",
    settings: &[COUNT, WITHIN, SHARE],
};

type ByWhat<K> = (Option<Arc<str>>, K);

/// The bursts of failed logons from an address, as its rule is told to see them.
pub(super) fn by_address<'a>(view: &View<'a>) -> Vec<(ByWhat<IpAddr>, Burst<'a>)> {
    let key = |track: &Track| Some((track.project.clone(), track.address?));
    of(view, &BY_ADDRESS, key)
}

/// The same as a user.
pub(super) fn by_user<'a>(view: &View<'a>) -> Vec<(ByWhat<Arc<str>>, Burst<'a>)> {
    let key = |track: &Track| Some((track.project.clone(), track.user.clone()?));
    of(view, &BY_USER, key)
}

fn of<'a, K: Ord + Clone>(
    view: &View<'a>,
    page: &Page,
    key: impl Fn(&Track) -> Option<K>,
) -> Vec<(K, Burst<'a>)> {
    let told = view.beside.settings.of(page);
    let failed = view.tracks.iter().copied().filter(|t| t.is(Act::Logon, Ended::Failed));
    let found = bursts(failed, &key, told.count(&COUNT), told.span(&WITHIN));
    let mut succeeded: BTreeMap<K, Vec<&Track>> =
        found.iter().map(|(key, _)| (key.clone(), Vec::new())).collect();
    for track in view.tracks.iter().filter(|track| track.is(Act::Logon, Ended::Allowed)) {
        let same = key(track).and_then(|key| succeeded.get_mut(&key));
        same.into_iter().for_each(|same| same.push(track));
    }
    let is_mostly = |(key, burst): &(K, Burst<'_>)| {
        let same = succeeded.get(key).into_iter().flatten().copied();
        let share = share_of_failures(same, burst.count, burst.first.time, burst.last.time);
        share >= told.share(&SHARE)
    };
    found.into_iter().filter(is_mostly).collect()
}

/// `23 failed logons in 4m`
fn how_many(burst: &Burst<'_>) -> String {
    let lasted = span::show(burst.last.time - burst.first.time);
    format!("{} failed logons in {lasted}", burst.count)
}

impl Rule for ByAddress {
    fn page(&self) -> &'static Page {
        &BY_ADDRESS
    }

    fn look(&self, view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
        let finding = |((_, address), burst): ((_, IpAddr), Burst<'_>)| {
            let users = list(burst.tracks.iter().filter_map(|track| track.user.as_deref()));
            let as_whom = if users.is_empty() { users } else { format!(", as {users}") };
            let summary = format!("{} from {address}{as_whom}", how_many(&burst));
            let identity = [address.to_string(), burst.first.time.to_string()];
            let identity = identity.each_ref().map(String::as_str);
            Finding::new(&BY_ADDRESS, &burst.tracks, &identity, summary)
                .proven(burst.marks)
                .of(burst.count)
        };
        Ok(by_address(view).into_iter().map(finding).collect())
    }
}

impl Rule for ByUser {
    fn page(&self) -> &'static Page {
        &BY_USER
    }

    fn look(&self, view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
        let finding = |((_, user), burst): ((_, Arc<str>), Burst<'_>)| {
            let from = list(burst.tracks.iter().filter_map(|track| track.address));
            let from = if from.is_empty() { from } else { format!(", from {from}") };
            let summary = format!("{} as {user}{from}", how_many(&burst));
            let began = burst.first.time.to_string();
            Finding::new(&BY_USER, &burst.tracks, &[or_none(Some(&user)), &began], summary)
                .proven(burst.marks)
                .of(burst.count)
        };
        Ok(by_user(view).into_iter().map(finding).collect())
    }
}
