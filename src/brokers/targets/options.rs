//! The options of targets. One that several targets may take is declared here and means the same
//! for each of them; one of a single target is declared in that target's file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::Misuse;

/// An option of targets, as typed on the command line.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Argument {
    /// Its name, without the hyphens.
    pub flag: &'static str,
    /// Another name that it goes by.
    pub alias: Option<&'static str>,
    /// The placeholder for its value in help.
    pub value: &'static str,
    /// What it is, in one line of help.
    pub help: &'static str,
    /// Which values it takes, and how many.
    pub values: Values,
}

/// Which values an option takes, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Values {
    /// One text.
    Text,
    /// Texts.
    Texts,
    /// TCP ports.
    Ports,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Some of these words.
    Words(&'static [&'static str]),
    /// None: it is given or not.
    None,
}

impl Argument {
    /// An option with no other name.
    pub const fn new(
        flag: &'static str,
        value: &'static str,
        values: Values,
        help: &'static str,
    ) -> Self {
        Argument { flag, alias: None, value, help, values }
    }

    const fn alias(self, alias: &'static str) -> Self {
        Argument { alias: Some(alias), ..self }
    }
}

/// The broker's ports, which an instance's connections may tell.
pub const PORT: Argument = Argument::new("port", "PORT", Values::Ports, "The broker's ports");

/// What is there already.
pub const ID: Argument =
    Argument::new("id", "ID", Values::Text, "The id of the rule set that takes the addresses")
        .alias("group-id");

/// What is made.
pub const NAME: Argument =
    Argument::new("name", "NAME", Values::Text, "The name of the rule, set, list or group to make");

/// What labels say.
pub const DESCRIPTION: Argument = Argument::new(
    "description",
    "TEXT",
    Values::Text,
    "What to say of the rules, in place of whose addresses they are",
);

/// A rule's place among others.
pub const PRIORITY: Argument = Argument::new(
    "priority",
    "NUMBER",
    Values::Text,
    "The rule's priority; a lower number goes first",
);

/// Where the broker's machines are.
pub const NETWORK: Argument =
    Argument::new("network", "NETWORK", Values::Text, "The network that the broker is in");

/// Who pays for it. `--project` is Atlas' own.
pub const CLOUD_PROJECT: Argument = Argument::new(
    "cloud-project",
    "PROJECT",
    Values::Text,
    "The provider's project that the broker or firewall is in",
);

/// Of which kind the addresses are.
pub const FAMILY: Argument = Argument::new(
    "family",
    "FAMILY",
    Values::Word(&["ipv4", "ipv6"]),
    "Which blocks to write, where there are some of both kinds",
);

/// Where a broker is connected to.
pub const LISTENER: Argument = Argument::new(
    "listener",
    "NAME",
    Values::Text,
    "The broker's listener that the addresses connect to",
);

/// Who Atlas is to the broker.
pub const PRINCIPAL: Argument = Argument::new(
    "principal",
    "TYPE:NAME",
    Values::Text,
    "The principal that Atlas signs in to the broker as, such as User:atlas",
);

/// Where commands go.
pub const BOOTSTRAP_SERVER: Argument = Argument::new(
    "bootstrap-server",
    "HOST:PORT",
    Values::Text,
    "The broker to send the commands to",
);

/// What is read or written.
pub const TOPIC: Argument =
    Argument::new("topic", "TOPIC", Values::Texts, "A topic to allow access to");

/// Who reads together.
pub const GROUP: Argument = Argument::new(
    "group",
    "GROUP",
    Values::Texts,
    "A consumer group to allow reading in; a source joins one",
);

/// What is done with topics.
pub const OPERATION: Argument = Argument::new(
    "operation",
    "OPERATION",
    Values::Words(&["Read", "Write", "Create", "Describe", "DescribeConfigs"]),
    "What to allow on the topics: Read for a source, Write for a sink [default: Read]",
);

/// What the broker makes of a host that is a block.
pub const CIDR: Argument = Argument::new(
    "cidr",
    "",
    Values::None,
    "Write blocks as they are, for Kafka 4.4 (metadata version 4.4-IV1) or later, and for Redpanda",
);

