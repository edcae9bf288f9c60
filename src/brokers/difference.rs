//! What changed between two lists: by the addresses that entries cover, not by their text.

use std::collections::{BTreeMap, BTreeSet};

use ipnet::IpNet;

use super::coverage::{Coverage, Reading};
use super::set::Entry;

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
        Difference {
            added: beyond(new, old, Entry::place),
            removed: beyond(old, new, Entry::place),
        }
    }

    /// The same whatever place an address belongs to, as a broker sees it: what moved from one to
    /// another is neither added nor removed. Each block is given once.
    pub fn of_addresses(old: &[Entry], new: &[Entry]) -> Self {
        let once = |mut entries: Vec<Entry>| {
            entries.dedup_by(|one, other| one.net == other.net);
            entries
        };
        let (added, removed) = (beyond(new, old, |_| ()), beyond(old, new, |_| ()));
        Difference { added: once(added), removed: once(removed) }
    }

    /// Whether the lists mean the same.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }
}

/// The addresses of some entries that others of the same group do not cover, sorted.
fn beyond<'a, K: Ord>(
    entries: &'a [Entry],
    others: &'a [Entry],
    group: impl Fn(&'a Entry) -> K,
) -> Vec<Entry> {
    let mut nets: BTreeMap<K, Vec<IpNet>> = BTreeMap::new();
    for other in others {
        nets.entry(group(other)).or_default().push(other.net);
    }
    let covered: BTreeMap<K, Coverage> = nets
        .into_iter()
        .map(|(group, nets)| (group, Coverage::new(nets, Reading::Literal)))
        .collect();
    let nothing = Coverage::default();
    let mut rest = BTreeSet::new();
    for entry in entries {
        let known = covered.get(&group(entry)).unwrap_or(&nothing);
        rest.extend(known.lacks(entry.net).into_iter().map(|net| Entry { net, ..entry.clone() }));
    }
    rest.into_iter().collect()
}

/// How much of a list a newer one drops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Removals {
    /// Blocks of which an address or more is gone.
    pub gone: usize,
    /// All blocks of the older list.
    pub known: usize,
}

impl Removals {
    /// This many are never too many: a small list loses a large share with each of them.
    const FEW: usize = 2;

    /// From the entries of an older list to those of a newer one. A block counts once, whatever
    /// places it belongs to.
    pub fn between(old: &[Entry], new: &[Entry]) -> Self {
        let left = Coverage::new(new.iter().map(|entry| entry.net), Reading::Literal);
        let known: BTreeSet<IpNet> = old.iter().map(|entry| entry.net).collect();
        let gone = known.iter().filter(|net| !left.lacks(**net).is_empty()).count();
        Removals { gone, known: known.len() }
    }

    /// The share of the older list that is gone, in percent.
    pub fn percent(self) -> f64 {
        100.0 * self.gone as f64 / self.known.max(1) as f64
    }

    /// Whether more is gone than so many percent, and more than a few.
    pub fn exceed(self, percent: f64) -> bool {
        self.gone > Self::FEW && self.percent() > percent
    }
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

    #[test]
    fn a_broker_sees_addresses_and_not_the_places_they_belong_to() {
        let at = |region: &str, net: &str| Entry { region: region.into(), ..entry(net) };
        let old = [at("us-east-1", "192.0.2.1/32"), at("us-east-2", "192.0.2.1/32")];
        let moved = [at("us-west-2", "192.0.2.1/32")];
        assert!(Difference::of_addresses(&old, &moved).is_empty());
        let gone = Difference::of_addresses(&old, &[at("us-east-1", "192.0.2.2/32")]);
        assert_eq!(nets(&gone.removed), ["192.0.2.1/32"], "once");
        assert_eq!(nets(&gone.added), ["192.0.2.2/32"]);
    }

    #[test]
    fn two_removals_are_few_and_more_are_a_share() {
        let known: Vec<String> = (0..10).map(|n| format!("192.0.2.{}/32", 2 * n + 1)).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let removals = |left: &[&str]| Removals::between(&entries(&known), &entries(left));
        assert_eq!(removals(&known[3..]), Removals { gone: 3, known: 10 });
        assert!(!removals(&known[2..]).exceed(0.0));
        assert!(!removals(&known[3..]).exceed(30.0));
        assert!(removals(&known[3..]).exceed(29.9));
        assert!(!removals(&["192.0.2.0/24"]).exceed(0.0));
        // A block counts once, however many pieces are left of it.
        let block = Removals::between(&entries(&["192.0.2.0/24"]), &entries(&["192.0.2.77/32"]));
        assert_eq!(block, Removals { gone: 1, known: 1 });
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
