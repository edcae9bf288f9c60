//! Fewer blocks with exactly the same addresses.

use ipnet::IpNet;

use super::coverage::{Coverage, Reading};
use super::set::{AddressSet, Entry};

/// The fewest blocks that have exactly these addresses: in numeric order, IPv4 first.
pub fn aggregate(nets: impl IntoIterator<Item = IpNet>) -> Vec<IpNet> {
    Coverage::new(nets, Reading::Literal).blocks()
}

impl AddressSet {
    /// The same addresses in as few blocks as possible. A block keeps the origins of all that went
    /// into it: it is listed once for each.
    #[must_use]
    pub fn aggregated(&self) -> Self {
        let blocks = aggregate(self.entries().iter().map(|entry| entry.net));
        let merged = |entry: &Entry| {
            let at = blocks.partition_point(|block| *block <= entry.net).saturating_sub(1);
            let whole = blocks.get(at).filter(|block| block.contains(&entry.net));
            Entry { net: whole.copied().unwrap_or(entry.net), ..entry.clone() }
        };
        AddressSet::sorted(self.entries().iter().map(merged).collect())
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use ipnet::{Ipv4Net, Ipv6Net};
    use proptest::prelude::*;

    use super::*;
    use crate::brokers::set::tests::{entry, set};

    fn shown(nets: &[&str]) -> Vec<String> {
        let nets = nets.iter().map(|net| net.parse::<IpNet>().unwrap());
        aggregate(nets).iter().map(IpNet::to_string).collect()
    }

    #[test]
    fn neighbours_merge_where_the_block_of_both_has_no_other_address() {
        assert_eq!(shown(&["192.0.2.0/32", "192.0.2.1/32"]), ["192.0.2.0/31"]);
        assert_eq!(shown(&["192.0.2.1/32", "192.0.2.2/32"]), ["192.0.2.1/32", "192.0.2.2/32"]);
        assert_eq!(shown(&["192.0.2.0/24", "192.0.2.7/32"]), ["192.0.2.0/24"]);
        assert_eq!(
            shown(&["192.0.3.0/24", "192.0.2.0/24", "192.0.4.0/24"]),
            ["192.0.2.0/23", "192.0.4.0/24"]
        );
        assert_eq!(shown(&["2001:db8::/33", "2001:db8:8000::/33"]), ["2001:db8::/32"]);
        assert_eq!(shown(&["0.0.0.0/1", "128.0.0.0/1"]), ["0.0.0.0/0"]);
        assert_eq!(shown(&["::/1", "8000::/1", "0.0.0.0/0"]), ["0.0.0.0/0", "::/0"]);
        assert_eq!(shown(&["255.255.255.255/32", "255.255.255.254/32"]), ["255.255.255.254/31"]);
        assert!(shown(&[]).is_empty());
    }

    #[test]
    fn a_merged_block_keeps_every_origin() {
        let other = Entry { region: "us-east-2".into(), ..entry("192.0.2.1/32") };
        let both = AddressSet::new(vec![entry("192.0.2.0/32"), other, entry("192.0.2.9/32")]);
        let merged = both.unwrap().unwrap().aggregated();
        let rows = merged.entries().iter().map(|e| format!("{} {}", e.net, e.region));
        let rows: Vec<String> = rows.collect();
        assert_eq!(
            rows,
            ["192.0.2.0/31 us-east-1", "192.0.2.0/31 us-east-2", "192.0.2.9/32 us-east-1"]
        );
        assert_eq!(merged.blocks().count(), 2);
    }

    prop_compose! {
        /// Blocks that lie close together, at the ends of the address space as well.
        fn close()(v6 in any::<bool>(), end in any::<bool>(), at in 0_u32..64, length in 0_u8..=5) -> IpNet {
            let at = if end { u32::MAX - at } else { at };
            match v6 {
                false => Ipv4Net::new(at.into(), 32 - length).unwrap().trunc().into(),
                true => {
                    let at = if end { u128::MAX - u128::from(u32::MAX - at) } else { (1 << 64) + u128::from(at) };
                    Ipv6Net::new(at.into(), 128 - length).unwrap().trunc().into()
                }
            }
        }
    }

    fn expanded(nets: &[IpNet]) -> Vec<IpAddr> {
        let mut all: Vec<IpAddr> = Vec::new();
        for net in nets {
            match net {
                IpNet::V4(net) => all.extend(
                    (net.network().to_bits()..=net.broadcast().to_bits())
                        .map(|a| IpAddr::V4(a.into())),
                ),
                IpNet::V6(net) => all.extend(
                    (net.network().to_bits()..=net.broadcast().to_bits())
                        .map(|a| IpAddr::V6(a.into())),
                ),
            }
        }
        all.sort();
        all.dedup();
        all
    }

    proptest! {
        #[test]
        fn it_never_widens_and_loses_nothing(nets in prop::collection::vec(close(), 0..40)) {
            let merged = aggregate(nets.iter().copied());
            prop_assert_eq!(expanded(&merged), expanded(&nets));
            prop_assert_eq!(aggregate(merged.iter().copied()), merged.clone());
            // As few as possible: no two neighbours are halves of one block.
            for pair in merged.windows(2) {
                prop_assert_ne!(pair[0].supernet(), pair[1].supernet());
            }
        }

        #[test]
        fn every_entry_lies_in_the_block_that_stands_for_it(at in prop::collection::vec(1_u8..64, 1..20)) {
            let nets: Vec<String> = at.iter().map(|n| format!("192.0.2.{n}/32")).collect();
            let set = set(&nets.iter().map(String::as_str).collect::<Vec<_>>());
            let merged = set.aggregated();
            let of = |set: &AddressSet| set.entries().iter().map(|e| e.net).collect::<Vec<_>>();
            prop_assert_eq!(expanded(&of(&merged)), expanded(&of(&set)));
            prop_assert!(merged.entries().len() <= set.entries().len());
        }
    }
}
