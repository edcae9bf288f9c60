//! `spctl audit sessions`: what each connection did.

use serde_json::{Value, json};

use crate::support::Lab;

/// 2026-08-20T08:00:00Z in milliseconds.
const T: i64 = 1_787_212_800_000;

/// A line, so many seconds after [`T`].
fn line(kind: &str, second: i64, session: &str, user: &str, ip: &str) -> Value {
    let class = if ["authenticate", "logout"].contains(&kind) { 3002 } else { 3004 };
    let mut line = json!({
        "class_uid": class, "time": T + second * 1000, "status_id": 1,
        "metadata": {"correlation_uid": session}, "actor": {"user": {"name": user}},
        "src_endpoint": {"ip": ip, "port": 40000}, "unmapped": {"atype": kind},
    });
    if class == 3004 {
        line["entity"] = json!({"name": "totals", "type": "stream_processor", "uid": "a1"});
    }
    line
}

/// A log with a session of each kind.
fn log() -> String {
    let mut shared = vec![
        line("authenticate", 0, "pool", "admin.alice", "192.0.2.14"),
        line(".sample()", 10, "pool", "admin.alice", "192.0.2.14"),
        line("authenticate", 20, "pool", "admin.dave", "192.0.2.14"),
        line("dropStreamProcessor", 30, "pool", "admin.dave", "192.0.2.14"),
        line("logout", 40, "pool", "admin.alice", "192.0.2.14"),
    ];
    let mut before = line("logout", 50, "early", "admin.dave", "198.51.100.200");
    before["unmapped"]["loginTime"] = json!(T - 3_600_000);
    let mut refused = line("authenticate", 60, "no", "admin.dave", "203.0.113.9");
    refused["status_id"] = 2.into();
    refused["status_code"] = "18".into();
    let mut denied = line("startStreamProcessor", 75, "now", "admin.dave", "192.0.2.5");
    denied["status_id"] = 2.into();
    denied["status_code"] = "13".into();
    shared.extend([
        before,
        refused,
        line("authenticate", 70, "now", "admin.dave", "192.0.2.5"),
        denied,
        line(".sample()", 80, "now", "admin.dave", "192.0.2.5"),
        line("Audit log accessed", 90, "api", "mkqtzwbn", "198.51.100.7"),
        // mongod's own shape, which states no outcome: whoever was refused is no actor.
        json!({
            "class_uid": 3002, "activity_id": 1, "time": T + 100_000, "actor": {},
            "user": {"name": "admin.eve"}, "metadata": {"correlation_uid": "guess", "product": "MongoDB Server"},
            "src_endpoint": {"ip": "203.0.113.9"}, "unmapped": {"atype": "authenticate"},
        }),
        json!({"class_uid": 3002, "time": T, "unmapped": {"atype": "logout"}}),
    ]);
    shared.iter().map(|line| format!("{line}\n")).collect()
}

fn lab() -> Lab {
    let lab = Lab::new();
    std::fs::write(lab.file("day.ndjson"), log()).unwrap();
    lab
}

#[test]
fn daves_sessions_are_one_command() {
    let lab = lab();
    let run = lab.typed("audit sessions ./day.ndjson --user dave -o table").env("COLUMNS", "132");
    insta::assert_snapshot!(run.finish().exits(0).shown());
    assert!(lab.requests().is_empty(), "files need no network");
}

#[test]
fn what_is_known_of_a_session_is_in_its_row() {
    let lab = lab();
    let all = lab.typed("audit sessions ./day.ndjson -o json").finish().exits(0);
    assert!(all.err().contains("1 event without a session"), "{}", all.shown());
    let all = all.json();
    let states: Vec<_> = all.as_array().unwrap().iter().map(|row| &row["state"]).collect();
    assert_eq!(states, ["refused", "acts-only", "open", "refused", "closed", "began-before"]);
    let of = |id: &str| {
        let mut rows = all.as_array().unwrap().iter();
        rows.find(|row| row["session"] == id).unwrap_or_else(|| panic!("{id}"))
    };
    let pool = of("pool");
    assert_eq!(pool["users"], json!(["admin.alice", "admin.dave"]));
    assert_eq!(pool["acts"], json!({"dropStreamProcessor": 1, ".sample()": 1}));
    assert_eq!((&pool["logons"], &pool["seconds"]), (&json!(2), &json!(40.0)));
    assert_eq!(of("early")["loginTime"], "2026-08-20T07:00:00Z");
    assert_eq!(of("early")["seconds"], 3650.0);
    assert_eq!((&of("guess")["inferred"], &of("guess")["failures"]), (&json!(1), &json!(1)));
    assert_eq!((&of("now")["failures"], &of("now")["logoff"]), (&json!(1), &Value::Null));
}

