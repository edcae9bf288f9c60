//! One run of the binary: how it is started, and what it left.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// After this long a child process is killed, and the test fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// A run to be.
pub struct Run {
    pub(crate) args: Vec<String>,
    pub(crate) env: Vec<(String, String)>,
    pub(crate) home: PathBuf,
    pub(crate) stdin: Vec<u8>,
    pub(crate) redactions: Vec<(String, String)>,
}

impl Run {
    /// Sets a variable; the last one set counts.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Removes a variable again.
    pub fn without(mut self, name: &str) -> Self {
        self.env.retain(|(n, _)| n != name);
        self
    }

    /// Standard input, which is closed after it.
    pub fn stdin(mut self, text: &(impl AsRef<[u8]> + ?Sized)) -> Self {
        self.stdin = text.as_ref().to_vec();
        self
    }

    /// The same with further arguments.
    pub fn and(mut self, args: &[&str]) -> Self {
        self.args.extend(args.iter().map(|arg| (*arg).to_owned()));
        self
    }

    /// The command, for tests that steer the process themselves.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_spctl"));
        command
            .args(&self.args)
            .env_clear()
            .env("HOME", &self.home)
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .envs(self.env.iter().map(|(n, v)| (n, v)))
            .current_dir(&self.home)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs to the end.
    pub fn finish(self) -> Finished {
        let line = format!("spctl {}", self.args.join(" "));
        let finished = complete(&mut self.command(), line, &self.stdin, PATIENCE);
        Finished { redactions: self.redactions, ..finished }
    }

    /// Runs to the end; everything there is to see, as one text.
    pub fn shown(self) -> String {
        self.finish().shown()
    }
}

/// Runs a program to its end, or for so long; `line` is what failures call it.
pub fn complete(command: &mut Command, line: String, stdin: &[u8], patience: Duration) -> Finished {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap_or_else(|error| panic!("{line}: {error}"));
    let mut pipe = child.stdin.take().expect("piped");
    let text = stdin.to_vec();
    // A child that reads nothing closes the pipe; that is its right.
    let writer = thread::spawn(move || drop(pipe.write_all(&text)));
    let stdout = drain(child.stdout.take().expect("piped"));
    let stderr = drain(child.stderr.take().expect("piped"));
    let code = wait_for(&mut child, patience);
    writer.join().expect("the writer does not panic");
    Finished {
        line,
        stdout: stdout.join().expect("the reader does not panic"),
        stderr: stderr.join().expect("the reader does not panic"),
        code,
        redactions: Vec::new(),
    }
}

/// Reads to the end on a thread, so that no pipe fills up.
fn drain(mut from: impl Read + Send + 'static) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).expect("a pipe can be read");
        bytes
    })
}

/// Waits for a child, and kills it when it does not end.
pub fn wait(child: &mut Child) -> Option<i32> {
    wait_for(child, PATIENCE)
}

fn wait_for(child: &mut Child, patience: Duration) -> Option<i32> {
    let start = Instant::now();
    while start.elapsed() < patience {
        if let Some(status) = child.try_wait().expect("the child is ours") {
            return status.code();
        }
        thread::sleep(Duration::from_millis(2));
    }
    child.kill().expect("the child is ours");
    child.wait().expect("the child is ours");
    panic!("the program did not end within {patience:?}");
}

/// Sends a child a signal, as `kill` names it.
pub fn signal(child: &Child, name: &str) {
    let kill = format!("kill -{name} {}", child.id());
    assert!(Command::new("sh").args(["-c", &kill]).status().expect("a shell").success());
}

/// What a run left.
pub struct Finished {
    line: String,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
    /// The exit code; `None` after a signal.
    pub code: Option<i32>,
    redactions: Vec<(String, String)>,
}

impl Finished {
    /// Standard output as text.
    pub fn out(&self) -> String {
        String::from_utf8(self.stdout.clone()).expect("stdout is UTF-8")
    }

    /// Standard error as text.
    pub fn err(&self) -> String {
        String::from_utf8_lossy(&self.stderr).into_owned()
    }

    /// Standard output as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", self.shown()))
    }

    /// Fails unless the exit code is this one.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}", self.shown());
        self
    }

    /// Command line, stdout, stderr and exit code as one text, without what differs by run.
    pub fn shown(&self) -> String {
        let mut text = format!("$ {}\n", self.line);
        text.push_str(&String::from_utf8_lossy(&self.stdout));
        if !self.stderr.is_empty() {
            text.push_str("--- stderr\n");
            text.push_str(&self.err());
        }
        if !text.ends_with('\n') {
            text.push('\n');
        }
        let code = self.code.map_or("signal".to_owned(), |code| code.to_string());
        writeln!(text, "--- exit {code}").expect("a string takes text");
        for (from, to) in &self.redactions {
            text = text.replace(from, to);
        }
        without_request_ids(&without_waits(&text))
    }
}

/// How long a retry waits is drawn at random, and short waits are not told of.
fn without_waits(text: &str) -> String {
    text.lines()
        .filter(|line| !line.contains("; trying again in "))
        .map(|l| format!("{l}\n"))
        .collect()
}

/// Request ids are drawn at random.
fn without_request_ids(text: &str) -> String {
    const MARK: &str = "request ";
    let mut parts = text.split(MARK);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let id = part.bytes().take_while(u8::is_ascii_hexdigit).count();
        out.push_str(MARK);
        out.push_str(if id == 32 { "[ID]" } else { &part[..id] });
        out.push_str(&part[id..]);
    }
    out
}
