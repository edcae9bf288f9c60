//! `credential_command`: a program whose first line of output is the secret.

use std::io::{self, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use secrecy::SecretString;

use super::bytes;
use crate::error::{Error, Kind, Result};

/// How long the program may take, which may ask a person for a password.
const LIMIT: Duration = Duration::from_secs(60);

/// The program's name, for people: arguments may say more than they should, and so may a variable
/// that is set before it as for a shell, which it is not.
pub fn program(line: &str) -> String {
    let words = shell_words::split(line).unwrap_or_default();
    let first = words.first().map_or("", String::as_str);
    first.split([' ', '=']).next().unwrap_or_default().to_owned()
}

/// Runs the program without a shell; it may ask on the terminal.
///
/// # Errors
/// Not permitted: no program, one that fails, says nothing, or takes too long. Nothing of what it
/// wrote to its output is shown.
pub fn run(line: &str) -> Result<SecretString> {
    let words = shell_words::split(line)
        .map_err(|_| refused("credential_command has a quote that is not closed"))?;
    let [program, arguments @ ..] = words.as_slice() else {
        return Err(refused("credential_command is empty"));
    };
    let (named, program) = (self::program(line), program);
    let mut child = Command::new(program)
        .args(arguments)
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| refused(format!("credential_command: cannot run {named:?}")).source(e))?;
    let (read, line) = mpsc::channel();
    if let Some(output) = child.stdout.take() {
        thread::spawn(move || read.send(first_line(output)));
    }
    let begin = Instant::now();
    let too_long =
        || refused(format!("credential_command: {named:?} took more than {} s", LIMIT.as_secs()));
    let Ok(line) = line.recv_timeout(LIMIT) else {
        end(&mut child);
        return Err(too_long());
    };
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if begin.elapsed() < LIMIT => thread::sleep(Duration::from_millis(5)),
            Ok(None) => {
                end(&mut child);
                return Err(too_long());
            }
            Err(e) => return Err(refused("credential_command").source(e)),
        }
    };
    if !status.success() {
        return Err(refused(format!("credential_command: {named:?} failed: {status}")));
    }
    let unusable = |why: String| refused(format!("credential_command: {named:?} printed {why}"));
    match line {
        Ok(line) => bytes::secret(line).map_err(|unfit| unusable(unfit.to_string())),
        Err(error) => Err(unusable("no readable secret".to_owned()).source(error)),
    }
}

/// The first line; the rest is read too, so that the program is not killed by a closed pipe.
fn first_line(output: impl Read) -> io::Result<Vec<u8>> {
    let mut output = BufReader::new(output);
    let line = bytes::line(&mut output);
    let _ = io::copy(&mut output, &mut io::sink());
    line
}

fn end(child: &mut Child) {
    // It may have ended by itself a moment ago.
    let _ = child.kill();
    let _ = child.wait();
}

fn refused(message: impl Into<String>) -> Error {
    Error::new(Kind::NotPermitted, message)
        .hint("run it by hand: the first line of its output must be the secret")
}

#[cfg(all(test, unix))]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn the_first_line_is_the_secret_and_no_shell_reads_the_rest() {
        let secret = run("printf '%s\\nuser: me\\n' 'a $HOME b'").unwrap();
        assert_eq!(secret.expose_secret(), "a $HOME b");
    }

    #[test]
    fn a_failure_shows_nothing_of_the_output() {
        for line in ["sh -c 'echo canary; exit 3'", "true", "", "no-such-program canary", "a 'b"] {
            let error = run(line).unwrap_err();
            assert_eq!(error.kind(), Kind::NotPermitted, "{line}");
            assert!(!format!("{error:?}").contains("canary"), "{line}");
        }
    }
}
