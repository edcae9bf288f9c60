//! `spctl processors`: states, pipelines, and what is refused.

use serde_json::{Value, json};

use crate::run::Run;
use crate::support::Lab;

fn run(lab: &Lab, line: &str) -> Run {
    let mut run = lab.spctl(["processors"]);
    run.args.extend(line.split(' ').map(str::to_owned));
    run.args.extend(["--instance".to_owned(), "orders".to_owned()]);
    run
}

/// The changes that were sent since the last look: method, the path's end, and the body.
fn sent(lab: &Lab) -> Vec<(String, Value)> {
    let exchanges = lab.exchanges().into_iter().filter(|e| e.method != "GET");
    let tail = |target: &str| target.rsplit("/orders/").next().unwrap_or_default().to_owned();
    exchanges
        .map(|e| {
            let body = serde_json::from_slice(&e.request_body).unwrap_or_default();
            (format!("{} {}", e.method, tail(&e.target)), body)
        })
        .collect()
}

const YAML: &str = "
- $source: {connectionName: order-events, topic: orders}
- $match: {amount: {$gt: {$numberLong: '5'}}}
- $merge: {into: {connectionName: shop, db: shop, coll: orders}}
";

#[test]
fn listings_are_filtered_by_state_and_come_in_every_format() {
    let lab = Lab::new();
    let all = run(&lab, "list -o json").finish().exits(0).json();
    let names = |state: &str| -> Vec<String> {
        let rows = all.as_array().unwrap().iter().filter(|row| row["state"] == state);
        rows.map(|row| row["name"].as_str().unwrap().to_owned()).collect()
    };
    let started = run(&lab, "list --state started -q").finish().exits(0).out();
    assert!(!names("STARTED").is_empty() && started.lines().eq(names("STARTED")), "{started}");
    let csv = run(&lab, "list -o csv --columns name,connections,dlq").finish().exits(0).out();
    assert!(csv.contains("orders-to-shop,\"order-events,shop\",shop:streams.rejected"), "{csv}");
    let yaml = run(&lab, "get orders-to-shop -o yaml").finish().exits(0).out();
    assert!(yaml.contains("$source"), "{yaml}");
    let empty = run(&lab, "list --state FAILED").finish().exits(0);
    assert!(empty.stdout.is_empty() && empty.err().contains("FAILED"), "{}", empty.shown());
    let missing = run(&lab, "get orders-to-shop nothing").finish().exits(5);
    assert!(missing.out().contains("orders-to-shop") && missing.err().contains("nothing"));
    let none = lab.spctl(["processors", "list", "--instance", "none"]).finish().exits(5);
    assert!(none.err().contains("no instance \"none\""), "{}", none.shown());
}

#[test]
fn statistics_say_that_nothing_was_processed() {
    let lab = Lab::new();
    let stats = run(&lab, "stats orders-to-shop -o json").finish().exits(0);
    assert_eq!(stats.json()["stats"]["inputMessageCount"], 0);
    assert!(stats.err().contains("processes no data"), "{}", stats.shown());
    let line = run(&lab, "stats - -o csv --columns name,in,out").stdin("orders-to-shop\n").finish();
    assert_eq!(line.exits(0).out(), "name,in,out\norders-to-shop,0,0\n");
}

#[test]
fn a_pipeline_is_sent_as_it_stands() {
    let lab = Lab::new();
    let create = "create totals --pipeline - --tier sp10 --yes";
    run(&lab, &format!("{create} --dry-run")).stdin(YAML).finish().exits(0);
    assert_eq!(sent(&lab), []);
    run(&lab, "create totals --pipeline -").stdin(YAML).finish().exits(2);
    let made = run(&lab, &format!("{create} -o json")).stdin(YAML).finish().exits(0).json();
    assert_eq!(made["state"], "CREATED");
    let [(call, body)] = &sent(&lab)[..] else { panic!("one request") };
    assert_eq!(call, "POST processor");
    assert_eq!(body["tier"], "SP10");
    assert_eq!(body["pipeline"][1], json!({"$match": {"amount": {"$gt": {"$numberLong": "5"}}}}));
    let again = run(&lab, create).stdin(YAML).finish().exits(6);
    assert!(again.err().contains("already exists"), "{}", again.shown());
    for wrong in ["", "{}", "[]", "[{\"a\": 1}]", "[1", "- a: [", "- $match: {}\n  $limit: 1"] {
        run(&lab, create).stdin(wrong).finish().exits(2);
    }
    assert_eq!(sent(&lab), []);
    let nowhere = YAML.replace("order-events", "nowhere");
    let refused = run(&lab, "create other --pipeline - --yes").stdin(&nowhere).finish().exits(1);
    assert!(refused.err().contains("nowhere"), "{}", refused.shown());
}

