//! Commands that add access-control entries to a Kafka broker.

use std::collections::BTreeSet;
use std::net::IpAddr;

use ipnet::IpNet;

use super::options::{BOOTSTRAP_SERVER, GROUP, PRINCIPAL, TOPIC};
use super::{Argument, Misuse, Options, Target, Values, Writer};
use crate::brokers::Problem;
use crate::brokers::blocks::Blocks;
use crate::shell::quote;

/// The most addresses of one block that become a command each.
const LIMIT: u32 = 1024;

/// What a source does with a topic, and with its group.
const READ: &str = "Read";

const COMMAND_CONFIG: Argument = Argument::new(
    "command-config",
    "FILE",
    Values::Text,
    "The properties file that kafka-acls.sh signs in with",
);

const OPERATION: Argument = Argument::new(
    "operation",
    "OPERATION",
    Values::Words(&[READ, "Write", "Create", "Describe", "DescribeConfigs"]),
    "What to allow on the topics: Read for a source, Write for a sink [default: Read]",
);

/// Commands of Kafka's own `kafka-acls.sh`.
#[derive(Debug)]
pub(super) struct KafkaAcls;

impl Target for KafkaAcls {
    fn name(&self) -> &'static str {
        "kafka-acls"
    }

    fn about(&self) -> &'static str {
        "Commands that allow single addresses, for a broker with an authorizer"
    }

    fn needs(&self) -> &'static [&'static Argument] {
        &[&PRINCIPAL, &BOOTSTRAP_SERVER]
    }

    fn takes(&self) -> &'static [&'static Argument] {
        &[&COMMAND_CONFIG, &TOPIC, &GROUP, &OPERATION]
    }

    fn advice(&self) -> &'static str {
        "it takes --principal User:NAME --bootstrap-server HOST:PORT --topic TOPIC, and --group GROUP for a source"
    }

    fn applied(&self) -> &'static str {
        "piped into sh, where kafka-acls.sh is on the PATH"
    }

    fn extension(&self) -> &'static str {
        "sh"
    }

    fn bites(&self) -> &'static str {
        "At least one --topic or --group is needed; a source needs both, because it joins a consumer group. An access-control entry names one address, so a \
         block becomes one command per address; more than 1024 are refused."
    }

    fn example(&self) -> &'static str {
        "--principal User:atlas --bootstrap-server broker:9092 \\\n      --topic orders --group asp"
    }

    fn caution(&self, options: &Options) -> Option<&'static str> {
        let reads = !options.has(&OPERATION)
            || options.all(&OPERATION).iter().any(|operation| operation == READ);
        let half = reads && options.has(&TOPIC) && !options.has(&GROUP);
        half.then_some(
            "without --group a source cannot read these topics: it joins a consumer group, which \
             needs a rule of its own",
        )
    }

    fn prepare(&self, options: &Options) -> Result<Box<dyn Writer>, Misuse> {
        Ok(Box::new(Entries::read(options)?))
    }
}

impl Writer for Entries {
    fn write(&self, blocks: &Blocks) -> Result<String, Problem> {
        self.commands(blocks)
    }
}

/// What the access-control entries say besides the address.
#[derive(Debug)]
struct Entries {
    /// The principal that the control plane signs in as: `User:atlas`.
    principal: String,
    /// The broker that the commands are sent to, `HOST:PORT`.
    bootstrap_server: String,
    /// The client properties of the administrator who runs the commands.
    command_config: Option<String>,
    /// Topics that are opened.
    topics: Vec<String>,
    /// Consumer groups that are opened for reading: a source joins one.
    groups: Vec<String>,
    /// What is allowed on the topics: `Read` for a source, `Write` for a sink. Kafka lets anyone who
    /// may read or write describe too.
    operations: Vec<String>,
}

