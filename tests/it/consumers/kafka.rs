//! A real broker of Kafka, whose authorizer decides who gets in.

use std::fs;

use crate::consumers::broker::{Broker, USER};
use crate::run::Run;
use crate::support::{Lab, skipped};

/// `::1` as Java writes it, and so a broker.
const LOOPBACK: &str = "0:0:0:0:0:0:0:1";

/// What opens the broker's topic to these addresses.
fn acls(lab: &Lab, broker: &Broker, addresses: &[&str]) -> Run {
    let list = serde_json::json!({ "outbound": { "aws": { "us-east-1": addresses } } });
    fs::write(lab.file("list.json"), list.to_string()).unwrap();
    lab.typed(
        "ips --from-file list.json --provider aws --region us-east-1 --for kafka-acls \
         --topic orders --group asp --operation Read,Write --command-config admin.properties",
    )
    .and(&["--principal", &format!("User:{USER}"), "--bootstrap-server", &broker.address])
}

/// Fails unless a client from `::1` gets in, or does not.
#[track_caller]
fn over_ipv6(broker: &Broker, admitted: bool) {
    if broker.address6.is_some() {
        assert_eq!(broker.admits("::1"), admitted, "{}", broker.listing());
    } else {
        skipped("a client over IPv6 (no ::1)");
    }
}

#[test]
fn a_broker_lets_in_the_addresses_that_are_listed() {
    let Some(broker) = Broker::start("3.9.1") else { return };
    let lab = Lab::new();
    let commands = acls(&lab, &broker, &["127.0.0.2/32", "::1"]).finish().exits(0).out();
    // What anyone would write who does not know brokers is stored, and matches nobody.
    let naive = commands.replace("127.0.0.2", "127.0.0.2/32").replace(LOOPBACK, "::1");
    broker.shell(&naive).exits(0);
    assert!(!broker.admits("127.0.0.2"), "{}", broker.listing());
    over_ipv6(&broker, false);
    broker.shell(&commands).exits(0);
    assert!(broker.admits("127.0.0.2"), "{}", broker.listing());
    over_ipv6(&broker, true);
    assert!(!broker.admits("127.0.0.3"), "{}", broker.listing());
}
