//! `spctl ips watch`: changes are passed on as they happen, unless too much is gone.

use std::fs;
use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStderr, ChildStdout};

use serde_json::{Value, json};

use crate::run::{Finished, Run, signal, wait};
use crate::support::Lab;

const WATCH: [&str; 8] =
    ["ips", "watch", "--provider", "aws", "--region", "us-east-1", "--state", "state.json"];

/// The addresses of a region, as many as that, all in a row.
fn addresses(from: u8, many: u8) -> Vec<String> {
    (from..from + many).map(|last| format!("203.0.113.{}", 2 * last + 1)).collect()
}

/// Makes these the region's addresses of the local control plane.
fn set(lab: &Lab, addresses: &[String]) {
    let list =
        json!({ "outbound": { "aws": { "us-east-1": addresses, "us-east-2": ["192.0.2.1"] } } });
    lab.bare(["local", "ips", "set", "-"]).stdin(&list.to_string()).finish().exits(0);
}

/// A lab whose local control plane has twelve addresses for the region.
fn lab() -> Lab {
    let lab = Lab::new();
    lab.bare(["local", "init"]).finish().exits(0);
    set(&lab, &addresses(0, 12));
    lab
}

fn look(lab: &Lab, more: &[&str]) -> Finished {
    lab.local(WATCH).and(&["--once"]).and(more).finish()
}

fn known(lab: &Lab) -> Value {
    serde_json::from_slice(&fs::read(lab.file("state.json")).unwrap()).unwrap()
}

