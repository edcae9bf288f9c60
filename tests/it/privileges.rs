//! `spctl privileges`: who may do what on the sample project, live and from a policy file.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::run::Run;
use crate::support::Lab;

fn asks(lab: &Lab, line: &str) -> Run {
    let words: Vec<&str> = line.split(' ').collect();
    lab.spctl(["privileges"]).and(&words)
}

/// The rows of an answer, each with these fields.
fn rows(lab: &Lab, line: &str) -> Vec<Value> {
    let rows = asks(lab, line).and(&["-o", "json"]).finish().exits(0).json();
    rows.as_array().expect("an array").clone()
}

fn names(rows: &[Value], instance: &str) -> Vec<String> {
    let here = rows.iter().filter(|row| row["instance"] == instance);
    here.map(|row| row["name"].as_str().expect("a name").to_owned()).collect()
}

fn exported(lab: &Lab, file: &str) {
    let line = ["policy", "export", "--to", file];
    lab.spctl([]).and(&line).finish().exits(0);
}

#[test]
fn everybody_who_may_start_is_listed_with_the_way() {
    let lab = Lab::new();
    assert_snapshot!("who_can", asks(&lab, "who-can start -o table").shown());
    let all = rows(&lab, "who-can startStreamProcessor");
    assert_eq!(
        names(&all, "payments"),
        [
            "alice",
            "bob",
            "dave",
            "svc-payments",
            "dana@example.com",
            "olivia@example.com",
            "pat@example.com",
            "sam@example.com"
        ]
    );
    let keys: Vec<&str> = all[0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["kind", "name", "database", "action", "instance", "scope", "chain"]);
    let of = |name: &str, instance: &str| {
        all.iter().find(|row| row["name"] == name && row["instance"] == instance).expect("a row")
    };
    assert_eq!(
        *of("bob", "payments"),
        json!({
            "kind": "database_user", "name": "bob", "database": "admin",
            "action": "startStreamProcessor", "instance": "payments",
            "scope": "instance payments",
            "chain": [
                {"role": "streamDeveloper", "database": "admin", "via": "granted"},
                {"role": "streamOperator", "database": "admin", "via": "inherited"},
            ],
        })
    );
    assert_eq!(
        of("dana@example.com", "orders")["chain"],
        json!([
            {"role": "GROUP_DATABASE_ACCESS_ADMIN", "database": null, "via": "project"},
            {"role": "GROUP_DATABASE_ACCESS_ADMIN", "database": null, "via": "createGroupDatabaseUser"},
            {"role": "readWriteAnyDatabase", "database": "admin", "via": "obtained"},
        ])
    );
    assert_eq!(of("olivia@example.com", "orders")["scope"], "organization");
    // Whatever the spelling.
    assert_eq!(rows(&lab, "who-can START_STREAM_PROCESSOR"), all);
    assert_eq!(rows(&lab, "who-can start"), all);
}

#[test]
fn who_can_is_narrowed_by_instance_action_and_kind() {
    let lab = Lab::new();
    let here = rows(&lab, "who-can start --instance orders --and drop --kind database-user");
    let who: Vec<_> =
        here.iter().map(|row| (row["name"].as_str(), row["action"].as_str())).collect();
    let both = |name| {
        [(Some(name), Some("startStreamProcessor")), (Some(name), Some("dropStreamProcessor"))]
    };
    let deployer = "arn:aws:iam::111122223333:role/orders-deployer";
    assert_eq!(who, [both(deployer), both("dave")].concat());
    let quiet = asks(&lab, "who-can get --kind database-user,person -q").finish().exits(0).out();
    // Two users share the name, and are told apart for the next command; each stands once.
    assert!(quiet.contains("carol@admin\n") && quiet.contains("carol@$external\n"), "{quiet}");
    assert_eq!(quiet.matches("alice\n").count(), 1);
    assert_snapshot!("who_can_wrong_action", asks(&lab, "who-can strat").shown());
    assert_snapshot!(
        "who_can_wrong_instance",
        asks(&lab, "who-can start --instance order").shown()
    );
}

