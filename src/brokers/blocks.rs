//! What a broker or firewall is to let in: blocks and what to call them, whatever their source.

use std::collections::{BTreeMap, BTreeSet};

use ipnet::IpNet;

use super::Problem;
use super::coverage::Family;
use super::set::{AddressSet, everybody};

/// A block that is let in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    /// The addresses, without host bits; a single one is a /32 or /128.
    pub net: IpNet,
    /// What to call it where a format has room for a label, in any characters and of any length.
    pub label: String,
}

/// Blocks as a target takes them: sorted, each once, never none, and never everyone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocks(Vec<Block>);

impl Blocks {
    /// Sorts the blocks and drops repetitions, of which the first label stays. `None` if there are
    /// none.
    ///
    /// # Errors
    /// Blocks that alone or together let in everyone, or a large part of the internet.
    pub fn new(blocks: impl IntoIterator<Item = Block>) -> Result<Option<Self>, Problem> {
        let mut labels = BTreeMap::new();
        for block in blocks {
            labels.entry(block.net).or_insert(block.label);
        }
        everybody(&labels.keys().copied().collect::<Vec<_>>())?;
        let blocks: Vec<Block> =
            labels.into_iter().map(|(net, label)| Block { net, label }).collect();
        Ok((!blocks.is_empty()).then_some(Blocks(blocks)))
    }

    /// The blocks, IPv4 before IPv6, in the order of numbers.
    pub fn iter(&self) -> std::slice::Iter<'_, Block> {
        self.0.iter()
    }

    /// The blocks of one kind; there may be none.
    pub fn of(&self, family: Family) -> impl Iterator<Item = &Block> {
        self.iter().filter(move |block| block.net.addr().is_ipv4() == (family == Family::V4))
    }

    /// What to call them together, in at most so many characters: each label once.
    pub fn label(&self, length: usize) -> String {
        let labels: BTreeSet<&str> = self.iter().map(|block| block.label.as_str()).collect();
        let text = Vec::from_iter(labels).join(", ");
        let cut: String = text.chars().filter(|c| !c.is_control()).take(length).collect();
        cut.trim_end_matches([' ', ',']).to_owned()
    }

    /// The blocks of one kind, if there are any.
    pub fn only(&self, family: Family) -> Option<Blocks> {
        let blocks: Vec<Block> = self.of(family).cloned().collect();
        (!blocks.is_empty()).then_some(Blocks(blocks))
    }

    /// The same addresses without the blocks that lie in another one, for platforms that refuse
    /// blocks that overlap.
    #[must_use]
    pub fn outermost(&self) -> Blocks {
        let mut kept: Vec<Block> = Vec::new();
        for block in &self.0 {
            // A wider block stands before those in it.
            if !kept.last().is_some_and(|last| last.net.contains(&block.net)) {
                kept.push(block.clone());
            }
        }
        Blocks(kept)
    }

    /// How many blocks there are; at least one.
    #[expect(clippy::len_without_is_empty, reason = "there is always one")]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The blocks in groups of at most `size`, which is at least 1.
    pub fn chunks(&self, size: usize) -> impl Iterator<Item = Blocks> {
        self.0.chunks(size.max(1)).map(|blocks| Blocks(blocks.to_vec()))
    }
}

impl From<&AddressSet> for Blocks {
    fn from(set: &AddressSet) -> Self {
        let block = |entry: &super::set::Entry| Block { net: entry.net, label: entry.label() };
        Blocks(set.blocks().map(block).collect())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::brokers::set::tests::set;

    pub fn blocks(nets: &[&str]) -> Blocks {
        Blocks::from(&set(nets))
    }

    #[test]
    fn a_block_is_there_once_with_its_first_label() {
        let block =
            |net: &str, label: &str| Block { net: net.parse().unwrap(), label: label.into() };
        let given =
            [block("192.0.2.2/32", "b"), block("192.0.2.1/32", "a"), block("192.0.2.2/32", "c")];
        let blocks = Blocks::new(given).unwrap().unwrap();
        let labels: Vec<&str> = blocks.iter().map(|block| block.label.as_str()).collect();
        assert_eq!(labels, ["a", "b"]);
        assert_eq!(Blocks::new([]), Ok(None));
        assert!(Blocks::new([block("0.0.0.0/0", "all")]).is_err());
    }

    #[test]
    fn the_outermost_blocks_have_every_address() {
        let all =
            blocks(&["9.0.0.0/9", "9.1.0.0/16", "9.1.2.3/32", "9.128.0.0/32", "2001:db8::1/128"]);
        let nets: Vec<String> = all.outermost().iter().map(|block| block.net.to_string()).collect();
        assert_eq!(nets, ["9.0.0.0/9", "9.128.0.0/32", "2001:db8::1/128"]);
        assert_eq!(all.only(Family::V6).unwrap().len(), 1);
        assert_eq!(blocks(&["192.0.2.1/32"]).only(Family::V6), None);
    }

    #[test]
    fn chunks_hold_every_block_once() {
        let all = blocks(&["192.0.2.1/32", "192.0.2.2/32", "192.0.2.3/32"]);
        let sizes: Vec<usize> = all.chunks(2).map(|chunk| chunk.len()).collect();
        assert_eq!(sizes, [2, 1]);
    }
}
