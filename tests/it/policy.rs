//! `spctl policy`: a project's policy as a file.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::{Value, json};
use spctl::local::admin::CredentialKind;

use crate::run::Run;
use crate::support::Lab;

fn run(lab: &Lab, args: &[&str]) -> Run {
    lab.spctl(["policy"]).and(args)
}

fn exported(lab: &Lab) -> String {
    run(lab, &["export"]).finish().exits(0).out()
}

fn parsed(text: &str) -> Value {
    spctl::policy::parse(text).expect("a document")
}

/// A listing of the API beside the list in the policy: each object once, by this field.
#[track_caller]
fn holds(lab: &Lab, policy: &Value, key: &str, field: &str, listing: &[&str]) {
    let rows = lab.spctl([]).and(listing).finish().exits(0).json();
    let names = |list: &Value| -> Vec<String> {
        let each = list.as_array().expect("a list").iter();
        let mut names: Vec<String> = each
            .map(|one| one[field].as_str().or(one.as_str()).unwrap_or_default().to_owned())
            .collect();
        names.sort();
        names
    };
    assert!(!names(&rows).is_empty(), "{key}");
    assert_eq!(names(&policy[key]), names(&rows), "{key}");
}

#[test]
fn an_export_holds_what_the_project_does() {
    let lab = Lab::new();
    let text = exported(&lab);
    let policy = parsed(&text);
    holds(&lab, &policy, "users", "username", &["users", "list", "-o", "json"]);
    holds(&lab, &policy, "roles", "roleName", &["roles", "list", "--custom", "-o", "json"]);
    holds(&lab, &policy, "instances", "name", &["instances", "list", "-o", "json"]);
    holds(&lab, &policy, "accessList", "cidrBlock", &["access-lists", "list", "-o", "json"]);
    holds(&lab, &policy, "members", "username", &["members", "list", "-o", "json"]);
    holds(&lab, &policy, "peerings", "_id", &["peerings", "list", "--active", "-o", "json"]);
    holds(&lab, &policy, "privateLinks", "_id", &["private-links", "list", "-o", "json"]);
    for instance in policy["instances"].as_array().unwrap() {
        let name = instance["name"].as_str().unwrap();
        for noun in ["connections", "processors"] {
            holds(&lab, instance, noun, "name", &[noun, "list", "--instance", name, "-o", "json"]);
        }
    }
    // What only the API decides is no policy, and what a secret is stands nowhere.
    for word in ["links:", "hostnames:", "groupId: ", "stats:", "lastAuth:", "effective:", "****"] {
        assert!(!text.contains(word), "{word}");
    }
    let undated = |mut policy: Value| {
        policy.as_object_mut().unwrap().remove("taken");
        policy
    };
    let json = run(&lab, &["export", "-o", "json"]).finish().exits(0).json();
    assert!(undated(json) == undated(policy), "JSON and YAML say the same");
}

#[test]
fn an_export_sends_reads_alone_and_one_listing_a_noun() {
    let lab = Lab::new();
    lab.exchanges();
    exported(&lab);
    let asked = lab.exchanges();
    assert!(asked.iter().all(|exchange| exchange.method == "GET"));
    let mut targets: Vec<_> = asked.into_iter().map(|exchange| exchange.target).collect();
    let all = targets.len();
    targets.sort();
    targets.dedup();
    assert_eq!(targets.len(), all, "{targets:#?}");
}

#[test]
fn a_file_is_written_whole_for_its_owner_and_kept() {
    let lab = Lab::new();
    let file = lab.home().join("policy.yaml");
    let to = ["export", "--undated", "--to", "policy.yaml"];
    let written = run(&lab, &to).finish().exits(0);
    assert_eq!(written.out(), "");
    let first = fs::read_to_string(&file).unwrap();
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(!first.contains("taken:"));
    let refused = run(&lab, &to).finish().exits(6);
    assert!(refused.err().contains("--force"), "{}", refused.shown());
    run(&lab, &to).and(&["--force"]).finish().exits(0);
    assert_eq!(fs::read_to_string(&file).unwrap(), first);
    let as_json = ["export", "--to", "policy.json", "-o", "json"];
    run(&lab, &as_json).finish().exits(0);
    let json: Value =
        serde_json::from_slice(&fs::read(lab.home().join("policy.json")).unwrap()).unwrap();
    assert_eq!(json["users"], parsed(&first)["users"]);
    run(&lab, &["export", "--to", "no/policy.yaml"]).finish().exits(5);
}

