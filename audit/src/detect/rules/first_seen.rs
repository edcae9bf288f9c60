//! Users and addresses that were not there before.

use std::collections::BTreeMap;
use std::net::IpAddr;

use ipnet::IpNet;

use crate::detect::baseline::{self, New};
use crate::detect::finding::{Finding, Severity, list};
use crate::detect::log::{Act, Ended, Track};
use crate::detect::page::Page;
use crate::detect::settings::Setting;
use crate::detect::{Rule, Skipped, View, or_none};

const IPV4: Setting =
    Setting::count("ipv4-prefix", 32, "IPv4 addresses that agree in so many bits are one")
        .up_to(32);
const IPV6: Setting =
    Setting::count("ipv6-prefix", 64, "IPv6 addresses that agree in so many bits are one")
        .up_to(128);

/// A user who was not there before.
pub(super) struct User;

/// An address that was not there before.
pub(super) struct Address;

static USER: Page = Page {
    id: "first-seen-user",
    title: "A user who was not seen before",
    severity: Severity::Medium,
    what: "A user gets something done, a logon at least, who did nothing in the part of the log that is \
learned from: a log given with --baseline, or the first days of each instance's log. Reading the log does \
not count: new-log-reader is about that.",
    why: "A user that somebody made to come back, or one that was forgotten and is used again.",
    normal: "Users who were there in the part that is learned from, on any instance of the project. Where a \
log begins, nothing is new.",
    tuning: "Give a longer --baseline, or a longer --learn. A file of rules can set `learn`; without it, \
seven days are learned from, of a shorter log the first half.",
    false_positives: "New colleagues and new programs, and who works rarely: hold the name against the \
project's events, where who made the user stands.",
    blind: "What a known user's password is used for by somebody else. Who looked at processors without \
changing them left nothing but a logon.",
    settings: &[],
};

static ADDRESS: Page = Page {
    id: "first-seen-address",
    title: "An address that was not seen before",
    severity: Severity::Low,
    what: "Somebody gets something done from an address from which nobody did in the part of the log that \
is learned from. Failed logons do not count: the internet is full of them.",
    why: "A stolen password is used from somewhere else.",
    normal: "Addresses that were there in the part that is learned from, for any user of the project.",
    tuning: "Where addresses change within a network, lower `ipv4-prefix` to 24 or `ipv6-prefix` to 48, so that a network \
counts as one; list networks of your own in `except-addresses`.",
    false_positives: "People who travel or whose provider gives them another address each day; a new \
program; new gateways of the network.",
    blind: "An attacker behind an address that is known, such as a shared gateway.",
    settings: &[IPV4, IPV6],
};

impl Rule for User {
    fn page(&self) -> &'static Page {
        &USER
    }

    fn look(&self, view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
        let is_wanted = |track: &Track| track.is_done() && track.act != Act::LogAccessed;
        let new = baseline::new(view, is_wanted, |track| track.user.clone())?;
        let finding = |new: New<'_, _>| {
            let from = list(new.tracks.iter().filter_map(|track| track.address));
            let from = if from.is_empty() { from } else { format!(", from {from}") };
            let summary = format!("{} was not seen before{from}: {}", new.key, acts(&new.tracks));
            Finding::new(&USER, &new.tracks, &[or_none(Some(&new.key))], summary)
        };
        Ok(new.into_iter().map(finding).collect())
    }
}

impl Rule for Address {
    fn page(&self) -> &'static Page {
        &ADDRESS
    }

    fn look(&self, view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
        let bits = |setting| u8::try_from(view.told.count(setting)).unwrap_or(u8::MAX);
        let (ipv4, ipv6) = (bits(&IPV4), bits(&IPV6));
        let block = |track: &Track| {
            let address = track.address?;
            let bits = if address.is_ipv4() { ipv4.min(32) } else { ipv6.min(128) };
            Some(IpNet::new(address, bits).ok()?.trunc())
        };
        let new = baseline::new(view, Track::is_done, block)?;
        let finding = |new: New<'_, IpNet>| {
            let addresses: Vec<IpAddr> = new.tracks.iter().filter_map(|t| t.address).collect();
            let users = list(new.tracks.iter().filter_map(|track| track.user.as_deref()));
            let by = if users.is_empty() { users } else { format!(", used by {users}") };
            let summary =
                format!("{} was not seen before{by}: {}", list(addresses), acts(&new.tracks));
            Finding::new(&ADDRESS, &new.tracks, &[&new.key.to_string()], summary)
        };
        Ok(new.into_iter().map(finding).collect())
    }
}

/// What was done: `3 Successful Authentication, 1 dropStreamProcessor`.
fn acts(tracks: &[&Track]) -> String {
    let mut counts = BTreeMap::new();
    for track in tracks {
        *counts.entry((track.act, track.ended)).or_insert(0) += track.count();
    }
    let text = |((act, ended), count): ((Act, Ended), u64)| format!("{count} {}", act.name(ended));
    counts.into_iter().map(text).collect::<Vec<_>>().join(", ")
}