#[test]
fn filters_choose_sessions_and_leave_them_whole() {
    let lab = lab();
    let names = |options: &str| {
        let line = format!("audit sessions ./day.ndjson -q {options}");
        let run = lab.typed(&line).finish().exits(0);
        run.out().lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(names("--event drop"), ["pool"]);
    assert_eq!(names("--user alice"), ["pool"]);
    // A user and an event: of one and the same event.
    assert_eq!(names("--user alice --event drop"), [""; 0]);
    assert_eq!(names("--outcome failure"), ["guess", "now", "no"]);
    assert_eq!(names("--ip 203.0.113.0/24"), ["guess", "no"]);
    assert_eq!(names("--processor totals --user dave"), ["now", "pool"]);
    assert_eq!(names("--state open --state closed"), ["now", "pool"]);
    assert_eq!(names("-n 2"), ["guess", "api"]);
    assert_eq!(names("--grep mkqtzwbn"), ["api"]);
    let whole = lab.typed("audit sessions ./day.ndjson --event drop -o ndjson").finish().json();
    assert_eq!(whole["events"], 5);
    // A range bounds what is read.
    let late = "audit sessions ./day.ndjson --since 2026-08-20T08:00:35Z --event logout -o ndjson";
    let late = lab.typed(&format!("{late} --user alice")).finish().json();
    assert_eq!((&late["state"], &late["events"]), (&json!("began-before"), &json!(1)));
}

#[test]
fn stdin_is_read_as_often_as_it_takes() {
    let lab = lab();
    let run = lab.typed("audit sessions - --user dave --event drop -q").stdin(&log());
    assert_eq!(run.finish().exits(0).out(), "pool\n");
    let run = lab.typed("audit sessions - --session now -o json").stdin(&log());
    assert_eq!(run.finish().exits(0).json()["did"].as_array().unwrap().len(), 3);
}

#[test]
fn a_session_is_shown_with_each_of_its_events() {
    let lab = lab();
    insta::assert_snapshot!(lab.typed("audit sessions ./day.ndjson --session pool").shown());
    insta::assert_snapshot!(lab.typed("audit sessions ./day.ndjson --session now -o json").shown());
    let none = lab.typed("audit sessions ./day.ndjson --session poo").finish().exits(5);
    assert!(none.err().contains("no session poo"), "{}", none.shown());
}

#[test]
fn the_log_of_an_instance_is_told_whole() {
    let lab = Lab::new();
    let fetched =
        lab.typed("audit download orders --since all --decompress --out -").finish().exits(0).out();
    let lines: Vec<Value> =
        fetched.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let id = |line: &Value| line["metadata"]["correlation_uid"].as_str().unwrap().to_owned();
    let ids: std::collections::BTreeSet<String> = lines.iter().map(id).collect();
    let sessions =
        lab.typed("audit sessions orders --since 2026-01-01 -o json").finish().exits(0).json();
    let sessions = sessions.as_array().unwrap();
    // Reading the log is in the log.
    assert_eq!(sessions.len(), ids.len() + 1);
    let count = |state: &str| sessions.iter().filter(|row| row["state"] == state).count();
    let of = |kind: &str, status: i64| {
        let is = |line: &&Value| line["unmapped"]["atype"] == kind && line["status_id"] == status;
        lines.iter().filter(is).count()
    };
    assert_eq!((count("closed"), count("open")), (of("logout", 1), 0));
    assert_eq!(count("refused"), of("authenticate", 2));
    assert_eq!(count("acts-only"), of("Audit log accessed", 1) + 1);
}
