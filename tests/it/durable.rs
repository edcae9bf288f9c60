//! Files that are whole or not there, whatever ends the command or the machine.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::Command;
use std::time::Duration;

use crate::bytes::Raw;
use crate::run::{Run, wait};
use crate::support::{Lab, skipped};

/// The same run, begun by a shell that does something before.
fn after(run: &Run, first: &str) -> Command {
    let plain = run.command();
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{first}; exec \"$0\" \"$@\"")]);
    command.arg(plain.get_program()).args(plain.get_args()).env_clear();
    command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.current_dir(lab_dir(&plain));
    command
}

fn lab_dir(command: &Command) -> std::path::PathBuf {
    command.get_current_dir().expect("a run has a directory").to_owned()
}

fn parts(lab: &Lab) -> Vec<String> {
    let entries = fs::read_dir(lab.home()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name.contains("part")).collect()
}

#[test]
fn a_limit_on_the_size_of_files_is_told_and_leaves_nothing() {
    let lab = Lab::new();
    for line in [
        "audit download orders --since all --decompress --out log",
        "audit download orders --since all --out log",
        "api GET groups/{project}/streams/orders/auditLogs --out log",
    ] {
        let output = after(&lab.typed(line), "ulimit -f 1").output().expect("a shell");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{line}: {told}");
        assert!(told.contains("File too large"), "{line}: {told}");
        assert!(!lab.file("log").exists() && parts(&lab).is_empty(), "{:?}", parts(&lab));
    }
    let line = "audit download orders --since all --decompress --out -";
    let output = after(&lab.typed(line), "ulimit -f 1; exec >out").output().expect("a shell");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("discard it"));
}

#[test]
fn a_store_that_cannot_grow_is_told_of_as_such() {
    let lab = Lab::new();
    lab.local(["local", "init"]).finish().exits(0);
    let list = lab.local(["users", "list", "-q"]);
    let output = after(&list, "ulimit -f 1").output().expect("a shell");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("there is no space left") && told.contains("hint: "), "{told}");
    list.finish().exits(0);
}

/// A server whose logs begin, and do not go on.
fn stalled() -> Raw {
    Raw::talking(|_, stream| {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
        let _ =
            stream.write_all(&[head.as_bytes(), &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]].concat());
        std::thread::sleep(Duration::from_secs(20));
    })
}

#[test]
fn what_a_killed_download_left_is_cleared_away_by_the_next() {
    let lab = Lab::new();
    let raw = stalled();
    let begin = || {
        let before = parts(&lab).len();
        let run = raw.run(&lab, "audit download orders --out log.gz");
        let mut child = run.command().spawn().expect("the binary starts");
        while parts(&lab).len() == before {
            std::thread::sleep(Duration::from_millis(5));
            assert_eq!(child.try_wait().expect("the child is ours"), None);
        }
        child
    };
    let mut killed = begin();
    killed.kill().expect("the child is ours");
    killed.wait().expect("the child is ours");
    assert_eq!(parts(&lab).len(), 1);

    let line = "audit download orders --out log.gz --force";
    lab.typed(line).finish().exits(0);
    assert_eq!(parts(&lab), Vec::<String>::new());

    // One that is under way is let be.
    fs::remove_file(lab.file("log.gz")).unwrap();
    let mut other = begin();
    let under_way = parts(&lab);
    lab.typed(line).finish().exits(0);
    assert_eq!(parts(&lab), under_way);
    other.kill().expect("the child is ours");
    wait_killed(&mut other);
}

fn wait_killed(child: &mut std::process::Child) {
    assert_eq!(wait(child), None);
}

#[cfg(target_os = "linux")]
#[test]
fn a_record_outlasts_a_power_cut_before_anything_is_locked() {
    let lab = Lab::new();
    let run = lab.typed("users lock bob --record r.json --yes");
    let plain = run.command();
    let traced = Command::new("strace")
        .args(["-f", "-s", "300", "-y", "-o", "trace"])
        .args(["-e", "trace=fsync,rename,renameat,renameat2,link,linkat,write,writev,sendto"])
        .arg(plain.get_program())
        .args(plain.get_args())
        .env_clear()
        .envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .current_dir(lab.home())
        .output();
    let Ok(output) = traced else { return skipped("there is no strace") };
    if !output.status.success() {
        return skipped("strace may not trace here");
    }
    let trace = BufReader::new(fs::File::open(lab.file("trace")).expect("a trace"));
    let lines: Vec<String> = trace.lines().map_while(Result::ok).collect();
    let at = |what: &dyn Fn(&str) -> bool| lines.iter().position(|line| what(line));
    let names = |line: &str| line.contains("link") || line.contains("rename");
    let named = at(&|line| names(line) && line.contains("\"r.json\"")).expect("a name");
    let home = format!("{}>)", lab.home().display());
    let synced = at(&|line| line.contains("fsync(") && line.contains(&home)).expect("an fsync");
    let content = at(&|line| line.contains("fsync(") && line.contains(".part>")).expect("an fsync");
    let sent = at(&|line| line.contains("PATCH /api")).expect("a change");
    assert!(content < named && named < synced && synced < sent, "{}", lines.join("\n"));
}
