//! `spctl ips --instance`: what each connection's other side must let in.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::run::Finished;
use crate::support::Lab;

/// The instance `lone` in one region, with these connections and no others.
pub fn instance(lab: &Lab, connections: &[Value]) {
    let document = json!({
        "_id": "0123456789abcdef01234567",
        "dataProcessRegion": { "cloudProvider": "AWS", "region": "VIRGINIA_USA" },
        "failoverRegions": [],
        "groupId": lab.project(),
        "hostnames": ["h.example"],
        "name": "lone",
        "streamConfig": { "tier": "SP10" },
    });
    lab.add("instance", lab.project(), "lone", &document);
    for connection in connections {
        let name = connection["name"].as_str().expect("a name");
        lab.add("connection", &format!("{}/lone", lab.project()), name, connection);
    }
}

/// A connection's document.
pub fn connection(name: &str, kind: &str, more: Value) -> Value {
    let mut connection = json!({
        "id": "0123456789abcdef01234567", "name": name, "type": kind, "state": "READY",
        "region": "VIRGINIA_USA",
    });
    let own = more.as_object().cloned().unwrap_or_default();
    connection.as_object_mut().expect("an object").extend(own);
    connection
}

/// A connection to Kafka, whose way is given.
pub fn kafka(name: &str, servers: &str, way: &str) -> Value {
    let networking = json!({ "access": { "type": way } });
    connection(name, "Kafka", json!({ "bootstrapServers": servers, "networking": networking }))
}

fn ips(lab: &Lab, line: &str) -> Finished {
    lab.typed(&format!("ips {line}")).finish()
}

#[test]
fn each_entry_says_where_it_is_from_and_why_it_is_in() {
    let lab = Lab::new();
    let args = ["ips", "--instance", "orders", "-o", "json", "--gateway", "all"];
    assert_snapshot!("ips_instance_json", lab.spctl(args).shown());
    let named = ips(&lab, "--provider aws --region us-east-2 -o json").exits(0).json();
    assert_eq!(named[0]["because"], json!(["region us-east-2 (named)"]));
    assert_eq!(named[0]["origin"], "control_plane");
}

