//! Questions. The only file that knows dialoguer.
//!
//! A yes is read as a line of its own: dialoguer's would take the last y among the keys, that of
//! "not yet". A question is asked on a thread of its own while this one waits for the answer or for
//! Ctrl-C, since dialoguer neither notices a signal that somebody else has taken, nor gives the terminal
//! its cursor and its echo back when the process is ended by one.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use dialoguer::{Input, Password, Select};
use secrecy::SecretString;

use super::Ui;
use crate::error::{Error, Kind, Result};
use crate::signals::Signals;

impl Ui {
    /// Asks for a yes, a whole line of it; anything else is a no, the end of the input too.
    ///
    /// # Errors
    /// Usage, where nobody can answer and `--yes` was not given; interrupted by Ctrl-C.
    pub fn confirm(&self, question: &str) -> Result<bool> {
        if self.assumes_yes() {
            return Ok(true);
        }
        let Some(answers) = self.answers() else {
            return Err(Error::usage(
                "a confirmation is needed, and there is no terminal to ask on",
            )
            .hint("add --yes to confirm, or --dry-run to see the requests first"));
        };
        let question = self.asked(question);
        ask(&self.signals, move || {
            eprint(&format!("{question} [y/N] "))?;
            let mut line = String::new();
            if answers.read_line(&mut line)? == 0 {
                eprint("\n")?;
            }
            Ok(matches!(line.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
        })
    }

    /// Where an answer is read: stdin, or the terminal itself where stdin brings names. A question is
    /// asked on stderr, so that has to be seen.
    fn answers(&self) -> Option<Answers> {
        match (self.stderr_terminal, self.stdin_terminal) {
            (false, _) => None,
            (true, true) => Some(Answers::Stdin),
            (true, false) => File::open("/dev/tty").ok().map(Answers::Terminal),
        }
    }

    /// Asks for a secret twice, without showing it.
    ///
    /// # Errors
    /// Usage, where nobody can answer; interrupted by Ctrl-C.
    pub fn ask_secret(&self, prompt: &'static str) -> Result<SecretString> {
        if !self.can_ask() {
            return Err(Error::usage(format!("{prompt}: there is no terminal to ask on")));
        }
        let answer = ask(&self.signals, move || {
            Password::new()
                .with_prompt(prompt)
                .with_confirmation("again", "the two differ; try again")
                .interact()
                .map_err(of_the_terminal)
        })?;
        self.known().learn(&answer);
        Ok(answer.into())
    }

    /// Asks for a secret once, without showing it: one that is tried at once.
    ///
    /// # Errors
    /// Usage, where nobody can answer; interrupted by Ctrl-C.
    pub fn ask_hidden(&self, prompt: &str) -> Result<SecretString> {
        let prompt = self.askable(prompt)?;
        let question = move || Password::new().with_prompt(prompt).interact();
        let answer = ask(&self.signals, || question().map_err(of_the_terminal))?;
        self.known().learn(&answer);
        Ok(answer.into())
    }

    /// Asks for a line of text.
    ///
    /// # Errors
    /// Usage, where nobody can answer; interrupted by Ctrl-C.
    pub fn ask_text(&self, prompt: &str) -> Result<String> {
        let prompt = self.askable(prompt)?;
        ask(&self.signals, move || {
            let input = Input::<String>::new().with_prompt(prompt);
            input.interact_text().map_err(of_the_terminal)
        })
        .map(|text| text.trim().to_owned())
    }

    /// Asks for one of several; tells which. `first` is marked at the beginning.
    ///
    /// # Errors
    /// Usage, where nobody can answer; interrupted by Ctrl-C.
    pub fn ask_choice(&self, prompt: &str, choices: &[String], first: usize) -> Result<usize> {
        let prompt = self.askable(prompt)?;
        let choices: Vec<String> =
            choices.iter().map(|choice| super::table::cut(self.asked(choice))).collect();
        ask(&self.signals, move || {
            Select::new()
                .with_prompt(prompt)
                .items(choices)
                .default(first)
                .max_length(LONGEST_CHOICE)
                .interact()
                .map_err(of_the_terminal)
        })
    }

    /// What is asked, as it is shown; what stands in it for something else is said before.
    fn asked(&self, text: &str) -> String {
        let shown = self.for_stderr(text);
        self.say_hidden();
        shown
    }

    fn askable(&self, prompt: &str) -> Result<String> {
        match self.can_ask() {
            true => Ok(super::table::cut(self.asked(prompt))),
            false => Err(Error::usage(format!("{prompt}: there is no terminal to ask on"))),
        }
    }
}

/// Who answers.
enum Answers {
    Stdin,
    Terminal(File),
}

impl Answers {
    /// Reads a line; nothing at the end of the input.
    fn read_line(self, line: &mut String) -> io::Result<usize> {
        match self {
            Answers::Stdin => io::stdin().lock().read_line(line),
            Answers::Terminal(terminal) => BufReader::new(terminal).read_line(line),
        }
    }
}

/// How many choices are shown at once.
const LONGEST_CHOICE: usize = 12;

/// How long the thread that asks may take to arrive at its read, after an interruption.
const SETTLING: Duration = Duration::from_millis(50);

fn of_the_terminal(dialoguer::Error::IO(error): dialoguer::Error) -> io::Error {
    error
}

/// Writes to where questions are seen.
fn eprint(text: &str) -> io::Result<()> {
    let mut terminal = io::stderr().lock();
    terminal.write_all(text.as_bytes())?;
    terminal.flush()
}

/// Gives the terminal back what it has now, its echo above all. A console of Windows is not asked: there
/// Ctrl-C ends the process, and the console is the shell's again.
fn restore_terminal() -> impl FnOnce() {
    #[cfg(unix)]
    {
        use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
        let before = tcgetattr(io::stdin()).ok();
        move || {
            if let Some(before) = before {
                let _ = tcsetattr(io::stdin(), OptionalActions::Now, &before);
            }
        }
    }
    #[cfg(not(unix))]
    || {}
}

fn ask<T: Send + 'static>(
    signals: &Signals,
    question: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T> {
    let restore = restore_terminal();
    let (answered, outcome) = mpsc::channel();
    // Before the question is seen, so that no Ctrl-C that answers it finds nobody.
    let interruption = answered.clone();
    let watch = signals.watch(move |_| drop(interruption.send(None)));
    let _watch = watch.map_err(|e| Error::failed("cannot ask on this terminal").source(e))?;
    thread::spawn(move || answered.send(Some(question())));
    match outcome.recv() {
        Ok(Some(Ok(answer))) => Ok(answer),
        Ok(Some(Err(e))) if e.kind() != io::ErrorKind::Interrupted => {
            Err(Error::failed("cannot ask on this terminal").source(e))
        }
        _ => {
            // What the other thread is about to do to the terminal has to be undone too.
            let _ = outcome.recv_timeout(SETTLING);
            restore();
            let terminal = console::Term::stderr();
            let _ = terminal.show_cursor().and_then(|()| terminal.write_line(""));
            Err(Error::new(Kind::Interrupted, "interrupted; nothing was changed"))
        }
    }
}
