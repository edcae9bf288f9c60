//! What the targets of AWS have in common: ids, and what may be said of a rule or an entry.

use std::collections::BTreeSet;

use ipnet::IpNet;
use serde_json::Value;

use super::options::{DESCRIPTION, ID};
use super::{Misuse, Options};
use crate::brokers::blocks::Block;
use crate::brokers::delta::Delta;
use crate::shell::script;

/// Rules that one security group holds, unless the account's quota was raised.
pub(super) const GROUP_RULES: usize = 60;

/// The most characters of a description or of a name.
pub(super) const LENGTH: usize = 255;

/// How an error begins that is about a rule too many.
pub(super) const GROUP: &str = "a security group";

/// The id that `--id` names, which begins with this and a hyphen: `sg`.
///
/// # Errors
/// Another text.
pub(super) fn id(options: &Options, prefix: &str, kind: &str) -> Result<Option<String>, Misuse> {
    let Some(id) = options.one(&ID) else { return Ok(None) };
    if !is_id(id, prefix) {
        let problem = format!("--id {id:?} is not {kind}'s id");
        return Err(Misuse::new(problem, format!("it looks like {prefix}-0123456789abcdef0")));
    }
    Ok(Some(id.to_owned()))
}

/// Whether a text is an id, which begins with this and a hyphen.
pub(super) fn is_id(text: &str, prefix: &str) -> bool {
    let rest = text.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-'));
    rest.is_some_and(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// A call of `aws ec2` as a shell's command line, with its input.
pub(super) fn call(operation: &str, input: &Value) -> String {
    format!("aws ec2 {operation} --cli-input-json {}", script(&input.to_string()))
}

/// Command lines of which each runs once the one before has done its work: piped into a shell or
/// pasted, none comes after one that failed.
pub(super) fn in_turn(commands: &[String]) -> String {
    commands.join(super::command::IN_TURN) + "\n"
}

/// The blocks of entries that go, each once: AWS spells addresses in its own way, and takes it.
pub(super) fn removed(delta: &Delta<'_>) -> BTreeSet<IpNet> {
    delta.remove.iter().flat_map(|entry| entry.nets.iter().copied()).collect()
}

/// How what is written of a delta is applied.
pub(super) const APPLIED_DELTA: &str = "piped into sh, or pasted, where aws is on the PATH";

/// What is said of each block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Descriptions(Option<String>);

impl Descriptions {
    /// The text of `--description`, or else each block's label.
    ///
    /// # Errors
    /// A text that AWS would refuse.
    pub(super) fn read(options: &Options) -> Result<Self, Misuse> {
        let given = options.one(&DESCRIPTION);
        let refused = |why: String, remedy: &str| {
            Err(Misuse::new(format!("--description {why}"), remedy.to_owned()))
        };
        match given {
            Some(text) if text.chars().count() > LENGTH => {
                let count = text.chars().count();
                refused(format!("has {count} characters"), "AWS takes 255 at most")
            }
            Some(text) => match text.chars().find(|c| !is_allowed(c)) {
                Some(other) => refused(
                    format!("holds {other:?}"),
                    "AWS takes the letters a-z and A-Z, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
                ),
                None => Ok(Descriptions(Some(text.to_owned()))),
            },
            None => Ok(Descriptions(None)),
        }
    }

    /// What is said of this block: none where nothing is left of its label.
    pub(super) fn of(&self, block: &Block) -> Option<String> {
        let text = self.0.clone().unwrap_or_else(|| clean(&block.label));
        (!text.is_empty()).then_some(text)
    }
}

/// At most 255 characters of the set that AWS allows.
fn clean(label: &str) -> String {
    let kept: String = label.chars().filter(is_allowed).take(LENGTH).collect();
    kept.trim().to_owned()
}

fn is_allowed(c: &char) -> bool {
    c.is_ascii_alphanumeric() || " ._-:/()#,@[]+=&;{}!$*".contains(*c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(text: &str) -> Result<Descriptions, Misuse> {
        let mut options = Options::default();
        options.insert(&DESCRIPTION, vec![text.to_owned()]);
        Descriptions::read(&options)
    }

    #[test]
    fn labels_are_cleaned_and_what_was_given_is_refused() {
        let block =
            |label: &str| Block { net: "192.0.2.1/32".parse().unwrap(), label: label.into() };
        let labels = Descriptions(None);
        assert_eq!(
            labels.of(&block("Atlas gateway größe \"x\"\n")).unwrap(),
            "Atlas gateway gre x"
        );
        assert_eq!(labels.of(&block(&"x".repeat(300))).unwrap().len(), 255);
        assert_eq!(labels.of(&block("’ ✓")), None);
        assert_eq!(given("Streams (prod)").unwrap().of(&block("x")).unwrap(), "Streams (prod)");
        assert!(given(&"x".repeat(255)).is_ok());
        for bad in [&"x".repeat(256)[..], "größe", "a'b", "a<b", "a\"b"] {
            assert!(given(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn ids_are_of_one_kind() {
        assert!(is_id("sg-0123456789abcdef0", "sg") && is_id("pl-1", "pl"));
        for other in ["pl-0123", "sg-", "sg", "sg-0 1", "sg-$(id)", "sgr-0123", "SG-1"] {
            assert!(!is_id(other, "sg"), "{other}");
        }
    }
}
