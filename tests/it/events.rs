//! `spctl events`: who did what, over all pages.

use crate::support::Lab;

/// The column of a listing in tab-separated values.
fn column(out: &str, index: usize) -> Vec<&str> {
    out.lines().map(|line| line.split('\t').nth(index).unwrap_or_default()).collect()
}

#[test]
fn events_are_picked_out_by_type_person_and_object() {
    let lab = Lab::new();
    let list = |args: &[&str]| {
        let mut run = lab.spctl(["events", "list"]);
        run.args.extend(args.iter().map(|arg| (*arg).to_owned()));
        run.finish().exits(0)
    };
    let all = list(&[]).out();
    let times = column(&all, 0);
    assert!(times.len() > 100 && times.is_sorted_by(|a, b| a >= b), "{all}");
    let users = list(&["--type", "users,role", "--by", "DANA"]).out();
    assert!(column(&users, 1).iter().all(|t| t.starts_with("MONGODB_")), "{users}");
    assert!(column(&users, 2).iter().all(|who| *who == "dana@example.com"), "{users}");
    assert!(column(&users, 4).contains(&"alice"), "{users}");

    lab.requests();
    let looked = list(&["--type", "stream_tenant_connections_listed", "--about", "orders"]).out();
    assert!(!looked.is_empty() && column(&looked, 4).iter().all(|about| *about == "orders"));
    let [request] = &lab.requests()[..] else { panic!("one page") };
    assert!(request.contains("eventType=STREAM_TENANT_CONNECTIONS_LISTED"), "{request}");
    let rest = list(&["--exclude-type", "logs", "--exclude-type", "MONGODB_USER_ADDED"]).out();
    assert!(!rest.contains("AUDIT_LOGS") && !rest.contains("MONGODB_USER_ADDED"), "{rest}");
    let request = lab.requests().concat();
    assert!(request.contains("excludedEventType=MONGODB_USER_ADDED"), "{request}");

    let day = ["--since", "2026-08-10", "--until", "2026-08-12"];
    let times = list(&day).out();
    assert!(column(&times, 0).iter().all(|t| t.starts_with("2026-08-1")), "{times}");
    let json = list(&["--type", "access", "-o", "ndjson"]).out();
    assert!(json.lines().count() == 3 && json.contains("\"whitelistEntry\":\"192.0.2.77/32\""));
    let none = list(&["--type", "NO_SUCH_EVENT", "--verbatim"]);
    assert!(
        none.stdout.is_empty() && none.err().contains("no matching events"),
        "{}",
        none.shown()
    );
    let collector = list(&["--by", "mkqtzwbn", "--columns", "by,from", "-o", "csv"]).out();
    assert!(collector.contains("mkqtzwbn,198.51.100.7"), "{collector}");
    for wrong in [&["--since", "soon"][..], &["--since", "1d", "--until", "2d"]] {
        let mut run = lab.spctl(["events", "list"]);
        run.args.extend(wrong.iter().map(|arg| (*arg).to_owned()));
        run.finish().exits(2);
    }
}

#[test]
fn every_page_is_read_though_the_total_is_told_as_nothing() {
    let lab = Lab::new();
    let before = lab.spctl(["events", "list", "-q"]).finish().exits(0).out().lines().count();
    let mut db = rusqlite::Connection::open(lab.file("server/store.db")).unwrap();
    let tx = db.transaction().unwrap();
    for copy in 0..9 {
        tx.execute(
            "INSERT INTO events (project, time, type, doc)
             SELECT project, time, type, json_set(doc, '$.id', printf('%d%023x', ?1, seq))
             FROM events WHERE seq <= 100",
            [copy],
        )
        .unwrap();
    }
    tx.commit().unwrap();
    let all = lab.spctl(["events", "list", "-q"]).finish().exits(0).out().lines().count();
    assert_eq!(all, before + 900);
    let pages = lab.requests().iter().filter(|r| r.contains("/events?")).count();
    assert_eq!(pages, 1 + all.div_ceil(500));
}

#[test]
fn changes_and_looks_are_told_with_their_caller() {
    let lab = Lab::ticking();
    lab.spctl(["audit", "download", "orders"]).finish().exits(0);
    let args = ["users", "update", "alice", "--description", "on call", "--yes"];
    lab.spctl(args).finish().exits(0);
    let events =
        lab.spctl(["events", "list", "--since", "2026-08-20T12:00:00Z"]).finish().exits(0).out();
    assert_eq!(column(&events, 1), ["MONGODB_USER_UPDATED", "STREAM_TENANT_AUDIT_LOGS"]);
    assert_eq!(column(&events, 3), ["127.0.0.1", "127.0.0.1"]);
    assert_eq!(column(&events, 4), ["alice", "orders"]);
}
