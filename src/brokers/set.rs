//! A set of addresses and where each comes from: sorted, without repetition, never empty, and
//! never everyone.

use std::fmt;

use ipnet::IpNet;

use super::Problem;
use super::addresses::Direction;
use super::coverage::Opening;
use super::regions::Provider;

/// Whose addresses they are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The control plane's own, which public connections come from.
    ControlPlane,
    /// A gateway's, of this name.
    Gateway(String),
    /// The VPC of the project's own account, which connections through a peering come from.
    Vpc,
}

impl Origin {
    /// Its key in listings.
    pub fn key(&self) -> &'static str {
        match self {
            Origin::ControlPlane => "control_plane",
            Origin::Gateway(_) => "gateway",
            Origin::Vpc => "vpc",
        }
    }

    /// The gateway's name, if it is one.
    pub fn gateway(&self) -> Option<&str> {
        match self {
            Origin::Gateway(name) => Some(name),
            Origin::ControlPlane | Origin::Vpc => None,
        }
    }
}

/// `control plane`, `gateway NAME` or `VPC`.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::ControlPlane => f.write_str("control plane"),
            Origin::Gateway(name) => write!(f, "gateway {name}"),
            Origin::Vpc => f.write_str("VPC"),
        }
    }
}

/// One entry of the list. The order is numeric, IPv4 before IPv6, then by place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The block, without host bits; a single address is a /32 or /128.
    pub net: IpNet,
    /// Whose region it belongs to.
    pub provider: Provider,
    /// The region's key in the list.
    pub region: String,
    /// The direction, as seen from the control plane.
    pub direction: Direction,
    /// Whose it is.
    pub origin: Origin,
}

/// Where an entry belongs: its provider, region and direction, and whose it is.
pub type EntryPlace<'a> = (Provider, &'a str, Direction, &'a Origin);

impl Entry {
    /// Where it belongs.
    pub fn place(&self) -> EntryPlace<'_> {
        (self.provider, &self.region, self.direction, &self.origin)
    }

    /// What to call it in a rule: whose address it is, and where.
    pub fn label(&self) -> String {
        format!("Atlas {} {} {} {}", self.origin, self.direction, self.provider, self.region)
    }
}

/// Whether a rule's label is that of an entry, as [`Entry::label`] has it; platforms may have taken
/// other characters out, and changed capitals.
pub fn is_label(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_ours = match (words.next(), words.next()) {
        (Some("atlas"), Some("control")) => words.next() == Some("plane"),
        (Some("atlas"), Some("gateway" | "vpc")) => true,
        _ => false,
    };
    is_ours && words.any(|word| matches!(word, "inbound" | "outbound"))
}

/// Entries that may be returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressSet {
    entries: Vec<Entry>,
}

impl AddressSet {
    /// Sorts the entries and drops repetitions. `None` if there are none.
    ///
    /// Entries that alone or together cover every address, or a large part of them, are an error.
    pub fn new(entries: Vec<Entry>) -> Result<Option<Self>, Problem> {
        let set = Self::sorted(entries);
        let nets: Vec<IpNet> = set.entries.iter().map(|entry| entry.net).collect();
        everybody(&nets)?;
        Ok((!nets.is_empty()).then_some(set))
    }

    /// Entries that may be returned, in order and without repetitions.
    pub(super) fn sorted(mut entries: Vec<Entry>) -> Self {
        entries.sort();
        entries.dedup();
        AddressSet { entries }
    }

    /// Every entry; a block that two regions share is listed twice.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The first block that lies in a range reserved for documentation (RFC 5737, RFC 3849), if
    /// there is one: it is an example, and nobody's address.
    pub fn example(&self) -> Option<IpNet> {
        let nets = self.entries.iter().map(|entry| entry.net);
        nets.into_iter().find(|net| {
            DOCUMENTATION.iter().any(|range| range.parse().is_ok_and(|r: IpNet| r.contains(net)))
        })
    }

    /// The entries with each block once, from the first region that has it.
    pub fn blocks(&self) -> impl Iterator<Item = &Entry> {
        let mut last = None;
        self.entries.iter().filter(move |entry| last.replace(entry.net) != Some(entry.net))
    }
}