#[test]
fn a_role_that_is_not_there_makes_it_unclear() {
    let lab = Lab::new();
    exported(&lab, "policy.yaml");
    let policy = std::fs::read_to_string(lab.file("policy.yaml")).unwrap();
    // The policy of somebody who may not see custom roles.
    let start = policy.find("\nroles:").expect("roles");
    let end = start + policy[start..].find("\ninstances:").expect("instances");
    std::fs::write(lab.file("blind.yaml"), format!("{}{}", &policy[..start], &policy[end..]))
        .unwrap();
    let run = asks(&lab, "who-can start --instance orders --snapshot blind.yaml -o json");
    let run = run.finish().exits(0);
    let rows = run.json();
    let rows = rows.as_array().unwrap();
    let frank = rows.iter().find(|row| row["name"] == "frank").expect("frank");
    let via = frank["chain"][0]["via"].as_str().unwrap();
    assert!(via.starts_with("unclear: "), "{via}");
    assert!(run.err().contains("custom roles"), "{}", run.err());
    let can = asks(&lab, "can frank start --instance orders --snapshot blind.yaml").finish();
    assert!(can.exits(3).out().starts_with("might: frank "));
}

#[test]
fn nobody_is_said_only_where_everybody_can_be_seen() {
    let lab = Lab::new();
    let keys = asks(&lab, "who-can start --kind api-key -o table").finish().exits(0);
    assert!(
        keys.shown().contains("nobody who can be seen may startStreamProcessor"),
        "{}",
        keys.shown()
    );
    exported(&lab, "policy.yaml");
    let policy = std::fs::read_to_string(lab.file("policy.yaml")).unwrap();
    // A policy without instances: scopes name some, and who has none may act on any.
    let start = policy.find("\ninstances:").expect("instances");
    let end = policy[start + 1..].find("\nmembers:").or(policy[start + 1..].find("\naccessList:"));
    let end = end.map_or(policy.len(), |end| start + 1 + end);
    std::fs::write(lab.file("some.yaml"), format!("{}{}", &policy[..start], &policy[end..]))
        .unwrap();
    let some = rows(&lab, "who-can start --snapshot some.yaml");
    assert!(names(&some, "payments").contains(&"bob".to_owned()), "{some:?}");
    assert!(some.iter().any(|row| row["name"] == "dave"), "{some:?}");
    // Somebody whose role this program does not know.
    let odd = policy.replace("GROUP_STREAM_PROCESSING_OWNER", "GROUP_FUTURE_ROLE");
    assert_ne!(odd, policy);
    std::fs::write(lab.file("odd.yaml"), odd).unwrap();
    let run = asks(&lab, "who-can start --snapshot odd.yaml").finish().exits(0);
    assert!(
        run.err().contains("the role is not known here: sam@example.com holds GROUP_FUTURE_ROLE"),
        "{}",
        run.err()
    );
}

#[test]
fn a_snapshot_answers_as_the_project_does() {
    let lab = Lab::new();
    exported(&lab, "policy.yaml");
    lab.requests();
    for line in [
        "who-can start",
        "who-can drop --and create",
        "of alice frank",
        "matrix",
        "paths",
        "paths --from frank",
        "paths --to cluster:payments-ledger",
        "of carol@admin",
    ] {
        let live = asks(&lab, line).and(&["-o", "json"]).finish().exits(0);
        lab.requests();
        let read = asks(&lab, line).and(&["-o", "json", "--snapshot", "policy.yaml"]).finish();
        assert_eq!(live.json(), read.exits(0).json(), "{line}");
        assert!(lab.requests().is_empty(), "{line}");
    }
}

#[test]
fn can_answers_with_a_line_and_an_exit_code() {
    let lab = Lab::new();
    for (line, code, wanted) in [
        (
            "alice start --instance orders",
            0,
            "yes: alice startStreamProcessor on orders: streamOperator@admin\n",
        ),
        (
            "bob start --instance orders",
            3,
            "no: bob startStreamProcessor on orders: its scopes do not name it\n",
        ),
        (
            "alice drop --workspace orders",
            3,
            "no: alice dropStreamProcessor on orders: none of its roles allows it\n",
        ),
        (
            "bob STOP_STREAM_PROCESSOR --instance payments",
            0,
            "yes: bob stopStreamProcessor on payments: streamDeveloper@admin -> streamOperator@admin\n",
        ),
    ] {
        assert_eq!(asks(&lab, &format!("can {line}")).finish().exits(code).out(), wanted);
    }
    let json = asks(&lab, "can bob start --instance orders -o json").finish().exits(3).json();
    assert_eq!((&json["allowed"], &json["ways"]), (&json!("no"), &json!([])));
    asks(&lab, "can nobody start --instance orders").finish().exits(5);
    asks(&lab, "can carol start --instance orders").finish().exits(2);
    asks(&lab, "can alice fly --instance orders").finish().exits(2);
}