fn cidrs(change: &Value, which: &str) -> Vec<String> {
    let entries = change[which].as_array().expect("an array");
    entries.iter().map(|entry| entry["cidr"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_change_is_one_line_and_then_it_is_known() {
    let lab = lab();
    let first = look(&lab, &[]).exits(0);
    assert!(first.stdout.is_empty(), "{}", first.shown());
    assert!(first.err().contains("recorded 12 blocks"), "{}", first.shown());
    let same = look(&lab, &[]).exits(0);
    assert!(same.stdout.is_empty() && same.err().contains("no change since"), "{}", same.shown());
    set(&lab, &addresses(1, 12));
    let changed = look(&lab, &[]).exits(0);
    assert_eq!(changed.out().lines().count(), 1, "{}", changed.shown());
    let change = changed.json();
    assert_eq!(cidrs(&change, "added"), ["203.0.113.25/32"]);
    assert_eq!(cidrs(&change, "removed"), ["203.0.113.1/32"]);
    assert_eq!(change["counts"], json!({ "added": 1, "removed": 1, "before": 12, "after": 12 }));
    assert_eq!(change["regions"], json!(["aws us-east-1"]));
    assert!(change["time"].as_str().unwrap().parse::<jiff::Timestamp>().is_ok());
    assert_eq!(change["added"][0]["origin"], "control_plane");
    assert!(look(&lab, &[]).exits(0).stdout.is_empty());
}

/// Done as the list changes: the broker that is checked misses what the watch has told.
#[test]
fn check_and_watch_tell_the_difference_after_the_list_is_changed() {
    let lab = lab();
    let region = ["--provider", "aws", "--region", "us-east-1"];
    let allowed = lab.local(["ips"]).and(&region).finish().exits(0).out();
    fs::write(lab.file("allowed.txt"), allowed).unwrap();
    let check = || lab.local(["ips", "check", "--against", "allowed.txt"]).and(&region).finish();
    check().exits(0);
    look(&lab, &[]).exits(0);
    set(&lab, &[addresses(0, 12), vec!["203.0.113.200/30".into()]].concat());
    let differs = check().exits(3);
    assert!(differs.out().contains("203.0.113.200/30"), "{}", differs.shown());
    let change = look(&lab, &[]).exits(0).json();
    assert_eq!(cidrs(&change, "added"), ["203.0.113.200/30"]);
    assert_eq!(cidrs(&change, "removed"), [""; 0]);
}

#[test]
fn a_change_is_known_once_it_was_taken() {
    let lab = lab();
    look(&lab, &[]).exits(0);
    set(&lab, &addresses(0, 13));
    let before = known(&lab)["entries"].clone();
    // The exit code is told, what the program says is shown, and the change stays.
    let program = "sh -c 'cat >/dev/null; echo no room; echo \"at all\" >&2; exit 3'";
    let failed = look(&lab, &["--exec", program]).exits(1);
    for told in ["exit status: 3", "no room", "at all", "passes the change on again"] {
        assert!(failed.err().contains(told), "{told}: {}", failed.shown());
    }
    assert_eq!(cidrs(&failed.json(), "added"), ["203.0.113.25/32"]);
    let missing = look(&lab, &["--exec", "./no-such-program --canary"]).exits(1);
    assert!(missing.err().contains("cannot be run"), "{}", missing.shown());
    assert!(!missing.err().contains("canary"), "{}", missing.shown());
    assert_eq!(known(&lab)["entries"], before);
    // The program gets what is on stdout.
    let taken = look(&lab, &["--exec", "sh -c 'cat >delta.json'"]).exits(0);
    assert_eq!(fs::read(lab.file("delta.json")).unwrap(), taken.stdout);
    assert_ne!(known(&lab)["entries"], before);
    // It need not read it, and is not run where nothing has changed.
    fs::remove_file(lab.file("delta.json")).unwrap();
    look(&lab, &["--exec", "sh -c 'cat >delta.json'"]).exits(0);
    assert!(!lab.file("delta.json").exists());
    set(&lab, &addresses(0, 12));
    look(&lab, &["--exec", "true"]).exits(0);
}

#[test]
fn what_removes_too_much_is_not_passed_on() {
    let lab = lab();
    look(&lab, &[]).exits(0);
    let before = known(&lab)["entries"].clone();
    // Three of twelve, though as many are added.
    set(&lab, &addresses(3, 12));
    let exec = ["--exec", "sh -c 'cat >delta.json'"];
    for limit in [&[][..], &["--max-change", "24.9%"], &["--max-change=0"]] {
        let refused = look(&lab, &[&exec[..], limit].concat()).exits(1);
        assert!(refused.stdout.is_empty(), "{}", refused.shown());
        assert!(refused.err().contains("lacks 3 of 12 known blocks (25%)"), "{}", refused.shown());
        assert!(refused.err().contains("- 203.0.113.5/32"), "{}", refused.shown());
        assert!(refused.err().contains("--accept"), "{}", refused.shown());
    }
    assert!(!lab.file("delta.json").exists());
    assert_eq!(known(&lab)["entries"], before);
    let accepted = look(&lab, &["--accept"]).exits(0);
    assert_eq!(cidrs(&accepted.json(), "removed").len(), 3);
    // Up to the limit, and two at any rate.
    set(&lab, &addresses(6, 12));
    assert_eq!(cidrs(&look(&lab, &["--max-change", "25%"]).exits(0).json(), "removed").len(), 3);
    set(&lab, &addresses(8, 10));
    assert_eq!(cidrs(&look(&lab, &["--max-change", "0%"]).exits(0).json(), "removed").len(), 2);
}

#[test]
fn a_list_without_addresses_is_never_passed_on() {
    let lab = Lab::new();
    lab.bare(["local", "init"]).finish().exits(0);
    set(&lab, &addresses(0, 2));
    look(&lab, &[]).exits(0);
    let before = known(&lab)["entries"].clone();
    for accept in [&[][..], &["--accept"], &["--max-change", "100%"]] {
        set(&lab, &[]);
        let gone = look(&lab, accept).exits(1);
        assert!(gone.stdout.is_empty(), "{}", gone.shown());
        assert!(gone.err().contains("nothing was passed on"), "{}", gone.shown());
    }
    assert_eq!(known(&lab)["entries"], before);
}

#[test]
fn a_state_is_of_one_selection() {
    let lab = lab();
    look(&lab, &[]).exits(0);
    let watch = |more: &[&str]| {
        lab.local(["ips", "watch", "--state", "state.json", "--once"]).and(more).finish()
    };
    // However it is typed.
    watch(&["--provider", "aws", "--region", "US_EAST_1", "--direction", "outbound"]).exits(0);
    for other in [
        &["--provider", "aws", "--region", "us-east-1,us-east-2"][..],
        &["--provider", "aws", "--region", "us-east-1", "--gateway", "all"],
        &["--provider", "aws", "--region", "us-east-1", "--direction", "inbound"],
        &["--provider", "aws", "--region", "us-east-1", "--from-file", "list.json"],
        &["--instance", "orders"],
    ] {
        let refused = watch(other).exits(2);
        assert!(refused.err().contains("another selection"), "{}", refused.shown());
    }
    for text in ["", "{}", "[]", "not JSON", r#"{"spctl_ips_watch": 2}"#] {
        fs::write(lab.file("state.json"), text).unwrap();
        let refused = look(&lab, &[]).exits(2);
        assert!(refused.err().contains("not what ips watch has written"), "{}", refused.shown());
        assert_eq!(fs::read_to_string(lab.file("state.json")).unwrap(), text);
    }
}

#[cfg(unix)]
#[test]
fn a_state_is_its_owner_s_alone() {
    use std::os::unix::fs::PermissionsExt;
    let lab = lab();
    look(&lab, &[]).exits(0);
    let mode = fs::metadata(lab.file("state.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn what_cannot_be_watched_is_refused_before_anything_is_read() {
    let lab = lab();
    for wrong in [
        &["--interval", "0s"][..],
        &["--interval", "2026-01-01"],
        &["--max-change", "101%"],
        &["--max-change", "ten"],
        &["--exec", ""],
        &["--exec", "sh -c 'half"],
        &["--save", "list.json"],
        &["--allow-stale", "24h"],
        &["--from-file", "-"],
        &["--columns", "a"],
        &["-q"],
    ] {
        look(&lab, wrong).exits(2);
        assert!(!lab.file("state.json").exists(), "{wrong:?}");
    }
    let region = ["--provider", "aws", "--region", "us-east-1"];
    lab.local(["ips", "watch", "--once"]).and(&region).finish().exits(2);
    lab.local(["ips", "watch", "--once", "--state", "a"]).finish().exits(2);
    let nowhere = ["ips", "watch", "--once", "--state", "nowhere/state.json"];
    lab.local(nowhere).and(&region).finish().exits(5);
    let dash = lab.local(["ips", "watch", "--once", "--state", "-"]).and(&region).finish().exits(2);
    assert!(
        dash.err().contains("hint: name a file") && !lab.file("-").exists(),
        "{}",
        dash.shown()
    );
}

/// Success would be said of a change that nobody got.
#[test]
fn a_program_gets_the_change_where_nobody_reads_stdout() {
    let lab = lab();
    look(&lab, &[]).exits(0);
    set(&lab, &addresses(0, 13));
    let run = lab.local(WATCH).and(&["--once", "--exec", "sh -c 'cat >delta.json'"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut child = run.command().stdout(writer).spawn().unwrap();
    assert_eq!(wait(&mut child), Some(0));
    let passed: Value = serde_json::from_slice(&fs::read(lab.file("delta.json")).unwrap()).unwrap();
    assert_eq!(cidrs(&passed, "added").len(), 1);
    assert_eq!(known(&lab)["entries"].as_array().map(Vec::len), Some(13));
}

#[test]
fn a_dry_run_passes_nothing_on() {
    let lab = lab();
    look(&lab, &["--dry-run"]).exits(0);
    assert!(!lab.file("state.json").exists());
    look(&lab, &[]).exits(0);
    let before = known(&lab);
    set(&lab, &addresses(0, 13));
    let dry = look(&lab, &["--exec", "sh -c 'cat >delta.json'", "--dry-run"]).exits(0);
    assert_eq!(cidrs(&dry.json(), "added").len(), 1);
    assert!(dry.err().contains("would run sh"), "{}", dry.shown());
    assert!(!lab.file("delta.json").exists());
    assert_eq!(known(&lab), before);
}

#[test]
fn without_a_network_the_age_of_what_is_known_is_told() {
    let mut lab = Lab::new();
    let url = lab.url().to_owned();
    let watch =
        |lab: &Lab, more: &[&str]| lab.bare(WATCH).and(more).env("MONGODB_ATLAS_BASE_URL", &url);
    watch(&lab, &["--once"]).finish().exits(0);
    lab.stop();
    let mut state = known(&lab);
    let then = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(5);
    state["checked"] = then.to_string().into();
    fs::write(lab.file("state.json"), state.to_string()).unwrap();
    let once = watch(&lab, &["--once"]).finish().exits(7);
    assert!(once.err().contains("(5h ago)"), "{}", once.shown());
    assert_eq!(known(&lab), state);
    // Without --once it goes on, and begins even where nothing is known.
    for (age, times) in [("(5h ago)", 2), ("no list is known yet", 1)] {
        let mut watching = Watching::start(&watch(&lab, &["--interval", "1s"]));
        (0..times).for_each(|_| watching.tells(age));
        watching.interrupt();
        fs::remove_file(lab.file("state.json")).unwrap_or_default();
    }
}

/// A watch that goes on.
struct Watching {
    child: Child,
    out: Lines<BufReader<ChildStdout>>,
    err: Lines<BufReader<ChildStderr>>,
}

impl Watching {
    fn start(run: &Run) -> Self {
        let mut child = run.command().spawn().expect("the binary starts");
        let out = BufReader::new(child.stdout.take().expect("piped")).lines();
        let err = BufReader::new(child.stderr.take().expect("piped")).lines();
        Watching { child, out, err }
    }

    /// Waits for stderr to have this.
    fn tells(&mut self, text: &str) {
        let mut lines = self.err.by_ref().map_while(Result::ok);
        assert!(lines.any(|line| line.contains(text)), "{text:?} does not come");
    }

    /// The next line of stdout.
    fn line(&mut self) -> Value {
        let line = self.out.next().expect("a line").expect("text");
        serde_json::from_str(&line).expect("JSON")
    }

    /// Ends it as a person does.
    fn interrupt(mut self) {
        signal(&self.child, "INT");
        assert_eq!(wait(&mut self.child), Some(130));
    }
}

#[test]
fn it_goes_on_until_it_is_interrupted() {
    let lab = lab();
    let run = lab.local(WATCH).and(&["--interval", "1s"]);
    let mut watching = Watching::start(&run);
    watching.tells("recorded 12 blocks");
    // Two with one state would each pass a change on.
    let second = look(&lab, &[]).exits(6);
    assert!(second.err().contains("another command uses state.json"), "{}", second.shown());
    set(&lab, &addresses(0, 13));
    assert_eq!(cidrs(&watching.line(), "added"), ["203.0.113.25/32"]);
    set(&lab, &addresses(0, 12));
    assert_eq!(cidrs(&watching.line(), "removed"), ["203.0.113.25/32"]);
    watching.interrupt();
    let after = look(&lab, &[]).exits(0);
    assert!(after.stdout.is_empty() && after.err().contains("no change"), "{}", after.shown());
}

#[test]
fn what_was_not_taken_is_tried_again_and_told_once() {
    let lab = lab();
    let program = "sh -c 'cat >>tries; grep -q . ready'";
    let run = lab.local(WATCH).and(&["--interval", "1s", "--exec", program]);
    let mut watching = Watching::start(&run);
    watching.tells("recorded 12 blocks");
    set(&lab, &addresses(0, 13));
    watching.tells("passed on again in 1s");
    watching.tells("passed on again in 1s");
    fs::write(lab.file("ready"), "yes").unwrap();
    assert_eq!(cidrs(&watching.line(), "added"), ["203.0.113.25/32"]);
    // The next line is that of the next change.
    let tries = || fs::read_to_string(lab.file("tries")).unwrap().lines().count();
    while known(&lab)["entries"].as_array().unwrap().len() < 13 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(tries() >= 3, "{}", tries());
    set(&lab, &addresses(0, 12));
    assert_eq!(cidrs(&watching.line(), "removed"), ["203.0.113.25/32"]);
    watching.interrupt();
}

/// How the program ends decides, not when the person loses patience.
#[test]
fn a_program_that_is_under_way_is_waited_for() {
    for (end, entries) in [(0, 13), (1, 12)] {
        let lab = lab();
        look(&lab, &[]).exits(0);
        set(&lab, &addresses(0, 13));
        let program =
            format!("sh -c 'echo begun; until test -e go; do sleep 0.02; done; exit {end}'");
        let mut watching = Watching::start(&lab.local(WATCH).and(&["--exec", &program]));
        watching.tells("begun");
        signal(&watching.child, "TERM");
        watching.tells("waiting for sh to end");
        fs::write(lab.file("go"), "").unwrap();
        assert_eq!(wait(&mut watching.child), Some(130));
        assert_eq!(known(&lab)["entries"].as_array().unwrap().len(), entries);
    }
}
