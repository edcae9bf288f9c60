//! `spctl users`: what is shown, what is sent, and what is refused.

use insta::assert_snapshot;

use crate::support::Lab;

#[test]
fn lists_and_shows() {
    let lab = Lab::new();
    assert_snapshot!("users_list", lab.spctl(["users", "list"]).shown());
    assert_snapshot!("users_get_frank", lab.spctl(["users", "get", "frank"]).shown());
    let names = lab.spctl(["users", "list", "-q"]).finish().exits(0).out();
    assert_eq!(names.lines().filter(|n| n.starts_with("carol@")).count(), 2, "{names}");
    let rows = lab.spctl(["users", "list", "-o", "json"]).finish().exits(0).json();
    assert_eq!(rows.as_array().map(Vec::len), Some(names.lines().count()));
    let first = lab.spctl(["users", "list", "--jq", ".[0].username"]).finish().exits(0).out();
    assert_eq!(first.trim().trim_matches('"'), "alice");
}

#[test]
fn restricting_shows_the_loss_and_sends_only_scopes() {
    let lab = Lab::new();
    let run = || lab.spctl(["users", "restrict", "alice", "--instance", "orders", "--yes"]);
    assert_snapshot!("users_restrict", run().shown());
    let sent: Vec<_> =
        lab.exchanges().into_iter().filter(|exchange| exchange.method != "GET").collect();
    let [patch] = &sent[..] else { panic!("one change, not {}", sent.len()) };
    let body: serde_json::Value = serde_json::from_slice(&patch.request_body).unwrap();
    assert_eq!(body, serde_json::json!({ "scopes": [{ "name": "orders", "type": "STREAM" }] }));

    run().finish().exits(0);
    assert!(lab.requests().iter().all(|r| r.starts_with("GET ")), "unchanged sends nothing");
}

#[test]
fn a_dry_run_sends_only_reads() {
    let lab = Lab::new();
    let run = lab.spctl(["users", "restrict", "alice", "--instance", "orders", "--dry-run"]);
    assert_snapshot!("users_restrict_dry_run", run.shown());
    let requests = lab.requests();
    assert!(!requests.is_empty() && requests.iter().all(|r| r.starts_with("GET ")));
}

#[test]
fn keeping_clusters_keeps_those_within_reach() {
    let lab = Lab::new();
    let args = ["users", "restrict", "alice", "--instance", "orders", "--keep-clusters", "--yes"];
    lab.spctl(args).finish().exits(0);
    let user = lab.spctl(["users", "get", "alice", "-o", "json"]).finish().exits(0).out();
    for name in ["orders", "shop-main", "payments-ledger", "sensor-archive", "lakehouse"] {
        assert!(user.contains(name), "{name} is missing in {user}");
    }
}

#[test]
fn restricting_refuses_what_would_widen_or_does_not_exist() {
    let lab = Lab::new();
    let refused = [
        (2, lab.spctl(["users", "restrict", "bob", "--instance", "orders", "--yes"])),
        (2, lab.spctl(["users", "restrict", "bob", "--remove", "payments", "--yes"])),
        (2, lab.spctl(["users", "restrict", "alice", "--instance", "orders"])),
        (2, lab.spctl(["users", "restrict", "carol", "--instance", "orders", "--yes"])),
        (2, lab.spctl(["users", "restrict", "-", "--instance", "orders", "--yes"])),
        (5, lab.spctl(["users", "restrict", "nobody", "--instance", "orders", "--yes"])),
        (5, lab.spctl(["users", "restrict", "alice", "--instance", "shop-main", "--yes"])),
        (5, lab.spctl(["users", "restrict", "alice", "--instance", "later", "--yes"])),
    ];
    let mut shown = String::new();
    for (code, run) in refused {
        let finished = run.finish().exits(code);
        assert!(finished.stdout.is_empty(), "{}", finished.shown());
        shown.push_str(&finished.shown());
    }
    assert_snapshot!("users_restrict_refused", shown);
    assert!(lab.requests().iter().all(|r| r.starts_with("GET ")));
}

#[test]
fn a_mistyped_instance_is_not_taken_for_a_removed_one() {
    let lab = Lab::new();
    let restrict =
        |name: &str| lab.spctl(["users", "restrict", "erin", "--remove", name, "--yes"]).finish();
    let typo = restrict("telemetri").exits(5);
    assert!(typo.err().contains("did you mean telemetry?"), "{}", typo.shown());
    let gone = restrict("payments").exits(0);
    assert!(gone.err().contains("unchanged"), "{}", gone.shown());
    let list = lab.spctl(["users", "list", "--instance", "paymnets", "-q"]).finish().exits(5);
    assert!(list.err().contains("there is no instance \"paymnets\""), "{}", list.shown());
}

#[test]
fn several_names_always_give_a_list() {
    let lab = Lab::new();
    let get = ["users", "get", "-", "-o", "json"];
    assert!(lab.spctl(get).stdin("bob\n").finish().exits(0).json().is_array());
    let two = lab.spctl(["users", "get", "bob", "nobody", "-o", "json"]).finish().exits(5);
    assert!(two.json().is_array(), "{}", two.shown());
    assert!(lab.spctl(["users", "get", "bob", "-o", "json"]).finish().exits(0).json().is_object());
    let one = lab.spctl(["instances", "get", "-", "--jq", ".[] | .name"]).stdin("orders\n");
    assert_eq!(one.finish().exits(0).out(), "orders\n");
}

#[test]
fn a_batch_from_stdin_does_what_it_can() {
    let lab = Lab::new();
    let args = ["users", "restrict", "-", "--instance", "orders", "--yes"];
    let finished = lab.spctl(args).stdin("alice\nnobody\ndave\n").finish().exits(5);
    assert!(finished.err().contains("nobody"), "{}", finished.shown());
    for name in ["alice", "dave"] {
        let user = lab.spctl(["users", "get", name, "-o", "json"]).finish().exits(0).out();
        assert!(user.contains("STREAM"), "{name}: {user}");
    }
}

#[test]
fn a_user_is_created_and_deleted() {
    let lab = Lab::new();
    let args = [
        "users",
        "create",
        "zoe",
        "--role",
        "streamViewer",
        "--instance",
        "orders",
        "--generate-password",
        "--yes",
    ];
    let created = lab.spctl(args).finish().exits(0);
    let password = created.out();
    let password = password.trim();
    assert!(password.len() >= 8 && !created.err().contains(password), "{}", created.shown());
    lab.spctl(["users", "grant", "zoe", "--role", "streamOperator", "--yes"]).finish().exits(0);
    lab.spctl(["users", "revoke", "zoe", "--role", "streamViewer", "--yes"]).finish().exits(0);
    assert_snapshot!("users_get_zoe", lab.spctl(["users", "get", "zoe"]).shown());
    lab.spctl(["users", "delete", "zoe"]).finish().exits(2);
    lab.spctl(["users", "delete", "zoe", "--yes"]).finish().exits(0);
    lab.spctl(["users", "get", "zoe"]).finish().exits(5);
}
