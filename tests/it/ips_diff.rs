//! `spctl ips diff`: what changed between two lists, by the addresses that they cover.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::run::Finished;
use crate::support::Lab;

fn diff(lab: &Lab, old: &Value, new: &Value, more: &[&str]) -> Finished {
    std::fs::write(lab.file("old.json"), old.to_string()).expect("a file");
    lab.bare(["ips", "diff", "old.json", "-"]).and(more).stdin(&new.to_string()).finish()
}

fn list(outbound: Value) -> Value {
    json!({ "outbound": outbound })
}

#[test]
fn tells_what_was_added_and_removed_where() {
    let lab = Lab::new();
    let old = json!({
        "outbound": {
            "aws": { "us-east-1": ["198.51.100.7/32", "203.0.113.0/31"] },
            "gcp": { "us-central1": ["203.0.113.210"] },
        },
        "inbound": { "aws": { "us-east-1": ["192.0.2.1"] } },
    });
    let new = json!({
        "outbound": {
            "aws": { "us-east-1": ["203.0.113.0/32", "203.0.113.9", "198.51.100.7"] },
            "gcp": { "us-central1": ["203.0.113.210"] },
        },
        "inbound": { "aws": { "us-east-1": ["192.0.2.1"] } },
        "gateways": [{ "name": "g", "ips": { "outbound": { "aws": { "us-east-1": ["192.0.2.9"] } } } }],
    });
    assert_snapshot!("ips_diff", diff(&lab, &old, &new, &[]).exits(3).shown());
    let rows = diff(&lab, &old, &new, &["-o", "json"]).exits(3).json();
    assert_eq!(rows[0]["gateway"], "g");
    assert_eq!(rows[2]["change"], "removed");
    assert_eq!(diff(&lab, &old, &new, &["-q"]).exits(3).out().lines().count(), 3);
}

#[test]
fn another_spelling_and_another_cut_are_no_difference() {
    let lab = Lab::new();
    let one = list(json!({ "aws": { "us-east-1": ["203.0.113.0/30", "2001:db8::/127"] } }));
    let other = json!({ "controlPlane": { "outbound": { "aws": { "us-east-1": [
        "2001:0db8:0::1", "2001:DB8::/128", "203.0.113.2/31", "203.0.113.1", "203.0.113.0/32",
    ], "us-east-2": [] } }, "inbound": null } });
    for (old, new) in [(&one, &other), (&other, &one), (&one, &one)] {
        let same = diff(&lab, old, new, &[]).exits(0);
        assert!(same.stdout.is_empty(), "{}", same.shown());
        assert!(same.err().contains("the lists are the same"), "{}", same.shown());
    }
}

#[test]
fn a_file_that_is_no_list_is_not_compared() {
    let lab = Lab::new();
    let good = list(json!({ "aws": { "us-east-1": ["203.0.113.0"] } }));
    for bad in [json!({}), json!([]), list(json!({})), list(json!({ "aws": { "r": ["::/0"] } }))] {
        for (old, new) in [(&good, &bad), (&bad, &good)] {
            let refused = diff(&lab, old, new, &[]).exits(1);
            assert!(refused.stdout.is_empty(), "{}", refused.shown());
        }
    }
    lab.bare(["ips", "diff", "-", "-"]).finish().exits(2);
    lab.bare(["ips", "diff", "nothing.json", "-"]).finish().exits(2);
    lab.bare(["ips", "diff", "old.json"]).finish().exits(2);
}
