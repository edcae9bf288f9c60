//! `spctl audit timeline`: the lives of processors.

use serde_json::{Value, json};
use spctl::local::{Fault, FaultAction};

use crate::run::Finished;
use crate::support::Lab;

/// A processor that is created, changed, started, stopped, dropped, and created anew.
fn lived() -> Lab {
    let lab = Lab::ticking();
    let pipeline = r#"[{"$source": {"connectionName": "order-events", "topic": "orders"}},
        {"$emit": {"connectionName": "order-events", "topic": "totals"}}]"#;
    let create = "processors create totals-by-hour --instance orders --pipeline - --yes";
    lab.typed(create).stdin(pipeline).finish().exits(0);
    for verb in ["update totals-by-hour --tier SP10", "start totals-by-hour", "stop totals-by-hour"]
    {
        lab.typed(&format!("processors {verb} --instance orders --yes")).finish().exits(0);
    }
    lab.typed("processors delete totals-by-hour --instance orders --yes").finish().exits(0);
    lab.typed(create).stdin(pipeline).finish().exits(0);
    lab
}

const TIMELINE: &str = "audit timeline orders --processor totals-by-hour --since 2026-08-20";

/// Life, event, and what told of it.
fn steps(finished: &Finished) -> Vec<(u64, String, String)> {
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    let of = |row: &Value| (row["life"].as_u64().unwrap(), text(row, "event"), text(row, "told"));
    finished.json().as_array().unwrap().iter().map(of).collect()
}

fn step(life: u64, event: &str, told: &str) -> (u64, String, String) {
    (life, event.to_owned(), told.to_owned())
}

#[test]
fn a_processor_has_lives_of_which_log_and_events_tell() {
    let lab = lived();
    let run = lab.typed(&format!("{TIMELINE} -o json")).finish().exits(0);
    let wanted = [
        step(1, "createStreamProcessor", "log+event"),
        step(1, "STREAM_PROCESSOR_MODIFIED", "event"),
        step(1, "startStreamProcessor", "log+event"),
        step(1, "stopStreamProcessor", "log+event"),
        step(1, "dropStreamProcessor", "log+event"),
        step(2, "createStreamProcessor", "log+event"),
    ];
    assert_eq!(steps(&run), wanted);
    assert!(
        run.err().contains("6 project events woven in: 5 of what the log tells too, 1 of more")
    );
    let rows = run.json();
    assert_eq!(rows[1]["from"], "127.0.0.1");
    assert_eq!((&rows[0]["notes"], &rows[5]["notes"]), (&json!([]), &json!([])));
    assert_ne!(rows[0]["uid"], rows[5]["uid"]);

    let alone = lab.typed(&format!("{TIMELINE} --no-project-events -o json")).finish().exits(0);
    let of_log = wanted.into_iter().filter(|(_, _, told)| told != "event");
    let of_log: Vec<_> = of_log.map(|(life, event, _)| (life, event, "log".to_owned())).collect();
    assert_eq!(steps(&alone), of_log);
}

#[test]
fn filters_choose_steps_of_lives_that_are_reckoned_whole() {
    let lab = lived();
    let run = |options: &str| lab.typed(&format!("{TIMELINE} -o json {options}")).finish().exits(0);
    assert_eq!(
        steps(&run("--event createStreamProcessor")),
        [
            step(1, "createStreamProcessor", "log+event"),
            step(2, "createStreamProcessor", "log+event")
        ]
    );
    assert_eq!(
        steps(&run("--event STREAM_PROCESSOR_MODIFIED --verbatim")),
        [step(1, "STREAM_PROCESSOR_MODIFIED", "event")]
    );
    assert_eq!(steps(&run("--user nobody")), []);
    assert_eq!(steps(&run("--outcome failure")), []);
    assert_eq!(steps(&run("--ip 127.0.0.0/8")).len(), 6);
}