#[test]
fn an_update_needs_a_processor_that_stands_still() {
    let lab = Lab::new();
    let refused = run(&lab, "update orders-to-shop --tier SP10 --yes").finish().exits(6);
    assert!(refused.err().contains("spctl processors stop orders-to-shop"), "{}", refused.shown());
    assert!(
        run(&lab, "update orders-to-shop --tier SP30").finish().exits(0).err().contains("unch")
    );
    run(&lab, "update orders-to-shop --yes").finish().exits(2);
    run(&lab, "update nothing --tier SP10 --yes").finish().exits(5);
    assert_eq!(sent(&lab), []);
    run(&lab, "stop orders-to-shop --yes").finish().exits(0);
    let line = "update orders-to-shop --rename to-shop --tier SP10 --failover true \
                --dlq-connection shop --dlq-db d --dlq-coll c --yes";
    let updated = run(&lab, line).finish().exits(0);
    assert!(updated.err().contains("SP30 -> SP10"), "{}", updated.shown());
    let dlq = json!({"connectionName": "shop", "db": "d", "coll": "c"});
    let body = json!({
        "tier": "SP10", "failoverEnabled": true, "name": "to-shop", "options": {"dlq": dlq},
    });
    assert_eq!(sent(&lab)[1], ("PATCH processor/orders-to-shop".to_owned(), body));
    let source = YAML.replace("order-events", "warehouse");
    let change = |end: &str| {
        let line = format!("update to-shop --pipeline - --yes{end}");
        run(&lab, &line).stdin(&source).finish()
    };
    assert!(change("").exits(1).err().contains("checkpoint"));
    change(" --from-scratch").exits(0);
}

#[test]
fn states_change_one_by_one_or_all_together() {
    let lab = Lab::new();
    let unchanged = run(&lab, "start orders-to-shop --yes").finish().exits(0);
    assert!(unchanged.err().contains("unchanged"), "{}", unchanged.shown());
    run(&lab, "stop orders-to-shop").finish().exits(2);
    let shown = run(&lab, "stop --all --state STARTED --dry-run").finish().exits(0);
    assert!(shown.out().contains("orders-to-shop:stop"), "{}", shown.shown());
    assert_eq!(sent(&lab), []);

    let failed = run(&lab, "stop - --wait --yes --failed left").stdin("nothing\norders-to-shop\n");
    let failed = failed.finish().exits(5);
    assert!(failed.err().contains("orders-to-shop is STOPPED"), "{}", failed.shown());
    assert_eq!(std::fs::read_to_string(lab.file("left")).unwrap(), "nothing\n");
    assert_eq!(sent(&lab), [("POST processor/orders-to-shop:stop".to_owned(), Value::Null)]);
    run(&lab, "stop - --yes").stdin("\n").finish().exits(2);
    run(&lab, "stop --yes").finish().exits(2);

    std::fs::write(lab.file("with.yaml"), "resumeFromCheckpoint: false\n").unwrap();
    let line = "start orders-to-shop --with with.yaml --tier SP50 --failover-region OHIO_USA --yes";
    run(&lab, line).finish().exits(0);
    let with = json!({
        "resumeFromCheckpoint": false, "tier": "SP50", "failover": {"region": "OHIO_USA"},
    });
    assert_eq!(sent(&lab), [("POST processor/orders-to-shop:startWith".to_owned(), with)]);

    run(&lab, "start --all --yes").finish().exits(0);
    assert!(run(&lab, "list --state STOPPED -q").finish().exits(0).stdout.is_empty());
    run(&lab, "delete orders-to-shop").finish().exits(2);
    let gone = run(&lab, "delete --all --yes").finish().exits(0);
    assert!(gone.err().contains("it is running"), "{}", gone.shown());
    let nothing = run(&lab, "delete --all --yes").finish().exits(0);
    assert!(nothing.err().contains("no stream processors"), "{}", nothing.shown());
}

