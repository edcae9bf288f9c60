//! `spctl audit download`: whole files or none.

use std::os::unix::fs::PermissionsExt;

use crate::support::Lab;

#[test]
fn writes_a_private_file_and_never_over_another() {
    let lab = Lab::ticking();
    let run = || lab.spctl(["audit", "download", "orders", "--out", "log.gz"]);
    run().finish().exits(0);
    let path = lab.file("log.gz");
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let first = std::fs::read(&path).unwrap();
    let again = run().finish();
    assert_ne!(again.code, Some(0), "{}", again.shown());
    assert!(std::fs::read(&path).unwrap() == first, "the file is left alone");
    lab.spctl(["audit", "download", "orders", "--out", "log.gz", "--force"]).finish().exits(0);
    assert!(std::fs::read(&path).unwrap() != first, "the download itself is an event");
}

#[test]
fn a_second_download_tells_of_the_first() {
    let lab = Lab::ticking();
    let args = ["audit", "download", "orders", "--since", "all", "--decompress", "--out", "-"];
    let first = lab.spctl(args).finish().exits(0).out();
    let second = lab.spctl(args).finish().exits(0).out();
    for line in first.lines() {
        let event: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        assert!(event["class_uid"].is_u64(), "{line}");
    }
    assert_eq!(second.lines().count(), first.lines().count() + 1);
}

#[test]
fn no_events_is_success() {
    let lab = Lab::new();
    let args = [
        "audit",
        "download",
        "orders",
        "--since",
        "2020-01-01",
        "--until",
        "2020-01-02",
        "--decompress",
        "--out",
        "-",
    ];
    let finished = lab.spctl(args).finish().exits(0);
    assert!(finished.stdout.is_empty() && !finished.stderr.is_empty(), "{}", finished.shown());
}

#[test]
fn several_instances_do_not_go_into_one_file() {
    let lab = Lab::new();
    lab.spctl(["audit", "download", "orders", "payments", "--out", "log.gz"]).finish().exits(2);
    assert!(!lab.file("log.gz").exists());
}