#[test]
fn what_may_not_be_read_is_said_and_is_not_nothing() {
    let lab = Lab::new();
    let key = lab.credential(CredentialKind::ApiKey, "GROUP_READ_ONLY");
    let run = |args: [&str; 2]| lab.with_key(&key, args);
    let seen = run(["policy", "export"]).finish().exits(0);
    let policy = parsed(&seen.out());
    let unseen = policy["unseen"].as_array().expect("something is unseen");
    for one in unseen {
        let what = one["what"].as_str().unwrap();
        assert!(seen.err().contains(&format!("not seen: {what}")), "{}", seen.shown());
    }
    // A list is there, or said to be unseen.
    for kind in spctl::policy::KINDS {
        let is_unseen = unseen.iter().any(|one| one["what"] == kind.plural);
        assert_eq!(policy[kind.key].is_null(), is_unseen, "{}", kind.key);
    }
    // Whoever may see more finds no difference in what that is.
    let text = seen.out();
    super::policy::run(&lab, &["diff", "-"]).stdin(&text).finish().exits(0);
}

#[test]
fn an_export_differs_from_its_project_in_nothing() {
    let lab = Lab::new();
    let text = exported(&lab);
    let same = run(&lab, &["diff", "-"]).stdin(&text).finish().exits(0);
    assert_eq!(same.out(), "");
    assert!(same.err().contains("the policies are the same"), "{}", same.shown());
    // The same of a project that has been worked in, and of a snapshot of another time.
    for line in [
        "users create a:#c --role streamViewer --instance orders --generate-password --yes",
        "users create no --role readAnyDatabase --generate-password --yes",
        "roles create x --action startStreamProcessor --action FIND@shop.orders --yes",
        "access-lists add 2001:db8::/48 --comment 1e3:~ --yes",
        "connections create hook --instance orders --url https://u:hunter2@hook.example/in \
         --header X-Token-Kind=none --yes",
    ] {
        lab.typed(line).finish().exits(0);
    }
    let later = exported(&lab);
    assert!(!later.contains("hunter2"));
    run(&lab, &["diff", "-"]).stdin(&later).finish().exits(0);
    assert_eq!(
        exported(&lab).lines().skip(5).collect::<Vec<_>>(),
        later.lines().skip(5).collect::<Vec<_>>()
    );
    fs::write(lab.home().join("before.yaml"), &text).unwrap();
    fs::write(lab.home().join("after.yaml"), &later).unwrap();
    lab.exchanges();
    let both = ["diff", "after.yaml", "--snapshot", "before.yaml", "-o", "json"];
    let differs = run(&lab, &both).finish().exits(3);
    let rows = differs.json();
    let rows = rows.as_array().unwrap();
    let (access, objects): (Vec<&Value>, Vec<&Value>) =
        rows.iter().partition(|row| row["kind"] == "access");
    assert!(objects.iter().all(|row| row["change"] == "added"), "{rows:#?}");
    assert!(access.iter().all(|row| row["change"] == "gains"), "{rows:#?}");
    let mut added: Vec<&str> = objects.iter().map(|row| row["name"].as_str().unwrap()).collect();
    added.sort_unstable();
    assert_eq!(added, ["2001:db8:0:0:0:0:0:0/48", "a:#c@admin", "no@admin", "orders/hook", "x"]);
    assert_eq!(lab.requests().len(), 0, "two files need no project");
}

