//! What is computed of an object stands in every format beside what the API sent, and goes nowhere
//! else.

use serde_json::{Value, json};

use crate::support::Lab;

/// The API's own document of an object, byte for byte.
fn sent(lab: &Lab, path: &str) -> String {
    let run = lab.typed(&format!("api GET /groups/{{project}}{path}"));
    run.finish().exits(0).out().trim_end().to_owned()
}

/// What was sent, and what is computed, of a document with both.
#[track_caller]
fn parted(document: &str) -> (String, Value) {
    let (sent, computed) = document.trim_end().rsplit_once(",\"effective\":").expect(document);
    let computed = computed.strip_suffix('}').expect("it is the last key");
    (format!("{sent}}}"), serde_json::from_str(computed).expect(document))
}

#[test]
fn what_is_computed_stands_behind_what_came_byte_for_byte() {
    let lab = Lab::new();
    for (command, path, key) in [
        ("users get alice", "/databaseUsers/admin/alice", "reaches"),
        ("users get frank", "/databaseUsers/admin/frank", "pointsAtNothing"),
        ("instances get orders", "/streams/orders?includeConnections=true", "reachedBy"),
        ("access-lists get 198.51.100.7", "/accessList/198.51.100.7", "letsIn"),
        (
            "processors get orders-to-shop --instance orders",
            "/streams/orders/processor/orders-to-shop",
            "stages",
        ),
    ] {
        let shown = lab.typed(&format!("{command} -o json")).finish();
        let (raw, computed) = parted(&shown.exits(0).out());
        assert_eq!(raw, sent(&lab, path), "{command}");
        assert!(computed.get(key).is_some(), "{command}: {computed}");
    }
    // Where nothing is computed, nothing is added.
    let plain = lab.typed("roles get ordersWriter -o json").finish().exits(0).out();
    assert_eq!(plain.trim_end(), sent(&lab, "/customDBRoles/roles/ordersWriter"));
    // A row of a listing is as whole.
    let list = lab.typed("users list -o ndjson").finish().exits(0).out();
    for line in list.lines() {
        let (raw, computed) = parted(line);
        let user: Value = serde_json::from_str(&raw).unwrap();
        let name = computed["name"].as_str().unwrap();
        assert!(name == user["username"] || name.contains('@'), "{line}");
        assert_eq!(computed["unrestricted"], user["scopes"] == json!([]), "{line}");
    }
}

#[test]
fn what_a_user_reaches_is_data_in_every_format() {
    let lab = Lab::new();
    let get = |rest: &str| lab.typed(&format!("users get frank {rest}")).finish().exits(0);
    let details = get("").out();
    let told = |label: &str| {
        let line = |l: &str| l.strip_prefix(&format!("{label}\t")).map(str::to_owned);
        details.lines().filter_map(line).collect::<Vec<_>>()
    };
    let json = get("-o json").json();
    let named = |key: &str| {
        let scopes = json["effective"][key].as_array().unwrap();
        let noun = |kind: &Value| match kind.as_str().unwrap() {
            "STREAM" => "instance",
            "CLUSTER" => "cluster",
            _ => "federated database",
        };
        let name = |s: &Value| format!("{} {}", noun(&s["type"]), s["name"].as_str().unwrap());
        scopes.iter().map(name).collect::<Vec<_>>()
    };
    assert_eq!(named("reaches"), told("reaches"));
    assert_eq!(named("pointsAtNothing"), told("points at nothing"));
    assert!(!named("pointsAtNothing").is_empty() && !named("reaches").is_empty(), "{json}");
    let csv = get("-o csv --columns name,reaches,points-at-nothing,expired").out();
    let row =
        format!("frank,{},{},", named("reaches").join(","), named("pointsAtNothing").join(","));
    assert_eq!(csv.replace('"', ""), format!("name,reaches,points-at-nothing,expired\n{row}\n"));
    assert_eq!(get("--jq .effective.name").out(), "frank\n");
    assert!(get("-o yaml").out().contains("\neffective:\n  name: frank\n"));
    let table = get("-o table --columns reaches").out();
    assert!(table.starts_with("REACHES\n"), "{table}");
    // What was computed for several is the same.
    let both = lab.typed("users get frank alice -o json").finish().exits(0).json();
    assert_eq!(both[0]["effective"], json["effective"]);
}

