//! An IP group of Confluent Cloud, which IP filters let in.

use super::command::Line;
use super::options::{ID, NAME};
use super::{Argument, Misuse, Options, Target, Writer};
use crate::brokers::Problem;
use crate::brokers::blocks::Blocks;
use crate::brokers::coverage::Family;
use crate::brokers::delta::Delta;
use crate::shell::script;

/// What Kafka clients do: find the brokers, and read and write.
const OPERATIONS: &str = "KAFKA_DATA,KAFKA_DISCOVERY";

/// `confluent iam ip-group create`, or `update`.
#[derive(Debug)]
pub(super) struct Confluent;

impl Target for Confluent {
    fn name(&self) -> &'static str {
        "confluent"
    }

    fn about(&self) -> &'static str {
        "A `confluent` command that makes an IP group, or adds to one, for IP filters to let in"
    }

    fn takes(&self) -> &'static [&'static Argument] {
        &[&NAME, &ID]
    }

    fn advice(&self) -> &'static str {
        "--name NAME makes a group; --id ipg-12345 adds to one, and `confluent iam ip-group list` prints them"
    }

    fn applied(&self) -> &'static str {
        "piped into sh, where confluent is signed in; then the filter, by hand"
    }

    fn applied_delta(&self) -> Option<&'static str> {
        Some("piped into sh, where confluent is signed in; with --name, a group of the whole list")
    }

    fn between(&self) -> &'static str {
        super::command::IN_TURN
    }

    fn extension(&self) -> &'static str {
        "sh"
    }

    fn bites(&self) -> &'static str {
        "It takes --name, which makes a group, or --id, which adds to one. A group alone lets nobody \
         in or out: an IP filter does, and the first filter shuts out everybody whom no filter names, \
         also you. So the command that makes it stands there as a comment, to be run once every client \
         has a group. Groups hold IPv4 blocks; Confluent limits how many, and that is not checked here."
    }

    fn example(&self) -> &'static str {
        "--name atlas-stream-processing"
    }

    fn example_delta(&self) -> &'static str {
        "--id ipg-12345"
    }

    fn prepare(&self, options: &Options) -> Result<Box<dyn Writer>, Misuse> {
        Ok(Box::new(Group::read(options)?))
    }
}

/// An IP group.
#[derive(Debug)]
enum Group {
    New { name: String },
    Existing { id: String },
}

impl Group {
    fn read(options: &Options) -> Result<Self, Misuse> {
        match (options.one(&NAME), options.one(&ID)) {
            (None, None) => Err(super::missing_option(&Confluent, &NAME)),
            (Some(_), Some(_)) => {
                Err(Misuse::new("--name and --id exclude each other", Confluent.advice()))
            }
            (Some(name), None) if name.starts_with('-') || name.trim() != name => {
                let problem = format!("--name {name:?} is not a name of an IP group");
                Err(Misuse::new(problem, "it begins with a letter or digit"))
            }
            (Some(name), None) => Ok(Group::New { name: name.to_owned() }),
            (None, Some(id)) if !is_id(id) => {
                let problem = format!("--id {id:?} is not an IP group's id");
                Err(Misuse::new(problem, "it looks like ipg-12345"))
            }
            (None, Some(id)) => Ok(Group::Existing { id: id.to_owned() }),
        }
    }
}

impl Writer for Group {
    fn write(&self, blocks: &Blocks) -> Result<String, Problem> {
        let nets = nets(blocks)?;
        match self {
            Group::Existing { id } => command(&["update", id, "--add-cidr-blocks", &nets]),
            Group::New { name } => Ok(format!(
                "{}\
                 # It prints the id of the group. A filter lets the group in, and the first filter shuts\n\
                 # out everybody whom no filter names: run it when every client has a group.\n\
                 # confluent iam ip-filter create {} --operations {OPERATIONS} --ip-groups ID\n",
                command(&["create", name, "--cidr-blocks", &nets])?,
                script(name),
            )),
        }
    }

    fn delta(&self, delta: &Delta<'_>) -> Result<String, Problem> {
        let Group::Existing { id } = self else { return self.write(&delta.merged) };
        let added = delta.add.as_ref().map(|blocks| self.write(blocks)).transpose()?;
        // As the group has them: what was removed is found by its text.
        let removed: Vec<&str> = delta.remove.iter().map(|entry| entry.text.as_str()).collect();
        let remove = ["update", id, "--remove-cidr-blocks", &removed.join(",")];
        let removed = (!removed.is_empty()).then(|| command(&remove)).transpose()?;
        // Nothing is removed if adding failed.
        let calls: Vec<String> = added.into_iter().chain(removed).collect();
        Ok(calls.join("").trim_end().replace('\n', super::command::IN_TURN) + "\n")
    }
}

