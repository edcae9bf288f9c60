//! `spctl ips contains`: whose an address is, and an exit code that says whether it is Atlas'.

use insta::assert_snapshot;

use crate::support::Lab;

#[test]
fn says_whose_each_address_is() {
    let lab = Lab::new();
    let line = ["ips", "contains", "198.51.100.7", "192.0.2.251", "2001:db8:e1::5", "192.0.2.133"];
    assert_snapshot!("ips_contains", lab.local(line).shown());
    let json = lab.local(["ips", "contains", "192.0.2.251", "-o", "json"]).finish().exits(0).json();
    assert_eq!(json[0]["gateway"], "shared-gateway");
    assert_eq!(json[0]["listed"], "yes");
}

#[test]
fn what_is_not_atlas_is_answered_with_no() {
    let lab = Lab::new();
    let alone = lab.local(["ips", "contains", "192.0.2.1"]).finish().exits(3);
    assert_eq!(alone.out(), "192.0.2.1\tno\t\t\t\t\t\n");
    assert!(
        alone.err().contains("192.0.2.1 is not in the list (local control plane)"),
        "{}",
        alone.shown()
    );
    let json = ["ips", "contains", "192.0.2.1", "198.51.100.7", "-o", "json"];
    let both = lab.local(json).finish().exits(3);
    assert_eq!(both.json()[0]["listed"], "no");
    assert_eq!(both.json()[1]["region"], "us-east-1");
    let named = lab.local(["ips", "contains", "-", "-q"]).stdin("192.0.2.1\r\n\n198.51.100.7\n");
    let named = named.finish().exits(3);
    assert_eq!(named.out(), "198.51.100.7\n");
    assert!(named.err().contains("1 of 2 addresses"), "{}", named.shown());
}

#[test]
fn stdin_holds_the_addresses_or_the_list() {
    let lab = Lab::new();
    let both = ["ips", "contains", "-", "--from-file", "-"];
    let refused = lab.bare(both).stdin("{}").finish().exits(2);
    assert!(refused.err().contains("can be read once only"), "{}", refused.shown());
}

/// A block is Atlas' if all of it is, be it in pieces and of several regions.
#[test]
fn a_block_is_wholly_in_the_list_or_it_is_not() {
    let lab = Lab::new();
    let list = r#"{
        "outbound": {"aws": {"us-east-1": ["203.0.113.0/31", "203.0.113.2"], "us-east-2": ["203.0.113.3"]}},
        "inbound": {"gcp": {"us-central1": ["2001:db8::/48", "203.0.113.2"]}}
    }"#;
    std::fs::write(lab.file("list.json"), list).unwrap();
    let ask = |address: &str| {
        let line = ["ips", "contains", address, "--from-file", "list.json", "-o", "csv"];
        lab.bare(line).finish()
    };
    let listed = |address: &str| {
        let out = ask(address).out();
        let rows = out.lines().skip(1).map(|row| row.split(',').nth(1).unwrap().to_owned());
        rows.collect::<Vec<_>>()
    };
    assert_eq!(listed("203.0.113.0/30"), ["yes"; 4]);
    assert_eq!(listed("203.0.113.2/32"), ["yes", "yes"]);
    assert_eq!(listed("203.0.113.0/29"), ["partly"; 4]);
    assert_eq!(listed("203.0.113.4/30"), ["no"]);
    assert_eq!(listed("2001:db8:0:1::/64"), ["yes"]);
    assert_eq!(listed("2001:DB8::0001"), ["yes"]);
    assert_eq!(listed("2001:db8::/32"), ["partly"]);
    // An IPv4 address in the form of an IPv6 one is that address.
    assert_eq!(listed("::ffff:203.0.113.3"), ["yes"]);
    assert_eq!(listed("0.0.0.0/0"), ["partly"; 4]);
    for (address, code) in [("203.0.113.0/30", 0), ("203.0.113.0/29", 3), ("203.0.113.9", 3)] {
        ask(address).exits(code);
    }
}

#[test]
fn what_is_no_address_is_not_looked_for() {
    let lab = Lab::new();
    for (address, why) in [
        ("broker.example", "neither an address nor a CIDR block"),
        ("198.51.100.7:9092", "without a port"),
        ("198.51.100.007", "neither"),
        ("198.51.100.7/33", "neither"),
        ("198.51.100.7/24", "198.51.100.0/24"),
        ("fe80::1%eth0", "a zone"),
        ("198.51.100.7,198.51.100.8", "neither"),
        ("", "a name is empty"),
    ] {
        let refused = lab.local(["ips", "contains", "198.51.100.7", address]).finish().exits(2);
        assert!(refused.stdout.is_empty(), "{}", refused.shown());
        assert!(refused.err().contains(why), "{}", refused.shown());
    }
    lab.local(["ips", "contains"]).finish().exits(2);
    lab.local(["ips", "contains", "-"]).finish().exits(2);
    // A list that cannot be read whole answers nothing.
    let broken = r#"{"outbound": {"aws": {"us-east-1": ["198.51.100.7"], "us-east-2": ["x"]}}}"#;
    let line = ["ips", "contains", "198.51.100.7", "--from-file", "-"];
    let refused = lab.bare(line).stdin(broken).finish().exits(1);
    assert!(refused.stdout.is_empty(), "{}", refused.shown());
}
