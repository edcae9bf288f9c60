//! A run of the binary on a pseudo-terminal, with somebody who types.

use std::process::{Command, Stdio};
use std::time::Duration;

use expectrl::process::unix::WaitStatus;
use expectrl::session::{OsSession, Session};
use expectrl::{ControlCode, Eof, Expect};

use crate::run::Run;

/// A person before a terminal.
pub struct Terminal {
    session: OsSession,
    seen: Vec<u8>,
    last: Vec<u8>,
}

impl Terminal {
    /// Starts the run on a terminal of its own.
    pub fn start(run: &Run) -> Self {
        Terminal::begin(run.command())
    }

    /// Starts the run on a terminal of so many columns.
    pub fn wide(run: &Run, columns: u16) -> Self {
        let run = run.command();
        let mut command = Command::new("sh");
        // The terminal has its own width until it is given another one.
        let sized = format!(
            "n=0; until [ \"$(stty size)\" = '24 {columns}' ] || [ $n -gt 999 ]; do n=$((n+1)); sleep 0.01; done; \
             exec \"$0\" \"$@\""
        );
        command.args(["-c", &sized]).arg(run.get_program()).args(run.get_args()).env_clear();
        command.envs(run.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.current_dir(run.get_current_dir().expect("a directory of its own"));
        let mut terminal = Terminal::begin(command);
        let process = terminal.session.get_process_mut();
        process.set_window_size(columns, 24).expect("it is a terminal");
        terminal
    }

    /// Starts any program on a terminal of its own.
    pub fn begin(mut command: Command) -> Self {
        command.stdin(Stdio::inherit()).stdout(Stdio::inherit()).stderr(Stdio::inherit());
        command.env("TERM", "xterm");
        let mut session = Session::spawn(command).expect("the binary starts");
        session.get_process_mut().set_echo(true, None).expect("it is a terminal");
        session.set_expect_timeout(Some(Duration::from_secs(20)));
        Terminal { session, seen: Vec::new(), last: Vec::new() }
    }

    /// Waits until this is on the screen.
    #[track_caller]
    pub fn sees(&mut self, text: &str) -> &mut Self {
        match self.session.expect(text) {
            Ok(found) => {
                self.last = found.as_bytes().to_vec();
                self.seen.extend_from_slice(&self.last);
            }
            Err(error) => {
                if let Ok(rest) = self.session.expect(expectrl::Regex("(?s).+")) {
                    self.seen.extend_from_slice(rest.as_bytes());
                }
                panic!("{text:?} does not come: {error}; after:\n{}", self.screen())
            }
        }
        self
    }

    /// What came last on the screen, up to what was waited for.
    pub fn last_seen(&self) -> String {
        String::from_utf8_lossy(&self.last).into_owned()
    }

    /// Types a line, once the program listens: what is typed before a question for a secret turns
    /// the echo off is thrown away by the terminal.
    pub fn types(&mut self, text: &str) -> &mut Self {
        for _ in 0..1000 {
            if !self.session.get_process().get_echo().expect("it is a terminal") {
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        self.session.send(format!("{text}\r")).expect("it is read");
        self
    }

    /// Types a line at a question that shows what is typed.
    pub fn answers(&mut self, text: &str) -> &mut Self {
        self.session.send(format!("{text}\r")).expect("it is read");
        self
    }

    /// Presses these keys.
    pub fn presses(&mut self, keys: &str) -> &mut Self {
        self.session.send(keys).expect("it is read");
        self
    }

    /// Types what the program completes, and enters the line.
    pub fn completes(&mut self, text: &str) -> &mut Self {
        self.session.send(format!("{text}\t\r")).expect("it is read");
        self
    }

    /// Presses Ctrl-D.
    pub fn ends_input(&mut self) -> &mut Self {
        self.session.send(ControlCode::EndOfTransmission).expect("it is read");
        self
    }

    /// Presses Ctrl-C.
    pub fn interrupts(&mut self) -> &mut Self {
        self.session.send(ControlCode::EndOfText).expect("it is read");
        self
    }

    /// Waits for the end; everything that was on the screen.
    #[track_caller]
    pub fn ends(mut self, code: i32) -> String {
        match self.session.expect(Eof) {
            Ok(rest) => self.seen.extend_from_slice(rest.as_bytes()),
            // The session ends the child when it is dropped; to wait for it would be for ever.
            Err(error) => panic!("it does not end: {error}; after:\n{}", self.screen()),
        }
        let status = self.session.get_process().wait().expect("the child is ours");
        let screen = self.screen();
        assert!(matches!(status, WaitStatus::Exited(_, c) if c == code), "{status:?}:\n{screen}");
        screen
    }

    /// Waits for the end, whichever it is; everything that was on the screen.
    pub fn ends_somehow(mut self) -> String {
        match self.session.expect(Eof) {
            Ok(rest) => self.seen.extend_from_slice(rest.as_bytes()),
            Err(error) => panic!("it does not end: {error}; after:\n{}", self.screen()),
        }
        self.screen()
    }

    fn screen(&self) -> String {
        String::from_utf8_lossy(&self.seen).into_owned()
    }
}
