//! Entries that open the access list to the world.

use ipnet::IpNet;
use jiff::Timestamp;

use crate::brokers::coverage::Opening;
use crate::privileges::findings::remedy::Remedy;
use crate::privileges::findings::{Family, Finding, Object, Rule, Severity, Skipped, View};
use crate::privileges::project::AccessEntry;

pub(super) static RULE: Rule = Rule {
    id: "SP201",
    name: "open-access-list",
    family: Family::NetworkExposure,
    severity: Severity::High,
    title: "Access-list entry that is open to the world",
    what: "An entry that lets in effectively everyone: from an IPv4 /8 or an IPv6 /20 of public addresses \
upwards, in any spelling; or entries that do so together.",
    why: "The access list is what stands between the internet and the project's databases. Open, only \
passwords protect them.",
    passes: "Private ranges, however wide; entries whose end has passed.",
    mend: "Add the addresses that are needed, first of all your own, and remove the entry.",
    needs: None,
    look,
};

fn look(view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
    let nets: Vec<(&AccessEntry, IpNet)> =
        live(&view.project.access_list, view.facts.now).collect();
    let alone: Vec<&(&AccessEntry, IpNet)> =
        nets.iter().filter(|(_, net)| is_open(&[*net])).collect();
    if alone.is_empty() && is_open(&nets.iter().map(|(_, net)| *net).collect::<Vec<_>>()) {
        let widest = nets.iter().min_by_key(|(_, net)| net.max_prefix_len() - net.prefix_len());
        let together = format!("{} entries together let in effectively everyone", nets.len());
        return Ok(widest.map(|(entry, _)| finding(view, entry, &together)).into_iter().collect());
    }
    let found = alone.into_iter();
    Ok(found.map(|(entry, _)| finding(view, entry, "lets in effectively everyone")).collect())
}

fn finding(view: &View<'_>, entry: &AccessEntry, summary: &str) -> Finding {
    Finding::new(
        &RULE,
        view,
        Object::new("access-list entry", &entry.entry),
        summary,
        closing(&entry.entry),
    )
}

/// What closes an entry, and leaves whoever does so a way in.
pub(super) fn closing(entry: &str) -> Remedy {
    Remedy::new("access-lists add")
        .word("--current-ip")
        .option("--comment", "own address")
        .then("access-lists remove")
        .name(entry)
}

/// The entries that let somebody in now, with their blocks. A security group has none.
pub(super) fn live(
    entries: &[AccessEntry],
    now: Timestamp,
) -> impl Iterator<Item = (&AccessEntry, IpNet)> {
    let stands = move |entry: &&AccessEntry| entry.expires.is_none_or(|end| end > now);
    entries.iter().filter(stands).filter_map(|entry| Some((entry, block(&entry.entry)?)))
}

/// Whether blocks let in effectively everyone, in any reading.
pub(super) fn is_open(nets: &[IpNet]) -> bool {
    Opening::of(&[], nets).is_some()
}

/// The block of an entry; a security group has none.
pub(super) fn block(entry: &str) -> Option<IpNet> {
    entry
        .parse()
        .ok()
        .or_else(|| entry.parse().ok().map(|address: std::net::IpAddr| address.into()))
}
