//! `spctl audit follow`: each event once, whatever happens in between.

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStderr, ChildStdout, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use spctl::local::admin::{Admin, CredentialKind};
use spctl::local::{Clock, Fault, FaultAction};

use crate::run::{Run, signal, wait};
use crate::support::Lab;

const DOWNLOAD: &str = "downloadGroupStreamAuditLogs";

/// A lab whose control plane has the system's time.
fn lab() -> Lab {
    let lab = Lab::ticking();
    let mut admin = Admin::open(&lab.file("server/store.db"), Clock::System).unwrap();
    admin.set_time(jiff::Timestamp::now()).unwrap();
    lab
}

/// An event of so many seconds ago, which names its processor.
fn line(name: &str, seconds_ago: i64) -> (i64, String) {
    let time = jiff::Timestamp::now().as_millisecond() - 1000 * seconds_ago;
    let line = json!({
        "class_uid": 3004, "activity_id": 3, "time": time, "status_id": 1,
        "actor": { "user": { "name": "admin.alice" } }, "src_endpoint": { "ip": "192.0.2.7" },
        "entity": { "name": name, "type": "stream_processor" },
        "unmapped": { "atype": "startStreamProcessor" },
    });
    (time, line.to_string())
}

/// Puts a line into the server's log.
fn put(lab: &Lab, instance: &str, (time, line): &(i64, String)) {
    let db = rusqlite::Connection::open(lab.file("server/store.db")).unwrap();
    db.busy_timeout(Duration::from_secs(10)).unwrap();
    let insert = "INSERT INTO audit (project, instance, time, line) VALUES (?1, ?2, ?3, ?4)";
    db.execute(insert, rusqlite::params![lab.project(), instance, time, line]).unwrap();
}

/// The processors that the lines name, but for those of the sample.
fn named(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let names = lines.filter_map(|line| Some(line["entity"]["name"].as_str()?.to_owned()));
    names.filter(|name| name.starts_with("p-")).collect()
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}

/// A run that goes on.
struct Following {
    child: Child,
    out: Lines<BufReader<ChildStdout>>,
    err: Lines<BufReader<ChildStderr>>,
}

impl Following {
    fn start(run: &Run) -> Self {
        let mut child = run.command().spawn().expect("the binary starts");
        let out = BufReader::new(child.stdout.take().expect("piped")).lines();
        let err = BufReader::new(child.stderr.take().expect("piped")).lines();
        Following { child, out, err }
    }

    /// Waits for stderr to have this; the lines before it.
    fn tells(&mut self, text: &str) -> Vec<String> {
        let mut before = Vec::new();
        for line in self.err.by_ref().map_while(Result::ok) {
            if line.contains(text) {
                return before;
            }
            before.push(line);
        }
        panic!("{text:?} does not come: {before:#?}");
    }

    /// The next processor that stdout names.
    fn name(&mut self) -> String {
        let mut lines = self.out.by_ref().map(|line| line.expect("text"));
        let name = lines.find_map(|line| named(&line).pop());
        name.expect("an event")
    }

    /// Ends it as a person does; what was still written.
    fn interrupt(mut self) -> Vec<String> {
        signal(&self.child, "INT");
        assert_eq!(wait(&mut self.child), Some(130));
        self.out.flat_map(|line| named(&line.expect("text"))).collect()
    }
}

fn follow(lab: &Lab) -> Run {
    lab.typed("audit follow orders --interval 1s -o ndjson")
}

/// A look that ends, with a state.
fn once(lab: &Lab) -> Run {
    lab.typed("audit follow orders --state state.json --once -o ndjson")
}

#[test]
fn what_appears_is_written_once_even_if_it_appears_late() {
    let lab = lab();
    put(&lab, "orders", &line("p-before", 30));
    let mut following = Following::start(&follow(&lab));
    following.tells("orders: following from now on");
    put(&lab, "orders", &line("p-new", 0));
    assert_eq!(following.name(), "p-new");
    // Its time is before that of lines that were written.
    put(&lab, "orders", &line("p-late", 240));
    assert_eq!(following.name(), "p-late");
    let twin = line("p-twin", 1);
    put(&lab, "orders", &twin);
    put(&lab, "orders", &twin);
    assert_eq!((following.name(), following.name()), ("p-twin".into(), "p-twin".into()));
    put(&lab, "orders", &line("p-last", 0));
    assert_eq!(following.name(), "p-last");
    assert_eq!(following.interrupt(), [""; 0]);
}

