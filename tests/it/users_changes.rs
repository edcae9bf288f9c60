//! `spctl users`: what is created, what a change sends, and what is refused.

use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::run::{Finished, Run};
use crate::support::Lab;

/// A run with more arguments.
fn with(mut run: Run, args: &[&str]) -> Run {
    run.args.extend(args.iter().map(|arg| (*arg).to_owned()));
    run
}

/// The bodies that were sent since the last call.
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
    let run = lab.spctl(["users", "create", name, "--role", "streamViewer", "--yes"]);
    with(run, args)
}

#[test]
fn a_password_comes_from_anywhere_but_the_command_line() {
    let lab = Lab::new();
    let args = ["--password-env", "NEW_PASSWORD", "--instance", "orders"];
    create(&lab, "u1", &args).env("NEW_PASSWORD", "from the env").finish().exits(0);
    create(&lab, "u2", &["--password-stdin"]).stdin("from stdin!\nmore\n").finish().exits(0);
    let file = ["--generate-password", "--password-file", "u3.secret"];
    let finished = create(&lab, "u3", &file).finish().exits(0);
    assert!(finished.stdout.is_empty(), "{}", finished.shown());
    let path = lab.file("u3.secret");
    let made = std::fs::read_to_string(&path).unwrap();
    assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
    let bodies = sent(&lab);
    let passwords: Vec<_> = bodies.iter().map(|b| b["password"].as_str().unwrap()).collect();
    assert_eq!(passwords, ["from the env", "from stdin!", made.trim()]);
    assert_eq!(bodies[0]["scopes"], json!([{ "name": "orders", "type": "STREAM" }]));

    create(&lab, "u4", &["--password-env", "UNSET"]).finish().exits(2);
    create(&lab, "u4", &["--password-stdin"]).stdin("short\n").finish().exits(2);
    create(&lab, "u4", &[]).finish().exits(2);
    create(&lab, "u4", &file).finish().exits(6);
    create(&lab, "u4", &[&file[..], &["--dry-run"]].concat()).finish().exits(6);
    // A password amid data would break anything that reads the data.
    let amid = create(&lab, "u4", &["--generate-password", "-o", "json"]).finish().exits(2);
    assert!(amid.err().contains("--password-file"), "{}", amid.shown());
    create(&lab, "u4", &["--password", "on the command line"]).finish().exits(2);
    only_reads(&lab);
}

#[test]
fn users_without_a_password_authenticate_elsewhere() {
    let lab = Lab::new();
    let arn = "arn:aws:iam::111122223333:user/ci";
    let kinds = [
        ("CN=ci,O=example", ["--x509", "customer"], "x509Type", "CUSTOMER", "$external"),
        (arn, ["--iam", "user"], "awsIAMType", "USER", "$external"),
        ("0123456789abcdef01234567/ci", ["--oidc", "user"], "oidcAuthType", "USER", "$external"),
        ("0123456789abcdef01234567/ops", ["--oidc", "group"], "oidcAuthType", "IDP_GROUP", "admin"),
        ("CN=ops,O=example", ["--ldap", "group"], "ldapAuthType", "GROUP", "$external"),
    ];
    for (name, args, field, value, database) in kinds {
        create(&lab, name, &args).finish().exits(0);
        let [body] = &sent(&lab)[..] else { panic!("one request for {name}") };
        assert_eq!(body[field], value, "{body}");
        assert_eq!(body["databaseName"], database, "{body}");
        assert!(body.get("password").is_none(), "{body}");
        let run = lab.spctl(["users", "get", name, "-o", "json"]);
        let got = run.finish().exits(0).out();
        assert!(got.contains(value), "{got}");
    }
    create(&lab, "CN=x", &["--x509", "customer", "--generate-password"]).finish().exits(2);
    create(&lab, "CN=x", &["--x509", "customer", "--iam", "user"]).finish().exits(2);
    only_reads(&lab);
}

#[test]
fn an_existing_user_is_not_created_again() {
    let lab = Lab::new();
    let finished = create(&lab, "alice", &["--generate-password"]).finish().exits(6);
    assert!(finished.stdout.is_empty(), "no password is shown: {}", finished.shown());
    assert!(finished.err().contains("alice@admin already exists"), "{}", finished.shown());
    create(&lab, "zoe", &["--generate-password", "--instance", "nothing"]).finish().exits(5);
    only_reads(&lab);
}

