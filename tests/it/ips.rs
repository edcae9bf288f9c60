//! `spctl ips`: the list, and nothing on stdout where there is none.

use std::io::{Read, Write};
use std::net::TcpListener;

use insta::assert_snapshot;

use crate::support::Lab;

#[test]
fn lists_one_region_the_same_way_every_time() {
    let lab = Lab::new();
    let run = || lab.local(["ips", "--provider", "aws", "--region", "us-east-1"]);
    let first = run().finish().exits(0);
    assert_eq!(first.stdout, run().finish().stdout);
    assert_snapshot!("ips_region", first.shown());
    assert_snapshot!("ips_instance", lab.local(["ips", "--instance", "orders"]).shown());
}

#[test]
fn needs_no_account() {
    let lab = Lab::new();
    let args = ["ips", "--provider", "aws", "--region", "us-east-1"];
    let run = lab.bare(args).env("MONGODB_ATLAS_BASE_URL", lab.url());
    let finished = run.finish();
    // Nothing but the address tells this control plane from Atlas: that its addresses are samples
    // must be seen by themselves.
    assert_eq!(finished.code, Some(0), "{}", finished.shown());
    assert!(finished.err().contains("reserved for documentation"), "{}", finished.shown());
    let [exchange] = &lab.exchanges()[..] else { panic!("one request") };
    assert!(!exchange.request_headers.contains_key("authorization"));
}

#[test]
fn kafka_acls_name_bare_addresses() {
    let lab = Lab::new();
    let args = [
        "ips",
        "--provider",
        "aws",
        "--region",
        "us-east-1",
        "--for",
        "kafka-acls",
        "--principal",
        "User:atlas",
        "--bootstrap-server",
        "broker:9092",
        "--topic",
        "orders",
    ];
    assert_snapshot!("ips_kafka_acls", lab.local(args).shown());
}

#[test]
fn says_nothing_on_stdout_when_there_is_nothing_to_say() {
    let lab = Lab::new();
    let refused = [
        (2, lab.local(["ips", "--provider", "aws"])),
        (5, lab.local(["ips", "--provider", "aws", "--region", "mars-1"])),
        (5, lab.local(["ips", "--instance", "nothing"])),
        (2, lab.local(["ips", "--provider", "moon", "--region", "us-east-1"])),
        (
            7,
            lab.bare(["ips", "--provider", "aws", "--region", "us-east-1"])
                .env("MONGODB_ATLAS_BASE_URL", "http://127.0.0.1:9"),
        ),
    ];
    for (code, run) in refused {
        let finished = run.finish().exits(code);
        assert!(finished.stdout.is_empty(), "{}", finished.shown());
        assert!(!finished.stderr.is_empty(), "{}", finished.shown());
    }
}

#[test]
fn a_project_has_addresses_of_its_own() {
    let lab = Lab::new();
    let ips = |args: &[&str]| {
        let mut run = lab.spctl(["ips", "project"]);
        run.args.extend(args.iter().map(|arg| (*arg).to_owned()));
        run.finish()
    };
    let all = ips(&[]).exits(0).out();
    assert_eq!(all.lines().count(), 18, "{all}");
    let json = ips(&["--cluster", "shop-main", "--direction", "inbound", "-o", "json"]).exits(0);
    let rows = json.json();
    assert_eq!(rows.as_array().map(Vec::len), Some(3), "{rows}");
    assert!(rows.as_array().unwrap().iter().all(|row| row["direction"] == "inbound"), "{rows}");
    let csv = ips(&["-o", "csv"]).exits(0).out();
    assert!(csv.starts_with("cidr,cluster,direction,use\n"), "{csv}");
    assert!(ips(&["--cluster", "nothing"]).exits(5).stdout.is_empty());
    // Samples are shown where they were asked for by name only.
    let quiet = lab.bare(["ips", "project"]).env("SPCTL_LOCAL", "1").finish().exits(2);
    assert!(quiet.stdout.is_empty(), "{}", quiet.shown());
}

#[test]
fn a_list_that_means_everybody_is_handed_to_nobody() {
    let lab = Lab::new();
    for entries in [
        &["0.0.0.0/0"][..],
        &["192.0.2.1", "0.0.0.0"],
        &["::/128"],
        &["2000::/3"],
        &["::fffe:0:0/95"],
        &["8.0.0.0/9", "9.0.0.0/10", "11.0.0.0/10"],
    ] {
        let list = serde_json::json!({ "outbound": { "aws": { "us-east-1": entries } } });
        let args = ["ips", "--provider", "aws", "--region", "us-east-1", "--from-file", "-"];
        let refused = lab.bare(args).stdin(&list.to_string()).finish().exits(1);
        assert!(refused.stdout.is_empty(), "{}", refused.shown());
        assert!(refused.err().contains("cover every address there is"), "{}", refused.shown());
        assert!(refused.err().contains(entries[entries.len() - 1]), "{}", refused.shown());
    }
}

#[test]
fn clusters_that_would_be_everywhere_are_shown_nowhere() {
    let lab = Lab::new();
    for address in ["0.0.0.0", "0.0.0.0/0", "2000::/3", "::ffff:0:0/96", "010.0.0.0/8"] {
        let cluster = serde_json::json!({ "clusterName": "shop-main", "inbound": [address] });
        let body = serde_json::json!({ "services": { "clusters": [cluster] } }).to_string();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        // It answers once; where nobody asks, it ends with the tests.
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut head = [0; 4096];
            let _ = stream.read(&mut head).unwrap();
            let length = body.len();
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";
            write!(stream, "{head}content-length: {length}\r\n\r\n{body}").unwrap();
        });
        let run = lab.spctl(["ips", "project"]).env("MONGODB_ATLAS_BASE_URL", &url);
        let refused = run.finish().exits(1);
        assert!(refused.stdout.is_empty(), "{}", refused.shown());
        let told = refused.err();
        let why = ["cover every address there is", "is no address"];
        assert!(why.iter().any(|why| told.contains(why)), "{}", refused.shown());
    }
}
