//! Google Cloud: its command line, against a stand-in for Compute Engine.

use serde_json::{Value, json};

use super::{addresses, wanted};
use crate::consumers;
use crate::support::Lab;

/// What `gcloud` lists after these commands.
fn listed(python: &consumers::Python, before: &Value, commands: &str) -> Value {
    python.run("google.py", &[&before.to_string()], commands).exits(0).json()
}

#[test]
fn gcloud_makes_and_updates_the_rule() {
    let Some(python) = consumers::python("google-cloud-compute") else { return };
    let Some(_) = consumers::tool("gcloud") else { return };
    let lab = Lab::new();
    let make = addresses(&lab, "both", "gcloud")
        .and(&["--name", "atlas-kafka", "--port", "9092,9094", "--priority", "900"])
        .and(&["--description", "it's Atlas; $(id)", "--network", "kafka"]);
    let rules = listed(&python, &json!([]), &make.finish().exits(0).out());
    let [v4, v6] = &rules.as_array().unwrap()[..] else { panic!("{rules}") };
    assert_eq!(v4["sourceRanges"], json!(["198.51.100.7/32", "203.0.113.0/31"]));
    assert_eq!(v6["sourceRanges"], json!(["2001:db8::5/128"]));
    assert_eq!((&v4["name"], &v6["name"]), (&json!("atlas-kafka"), &json!("atlas-kafka-ipv6")));
    let ports = |port: &str| json!({"IPProtocol": "tcp", "ports": [port]});
    for rule in [v4, v6] {
        assert_eq!(rule["allowed"], json!([ports("9092"), ports("9094")]));
        assert_eq!((&rule["direction"], &rule["priority"]), (&json!("INGRESS"), &json!(900)));
        assert_eq!(rule["description"], "it's Atlas; $(id)");
        assert!(rule["network"].as_str().unwrap().ends_with("/networks/kafka"), "{rule}");
    }
    // What the command does not name stays as it is.
    let update = addresses(&lab, "ipv4", "gcloud").and(&["--id", "atlas-kafka"]);
    let mut before = v4.clone();
    before["sourceRanges"] = json!(["192.0.2.1/32"]);
    let after = listed(&python, &json!([before]), &update.finish().exits(0).out());
    let without_link =
        |mut rule: Value| rule.as_object_mut().unwrap().remove("selfLink").and(Some(rule));
    assert_eq!(without_link(after[0].clone()), without_link(v4.clone()));
}

#[test]
fn what_gcloud_lists_is_read_and_changed() {
    let Some(python) = consumers::python("google-cloud-compute") else { return };
    let Some(_) = consumers::tool("gcloud") else { return };
    let lab = Lab::new();
    let save = |rules: &Value| std::fs::write(lab.file("rules.json"), rules.to_string()).unwrap();
    let check = |code| {
        let against = ["--against", "rules.json", "--fail-on", "any", "--list", "atlas-kafka"];
        wanted(&lab, &["ips", "check"], "ipv4").and(&against).finish().exits(code)
    };
    let make = addresses(&lab, "ipv4", "gcloud").and(&["--name", "atlas-kafka", "--port", "9092"]);
    let rules = listed(&python, &json!([]), &make.finish().exits(0).out());
    save(&rules);
    check(0);
    let mut other = rules.clone();
    other[0]["sourceRanges"] = json!(["198.51.100.7/32", "192.0.2.1/32"]);
    save(&other);
    check(3);
    let change = |more: &[&str]| {
        let delta = wanted(&lab, &["ips", "delta"], "ipv4").and(&["--against", "rules.json"]);
        delta.and(&["--for", "gcloud", "--id", "atlas-kafka"]).and(more).finish().exits(0)
    };
    let kept = listed(&python, &other, &change(&["--keep-foreign"]).out());
    let ranges = json!(["192.0.2.1/32", "198.51.100.7/32", "203.0.113.0/31"]);
    assert_eq!(kept[0]["sourceRanges"], ranges);
    save(&listed(&python, &other, &change(&[]).out()));
    check(0);
    assert!(change(&[]).stdout.is_empty());
}
