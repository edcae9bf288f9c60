//! `--exec`: the program that a change is passed on to, on its stdin.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::signals::Signalled;

/// What the program has to say, or its end.
enum Told {
    Line(String),
    End(std::io::Result<ExitStatus>),
}

/// The program and its arguments.
#[derive(Debug, Clone)]
pub(super) struct Exec(Vec<String>);

impl Exec {
    /// Reads a command line. Quotes are understood as in a shell, and nothing else is.
    pub(super) fn parse(line: &str) -> Result<Self, String> {
        match shell_words::split(line) {
            Ok(words) if words.first().is_some_and(|program| !program.is_empty()) => {
                Ok(Exec(words))
            }
            Ok(_) => Err("it is empty; is a variable not set?".to_owned()),
            Err(_) => Err("it has a quote that is not closed".to_owned()),
        }
    }

    /// The program's name: arguments may say more than they should.
    pub(super) fn name(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }

    /// Runs the program to its end, also where the user interrupts it meanwhile: the terminal's Ctrl-C
    /// reaches the program as well, and how it ends decides. What it writes is shown on stderr. Returns
    /// whether it was interrupted.
    ///
    /// # Errors
    /// Failed: it cannot be run, or fails. Interrupted: a second time.
    pub(super) async fn run(
        &self,
        context: &Context,
        signals: &mut Signalled,
        input: String,
    ) -> Result<bool> {
        let failed = |why: String| Error::failed(format!("--exec: {}: {why}", self.name()));
        let mut child =
            self.spawn().map_err(|error| failed("cannot be run".to_owned()).source(error))?;
        let (tell, mut told) = unbounded_channel();
        if let Some(mut stdin) = child.stdin.take() {
            // A program that reads nothing closes the pipe; that is its right.
            thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
        }
        let outputs = [
            child.stdout.take().map(|output| lines(output, tell.clone())),
            child.stderr.take().map(|output| lines(output, tell.clone())),
        ];
        thread::spawn(move || {
            let status = child.wait();
            // What it left running may hold its outputs open for ever.
            let end = Instant::now() + LAST_LINES;
            let is_open = |output: &thread::JoinHandle<()>| !output.is_finished();
            while outputs.iter().flatten().any(is_open) && Instant::now() < end {
                thread::sleep(Duration::from_millis(5));
            }
            let _ = tell.send(Told::End(status));
        });
        let mut interrupted = false;
        let status = loop {
            tokio::select! {
                biased;
                told = told.recv() => match told {
                    Some(Told::Line(line)) => context.ui.note(line),
                    Some(Told::End(status)) => break status,
                    None => break Err(std::io::ErrorKind::UnexpectedEof.into()),
                },
                () = signals.next() => match interrupted {
                    true => return Err(Error::new(
                        Kind::Interrupted,
                        format!("interrupted: {} may still be running", self.name()),
                    )),
                    false => {
                        interrupted = true;
                        context.ui.note(format!("interrupted: waiting for {} to end", self.name()));
                    }
                },
            }
        };
        match status {
            Ok(status) if status.success() => Ok(interrupted),
            Ok(_) if interrupted => Err(Error::new(Kind::Interrupted, "interrupted")),
            Ok(status) => Err(failed(format!("failed: {status}"))),
            Err(error) => Err(failed("cannot be waited for".to_owned()).source(error)),
        }
    }

    fn spawn(&self) -> std::io::Result<Child> {
        let piped = Stdio::piped;
        let arguments = self.0.get(1..).unwrap_or_default();
        let mut command = Command::new(self.name());
        command.args(arguments).stdin(piped()).stdout(piped()).stderr(piped()).spawn()
    }
}

/// Passes lines on as they come. Bytes that are no text are shown as such.
fn lines(
    output: impl Read + Send + 'static,
    tell: UnboundedSender<Told>,
) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let mut output = BufReader::new(output);
        let mut line = Vec::new();
        while let Ok(1..) = output.by_ref().take(LONGEST).read_until(b'\n', &mut line) {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            line.clear();
            if tell.send(Told::Line(text)).is_err() {
                return;
            }
        }
    })
}

/// How long the last lines of a program that has ended are waited for.
const LAST_LINES: Duration = Duration::from_secs(1);

/// A longer line is shown in parts.
const LONGEST: u64 = 64 << 10;
