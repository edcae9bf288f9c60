//! `spctl ips check`: what a file lets in, against what is wanted.

use insta::assert_snapshot;

use crate::run::Run;
use crate::support::Lab;

/// Addresses for one region, in the notation of the API's own list.
const LIST: &str = r#"{"outbound": {"aws": {
    "us-east-1": ["198.51.100.7", "203.0.113.0/31", "2001:db8::5"], "us-east-2": ["192.0.2.1"]}}}"#;

/// Checks a file against the region's addresses.
fn check(lab: &Lab, file: &str, more: &[&str]) -> Run {
    std::fs::write(lab.file("list.json"), LIST).unwrap();
    std::fs::write(lab.file("allowed"), file).unwrap();
    let args = ["ips", "check", "--provider", "aws", "--region", "us-east-1"];
    lab.bare(args).and(&["--from-file", "list.json", "--against", "allowed"]).and(more)
}

#[test]
fn whatever_lets_in_the_same_addresses_is_in_sync() {
    let lab = Lab::new();
    let same = [
        "198.51.100.7\n203.0.113.0\n203.0.113.1\n2001:db8::5\n",
        "# ours\r\n198.51.100.7/32 # a\r\n203.0.113.1/31\r\n2001:0DB8:0::5/128\r\n",
        "198.51.100.7-198.51.100.7, 203.0.113.0 - 203.0.113.1; 2001:db8::5",
        "\u{feff}203.0.113.0/255.255.255.254\n::ffff:198.51.100.7\n2001:db8::5",
    ];
    for file in same {
        let run = check(&lab, file, &["--fail-on", "any"]).finish().exits(0);
        assert!(run.stdout.is_empty(), "{}", run.shown());
        let said = "allowed: in sync: 3 blocks let in, and nothing else";
        assert!(run.err().contains(said), "{}", run.shown());
        let json = check(&lab, file, &["-o", "json"]).finish().exits(0);
        assert_eq!(json.json(), serde_json::json!([]));
    }
}

#[test]
fn what_differs_is_named_with_its_reason() {
    let lab = Lab::new();
    let file = "198.51.100.0/24 # office\n203.0.113.1\n192.0.2.1\nbroker.example\n";
    assert_snapshot!("ips_check_table", check(&lab, file, &["-o", "table"]).shown());
    assert_snapshot!("ips_check_json", check(&lab, file, &["-o", "json"]).shown());
    let everyone = check(&lab, "0.0.0.0/0\n::/0\n", &[]).finish().exits(0);
    assert_eq!(everyone.out().matches("lets in everyone").count(), 2, "{}", everyone.shown());
}

#[test]
fn what_fails_is_chosen() {
    let lab = Lab::new();
    let whole = "198.51.100.7\n203.0.113.0/31\n2001:db8::5\n";
    let stale = &format!("{whole}192.0.2.1\n");
    let wide = &format!("{whole}203.0.113.0/24\n");
    let unknown = &format!("{whole}sg-0123\n");
    let missing = "198.51.100.7\n";
    for (file, of_missing, of_any) in
        [(whole, 0, 0), (stale, 0, 3), (wide, 0, 3), (unknown, 0, 0), (missing, 3, 3)]
    {
        check(&lab, file, &[]).finish().exits(of_missing);
        check(&lab, file, &["--fail-on", "any"]).finish().exits(of_any);
        check(&lab, file, &["--fail-on", "never"]).finish().exits(0);
    }
}

const ACLS: &str = "\
Current ACLs for resource `ResourcePattern(resourceType=TOPIC, name=orders, patternType=LITERAL)`: 
 \t(principal=User:atlas, host=198.51.100.7, operation=READ, permissionType=ALLOW)
\t(principal=User:atlas, host=203.0.113.0/31, operation=READ, permissionType=ALLOW)
\t(principal=User:atlas, host=2001:db8:0:0:0:0:0:5, operation=READ, permissionType=ALLOW)
\t(principal=User:billing, host=*, operation=WRITE, permissionType=ALLOW) 

Current ACLs for resource `ResourcePattern(resourceType=GROUP, name=asp, patternType=LITERAL)`: 
 \t(principal=User:atlas, host=198.51.100.7, operation=READ, permissionType=ALLOW)
\t(principal=User:*, host=198.51.100.7, operation=ALL, permissionType=DENY)
";

#[test]
fn entries_of_a_broker_that_never_match_are_dead() {
    let lab = Lab::new();
    assert_snapshot!("ips_check_acls", check(&lab, ACLS, &["-o", "table"]).shown());
    let read = ["--list", "User:atlas Read topic orders", "--fail-on", "any"];
    check(&lab, ACLS, &read).finish().exits(3);
    check(&lab, ACLS, &read).and(&["--cidr"]).finish().exits(0);
    // The short form of an IPv6 address never matches, on any version.
    let short = ACLS.replace("2001:db8:0:0:0:0:0:5", "2001:db8::5");
    check(&lab, &short, &read).and(&["--cidr"]).finish().exits(3);
    let unknown = check(&lab, ACLS, &["--list", "User:atlas Read topic order"]).finish().exits(5);
    assert!(unknown.err().contains("User:atlas Read topic orders'?"), "{}", unknown.shown());
}