#[test]
fn of_tells_every_action_on_every_instance() {
    let lab = Lab::new();
    assert_snapshot!("of_frank", asks(&lab, "of frank").shown());
    let one = asks(&lab, "explain alice -o json").finish().exits(0).json();
    assert_eq!(one["actions"].as_array().unwrap().len(), 33);
    assert_eq!(one["unrestricted"], true);
    assert_eq!(one["clusters"], json!(["payments-ledger", "sensor-archive", "shop-main"]));
    let piped = lab.spctl(["privileges", "of", "-", "-o", "csv"]).stdin("frank\nbob\n");
    let csv = piped.finish().exits(0).out();
    assert_eq!(csv.lines().count(), 67);
    assert!(
        csv.contains("bob,payments,createStreamProcessor,yes,streamDeveloper@admin\n"),
        "{csv}"
    );
    let some = asks(&lab, "of alice nobody -o json").finish().exits(5);
    assert_eq!(some.json()[0]["user"], "alice");
}

#[test]
fn a_user_who_has_expired_may_nothing() {
    let lab = Lab::new();
    exported(&lab, "policy.yaml");
    let policy = std::fs::read_to_string(lab.file("policy.yaml")).unwrap();
    let taken = policy.lines().find_map(|line| line.strip_prefix("taken: ")).expect("taken");
    let expired = policy.replacen(
        "username: alice\n",
        &format!("username: alice\n  deleteAfterDate: {taken}\n"),
        1,
    );
    assert_ne!(policy, expired);
    std::fs::write(lab.file("expired.yaml"), expired).unwrap();
    let run = asks(&lab, "can alice start --instance orders --snapshot expired.yaml").finish();
    let out = run.exits(3).out();
    assert!(out.contains("it expired on "), "{out}");
    let rows = rows(&lab, "who-can start --snapshot expired.yaml");
    assert!(names(&rows, "orders").iter().all(|name| name != "alice"));
    assert!(self::rows(&lab, "paths --from alice --snapshot expired.yaml").is_empty());
}

#[test]
fn the_matrix_fits_a_terminal_and_is_whole_elsewhere() {
    let lab = Lab::new();
    let table = asks(&lab, "matrix -o table").env("COLUMNS", "80").finish().exits(0);
    assert!(table.out().lines().all(|line| line.chars().count() <= 80), "{}", table.out());
    assert_snapshot!("matrix_one", asks(&lab, "matrix --instance orders -o table").shown());
    let all = rows(&lab, "matrix");
    assert_eq!(all.len(), 33);
    let frank = |row: &&Value| row["user"] == "frank" && row["instance"] == "orders";
    let frank = all.iter().find(frank).expect("frank");
    assert_eq!(frank["actions"]["startStreamProcessor"], "yes");
    assert_eq!(frank["actions"]["dropStreamProcessor"], "no");
    let csv = asks(&lab, "matrix -o csv --instance telemetry").finish().exits(0).out();
    assert!(
        csv.starts_with("instance,user,processStreamProcessor,createStreamProcessor,"),
        "{csv}"
    );
    assert_eq!(csv.lines().count(), 12);
}

#[test]
fn pages_need_nothing_else_and_hold_outside_text_as_text() {
    let lab = Lab::new();
    let create = [
        "users",
        "create",
        "<b>&\"eve",
        "--role",
        "streamDeveloper",
        "--x509",
        "CUSTOMER",
        "--yes",
    ];
    lab.spctl([]).and(&create).finish();
    for verb in ["matrix", "paths"] {
        let file = format!("{verb}.html");
        let run = asks(&lab, &format!("{verb} --html {file}")).finish().exits(0);
        assert_eq!(run.out(), "");
        let page = std::fs::read_to_string(lab.file(&file)).unwrap();
        assert!(page.starts_with("<!DOCTYPE html>") && page.trim_end().ends_with("</html>"));
        for outside in ["http://", "https://", "<script", "<link", "<b>", "url(http"] {
            assert!(!page.contains(outside), "{verb}: {outside}");
        }
        for wanted in ["prefers-color-scheme: dark", "@media print", "color-scheme", "svc-payments"]
        {
            assert!(page.contains(wanted), "{verb}: {wanted}");
        }
        asks(&lab, &format!("{verb} --html {file}")).finish().exits(6);
        asks(&lab, &format!("{verb} --html {file} --force")).finish().exits(0);
    }
}