#[test]
fn a_difference_is_shown_by_object_and_key() {
    let lab = Lab::new();
    let mut policy = parsed(&exported(&lab));
    let users = policy["users"].as_array_mut().unwrap();
    let alice = users.iter_mut().find(|user| user["username"] == "alice").unwrap();
    alice["scopes"] = json!([{"name": "orders", "type": "STREAM"}]);
    alice["description"] = "on call".into();
    users.retain(|user| user["username"] != "bob");
    policy["instances"][0]["connections"][4]["dbRoleToExecute"] =
        json!({"role": "atlasAdmin", "type": "BUILT_IN"});
    policy.as_object_mut().unwrap().remove("members");
    let differs =
        run(&lab, &["diff", "-", "-o", "csv"]).stdin(&policy.to_string()).finish().exits(3);
    for line in [
        "changed,database user,alice@admin,description,runs the order pipelines,on call",
        "changed,database user,alice@admin,scopes,,\"{\"\"name\"\":\"\"orders\"\",\"\"type\"\":\"\"STREAM\"\"}\"",
        "removed,database user,bob@admin,,(there),",
        "changed,connection,orders/shop,dbRoleToExecute.role,ordersWriter,atlasAdmin",
        "changed,connection,orders/shop,dbRoleToExecute.type,CUSTOM,BUILT_IN",
    ] {
        assert!(differs.out().lines().any(|shown| shown == line), "{line}\n{}", differs.shown());
    }
    let of = |change: &str, name: &str| {
        let start = format!("{change},access,{name},");
        differs.out().lines().any(|line| line.starts_with(&start))
    };
    assert!(of("loses", "alice@admin") && of("loses", "bob@admin") && of("gains", "orders/shop"));
    assert!(!of("gains", "alice@admin") && !of("gains", "bob@admin"));
    assert!(
        differs.err().contains("not compared, since only one side has them: members"),
        "{}",
        differs.shown()
    );
    let summary = "0 objects added, 1 removed, 2 changed; 1 gains access";
    assert!(differs.err().contains(summary), "{}", differs.shown());
    let rows =
        run(&lab, &["diff", "-", "-o", "json"]).stdin(&policy.to_string()).finish().exits(3).json();
    let gone = rows.as_array().unwrap().iter().find(|row| row["change"] == "removed").unwrap();
    assert_eq!((&gone["name"], &gone["after"]), (&json!("bob@admin"), &Value::Null));
    assert_eq!(gone["before"]["roles"][0]["roleName"], "streamDeveloper");
}

/// What stands in addresses, in Kafka's settings and in pipelines, whatever its name.
#[test]
fn no_secret_is_exported_and_what_is_exported_is_read() {
    let lab = Lab::new();
    let hook = "connections create hook --instance orders --yes \
                --url https://u:hunter2@hook.example/in?api_key=hunter3&code=hunter4&version=2";
    lab.typed(hook).finish().exits(0);
    let pipeline = serde_json::json!([
        {"$source": {"connectionName": "sample_stream_solar"}},
        {"$https": {
            "connectionName": "hook",
            "config": {"headers": {"X-Kind": "hunter5"}},
            "parameters": {"token": "hunter6", "page": "1"},
        }},
        {"$project": {"token": 0}},
        {"$emit": {"connectionName": "hook"}},
    ]);
    let create = "processors create caller --instance orders --pipeline - --yes";
    let made = lab.typed(create).stdin(&pipeline.to_string()).finish();
    assert_eq!(made.code, Some(0), "{}", made.shown());
    let text = exported(&lab);
    assert!(!text.contains("hunter"), "{text}");
    for kept in ["version=2", "processors/orders/caller/pipeline/1/$https/parameters/token"] {
        assert!(text.contains(kept), "{kept}\n{text}");
    }
    run(&lab, &["validate", "-"]).stdin(&text).finish().exits(0);
    let same = run(&lab, &["diff", "-"]).stdin(&text).finish().exits(0);
    assert_eq!(same.out(), "", "{}", same.shown());
}

