//! What somebody else changes between the preview and the request: none of it is overwritten.

use std::time::Duration;

use serde_json::{Value, json};
use spctl::local::{Fault, FaultAction, RateLimits};

use crate::raw;
use crate::run::Finished;
use crate::support::Lab;
use crate::terminal::Terminal;

/// A user who is named is looked for in both databases, and then read where it was found.
const USERS: &str = "getGroupDatabaseUser";
const LOOK: u32 = 2;

pub fn roles(lab: &Lab, name: &str) -> Vec<String> {
    let user = lab.typed(&format!("users get {name} -o json")).finish().exits(0).json();
    let role = |r: &Value| format!("{}@{}", text(&r["roleName"]), text(&r["databaseName"]));
    let mut roles: Vec<String> = user["roles"].as_array().unwrap().iter().map(role).collect();
    roles.sort();
    roles
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Runs one line, and another one right after its read of this number.
pub fn amid(lab: &Lab, operation: &'static str, nth: u32, other: &str, line: &str) -> Finished {
    lab.meanwhile(operation, nth, vec![lab.typed(&format!("{other} --yes"))]);
    lab.typed(&format!("{line} --yes")).finish()
}

#[test]
fn a_role_that_was_revoked_at_the_prompt_does_not_come_back() {
    let lab = Lab::new();
    let mut terminal = Terminal::start(&lab.typed("users grant alice --role read@z"));
    terminal.sees("grant roles to database user alice? [y/N]");
    lab.typed("users revoke alice --role readWrite@shop --yes").finish().exits(0);
    terminal.answers("y");
    terminal.sees("database user alice is no longer as shown");
    terminal.sees("streamOperator@admin -> streamOperator@admin, read@z");
    terminal.sees("[y/N]").answers("y");
    terminal.ends(0);
    assert_eq!(roles(&lab, "alice"), ["read@z", "streamOperator@admin"]);
}

#[test]
fn a_no_to_the_second_preview_sends_nothing() {
    let lab = Lab::new();
    let mut terminal = Terminal::start(&lab.typed("users delete alice"));
    terminal.sees("[y/N]");
    lab.typed("users delete alice --yes").finish().exits(0);
    lab.typed("users create alice --role atlasAdmin --generate-password --yes").finish().exits(0);
    lab.requests();
    terminal.answers("y");
    terminal.sees("no longer as shown").sees("atlasAdmin@admin").sees("[y/N]").answers("n");
    let screen = terminal.ends(2);
    assert!(screen.contains("not confirmed; unchanged"), "{screen}");
    let sent = lab.requests();
    assert!(sent.iter().all(|request| request.starts_with("GET ")), "{sent:?}");
}

#[test]
fn a_change_that_means_the_same_is_computed_again() {
    let lab = Lab::new();
    let revoke = "users revoke alice --role readWrite@shop";
    for nth in [LOOK, LOOK + 1] {
        lab.typed("users grant alice --role readWrite@shop --yes").finish().exits(0);
        let role = format!("read@z{nth}");
        let line = format!("users grant alice --role {role}");
        let told = amid(&lab, USERS, nth, revoke, &line).exits(0);
        let computed = told.err().contains("was changed in the meantime; computed again");
        assert!(computed, "{nth}: {}", told.shown());
        let held = roles(&lab, "alice");
        assert!(held.contains(&role), "{nth}: {held:?}");
        assert!(!held.contains(&"readWrite@shop".to_owned()), "{nth}: {held:?}");
    }
}

#[test]
fn a_change_that_means_something_else_is_refused() {
    let lab = Lab::new();
    let cases = [
        // Restricting removes other instances than shown.
        (
            (USERS, LOOK),
            "users restrict alice --instance payments",
            "users restrict alice --instance orders --allow-gain",
        ),
        ((USERS, LOOK), "users grant frank --role atlasAdmin", "users delete frank"),
        (
            ("getGroupStreamWorkspace", 1),
            "instances update orders --failover-region us-east-2 us-west-2",
            "instances update orders --failover-region us-east-2 eu-west-1",
        ),
    ];
    for ((operation, nth), other, line) in cases {
        lab.requests();
        let told = amid(&lab, operation, nth, other, line).exits(6);
        assert!(told.err().contains("changed in the meantime"), "{line}: {}", told.shown());
        let sent = lab.requests();
        let changes = sent.iter().filter(|request| !request.starts_with("GET ")).count();
        assert_eq!(changes, 1, "{line}: {sent:?}");
    }
}

#[test]
fn it_is_reported_if_another_change_won() {
    let lab = Lab::new();
    let line = "users grant alice --role read@z";
    let other = "users revoke alice --role read@z readWrite@shop";
    let told = amid(&lab, "updateGroupDatabaseUser", 1, other, line).exits(6);
    assert!(told.err().contains("another change made after it"), "{}", told.shown());
    let told = amid(&lab, "updateGroupDatabaseUser", 1, "users delete alice", line).exits(6);
    assert!(
        told.err().contains("it is gone: another change was made after it"),
        "{}",
        told.shown()
    );
}

#[test]
fn after_a_wait_for_a_rate_limit_it_is_read_again() {
    let lab = Lab::faulty();
    let operation = Some("updateGroupDatabaseUser");
    let action = FaultAction::Status { status: 429, error_code: None, retry_after: Some(1) };
    lab.faults.push(Fault { operation, times: 2, action });
    lab.typed("users grant alice --role read@z --yes").finish().exits(0);
    let requests = lab.requests();
    let about_users = requests.iter().filter(|request| request.contains("/databaseUsers"));
    let methods: Vec<&str> = about_users.filter_map(|r| r.split(' ').next()).collect();
    assert_eq!(methods, ["GET", "GET", "GET", "PATCH", "GET", "PATCH", "GET", "PATCH", "GET"]);
}

#[test]
#[ignore = "waits until what was read has grown old"]
fn a_batch_that_takes_long_is_read_again() {
    let lab = Lab::new().crowded(40, RateLimits::default());
    let operation = Some("updateGroupDatabaseUser");
    let action = FaultAction::Delay(Duration::from_millis(3500));
    lab.faults.push(Fault { operation, times: 40, action });
    let mut batch = lab.spctl(["users", "grant", "-", "--role", "read@z", "--yes"]);
    batch.stdin = (0..40).flat_map(|number| format!("u{number:05}\n").into_bytes()).collect();
    std::thread::scope(|scope| {
        let batch = scope.spawn(move || batch.finish().exits(0));
        std::thread::sleep(Duration::from_secs(2));
        lab.typed("users grant u00039 --role read@y --yes").finish().exits(0);
        let told = batch.join().unwrap();
        let computed = "u00039 was changed in the meantime; computed again";
        assert!(told.err().contains(computed), "{}", told.shown());
    });
    assert_eq!(roles(&lab, "u00039"), ["read@y", "read@z", "readAnyDatabase@admin"]);
}

#[test]
fn what_somebody_else_already_did_is_unchanged() {
    let lab = Lab::new();
    let line = "users grant alice --role read@z";
    let told = amid(&lab, USERS, LOOK, line, line).exits(0);
    assert!(told.err().contains("unchanged: database user alice"), "{}", told.shown());
}

#[test]
fn each_user_of_a_batch_is_judged_separately() {
    let lab = Lab::new();
    let other = "users delete frank";
    let line = "users grant alice bob frank --role read@z --failed left";
    let told = amid(&lab, USERS, LOOK, other, line).exits(5);
    assert_eq!(std::fs::read_to_string(lab.file("left")).unwrap(), "frank\n", "{}", told.shown());
    assert!(roles(&lab, "alice").contains(&"read@z".to_owned()));
    assert!(roles(&lab, "bob").contains(&"read@z".to_owned()));
}

#[test]
fn a_record_holds_what_was_read_last() {
    let lab = Lab::new();
    let told =
        amid(&lab, USERS, LOOK, "users grant bob --role read@z", "users lock bob --record r");
    told.exits(0);
    let record: Value = serde_json::from_slice(&std::fs::read(lab.file("r")).unwrap()).unwrap();
    let held = record["steps"][0]["before"]["roles"].as_array().unwrap();
    assert!(held.contains(&json!({"databaseName": "z", "roleName": "read"})), "{record}");
}

#[test]
fn roles_connections_and_lists_are_read_again() {
    let lab = Lab::new();
    lab.typed("roles create r1 --action startStreamProcessor --yes").finish().exits(0);
    amid(
        &lab,
        "listGroupCustomDbRoleRoles",
        1,
        "roles update r1 --add-action dropStreamProcessor",
        "roles update r1 --add-action stopStreamProcessor",
    )
    .exits(0);
    let role = lab.typed("roles get r1 -o json").finish().exits(0).out();
    for action in ["START_STREAM_PROCESSOR", "STOP_STREAM_PROCESSOR", "DROP_STREAM_PROCESSOR"] {
        assert!(role.contains(action), "{action}: {role}");
    }
    let update = "connections update order-events --instance orders";
    amid(
        &lab,
        "getGroupStreamConnection",
        1,
        &format!("{update} --username new-name"),
        &format!("{update} --bootstrap-servers b-9.kafka.example:9196"),
    )
    .exits(0);
    let connection = lab.typed("connections get order-events --instance orders -o json");
    let connection = connection.finish().exits(0).json();
    assert_eq!(connection["authentication"]["username"], "new-name", "{connection}");
    assert_eq!(connection["bootstrapServers"], "b-9.kafka.example:9196", "{connection}");
    let list = "listGroupAccessListEntries";
    std::fs::write(lab.file("list"), "192.0.2.0/24\n").unwrap();
    let replace = "access-lists replace list --lock-myself-out";
    let told = amid(&lab, list, 1, "access-lists add 198.51.100.9", replace).exits(6);
    assert!(told.err().contains("198.51.100.9"), "{}", told.shown());
    let left = lab.typed("access-lists list -q").finish().exits(0).out();
    assert!(left.contains("198.51.100.9"), "{left}");
}

#[test]
fn no_fingerprint_is_sent_unless_requested() {
    let lab = Lab::new();
    lab.typed("users update bob --description A --yes").finish().exits(0);
    let sent = lab.exchanges();
    let asked = |method: &str| {
        let mut all = sent.iter().filter(|e| e.method == method);
        all.all(|e| e.request_headers.contains_key("if-match"))
    };
    assert!(asked("PATCH"), "the local control plane compares");
    assert!(
        sent.iter()
            .filter(|e| e.method == "GET")
            .all(|e| !e.request_headers.contains_key("if-match"))
    );
}

#[test]
fn any_client_may_send_a_condition() {
    let lab = Lab::faulty();
    let path = format!("/api/atlas/v2/groups/{}/databaseUsers/admin/bob", lab.project());
    let media = "application/vnd.atlas.2023-02-01+json";
    let send = |method: &str, path: &str, tags: &str, body: &str| {
        let head = format!(
            "Authorization: Bearer {}\r\nAccept: {media}\r\nContent-Type: {media}\r\n{tags}",
            lab.token()
        );
        raw::send(lab.url(), method, path, &head, body)
    };
    let patch = |tags: &str| send("PATCH", &path, tags, r#"{"description": "A"}"#).status;
    assert_eq!(patch("If-Match: \"0123\"\r\n"), 412);
    assert_eq!(patch("If-Match: *\r\n"), 200);

    // The tag that the tool itself sends for the user as described by A.
    lab.typed("users update bob --description B --yes").finish().exits(0);
    let asked = lab.exchanges().into_iter().rev().find(|e| e.method == "PATCH").expect("a write");
    let tag =
        asked.request_headers["if-match"].to_str().expect("text").trim_matches('"').to_owned();
    assert_eq!(patch(""), 200);
    for (tags, status) in [
        (format!("If-Match: {tag}\r\n"), 200),
        (format!("If-Match: \"{tag}\"\r\n"), 200),
        (format!("If-Match: W/\"{tag}\"\r\n"), 200),
        (format!("If-Match: \"0123\", W/\"{tag}\"\r\n"), 200),
        (format!("If-Match: \"0123\"\r\nIf-Match: \"{tag}\"\r\n"), 200),
        (format!("If-Match: \"{tag}\"\r\nIf-Match: \"0123\"\r\n"), 200),
        ("If-Match: \"0123\"\r\nIf-Match: W/\"4567\"\r\n".to_owned(), 412),
        ("If-Match:\r\n".to_owned(), 412),
        ("If-Match: \"\u{e9}\"\r\n".to_owned(), 400),
    ] {
        assert_eq!(patch(&tags), status, "{tags:?}");
    }
    // What the write's own query would make of the look does not count.
    let instance = format!("/api/atlas/v2/groups/{}/streams/orders", lab.project());
    for query in ["", "?includeConnections=maybe", "?includeConnections=true"] {
        let path = format!("{instance}{query}");
        let body = r#"{"cloudProvider": "AWS", "region": "VIRGINIA_USA"}"#;
        let refused = send("PATCH", &path, "If-Match: \"0123\"\r\n", body);
        assert_eq!(refused.status, 412, "{path}: {}", refused.json());
    }
}

#[test]
fn what_changes_again_and_again_is_given_up() {
    let lab = Lab::faulty();
    let operation = Some("updateGroupDatabaseUser");
    let action = FaultAction::Status { status: 412, error_code: None, retry_after: None };
    lab.faults.push(Fault { operation, times: 9, action });
    let told = lab.typed("users grant alice --role read@z --yes").finish().exits(6);
    assert!(told.err().contains("it keeps being changed"), "{}", told.shown());
    let tried = lab.requests().iter().filter(|request| request.starts_with("PATCH ")).count();
    assert_eq!(tried, 4);
}
