//! What a list lets in, against what it should: by addresses, never by text.

use ipnet::IpNet;

use super::coverage::{Coverage, Family, Reading, Share};
use super::lists::{List, Listed};

/// How a list stands to the addresses that are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison<'a> {
    /// Exactly what of the wanted blocks is not let in, in their order: connections from there fail.
    pub missing: Vec<IpNet>,
    /// The entries, in the order of the list.
    pub entries: Vec<(&'a Listed, Standing)>,
}

/// How an entry stands to the addresses that are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// It lets in wanted addresses and no others.
    Needed,
    /// It lets in wanted addresses, and others.
    Wide,
    /// It lets in no wanted address.
    Stale,
    /// It never matches; the entry says why.
    Dead,
    /// It is not an address: a name, a group or a tag, and whom it lets in cannot be told.
    Opaque,
}

impl Comparison<'_> {
    /// The entries that stand so.
    pub fn of(&self, standing: Standing) -> impl Iterator<Item = &Listed> {
        self.entries.iter().filter(move |(_, of)| *of == standing).map(|(entry, _)| *entry)
    }

    /// Whether an entry stands so.
    pub fn has(&self, standing: Standing) -> bool {
        self.of(standing).next().is_some()
    }

    /// Whether connections fail that should not, or are about to: something is missing, or an entry
    /// does not do what whoever wrote it believed.
    pub fn is_outage(&self) -> bool {
        !self.missing.is_empty() || self.has(Standing::Dead)
    }

    /// Whether exactly the wanted addresses are let in, as far as that can be told.
    pub fn is_in_sync(&self) -> bool {
        let fits = |standing| matches!(standing, Standing::Needed | Standing::Opaque);
        self.missing.is_empty() && self.entries.iter().all(|(_, standing)| fits(*standing))
    }
}

/// Compares a list with the blocks that it should let in.
///
/// An entry that never matches lets nobody in, and who is denied is not let in by another entry.
pub fn compare<'a>(wanted: &[IpNet], list: &'a List) -> Comparison<'a> {
    Check::of(list.name.clone(), list).compare(wanted)
}

/// Lists that are compared as one: whoever one of them lets in gets in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check<'a> {
    /// What to call them.
    pub name: String,
    /// Those whose entries are looked at.
    pub own: Vec<&'a List>,
    /// Others that let in to the same ports, and more.
    pub beside: Vec<&'a List>,
    /// The only kind of blocks that are compared: others are left to a list that takes them.
    pub family: Option<Family>,
}

impl<'a> Check<'a> {
    /// What there is to compare in a file: each list for itself, or all that one holder has for each
    /// of these ports. The others of the file are not looked at, but let in as well.
    pub fn all(lists: &'a [List], others: &'a [List], ports: &[u16]) -> Vec<Self> {
        let mut checks: Vec<Check> = Vec::new();
        for list in lists {
            let of_holder = |other: &&List| {
                !list.holder.is_empty()
                    && other.holder == list.holder
                    && !std::ptr::eq(*other, list)
            };
            if ports.is_empty() || list.holder.is_empty() {
                if ports.is_empty() || ports.iter().any(|port| list.has_port(*port)) {
                    let beside = lists.iter().chain(others).filter(of_holder);
                    let beside = beside.filter(|other| other.has_ports_of(list)).collect();
                    checks.push(Check { beside, ..Check::of(list.name.clone(), list) });
                }
                continue;
            }
            for port in ports.iter().filter(|port| list.has_port(**port)) {
                let name = format!("{} tcp/{port}", list.holder);
                if let Some(check) = checks.iter_mut().find(|check| check.name == name) {
                    check.own.push(list);
                    continue;
                }
                let beside = others.iter().filter(of_holder);
                let beside = beside.filter(|other| other.has_port(*port)).collect();
                checks.push(Check { beside, ..Check::of(name, list) });
            }
        }
        checks.iter_mut().for_each(|check| check.family = family(check, lists));
        checks
    }

