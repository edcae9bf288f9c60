//! `spctl audit pull`: nothing missing, nothing twice.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use spctl::local::{Fault, FaultAction};

use crate::archives::{Counts, Logs, archived, below, files, manifest, text};
use crate::bytes::Raw;
use crate::run::{signal, wait};
use crate::support::Lab;

const PULL: &str = "downloadGroupStreamAuditLogs";
const THREE: [&str; 3] = ["orders", "payments", "telemetry"];

/// The directory of an instance in the archive `a` of the only project there.
fn of(lab: &Lab, instance: &str) -> PathBuf {
    let mut projects = fs::read_dir(lab.file("a")).expect("an archive");
    let project = projects.next().expect("a project").expect("an entry").path();
    project.join(format!("instance={instance}"))
}

fn until(directory: &Path) -> Timestamp {
    let entries = manifest(directory);
    let read = entries.iter().filter(|entry| entry.get("failed").is_none());
    let until = read.filter_map(|entry| entry["until"].as_str()?.parse().ok());
    until.max().expect("a window was read")
}

fn same(archived: Counts, truth: Counts, instance: &str) {
    let lacks: Vec<_> = truth.iter().filter(|(line, n)| archived.get(*line) != Some(n)).collect();
    let more: Vec<_> = archived.iter().filter(|(line, n)| truth.get(*line) != Some(n)).collect();
    assert!(lacks.is_empty() && more.is_empty(), "{instance}\nlog: {lacks:?}\narchive: {more:?}");
}

/// The archive holds every line of the log, as often as the log does.
fn holds_all(lab: &Lab, logs: &Logs, instances: &[&str]) {
    for instance in instances {
        let directory = of(lab, instance);
        same(archived(&directory), logs.lines(instance, until(&directory)), instance);
    }
}

/// Without what reading the log adds to it.
fn quiet(mut lines: Counts) -> Counts {
    lines.retain(|line, _| !line.contains("Audit log accessed"));
    lines
}

#[test]
fn everything_is_archived_by_day_and_then_what_is_new() {
    let lab = Lab::new();
    let truth = Logs::of(&lab).lines("orders", Timestamp::MAX);
    let first = lab.typed("audit pull orders --to a -o json").finish().exits(0);
    assert!(first.err().contains("the archive begins at"), "{}", first.shown());
    let row = &first.json()[0];
    let directory = of(&lab, "orders");
    assert_eq!(directory.parent().unwrap().file_name().unwrap(), "project=shop");
    let archive = archived(&directory);
    assert_eq!(row["lines"], archive.values().sum::<u64>());
    same(quiet(archive), quiet(truth), "orders");
    for file in files(&directory) {
        let day = file.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        for line in text(&file).lines() {
            let event: Value = serde_json::from_str(line).expect("an event");
            let time = Timestamp::from_millisecond(event["time"].as_i64().unwrap()).unwrap();
            assert_eq!(day, format!("day={}", &time.to_string()[..10]));
        }
    }
    for file in below(&lab.file("a")) {
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600, "{file:?}");
    }

    let before: Vec<_> = files(&directory).iter().map(|file| fs::read(file).unwrap()).collect();
    let second = lab.typed("audit pull orders --to a -o json").finish().exits(0);
    assert!(second.err().contains("orders: nothing new"), "{}", second.shown());
    assert_eq!(second.json()[0]["lines"], 0);
    assert_ne!(second.json()[0]["head"], row["head"]);
    let after: Vec<_> = files(&directory).iter().map(|file| fs::read(file).unwrap()).collect();
    assert!(before == after, "no file is written again");
    lab.typed("audit verify a").finish().exits(0);
}

