//! `--for`: which kind of broker the addresses are written for, and what that needs to know.

use clap::ValueEnum;

use crate::brokers::Problem;
use crate::brokers::set::AddressSet;
use crate::brokers::targets::{KafkaAcls, SecurityGroup, plain};
use crate::error::{Error, Result};

/// How the addresses are written.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Target")]
pub struct TargetArgs {
    /// Write what this kind of broker or firewall takes
    #[arg(long = "for", value_enum, value_name = "TARGET")]
    target: Option<Target>,
    /// The broker's ports (aws-security-group)
    #[arg(long = "port", value_name = "PORT", value_delimiter = ',', value_parser = port)]
    ports: Vec<u16>,
    /// The security group's id; else name it to `aws` (aws-security-group)
    #[arg(long, value_name = "SG")]
    group_id: Option<String>,
    /// As whom Atlas signs in to the broker, such as User:atlas (kafka-acls)
    #[arg(long, value_name = "TYPE:NAME")]
    principal: Option<String>,
    /// The broker that the commands are sent to (kafka-acls)
    #[arg(long, value_name = "HOST:PORT")]
    bootstrap_server: Option<String>,
    /// The file with which kafka-acls.sh signs in (kafka-acls)
    #[arg(long, value_name = "FILE")]
    command_config: Option<String>,
    /// A topic to open (kafka-acls)
    #[arg(long = "topic", value_name = "TOPIC")]
    topics: Vec<String>,
    /// A consumer group to open for reading: a source joins one (kafka-acls)
    #[arg(long = "group", value_name = "GROUP")]
    groups: Vec<String>,
    /// What is allowed on the topics: Read for a source, Write for a sink [default: Read] (kafka-acls)
    #[arg(long = "operation", value_name = "OPERATION", value_delimiter = ',')]
    #[arg(value_parser = ["Read", "Write", "Create", "Describe", "DescribeConfigs"])]
    operations: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Target {
    /// One CIDR block a line
    Plain,
    /// Commands that let single addresses in, for a broker with an authorizer
    KafkaAcls,
    /// Input of `aws ec2 authorize-security-group-ingress --cli-input-json`
    AwsSecurityGroup,
}

/// A target with everything it needs.
#[derive(Debug)]
pub enum Settled {
    /// One CIDR block a line.
    Plain,
    /// Commands for a Kafka broker.
    KafkaAcls(KafkaAcls),
    /// Rules of an AWS security group.
    SecurityGroup(SecurityGroup),
}

impl Settled {
    /// What is written to stdout.
    ///
    /// # Errors
    /// What the target cannot express.
    pub fn text(&self, set: &AddressSet) -> Result<String, Problem> {
        match self {
            Settled::Plain => Ok(plain(set)),
            Settled::KafkaAcls(acls) => acls.commands(set),
            Settled::SecurityGroup(group) => Ok(format!("{:#}\n", group.input(set)?)),
        }
    }
}

fn port(text: &str) -> Result<u16, &'static str> {
    let port = text.parse().ok().filter(|port| *port > 0);
    port.ok_or("say a port from 1 to 65535, several as in 9194,9196; each of a range by itself")
}

/// Whether Kafka takes this for a topic's name; `*` stands for all of them.
fn is_topic(name: &str) -> bool {
    let legal = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
    let named = (1..=249).contains(&name.len()) && name.bytes().all(legal);
    name == "*" || (named && name != "." && name != "..")
}

impl TargetArgs {
    /// Whether `--for` is on the command line.
    pub fn is_given(&self) -> bool {
        self.target.is_some()
    }

    /// The target, once every option fits it.
    ///
    /// # Errors
    /// Usage: an option that is missing, or that means nothing to this target.
    pub fn settle(&self) -> Result<Settled> {
        let target = self.target.unwrap_or(Target::Plain);
        self.refuse_strangers(target)?;
        match target {
            Target::Plain => Ok(Settled::Plain),
            Target::KafkaAcls => self.kafka_acls().map(Settled::KafkaAcls),
            Target::AwsSecurityGroup => self.security_group().map(Settled::SecurityGroup),
        }
    }

