//! A table of nftables, which the machine of a broker filters its clients with.

use ipnet::IpNet;

use super::options::{NAME, PORT};
use super::{Argument, Misuse, Options, Target, Writer};
use crate::brokers::Problem;
use crate::brokers::blocks::Blocks;
use crate::brokers::coverage::Family;

/// The most characters of a table's name that every release takes.
const LONGEST: usize = 31;

/// Tables that firewalls of a system keep for themselves, and that would be deleted.
const SYSTEM: &str = "filter nat mangle raw security firewall firewalld fw4 f2b-table kube-proxy";

/// Words of the language, which it reads as such where a table's name should be.
const WORDS: &str = "\
    accept add ah all and arp as at auto-merge bridge burst cgroup cgroupv2 chain classid comment comp \
    constant constants continue counter counters cpu create ct daddr day dccp default define delete describe \
    destroy device devices dnat drop dst dup dynamic ecn egress element elements else esp ether exists \
    expires export exthdr fib flags flow flowtable flowtables flush for frag fwd gc-interval geneve get \
    goto gre gretap handle hbh helper hook hour ibriport ibrname icmp icmpv6 if igmp iif iifgroup iifname \
    iiftype import in include index inet ingress insert interval ip ip6 ipsec jhash jump last limit list \
    log map maps mark masquerade meta meter meters mh missing monitor netdev nftrace not notrack numgen \
    obriport obrname of offload oif oifgroup oifname oiftype on or osf performance pkttype policy position \
    priority queue quota random redefine redirect reject rename replace reset return rt rt0 rt2 rt4 \
    rtclassid rule rules ruleset saddr sctp secmark set sets size skgid skuid snat socket srh string symhash \
    synproxy table tables tcp th time timeout to tproxy type typeof udp udplite undefine unload update vlan vmap \
    vxlan xor xt";

/// The input of `nft -f`.
#[derive(Debug)]
pub(super) struct Nftables;

impl Target for Nftables {
    fn name(&self) -> &'static str {
        "nftables"
    }

    fn about(&self) -> &'static str {
        "A table of nftables that lets the addresses in to ports of this machine, and nobody else"
    }

    fn needs(&self) -> &'static [&'static Argument] {
        &[&NAME, &PORT]
    }

    fn advice(&self) -> &'static str {
        "it takes --name TABLE and the broker's --port, as in --name atlas_kafka --port 9092"
    }

    fn applied(&self) -> &'static str {
        "nft -f FILE, which replaces the table in one step; nft -c -f FILE only checks it"
    }

    fn extension(&self) -> &'static str {
        "nft"
    }

    fn bites(&self) -> &'static str {
        "Whoever is not listed is shut out of the ports: administrators, other applications and the \
         broker's own peers too. No other table can let them in again, so keep for the broker's \
         own clients a listener on a port that is not named here. Whatever else is in the table of \
         this name is deleted. It filters what is addressed to this machine, and not what is \
         forwarded to containers. A block within another one is left out, because a set takes no two that overlap."
    }

    fn example(&self) -> &'static str {
        "--name atlas_kafka --port 9092"
    }

    fn undivided(&self, _: &Options) -> Option<&'static str> {
        Some("each table would shut out what the others let in; one set holds any number of blocks")
    }

    fn caution(&self, _: &Options) -> Option<&'static str> {
        Some("the table shuts out every other client of these ports, the broker's own peers too")
    }

    fn prepare(&self, options: &Options) -> Result<Box<dyn Writer>, Misuse> {
        Ok(Box::new(Table::read(options)?))
    }
}

impl Writer for Table {
    fn write(&self, blocks: &Blocks) -> Result<String, Problem> {
        Ok(self.text(blocks))
    }
}

/// A table that replaces the one of its name.
#[derive(Debug)]
struct Table {
    name: String,
    /// The ports that are filtered; never none.
    ports: Vec<u16>,
}

impl Table {
    fn read(options: &Options) -> Result<Self, Misuse> {
        let name = options.one(&NAME).unwrap_or_default();
        if let Some(problem) = unfit(name) {
            let remedy = "use a letter and then letters, digits, - and _, as in atlas_kafka";
            return Err(Misuse::new(format!("--name {name:?} {problem}"), remedy));
        }
        Ok(Table { name: name.to_owned(), ports: options.ports(&PORT)? })
    }