impl Entries {
    fn read(options: &Options) -> Result<Self, Misuse> {
        let one = |argument| options.one(argument).map(str::to_owned);
        let principal = one(&PRINCIPAL).unwrap_or_default();
        let given = one(&BOOTSTRAP_SERVER).unwrap_or_default();
        let servers = given.split(',').map(str::trim).filter(|server| !server.is_empty());
        let servers: Vec<&str> = servers.collect();
        let bootstrap_server = servers.join(",");
        if !options.has(&TOPIC) && !options.has(&GROUP) {
            return Err(super::missing_option(&KafkaAcls, &TOPIC));
        }
        if !is_principal(&principal) {
            let problem = format!("--principal {principal:?} is not TYPE:NAME");
            return Err(Misuse::new(problem, "a broker's users are named User:NAME"));
        }
        if servers.is_empty() || !servers.iter().all(|server| is_host_and_port(server)) {
            let problem = format!("--bootstrap-server {given:?} is not HOST:PORT");
            return Err(Misuse::new(problem, "as in broker.example.com:9092"));
        }
        if let Some(topic) = options.all(&TOPIC).iter().find(|topic| !is_topic(topic)) {
            return Err(Misuse::new(
                format!("--topic {topic:?} is not a valid Kafka topic"),
                "a name has at most 249 letters, digits, dots, - and _, and is neither . nor ..; * means any topic",
            ));
        }
        let operations = match options.all(&OPERATION) {
            [] => vec![READ.to_owned()],
            given => given.to_vec(),
        };
        Ok(Entries {
            principal,
            bootstrap_server,
            command_config: one(&COMMAND_CONFIG),
            topics: options.all(&TOPIC).to_vec(),
            groups: options.all(&GROUP).to_vec(),
            operations,
        })
    }

    /// One command per line: one per address, and one more for its groups.
    ///
    /// The broker compares text: up to Kafka 4.3 a bare address matches and a `/32` never does.
    /// So blocks are written out, and IPv6 addresses are in the form that Java gives them.
    fn commands(&self, blocks: &Blocks) -> Result<String, Problem> {
        let mut hosts = BTreeSet::new();
        for block in blocks.iter() {
            hosts.extend(expand(block.net)?);
        }
        let topics = Vec::from_iter(self.topics.iter().map(|topic| ("--topic", topic.as_str())));
        let groups = Vec::from_iter(self.groups.iter().map(|group| ("--group", group.as_str())));
        let operations = Vec::from_iter(self.operations.iter().map(String::as_str));
        let mut out = String::new();
        for host in hosts {
            if !topics.is_empty() {
                out += &self.command(host, &operations, &topics);
            }
            // Separate from the topics, because a group has no `Write`.
            if !groups.is_empty() {
                out += &self.command(host, &[READ], &groups);
            }
        }
        Ok(out)
    }

    fn command(&self, host: IpAddr, operations: &[&str], resources: &[(&str, &str)]) -> String {
        let mut words = vec!["kafka-acls.sh".to_owned()];
        let mut option =
            |name: &str, value: &str| words.extend([name.to_owned(), quote(value).into_owned()]);
        option("--bootstrap-server", &self.bootstrap_server);
        if let Some(file) = &self.command_config {
            option("--command-config", file);
        }
        words.push("--add".to_owned());
        let mut option =
            |name: &str, value: &str| words.extend([name.to_owned(), quote(value).into_owned()]);
        option("--allow-principal", &self.principal);
        option("--allow-host", &java(host));
        for operation in operations {
            option("--operation", operation);
        }
        for (name, value) in resources {
            option(name, value);
        }
        words.join(" ") + "\n"
    }
}

/// Every address of the block, its first and last included.
fn expand(net: IpNet) -> Result<impl Iterator<Item = IpAddr>, Problem> {
    let bits = u32::from(net.max_prefix_len() - net.prefix_len());
    if bits > LIMIT.ilog2() {
        return Err(Problem::TooWide { block: net.to_string(), limit: LIMIT });
    }
    let first = net.network();
    Ok((0..1u32 << bits).map(move |offset| match first {
        IpAddr::V4(v4) => IpAddr::V4((u32::from(v4) + offset).into()),
        IpAddr::V6(v6) => IpAddr::V6((u128::from(v6) + u128::from(offset)).into()),
    }))
}

