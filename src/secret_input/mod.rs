//! Secrets that a command is given: on a line of stdin, in a file, in a variable of the environment, or
//! by a helper program. Never on the command line.
//!
//! Whatever the source, the secret is text as it stands there: its line's end is left out, and nothing
//! else is trimmed. None is empty.

pub mod helper;
mod options;

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};

use crate::context::Context;
use crate::error::{Error, Result};

pub use options::{SecretOptions, Wanted};

/// How long a secret may be, in bytes; a private key has a few thousand.
const LONGEST: usize = 64 << 10;

/// Where a secret comes from.
#[derive(Debug, Clone)]
pub enum SecretSource {
    /// The next line of stdin. What follows it is left to whoever reads next.
    Stdin,
    /// A file, whole.
    File(PathBuf),
    /// The variable of the environment that has this name.
    Variable(String),
    /// The first line that a program prints.
    Helper(String),
    /// It was read already.
    Read(SecretString),
}

impl SecretSource {
    /// Reads the secret, and has it masked from now on. `name` is what the options begin with, as
    /// `password` in `--password-stdin`.
    ///
    /// # Errors
    /// Usage: nothing is there, or what cannot be read, is not text, or is empty; stdin is a terminal.
    /// Those of [`helper::run`].
    pub fn read(&self, context: &Context, name: &str) -> Result<SecretString> {
        let secret = match self {
            SecretSource::Stdin => stdin(name),
            SecretSource::File(path) => file(name, path),
            SecretSource::Variable(variable) => {
                let option = format!("--{name}-env");
                variable_of(&option, context.environment.get(variable))
            }
            SecretSource::Helper(line) => helper::run(line),
            SecretSource::Read(secret) => Ok(secret.clone()),
        }?;
        context.ui.known().learn(secret.expose_secret());
        Ok(secret)
    }
}

fn stdin(name: &str) -> Result<SecretString> {
    let option = format!("--{name}-stdin");
    if io::stdin().is_terminal() {
        return Err(Error::usage(format!("{option} reads a pipe, and stdin is a terminal"))
            .hint("leave it out to be asked without the secret being shown"));
    }
    let read = unbuffered().and_then(line);
    let line = read.map_err(|e| Error::usage(format!("{option}: cannot read stdin")).source(e))?;
    text(&option, "stdin", line)
}

fn file(name: &str, path: &Path) -> Result<SecretString> {
    let option = format!("--{name}-file");
    let bytes = File::open(path).and_then(whole).map_err(|e| {
        Error::usage(format!("{option}: cannot read {}", path.display()))
            .source(e)
            .hint("check the path, and that you may read what is there; nothing was changed")
    })?;
    text(&option, &path.display().to_string(), bytes)
}

/// The name is not repeated: whoever mistakes the option gives it the secret itself.
fn variable_of(option: &str, value: Option<&str>) -> Result<SecretString> {
    let value = value.filter(|value| !value.is_empty()).ok_or_else(|| {
        Error::usage(format!("{option}: there is no variable of the name given, or it is empty"))
            .hint(format!(
                "{option} takes the name of an environment variable that holds the secret"
            ))
    })?;
    Ok(value.into())
}

fn text(option: &str, place: &str, bytes: Vec<u8>) -> Result<SecretString> {
    let wrong = |what| {
        Error::usage(format!("{option}: {place} {what}"))
            .hint("check what writes the secret there; nothing was changed")
    };
    match String::from_utf8(bytes) {
        Ok(text) if text.is_empty() => Err(wrong("held no secret")),
        Ok(text) => Ok(text.into()),
        Err(_) => Err(wrong("held what is not UTF-8 text")),
    }
}

/// Stdin past the buffer that the whole process shares: what is read into that is lost to a program
/// that reads next.
fn unbuffered() -> io::Result<File> {
    #[cfg(unix)]
    let stdin = std::os::fd::AsFd::as_fd(&io::stdin()).try_clone_to_owned();
    #[cfg(windows)]
    let stdin = std::os::windows::io::AsHandle::as_handle(&io::stdin()).try_clone_to_owned();
    stdin.map(File::from)
}

/// One line without its end, and not a byte more.
fn line(mut from: impl Read) -> io::Result<Vec<u8>> {
    let (mut line, mut byte) = (Vec::new(), [0]);
    loop {
        match from.read(&mut byte) {
            Ok(0) => return bounded(line),
            Ok(_) if byte == *b"\n" => return bounded(without_return(line)),
            // One more than may be: it could be the beginning of the line's end.
            Ok(_) if line.len() > LONGEST => return bounded(line),
            Ok(_) => line.extend(byte),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Everything, without one line's end at the end.
fn whole(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LONGEST as u64 + 3).read_to_end(&mut bytes)?;
    if bytes.pop_if(|last| *last == b'\n').is_some() {
        bytes = without_return(bytes);
    }
    bounded(bytes)
}

fn without_return(mut line: Vec<u8>) -> Vec<u8> {
    line.pop_if(|last| *last == b'\r');
    line
}

fn bounded(secret: Vec<u8>) -> io::Result<Vec<u8>> {
    match secret.len() > LONGEST {
        true => Err(io::Error::other(format!("it is longer than {} KiB", LONGEST >> 10))),
        false => Ok(secret),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_line_nothing_but_its_end_is_left_out() {
        for (text, secret, rest) in [
            ("secret", "secret", ""),
            ("secret\nalice\nbob\n", "secret", "alice\nbob\n"),
            ("secret\r\nalice\r\n", "secret", "alice\r\n"),
            ("  two words \t\n\nx", "  two words \t", "\nx"),
            ("one\r\r\n", "one\r", ""),
            ("one\rtwo\r", "one\rtwo\r", ""),
            ("\nalice", "", "alice"),
            ("", "", ""),
        ] {
            let mut from = text.as_bytes();
            assert_eq!(line(&mut from).unwrap(), secret.as_bytes(), "{text:?}");
            assert_eq!(from, rest.as_bytes(), "{text:?}");
        }
    }

    #[test]
    fn of_a_file_one_line_end_is_left_out() {
        for (text, secret) in [
            ("secret", "secret"),
            ("secret\n", "secret"),
            ("secret\r\n", "secret"),
            ("secret\n\n", "secret\n"),
            (" a\nb ", " a\nb "),
            ("secret\r", "secret\r"),
            ("\n", ""),
        ] {
            assert_eq!(whole(text.as_bytes()).unwrap(), secret.as_bytes(), "{text:?}");
        }
    }

    #[test]
    fn a_secret_has_an_end() {
        let longest = "x".repeat(LONGEST);
        for end in ["", "\n", "\r\n"] {
            let text = format!("{longest}{end}");
            assert_eq!(line(text.as_bytes()).unwrap().len(), LONGEST, "{end:?}");
            assert_eq!(whole(text.as_bytes()).unwrap().len(), LONGEST, "{end:?}");
            let text = format!("{longest}x{end}");
            assert!(line(text.as_bytes()).is_err() && whole(text.as_bytes()).is_err(), "{end:?}");
        }
        assert!(line(io::repeat(b'x')).is_err() && whole(io::repeat(b'\n')).is_err());
    }
}