#[test]
fn wrong_files_are_refused_with_their_place() {
    let lab = Lab::new();
    let good = exported(&lab);
    let open = good.replacen("  scopes: []\n", "", 1);
    assert_ne!(open, good);
    let refused = run(&lab, &["validate", "-"]).stdin(&open).finish().exits(1);
    assert!(refused.shown().contains("scopes is missing"), "{}", refused.shown());
    let typo = good.replacen("  roles:", "  rolse:", 1);
    for (text, why) in [
        (typo.as_str(), "users[0].rolse: rolse is not known here"),
        ("a: 1", "it has no spctlPolicy"),
        ("a: [1\nb: 2", ":2:2: neither JSON nor YAML"),
        ("spctlPolicy: 9", "format 9 is not known"),
    ] {
        for args in [["diff", "-"], ["export", "--snapshot=-"]] {
            let refused = run(&lab, &args).stdin(text).finish().exits(2);
            assert!(refused.err().contains(why), "{}", refused.shown());
        }
        let listed = run(&lab, &["validate", "-"]).stdin(text).finish().exits(1);
        assert!(listed.err().contains("1 error"), "{}", listed.shown());
    }
    for blank in ["", " \n"] {
        run(&lab, &["validate", "-"]).stdin(blank).finish().exits(2);
    }
    run(&lab, &["validate", "missing.yaml"]).finish().exits(2);
    run(&lab, &["diff", "-", "--snapshot", "-"]).stdin(&good).finish().exits(2);
}

#[test]
fn files_are_validated_each_and_every_fault_is_listed() {
    let lab = Lab::new();
    let good = exported(&lab);
    let wrong = good.replacen("roleName: streamOperator", "roleName: streamOperatr", 1).replacen(
        "role: ordersWriter",
        "role: ordersWritr",
        1,
    );
    fs::write(lab.home().join("good.yaml"), &good).unwrap();
    fs::write(lab.home().join("wrong.yaml"), &wrong).unwrap();
    lab.exchanges();
    let fine = run(&lab, &["validate", "good.yaml"]).finish().exits(0);
    assert!(fine.out().contains("there is no cluster legacy-orders"), "{}", fine.shown());
    let both = ["validate", "good.yaml", "wrong.yaml", "-o", "json"];
    let rows = run(&lab, &both).finish().exits(1).json();
    let errors: Vec<&Value> =
        rows.as_array().unwrap().iter().filter(|row| row["level"] == "error").collect();
    assert_eq!(errors.len(), 2, "{rows:#}");
    for row in errors {
        assert_eq!(row["file"], "wrong.yaml");
        let line = usize::try_from(row["line"].as_u64().unwrap()).unwrap();
        let text = wrong.lines().nth(line - 1).unwrap();
        assert!(text.contains("Operatr") || text.contains("Writr"), "{line}: {text}");
        assert!(row["hint"].as_str().unwrap().starts_with("did you mean"), "{row}");
    }
    assert_eq!(lab.requests().len(), 0, "a file is checked by itself");
}

#[test]
fn the_published_schema_describes_an_export() {
    let kept = include_str!("../../docs/policy.schema.json");
    assert_eq!(kept, spctl::commands::generate::schema(), "stale: run  cargo run -- generate .");
    let schema: Value = serde_json::from_str(kept).unwrap();
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let policy = parsed(&exported(&Lab::new()));
    let errors: Vec<String> =
        validator.iter_errors(&policy).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    for (pointer, value) in [
        ("/users/0/roles", json!({})),
        ("/users/0/username", Value::Null),
        ("/spctlPolicy", json!(2)),
        ("/usres", json!([])),
        ("/instances/0/connections/1/authentication/password", json!("hunter2")),
    ] {
        let mut wrong = policy.clone();
        match wrong.pointer_mut(pointer) {
            Some(place) => *place = value,
            None => wrong[&pointer[1..]] = value,
        }
        assert!(!validator.is_valid(&wrong), "{pointer}");
        assert!(
            spctl::policy::check(&wrong)
                .iter()
                .any(|fault| fault.level == spctl::policy::Level::Error),
            "{pointer}"
        );
    }
}
