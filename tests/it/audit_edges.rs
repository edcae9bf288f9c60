//! `spctl audit download` where it is refused, empty, cut short or told to go elsewhere.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Command;
use std::time::Duration;

use flate2::read::GzDecoder;
use serde_json::Value;
use spctl::local::admin::CredentialKind;
use spctl::local::{Fault, FaultAction};

use crate::run::{Run, signal, wait};
use crate::support::Lab;

const ALL: [&str; 8] =
    ["audit", "download", "orders", "--since", "all", "--decompress", "--out", "-"];

fn events(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

fn accesses(text: &str) -> Vec<Value> {
    let of_the_log = |event: &Value| event["unmapped"]["atype"] == "Audit log accessed";
    events(text).into_iter().filter(of_the_log).collect()
}

/// What lies in the home directory and has to do with logs.
fn logs(lab: &Lab) -> Vec<String> {
    let entries = fs::read_dir(lab.home()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name.contains("log") || name.contains("part")).collect()
}

#[test]
fn a_refused_download_is_an_event_of_the_log() {
    let lab = Lab::ticking();
    let before = accesses(&lab.spctl(ALL).finish().exits(0).out()).len();
    let reader = lab.credential(CredentialKind::ApiKey, "GROUP_READ_ONLY");
    let refused = lab.with_key(&reader, ["audit", "download", "orders", "--out", "log.gz"]);
    let refused = refused.finish().exits(4);
    assert!(refused.err().contains("hint: "), "{}", refused.shown());
    assert!(logs(&lab).is_empty(), "{:?}", logs(&lab));

    let after = accesses(&lab.spctl(ALL).finish().exits(0).out());
    // The first download, and the refused one.
    assert_eq!(after.len(), before + 2);
    let failed: Vec<_> =
        after.iter().filter(|event| event["actor"].to_string().contains(&reader.name)).collect();
    let [event] = failed[..] else { panic!("one event of {}: {after:#?}", reader.name) };
    assert_eq!(
        (&event["status_id"], &event["status_code"]),
        (&2.into(), &"13".into()),
        "{event:#}"
    );
}

#[test]
fn one_processor_s_events_are_fewer() {
    let lab = Lab::new();
    let all = events(&lab.spctl(ALL).finish().exits(0).out()).len();
    let args = [
        "audit",
        "download",
        "orders",
        "--since",
        "all",
        "--processor",
        "enrich-orders",
        "--decompress",
        "--out",
        "-",
    ];
    let finished = lab.spctl(args).finish().exits(0);
    let some = events(&finished.out());
    assert!(!some.is_empty() && some.len() < all, "{} of {all}", some.len());
    assert!(some.iter().all(|event| event.to_string().contains("enrich-orders")));
    assert!(finished.err().contains("enrich-orders"), "{}", finished.shown());
    assert!(lab.requests().iter().any(|r| r.contains("spName=enrich-orders")));
}

#[test]
fn the_range_is_sent_and_told() {
    let lab = Lab::new();
    lab.spctl(["audit", "download", "orders"]).finish().exits(0);
    let [request] = &lab.requests()[..] else { panic!("one request") };
    assert!(!request.contains("Date="), "the API's own default: {request}");
    assert!(!logs(&lab).iter().any(|name| name.contains(':')), "{:?}", logs(&lab));

    let args = ["audit", "download", "orders", "--out", "a-log", "--since", "2026-08-01"];
    let finished = lab.spctl(args).finish().exits(0);
    assert!(finished.err().contains("2026-08-01T00:00:00Z"), "{}", finished.shown());
    let [request] = &lab.requests()[..] else { panic!("one request") };
    assert!(request.contains("startDate=1785542400") && !request.contains("endDate"), "{request}");

    let wrong: [&[&str]; 3] = [
        &["--since", "2026-08-02", "--until", "2026-08-02"],
        &["--since", "yesterdayish"],
        &["--until", "2026-13-01"],
    ];
    for range in wrong {
        let mut run = lab.spctl(["audit", "download", "orders", "--out", "b-log"]);
        run.args.extend(range.iter().map(|arg| (*arg).to_owned()));
        run.finish().exits(2);
    }
    assert!(lab.requests().is_empty() && !lab.file("b-log").exists());
}

#[test]
fn an_empty_range_is_a_whole_file_of_nothing() {
    let lab = Lab::new();
    let args = [
        "audit",
        "download",
        "orders",
        "--since",
        "2020-01-01",
        "--until",
        "2020-01-02",
        "--out",
        "log.gz",
    ];
    let finished = lab.spctl(args).finish().exits(0);
    assert!(finished.err().contains("no events"), "{}", finished.shown());
    let mut text = String::new();
    let mut gzip = GzDecoder::new(fs::File::open(lab.file("log.gz")).unwrap());
    std::io::Read::read_to_string(&mut gzip, &mut text).expect("gzip");
    assert!(text.is_empty());
}

#[test]
fn a_reader_who_has_had_enough_is_no_error() {
    let lab = Lab::new();
    let mut child = lab.spctl(ALL).command().spawn().expect("the binary starts");
    let mut stdout = BufReader::with_capacity(256, child.stdout.take().expect("piped"));
    let mut line = String::new();
    stdout.read_line(&mut line).expect("a line");
    drop(stdout);
    assert_eq!(wait(&mut child), Some(0));
    assert!(serde_json::from_str::<Value>(&line).expect("JSON")["class_uid"].is_u64());
}

/// A download whose answer does not come, ended by a signal; what it says of that.
fn interrupted(run: impl FnOnce(&Lab) -> Run, name: &str) -> String {
    let lab = Lab::faulty();
    lab.faults.push(Fault {
        operation: Some("downloadGroupStreamAuditLogs"),
        times: 1,
        action: FaultAction::Delay(Duration::from_secs(20)),
    });
    let mut child = run(&lab).command().spawn().expect("the binary starts");
    let mut lines = BufReader::new(child.stderr.take().expect("piped")).lines();
    let begun = lines.by_ref().map_while(Result::ok).any(|line| line.contains("fetching"));
    assert!(begun, "it says what it fetches");
    std::thread::sleep(Duration::from_millis(300));
    signal(&child, name);
    assert_eq!(wait(&mut child), Some(130));
    assert!(logs(&lab).is_empty(), "{:?}", logs(&lab));
    lines.map_while(Result::ok).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_interrupted_download_leaves_nothing() {
    let to_a_file = |lab: &Lab| lab.typed("audit download orders --out log.gz");
    let told = interrupted(to_a_file, "INT");
    assert!(
        told.contains("interrupted") && told.contains("the incomplete log was discarded"),
        "{told}"
    );
    // Who reads along has to be told what to do with what came.
    let told = interrupted(|lab| lab.spctl(ALL), "TERM");
    assert!(told.contains("discard it"), "{told}");
}

#[test]
fn several_logs_go_into_a_directory_and_what_fails_is_told() {
    let lab = Lab::new();
    fs::create_dir(lab.file("kept")).unwrap();
    let run = || lab.spctl(["audit", "download", "orders", "nothing", "payments", "--out", "kept"]);
    let finished = run().finish().exits(5);
    assert!(finished.err().contains("nothing"), "{}", finished.shown());
    let files = || {
        let entries = fs::read_dir(lab.file("kept")).unwrap();
        let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let first = files();
    assert_eq!(first.len(), 2, "{first:?}");
    assert!(first[0].to_string_lossy().starts_with("orders"), "{first:?}");

    // The clock stands still: the server's names are the same, and the files are left alone.
    let conflict = lab.spctl(["audit", "download", "orders", "--out", "kept/"]).finish().exits(6);
    assert!(conflict.err().contains("--force"), "{}", conflict.shown());
    let args = ["audit", "download", "orders", "--out", "kept/", "--force", "--decompress"];
    lab.spctl(args).finish().exits(0);
    lab.spctl(["audit", "download", "orders", "--out", "kept/", "--force"]).finish().exits(0);
    assert_eq!(files().len(), 3, "one more, without its .gz: {:?}", files());
    lab.spctl(["audit", "download", "orders", "--out", "absent/"]).finish().exits(5);
    assert!(!lab.file("absent").exists());
}

#[test]
fn nothing_is_asked_for_where_it_could_not_be_kept() {
    let lab = Lab::new();
    lab.requests();
    let out = |path: &str, force: bool| {
        let mut run = lab.spctl(["audit", "download", "orders", "--out", path]);
        run.args.extend(force.then(|| "--force".to_owned()));
        run.finish()
    };
    let nowhere = out("nodir/log.gz", false).exits(5);
    assert!(nowhere.err().contains("the directory nodir does not exist"), "{}", nowhere.shown());
    assert!(nowhere.err().contains("hint: "), "{}", nowhere.shown());
    // A pipe or a device is no file that could be replaced, whoever insists.
    let pipe = lab.file("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for force in [false, true] {
        let refused = out("pipe", force).exits(2);
        assert!(refused.err().contains("pipe is not a regular file"), "{}", refused.shown());
    }
    let kind = fs::symlink_metadata(&pipe).unwrap().file_type();
    assert!(!kind.is_file());
    assert_eq!(lab.requests(), Vec::<String>::new());
    let dry = lab.spctl(["audit", "download", "orders", "payments", "--dry-run"]);
    let dry = dry.finish().exits(0);
    assert_eq!(dry.out().lines().filter(|line| line.starts_with("GET\t")).count(), 2);
    assert_eq!(lab.requests(), Vec::<String>::new());
}

#[test]
fn who_reads_along_hears_that_it_is_not_the_whole_log() {
    let lab = Lab::new();
    lab.faults.push(Fault {
        operation: Some("downloadGroupStreamAuditLogs"),
        times: 1,
        action: FaultAction::TruncateGzip,
    });
    let cut = lab.spctl(ALL).finish().exits(1);
    assert!(cut.err().contains("the log on stdout is incomplete"), "{}", cut.shown());
    assert!(!cut.err().contains("the incomplete log was discarded"), "{}", cut.shown());
}

#[test]
fn lines_that_are_no_event_are_not_counted_as_events() {
    let event = r#"{"activity_id": 2}"#;
    let logs = [
        (
            format!("{event}\n\n\0\0\n{{\"cut\": \n{event}\n"),
            "2 events, 3 lines that are no event (1 blank, 1 of NUL bytes, 1 malformed)",
        ),
        ("\n \n".to_owned(), "no events in this range, 2 lines that are no event (2 blank)"),
        (format!("{event}\n[1]"), "1 event, 1 line that is no event (1 malformed)"),
        (format!("{event}\n{event}"), "2 events"),
    ];
    for (log, said) in logs {
        let lab = Lab::new();
        let db = rusqlite::Connection::open(lab.file("server/store.db")).unwrap();
        db.execute("DELETE FROM audit WHERE instance = 'orders'", []).unwrap();
        // The server ends each line that it keeps.
        for line in log.lines() {
            let insert = "INSERT INTO audit (project, instance, time, line) \
                          VALUES (?1, 'orders', 1785542400000, ?2)";
            db.execute(insert, [lab.project(), line]).unwrap();
        }
        for out in ["-", "log.gz"] {
            let run =
                lab.typed("audit download orders --since all --force --until 2026-08-02 --out");
            let finished = run.and(&[out]).finish().exits(0);
            let told = finished.err();
            let told = told.lines().last().unwrap().split(" -> ").next().unwrap();
            assert_eq!(told, format!("orders: {said}"), "{}", finished.shown());
        }
    }
}