#[test]
fn runs_with_a_state_are_as_one() {
    let lab = lab();
    let mut told = Vec::new();
    let mut look = || told.extend(named(&once(&lab).finish().exits(0).out()));
    put(&lab, "orders", &line("p-before", 30));
    look();
    let mut wanted = Vec::new();
    let twin = line("p-twin", 100);
    for round in 0..4 {
        for (name, ago) in [(format!("p-new-{round}"), 0), (format!("p-late-{round}"), 280)] {
            put(&lab, "orders", &line(&name, ago));
            wanted.push(name);
        }
        put(&lab, "orders", &twin);
        wanted.push("p-twin".to_owned());
        look();
        look();
    }
    assert_eq!(sorted(told), sorted(wanted));
}

#[test]
fn a_long_absence_is_caught_up_with() {
    let lab = lab();
    once(&lab).finish().exits(0);
    let path = lab.file("state.json");
    let mut state: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let (day, now) = (86_400, jiff::Timestamp::now().as_second());
    state["instances"]["orders"] = json!({ "start": (now - 60 * day) * 1_000_000, "lines": [] });
    fs::write(&path, state.to_string()).unwrap();
    // More than one state is kept on the way.
    let wanted: Vec<String> = (0..3000).map(|number| format!("p-{number}")).collect();
    let db = rusqlite::Connection::open(lab.file("server/store.db")).unwrap();
    db.execute_batch("BEGIN").unwrap();
    for (number, name) in (0..).zip(&wanted) {
        let (time, line) = line(name, 59 * day - number * 1700);
        let insert =
            "INSERT INTO audit (project, instance, time, line) VALUES (?1, 'orders', ?2, ?3)";
        db.execute(insert, rusqlite::params![lab.project(), time, line]).unwrap();
    }
    db.execute_batch("COMMIT").unwrap();
    assert!(named(&once(&lab).finish().exits(0).out()) == wanted);
    assert_eq!(named(&once(&lab).finish().exits(0).out()), [""; 0]);
}

/// As the local control plane's clock may be, on purpose.
#[test]
fn a_server_whose_clock_is_behind_is_followed() {
    let lab = Lab::new();
    let mut following = Following::start(&follow(&lab));
    following.tells("orders: following from now on");
    let time = crate::support::NOW.parse::<jiff::Timestamp>().unwrap().as_millisecond();
    let (_, text) = line("p-behind", 0);
    let mut event: Value = serde_json::from_str(&text).unwrap();
    event["time"] = (time + 1000).into();
    put(&lab, "orders", &(time + 1000, event.to_string()));
    assert_eq!(following.name(), "p-behind");
    following.interrupt();
}