    fn text(&self, blocks: &Blocks) -> String {
        let Table { name, ports } = self;
        let ports: Vec<String> = ports.iter().map(u16::to_string).collect();
        let ports = format!("tcp dport {{ {} }}", ports.join(", "));
        let (mut sets, mut rules) = (String::new(), String::new());
        for (family, set, kind, source) in [
            (Family::V4, "atlas_ipv4", "ipv4_addr", "ip saddr"),
            (Family::V6, "atlas_ipv6", "ipv6_addr", "ip6 saddr"),
        ] {
            let nets = apart(blocks.of(family).map(|block| block.net));
            // A set without elements is a syntax error.
            if nets.is_empty() {
                continue;
            }
            let elements: String =
                nets.into_iter().map(|net| format!("\t\t\t{},\n", element(net))).collect();
            sets += &format!(
                "\tset {set} {{\n\t\ttype {kind}\n\t\tflags interval\n\t\telements = {{\n{elements}\t\t}}\n\t}}\n\n"
            );
            rules += &format!("\t\t{ports} {source} @{set} accept\n");
        }
        // Deleting what is not there is an error, so it is made first. All of it takes effect at once.
        format!(
            "table inet {name}\ndelete table inet {name}\ntable inet {name} {{\n{sets}\tchain input {{\n\
             \t\ttype filter hook input priority filter; policy accept;\n{rules}\t\t{ports} drop\n\t}}\n}}\n"
        )
    }
}

/// The blocks, in numeric order, without those that lie within another: a set takes no two that
/// overlap.
fn apart(nets: impl Iterator<Item = IpNet>) -> Vec<IpNet> {
    let mut apart: Vec<IpNet> = Vec::new();
    for net in nets {
        if !apart.last().is_some_and(|last| last.contains(&net)) {
            apart.push(net);
        }
    }
    apart
}

/// As `nft list` shows it: a single address without its length.
fn element(net: IpNet) -> String {
    match net.prefix_len() == net.max_prefix_len() {
        true => net.addr().to_string(),
        false => net.to_string(),
    }
}

/// Why a table cannot be called this, if so.
fn unfit(name: &str) -> Option<&'static str> {
    let legal = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    let is_in = |words: &str| words.split_whitespace().any(|word| word == name);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !name.chars().all(legal) {
        Some("is not a name that nftables takes")
    } else if name.len() > LONGEST {
        Some("is longer than 31 characters")
    } else if is_in(SYSTEM) {
        Some("is what the system's own firewall calls its table, which would be deleted")
    } else {
        is_in(WORDS).then_some("is a word of the language of nftables")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brokers::blocks::tests::blocks;

    fn table(ports: &[u16]) -> Table {
        Table { name: "atlas_kafka".into(), ports: ports.into() }
    }

    #[test]
    fn the_table_is_replaced_and_drops_the_rest() {
        let text = table(&[9092, 9094]).text(&blocks(&["203.0.113.0/31", "198.51.100.7/32"]));
        let expected = "\
table inet atlas_kafka
delete table inet atlas_kafka
table inet atlas_kafka {
\tset atlas_ipv4 {
\t\ttype ipv4_addr
\t\tflags interval
\t\telements = {
\t\t\t198.51.100.7,
\t\t\t203.0.113.0/31,
\t\t}
\t}

\tchain input {
\t\ttype filter hook input priority filter; policy accept;
\t\ttcp dport { 9092, 9094 } ip saddr @atlas_ipv4 accept
\t\ttcp dport { 9092, 9094 } drop
\t}
}
";
        assert_eq!(text, expected);
    }

    #[test]
    fn families_have_sets_of_their_own_and_an_empty_one_is_left_out() {
        let six = table(&[9092]).text(&blocks(&["2001:db8::5/128"]));
        assert!(six.contains("ip6 saddr @atlas_ipv6 accept") && !six.contains("ipv4"), "{six}");
        let both = table(&[9092]).text(&blocks(&["192.0.2.1/32", "2001:db8::5/128"]));
        assert!(both.contains("set atlas_ipv4") && both.contains("set atlas_ipv6"), "{both}");
    }

    #[test]
    fn a_block_within_another_is_left_out() {
        let text = table(&[9092]).text(&blocks(&["192.0.2.0/24", "192.0.2.7/32", "192.0.3.0/32"]));
        assert!(text.contains("\t192.0.2.0/24,\n\t\t\t192.0.3.0,\n"), "{text}");
        assert!(!text.contains("192.0.2.7"), "{text}");
    }

    #[test]
    fn names_that_mean_something_else_are_refused() {
        for name in ["atlas", "atlas-kafka", "a1", "Kafka_9092"] {
            assert_eq!(unfit(name), None, "{name}");
        }
        let long = "a".repeat(32);
        for name in
            ["", "1a", "a b", "a;b", "a{", "-a", "ä", "filter", "f2b-table", "set", "drop", &long]
        {
            assert!(unfit(name).is_some(), "{name}");
        }
    }
}
