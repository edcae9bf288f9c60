//! CIDR blocks and nothing else.

use super::{Misuse, Options, Rendering, Target};

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

    fn prepare(&self, _: &Options) -> Result<Rendering, Misuse> {
        Ok(Box::new(|set| Ok(set.blocks().map(|entry| format!("{}\n", entry.net)).collect())))
    }
}