/// The most blocks that a message names.
const NAMED: usize = 3;

/// What is reserved for documentation: RFC 5737 and RFC 3849.
const DOCUMENTATION: [&str; 4] =
    ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"];

/// Refuses blocks that alone or together let in effectively everyone.
pub fn everybody(nets: &[IpNet]) -> Result<(), Problem> {
    if Opening::of(&[], nets).is_none() {
        return Ok(());
    }
    let mut named: Vec<&IpNet> =
        nets.iter().filter(|net| Opening::of(&[], &[**net]).is_some()).collect();
    if named.is_empty() {
        named = nets.iter().collect();
        named.sort_by_key(|net| net.prefix_len());
    }
    named.dedup();
    let more = named.len().saturating_sub(NAMED);
    let mut text: Vec<String> = named.into_iter().take(NAMED).map(IpNet::to_string).collect();
    text.extend((more > 0).then(|| format!("and {more} more")));
    Err(Problem::Everybody(text.join(", ")))
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    pub fn entry(net: &str) -> Entry {
        Entry {
            net: net.parse().unwrap(),
            provider: Provider::Aws,
            region: "us-east-1".into(),
            direction: Direction::Outbound,
            origin: Origin::ControlPlane,
        }
    }

    pub fn set(nets: &[&str]) -> AddressSet {
        AddressSet::new(nets.iter().map(|net| entry(net)).collect()).unwrap().unwrap()
    }

    #[test]
    fn numbers_sort_as_numbers_and_ipv4_comes_first() {
        let set = set(&["2001:db8::1/128", "198.51.100.23/32", "198.51.100.7/32", "9.0.0.0/9"]);
        let nets: Vec<String> = set.blocks().map(|entry| entry.net.to_string()).collect();
        assert_eq!(nets, ["9.0.0.0/9", "198.51.100.7/32", "198.51.100.23/32", "2001:db8::1/128"]);
    }

    #[test]
    fn a_block_of_two_regions_is_handed_out_once() {
        let other = Entry { region: "us-east-2".into(), ..entry("192.0.2.1/32") };
        let set = AddressSet::new(vec![other, entry("192.0.2.1/32")]).unwrap().unwrap();
        assert_eq!((set.entries().len(), set.blocks().count()), (2, 1));
    }

    #[test]
    fn everybody_is_refused_whole_or_in_halves() {
        let halves = vec!["0.0.0.0/1", "128.0.0.0/1"];
        let pieces = vec!["8.0.0.0/9", "9.0.0.0/10", "11.0.0.0/10"];
        let single = ["0.0.0.0/0", "::/0", "0.0.0.0/1", "2000::/3", "0.0.0.0/32", "2002::/16"];
        for nets in single.map(|net| vec![net]).into_iter().chain([halves, pieces]) {
            let entries = nets.iter().map(|net| entry(net)).collect();
            assert!(matches!(AddressSet::new(entries), Err(Problem::Everybody(_))), "{nets:?}");
        }
        assert_eq!(AddressSet::new(Vec::new()), Ok(None));
    }

    prop_compose! {
        pub fn any_net()(address in any::<u32>(), length in 16u8..=32) -> String {
            // 0.0.0.0 is everybody.
            let net = ipnet::Ipv4Net::new((address | 1 << 24).into(), length).unwrap();
            net.trunc().to_string()
        }
    }

    proptest! {
        #[test]
        fn the_same_blocks_come_out_in_the_same_order(mut nets in prop::collection::vec(any_net(), 1..20)) {
            let make = |nets: &[String]| {
                let nets: Vec<&str> = nets.iter().map(String::as_str).collect();
                set(&nets)
            };
            let forward = make(&nets);
            nets.reverse();
            prop_assert_eq!(&forward, &make(&nets));
            let mut out: Vec<String> = forward.blocks().map(|e| e.net.to_string()).collect();
            out.sort();
            nets.sort();
            nets.dedup();
            prop_assert_eq!(out, nets);
        }
    }
}