#[test]
fn paths_tell_where_a_pipeline_gives_more() {
    let lab = Lab::new();
    assert_snapshot!("paths_from", asks(&lab, "paths --from alice -o csv").shown());
    let to = rows(&lab, "paths --to cluster:shop-main");
    assert!(to.iter().all(|row| row["cluster"] == "shop-main"));
    let more: Vec<_> = to.iter().map(|row| (row["user"].as_str(), row["more"].as_str())).collect();
    assert!(
        more.contains(&(Some("alice"), Some("no"))) && more.contains(&(Some("frank"), Some("yes")))
    );
    let only = rows(&lab, "paths --more --to cluster:shop-main");
    assert!(only.iter().all(|row| row["more"] == "yes") && only.len() < to.len());
    let dot = asks(&lab, "paths --from frank --dot").finish().exits(0).out();
    assert_snapshot!("paths_dot", dot);
    asks(&lab, "paths --to shop-main").finish().exits(2);
    asks(&lab, "paths --to cluster:shop-mian").finish().exits(5);
    // Of another project: nothing that a user here holds reaches there.
    let line = "connections create far --instance orders --cluster staging-main --cluster-project \
                shop-staging --execute-as readAnyDatabase --built-in --yes";
    let words: Vec<&str> = line.split_whitespace().collect();
    lab.spctl([]).and(&words).finish().exits(0);
    let far = rows(&lab, "paths --to cluster:staging-main --from dave");
    assert_eq!(far[0]["why"], "a cluster of another project");
    assert!(far[0]["project"].is_string());
}

#[test]
fn who_could_is_known_when_a_policy_was_taken() {
    let lab = Lab::new();
    std::fs::create_dir(lab.file("policies")).unwrap();
    exported(&lab, "policies/one.yaml");
    let policy = std::fs::read_to_string(lab.file("policies/one.yaml")).unwrap();
    let taken = policy.lines().find_map(|line| line.strip_prefix("taken: ")).expect("taken");
    let written = format!("taken: {taken}\n");
    let taken: jiff::Timestamp = taken.trim_matches(['"', '\'']).parse().unwrap();
    let later = taken.checked_add(jiff::SignedDuration::from_hours(48)).unwrap();
    let end = taken.checked_add(jiff::SignedDuration::from_hours(72)).unwrap();
    let second = policy
        .replacen(&written, &format!("taken: {later}\n"), 1)
        .replace("username: frank", "username: frances");
    assert_ne!(policy, second);
    std::fs::write(lab.file("policies/two.yaml"), second).unwrap();
    lab.requests();
    let line = format!(
        "who-can start --instance orders --between {taken} {end} --snapshots policies -o json"
    );
    let run = asks(&lab, &line).finish().exits(0);
    assert!(lab.requests().is_empty());
    let rows = run.json();
    let periods = |name: &str| {
        let row = rows.as_array().unwrap().iter().find(|row| row["name"] == name).expect("a row");
        let parts = row["periods"].as_array().unwrap().iter();
        parts.map(|part| part["could"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(periods("alice"), ["yes", "unknown", "yes", "unknown"]);
    assert_eq!(periods("frank"), ["yes", "unknown", "no", "unknown"]);
    assert_eq!(periods("frances"), ["no", "unknown", "yes", "unknown"]);
    assert!(run.err().contains("unknown: "), "{}", run.err());
    let line = "who-can start --between 2001-01-01 2001-02-01 --snapshots policies";
    asks(&lab, line).finish().exits(5);
    let line =
        format!("who-can start --instance ordesr --between {taken} {end} --snapshots policies");
    asks(&lab, &line).finish().exits(5);
    let line = "who-can start --between 2001-02-01 2001-01-01 --snapshots policies";
    asks(&lab, line).finish().exits(2);
}