#[test]
fn a_user_whose_time_is_over_is_told_in_every_format() {
    let lab = Lab::new();
    for (name, end) in [("gone", "2001-01-01T00:00:00.5Z"), ("stays", "2999-01-01T00:00:00Z")] {
        let document = json!({
            "username": name, "databaseName": "admin", "deleteAfterDate": end, "awsIAMType": "NONE",
            "groupId": lab.project(), "labels": [], "ldapAuthType": "NONE", "oidcAuthType": "NONE",
            "roles": [], "scopes": [], "x509Type": "NONE",
        });
        lab.add("database_user", lab.project(), &format!("admin/{name}"), &document);
    }
    let all = lab.typed("users list -o json").finish().exits(0).json();
    let expired = |name: &str| {
        let all = all.as_array().unwrap();
        let found = all.iter().find(|user| user["username"] == name).expect(name);
        found["effective"]["expired"].clone()
    };
    assert_eq!(expired("gone"), true);
    assert_eq!(expired("stays"), false);
    assert_eq!(expired("alice"), Value::Null, "who has no end cannot be past it");
    let rows = lab.typed("users list --columns name,expired,expires").finish().exits(0).out();
    for row in
        ["gone\tyes\t2001-01-01T00:00:00Z\n", "stays\tno\t2999-01-01T00:00:00Z\n", "alice\t\t\n"]
    {
        assert!(rows.contains(row), "{row} in {rows}");
    }
    let details = lab.typed("users get gone").finish().exits(0).out();
    assert!(details.contains("expires\t2001-01-01T00:00:00Z\nexpired\tyes\n"), "{details}");
    // What came stays as it came, also the moment.
    let json = lab.typed("users get gone -o json").finish().exits(0).out();
    assert!(json.contains("\"deleteAfterDate\":\"2001-01-01T00:00:00.5Z\""), "{json}");
}

#[test]
fn who_reaches_an_instance_is_data() {
    let lab = Lab::new();
    let json = lab.typed("instances get orders -o json").finish().exits(0).json();
    let reached = &json["effective"]["reachedBy"];
    assert!(
        reached["unrestricted"].as_array().is_some_and(|a| a.contains(&json!("alice"))),
        "{json}"
    );
    assert!(reached["scoped"].as_array().is_some_and(|a| a.contains(&json!("frank"))), "{json}");
    assert_eq!(json["effective"]["region"]["region"], "us-east-1");
    // Where only a name is wanted, nobody asks for the users.
    lab.exchanges();
    lab.typed("instances get orders -q").finish().exits(0);
    assert!(lab.requests().iter().all(|request| !request.contains("databaseUsers")));
}

#[test]
fn a_document_that_is_fed_back_leaves_it_out() {
    let lab = Lab::new();
    // A hand that edits what was shown, and sends it.
    let shown = lab.typed("users get bob -o json").finish().exits(0).out();
    let mut edited: Value = serde_json::from_str(&shown).unwrap();
    let own = ["roles", "scopes", "effective"];
    edited.as_object_mut().unwrap().retain(|key, _| own.contains(&key.as_str()));
    assert!(edited.get("effective").is_some());
    lab.exchanges();
    let path = "/groups/{project}/databaseUsers/admin/bob";
    let run = lab.spctl(["api", "PATCH", path, "--input", "-", "--yes"]).stdin(&edited.to_string());
    let patched = run.finish().exits(0);
    assert!(patched.err().contains("effective"), "{}", patched.shown());
    let exchanges = lab.exchanges();
    let bodies = exchanges.iter().map(|e| String::from_utf8_lossy(&e.request_body).into_owned());
    let bodies: Vec<String> = bodies.filter(|body| !body.is_empty()).collect();
    assert!(bodies.iter().any(|body| body.contains("roles")), "{bodies:?}");
    assert!(bodies.iter().all(|body| !body.contains("effective")), "{bodies:?}");
    // A file that a command takes, in either notation.
    let document = json!({
        "type": "Https", "url": "https://hooks.example", "effective": {"certificates": []},
    });
    for (name, text) in [
        ("hook", document.to_string()),
        ("other", "type: Https\nurl: https://hooks.example\neffective:\n  a: 1\n".to_owned()),
    ] {
        let args = ["connections", "create", name, "--instance", "orders", "--file", "-", "--yes"];
        lab.spctl(args).and(&["--dry-run"]).stdin(&text).finish().exits(0);
        let made = lab.spctl(args).stdin(&text).finish().exits(0);
        assert!(!made.shown().contains("effective"), "{}", made.shown());
        let shown = lab.typed(&format!("connections get {name} --instance orders -o json"));
        assert!(!shown.finish().exits(0).out().contains("effective"), "nothing is computed of it");
    }
}
