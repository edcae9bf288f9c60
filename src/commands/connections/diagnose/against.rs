//! What the broker lets in today, if that is known.

use ipnet::IpNet;
use serde::Serialize;

use super::finding::Finding;
use crate::brokers::compare::{Standing, compare};
use crate::brokers::lists::List;
use crate::commands::ips::against::Against;
use crate::ui::plural;

/// The lists of a file, each held against what must be let in.
#[derive(Debug, Serialize)]
pub(super) struct Compared {
    file: String,
    lists: Vec<ComparedList>,
}

#[derive(Debug, Serialize)]
struct ComparedList {
    list: String,
    missing: Vec<String>,
    dead: Vec<String>,
}

/// How many blocks a message names.
const NAMED: usize = 6;

/// Compares the lists that let in to the ports, and tells what keeps connections out.
pub(super) fn compared(
    against: &Against,
    wanted: &[IpNet],
    ports: &[u16],
) -> (Compared, Vec<Finding>) {
    let file = &against.file;
    let mut findings = Vec::new();
    for port in ports {
        if !against.lists.iter().any(|list| list.has_port(*port)) {
            let what = format!("{file}: no list lets in to port {port}");
            findings.push(Finding::error("addresses", what));
        }
    }
    let meant = |list: &&List| ports.is_empty() || ports.iter().any(|port| list.has_port(*port));
    let mut lists = Vec::new();
    for list in against.lists.iter().filter(meant) {
        let found = compare(wanted, list);
        let whose = match against.is_choice {
            true => format!("{file}: {}", list.name),
            false => file.clone(),
        };
        let missing: Vec<String> = found.missing.iter().map(IpNet::to_string).collect();
        if !missing.is_empty() {
            let many = plural(missing.len(), "block");
            let what = format!("{whose} does not let in {many}: {}", some_of(&missing));
            let mut finding = Finding::error("addresses", what);
            if against.is_choice {
                finding = finding.hint("--list NAME leaves out lists that are for something else");
            }
            findings.push(finding);
        }
        let mut dead: Vec<String> = Vec::new();
        let mut why = None;
        for entry in found.of(Standing::Dead) {
            dead.push(entry.text.clone());
            why = why.or(entry.dead);
        }
        if let Some(why) = why {
            let what = format!("{whose} has entries that never match: {}", some_of(&dead));
            findings.push(Finding::error("addresses", what).hint(why));
        }
        lists.push(ComparedList { list: list.name.clone(), missing, dead });
    }
    (Compared { file: file.clone(), lists }, findings)
}

fn some_of(texts: &[String]) -> String {
    let more = texts.len().saturating_sub(NAMED);
    let some = texts[..texts.len() - more].join(", ");
    if more > 0 { format!("{some}, and {more} more") } else { some }
}