/// The blocks as one argument.
fn nets(blocks: &Blocks) -> Result<String, Problem> {
    let holder = "an IP group of Confluent Cloud";
    if let Some(block) = blocks.of(Family::V6).next() {
        let block = block.net.to_string();
        return Err(Problem::WrongFamily { holder, family: Family::V6, block });
    }
    let nets: Vec<String> = blocks.iter().map(|block| block.net.to_string()).collect();
    Ok(nets.join(","))
}

/// The command of these words after `confluent iam ip-group`.
fn command(words: &[&str]) -> Result<String, Problem> {
    let line = Line::new(&["confluent", "iam", "ip-group"]);
    words.iter().fold(line, |line, word| line.word(word)).end()
}

fn is_id(text: &str) -> bool {
    let is_id = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric());
    text.strip_prefix("ipg-").is_some_and(is_id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brokers::blocks::tests::blocks;
    use crate::brokers::delta::{Atlas, Foreign};
    use crate::brokers::lists::{List, Listed};
    use crate::brokers::set::tests::set;

    fn group(argument: &'static Argument, value: &str) -> Result<Group, Misuse> {
        let mut options = Options::default();
        options.insert(argument, vec![value.to_owned()]);
        Group::read(&options)
    }

    #[test]
    fn a_group_is_made_and_the_filter_is_left_to_whoever_reads_it() {
        let text =
            group(&NAME, "Atlas; $(id)").unwrap().write(&blocks(&["203.0.113.0/31"])).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let made = "confluent iam ip-group create 'Atlas; $(id)' --cidr-blocks 203.0.113.0/31";
        assert_eq!(lines[0], made);
        assert!(lines[1..].iter().all(|line| line.starts_with("# ")), "{text}");
        assert_eq!(
            lines.last().unwrap(),
            &"# confluent iam ip-filter create 'Atlas; $(id)' --operations KAFKA_DATA,KAFKA_DISCOVERY --ip-groups ID"
        );
    }

    #[test]
    fn a_group_that_exists_is_added_to() {
        let nets = ["203.0.113.0/31", "198.51.100.7/32"];
        let text = group(&ID, "ipg-12345").unwrap().write(&blocks(&nets)).unwrap();
        assert_eq!(
            text,
            "confluent iam ip-group update ipg-12345 --add-cidr-blocks 198.51.100.7/32,203.0.113.0/31\n"
        );
    }

    #[test]
    fn what_is_no_group_is_refused() {
        for name in ["--help", "-a", " a", "a "] {
            assert!(group(&NAME, name).is_err(), "{name}");
        }
        for id in ["ipg-", "ipg-1;id", "12345", "--help", "ipf-1"] {
            assert!(group(&ID, id).is_err(), "{id}");
        }
        let refused = group(&NAME, "a").unwrap().write(&blocks(&["2001:db8::1/128"]));
        assert!(matches!(refused, Err(Problem::WrongFamily { .. })), "{refused:?}");
    }

    #[test]
    fn a_delta_adds_first_and_removes_what_the_group_has() {
        let list = List {
            entries: vec![Listed::new("192.0.2.1"), Listed::new("203.0.113.0/31")],
            ..List::new("ipg-12345")
        };
        let wanted = set(&["203.0.113.0/31", "198.51.100.7/32"]);
        let delta = Delta::new(&wanted, &Atlas::new(&wanted, []), &list, Foreign::Remove).unwrap();
        let update = "confluent iam ip-group update ipg-12345";
        assert_eq!(
            group(&ID, "ipg-12345").unwrap().delta(&delta).unwrap(),
            format!(
                "{update} --add-cidr-blocks 198.51.100.7/32 &&\n{update} --remove-cidr-blocks 192.0.2.1\n"
            )
        );
        let whole = group(&NAME, "atlas").unwrap().delta(&delta).unwrap();
        assert!(whole.contains("--cidr-blocks 198.51.100.7/32,203.0.113.0/31\n"), "{whole}");
    }
}
