//! What changed between two lists: by the addresses that entries cover, not by their text.

use std::collections::{BTreeMap, BTreeSet};

use ipnet::IpNet;

use super::coverage::{Coverage, Reading};
use super::set::{Entry, EntryPlace};

/// What a newer list has and an older one has not, and the reverse.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// What must be let in from now on, sorted.
    pub added: Vec<Entry>,
    /// What need not be let in any more, sorted.
    pub removed: Vec<Entry>,
}

impl Difference {
    /// From the entries of an older list to those of a newer one. Each place, that is a region in one
    /// direction and of one origin, is compared for itself. Of a block that is covered in
    /// part, the blocks are given that make up the rest exactly.
    pub fn between(old: &[Entry], new: &[Entry]) -> Self {
        Difference { added: beyond(new, old), removed: beyond(old, new) }
    }

    /// Whether the lists mean the same.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }
}

/// The addresses of some entries that others of the same place do not cover.
fn beyond(entries: &[Entry], others: &[Entry]) -> Vec<Entry> {
    let mut covered: BTreeMap<EntryPlace<'_>, Vec<IpNet>> = BTreeMap::new();
    for other in others {
        covered.entry(other.place()).or_default().push(other.net);
    }
    let covered: BTreeMap<EntryPlace<'_>, Coverage> = covered
        .into_iter()
        .map(|(place, nets)| (place, Coverage::new(nets, Reading::Literal)))
        .collect();
    let nothing = Coverage::default();
    let mut rest = BTreeSet::new();
    for entry in entries {
        let known = covered.get(&entry.place()).unwrap_or(&nothing);
        rest.extend(known.lacks(entry.net).into_iter().map(|net| Entry { net, ..entry.clone() }));
    }
    rest.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::brokers::set::Origin;
    use crate::brokers::set::tests::{any_net, entry};

    fn entries(nets: &[&str]) -> Vec<Entry> {
        nets.iter().map(|net| entry(net)).collect()
    }

    fn nets(entries: &[Entry]) -> Vec<String> {
        entries.iter().map(|entry| entry.net.to_string()).collect()
    }

    #[test]
    fn only_addresses_count_and_not_how_they_are_cut() {
        let whole = entries(&["192.0.2.0/30"]);
        let cut = entries(&["192.0.2.0/32", "192.0.2.1/32", "192.0.2.2/31"]);
        assert!(Difference::between(&whole, &cut).is_empty());
        let less = Difference::between(&whole, &entries(&["192.0.2.0/32"]));
        assert_eq!(nets(&less.removed), ["192.0.2.1/32", "192.0.2.2/31"]);
        assert!(less.added.is_empty());
    }

    #[test]
    fn an_address_that_moves_to_another_place_is_gone_from_this_one() {
        let here = entries(&["192.0.2.1/32"]);
        let there = vec![Entry { region: "us-east-2".into(), ..here[0].clone() }];
        let of_gateway = vec![Entry { origin: Origin::Gateway("g".into()), ..here[0].clone() }];
        for other in [there, of_gateway] {
            let moved = Difference::between(&here, &other);
            assert_eq!((moved.added, moved.removed), (other, here.clone()));
        }
    }

    proptest! {
        #[test]
        fn a_difference_leads_from_one_list_to_the_other(
            old in prop::collection::vec(any_net(), 0..12),
            new in prop::collection::vec(any_net(), 0..12),
        ) {
            let list = |nets: &[String]| nets.iter().map(|net| entry(net)).collect::<Vec<_>>();
            let (old, new) = (list(&old), list(&new));
            let coverage = |entries: &[Entry]| {
                Coverage::new(entries.iter().map(|entry| entry.net), Reading::Literal)
            };
            let Difference { added, removed } = Difference::between(&old, &new);
            let kept = coverage(&old).without(&coverage(&removed));
            let kept: Vec<IpNet> = kept.blocks();
            let after = kept.into_iter().chain(added.iter().map(|entry| entry.net));
            prop_assert_eq!(Coverage::new(after, Reading::Literal), coverage(&new));
            // Nothing is added that was there, and nothing removed that was not.
            prop_assert_eq!(coverage(&added).without(&coverage(&old)), coverage(&added));
            prop_assert_eq!(coverage(&removed).without(&coverage(&new)), coverage(&removed));
        }
    }
}
