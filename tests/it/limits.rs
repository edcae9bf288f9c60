//! The API's rate limits: not run into, waited out, and told of when they last.

use std::io::{BufRead, BufReader};
use std::time::{Duration, Instant};

use spctl::local::{Fault, FaultAction, RateLimits};

use crate::support::Lab;

const UPDATE: &str = "updateGroupDatabaseUser";
const RESTRICT: [&str; 6] = ["users", "restrict", "alice", "--instance", "orders", "--yes"];

fn throttle(lab: &Lab, operation: &'static str, times: u32, seconds: u64) {
    let error_code = Some("RATE_LIMITED".to_owned());
    let action = FaultAction::Status { status: 429, error_code, retry_after: Some(seconds) };
    lab.faults.push(Fault { operation: Some(operation), times, action });
}

fn patches(lab: &Lab) -> usize {
    lab.requests().iter().filter(|r| r.starts_with("PATCH ")).count()
}

#[test]
fn a_throttled_change_is_made_again_when_the_server_says() {
    let lab = Lab::faulty();
    throttle(&lab, UPDATE, 1, 1);
    let start = Instant::now();
    lab.spctl(RESTRICT).finish().exits(0);
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!(patches(&lab), 2);
}

#[test]
fn a_limit_that_lasts_is_told() {
    let lab = Lab::faulty();
    throttle(&lab, UPDATE, 99, 0);
    let finished = lab.spctl(RESTRICT).finish().exits(7);
    assert!(finished.err().contains("error: "), "{}", finished.shown());
    let attempts = patches(&lab);
    assert!((2..=5).contains(&attempts), "{attempts} attempts");
}

#[test]
fn nobody_is_kept_waiting_for_ten_minutes() {
    let lab = Lab::faulty();
    throttle(&lab, "listGroupDatabaseUsers", 99, 600);
    let start = Instant::now();
    lab.spctl(["users", "list"]).finish().exits(7);
    assert!(start.elapsed() < Duration::from_secs(10));
    assert_eq!(lab.requests().len(), 1);
}

#[test]
fn a_batch_stops_short_of_the_limit() {
    let rate = RateLimits { per_minute: 6, ..RateLimits::default() };
    let lab = Lab::limited(rate);
    let names = lab.local(["users", "list", "-q"]).finish().exits(0).out();
    std::fs::write(lab.file("names"), names).unwrap();
    let args = ["users", "restrict", "-", "--instance", "orders", "--allow-gain", "--yes", "-v"];
    let mut child = lab
        .spctl(args)
        .command()
        .stdin(std::fs::File::open(lab.file("names")).unwrap())
        .spawn()
        .expect("the binary starts");
    // The window is a minute: long enough to see that it waits, too long to wait for.
    let stderr = BufReader::new(child.stderr.take().expect("piped"));
    let waits = stderr.lines().map_while(Result::ok).any(|line| line.contains("rate limit"));
    std::thread::sleep(Duration::from_millis(300));
    child.kill().expect("the child is ours");
    child.wait().expect("the child is ours");
    assert!(waits, "it says that it waits");
    let exchanges = lab.exchanges();
    let throttled = exchanges.iter().filter(|e| e.status == 429).count();
    let changes = exchanges.iter().filter(|e| e.method == "PATCH").count();
    assert_eq!(throttled, 0, "the limit is not run into");
    assert!((3..=5).contains(&changes), "{changes} changes within the limit");
}
