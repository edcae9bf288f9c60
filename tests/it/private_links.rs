//! `spctl private-links`: an id that only the answer tells, and states that move by themselves.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::run::Run;
use crate::support::Lab;

/// The sample's links, whose ids follow from its seed.
const CONFLUENT: &str = "24b37710c55c43d9c13ae39f";
const BUCKET: &str = "8e1f0e39007de2c65125f667";

fn run(lab: &Lab, args: &[&str]) -> Run {
    let mut run = lab.spctl(["private-links"]);
    run.args.extend(args.iter().map(|arg| (*arg).to_owned()));
    run
}

fn sent(lab: &Lab) -> Vec<Value> {
    let exchanges = lab.exchanges();
    let changes = exchanges.iter().filter(|e| !e.request_body.is_empty());
    changes.map(|e| serde_json::from_slice(&e.request_body).expect("JSON")).collect()
}

#[track_caller]
fn only_reads(lab: &Lab) {
    let requests = lab.requests();
    assert!(requests.iter().all(|r| r.starts_with("GET ")), "{requests:?}");
}

#[test]
fn every_format_shows_the_same_links() {
    let lab = Lab::new();
    let mut shown = String::new();
    for format in ["table", "csv", "yaml"] {
        shown.push_str(&run(&lab, &["list", "-o", format]).shown());
    }
    shown.push_str(&run(&lab, &["get", CONFLUENT, "nothing"]).shown());
    assert_snapshot!("private_links", shown);
}

#[test]
fn a_link_is_made_of_options_or_of_a_file() {
    let lab = Lab::new();
    let hub = [
        "create",
        "--provider",
        "azure",
        "--vendor",
        "eventhub",
        "--region",
        "eastus",
        "--service-endpoint",
        "/subscriptions/x",
    ];
    let missing = run(&lab, &[&hub[..], &["--yes"]].concat()).finish().exits(2);
    assert!(missing.err().contains("--dns-domain"), "{}", missing.shown());
    let hub = [&hub[..], &["--dns-domain", "hub.example"]].concat();
    run(&lab, &hub).finish().exits(2);
    let dry = run(&lab, &[&hub[..], &["--dry-run", "-o", "json"]].concat()).shown();
    assert_snapshot!("private_links_create", dry.replace(lab.project(), "[PROJECT]"));
    for wrong in [
        &["create", "--yes"][..],
        &["create", "--yes", "--provider", "moon"],
        &["create", "--yes", "--file", "missing"],
        &["create", "--yes", "--provider", "aws", "--vendor", "msk"],
    ] {
        run(&lab, wrong).finish().exits(2);
    }
    only_reads(&lab);
    let made = run(&lab, &[&hub[..], &["--yes", "-q"]].concat()).finish().exits(0).out();
    let got = run(&lab, &["get", made.trim(), "-o", "json"]).finish().exits(0).json();
    assert_eq!([&got["provider"], &got["vendor"], &got["state"]], ["AZURE", "EVENTHUB", "IDLE"]);
    let twin = run(&lab, &[&hub[..], &["--yes"]].concat()).finish().exits(6);
    assert!(twin.out().is_empty() && twin.err().contains("already"), "{}", twin.shown());
    lab.exchanges();

    let yaml = "provider: Azure\nregion: westeurope\n";
    let args = ["create", "--file", "-", "--region", "northeurope", "--yes", "-o", "json"];
    let made = run(&lab, &args).stdin(yaml).finish().exits(0).json();
    assert_eq!([&made["provider"], &made["vendor"]], ["AZURE", "GENERIC"]);
    assert_eq!(sent(&lab), [json!({ "provider": "Azure", "region": "northeurope" })]);
    run(&lab, &args).stdin("- a\n").finish().exits(2);
}

#[test]
fn a_domain_can_be_set_once() {
    let lab = Lab::new();
    let set = |id: &str, last: &[&str]| {
        run(&lab, &[&["update", id, "--dns-domain", "s3.example"][..], last].concat()).finish()
    };
    set(BUCKET, &[]).exits(2);
    set(BUCKET, &["--dry-run"]).exits(0);
    set("nothing", &["--yes"]).exits(5);
    let late = set(CONFLUENT, &["--yes"]).exits(6);
    assert!(late.err().contains("IDLE"), "{}", late.shown());
    only_reads(&lab);
    set(BUCKET, &["--yes"]).exits(0);
    assert_eq!(sent(&lab), [json!({ "dnsDomain": "s3.example" })]);
    assert!(set(BUCKET, &["--yes"]).exits(0).err().contains("unchanged"));
}

#[test]
fn links_come_and_go_in_their_time() {
    let lab = Lab::ticking();
    let args = ["create", "--provider", "gcp", "--vendor", "pubsub", "--yes", "--wait"];
    let made = run(&lab, &[&args[..], &["-o", "json"]].concat()).finish().exits(0);
    assert_eq!(made.json()["state"], "DONE");
    assert!(made.err().contains("IDLE"), "{}", made.shown());
    run(&lab, &["delete", BUCKET]).finish().exits(2);
    run(&lab, &["delete", "-", "--yes"]).stdin("\n").finish().exits(2);
    let batch = ["delete", "-", "--yes", "--failed", "failed"];
    let deleted = run(&lab, &batch).stdin(&format!("{BUCKET}\nnothing\n")).finish().exits(5);
    assert!(deleted.err().contains("1 of 2 private links failed"), "{}", deleted.shown());
    assert_eq!(std::fs::read_to_string(lab.file("failed")).unwrap(), "nothing\n");
    run(&lab, &["delete", CONFLUENT, "--yes", "--wait"]).finish().exits(0);
    run(&lab, &["get", CONFLUENT]).finish().exits(5);
    let again = run(&lab, &["delete", CONFLUENT, "--yes"]).finish().exits(5);
    assert!(again.err().contains("private-links list"), "{}", again.shown());
}

#[test]
fn a_link_that_a_connection_uses_stays() {
    let lab = Lab::new();
    let db = rusqlite::Connection::open(lab.file("server/store.db")).unwrap();
    let used = db.execute(
        "UPDATE resources SET doc = json_set(doc, '$.networking.access.connectionId', ?1)
         WHERE kind = 'connection' AND key = 'order-events'",
        [CONFLUENT],
    );
    assert_eq!(used, Ok(1));
    let refused = run(&lab, &["delete", CONFLUENT, "--yes"]).finish().exits(6);
    assert!(refused.err().contains("order-events"), "{}", refused.shown());
    assert!(run(&lab, &["get", CONFLUENT]).finish().exits(0).out().contains("DONE"));
}