    fn of(name: String, list: &'a List) -> Self {
        Check { name, own: vec![list], beside: Vec::new(), family: None }
    }

    /// The blocks that it is compared with.
    pub fn wanted(&self, wanted: &[IpNet]) -> Vec<IpNet> {
        let fits = |net: &&IpNet| match self.family {
            Some(Family::V4) => net.addr().is_ipv4(),
            Some(Family::V6) => net.addr().is_ipv6(),
            None => true,
        };
        wanted.iter().filter(fits).copied().collect()
    }

    /// Compares the lists with the blocks that they should let in.
    pub fn compare(&self, wanted: &[IpNet]) -> Comparison<'a> {
        let nets = |entries: &'a [Listed]| {
            let living = entries.iter().filter(|entry| entry.dead.is_none());
            living.flat_map(|entry| entry.nets.iter().copied())
        };
        let allowed = self.own.iter().chain(&self.beside).flat_map(|list| {
            let all = nets(&list.entries).chain(nets(&list.beside));
            match list.denied.is_empty() {
                true => all.collect(),
                false => {
                    let denied = Coverage::new(nets(&list.denied), Reading::Literal);
                    Coverage::new(all, Reading::Literal).without(&denied).blocks()
                }
            }
        });
        let allowed = Coverage::new(allowed, Reading::Literal);
        let all = Coverage::new(wanted.iter().copied(), Reading::Literal);
        let entries = self.own.iter().flat_map(|list| &list.entries);
        let lacking = all.without(&allowed);
        let lacks = |net: &IpNet| match lacking.meets(*net) {
            true => allowed.lacks(*net),
            false => Vec::new(),
        };
        Comparison {
            missing: self.wanted(wanted).iter().flat_map(lacks).collect(),
            entries: entries.map(|entry| (entry, standing(entry, &all))).collect(),
        }
    }
}

/// The kind of blocks that these lists are for, if another list of the file takes the rest.
fn family(check: &Check<'_>, lists: &[List]) -> Option<Family> {
    let own =
        check.own.first()?.family.filter(|f| check.own.iter().all(|l| l.family == Some(*f)))?;
    lists.iter().any(|list| list.family.is_some_and(|other| other != own)).then_some(own)
}