#[test]
fn a_file_that_says_nothing_is_refused() {
    let lab = Lab::new();
    for (file, why) in [
        ("", "it is empty"),
        ("\r\n \n", "it is empty"),
        ("Forbidden\n", "its format is not recognised"),
        ("{\"a\": [1]}", "its format is not recognised"),
        ("{\"a\": 1, \"a\": 2}", "is given more than once"),
        ("[1, 2", "not valid JSON"),
        ("198.51.100.0/24\n!198.51.100.7\n", "it has \"!198.51.100.7\": a plain list names only"),
        ("deny 198.51.100.7\n203.0.113.0/24\n", "it has \"deny\": a plain list names only"),
    ] {
        let run = check(&lab, file, &[]).finish().exits(2);
        assert!(run.stdout.is_empty() && run.err().contains(why), "{}", run.shown());
        assert!(run.err().contains("allowed"), "{}", run.shown());
    }
    check(&lab, "# nobody yet\n", &["--as", "plain"]).finish().exits(3);
    let gone = check(&lab, "", &[]).and(&["--against", "gone"]).finish().exits(2);
    assert!(gone.err().contains("cannot be used multiple times"), "{}", gone.shown());
    let args = ["ips", "check", "--provider", "aws", "--region", "us-east-1"];
    let gone = lab.bare(args).and(&["--against", "gone"]).finish().exits(2);
    assert!(gone.err().contains("--against: cannot read gone"), "{}", gone.shown());
    let both = lab.bare(args).and(&["--against", "-", "--from-file", "-"]).stdin("").finish();
    assert!(both.exits(2).err().contains("cannot both read stdin"));
}

#[test]
fn merged_blocks_let_in_the_same() {
    let lab = Lab::new();
    let list = r#"{"outbound": {"aws": {"us-east-1": ["192.0.2.0", "192.0.2.1", "192.0.2.2/31",
        "192.0.2.5"]}}}"#;
    let args = ["ips", "--provider", "aws", "--region", "us-east-1", "--from-file", "-"];
    let run = lab.bare(args).and(&["--aggregate"]).stdin(list).finish().exits(0);
    assert_eq!(run.out(), "192.0.2.0/30\n192.0.2.5/32\n");
}

/// What `aws ec2 describe-security-groups` prints of a group with a rule for all traffic.
const GROUP: &str = r#"{"SecurityGroups": [{"GroupId": "sg-1", "IpPermissions": [
    {"IpProtocol": "tcp", "FromPort": 9194, "ToPort": 9194, "IpRanges": [{"CidrIp": "198.51.100.7/32"}]},
    {"IpProtocol": "tcp", "FromPort": 9190, "ToPort": 9199, "IpRanges": [{"CidrIp": "203.0.113.0/31"}],
     "Ipv6Ranges": [{"CidrIpv6": "2001:db8::5/128"}]},
    {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "192.0.2.1/32"}]}]}]}"#;

#[test]
fn rules_of_one_group_let_in_together() {
    let lab = Lab::new();
    assert_snapshot!("ips_check_group", check(&lab, GROUP, &["-o", "table"]).shown());
    let sync = |more: &[&str]| check(&lab, GROUP, more).and(&["--fail-on", "any"]).finish();
    let port = sync(&["--port", "9194"]).exits(0);
    assert!(port.err().contains("sg-1 tcp/9194: in sync: 3 blocks"), "{}", port.shown());
    // The wider rule counts, though it is not looked at.
    sync(&["--list", "sg-1 tcp/9194"]).exits(0);
    // The narrower one says nothing of the wider rule's other ports.
    sync(&["--port", "9195"]).exits(3);
    sync(&["--list", "sg-1 tcp/9190-9199"]).exits(3);
    let none = sync(&["--port", "9092"]).exits(3);
    assert!(none.err().contains("no list lets in to port 9092"), "{}", none.shown());
    sync(&["--list", "sg-1", "--port", "9194"]).exits(0);
}

#[test]
fn a_list_of_one_family_is_not_blamed_for_the_other() {
    let lab = Lab::new();
    let set = |name: &str, kind: &str, elements: &str| {
        format!("set {name} {{ type {kind}; elements = {{ {elements} }} }}\n")
    };
    let v4 = set("a4", "ipv4_addr", "198.51.100.7, 203.0.113.0/31");
    let v6 = set("a6", "ipv6_addr", "2001:db8::5");
    let both = format!("table inet kafka {{\n{v4}{v6}}}\n");
    check(&lab, &both, &["--fail-on", "any"]).finish().exits(0);
    // Nothing else takes what this one cannot: connections from there fail.
    let alone = check(&lab, &format!("table inet kafka {{\n{v4}}}\n"), &[]).finish().exits(3);
    assert!(alone.out().contains("2001:db8::5/128"), "{}", alone.shown());
}

#[test]
fn ports_of_the_connections_that_no_list_lets_in_to_are_named() {
    let lab = Lab::new();
    let group = |port: u16| {
        let rule = serde_json::json!({"IpProtocol": "tcp", "FromPort": port, "ToPort": port,
            "IpRanges": [{"CidrIp": "0.0.0.0/0"}]});
        serde_json::json!({"SecurityGroups": [{"GroupId": "sg-1", "IpPermissions": [rule]}]})
    };
    let args = ["ips", "check", "--instance", "orders", "--connection", "order-events"];
    let said = "warning: no list lets in to port 9196, which the connections use";
    for (port, is_said) in [(22, true), (9196, false)] {
        std::fs::write(lab.file("group.json"), group(port).to_string()).unwrap();
        let run = lab.spctl(args).and(&["--against", "group.json"]).finish();
        assert_eq!(run.err().contains(said), is_said, "{}", run.shown());
    }
}
