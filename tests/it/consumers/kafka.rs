//! A real broker of Kafka, whose authorizer decides who gets in.

use std::fs;

use crate::consumers::broker::{Broker, USER};
use crate::run::{Finished, Run};
use crate::support::{Lab, skipped};

/// `::1` as Java writes it, and so a broker.
const LOOPBACK: &str = "0:0:0:0:0:0:0:1";

const LIST: &str = "--from-file list.json --provider aws --region us-east-1";

/// A broker, and a list of addresses that should get in.
struct Case {
    broker: Broker,
    lab: Lab,
}

impl Case {
    fn new(version: &str, addresses: &[&str]) -> Option<Self> {
        let case = Case { broker: Broker::start(version)?, lab: Lab::new() };
        case.wants(addresses);
        Some(case)
    }

    fn wants(&self, addresses: &[&str]) {
        let list = serde_json::json!({ "outbound": { "aws": { "us-east-1": addresses } } });
        fs::write(self.lab.file("list.json"), list.to_string()).unwrap();
    }

    /// The commands that open the broker's topic to them.
    fn acls(&self, more: &[&str]) -> String {
        self.written("ips", more).finish().exits(0).out()
    }

    /// The commands that open it to them and to nobody else, as it is now.
    fn delta(&self) -> String {
        let run = self.written("ips delta --against -", &[]);
        run.stdin(&self.broker.listing()).finish().exits(0).out()
    }

    fn written(&self, verb: &str, more: &[&str]) -> Run {
        let line = format!(
            "{verb} {LIST} --for kafka-acls --principal User:{USER} --bootstrap-server {} \
             --command-config admin.properties --topic orders --group asp --operation Read,Write",
            self.broker.address
        );
        self.lab.typed(&line).and(more)
    }

    /// The broker's own listing, held against the addresses.
    fn check(&self, more: &[&str]) -> Finished {
        let line = format!("ips check {LIST} --fail-on any --against -");
        self.lab.typed(&line).and(more).stdin(&self.broker.listing()).finish()
    }

    /// Fails unless a client from this address gets in, or does not.
    #[track_caller]
    fn lets_in(&self, source: &str, admitted: bool) {
        if source.contains(':') && self.broker.address6.is_none() {
            skipped("a client over IPv6 (no ::1)");
            return;
        }
        assert_eq!(self.broker.admits(source), admitted, "{source}: {}", self.broker.listing());
    }
}

/// The same commands, for taking away.
fn removing(commands: &str) -> String {
    commands.replace(" --add ", " --remove --force ")
}

#[test]
fn a_broker_lets_in_the_addresses_that_are_listed() {
    let Some(case) = Case::new("3.9.1", &["127.0.0.2/32", "::1"]) else { return };
    let commands = case.acls(&[]);
    // What anyone would write who does not know brokers is stored, and matches nobody.
    let naive = commands.replace("127.0.0.2", "127.0.0.2/32").replace(LOOPBACK, "::1");
    case.broker.shell(&naive).exits(0);
    case.lets_in("127.0.0.2", false);
    case.lets_in("::1", false);
    let dead = case.check(&[]).exits(3);
    for entry in ["127.0.0.2/32", "::1"] {
        for status in ["dead", "missing"] {
            let told = |line: &str| line.contains(status) && line.contains(entry);
            assert!(dead.out().lines().any(told), "{}", dead.shown());
        }
    }
    case.broker.shell(&removing(&naive)).exits(0);

    case.broker.shell(&commands).exits(0);
    case.lets_in("127.0.0.2", true);
    case.lets_in("::1", true);
    case.lets_in("127.0.0.3", false);
    case.check(&[]).exits(0);

    let one: String = commands.split_inclusive('\n').filter(|l| l.contains("127.0.0.2")).collect();
    case.broker.shell(&removing(&one)).exits(0);
    case.lets_in("127.0.0.2", false);
    case.lets_in("::1", true);
    let missing = case.check(&[]).exits(3);
    assert!(missing.out().contains("127.0.0.2/32"), "{}", missing.shown());
    assert!(!missing.out().contains("::1"), "{}", missing.shown());

    // What the broker lacks, what is new, what is gone and what is dead, in one go.
    case.broker.shell(naive.lines().next().expect("commands")).exits(0);
    case.wants(&["127.0.0.2", "127.0.0.3"]);
    case.broker.shell(&case.delta()).exits(0);
    case.lets_in("127.0.0.2", true);
    case.lets_in("127.0.0.3", true);
    case.lets_in("::1", false);
    case.check(&[]).exits(0);
    assert_eq!(case.delta(), "");
}

#[test]
fn a_broker_of_4_4_lets_in_blocks() {
    let Some(case) = Case::new("4.4.0", &["127.0.0.8/31", "::1/128"]) else { return };
    let blocks = case.acls(&["--cidr"]);
    case.broker.shell(&blocks).exits(0);
    for source in ["127.0.0.8", "127.0.0.9", "::1"] {
        case.lets_in(source, true);
    }
    for source in ["127.0.0.7", "127.0.0.10"] {
        case.lets_in(source, false);
    }
    case.check(&["--cidr"]).exits(0);
    // Of an older broker it would be dead.
    let dead = case.check(&[]).exits(3);
    assert!(dead.out().contains("dead"), "{}", dead.shown());

    // It takes single addresses as well.
    case.broker.shell(&removing(&blocks)).exits(0);
    case.lets_in("127.0.0.9", false);
    case.broker.shell(&case.acls(&[])).exits(0);
    case.lets_in("127.0.0.9", true);
    case.check(&["--cidr"]).exits(0);
}
