//! `spctl peerings`: nobody is let in unseen.

use insta::assert_snapshot;
use serde_json::json;

use crate::run::Run;
use crate::support::Lab;

const SHOP: &str = "111122223333";
const PENDING: &str = "pcx-0aaa1111bbb2222c2";
const ACTIVE: &str = "pcx-0aaa1111bbb2222c1";
const REJECTED: &str = "pcx-0ddd3333eee4444f5";

fn run(lab: &Lab, args: &[&str]) -> Run {
    let mut run = lab.spctl(["peerings"]);
    run.args.extend(args.iter().map(|arg| (*arg).to_owned()));
    run
}

#[track_caller]
fn only_reads(lab: &Lab) {
    let requests = lab.requests();
    assert!(requests.iter().all(|r| r.starts_with("GET ")), "{requests:?}");
}

#[test]
fn peerings_are_listed_by_who_asks() {
    let lab = Lab::new();
    let mut shown = run(&lab, &["list"]).shown();
    for format in ["table", "csv", "ndjson"] {
        let args = ["list", "--account-id", SHOP, "-o", format];
        let columns = ["--columns", "name,state,account,vpc,cidr,id"];
        let columns = if format == "ndjson" { &[][..] } else { &columns[..] };
        shown.push_str(&run(&lab, &[&args[..], columns].concat()).shown());
    }
    shown.push_str(&run(&lab, &["get", PENDING, REJECTED]).shown());
    shown.push_str(&run(&lab, &["account", "--provider", "aws", "--region", "us-east-1"]).shown());
    assert_snapshot!("peerings", shown.replace(lab.project(), "[PROJECT]"));
    let none = run(&lab, &["list", "--account-id", "1", "-o", "json"]).finish().exits(0);
    assert!(none.out().contains("[]") && none.err().contains("no peerings"), "{}", none.shown());
    run(&lab, &["list", "--active", "--account-id", SHOP]).finish().exits(2);
    run(&lab, &["account", "--provider", "aws", "--region", "OSLO_NOR"]).finish().exits(2);
}

#[test]
fn who_asks_is_shown_and_may_be_demanded() {
    let lab = Lab::new();
    let stranger = ["accept", PENDING, "--account-id", "999988887777", "--yes"];
    let refused = run(&lab, &stranger).finish().exits(6);
    assert!(refused.err().contains("not by 999988887777"), "{}", refused.shown());
    let other = run(&lab, &["accept", PENDING, "--vpc-id", "vpc-0", "--yes"]).finish().exits(6);
    assert!(other.err().contains("not by vpc-0"), "{}", other.shown());
    run(&lab, &["accept", PENDING]).finish().exits(2);
    run(&lab, &["accept", REJECTED, "--yes"]).finish().exits(5);
    let late = ["accept", REJECTED, "--account-id", "999988887777", "--yes"];
    assert!(run(&lab, &late).finish().exits(6).err().contains("is rejected"));
    run(&lab, &["accept", "-", "--yes"]).stdin("\n").finish().exits(2);
    let dry = run(&lab, &["accept", PENDING, "--account-id", SHOP, "--dry-run", "-o", "json"]);
    assert_snapshot!("peerings_accept", dry.shown().replace(lab.project(), "[PROJECT]"));
    only_reads(&lab);
    let args = ["accept", PENDING, "--vpc-id", "vpc-0aaa1111bbb2222c2", "--yes"];
    run(&lab, &args).finish().exits(0);
    let exchanges = lab.exchanges();
    let sent = exchanges.iter().find(|e| e.method == "POST").expect("it was accepted");
    let body: serde_json::Value = serde_json::from_slice(&sent.request_body).unwrap();
    let vpc = "vpc-0aaa1111bbb2222c2";
    assert_eq!(body, json!({ "requesterAccountId": SHOP, "requesterVpcId": vpc }));
    assert!(run(&lab, &args).finish().exits(0).err().contains("unchanged"));
    only_reads(&lab);
}

#[test]
fn answers_take_effect_and_are_waited_for() {
    let lab = Lab::ticking();
    let accepted = run(&lab, &["accept", PENDING, "--yes", "--wait"]).finish().exits(0);
    assert!(accepted.err().contains("accept-requested"), "{}", accepted.shown());
    assert_eq!(run(&lab, &["list", "-q"]).finish().exits(0).out().lines().count(), 2);
    let active = run(&lab, &["reject", PENDING, "--yes"]).finish().exits(6);
    assert!(active.err().contains("peerings delete"), "{}", active.shown());
    let third = "pcx-0aaa1111bbb2222c3";
    run(&lab, &["reject", third, "--yes", "--wait"]).finish().exits(0);
    assert!(run(&lab, &["get", third]).finish().exits(0).out().contains("rejected"));
    let given = format!("{ACTIVE}\n{PENDING}\npcx-nothing\n");
    let args = ["delete", "-", "--yes", "--failed", "failed"];
    let deleted = run(&lab, &args).stdin(&given).finish().exits(5);
    assert!(deleted.err().contains("1 of 3 peerings failed"), "{}", deleted.shown());
    assert_eq!(std::fs::read_to_string(lab.file("failed")).unwrap(), "pcx-nothing\n");
    run(&lab, &["delete", third, "--account-id", SHOP, "--yes", "--wait"]).finish().exits(0);
    std::thread::sleep(std::time::Duration::from_millis(500));
    let left = run(&lab, &["list", "--account-id", SHOP]).finish().exits(0);
    assert!(left.err().contains("no peerings"), "{}", left.shown());
}
