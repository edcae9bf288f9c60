//! CIDR blocks and nothing else.

use super::{Misuse, Options, Target, Writer};
use crate::brokers::Problem;
use crate::brokers::blocks::Blocks;
use crate::brokers::delta::Delta;

/// One block per line: some readers reject a comment after an entry.
#[derive(Debug)]
pub(super) struct Plain;

impl Target for Plain {
    fn name(&self) -> &'static str {
        "plain"
    }

    fn about(&self) -> &'static str {
        "One CIDR block per line"
    }

    fn applied(&self) -> &'static str {
        "read by HAProxy (src -f FILE), and by scripts line by line"
    }

    fn applied_delta(&self) -> Option<&'static str> {
        Some("read by scripts line by line: + and the block to add, then - and the entry to remove")
    }

    fn extension(&self) -> &'static str {
        "txt"
    }

    fn prepare(&self, _: &Options) -> Result<Box<dyn Writer>, Misuse> {
        Ok(Box::new(Plain))
    }
}

impl Writer for Plain {
    fn write(&self, blocks: &Blocks) -> Result<String, Problem> {
        Ok(blocks.iter().map(|block| format!("{}\n", block.net)).collect())
    }

    fn delta(&self, delta: &Delta<'_>) -> Result<String, Problem> {
        let added = delta.add.iter().flat_map(Blocks::iter);
        let added = added.map(|block| format!("+ {}\n", block.net));
        let removed = delta.remove.iter().map(|entry| format!("- {}\n", entry.text));
        Ok(added.chain(removed).collect())
    }
}
