//! `spctl ips --save`, and the answers that are kept for when Atlas cannot be reached.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::run::{Finished, Run};
use crate::support::Lab;

const LINE: [&str; 5] = ["ips", "--provider", "aws", "--region", "us-east-1"];

/// As against Atlas, which needs no credentials for this.
fn ips(lab: &Lab, url: &str, more: &[&str]) -> Run {
    lab.bare(LINE).and(more).env("MONGODB_ATLAS_BASE_URL", url)
}

/// The one file that is kept of answers.
fn kept(lab: &Lab) -> Option<PathBuf> {
    let directory = lab.file(".cache/spctl/addresses");
    let hosts: Vec<_> = fs::read_dir(directory).ok()?.map(|entry| entry.unwrap().path()).collect();
    let [host] = hosts.as_slice() else { panic!("{hosts:?}") };
    let files: Vec<_> = fs::read_dir(host).unwrap().map(|entry| entry.unwrap().path()).collect();
    let [file] = files.as_slice() else { panic!("{files:?}") };
    Some(file.clone())
}

/// Makes the kept answer older, or by a negative number younger.
fn age(lab: &Lab, hours: i64) {
    let file = kept(lab).expect("an answer is kept");
    let mut stored: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    let then = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(hours);
    stored["fetched"] = then.to_string().into();
    fs::write(file, stored.to_string()).unwrap();
}

/// A lab whose server is gone, having answered once.
fn once_answered() -> (Lab, String, Finished) {
    let mut lab = Lab::new();
    let url = lab.url().to_owned();
    let answered = ips(&lab, &url, &[]).finish().exits(0);
    lab.stop();
    (lab, url, answered)
}

#[test]
fn the_last_answer_is_used_where_that_is_allowed_and_says_its_age() {
    let (lab, url, answered) = once_answered();
    age(&lab, 3);
    // The same, but for when it is of.
    let stale = ips(&lab, &url, &["--allow-stale", "24h"]).finish().exits(0);
    assert_eq!(stale.out(), answered.out());
    let told = stale.err();
    assert!(told.contains("(3h ago), and may have changed since"), "{}", stale.shown());
    assert!(told.lines().any(|line| line.starts_with("warning: ")), "{}", stale.shown());
    let json = ips(&lab, &url, &["--allow-stale", "7d", "-o", "json"]).finish().exits(0).json();
    let source = json[0]["source"].as_str().unwrap();
    assert!(source.starts_with(&url) && source.contains(" at 20"), "{source}");
    // And so for whatever reads the list.
    let contains = ["ips", "contains", "198.51.100.7", "--allow-stale", "4h"];
    lab.bare(contains).env("MONGODB_ATLAS_BASE_URL", &url).finish().exits(0);
}

#[test]
fn the_last_answer_is_not_used_unasked() {
    let (lab, url, _) = once_answered();
    age(&lab, 30);
    for (more, hint) in [
        (&[][..], "(30h ago); --allow-stale 31h uses it"),
        (&["--allow-stale", "24h"], "(30h ago); --allow-stale 31h uses it"),
    ] {
        let refused = ips(&lab, &url, more).finish().exits(7);
        assert!(refused.stdout.is_empty(), "{}", refused.shown());
        assert!(refused.err().contains(hint), "{}", refused.shown());
    }
    ips(&lab, &url, &["--allow-stale", "31h"]).finish().exits(0);
    // Nobody knows how old it is.
    age(&lab, -5);
    let early = ips(&lab, &url, &["--allow-stale", "7d"]).finish().exits(7);
    assert!(early.err().contains("yet to come"), "{}", early.shown());
    // It is that of this address only.
    let other = ips(&lab, "http://127.0.0.1:9", &["--allow-stale", "7d"]).finish().exits(7);
    assert!(other.stdout.is_empty(), "{}", other.shown());
    assert!(other.err().contains("no earlier answer is kept"), "{}", other.shown());
    // What is in the file decides, not what the file is called.
    let mut stored: Value =
        serde_json::from_slice(&fs::read(kept(&lab).unwrap()).unwrap()).unwrap();
    stored["base_url"] = "https://cloud.mongodb.com/".into();
    stored["fetched"] = "2026-01-01T00:00:00Z".into();
    fs::write(kept(&lab).unwrap(), stored.to_string()).unwrap();
    ips(&lab, &url, &["--allow-stale", "5200w"]).finish().exits(7);
    for no_age in ["0", "yesterday", "2026-01-01"] {
        let refused = ips(&lab, &url, &["--allow-stale", no_age]).finish().exits(2);
        assert!(refused.err().contains("give an age, such as 24h or 7d"), "{}", refused.shown());
    }
}

