//! What access-control entries of a Kafka broker allow, and to which hosts.

use std::collections::BTreeSet;
use std::net::IpAddr;

use ipnet::IpNet;

use super::options::{CIDR, GROUP, OPERATION, TOPIC};
use super::{Misuse, Options, Target};
use crate::brokers::Problem;
use crate::brokers::blocks::Blocks;

/// The most addresses of one block that become an entry each.
const LIMIT: u32 = 1024;

/// What a source does with a topic, and with its group.
const READ: &str = "Read";

/// What is allowed, and how hosts are named.
#[derive(Debug)]
pub(super) struct Access {
    /// Topics that are opened.
    topics: Vec<String>,
    /// Consumer groups that are opened for reading: a source joins one.
    groups: Vec<String>,
    /// What is allowed on the topics: `Read` for a source, `Write` for a sink. Kafka lets anyone who
    /// may read or write describe too.
    operations: Vec<String>,
    /// Whether the broker understands blocks.
    cidr: bool,
}

/// One kind of resource, and what is allowed on those of these names.
#[derive(Debug)]
pub(super) struct Grant<'a> {
    /// `topic` or `group`.
    pub(super) kind: &'static str,
    /// What they are called; `*` is all of them.
    pub(super) names: &'a [String],
    /// What is allowed on each.
    pub(super) operations: Vec<&'a str>,
}

impl Access {
    /// Reads it from the options `TOPIC`, `GROUP`, `OPERATION` and `CIDR`.
    ///
    /// # Errors
    /// Neither a topic nor a group, or what is no topic.
    pub(super) fn read(target: &dyn Target, options: &Options) -> Result<Self, Misuse> {
        if !options.has(&TOPIC) && !options.has(&GROUP) {
            return Err(super::missing_option(target, &TOPIC));
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
        Ok(Access {
            topics: options.all(&TOPIC).to_vec(),
            groups: options.all(&GROUP).to_vec(),
            operations,
            cidr: options.has(&CIDR),
        })
    }

    /// What a client still lacks with these options.
    pub(super) fn caution(options: &Options) -> Option<&'static str> {
        if options.has(&OPERATION) && !options.has(&TOPIC) {
            return Some("without --topic, --operation allows nothing: a group is only read");
        }
        let reads = !options.has(&OPERATION)
            || options.all(&OPERATION).iter().any(|operation| operation == READ);
        let half = reads && options.has(&TOPIC) && !options.has(&GROUP);
        half.then_some(
            "without --group a source cannot read these topics: it joins a consumer group, which \
             needs a rule of its own",
        )
    }

    /// What is allowed; at least one.
    pub(super) fn grants(&self) -> impl Iterator<Item = Grant<'_>> {
        let operations = self.operations.iter().map(String::as_str).collect();
        // Groups stand apart from topics, because a group has no `Write`.
        let topics = Grant { kind: "topic", names: &self.topics, operations };
        let groups = Grant { kind: "group", names: &self.groups, operations: vec![READ] };
        [topics, groups].into_iter().filter(|grant| !grant.names.is_empty())
    }

    /// What entries call the clients, in the order of addresses.
    ///
    /// The broker compares text: up to Kafka 4.3 a bare address matches and a block never does, not
    /// even a `/32`. So blocks are written out, unless the broker understands them.
    ///
    /// # Errors
    /// A block of too many addresses.
    pub(super) fn hosts(&self, blocks: &Blocks) -> Result<Vec<String>, Problem> {
        if self.cidr {
            return Ok(blocks.iter().map(|block| block_host(block.net)).collect());
        }
        let mut hosts = BTreeSet::new();
        for block in blocks.iter() {
            hosts.extend(expand(block.net)?);
        }
        Ok(hosts.into_iter().map(java).collect())
    }
}

/// A block for a broker that understands it. An address that stands alone is compared as text still.
fn block_host(net: IpNet) -> String {
    match net.prefix_len() == net.max_prefix_len() {
        true => java(net.addr()),
        false => net.to_string(),
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

    fn hosts(cidr: bool, nets: &[&str]) -> Result<String, Problem> {
        let access = Access { topics: vec![], groups: vec![], operations: vec![], cidr };
        Ok(access.hosts(&blocks(nets))?.join(" "))
    }

    #[test]
    fn a_block_becomes_bare_addresses() {
        let nets = ["203.0.113.0/31", "203.0.113.1/32", "203.0.113.9/32"];
        assert_eq!(hosts(false, &nets).unwrap(), "203.0.113.0 203.0.113.1 203.0.113.9");
    }

    #[test]
    fn a_broker_that_understands_blocks_gets_them_and_bare_addresses() {
        let nets = ["203.0.113.0/31", "203.0.113.9/32", "2001:db8::/64", "2001:db8:1::5/128"];
        let expected = "203.0.113.0/31 203.0.113.9 2001:db8::/64 2001:db8:1:0:0:0:0:5";
        assert_eq!(hosts(true, &nets).unwrap(), expected);
    }

    #[test]
    fn an_operation_that_allows_nothing_is_said() {
        let caution = |given: &[(&'static crate::brokers::targets::Argument, &str)]| {
            let mut options = Options::default();
            given
                .iter()
                .for_each(|(argument, value)| options.insert(argument, vec![(*value).into()]));
            Access::caution(&options)
        };
        let group = (&GROUP, "asp");
        assert!(caution(&[(&OPERATION, "Write"), group]).unwrap().contains("--operation"));
        assert_eq!(caution(&[(&OPERATION, "Write"), (&TOPIC, "orders"), group]), None);
        assert_eq!(caution(&[group]), None);
    }

    #[test]
    fn ipv6_is_written_as_the_broker_sees_it() {
        assert_eq!(hosts(false, &["2001:db8::5/128"]).unwrap(), "2001:db8:0:0:0:0:0:5");
    }

    #[test]
    fn a_wide_block_is_named_and_refused() {
        assert!(hosts(false, &["10.0.0.0/22"]).is_ok());
        for block in ["10.0.0.0/21", "2001:db8::/64"] {
            let refused = Problem::TooWide { block: block.into(), limit: LIMIT };
            assert_eq!(hosts(false, &["192.0.2.1/32", block]), Err(refused));
            assert!(hosts(true, &["192.0.2.1/32", block]).is_ok());
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