#[test]
fn a_vpc_is_the_accounts_network_in_each_region() {
    let lab = Lab::new();
    let found = ips(&lab, "--instance orders --connection warehouse").exits(0).out();
    let block = |region: &str| {
        let line = format!("peerings account --provider aws --region {region} -o json");
        let given = lab.typed(&line).finish().exits(0).json();
        let given = given["cidrBlock"].as_str().expect("a block").to_owned();
        let net: ipnet::IpNet = given.parse().expect("a block");
        // The API has an address within the block.
        assert_ne!(net, net.trunc(), "{given}");
        net.trunc().to_string()
    };
    let mut expected = [block("us-east-1"), block("us-east-2")];
    expected.sort_by_key(|net| net.parse::<ipnet::IpNet>().expect("a block"));
    assert_eq!(found.lines().collect::<Vec<_>>(), expected);
    let own = ips(&lab, "--instance orders --connection warehouse --no-failover").exits(0).out();
    assert_eq!(own, format!("{}\n", block("us-east-1")));
    // Whatever the list of the control plane says.
    std::fs::write(lab.file("list.json"), r#"{"outbound": {}}"#).unwrap();
    let line = "--instance orders --connection warehouse --from-file list.json";
    assert_eq!(ips(&lab, line).exits(0).out(), found);
}

#[test]
fn ways_without_addresses_are_explained_and_stop_only_where_nothing_is_left() {
    // What the contract does not know yet is the point.
    let lab = Lab::faulty();
    instance(
        &lab,
        &[
            kafka("linked", "a.example:9092", "PRIVATE_LINK"),
            kafka("routed", "b.example:9092", "TRANSIT_GATEWAY"),
            kafka("meshed", "c.example:9092", "MESH"),
            connection("hook", "Https", json!({ "url": "https://d.example:8443/x" })),
            connection("archive", "Cluster", json!({ "clusterName": "shop-main" })),
            connection("mailer", "AWSLambda", json!({ "aws": { "roleArn": "arn:x" } })),
            connection("sample_stream_solar", "Sample", json!({})),
            connection(
                "odd",
                "Quantum",
                json!({ "networking": { "access": { "type": "PUBLIC" } } }),
            ),
        ],
    );
    assert_snapshot!("ips_instance_nothing", lab.spctl(["ips", "--instance", "lone"]).shown());
    for name in ["linked", "routed", "meshed", "archive", "mailer", "odd"] {
        let finished = ips(&lab, &format!("--instance lone --connection {name}")).exits(1);
        assert!(finished.stdout.is_empty(), "{}", finished.shown());
        assert!(finished.err().contains(&format!("{name}: ")), "{}", finished.shown());
        let error = format!("there are no addresses to let in for connection {name}\n");
        assert!(finished.err().contains(&error), "{}", finished.shown());
    }
    let hook = ips(&lab, "--instance lone --connection hook,linked -o json").exits(0);
    assert_eq!(
        hook.json()[0]["because"],
        json!(["connection hook (public), region us-east-1 (own)"])
    );
    assert!(hook.err().contains("linked: through a private link"), "{}", hook.shown());
}

#[test]
fn an_instance_without_connections_has_its_regions_addresses() {
    let lab = Lab::new();
    instance(&lab, &[]);
    let found = ips(&lab, "--instance lone").exits(0);
    let region = ips(&lab, "--provider aws --region us-east-1").exits(0);
    assert_eq!(found.out(), region.out());
    assert!(found.err().contains("instance lone has no connections"), "{}", found.shown());
    let json = ips(&lab, "--instance lone -o json").exits(0).json();
    assert_eq!(json[0]["because"], json!(["instance lone, region us-east-1 (own)"]));
}

#[test]
fn the_brokers_ports_are_those_of_the_rules_unless_others_are_given() {
    let lab = Lab::new();
    let ports = |line: &str| -> Vec<Value> {
        let rules = ips(&lab, &format!("--for aws-security-group {line}")).exits(0).json();
        let rules = rules["IpPermissions"].as_array().expect("rules").iter();
        rules.map(|rule| rule["FromPort"].clone()).collect()
    };
    assert_eq!(ports("--instance orders"), [9096, 9196]);
    assert_eq!(ports("--instance orders --connection warehouse"), [9096]);
    assert_eq!(ports("--instance orders --port 7000"), [7000]);
    // A web service's port is not a broker's.
    assert_eq!(ports("--instance payments"), [9093]);
    assert_eq!(ports("--instance payments --connection fraud-score"), [443]);
    assert_eq!(ports("--instance payments --connection fraud-score,payment-events"), [9093]);
    let without = "--for aws-security-group --provider aws --region us-east-1";
    assert!(ips(&lab, without).exits(2).err().contains("--port"));
    lab.exchanges();
    ips(&lab, "--for aws-security-group --instance orders --direction inbound").exits(2);
    ips(&lab, "--for aws-security-group --instance orders --id x").exits(2);
    assert!(lab.requests().is_empty());
}

#[test]
fn a_server_without_a_port_is_told_and_none_is_made_up() {
    let lab = Lab::new();
    instance(&lab, &[kafka("bare", "a.example,[2001:db8::1]", "PUBLIC")]);
    let told = ips(&lab, "--instance lone").exits(0).err();
    assert!(told.contains("bare: public, a.example without a port, 2001:db8::1 without"), "{told}");
    let finished = ips(&lab, "--instance lone --for aws-security-group").exits(2);
    assert!(finished.err().contains("needs --port"), "{}", finished.shown());
    assert!(finished.stdout.is_empty());
}

#[test]
fn what_replaces_a_connection_after_a_failover_counts_too() {
    let lab = Lab::new();
    let add = "connections failover add order-events --instance orders --region us-east-2 \
               --bootstrap-servers spare.example:9094 --networking VPC --mechanism PLAIN \
               --username u --password-env P --yes";
    lab.typed(add).env("P", "secret").finish().exits(0);
    let line = "--instance orders --connection order-events";
    let found = ips(&lab, &format!("{line} -o json")).exits(0);
    let vpc = ips(&lab, "--instance orders --connection warehouse -o json").exits(0).json();
    let of_vpc = |rows: &Value, region: &str| {
        let rows = rows.as_array().expect("rows").iter();
        let mut rows = rows.filter(|row| row["origin"] == "vpc" && row["region"] == region);
        rows.next().cloned()
    };
    let rows = found.json();
    let replaced = of_vpc(&rows, "us-east-2").expect("the network of the failover region");
    assert_eq!(replaced["cidr"], of_vpc(&vpc, "us-east-2").expect("one")["cidr"]);
    let because = "failover connection of order-events (VPC), region us-east-2 (failover)";
    assert_eq!(replaced["because"], json!([because]));
    assert_eq!(of_vpc(&rows, "us-east-1"), None);
    let told = "order-events: VPC, port 9094, after a failover to us-east-2";
    assert!(found.err().contains(told), "{}", found.shown());
    let own = ips(&lab, &format!("{line} --no-failover -o json")).exits(0).json();
    assert!(own.as_array().expect("rows").iter().all(|row| row["origin"] == "control_plane"));
}

#[test]
fn a_region_without_addresses_is_never_left_out_silently() {
    let lab = Lab::new();
    let list = r#"{"outbound": {"aws": {"us-east-1": ["192.0.2.1"]}}}"#;
    std::fs::write(lab.file("list.json"), list).unwrap();
    let finished = ips(&lab, "--instance orders --from-file list.json").exits(5);
    assert!(finished.stdout.is_empty(), "{}", finished.shown());
    assert!(finished.err().contains("us-east-2"), "{}", finished.shown());
    assert!(finished.err().contains("hint: --no-failover leaves out"), "{}", finished.shown());
    let line = "--instance orders --from-file list.json --no-failover --connection order-events";
    assert_eq!(ips(&lab, line).exits(0).out(), "192.0.2.1/32\n");
    let list = r#"{"outbound": {"aws": {"us-east-2": ["192.0.2.1"]}}}"#;
    std::fs::write(lab.file("list.json"), list).unwrap();
    let finished = ips(&lab, "--instance orders --from-file list.json").exits(5);
    assert!(!finished.err().contains("--no-failover"), "{}", finished.shown());
}

#[test]
fn a_connection_that_is_not_there_or_not_of_an_instance_is_refused() {
    let lab = Lab::new();
    let near = ips(&lab, "--instance orders --connection warehose").exits(5);
    assert!(near.err().contains("did you mean warehouse?"), "{}", near.shown());
    ips(&lab, "--instance order --connection warehouse").exits(5);
    lab.exchanges();
    for line in [
        "--connection warehouse",
        "--connection warehouse --provider aws --region us-east-1",
        "--no-failover --provider aws --region us-east-1",
        "--no-failover",
        "--instance orders --connection warehouse --direction inbound",
    ] {
        assert!(ips(&lab, line).exits(2).stdout.is_empty(), "{line}");
    }
    assert!(lab.requests().is_empty());
    // Where the control plane is reached does not depend on connections.
    let inbound = ips(&lab, "--instance payments --direction inbound").exits(0).out();
    let region = ips(&lab, "--provider azure --region westeurope --direction inbound").exits(0);
    assert_eq!(inbound, region.out());
}
