//! A change as it is passed on: one line of JSON.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Serialize;

use crate::brokers::difference::Difference;
use crate::brokers::set::Entry;
use crate::times::rfc3339;

/// What was added and removed.
#[derive(Debug, Serialize)]
pub(super) struct Change {
    /// When it was seen.
    time: String,
    /// The regions that it is about, as `aws us-east-1`.
    regions: BTreeSet<String>,
    counts: Counts,
    added: Vec<ChangedEntry>,
    removed: Vec<ChangedEntry>,
}

/// In blocks.
#[derive(Debug, Serialize)]
struct Counts {
    added: usize,
    removed: usize,
    before: usize,
    after: usize,
}

#[derive(Debug, Serialize)]
struct ChangedEntry {
    cidr: String,
    provider: &'static str,
    region: String,
    direction: &'static str,
    origin: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    gateway: Option<String>,
}

impl From<&Entry> for ChangedEntry {
    fn from(entry: &Entry) -> Self {
        ChangedEntry {
            cidr: entry.net.to_string(),
            provider: entry.provider.key(),
            region: entry.region.clone(),
            direction: entry.direction.key(),
            origin: entry.origin.key(),
            gateway: entry.origin.gateway().map(str::to_owned),
        }
    }
}

impl Change {
    /// The change from a list that is known to a newer one.
    pub(super) fn new(
        difference: &Difference,
        known: &[Entry],
        new: &[Entry],
        time: Timestamp,
    ) -> Self {
        let Difference { added, removed } = difference;
        let region = |entry: &Entry| format!("{} {}", entry.provider, entry.region);
        let blocks = |entries: &[Entry]| {
            let nets: BTreeSet<_> = entries.iter().map(|entry| entry.net).collect();
            nets.len()
        };
        Change {
            time: rfc3339(time),
            regions: added.iter().chain(removed).map(region).collect(),
            counts: Counts {
                added: added.len(),
                removed: removed.len(),
                before: blocks(known),
                after: blocks(new),
            },
            added: added.iter().map(ChangedEntry::from).collect(),
            removed: removed.iter().map(ChangedEntry::from).collect(),
        }
    }
}
