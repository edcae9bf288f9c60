//! Ctrl-C, and a request to end, while a change is on its way: what is sent is waited for a while,
//! nothing new begins, and the outcome of each change is reported.

use std::io::{BufRead, BufReader, Lines, Write};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use spctl::local::{Fault, FaultAction, RateLimits};

use crate::run::{Run, signal, wait};
use crate::support::Lab;

/// A command that has sent a change and was told to come again, so that it takes signals already.
struct Begun {
    child: Child,
    lines: Lines<BufReader<ChildStderr>>,
}

impl Begun {
    fn start(run: &Run) -> Self {
        Begun::of(run.command())
    }

    fn of(mut command: Command) -> Self {
        let mut child = command.spawn().expect("the binary starts");
        let lines = BufReader::new(child.stderr.take().expect("piped")).lines();
        let mut begun = Begun { child, lines };
        begun.sees("trying again in");
        begun
    }

    fn sees(&mut self, text: &str) -> String {
        let lines = self.lines.by_ref().map_while(Result::ok);
        let mut seen = Vec::new();
        for line in lines {
            seen.push(line);
            if seen.last().is_some_and(|line| line.contains(text)) {
                return seen.join("\n");
            }
        }
        panic!("{text:?} does not come, after:\n{}", seen.join("\n"))
    }

    fn ends(mut self, code: i32) -> String {
        let rest: Vec<_> = self.lines.by_ref().map_while(Result::ok).collect();
        let rest = rest.join("\n");
        assert_eq!(wait(&mut self.child), Some(code), "{rest}");
        rest
    }
}

/// A server that sends every change away for so many seconds first, and then answers late.
fn slow(operation: &'static str, retry_after: u64, answer: Duration) -> Lab {
    let lab = Lab::faulty();
    let again =
        FaultAction::Status { status: 429, error_code: None, retry_after: Some(retry_after) };
    for action in [again, FaultAction::Delay(answer)] {
        lab.faults.push(Fault { operation: Some(operation), times: 1, action });
    }
    lab
}

const UPDATE: &str = "updateGroupDatabaseUser";
const LINE: &str = "users update bob --description A --yes";

fn patches(lab: &Lab) -> usize {
    lab.requests().iter().filter(|request| request.starts_with("PATCH ")).count()
}

#[test]
fn a_change_that_waits_to_be_sent_is_not_sent() {
    let api = "api PATCH groups/{project}/databaseUsers/admin/bob -f description=A --yes";
    for (line, name) in [(LINE, "TERM"), (LINE, "HUP"), (api, "TERM")] {
        let lab = slow(UPDATE, 25, Duration::ZERO);
        let begun = Begun::start(&lab.typed(line));
        let start = Instant::now();
        signal(&begun.child, name);
        let told = begun.ends(130);
        assert!(start.elapsed() < Duration::from_secs(8), "{:?}", start.elapsed());
        assert!(told.contains("interrupted before it was sent again"), "{told}");
        assert_eq!(patches(&lab), 1, "{told}");
    }
}

#[test]
fn an_answer_is_waited_for_after_an_interruption() {
    let lab = slow(UPDATE, 1, Duration::from_secs(4));
    let mut begun = Begun::start(&lab.typed(LINE));
    sleep(Duration::from_millis(2500));
    signal(&begun.child, "INT");
    begun.sees("interrupted: waiting up to 10 s");
    let told = begun.ends(0);
    assert!(told.contains("updated database user bob"), "{told}");
}

#[test]
fn a_second_interruption_ends_the_wait_and_says_what_is_not_known() {
    let lab = slow(UPDATE, 1, Duration::from_secs(25));
    let mut begun = Begun::start(&lab.typed(LINE));
    sleep(Duration::from_millis(2500));
    signal(&begun.child, "INT");
    begun.sees("interrupt again");
    signal(&begun.child, "INT");
    let told = begun.ends(130);
    assert!(told.contains("database user bob: interrupted before the answer arrived"), "{told}");
    assert!(told.contains("it is unknown whether it was applied"), "{told}");
}