    /// An option that is passed over would be worse than an error.
    fn refuse_strangers(&self, target: Target) -> Result<()> {
        let options = [
            ("--port", !self.ports.is_empty(), Target::AwsSecurityGroup),
            ("--group-id", self.group_id.is_some(), Target::AwsSecurityGroup),
            ("--principal", self.principal.is_some(), Target::KafkaAcls),
            ("--bootstrap-server", self.bootstrap_server.is_some(), Target::KafkaAcls),
            ("--command-config", self.command_config.is_some(), Target::KafkaAcls),
            ("--topic", !self.topics.is_empty(), Target::KafkaAcls),
            ("--group", !self.groups.is_empty(), Target::KafkaAcls),
            ("--operation", !self.operations.is_empty(), Target::KafkaAcls),
        ];
        match options.iter().find(|(_, given, of)| *given && *of != target) {
            None => Ok(()),
            Some((option, _, of)) => {
                Err(Error::usage(format!("{option} means nothing to --for {}", name(target)))
                    .hint(format!("{option} belongs to --for {}", name(*of))))
            }
        }
    }

    fn kafka_acls(&self) -> Result<KafkaAcls> {
        let missing = |option: &str| {
            Error::usage(format!("--for kafka-acls needs {option}"))
                .hint("it takes --principal User:NAME --bootstrap-server HOST:PORT --topic TOPIC")
        };
        let principal = self.principal.clone().ok_or_else(|| missing("--principal"))?;
        let bootstrap_server =
            self.bootstrap_server.clone().ok_or_else(|| missing("--bootstrap-server"))?;
        if self.topics.is_empty() && self.groups.is_empty() {
            return Err(missing("--topic"));
        }
        let typed = principal.split_once(':');
        if !typed.is_some_and(|(kind, name)| !kind.is_empty() && !name.is_empty()) {
            return Err(Error::usage(format!("--principal {principal:?} is not TYPE:NAME"))
                .hint("a broker's users are called User:NAME"));
        }
        let parts = bootstrap_server.rsplit_once(':');
        if !parts.is_some_and(|(host, port)| {
            !host.is_empty() && port.parse::<u16>().is_ok_and(|port| port > 0)
        }) {
            let message = format!("--bootstrap-server {bootstrap_server:?} is not HOST:PORT");
            return Err(Error::usage(message).hint("as in broker.example.com:9092"));
        }
        let words = [&principal, &bootstrap_server].into_iter();
        for word in words.chain(&self.command_config).chain(&self.topics).chain(&self.groups) {
            if word.is_empty() || word.chars().any(char::is_control) {
                return Err(Error::usage(format!("{word:?} cannot stand in a command")));
            }
        }
        if let Some(topic) = self.topics.iter().find(|topic| !is_topic(topic)) {
            return Err(Error::usage(format!("--topic {topic:?} cannot be a topic of Kafka's")).hint(
                "a name has at most 249 letters, digits, dots, - and _, and is neither . nor ..; * is any",
            ));
        }
        let operations = match self.operations.is_empty() {
            true => vec!["Read".to_owned()],
            false => self.operations.clone(),
        };
        Ok(KafkaAcls {
            principal,
            bootstrap_server,
            command_config: self.command_config.clone(),
            topics: self.topics.clone(),
            groups: self.groups.clone(),
            operations,
        })
    }

    fn security_group(&self) -> Result<SecurityGroup> {
        if self.ports.is_empty() {
            return Err(Error::usage("--for aws-security-group needs --port")
                .hint("public MSK brokers listen on 9194 (TLS), 9196 (SCRAM) and 9198 (IAM)"));
        }
        if let Some(id) = &self.group_id
            && !id.strip_prefix("sg-").is_some_and(|rest| {
                !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphanumeric())
            })
        {
            return Err(Error::usage(format!("--group-id {id:?} is not a security group's id"))
                .hint("it looks like sg-0123456789abcdef0"));
        }
        let mut ports = self.ports.clone();
        ports.sort_unstable();
        ports.dedup();
        Ok(SecurityGroup { group_id: self.group_id.clone(), ports })
    }
}

fn name(target: Target) -> String {
    let value = target.to_possible_value();
    value.map(|value| value.get_name().to_owned()).unwrap_or_default()
}
