//! What is said of a whole rule, on platforms whose rules hold many blocks.

use super::options::DESCRIPTION;
use super::{Misuse, Options};
use crate::brokers::blocks::Blocks;

/// What is said of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Remark {
    given: Option<String>,
    longest: usize,
}

impl Remark {
    /// The text of `--description`, or else whose the blocks are, in so many characters at most.
    ///
    /// # Errors
    /// A text that is longer.
    pub(super) fn read(options: &Options, longest: usize) -> Result<Self, Misuse> {
        let given = options.one(&DESCRIPTION).map(str::to_owned);
        let length = given.as_deref().map_or(0, |text| text.chars().count());
        if length > longest {
            let problem = format!("--description has {length} characters");
            return Err(Misuse::new(problem, format!("it may have {longest} at most")));
        }
        Ok(Remark { given, longest })
    }

    /// The text that was given.
    pub(super) fn given(&self) -> Option<&str> {
        self.given.as_deref()
    }

    /// What is said of a rule for these blocks.
    pub(super) fn of(&self, blocks: &Blocks) -> String {
        self.given.clone().unwrap_or_else(|| blocks.label(self.longest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brokers::blocks::tests::blocks;

    #[test]
    fn labels_are_cut_where_the_room_ends() {
        let blocks = blocks(&["192.0.2.1/32"]);
        let of = |longest| Remark::read(&Options::default(), longest).unwrap().of(&blocks);
        assert_eq!(of(140), "Atlas control plane outbound aws us-east-1");
        assert_eq!(of(6), "Atlas");
    }

    #[test]
    fn a_given_text_stands_as_it_is_or_is_refused() {
        let mut options = Options::default();
        options.insert(&DESCRIPTION, vec!["x".repeat(140)]);
        let text = Remark::read(&options, 140).unwrap().of(&blocks(&["192.0.2.1/32"]));
        assert_eq!(text.len(), 140);
        let refused = Remark::read(&options, 139).unwrap_err();
        assert!(refused.problem.contains("--description"), "{refused}");
    }
}