#[test]
fn of_a_batch_what_was_done_and_what_was_not_begun_is_told() {
    let lab = Lab::faulty();
    let again = FaultAction::Status { status: 429, error_code: None, retry_after: Some(25) };
    lab.faults.push(Fault { operation: Some(UPDATE), times: 2, action: again });
    let batch = lab.typed("users update bob erin --description A --yes --failed left.txt");
    let begun = Begun::start(&batch);
    signal(&begun.child, "INT");
    let told = begun.ends(130);
    let kept = std::fs::read_to_string(lab.file("left.txt")).unwrap_or_default();
    assert_eq!(kept, "bob\nerin\n", "{told}");
}

#[test]
fn a_wait_for_the_rate_limit_ends_too() {
    let limits = RateLimits { per_minute: 60, everything: true, ..RateLimits::default() };
    let lab = Lab::new().crowded(100, limits);
    let mut run = lab.spctl(["users", "grant", "-", "--role", "read@z", "--yes"]);
    run.stdin = (0..100).flat_map(|number| format!("u{number:05}\n").into_bytes()).collect();
    let mut child = run.command().spawn().expect("the binary starts");
    child.stdin.take().expect("piped").write_all(&run.stdin).expect("it reads names");
    let mut begun =
        Begun { lines: BufReader::new(child.stderr.take().expect("piped")).lines(), child };
    begun.sees("the rate limit of");
    signal(&begun.child, "TERM");
    let told: Vec<String> = begun.lines.by_ref().map_while(Result::ok).collect();
    assert_eq!(wait(&mut begun.child), Some(130), "{told:?}");
    let count = |text: &str| told.iter().filter(|line| line.contains(text)).count();
    let (made, unsent) =
        (count("sent, but not verified"), count("interrupted before it was sent;"));
    assert!(made > 0 && unsent > 0, "{told:?}");
    assert_eq!(made + unsent, 100, "{told:?}");
}

/// The same command under a shell that ignores hangups, as `nohup` does.
fn under_nohup(run: &Run) -> Command {
    let plain = run.command();
    let mut command = Command::new("sh");
    command
        .args(["-c", "trap '' HUP; exec \"$0\" \"$@\""])
        .arg(plain.get_program())
        .args(plain.get_args())
        .env_clear()
        .envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

#[test]
fn under_nohup_a_hangup_changes_nothing() {
    let lab = slow(UPDATE, 2, Duration::ZERO);
    let begun = Begun::of(under_nohup(&lab.typed(LINE)));
    signal(&begun.child, "HUP");
    let told = begun.ends(0);
    assert!(told.contains("updated database user bob"), "{told}");
}

/// On a stopped clock an entry never takes effect.
#[cfg(target_os = "linux")]
#[test]
fn looking_again_costs_no_thread() {
    let lab = Lab::new();
    lab.typed("access-lists add 192.0.2.9 --yes").finish().exits(0);
    let mut child = lab.typed("access-lists status 192.0.2.9 --wait").command().spawn().unwrap();
    let start = Instant::now();
    let mut looks = 0;
    while looks < 4 {
        assert!(start.elapsed() < Duration::from_secs(20), "it has looked {looks} times");
        sleep(Duration::from_millis(10));
        looks += lab.requests().iter().filter(|request| request.ends_with("/status")).count();
    }
    let tasks = std::fs::read_dir(format!("/proc/{}/task", child.id())).unwrap();
    let name = |task: std::fs::DirEntry| std::fs::read_to_string(task.path().join("comm")).ok();
    let names: Vec<_> = tasks.filter_map(|task| name(task.ok()?)).collect();
    let taking = names.iter().filter(|name| name.trim_end() == "signals").count();
    assert_eq!(taking, 1, "{names:?}");
    signal(&child, "INT");
    assert_eq!(wait(&mut child), Some(130));
}