#[test]
fn a_processor_whose_role_does_not_suffice_fails_and_says_why() {
    let lab = Lab::new();
    let elsewhere = YAML.replace("coll: orders", "coll: invoices");
    run(&lab, "create totals --pipeline - --yes").stdin(&elsewhere).finish().exits(0);
    let why = "$merge through connection shop: role ordersWriter, as which it executes, lacks the \
               privilege INSERT on shop.invoices";
    let started = run(&lab, "start totals --yes").finish().exits(0);
    assert!(started.err().contains(&format!("totals is FAILED: {why}")), "{}", started.shown());
    let waited = run(&lab, "start totals --wait --yes").finish().exits(1);
    assert!(waited.err().contains(why), "{}", waited.shown());
    let shown = run(&lab, "get totals").finish().exits(0).out();
    assert!(shown.contains("FAILED") && shown.contains(why), "{shown}");
    let events = "events list --type STREAM_PROCESSOR_STATE_IS_FAILED -q";
    let failed = lab.typed(events).finish().exits(0).out();
    assert_eq!(failed.lines().count(), 2, "{failed}");

    let role = "connections execute-as shop readWriteAnyDatabase --instance orders --yes";
    lab.typed(role).finish().exits(0);
    run(&lab, "start totals --wait --yes").finish().exits(0);
    let row = run(&lab, "get totals -o json").finish().exits(0).json();
    assert_eq!((&row["state"], row["stats"].get("errorMsg")), (&json!("STARTED"), None));
}

#[test]
fn what_is_done_stands_in_every_log() {
    let lab = Lab::ticking();
    run(&lab, "stop orders-to-shop --yes").finish().exits(0);
    run(&lab, "update orders-to-shop --tier SP10 --yes").finish().exits(0);
    run(&lab, "start orders-to-shop --yes").finish().exits(0);
    run(&lab, "delete orders-to-shop --yes").finish().exits(0);
    let logs = run(
        &lab,
        "logs --processor orders-to-shop --since 2026-08-20T12:00:00Z --decompress --out -",
    );
    let lines = logs.finish().exits(0).out();
    let said: Vec<_> = lines.lines().map(|l| l.split("\"msg\":").nth(1).unwrap()).collect();
    let said: Vec<_> = said.iter().map(|l| l.split('"').nth(1).unwrap()).collect();
    let done =
        ["stopped", "modified", "started", "dropped"].map(|d| format!("stream processor {d}"));
    assert_eq!(said, done, "{lines}");

    let audit = [
        "audit",
        "download",
        "orders",
        "--since",
        "2026-08-20T12:00:00Z",
        "--decompress",
        "--out",
        "-",
    ];
    let audit = lab.spctl(audit).finish().exits(0).out();
    for name in ["stopStreamProcessor", "startStreamProcessor", "dropStreamProcessor"] {
        assert_eq!(audit.matches(name).count(), 1, "{audit}");
    }
    let events = ["events", "list", "--type", "processors", "--about", "orders-to-shop"];
    let events = lab.spctl(events).finish().exits(0).out();
    let types: Vec<_> = events.lines().map(|line| line.split('\t').nth(1).unwrap()).collect();
    let newest_first = ["DROPPED", "STARTED", "MODIFIED", "STOPPED"];
    assert!(types.iter().eq(&newest_first.map(|t| format!("STREAM_PROCESSOR_{t}"))), "{events}");

    run(&lab, "logs").finish().exits(0);
    let name = std::fs::read_dir(lab.home()).unwrap().flatten();
    assert!(name.into_iter().any(|e| e.file_name().to_string_lossy().ends_with("_queries.gz")));
    let missing = lab.spctl(["processors", "logs", "--instance", "none"]).finish().exits(5);
    assert!(missing.err().contains("none"), "{}", missing.shown());
}

#[test]
fn what_runs_is_not_said_to_run_otherwise() {
    let lab = Lab::new();
    for rest in ["--tier SP50", "--from-scratch"] {
        let start = format!("processors start returns --instance orders {rest} --yes");
        let refused = lab.typed(&start).finish().exits(6);
        assert!(refused.err().contains("processors stop returns"), "{}", refused.shown());
    }
    let there = "processors start returns --instance orders --yes";
    assert!(lab.typed(there).finish().exits(0).err().contains("unchanged"));
    // A region goes by any of its names, and is checked before anything is sent.
    let start = "processors start returns --instance orders --failover-mode forced --dry-run \
                 --failover-region";
    let moved = lab.typed(&format!("{start} us-east-2")).finish().exits(0);
    assert!(moved.out().contains("OHIO_USA"), "{}", moved.shown());
    let nowhere = lab.typed(&format!("{start} eu-west-1")).finish().exits(2);
    assert!(nowhere.err().contains("its failover regions: OHIO_USA"), "{}", nowhere.shown());
}
