//! Entries that restrict no one, because the rest of their list lets in whom they let in, or
//! everyone.

use std::collections::HashSet;

use ipnet::IpNet;

use super::entry::EntryTarget;
use super::guard::{self, Open};
use crate::brokers::coverage::Reading;

/// The most entries that a sentence names.
const NAMED: usize = 3;

/// A list, as far as it makes some of its entries idle.
pub struct WholeList {
    nets: HashSet<IpNet>,
    open: Vec<Open>,
}

impl WholeList {
    /// Of these entries.
    pub fn of(targets: &[EntryTarget]) -> Self {
        let nets = targets.iter().filter_map(EntryTarget::net).collect();
        WholeList { nets, open: guard::openings(targets, &[Reading::Literal]) }
    }

    /// Why one of its entries restricts no one; `None` if it does: a list that counts as open still
    /// lets in nobody outside its blocks.
    pub fn why(&self, target: &EntryTarget) -> Option<String> {
        let net = target.net();
        let open = self.open.iter().find(|open| open.is_without(net));
        let holder = match net {
            Some(net) => Some(self.holder(net)?),
            // Who is in a security group is not known here.
            None => {
                open.filter(|open| open.is_everyone())?;
                None
            }
        };
        match (open, holder) {
            (Some(open), _) => Some(format!("the list is open, it lets in {}", open.many())),
            (None, holder) => Some(format!("{} lets in all of it", EntryTarget::Net(holder?))),
        }
    }

    /// The widest other block that contains a block.
    fn holder(&self, net: IpNet) -> Option<IpNet> {
        let wider = std::iter::successors(net.supernet(), IpNet::supernet);
        wider.filter(|wider| self.nets.contains(wider)).last()
    }

    /// Which of some of its entries restrict no one, in sentences: one for each reason.
    pub fn told<'a>(&self, some: impl IntoIterator<Item = &'a EntryTarget>) -> Vec<String> {
        let mut reasons: Vec<(String, Vec<&EntryTarget>)> = Vec::new();
        for target in some {
            let Some(why) = self.why(target) else { continue };
            match reasons.iter_mut().find(|(reason, _)| *reason == why) {
                Some((_, targets)) => targets.push(target),
                None => reasons.push((why, vec![target])),
            }
        }
        let sentence = |(why, targets): (String, Vec<&EntryTarget>)| {
            let shown = targets.iter().take(NAMED).map(ToString::to_string);
            let shown = shown.collect::<Vec<_>>().join(", ");
            match targets.len() {
                1 => format!("{shown} restricts no one: {why}"),
                2..=NAMED => format!("{shown} restrict no one: {why}"),
                all => format!("{shown} and {} more restrict no one: {why}", all - NAMED),
            }
        };
        reasons.into_iter().map(sentence).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told_of(list: &[&str]) -> Vec<String> {
        let list: Vec<_> = list.iter().map(|text| EntryTarget::parse(text).unwrap()).collect();
        WholeList::of(&list).told(&list)
    }

    #[test]
    fn a_narrow_entry_beside_everyone_restricts_no_one() {
        let everyone = "the list is open, it lets in 4256038912 public IPv4 addresses";
        assert_eq!(
            told_of(&["0.0.0.0/0", "203.0.113.7"]),
            [format!("203.0.113.7 restricts no one: {everyone}")]
        );
        assert_eq!(
            told_of(&["0.0.0.0/0", "9.9.9.9", "9.9.9.0/24", "9.9.8.8", "sg-0ab", "10.0.0.1"]),
            [format!("9.9.9.9, 9.9.9.0/24, 9.9.8.8 and 2 more restrict no one: {everyone}")]
        );
        let halves = told_of(&["0.0.0.0/1", "128.0.0.0/1", "203.0.113.0/24"]);
        assert!(halves.len() == 1 && halves[0].starts_with("203.0.113.0/24 "), "{halves:?}");
        assert_eq!(told_of(&["::/0", "2001:db8::/32"]).len(), 1);
    }

    #[test]
    fn so_does_what_another_entry_lets_in() {
        assert_eq!(
            told_of(&["10.0.0.0/8", "10.1.0.0/16"]),
            ["10.1.0.0/16 restricts no one: 10.0.0.0/8 lets in all of it"]
        );
        let twice = told_of(&["9.0.0.0/9", "9.128.0.0/9", "9.0.0.0/8"]);
        assert!(twice[0].starts_with("9.0.0.0/9, 9.128.0.0/9 restrict"), "{twice:?}");
        let open = told_of(&["0.0.0.0/0", "8.0.0.0/6"]);
        assert!(open.len() == 1 && open[0].starts_with("8.0.0.0/6 "), "{open:?}");
        assert!(told_of(&["203.0.113.0/24", "198.51.100.7", "2001:db8::/32", "sg-0ab"]).is_empty());
        assert!(told_of(&["0.0.0.0/0", "2001:db8::/32"]).is_empty());
        assert!(told_of(&["0.0.0.0/0", "::/0"]).is_empty());
    }

    #[test]
    fn beside_a_wide_block_what_is_outside_it_counts() {
        assert!(told_of(&["9.0.0.0/8", "203.0.113.0/24", "sg-0ab"]).is_empty());
        let inside = told_of(&["8.0.0.0/6", "9.9.9.9", "203.0.113.7"]);
        assert!(inside.len() == 1 && inside[0].starts_with("9.9.9.9 restricts"), "{inside:?}");
    }
}