#[test]
fn no_window_is_longer_than_thirty_days() {
    let lab = Lab::new();
    lab.exchanges();
    lab.typed("audit pull orders --to a --since 200d").finish().exits(0);
    let asked = lab.requests();
    let seconds = |request: &str, name: &str| -> i64 {
        let value = request.split_once(&format!("{name}=")).expect("a window").1;
        value.split('&').next().unwrap().parse().unwrap()
    };
    let asked: Vec<_> = asked.iter().filter(|request| request.contains("/auditLogs?")).collect();
    let windows: Vec<_> =
        asked.iter().map(|r| (seconds(r, "startDate"), seconds(r, "endDate"))).collect();
    assert!(windows.iter().all(|(from, until)| from < until && until - from <= 30 * 86_400));
    assert!(windows.windows(2).all(|pair| pair[0].1 == pair[1].0), "{windows:?}");
    let (from, until) = (windows[0].0, windows.last().unwrap().1);
    assert!((200 * 86_400 - 10..=200 * 86_400).contains(&(until - from)), "{windows:?}");
}

#[test]
fn a_dry_run_shows_the_requests_and_changes_nothing() {
    let lab = Lab::new();
    lab.exchanges();
    let shown = lab.typed("audit pull --all --to a --since 40d --dry-run").finish().exits(0);
    assert!(shown.out().lines().count() == 3 * 3, "{}", shown.shown());
    assert!(
        shown.out().lines().all(|line| line.starts_with("GET\t") && line.contains("auditLogs?"))
    );
    assert!(lab.requests().iter().all(|request| !request.contains("auditLogs")));
    assert!(!lab.file("a").exists());
}