#[test]
fn by_its_name_alone_a_processor_is_told_once() {
    let lab = lived();
    let names = lab.typed("audit timeline orders -q").finish().exits(0).out();
    let mut names: Vec<&str> = names.lines().collect();
    let count = names.len();
    assert!(names.contains(&"totals-by-hour") && count > 2, "{names:?}");
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn a_processor_of_which_nothing_is_told_may_be_called_otherwise() {
    let lab = lived();
    let run = lab.typed("audit timeline orders --processor totals-by-huor").finish().exits(0);
    assert!(run.stdout.is_empty(), "{}", run.shown());
    for part in ["nothing is told of totals-by-huor", "did you mean totals-by-hour?"] {
        assert!(run.err().contains(part), "{}", run.err());
    }
}

#[test]
fn who_may_not_read_the_projects_events_is_told_so() {
    let lab = lived();
    let action = FaultAction::Status { status: 403, error_code: None, retry_after: None };
    lab.faults.push(Fault { operation: Some("listGroupEvents"), times: 1, action });
    let run = lab.typed(&format!("{TIMELINE} -o json")).finish().exits(0);
    assert_eq!(steps(&run).len(), 5);
    assert!(
        run.err().contains("without project events, and so without modifications"),
        "{}",
        run.err()
    );
}

#[test]
fn events_that_cannot_be_had_are_an_error() {
    let lab = Lab::faulty();
    let action = FaultAction::Status { status: 400, error_code: None, retry_after: None };
    lab.faults.push(Fault { operation: Some("listGroupEvents"), times: 9, action });
    let run = lab.typed("audit timeline orders").finish().exits(1);
    assert!(run.stdout.is_empty() && run.err().contains("--no-project-events"), "{}", run.shown());
}

#[test]
fn an_archive_is_woven_with_events_when_asked() {
    let lab = lived();
    let fetched = lab
        .typed("audit download orders --since 2026-08-20 --decompress --out -")
        .finish()
        .exits(0)
        .stdout;
    let day = lab.file("archive/instance=orders/day=2026-08-20");
    std::fs::create_dir_all(&day).unwrap();
    std::fs::write(day.join("1.ndjson"), &fetched).unwrap();
    std::fs::write(lab.file("loose.ndjson"), &fetched).unwrap();
    lab.requests();
    let of = |rest: &str| {
        lab.typed(&format!("audit timeline {rest} --processor totals-by-hour -o json"))
            .finish()
            .exits(0)
    };
    let alone = of("archive/");
    assert_eq!(steps(&alone).len(), 5);
    assert!(alone.err().contains("--project-events weaves in"), "{}", alone.err());
    assert!(lab.requests().is_empty(), "files need no network");

    let woven = of("archive/ --project-events");
    assert_eq!(steps(&woven)[1], step(1, "STREAM_PROCESSOR_MODIFIED", "event"));

    let loose = of("./loose.ndjson --project-events");
    assert_eq!(steps(&loose).len(), 5);
    assert!(loose.err().contains("nothing says whose log it is"), "{}", loose.err());
}

#[test]
fn what_does_not_fit_is_noted() {
    let lab = Lab::new();
    let line = |kind: &str, second: i64, uid: &str, status: i64| {
        json!({
            "class_uid": 3004, "time": 1_787_212_800_000 + second * 1000, "status_id": status,
            "status_code": if status == 1 { "0" } else { "13" },
            "actor": {"user": {"name": "admin.dave"}}, "src_endpoint": {"ip": "192.0.2.5"},
            "entity": {"name": "totals", "uid": uid, "type": "stream_processor"},
            "unmapped": {"atype": kind},
        })
    };
    let lines = [
        line("startStreamProcessor", 0, "a1", 1),
        line(".sample()", 10, "a1", 1),
        line(".sample()", 20, "a1", 1),
        line("startStreamProcessor", 30, "a1", 1),
        line("dropStreamProcessor", 40, "a1", 2),
        line("dropStreamProcessor", 41, "a1", 2),
        line("dropStreamProcessor", 50, "a1", 1),
        line("startStreamProcessor", 60, "b2", 1),
    ];
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let run =
        lab.typed("audit timeline - -o csv --columns life,event,outcome,count,notes").stdin(&lines);
    insta::assert_snapshot!(run.finish().exits(0).shown());
    let run = lab.typed("audit timeline - --processor gone").stdin(&lines).finish().exits(0);
    assert!(
        run.stdout.is_empty() && run.err().contains("nothing is told of gone"),
        "{}",
        run.shown()
    );
}