#[cfg(unix)]
#[test]
fn an_answer_is_kept_for_its_owner_and_from_atlas_only() {
    use std::os::unix::fs::PermissionsExt;
    let lab = Lab::new();
    lab.local(LINE).finish().exits(0);
    assert_eq!(kept(&lab), None, "those of a local control plane are not");
    let url = lab.url().to_owned();
    ips(&lab, &url, &[]).finish().exits(0);
    let file = kept(&lab).expect("an answer is kept");
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&file), 0o600);
    assert_eq!(mode(file.parent().unwrap()), 0o700);
    // An answer that cannot be read to its end replaces no good one.
    let before = fs::read(&file).unwrap();
    let db = rusqlite::Connection::open(lab.file("server/store.db")).unwrap();
    for list in [r#"{"outbound":{"aws":{"us-east-1":["x"]}}}"#, r#"{"outbound":{}}"#] {
        let set = "UPDATE resources SET doc = ?1 WHERE kind = 'control_plane_ips'";
        assert_eq!(db.execute(set, [list]).unwrap(), 1);
        let refused = ips(&lab, &url, &["--allow-stale", "7d"]).finish();
        assert!(matches!(refused.code, Some(1 | 5)), "{}", refused.shown());
        assert!(refused.stdout.is_empty(), "{}", refused.shown());
        assert_eq!(fs::read(&file).unwrap(), before);
    }
    // Where nothing can be kept, the command works.
    fs::remove_dir_all(lab.file(".cache")).unwrap();
    fs::write(lab.file(".cache"), "a file").unwrap();
    let good = r#"{"outbound":{"aws":{"us-east-1":["203.0.113.1"]}}}"#;
    db.execute("UPDATE resources SET doc = ?1 WHERE kind = 'control_plane_ips'", [good]).unwrap();
    ips(&lab, &url, &[]).finish().exits(0);
}

#[test]
fn what_is_saved_is_read_back() {
    let lab = Lab::new();
    let save = ["--save", "list.json"];
    let fetched = lab.local(LINE).and(&save).finish().exits(0);
    let again = lab.bare(LINE).and(&["--from-file", "list.json"]).finish().exits(0);
    assert_eq!(again.out(), fetched.out());
    let whole: Value = serde_json::from_slice(&fs::read(lab.file("list.json")).unwrap()).unwrap();
    let stored = lab.bare(["local", "ips", "show"]).finish().exits(0).json();
    assert_eq!(whole, stored, "the whole list, not the selection");
    // Nothing is replaced by accident, nor before the list is known to be one.
    fs::write(lab.file("list.json"), "mine").unwrap();
    let taken = lab.local(LINE).and(&save).finish().exits(6);
    assert!(taken.stdout.is_empty() && taken.err().contains("--force"), "{}", taken.shown());
    let failing = ["--save", "list.json", "--force"];
    ips(&lab, "http://127.0.0.1:9", &failing).finish().exits(7);
    assert_eq!(fs::read_to_string(lab.file("list.json")).unwrap(), "mine");
    lab.local(LINE).and(&failing).finish().exits(0);
    assert!(fs::read_to_string(lab.file("list.json")).unwrap().starts_with('{'));
    for wrong in [
        &["--save", "-"][..],
        &["--save", "a.json", "--from-file", "list.json"],
        &["--allow-stale", "24h", "--from-file", "list.json"],
        &["--allow-stale", "soon"],
        &["--allow-stale", "2026-01-01"],
        &["--force"],
    ] {
        let refused = lab.local(LINE).and(wrong).finish().exits(2);
        assert!(refused.stdout.is_empty(), "{}", refused.shown());
    }
    lab.local(LINE).and(&["--save", "nowhere/list.json"]).finish().exits(5);
    // Whatever reads the list can save it.
    lab.local(["ips", "regions", "--save", "r.json"]).finish().exits(0);
    lab.bare(["ips", "diff", "r.json", "list.json"]).finish().exits(0);
}