#[test]
fn an_expiry_is_readable_and_within_a_week() {
    let lab = Lab::new();
    for wrong in ["soon", "8", "-1h", "2020-01-01", "2026-02-30", "8d", "2099-01-01"] {
        let expires = format!("--expires={wrong}");
        let finished = create(&lab, "zoe", &["--generate-password", &expires]).finish();
        assert_eq!(finished.code, Some(2), "{}", finished.shown());
        assert!(finished.stdout.is_empty() && finished.err().contains("--expires"));
    }
    only_reads(&lab);
}

#[test]
fn an_update_changes_what_is_named_and_nothing_else() {
    let lab = Lab::new();
    let update = |args: &[&str]| with(lab.spctl(["users", "update", "alice", "--yes"]), args);
    update(&["--description", "on call"]).finish().exits(0);
    update(&["--label", "team=payments", "--label", "on=call"]).finish().exits(0);
    update(&["--remove-label", "team"]).finish().exits(0);
    update(&["--password-env", "P"]).env("P", "another one").finish().exits(0);
    let label = |key: &str, value: &str| json!({ "key": key, "value": value });
    let before = lab.spctl(["users", "get", "alice", "-o", "json"]).finish().exits(0).json();
    assert_eq!(
        sent(&lab),
        [
            json!({ "description": "on call" }),
            json!({ "labels": [label("team", "payments"), label("on", "call")] }),
            json!({ "labels": [label("on", "call")] }),
            json!({ "password": "another one" }),
        ]
    );
    assert!(before.to_string().contains("on call"), "{before}");
    let again = update(&["--description", "on call", "--label", "on=call"]).finish().exits(0);
    assert!(again.err().contains("unchanged"), "{}", again.shown());
    let twice = update(&["--label", "a=b", "--label", "a=c"]).finish().exits(2);
    assert!(twice.err().contains("both b and c"), "{}", twice.shown());
    update(&[]).finish().exits(2);
    lab.spctl(["users", "update", "nobody", "--description", "x", "--yes"]).finish().exits(5);
    only_reads(&lab);
}

#[test]
fn a_name_that_reads_as_another_is_shown_in_full() {
    let lab = Lab::new();
    let create = "users create x@admin --role read@shop --generate-password --yes";
    let created = lab.typed(create).finish().exits(0);
    assert!(created.err().contains("x@admin@admin"), "{}", created.shown());
    assert_eq!(created.out().lines().count(), 1, "the password: {}", created.shown());
    let refused = lab.typed(&create.replace("x@admin", "-")).finish().exits(2);
    assert!(refused.err().contains("stdin"), "{}", refused.shown());
}

#[test]
fn passwords_of_several_users_come_with_names() {
    let lab = Lab::new();
    let update = "users update bob nobody --generate-password --password-file p --yes";
    lab.typed(update).finish().exits(5);
    let kept = std::fs::read_to_string(lab.file("p")).unwrap();
    assert!(kept.starts_with("bob\t"), "{kept}");
}

#[test]
fn an_update_takes_several_users_and_stdin() {
    let lab = Lab::new();
    let update = |args: &[&str]| with(lab.spctl(["users", "update", "--yes"]), args);
    let given = update(&["alice", "bob", "--password-env", "P"]).env("P", "one for both");
    assert!(given.finish().exits(2).err().contains("--generate-password"));
    only_reads(&lab);
    let batch = ["-", "--label", "team=a", "--label", "team=a", "--failed", "failed"];
    let batch = update(&batch).stdin("alice\nnobody\nalice@admin\nbob\n").finish().exits(5);
    assert!(batch.err().contains("1 of 3 database users failed"), "{}", batch.shown());
    assert_eq!(std::fs::read_to_string(lab.file("failed")).unwrap(), "nobody\n");
    let labels = json!({ "labels": [{ "key": "team", "value": "a" }] });
    assert_eq!(sent(&lab), [labels.clone(), labels]);
    let made = update(&["alice", "bob", "--generate-password"]).finish().exits(0).out();
    let bodies = sent(&lab);
    for line in made.lines() {
        let (_, secret) = line.split_once('\t').expect("NAME<tab>PASSWORD");
        assert!(bodies.iter().any(|body| body["password"] == secret), "{made}");
    }
    assert_eq!((made.lines().count(), bodies.len()), (2, 2));
    let elsewhere = update(&["CN=gateway,OU=telemetry,O=ExampleShop", "--generate-password"]);
    let elsewhere = elsewhere.finish().exits(2);
    assert!(elsewhere.err().contains("without a password"), "{}", elsewhere.shown());
    only_reads(&lab);
}

