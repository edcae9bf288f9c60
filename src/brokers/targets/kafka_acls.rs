//! Commands that add access-control entries to a Kafka broker.

use std::collections::BTreeSet;
use std::net::IpAddr;

use ipnet::IpNet;

use crate::brokers::Problem;
use crate::brokers::set::AddressSet;

/// The most addresses of one block that are written out as a command each.
const LIMIT: u32 = 1024;

/// What the access-control entries say besides the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KafkaAcls {
    /// As whom the control plane signs in: `User:atlas`.
    pub principal: String,
    /// The broker that the commands are sent to, `HOST:PORT`.
    pub bootstrap_server: String,
    /// The client properties of the administrator who runs the commands.
    pub command_config: Option<String>,
    /// Topics that are opened.
    pub topics: Vec<String>,
    /// Consumer groups that are opened for reading: a source joins one.
    pub groups: Vec<String>,
    /// What is allowed on the topics: `Read` for a source, `Write` for a sink. Kafka lets whoever
    /// may read or write describe too.
    pub operations: Vec<String>,
}

impl KafkaAcls {
    /// One command a line: one an address, and one more for its groups.
    ///
    /// The broker compares text: up to Kafka 4.3 a bare address matches and a `/32` never does.
    /// So blocks are written out, and IPv6 addresses in the form that Java gives them.
    pub fn commands(&self, set: &AddressSet) -> Result<String, Problem> {
        let mut hosts = BTreeSet::new();
        for entry in set.blocks() {
            hosts.extend(expand(entry.net)?);
        }
        let topics = Vec::from_iter(self.topics.iter().map(|topic| ("--topic", topic.as_str())));
        let groups = Vec::from_iter(self.groups.iter().map(|group| ("--group", group.as_str())));
        let operations: Vec<&str> = self.operations.iter().map(String::as_str).collect();
        let mut out = String::new();
        for host in hosts {
            if !topics.is_empty() {
                out += &self.command(host, &operations, &topics);
            }
            // Apart from the topics, because a group knows no `Write`.
            if !groups.is_empty() {
                out += &self.command(host, &["Read"], &groups);
            }
        }
        Ok(out)
    }

    fn command(&self, host: IpAddr, operations: &[&str], resources: &[(&str, &str)]) -> String {
        let mut words = vec!["kafka-acls.sh".to_owned()];
        let mut option = |name: &str, value: &str| words.extend([name.to_owned(), quote(value)]);
        option("--bootstrap-server", &self.bootstrap_server);
        if let Some(file) = &self.command_config {
            option("--command-config", file);
        }
        words.push("--add".to_owned());
        let mut option = |name: &str, value: &str| words.extend([name.to_owned(), quote(value)]);
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
fn java(address: IpAddr) -> String {
    match address {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => v6.segments().map(|segment| format!("{segment:x}")).join(":"),
    }
}

/// A word that a POSIX shell takes as it stands.
fn quote(word: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"_-.,:/@%+=".contains(&b);
    if !word.is_empty() && word.bytes().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::brokers::set::tests::set;

    fn acls() -> KafkaAcls {
        KafkaAcls {
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
        let out = acls().commands(&set(&["203.0.113.0/31", "203.0.113.1/32"])).unwrap();
        let command = "kafka-acls.sh --bootstrap-server b-1.kafka.example:9196 --add \
                       --allow-principal User:atlas --allow-host";
        let line = |host: &str| format!("{command} {host} --operation Read --topic orders\n");
        assert_eq!(out, line("203.0.113.0") + &line("203.0.113.1"));
    }

    #[test]
    fn groups_are_read_whatever_is_done_to_topics() {
        let acls = KafkaAcls {
            operations: vec!["Read".into(), "Write".into()],
            groups: vec!["asp".into()],
            command_config: Some("/etc/kafka/my admin.properties".into()),
            ..acls()
        };
        let out = acls.commands(&set(&["203.0.113.9/32"])).unwrap();
        let lines: Vec<&str> = out.lines().collect();
        assert!(lines[0].ends_with("--operation Read --operation Write --topic orders"));
        assert!(lines[1].ends_with("--allow-host 203.0.113.9 --operation Read --group asp"));
        assert!(lines[1].contains("--command-config '/etc/kafka/my admin.properties' --add"));
    }

    #[test]
    fn ipv6_is_written_as_the_broker_sees_it() {
        let out = acls().commands(&set(&["2001:db8::5/128"])).unwrap();
        assert!(out.contains("--allow-host 2001:db8:0:0:0:0:0:5 "), "{out}");
    }

    #[test]
    fn a_wide_block_is_named_and_refused() {
        assert!(acls().commands(&set(&["10.0.0.0/22"])).is_ok());
        for block in ["10.0.0.0/21", "2001:db8::/64"] {
            let refused = Problem::TooWide { block: block.into(), limit: LIMIT };
            assert_eq!(acls().commands(&set(&["192.0.2.1/32", block])), Err(refused));
        }
    }

    #[test]
    fn words_survive_the_shell() {
        for (word, quoted) in [
            ("orders.v1", "orders.v1"),
            ("*", "'*'"),
            ("", "''"),
            ("User:CN=it's,OU=x y", r"'User:CN=it'\''s,OU=x y'"),
            ("a;$(rm)\nb", "'a;$(rm)\nb'"),
        ] {
            assert_eq!(quote(word), quoted);
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