/// An address as `InetAddress.getHostAddress` writes it, which is what the broker compares with:
/// no group of zeros is left out.
pub(in crate::brokers) fn java(address: IpAddr) -> String {
    match address {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => v6.segments().map(|segment| format!("{segment:x}")).join(":"),
    }
}

fn is_principal(text: &str) -> bool {
    text.split_once(':').is_some_and(|(kind, name)| !kind.is_empty() && !name.is_empty())
}

fn is_host_and_port(text: &str) -> bool {
    let is_port = |port: &str| port.parse::<u16>().is_ok_and(|port| port > 0);
    text.rsplit_once(':').is_some_and(|(host, port)| !host.is_empty() && is_port(port))
}

/// Whether Kafka takes this for a topic's name; `*` stands for all of them.
fn is_topic(name: &str) -> bool {
    let legal = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
    let named = (1..=249).contains(&name.len()) && name.bytes().all(legal);
    name == "*" || (named && name != "." && name != "..")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::brokers::blocks::tests::blocks;

    fn acls() -> Entries {
        Entries {
            principal: "User:atlas".into(),
            bootstrap_server: "b-1.kafka.example:9196".into(),
            command_config: None,
            topics: vec!["orders".into()],
            groups: Vec::new(),
            operations: vec!["Read".into()],
        }
    }

    #[test]
    fn a_block_becomes_bare_addresses() {
        let out = acls().commands(&blocks(&["203.0.113.0/31", "203.0.113.1/32"])).unwrap();
        let command = "kafka-acls.sh --bootstrap-server b-1.kafka.example:9196 --add \
                       --allow-principal User:atlas --allow-host";
        let line = |host: &str| format!("{command} {host} --operation Read --topic orders\n");
        assert_eq!(out, line("203.0.113.0") + &line("203.0.113.1"));
    }

    #[test]
    fn groups_are_read_whatever_is_done_to_topics() {
        let acls = Entries {
            operations: vec!["Read".into(), "Write".into()],
            groups: vec!["asp".into()],
            command_config: Some("/etc/kafka/my admin.properties".into()),
            ..acls()
        };
        let out = acls.commands(&blocks(&["203.0.113.9/32"])).unwrap();
        let lines: Vec<&str> = out.lines().collect();
        assert!(lines[0].ends_with("--operation Read --operation Write --topic orders"));
        assert!(lines[1].ends_with("--allow-host 203.0.113.9 --operation Read --group asp"));
        assert!(lines[1].contains("--command-config '/etc/kafka/my admin.properties' --add"));
    }

    #[test]
    fn ipv6_is_written_as_the_broker_sees_it() {
        let out = acls().commands(&blocks(&["2001:db8::5/128"])).unwrap();
        assert!(out.contains("--allow-host 2001:db8:0:0:0:0:0:5 "), "{out}");
    }

    #[test]
    fn a_wide_block_is_named_and_refused() {
        assert!(acls().commands(&blocks(&["10.0.0.0/22"])).is_ok());
        for block in ["10.0.0.0/21", "2001:db8::/64"] {
            let refused = Problem::TooWide { block: block.into(), limit: LIMIT };
            assert_eq!(acls().commands(&blocks(&["192.0.2.1/32", block])), Err(refused));
        }
    }

    proptest! {
        #[test]
        fn expansion_covers_exactly_the_block(address in any::<u32>(), length in 22u8..=32) {
            let net = IpNet::new(IpAddr::V4(address.into()), length).unwrap().trunc();
            let hosts: BTreeSet<IpAddr> = expand(net).unwrap().collect();
            prop_assert_eq!(hosts.len(), 1usize << (32 - length));
            prop_assert!(hosts.iter().all(|host| net.contains(host)));
        }
    }
}
