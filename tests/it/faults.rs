//! A server that misbehaves: retries where nothing was done, whole files or none.

use std::time::{Duration, Instant};

use spctl::local::{Fault, FaultAction};

use crate::support::Lab;

fn order(lab: &Lab, operation: &'static str, times: u32, action: FaultAction) {
    lab.faults.push(Fault { operation: Some(operation), times, action });
}

fn status(status: u16, retry_after: Option<u64>) -> FaultAction {
    FaultAction::Status { status, error_code: None, retry_after }
}

const LIST: &str = "listGroupStreamWorkspaces";
const LOG: &str = "downloadGroupStreamAuditLogs";

#[test]
fn a_read_is_tried_again() {
    let lab = Lab::faulty();
    for code in [429, 502, 503, 504] {
        order(&lab, LIST, 1, status(code, None));
        lab.spctl(["instances", "list"]).finish().exits(0);
        assert_eq!(lab.requests().len(), 2, "after {code}");
    }
}

#[test]
fn retry_after_is_obeyed() {
    let lab = Lab::faulty();
    order(&lab, LIST, 1, status(503, Some(1)));
    let start = Instant::now();
    lab.spctl(["instances", "list"]).finish().exits(0);
    assert!(start.elapsed() >= Duration::from_secs(1));
}

#[test]
fn an_error_that_stays_is_told() {
    let lab = Lab::faulty();
    for (code, exit) in [(400, 1), (401, 4), (403, 4), (404, 5), (409, 6), (500, 1)] {
        order(&lab, LIST, 1, status(code, None));
        let finished = lab.spctl(["instances", "list"]).finish().exits(exit);
        assert!(finished.stdout.is_empty(), "{}", finished.shown());
    }
    order(&lab, LIST, 1, FaultAction::NoBody401);
    lab.spctl(["instances", "list"]).finish().exits(4);
}

#[test]
fn a_change_is_not_sent_twice_when_it_may_have_been_done() {
    let lab = Lab::faulty();
    order(&lab, "updateGroupDatabaseUser", 1, status(503, None));
    let args = ["users", "restrict", "alice", "--instance", "orders", "--yes"];
    lab.spctl(args).finish().exits(7);
    let patches = lab.requests().iter().filter(|r| r.starts_with("PATCH ")).count();
    assert_eq!(patches, 1);
}

#[test]
fn what_does_not_parse_is_an_error() {
    let lab = Lab::faulty();
    order(&lab, LIST, 9, FaultAction::MalformedJson);
    let finished = lab.spctl(["instances", "list"]).finish().exits(1);
    assert!(finished.stdout.is_empty(), "{}", finished.shown());
}

#[test]
fn a_broken_download_leaves_nothing() {
    for action in [FaultAction::CutBody { after_bytes: 40 }, FaultAction::TruncateGzip] {
        let lab = Lab::faulty();
        order(&lab, LOG, 99, action.clone());
        let finished = lab.spctl(["audit", "download", "orders", "--out", "log.gz"]).finish();
        assert!(matches!(finished.code, Some(1 | 7)), "{action:?}: {}", finished.shown());
        let left: Vec<_> = std::fs::read_dir(lab.home())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .filter(|name| name.to_string_lossy().contains("log"))
            .collect();
        assert!(left.is_empty(), "{action:?} leaves {left:?}");
    }
}

#[test]
fn a_slow_answer_is_waited_for() {
    let lab = Lab::faulty();
    order(&lab, LIST, 1, FaultAction::Delay(Duration::from_millis(300)));
    lab.spctl(["instances", "list"]).finish().exits(0);
    assert_eq!(lab.requests().len(), 1);
}
