//! `spctl instances`: what comes into being, what goes with an instance, and what stays of it.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::run::{Finished, Run};
use crate::support::Lab;

fn with(mut run: Run, args: &[&str]) -> Run {
    run.args.extend(args.iter().map(|arg| (*arg).to_owned()));
    run
}

/// The bodies that were sent since the last look.
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

fn create(lab: &Lab, name: &str, args: &[&str]) -> Run {
    with(lab.spctl(["instances", "create", name, "--provider", "aws"]), args)
}

#[test]
fn an_instance_is_shown_with_all_that_matters() {
    let lab = Lab::new();
    assert_snapshot!("instances_get", lab.spctl(["instances", "get", "orders"]).shown());
    lab.spctl(["instances", "get", "nothing"]).finish().exits(5);
    let json = lab.spctl(["workspace", "show", "orders", "-o", "json"]).finish().exits(0).json();
    assert_eq!(json["connections"].as_array().map(Vec::len), Some(6), "{json}");
    for format in ["json", "csv", "yaml"] {
        lab.spctl(["instances", "list", "-o", format]).finish().exits(0);
    }
    let empty = lab.spctl(["instances", "list", "--project", "shop-staging"]).finish().exits(0);
    assert!(empty.stdout.is_empty() && empty.err().contains("no stream"), "{}", empty.shown());
}

#[test]
fn a_region_has_three_names_and_one_of_them_is_sent() {
    let lab = Lab::new();
    let preview = ["--region", "us-east-1", "--failover-region", "US_EAST_2", "--dry-run"];
    assert_snapshot!("instances_create_dry_run", create(&lab, "trial", &preview).shown());
    only_reads(&lab);
    for (name, region) in [("a", "us-east-1"), ("b", "US_EAST_1"), ("c", "virginia_usa")] {
        let args = ["--region", region, "--tier", "sp10", "--max-tier", "SP30", "--yes"];
        create(&lab, name, &args).finish().exits(0);
        let [body] = &sent(&lab)[..] else { panic!("one request") };
        let home = json!({ "cloudProvider": "AWS", "region": "VIRGINIA_USA" });
        assert_eq!(body["dataProcessRegion"], home);
        assert_eq!(body["streamConfig"], json!({ "tier": "SP10", "maxTierSize": "SP30" }));
    }
    let taken = create(&lab, "orders", &["--region", "us-east-1", "--yes"]).finish().exits(6);
    assert!(taken.err().contains("already exists"), "{}", taken.shown());
    create(&lab, "d", &["--region", "us-east-1"]).finish().exits(2);
    create(&lab, "d", &["--region", "atlantis", "--yes"]).finish().exits(2);
    create(&lab, "d d", &["--region", "us-east-1", "--yes"]).finish().exits(2);
    create(&lab, "d", &["--region", "us-east-1", "--tier", "SP7", "--yes"]).finish().exits(2);
    let three = ["us-east-2", "us-west-2", "eu-west-1"].map(|r| format!("--failover-region={r}"));
    let three = ["--region", "us-east-1", &three[0], &three[1], &three[2], "--yes"];
    create(&lab, "d", &three).finish().exits(2);
    only_reads(&lab);
    let made = create(&lab, "e", &["--region", "us-east-1", "--sample", "--yes", "-o", "json"]);
    assert_eq!(made.finish().exits(0).json()["name"], "e");
    let sample = ["connections", "list", "--instance", "e", "-q"];
    assert_eq!(lab.spctl(sample).finish().exits(0).out(), "sample_stream_solar\n");
}

#[test]
fn an_update_sends_what_changes() {
    let lab = Lab::new();
    let update = |args: &[&str]| with(lab.spctl(["instances", "update", "orders", "--yes"]), args);
    update(&["--max-tier", "SP50"]).finish().exits(0);
    update(&["--failover-region", "us-west-2", "us-east-2"]).finish().exits(0);
    update(&["--no-failover-regions"]).finish().exits(0);
    let place = |region: &str| json!({ "cloudProvider": "AWS", "region": region });
    assert_eq!(
        sent(&lab),
        [
            json!({ "streamConfig": { "tier": "SP30", "maxTierSize": "SP50" } }),
            json!({ "failoverRegions": [place("OREGON_USA"), place("OHIO_USA")] }),
            json!({ "failoverRegions": [] }),
        ]
    );
    let again = update(&["--max-tier", "SP50", "--no-failover-regions"]).finish().exits(0);
    assert!(again.err().contains("unchanged"), "{}", again.shown());
    update(&[]).finish().exits(2);
    lab.spctl(["instances", "update", "nothing", "--tier", "SP2", "--yes"]).finish().exits(5);
    only_reads(&lab);
}

#[test]
fn what_goes_with_an_instance_is_named_first() {
    let lab = Lab::new();
    let running = lab.spctl(["instances", "delete", "payments", "--dry-run"]).finish().exits(6);
    assert!(running.err().contains("  connections:"), "what goes with it: {}", running.shown());
    assert!(running.err().contains("spctl processors stop"), "{}", running.shown());
    for instance in ["payments", "telemetry"] {
        let stop = ["processors", "stop", "--all", "--instance", instance, "--yes"];
        lab.spctl(stop).finish().exits(0);
    }
    lab.requests();
    let dry = lab.spctl(["instances", "delete", "payments", "--dry-run"]);
    assert_snapshot!("instances_delete_dry_run", dry.shown());
    lab.spctl(["instances", "delete", "payments"]).finish().exits(2);
    lab.spctl(["instances", "delete", "-", "--yes"]).stdin("\n").finish().exits(2);
    only_reads(&lab);
    let batch = ["instances", "delete", "-", "--yes", "--wait", "--failed", "failed"];
    let finished = lab.spctl(batch).stdin("telemetry\nnothing\n").finish().exits(5);
    assert!(finished.err().contains("deleted instance telemetry"), "{}", finished.shown());
    assert_eq!(std::fs::read_to_string(lab.file("failed")).unwrap(), "nothing\n");
    let left = lab.spctl(["instances", "list", "-q"]).finish().exits(0).out();
    assert_eq!(left, "orders\npayments\n");
}

#[test]
fn a_log_outlives_its_instance_by_thirty_days_and_its_successor_does_not_hide_it() {
    let lab = Lab::new();
    let data = |args: &[&str]| with(lab.local([]), args).finish();
    data(&["local", "init"]).exits(0);
    let download = || data(&["audit", "download", "orders", "--since", "all", "--force"]);
    let is_empty = |finished: &Finished| finished.err().contains("no events");
    data(&["processors", "stop", "--all", "--instance", "orders", "--yes"]).exits(0);
    data(&["instances", "delete", "orders", "--yes"]).exits(0);
    data(&["instances", "get", "orders"]).exits(5);
    assert!(!is_empty(&download().exits(0)), "the log is there");
    let make = ["instances", "create", "orders", "--provider", "aws", "--region", "us-east-1"];
    data(&[&make[..], &["--yes"]].concat()).exits(0);
    assert!(!is_empty(&download().exits(0)), "a successor's log goes on where it ended");
    data(&["instances", "delete", "orders", "--yes"]).exits(0);
    data(&["local", "clock", "advance", "29d"]).exits(0);
    assert!(!is_empty(&download().exits(0)));
    data(&["local", "clock", "advance", "2d"]).exits(0);
    download().exits(5);
    data(&[&make[..], &["--yes"]].concat()).exits(0);
    let fresh = download().exits(0);
    assert!(is_empty(&fresh), "what was kept is gone: {}", fresh.shown());
}