/// The options of a command line, whichever target they are for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    values: BTreeMap<&'static Argument, Vec<String>>,
    /// Those of them that were found rather than typed.
    found: BTreeSet<&'static Argument>,
    /// Files before this one.
    parts_before: usize,
}

impl Options {
    /// The same options for one of several files: what is made has a name of its own in each.
    #[must_use]
    pub fn part(&self, number: usize) -> Options {
        let mut part = self.clone();
        part.parts_before = number.saturating_sub(1);
        for name in part.values.get_mut(&NAME).into_iter().flatten() {
            *name = format!("{name}-{number}");
        }
        part
    }

    /// Sets the values of an option that was not given.
    pub fn insert_default(&mut self, argument: &'static Argument, values: Vec<String>) {
        if !self.has(argument) {
            self.values.insert(argument, values);
            self.found.insert(argument);
        }
    }

    /// Sets the values of an option.
    pub fn insert(&mut self, argument: &'static Argument, values: Vec<String>) {
        self.values.insert(argument, values);
    }

    /// Takes an option out.
    pub fn remove(&mut self, argument: &Argument) {
        self.values.remove(argument);
        self.found.remove(argument);
    }

    /// The options that were given.
    pub fn given(&self) -> impl Iterator<Item = &'static Argument> {
        self.values.keys().copied()
    }

    /// Whether an option was given.
    pub fn has(&self, argument: &Argument) -> bool {
        self.values.contains_key(argument)
    }

    /// Whether an option stood on the command line, rather than being found elsewhere.
    pub fn was_typed(&self, argument: &Argument) -> bool {
        self.has(argument) && !self.found.contains(argument)
    }

    /// How many files go before the one that these options are for.
    pub fn parts_before(&self) -> usize {
        self.parts_before
    }

    /// The one value of an option.
    pub fn one(&self, argument: &Argument) -> Option<&str> {
        self.all(argument).first().map(String::as_str)
    }

    /// The values of an option, as given.
    pub fn all(&self, argument: &Argument) -> &[String] {
        self.values.get(argument).map_or(&[], Vec::as_slice)
    }

    /// The ports of an option, sorted, each once.
    ///
    /// # Errors
    /// A value that is not a port.
    pub fn ports(&self, argument: &Argument) -> Result<Vec<u16>, Misuse> {
        let port = |text: &String| {
            let why = |remedy: &str| {
                Misuse::new(format!("--{} {text:?} is not a port", argument.flag), remedy)
            };
            parse_port(text).map_err(why)
        };
        let mut ports: Vec<u16> = self.all(argument).iter().map(port).collect::<Result<_, _>>()?;
        ports.sort_unstable();
        ports.dedup();
        Ok(ports)
    }

    /// The whole number of an option.
    ///
    /// # Errors
    /// A value that is none, or is out of range.
    pub fn number(
        &self,
        argument: &Argument,
        range: RangeInclusive<u64>,
    ) -> Result<Option<u64>, Misuse> {
        let Some(text) = self.one(argument) else { return Ok(None) };
        let number = text.parse().ok().filter(|number| range.contains(number));
        number.map(Some).ok_or_else(|| {
            let remedy = match *range.end() {
                u64::MAX => format!("use a whole number from {} up", range.start()),
                last => format!("use a whole number from {} to {last}", range.start()),
            };
            Misuse::new(format!("--{} {text:?} is not in its range", argument.flag), remedy)
        })
    }

    /// Refuses values that are empty or would break a line.
    pub(super) fn check_words(&self) -> Result<(), Misuse> {
        for (argument, values) in &self.values {
            for value in values {
                if value.is_empty() {
                    let problem = format!("--{} is empty", argument.flag);
                    return Err(Misuse::new(
                        problem,
                        "check that the variable in the script is set",
                    ));
                }
                if value.chars().any(char::is_control) {
                    let problem =
                        format!("--{} {value:?} holds a control character", argument.flag);
                    return Err(Misuse::new(problem, "use a value on one line, without tabs"));
                }
            }
        }
        Ok(())
    }
}

/// A TCP port.
///
/// # Errors
/// What a port looks like.
pub fn parse_port(text: &str) -> Result<u16, &'static str> {
    let port = text.parse().ok().filter(|port| *port > 0);
    port.ok_or("use ports from 1 to 65535, as in 9194,9196; list each port of a range")
}