#[test]
fn a_name_of_two_lines_never_passes_for_two_names() {
    let lab = Lab::new();
    for name in ["a\nalice", "a\tb", "\u{1b}[31mred", " "] {
        let refused = create(&lab, name, &["--generate-password"]).finish().exits(2);
        assert!(refused.err().contains("cannot be the name"), "{}", refused.shown());
    }
    only_reads(&lab);
    // Another tool may still have created one.
    let path = "groups/{project}/databaseUsers";
    let body = json!({
        "username": "eve\nalice", "databaseName": "admin", "groupId": lab.project(),
        "password": "long enough", "roles": [{ "roleName": "read", "databaseName": "shop" }],
    });
    std::fs::write(lab.file("eve.json"), body.to_string()).unwrap();
    lab.spctl(["api", "POST", path, "--input", "eve.json", "--yes"]).finish().exits(0);
    let names = lab.spctl(["users", "list", "-q"]).finish().exits(1);
    let told = names.err();
    assert!(told.contains(r#""eve\nalice""#) && told.contains("hint:"), "{}", names.shown());
    assert_eq!(names.out().lines().filter(|line| *line == "alice").count(), 1);
    assert!(!names.out().contains("eve"), "{}", names.shown());
    let tsv = lab.spctl(["users", "list", "-o", "tsv"]).finish().exits(0);
    assert!(tsv.out().contains(r"eve\nalice"), "{}", tsv.shown());
}

#[test]
fn roles_are_granted_and_revoked_except_the_last() {
    let lab = Lab::new();
    let roles =
        |verb, name, role| lab.spctl(["users", verb, name, "--role", role, "--yes"]).finish();
    roles("grant", "bob", "read@shop.invoices").exits(0);
    let role = |name: &str| json!({ "databaseName": "admin", "roleName": name });
    let read = json!({ "databaseName": "shop", "roleName": "read", "collectionName": "invoices" });
    assert_eq!(sent(&lab), [json!({ "roles": [role("streamDeveloper"), read.clone()] })]);
    roles("revoke", "bob", "streamDeveloper").exits(0);
    assert_eq!(sent(&lab), [json!({ "roles": [read] })]);

    let last = roles("revoke", "bob", "read@shop.invoices").exits(2);
    assert!(last.err().contains("last role"), "{}", last.shown());
    assert!(roles("grant", "bob", "read@shop.invoices").exits(0).err().contains("unchanged"));
    assert!(roles("revoke", "bob", "backup").exits(0).err().contains("unchanged"));
    // A role that is not held is unchanged; a typo is an error that shows the roles held.
    assert!(roles("revoke", "bob", "streamDeveloper").exits(0).err().contains("unchanged"));
    let slip = roles("revoke", "dave", "atlasAdmn").exits(5);
    assert!(slip.err().contains("no role atlasAdmn@admin"), "{}", slip.shown());
    assert!(slip.err().contains("it holds atlasAdmin@admin"), "{}", slip.shown());
    let elsewhere = roles("revoke", "bob", "read").exits(0);
    assert!(elsewhere.err().contains("keeps read@shop.invoices"), "{}", elsewhere.shown());
    roles("grant", "bob", "@shop").exits(2);
    only_reads(&lab);
    let unknown = roles("grant", "bob", "noSuchRole").exits(5);
    assert!(unknown.err().contains("hint: spctl roles list"), "{}", unknown.shown());
    let near = roles("grant", "bob", "streamOperatr").exits(5);
    assert!(near.err().contains("did you mean streamOperator?"), "{}", near.shown());
    let args = ["--generate-password", "--role", "nosuch@x"];
    let create = create(&lab, "zoe", &args).finish().exits(5);
    assert!(!create.err().contains("create database user"), "{}", create.shown());
    only_reads(&lab);
}

#[test]
fn unrestricting_is_shown_first() {
    let lab = Lab::new();
    let run = |last| lab.spctl(["users", "unrestrict", "bob", last]);
    assert_snapshot!("users_unrestrict_dry_run", run("--dry-run").shown());
    only_reads(&lab);
    run("--yes").finish().exits(0);
    assert_eq!(sent(&lab), [json!({ "scopes": [] })]);
    assert!(run("--yes").finish().exits(0).err().contains("unchanged"));
}

#[test]
fn one_name_in_two_databases_needs_the_database() {
    let lab = Lab::new();
    let shown = |finished: Finished| {
        assert!(finished.err().contains("--auth-db"), "{}", finished.shown());
    };
    shown(lab.spctl(["users", "get", "carol"]).finish().exits(2));
    shown(lab.spctl(["users", "delete", "carol", "--yes"]).finish().exits(2));
    only_reads(&lab);
    let args = ["users", "delete", "carol", "--auth-db", "$external", "--yes"];
    lab.spctl(args).finish().exits(0);
    assert!(lab.requests().iter().any(|r| r.starts_with("DELETE ") && r.contains("external")));
    let left = lab.spctl(["users", "get", "carol", "--columns", "database"]).finish().exits(0);
    assert!(left.out().contains("admin"), "{}", left.shown());
    lab.spctl(["users", "get", "carol", "--auth-db", "elsewhere"]).finish().exits(2);
    lab.spctl(["users", "delete", "carol@$external", "--yes"]).finish().exits(5);
}

#[test]
fn a_batch_continues_after_failures_and_the_worst_decides() {
    let lab = Lab::new();
    let args = ["users", "delete", "-", "--yes", "--failed", "failed"];
    // 5 for the name that does not exist, 2 for the ambiguous one.
    let finished = lab.spctl(args).stdin("alice\nnobody\n\ncarol\ndave\nalice\n").finish();
    assert!(finished.code != Some(0), "{}", finished.shown());
    assert_snapshot!("users_batch", finished.shown());
    let failed = std::fs::read_to_string(lab.file("failed")).unwrap();
    assert_eq!(failed, "nobody\ncarol\n");
    let names = lab.spctl(["users", "list", "-q"]).finish().exits(0).out();
    assert!(!names.contains("alice") && !names.contains("dave"), "{names}");

    lab.requests();
    for verb in ["delete", "get", "unrestrict"] {
        let finished = lab.spctl(["users", verb, "-"]).stdin("\n \n").finish().exits(2);
        assert!(finished.err().contains("no names"), "{}", finished.shown());
    }
    only_reads(&lab);
    std::fs::write(lab.file("failed"), "bob\n").unwrap();
    lab.spctl(["users", "delete", "bob", "--yes", "--failed", "failed"]).finish().exits(0);
    assert_eq!(std::fs::read_to_string(lab.file("failed")).unwrap(), "", "nothing is left over");
}

#[test]
fn every_format_shows_the_same_users() {
    let lab = Lab::new();
    let mut shown = String::new();
    for format in ["table", "json", "ndjson", "yaml", "csv", "tsv"] {
        let run = lab.spctl(["users", "list", "--instance", "payments", "-o", format]);
        let columns = match format {
            "table" | "csv" | "tsv" => &["--columns", "name,expires,roles"][..],
            _ => &[],
        };
        shown.push_str(&with(run, columns).shown());
    }
    assert_snapshot!("users_formats", shown);
    let unknown = lab.spctl(["users", "list", "--columns", "nam"]).finish().exits(2);
    assert!(unknown.err().contains("name"), "{}", unknown.shown());
    // YAML has no --jq.
    for (verb, format, instead) in [
        ("list", "json", "--jq"),
        ("list", "ndjson", "--jq"),
        ("list", "yaml", "omit --columns"),
        ("get grace", "json", "--jq"),
    ] {
        let run = lab.typed(&format!("users {verb} -o {format} --columns name"));
        let refused = run.finish().exits(2);
        assert!(refused.err().contains(instead), "{}", refused.shown());
    }
    lab.spctl(["users", "list", "-o", "xml"]).finish().exits(2);
    lab.spctl(["users", "list", "--jq", ".["]).finish().exits(2);
    let jq = ["users", "list", "--jq", "map(.username) | sort | .[0:2]"];
    let two = lab.spctl(jq).finish().exits(0);
    assert_eq!(two.json().as_array().map(Vec::len), Some(2), "{}", two.shown());
}

#[test]
fn failures_that_cannot_be_written_are_reported_before_anything_is_sent() {
    let lab = Lab::new();
    let args = ["--role", "streamViewer", "--yes", "--failed", "nowhere/failed"];
    let refused = with(lab.spctl(["users", "grant", "grace", "nobody"]), &args).finish().exits(5);
    assert!(refused.err().contains("the directory nowhere does not exist"), "{}", refused.shown());
    only_reads(&lab);
}

#[test]
fn a_trace_shows_bodies_without_their_secrets() {
    let lab = Lab::new();
    let args = ["--password-env", "P", "--description", "seen", "-vv"];
    let made = create(&lab, "u9", &args).env("P", "hunter2hunter2").finish().exits(0);
    let told = made.err();
    assert!(told.contains("DEBUG") && told.contains("body="), "{}", made.shown());
    assert!(told.contains("seen") && !told.contains("hunter2"), "{}", made.shown());
}