#[test]
fn a_killed_run_is_gone_on_with() {
    let lab = lab();
    once(&lab).finish().exits(0);
    let mut wanted = Vec::new();
    let appended = || {
        let path = lab.file("events.ndjson");
        OpenOptions::new().create(true).append(true).open(path).unwrap()
    };
    for round in 0..12_u64 {
        let run = lab.typed("audit follow orders --state state.json --interval 1s -o ndjson");
        let mut child = run.command().stdout(appended()).stderr(Stdio::null()).spawn().unwrap();
        for number in 0..8 {
            let name = format!("p-{round}-{number}");
            put(&lab, "orders", &line(&name, i64::from(number) * 30));
            wanted.push(name);
            std::thread::sleep(Duration::from_millis((round * 37 + 11) % 60));
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let last = once(&lab).finish().exits(0).out();
    let told = fs::read_to_string(lab.file("events.ndjson")).unwrap() + &last;
    assert_eq!(sorted(named(&told)), sorted(wanted));
}

#[test]
fn what_fails_for_a_while_is_told_once() {
    let lab = Lab::faulty();
    for (action, times) in [
        (FaultAction::Status { status: 500, error_code: None, retry_after: None }, 3),
        (FaultAction::TruncateGzip, 2),
    ] {
        lab.faults.push(Fault { operation: Some(DOWNLOAD), times, action });
    }
    // The control plane's clock stands still.
    let since = crate::support::NOW;
    let run = follow(&lab).and(&["--since", since]);
    let mut following = Following::start(&run);
    let before = following.tells("orders: answers again");
    let told = before.iter().filter(|line| line.contains("trying again")).count();
    assert_eq!(told, 2, "one for each kind: {before:#?}");
    let time: jiff::Timestamp = since.parse().unwrap();
    let (_, text) = line("p-after", 0);
    let mut event: Value = serde_json::from_str(&text).unwrap();
    event["time"] = (time.as_millisecond() + 1000).into();
    put(&lab, "orders", &(time.as_millisecond() + 1000, event.to_string()));
    assert_eq!(following.name(), "p-after");
    following.interrupt();
}

#[test]
fn without_an_answer_one_look_fails() {
    let mut lab = lab();
    once(&lab).finish().exits(0);
    let known = fs::read(lab.file("state.json")).unwrap();
    let run = once(&lab);
    lab.stop();
    let failed = run.finish().exits(7);
    assert!(failed.stdout.is_empty(), "{}", failed.shown());
    assert!(fs::read(lab.file("state.json")).unwrap() == known);
}

#[test]
fn several_are_followed_and_what_is_not_there_is_given_up() {
    let lab = lab();
    let run = lab.typed("audit follow orders nowhere payments --interval 1s -o ndjson");
    let mut following = Following::start(&run);
    let before = following.tells("payments: following from now on");
    assert!(before.iter().any(|line| line.contains("not followed any more")), "{before:#?}");
    put(&lab, "payments", &line("p-payments", 0));
    assert_eq!(following.name(), "p-payments");
    put(&lab, "orders", &line("p-orders", 0));
    assert_eq!(following.name(), "p-orders");
    following.interrupt();
    lab.typed("audit follow nowhere").finish().exits(5);
    let reader = lab.credential(CredentialKind::ApiKey, "GROUP_READ_ONLY");
    lab.with_key(&reader, ["audit", "follow", "orders"]).finish().exits(4);
    let mixed = lab.typed("audit follow orders nowhere --once --state s.json").finish().exits(5);
    assert!(mixed.err().contains("nowhere"), "{}", mixed.shown());
}

#[test]
fn events_since_a_moment_are_written_first() {
    let lab = lab();
    put(&lab, "orders", &line("p-older", 7200));
    put(&lab, "orders", &line("p-old", 1800));
    let since = |more: &[&str]| named(&once(&lab).and(more).finish().exits(0).out());
    assert_eq!(since(&["--since", "1h"]), ["p-old"]);
    // What is known decides, so that nothing is missed that came while nobody looked.
    put(&lab, "orders", &line("p-new", 100));
    assert_eq!(since(&["--since", "10s"]), ["p-new"]);
}

#[test]
fn only_what_is_asked_for_is_written() {
    let lab = lab();
    once(&lab).finish().exits(0);
    put(&lab, "orders", &line("p-one", 1));
    put(&lab, "orders", &line("p-two", 0));
    let run = once(&lab).and(&["--processor", "p-two", "--event", "startstreamprocessor"]);
    assert_eq!(named(&run.finish().exits(0).out()), ["p-two"]);
    // What was not asked for was seen all the same.
    assert_eq!(named(&once(&lab).finish().exits(0).out()), [""; 0]);
}

#[test]
fn columns_have_one_header_and_documents_no_end() {
    let lab = lab();
    let run = lab.typed("audit follow orders --interval 1s -o csv --processor p-one,p-two");
    let mut following = Following::start(&run);
    following.tells("following from now on");
    put(&lab, "orders", &line("p-one", 0));
    let mut next = || following.out.next().expect("a line").expect("text");
    assert_eq!(next(), "time,event,outcome,user,ip,processor,instance");
    assert!(next().ends_with(",startStreamProcessor,success,admin.alice,192.0.2.7,p-one,orders"));
    put(&lab, "orders", &line("p-two", 0));
    assert!(next().ends_with(",p-two,orders"));
    following.interrupt();
    let jq = lab.typed("audit follow orders --interval 1s --processor p-three --jq .entity.name");
    let mut following = Following::start(&jq);
    following.tells("following from now on");
    put(&lab, "orders", &line("p-three", 0));
    assert_eq!(following.out.next().unwrap().unwrap(), "p-three");
    following.interrupt();
    for wrong in [
        "-o json",
        "-o yaml",
        "-q",
        "--until 1h",
        "--raw -o csv",
        "--once",
        "--interval 0s",
        "--instance payments",
    ] {
        let refused = lab.typed(&format!("audit follow orders {wrong}")).finish().exits(2);
        assert!(refused.stdout.is_empty(), "{}", refused.shown());
    }
}

#[test]
fn a_reader_who_has_had_enough_ends_it() {
    let lab = lab();
    let mut following = Following::start(&follow(&lab).and(&["--since", "1h"]));
    following.tells("orders: following");
    put(&lab, "orders", &line("p-one", 0));
    assert_eq!(following.name(), "p-one");
    let Following { mut child, out, .. } = following;
    drop(out);
    put(&lab, "orders", &line("p-two", 0));
    assert_eq!(wait(&mut child), Some(0));
}

/// Nobody read the events, so they are not known.
#[test]
fn what_could_not_be_written_comes_again() {
    let lab = lab();
    once(&lab).finish().exits(0);
    put(&lab, "orders", &line("p-one", 0));
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut child = once(&lab).command().stdout(writer).spawn().unwrap();
    assert_eq!(wait(&mut child), Some(0));
    let full = File::options().write(true).open("/dev/full").unwrap();
    let mut child = once(&lab).command().stdout(full).spawn().unwrap();
    assert_eq!(wait(&mut child), Some(1));
    assert_eq!(named(&once(&lab).finish().exits(0).out()), ["p-one"]);
}

/// Who closes stdout has not seen the events; who discards them has meant it.
#[cfg(unix)]
#[test]
fn a_closed_stdout_uses_no_event_up() {
    let lab = lab();
    once(&lab).finish().exits(0);
    put(&lab, "orders", &line("p-one", 0));
    let known = fs::read(lab.file("state.json")).unwrap();
    let redirected = |to: &str| {
        let run = once(&lab);
        let (plain, mut shell) = (run.command(), std::process::Command::new("sh"));
        shell.args(["-c", &format!("exec \"$0\" \"$@\" {to}")]).arg(plain.get_program());
        shell.args(plain.get_args()).current_dir(plain.get_current_dir().unwrap()).env_clear();
        shell.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
        shell.output().unwrap()
    };
    let closed = redirected(">&-");
    let told = String::from_utf8(closed.stderr).unwrap();
    assert_eq!(closed.status.code(), Some(1), "{told}");
    assert!(told.contains("stdout is closed"), "{told}");
    assert_eq!(fs::read(lab.file("state.json")).unwrap(), known);
    assert_eq!(named(&once(&lab).finish().exits(0).out()), ["p-one"]);
    put(&lab, "orders", &line("p-two", 0));
    assert_eq!(redirected(">/dev/null").status.code(), Some(0));
    assert!(named(&once(&lab).finish().exits(0).out()).is_empty());
}

#[test]
fn what_cannot_be_followed_is_refused_and_leaves_nothing() {
    let lab = lab();
    for (line, code, part) in [
        ("./o.log", 2, "spctl audit show ./o.log reads files"),
        ("logs/", 2, "spctl audit show logs/ reads files"),
        ("o.LOG.1", 2, "spctl audit show o.LOG.1 reads files"),
        ("orders --since 2199-01-01", 2, "is in the future"),
        ("orders --bad lines", 2, "--raw"),
        ("nosuch", 5, "instances list"),
    ] {
        let run = lab.typed(&format!("audit follow {line} --state new.state --once")).finish();
        let run = run.exits(code);
        assert!(run.err().contains(part), "{}", run.shown());
        let left = fs::read_dir(lab.home()).unwrap().map(|entry| entry.unwrap().file_name());
        let left: Vec<_> =
            left.filter(|name| name.to_string_lossy().contains("new.state")).collect();
        assert!(left.is_empty(), "{left:?}");
    }
    let full = File::options().write(true).open("/dev/full").unwrap();
    let first = lab.typed("audit follow orders --state state.json --once --since 1h -o ndjson");
    put(&lab, "orders", &line("p-one", 0));
    let mut child = first.command().stdout(full).spawn().unwrap();
    assert_eq!(wait(&mut child), Some(1));
    assert!(!lab.file("state.json").exists() && !lab.file("state.json.lock").exists());
    assert_eq!(named(&first.finish().exits(0).out()), ["p-one"]);
    assert!(!lab.file("state.json.lock").exists());
}

/// Runs that take turns, or meet: one state is never two runs' at once, though its lock comes and goes.
#[test]
fn runs_that_meet_write_each_event_once() {
    let lab = lab();
    once(&lab).finish().exits(0);
    put(&lab, "orders", &line("p-one", 0));
    let mut written = Vec::new();
    for _ in 0..3 {
        let children: Vec<_> = (0..4)
            .map(|_| once(&lab).command().stdin(Stdio::null()).spawn().expect("started"))
            .collect();
        for child in children {
            let output = child.wait_with_output().unwrap();
            assert!(matches!(output.status.code(), Some(0 | 6)), "{:?}", output.status);
            written.extend(named(&String::from_utf8(output.stdout).unwrap()));
        }
    }
    assert_eq!(written, ["p-one"]);
}

#[test]
fn a_state_is_of_one_project_and_one_run() {
    let lab = lab();
    let mut following =
        Following::start(&lab.typed("audit follow orders --state state.json --interval 1s"));
    following.tells("following from now on");
    let second = once(&lab).finish().exits(6);
    assert!(second.err().contains("another command uses state.json"), "{}", second.shown());
    following.interrupt();
    let other = lab.spctl(["audit", "follow", "orders", "--state", "state.json", "--once"]);
    let mut other = other.without("MONGODB_ATLAS_PROJECT_ID");
    other.args.extend(["--project".to_owned(), "analytics".to_owned()]);
    let other = other.finish();
    assert!(matches!(other.code, Some(2 | 5)), "{}", other.shown());
    for text in ["", "{}", r#"{"spctl_audit_follow": 2, "place": "", "instances": {}}"#] {
        fs::write(lab.file("state.json"), text).unwrap();
        let refused = once(&lab).finish().exits(2);
        assert!(refused.err().contains("not what audit follow has written"), "{}", refused.shown());
        assert_eq!(fs::read_to_string(lab.file("state.json")).unwrap(), text);
    }
    for no_file in ["-", "/dev/full", "."] {
        lab.typed(&format!("audit follow orders --once --state {no_file}")).finish().exits(2);
    }
    lab.typed("audit follow orders --once --state nowhere/state").finish().exits(5);
}

#[test]
fn a_dry_run_reads_nothing() {
    let lab = lab();
    lab.requests();
    let run = lab.typed("audit follow orders payments --state state.json --dry-run");
    let dry = run.finish().exits(0);
    assert_eq!(dry.out().lines().filter(|line| line.starts_with("GET\t")).count(), 2);
    assert!(!lab.file("state.json").exists());
    assert!(!lab.requests().iter().any(|request| request.contains("auditLogs")));
}

/// The line's bytes count, not what they mean: damage is as new as an event is.
#[test]
fn lines_that_are_no_event_are_told_and_written_byte_for_byte() {
    let lab = lab();
    let run = lab.typed("audit follow orders --state state.json --once --raw");
    run.finish().exits(0);
    let (time, _) = line("", 0);
    put(&lab, "orders", &(time, "{\"cut\": \"p".to_owned()));
    put(&lab, "orders", &line("p-one", 0));
    let raw = lab.typed("audit follow orders --state state.json --once --raw").finish().exits(0);
    assert!(raw.out().contains("{\"cut\": \"p\n"), "{}", raw.shown());
    assert!(raw.err().contains("orders: 1 line is no event"), "{}", raw.shown());
    let again = lab.typed("audit follow orders --state state.json --once --raw").finish().exits(0);
    assert!(!again.out().contains("cut") && !again.err().contains("no event"), "{}", again.shown());
}