fn standing(entry: &Listed, wanted: &Coverage) -> Standing {
    let mut shares = entry.nets.iter().map(|net| wanted.share(*net));
    match shares.next() {
        _ if entry.dead.is_some() => Standing::Dead,
        None => Standing::Opaque,
        Some(Share::All) if shares.all(|share| share == Share::All) => Standing::Needed,
        Some(Share::None) if shares.all(|share| share == Share::None) => Standing::Stale,
        Some(_) => Standing::Wide,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn nets(texts: &[&str]) -> Vec<IpNet> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    fn list(entries: &[&str]) -> List {
        List {
            entries: entries.iter().map(|text| Listed::new(*text)).collect(),
            ..List::new("list")
        }
    }

    /// What is missing, and how each entry stands.
    fn shown(wanted: &[&str], list: &List) -> (Vec<String>, Vec<Standing>) {
        let wanted = nets(wanted);
        let found = compare(&wanted, list);
        let missing = found.missing.iter().map(ToString::to_string).collect();
        (missing, found.entries.iter().map(|(_, standing)| *standing).collect())
    }

    const A: &str = "198.51.100.7/32";
    const B: &str = "203.0.113.0/31";

    #[test]
    fn addresses_are_compared_and_not_text() {
        for entries in [
            &["198.51.100.7", "203.0.113.0/31"][..],
            &["203.0.113.1/31", "198.51.100.7/32"],
            &["203.0.113.0", "203.0.113.1", "198.51.100.7-198.51.100.7"],
            &["::ffff:198.51.100.7", "203.0.113.0-203.0.113.1"],
        ] {
            let list = list(entries);
            let wanted = nets(&[A, B]);
            let found = compare(&wanted, &list);
            assert!(found.is_in_sync() && !found.is_outage(), "{found:?}");
        }
    }

    #[test]
    fn exactly_what_is_not_let_in_is_missing() {
        let entries = list(&["203.0.113.0", "192.0.2.1"]);
        let (missing, standings) = shown(&[A, B], &entries);
        assert_eq!(missing, [A, "203.0.113.1/32"]);
        assert_eq!(standings, [Standing::Needed, Standing::Stale]);
        assert_eq!(shown(&[A, B], &list(&[])).0, [A, B]);
        assert_eq!(
            shown(&["2001:db8::/127"], &list(&["2001:db8::1", "0.0.0.0/0"])).0,
            ["2001:db8::/128"]
        );
    }

    #[test]
    fn a_wide_entry_lets_in_and_is_named() {
        for wide in ["198.51.100.0/24", "0.0.0.0/0", "198.51.100.6-198.51.100.8"] {
            assert_eq!(shown(&[A], &list(&[wide])), (vec![], vec![Standing::Wide]), "{wide}");
        }
        let everyone = List { entries: vec![Listed::everyone("*")], ..List::new("list") };
        assert_eq!(shown(&[A, "2001:db8::1/128"], &everyone), (vec![], vec![Standing::Wide]));
    }

    #[test]
    fn two_narrow_entries_cover_a_block_and_a_block_covers_two_wanted() {
        let wanted = ["192.0.2.0/32", "192.0.2.1/32"];
        assert_eq!(shown(&wanted, &list(&["192.0.2.0/31"])), (vec![], vec![Standing::Needed]));
    }

    #[test]
    fn the_dead_and_the_denied_let_nobody_in() {
        let mut list = list(&["198.51.100.7", "203.0.113.0/31", "sg-0123"]);
        list.entries[0].dead = Some("it never matches");
        list.denied = vec![Listed::new("203.0.113.1")];
        let (missing, standings) = shown(&[A, B], &list);
        assert_eq!(missing, [A, "203.0.113.1/32"]);
        assert_eq!(standings, [Standing::Dead, Standing::Needed, Standing::Opaque]);
    }

    #[test]
    fn whom_other_lists_let_in_gets_in_unless_it_is_denied() {
        let mut list = list(&["198.51.100.7"]);
        list.beside = vec![Listed::new("203.0.113.0/31")];
        assert_eq!(shown(&[A, B], &list), (vec![], vec![Standing::Needed]));
        list.denied = vec![Listed::new("203.0.113.1")];
        assert_eq!(shown(&[A, B], &list).0, ["203.0.113.1/32"]);
    }

    proptest! {
        #[test]
        fn it_agrees_with_asking_for_every_address(
            wanted in prop::collection::btree_set(0_u8..32, 0..12),
            entries in prop::collection::vec((0_u8..32, 28_u8..=32), 0..8),
        ) {
            let wanted: Vec<IpNet> = wanted.iter().map(|n| format!("192.0.2.{n}/32").parse().unwrap()).collect();
            let texts: Vec<String> = entries.iter().map(|(n, length)| format!("192.0.2.{n}/{length}")).collect();
            let list = list(&texts.iter().map(String::as_str).collect::<Vec<_>>());
            let found = compare(&wanted, &list);
            let lets_in = |net: &IpNet| list.entries.iter().any(|e| e.nets[0].contains(net));
            let missing: Vec<IpNet> = wanted.iter().copied().filter(|net| !lets_in(net)).collect();
            prop_assert_eq!(&found.missing, &missing);
            for (entry, standing) in &found.entries {
                let inside = wanted.iter().filter(|net| entry.nets[0].contains(*net)).count();
                let all = 1_usize << (32 - entry.nets[0].prefix_len());
                let expected = match inside {
                    0 => Standing::Stale,
                    n if n == all => Standing::Needed,
                    _ => Standing::Wide,
                };
                prop_assert_eq!(*standing, expected);
            }
        }
    }
}
