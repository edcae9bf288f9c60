//! Thousands of rows, listed in little memory as they come; thousands of users, changed within the
//! limits.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use spctl::local::{Fault, FaultAction, Minute, RateLimits};

use crate::run::{self, Run};
use crate::support::Lab;

/// As many as the API answers of most resources, everything counted, challenges too.
fn strict(minute: Minute) -> RateLimits {
    RateLimits { per_minute: 1200, minute, everything: true, ..RateLimits::default() }
}

fn names(lab: &Lab, name: &str, numbers: std::ops::Range<usize>) -> File {
    let text: String = numbers.map(|number| format!("u{number:05}\n")).collect();
    std::fs::write(lab.file(name), text).unwrap();
    File::open(lab.file(name)).unwrap()
}

/// A run whose names come from a file, and whose words go to another.
fn start(lab: &Lab, run: &Run, stdin: File, words: &str) -> Child {
    let stderr = File::create(lab.file(words)).unwrap();
    let mut command = run.command();
    command.stdin(stdin).stdout(Stdio::null()).stderr(stderr).spawn().expect("the binary starts")
}

fn restrict(lab: &Lab) -> Run {
    lab.spctl(["users", "restrict", "-", "--instance", "orders", "--yes"])
}

#[track_caller]
fn all_within_the_limit(lab: &Lab, words: &str, most: usize) {
    let words = std::fs::read_to_string(lab.file(words)).unwrap();
    let verified = words.lines().filter(|l| l.starts_with("restricted database user")).count();
    assert_eq!(verified, 1000, "{words}");
    let exchanges = lab.exchanges();
    let refused = exchanges.iter().filter(|e| e.status == 429).count();
    assert_eq!(refused, 0, "of {}", exchanges.len());
    // Who changes the same users at the same time is refused now and then, and looks again.
    let overtaken = exchanges.iter().filter(|e| e.status == 412).count();
    let requests = exchanges.len() - overtaken;
    assert!(requests <= most, "{requests} requests, beside {overtaken} that were overtaken");
}

#[test]
fn a_thousand_users_are_restricted_within_the_limit() {
    for minute in [Minute::Fixed, Minute::Sliding] {
        let lab = Lab::new().crowded(1000, strict(minute));
        let mut child = start(&lab, &restrict(&lab), names(&lab, "names", 0..1000), "words");
        assert_eq!(run::wait(&mut child), Some(0));
        all_within_the_limit(&lab, "words", 1040);
    }
}

#[test]
#[ignore = "waits for the next minute"]
fn two_processes_share_the_limit() {
    std::thread::scope(|scope| {
        for minute in [Minute::Fixed, Minute::Sliding] {
            scope.spawn(move || share(minute));
        }
    });
}

fn share(minute: Minute) {
    let lab = Lab::new().crowded(1000, strict(minute));
    let grant = lab.spctl(["users", "grant", "-", "--role", "streamViewer", "--yes"]);
    let mut other = start(&lab, &grant, names(&lab, "others", 0..400), "other words");
    let mut child = start(&lab, &restrict(&lab), names(&lab, "names", 0..1000), "words");
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() && begun.elapsed() < Duration::from_secs(150) {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(run::wait(&mut child), Some(0));
    assert_eq!(run::wait(&mut other), Some(0));
    all_within_the_limit(&lab, "words", 1040 + 440);
}

#[test]
fn ten_thousand_events_stream() {
    let lab = Lab::new().eventful(10_000);
    for format in ["ndjson", "csv", "tsv", "json"] {
        lab.exchanges();
        let times = 21;
        let action = FaultAction::Delay(Duration::from_millis(50));
        lab.faults.push(Fault { operation: Some("listGroupEvents"), times, action });
        let mut command = lab.spctl(["events", "list", "-o", format]).command();
        let mut child = command.stdin(Stdio::null()).spawn().expect("the binary starts");
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        let (mut line, mut peak, mut bytes) = (Vec::new(), 0, 0);
        // The opening bracket of an array, or a header, is no row.
        for _ in 0..if format == "csv" { 2 } else { 1 } {
            out.read_until(b'\n', &mut line).unwrap();
        }
        let pages = lab.exchanges().len();
        assert!((1..20).contains(&pages), "{format}: {pages} pages before the first row");
        loop {
            let part = out.fill_buf().unwrap().len();
            if part == 0 {
                break;
            }
            out.consume(part);
            bytes += part;
            peak = peak.max(peak_kib(&child).unwrap_or(0));
        }
        assert_eq!(run::wait(&mut child), Some(0));
        assert!(bytes > 100_000, "{format}: {bytes} bytes");
        assert!((1..14 * 1024).contains(&peak), "{format}: {peak} KiB at the most");
    }
}

/// The memory of its own that a child holds now, where the system tells. Pages of the program's file
/// are not among it: how many of them are there depends on the system's cache alone.
fn peak_kib(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find(|line| line.starts_with("RssAnon:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
