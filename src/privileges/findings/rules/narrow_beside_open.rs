//! Narrow entries of an access list that an open one makes pointless.

use crate::privileges::findings::remedy::Remedy;
use crate::privileges::findings::rules::open_access_list::{closing, is_open, live};
use crate::privileges::findings::{Family, Finding, Object, Rule, Severity, Skipped, View};

pub(super) static RULE: Rule = Rule {
    id: "SP202",
    name: "narrow-beside-open",
    family: Family::NetworkExposure,
    severity: Severity::Low,
    title: "Narrow access-list entry beside an open one",
    what: "An entry that restricts nobody, because another entry is open to the world and lets in the same \
addresses.",
    why: "The list looks as if it were kept, and is not. Who reads the narrow entry believes that it matters.",
    passes: "Entries of the other family of addresses: an open IPv4 entry says nothing about IPv6.",
    mend: "Remove the open entry; then the narrow one counts.",
    needs: None,
    look,
};

fn look(view: &View<'_>) -> Result<Vec<Finding>, Skipped> {
    let nets: Vec<_> = live(&view.project.access_list, view.facts.now).collect();
    let open: Vec<_> = nets.iter().filter(|(_, net)| is_open(&[*net])).collect();
    let found = nets.iter().filter(|(_, net)| !is_open(&[*net])).filter_map(|(entry, net)| {
        // Some servers read an unspecified address as everyone, whatever its mask.
        let covers = |wide: &ipnet::IpNet| {
            wide.contains(net)
                || wide.network().is_unspecified() && wide.addr().is_ipv4() == net.addr().is_ipv4()
        };
        let (wide, _) = open.iter().find(|(_, wide)| covers(wide))?;
        let summary = format!("restricts nobody: {} lets in the same addresses", wide.entry);
        let object = Object::new("access-list entry", &entry.entry);
        let remedy: Remedy = closing(&wide.entry);
        Some(Finding::new(&RULE, view, object, summary, remedy))
    });
    Ok(found.collect())
}