/// Late lines, twins, lines that are no event and lines that state no time, as hours and days pass.
#[test]
fn late_lines_twins_and_odd_lines_are_each_archived_once() {
    let lab = Lab::new();
    let pull = || lab.local(["audit", "pull", "--all", "--to", "a"]).finish().exits(0);
    let moved = |by: &str| drop(lab.local(["local", "clock", "advance", by]).finish().exits(0));
    let now = || -> Timestamp {
        let status = lab.local(["local", "status", "-o", "json"]).finish().exits(0).json();
        status["time"].as_str().unwrap_or_else(|| panic!("{status}")).parse().expect("a time")
    };
    pull();
    let logs = Logs::local(&lab);
    let ago = |minutes: i64| now() - SignedDuration::from_mins(minutes);
    let event =
        |time: Timestamp, n: u32| format!(r#"{{"time":{},"n":{n}}}"#, time.as_millisecond());
    for (round, by) in ["1m", "4m", "50m", "2h", "9d", "40d"].into_iter().enumerate() {
        for instance in THREE {
            let time = ago(4);
            let line = event(time, 0);
            // Of the same moment and text; one more is late, behind what was read already.
            logs.add(instance, time, &line);
            logs.add(instance, time, &line);
            pull();
            logs.add(instance, time, &line);
            logs.add(instance, ago(30), &event(ago(30), round as u32));
            // Of the day before, or after, in the order of the log.
            let other = ago(1) - SignedDuration::from_hours(24 * (round as i64 % 2));
            logs.add(instance, ago(1), &event(other, 7));
            for odd in ["empty file", "", "{\"time\":", "\u{feff}{}", "{\"no\":\"time\"}\r"] {
                logs.add(instance, ago(2), odd);
                logs.add(instance, ago(2), odd);
            }
        }
        pull();
        moved(by);
        lab.local(["audit", "verify", "a"]).finish().exits(0);
    }
    pull();
    holds_all(&lab, &logs, &THREE);
    let shown = lab.local(["audit", "verify", "a", "--against-events"]).finish().exits(0);
    assert!(shown.err().contains("compared with"), "{}", shown.shown());
}

/// Everything that can happen to an answer, to one in five.
fn one_in_five(lab: &Lab) {
    let status = |status| FaultAction::Status { status, error_code: None, retry_after: None };
    let faults = [
        status(500),
        FaultAction::CutBody { after_bytes: 100 },
        status(503),
        FaultAction::TruncateGzip,
        FaultAction::Gateway(502),
        FaultAction::MalformedJson,
    ];
    let operation = Some(PULL);
    for action in faults.into_iter().cycle().take(300) {
        let slow = FaultAction::Delay(Duration::from_millis(15));
        lab.faults.push(Fault { operation, times: 4, action: slow });
        lab.faults.push(Fault { operation, times: 1, action });
    }
}

/// Three instances, every fifth answer a fault, killed twenty times at any moment, while lines appear,
/// some of them late.
#[test]
fn killed_twenty_times_the_archive_is_whole_and_holds_each_line_once() {
    let lab = Lab::faulty_today();
    let logs = Logs::of(&lab);
    one_in_five(&lab);
    let run = || lab.typed("audit pull --all --to a");
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: u64| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random % below
    };
    let mut killed = 0;
    for round in 0..200 {
        if killed == 20 {
            break;
        }
        let mut child = run().command().spawn().expect("the binary starts");
        thread::sleep(Duration::from_millis(30 + next(900)));
        let instance = THREE[next(3) as usize];
        let time = Timestamp::now() - SignedDuration::from_secs(60 + next(240) as i64);
        let line = format!(r#"{{"time":{},"late":{}}}"#, time.as_millisecond(), next(3));
        for _ in 0..=next(2) {
            logs.add(instance, time, &line);
        }
        if child.try_wait().expect("the child is ours").is_none() {
            child.kill().expect("the child is ours");
            killed += 1;
        }
        wait(&mut child);
        if round % 4 == 0 && lab.file("a").exists() && !below(&lab.file("a")).is_empty() {
            let verified = lab.typed("audit verify a").finish();
            assert!(matches!(verified.code, Some(0 | 5)), "{}", verified.shown());
        }
    }
    assert_eq!(killed, 20);
    run().finish().exits(0);
    let verified = lab.typed("audit verify a -o json").finish().exits(0);
    let rows = verified.json();
    assert_eq!(rows.as_array().map(Vec::len), Some(3));
    assert!(rows.as_array().unwrap().iter().all(|row| row["findings"] == serde_json::json!([])));
    holds_all(&lab, &logs, &THREE);
    let left: Vec<_> = below(&lab.file("a"))
        .into_iter()
        .filter(|path| path.to_string_lossy().contains(".pull"))
        .collect();
    assert_eq!(left, Vec::<PathBuf>::new());
}

#[test]
fn an_error_in_one_instance_stops_no_other_and_leaves_a_gap_that_the_next_run_fills() {
    let lab = Lab::faulty();
    let refusal = FaultAction::Status { status: 400, error_code: None, retry_after: None };
    lab.faults.push(Fault { operation: Some(PULL), times: 2, action: refusal });
    let pull = || lab.typed("audit pull --all --to a --jobs 1 -o json").finish();
    let first = pull().exits(1);
    assert!(first.err().contains("1 of 3 audit logs failed"), "{}", first.shown());
    let rows = first.json();
    assert_eq!(rows.as_array().map(Vec::len), Some(3));
    assert_eq!((&rows[0]["gaps"], &rows[1]["gaps"]), (&1.into(), &0.into()), "{rows}");
    let verified = lab.typed("audit verify a").finish().exits(3);
    assert!(verified.err().contains("was not read: "), "{}", verified.shown());

    assert_eq!(pull().exits(0).json()[0]["gaps"], 0);
    lab.typed("audit verify a").finish().exits(0);
    let truth = Logs::of(&lab).lines("orders", Timestamp::MAX);
    same(quiet(archived(&of(&lab, "orders"))), quiet(truth), "orders");
}

#[test]
fn an_earlier_beginning_adds_what_came_before() {
    let lab = Lab::new();
    let truth = Logs::of(&lab).lines("telemetry", Timestamp::MAX);
    lab.typed("audit pull telemetry --to a --since 2026-08-10").finish().exits(0);
    assert!(archived(&lab.file("a")).len() < truth.len());
    lab.typed("audit pull telemetry --to a --since all").finish().exits(0);
    let all = archived(&lab.file("a"));
    assert!(truth.iter().all(|(line, n)| all.get(line) == Some(n)));
    lab.typed("audit verify a").finish().exits(0);
}

#[test]
fn two_runs_do_not_write_into_one_archive() {
    let lab = Lab::faulty();
    let slow = FaultAction::Delay(Duration::from_secs(2));
    lab.faults.push(Fault { operation: Some(PULL), times: 1, action: slow });
    let mut first = lab.typed("audit pull orders --to a").command().spawn().expect("it starts");
    while !lab.file("a").exists() || below(&lab.file("a")).len() < 2 {
        assert_eq!(first.try_wait().expect("the child is ours"), None);
        thread::sleep(Duration::from_millis(5));
    }
    let second = lab.typed("audit pull orders --to a").finish().exits(6);
    assert!(second.err().contains("another run is writing"), "{}", second.shown());
    lab.typed("audit pull payments --to a").finish().exits(0);
    assert_eq!(wait(&mut first), Some(0));
    lab.typed("audit verify a").finish().exits(0);
}

#[test]
fn an_interrupted_run_leaves_a_sound_archive() {
    let lab = Lab::faulty();
    let slow = FaultAction::Delay(Duration::from_secs(10));
    let operation = Some(PULL);
    lab.faults.push(Fault { operation, times: 6, action: FaultAction::Delay(Duration::ZERO) });
    lab.faults.push(Fault { operation, times: 1, action: slow });
    let mut child = lab.typed("audit pull orders --to a").command().spawn().expect("it starts");
    while !lab.file("a").exists() || files(&lab.file("a")).is_empty() {
        assert_eq!(child.try_wait().expect("the child is ours"), None);
        thread::sleep(Duration::from_millis(5));
    }
    signal(&child, "INT");
    assert_eq!(wait(&mut child), Some(130));
    lab.typed("audit verify a").finish().exits(0);
    lab.typed("audit pull orders --to a").finish().exits(0);
    let truth = Logs::of(&lab).lines("orders", Timestamp::MAX);
    same(quiet(archived(&of(&lab, "orders"))), quiet(truth), "orders");
}

#[test]
fn a_log_that_is_gone_stays_in_the_archive() {
    let lab = Lab::new();
    let go = |line: &str, code| {
        let words: Vec<&str> = line.split(' ').collect();
        lab.local([]).and(&words).finish().exits(code)
    };
    go("audit pull --all --to a", 0);
    let known = archived(&of(&lab, "telemetry"));
    go("processors stop sensors-to-archive --instance telemetry --yes", 0);
    go("instances delete telemetry --yes", 0);
    go("local clock advance 1h", 0);
    // It is not listed any more, and its log can still be read: that is where the end stands.
    go("audit pull --all --to a", 0);
    let before = archived(&of(&lab, "telemetry"));
    assert!(before.len() > known.len(), "reading it was an event");
    go("local clock advance 31d", 0);
    let all = go("audit pull --all --to a -o json", 0);
    assert!(all.err().contains("what is archived of it stays"), "{}", all.shown());
    assert_eq!(all.json().as_array().map(Vec::len), Some(2));
    go("audit pull telemetry --to a", 5);
    assert_eq!(archived(&of(&lab, "telemetry")), before);
    go("audit verify a", 0);
    // Made anew under the same name: its log goes on in the same archive.
    go("instances create telemetry --provider aws --region us-east-1 --tier SP10 --yes", 0);
    go("audit pull telemetry --to a", 0);
    go("audit verify a", 0);
    let after = archived(&of(&lab, "telemetry"));
    assert!(before.iter().all(|(line, n)| after.get(line) == Some(n)));
}

#[test]
fn an_unknown_name_leaves_nothing() {
    let lab = Lab::new();
    let finished = lab.typed("audit pull ordres --to a").finish().exits(5);
    assert!(finished.err().contains("orders?"), "{}", finished.shown());
    assert_eq!(below(&lab.file("a")), Vec::<PathBuf>::new());
    lab.typed("audit pull orders nosuch --to a").finish().exits(5);
    assert!(of(&lab, "orders").is_dir() && !of(&lab, "nosuch").exists());
    fs::write(lab.file("plain"), "").unwrap();
    lab.typed("audit pull orders --to plain").finish().exits(2);
    lab.typed("audit pull orders --to a --since 2999-01-01").finish().exits(2);
    lab.typed("audit pull --to a").finish().exits(2);
    lab.typed("audit pull orders --all --to a").finish().exits(2);
}

#[test]
fn all_projects_are_archived_beside_each_other() {
    let lab = Lab::new();
    let shown = lab.typed("audit pull --all-projects --to a --since 40d -o json").finish().exits(0);
    let rows = shown.json();
    let paths: Vec<_> =
        rows.as_array().unwrap().iter().map(|r| r["path"].as_str().unwrap()).collect();
    assert!(paths.contains(&"a/project=shop/instance=orders"), "{paths:?}");
    lab.typed("audit verify a").finish().exits(0);
    lab.typed("audit pull - --to a").stdin("orders\npayments\n").finish().exits(0);
}

/// What is archived under a project's name is of that project, whoever has the name.
#[test]
fn an_archive_is_never_mixed_with_that_of_another_project() {
    let lab = Lab::new();
    lab.typed("audit pull orders --to a --since 40d").finish().exits(0);
    let path = of(&lab, "orders").join("manifest.jsonl");
    let text =
        fs::read_to_string(&path).unwrap().replace(lab.project(), "0123456789abcdef01234567");
    fs::write(&path, text).unwrap();
    lab.typed("audit pull orders --to a --since 40d").finish().exits(0);
    let projects: Vec<_> = fs::read_dir(lab.file("a")).unwrap().collect();
    assert_eq!(projects.len(), 2);
}

/// A server whose logs are this answer.
fn answering(head: &'static str, body: Vec<u8>) -> Raw {
    Raw::new(move |target| match target.contains("/auditLogs") {
        true => [head.as_bytes(), &body].concat(),
        false => b"HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{\"name\":\"named\"}".to_vec(),
    })
}

#[test]
fn what_may_not_be_whole_is_not_archived() {
    let gzip = |text: &str| {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(text.as_bytes()).unwrap();
        gzip.finish().unwrap()
    };
    let whole = gzip("{\"time\":1790000000000}\n");
    let endless = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
    let cases = [
        (endless, whole.clone(), "announced no length"),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nConnection: close\r\n\r\n",
            b"{}\n{}\n\n".to_vec(),
            "not gzip",
        ),
    ];
    for (head, body, why) in cases {
        let lab = Lab::new();
        let raw = answering(head, body);
        let run = raw.run(&lab, "audit pull orders --to a --since 1h");
        let finished = run.finish().exits(1);
        assert!(finished.err().contains(why), "{}", finished.shown());
        assert_eq!(files(&lab.file("a")), Vec::<PathBuf>::new());
    }
}

#[test]
fn a_clock_that_is_ahead_is_not_gone_by() {
    let lab = Lab::new();
    let head = "HTTP/1.1 200 OK\r\nDate: Sat, 01 Aug 2026 00:00:00 GMT\r\nContent-Length: 0\r\n\
                Connection: close\r\n\r\n";
    let raw = answering(head, Vec::new());
    let finished = raw.run(&lab, "audit pull orders --to a").finish().exits(2);
    assert!(finished.err().contains("clock is"), "{}", finished.shown());
    assert_eq!(below(&lab.file("a")), Vec::<PathBuf>::new());
}
